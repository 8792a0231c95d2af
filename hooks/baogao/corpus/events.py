"""Dated events and the words about time, as ``docs/_data/events.yml`` says."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from .phrases import compile_phrases
from .yaml_data import Node

QUOTES = "“”‘’「」『』\"'"
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True)
class Event:
    """Something that happened at a known time. ``date`` is its first day (of the month or year, when only that is
    known), ``shown`` the date in words."""

    name: str
    date: datetime.date
    until: datetime.date | None
    shown: str
    aliases: tuple[str, ...]
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Events:
    events: tuple[Event, ...] = ()
    preparing_words: tuple[str, ...] = ()
    target_words: tuple[str, ...] = ()

    def preparing(self, sentence: str) -> bool:
        """Whether a sentence speaks of getting ready for something."""
        return compile_phrases(self.preparing_words).search(sentence) is not None

    def target(self, sentence: str, year: int) -> bool:
        """Whether a sentence names ``year`` as a goal or a term."""
        return compile_phrases(_fill(self.target_words, year)).search(sentence) is not None

    def after(self, day: datetime.date) -> tuple[Event, ...]:
        """The events later than ``day``."""
        return tuple(event for event in self.events if event.date > day)


@lru_cache(maxsize=128)
def _fill(words: tuple[str, ...], year: int) -> tuple[str, ...]:
    """``{年}`` in words: 2035, and 2035年, which means the same before 前 and 远景."""
    return tuple(w.replace("{年}", y) for w in words for y in (str(year), f"{year}年"))


@dataclass(frozen=True, slots=True)
class EventMention:
    """``start``/``end`` are offsets into the text that was searched."""

    start: int
    end: int


def drop_quotes(text: str) -> str:
    """A text as event names are compared: without quotation marks."""
    for mark in QUOTES:  # replace is ten times as fast as translate here
        text = text.replace(mark, "")
    return text


def find_event(text: str, event: Event) -> tuple[EventMention, ...]:
    """Where a text speaks of ``event``. Quotation marks do not matter."""
    bare = drop_quotes(text)
    spans = [
        found.span()
        for found in compile_phrases(event.aliases).finditer(bare)
        if not _excepted(bare, found.start(), found.end(), event.exceptions)
    ]
    if not spans:
        return ()
    origin = [index for index, char in enumerate(text) if char not in QUOTES]
    return tuple(EventMention(origin[a], origin[b - 1] + 1) for a, b in spans)


def _excepted(text: str, start: int, end: int, exceptions: tuple[str, ...]) -> bool:
    for phrase in exceptions:
        at = text.find(phrase, max(0, start - len(phrase)), end + len(phrase))
        while at >= 0:
            if at <= start and end <= at + len(phrase):
                return True
            at = text.find(phrase, at + 1, end + len(phrase))
    return False


def read_events(root: Node) -> Events:
    """Events from ``events.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("events", "preparing_words", "target_words")
    events: list[Event] = []
    names: set[str] = set()
    for node in top["events"].sequence() if "events" in top and not top["events"].empty else ():
        entry = node.mapping("name", "date", "until", "aliases", "except")
        for key in ("name", "date", "aliases"):
            if key not in entry:
                raise node.fail(f"每件大事要写 name、date、aliases，这里缺少“{key}”")
        name = entry["name"].text()
        if name in names:
            raise entry["name"].fail(f"“{name}”写了两次")
        names.add(name)
        date, shown = _read_date(entry["date"])
        until = _read_date(entry["until"], last=True)[0] if "until" in entry else None
        if until is not None and until < date:
            raise entry["until"].fail("结束的日期早于开始的日期")
        aliases = tuple(drop_quotes(alias) for alias in entry["aliases"].texts())
        if not aliases or not all(len(alias) >= 3 for alias in aliases):
            raise entry["aliases"].fail("至少写一种写法，每种不少于三个字")
        exceptions = entry["except"].texts() if "except" in entry else ()
        events.append(
            Event(name, date, until, shown, aliases, tuple(drop_quotes(e) for e in exceptions))
        )
    return Events(
        tuple(events),
        top["preparing_words"].texts() if "preparing_words" in top else (),
        top["target_words"].texts() if "target_words" in top else (),
    )


def _read_date(node: Node, last: bool = False) -> tuple[datetime.date, str]:
    """A date that may lack day and month: its first day (or ``last``), and its words."""
    found = _DATE.fullmatch(node.text())
    if not found:
        raise node.fail(f"“{node.text()}”不是日期，写成 2022-10-16、2022-10 或 2022")
    year = int(found[1])
    month = int(found[2]) if found[2] else (12 if last else 1)
    shown = f"{year}年" + (f"{month}月" if found[2] else "")
    try:
        day = int(found[3]) if found[3] else calendar.monthrange(year, month)[1] if last else 1
        return datetime.date(year, month, day), shown
    except (ValueError, calendar.IllegalMonthError):
        raise node.fail(f"“{node.text()}”不是日期，没有这一天") from None
