"""Whether a report answers the problems of its predecessor: what the author says, and where the text may say it."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from .report import Report
from .reuse import split_sentences
from .sections import Item

ITEM_ID = re.compile(r"([A-Z])(\d{4})-(\d{1,2})")
#: Below this likeness (0–1) a sentence is no likely answer. Of 42 suggestions above it on linked reports 39 spoke of
#: the problem; half the answers are worded too freely to be found at all.
LIKELY = 0.22
_HEAD = re.compile(r"[。，；：！？\n]")
_NUMBERED = re.compile(
    r"（?[一二三四五六七八九十\d]{1,3}[）、.．]|[一二三四五六七八九十]{1,2}(?:是|要)"
)
_NO_WORD = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Rectified:
    """One entry of ``rectifies``: the item answered, and what became of it. ``start``/``end`` is its id in the file."""

    ref: str
    status: str
    evidence: str
    start: int
    end: int

    @property
    def year(self) -> int | None:
        """The year in the id; ``None`` when it is no id."""
        found = ITEM_ID.fullmatch(self.ref)
        return int(found[2]) if found else None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """``answered`` are the problems of the predecessor that the report says it answers, ``unanswered`` the others;
    ``dangling`` the entries whose item the predecessor does not have."""

    answered: tuple[tuple[Item, Rectified], ...]
    unanswered: tuple[Item, ...]
    dangling: tuple[Rectified, ...]


@dataclass(frozen=True, slots=True)
class LikelyAnswer:
    """A sentence that may answer a problem: a suggestion to a person, never a verdict."""

    text: str
    start: int
    end: int
    likeness: float


def read_rectifies(report: Report) -> tuple[Rectified, ...]:
    """The entries of ``rectifies`` that are written as entries."""
    field = report.front.field("rectifies")
    if field is None or not isinstance(field.value, list):
        return ()
    text, at = report.source.text, field.value_offset
    entries = []
    for value in field.value:
        if not isinstance(value, dict):
            continue
        ref = str(value.get("ref") or "")
        found = text.find(ref, at, field.value_end) if ref else -1
        span = (found, found + len(ref)) if found >= 0 else (field.value_offset, field.value_end)
        at = span[1] if found >= 0 else at
        status, evidence = (str(value.get(key) or "") for key in ("status", "evidence"))
        entries.append(Rectified(ref, status, evidence, *span))
    return tuple(entries)


def follow_up(report: Report, predecessor: Report) -> FollowUp:
    """The problems of ``predecessor`` held against what ``report`` says it answers. Entries that are no ids are left
    to the check of the front matter."""
    entries = [entry for entry in read_rectifies(report) if entry.year is not None]
    known = {item.id: item for item in predecessor.items}
    by_ref = {entry.ref: entry for entry in entries}
    problems = predecessor.items_of("problem")
    return FollowUp(
        tuple((item, by_ref[item.id]) for item in problems if item.id in by_ref),
        tuple(item for item in problems if item.id not in by_ref),
        tuple(entry for entry in entries if entry.ref not in known),
    )


def likely_answers(report: Report, items: tuple[Item, ...]) -> dict[str, LikelyAnswer]:
    """For each item (by id) the sentence of ``report`` most like it, if any is like it at all.

    Likeness is the share of character bigrams that the sentence has, rare ones counting more, averaged over the whole
    item and its first clause: that is what an answer quotes. Problems, causes and plans are not searched: what
    they say is still to be done.
    """
    if not items:
        return {}
    closed = [
        (section.start, section.end)
        for section in report.sections
        if section.role in ("problem", "cause")
        or (section.role is not None and report.data.kinds.roles[section.role].ahead)
    ]
    texts = {item.id: _unnumbered(item.text) for item in items}
    wanted = {key: _bigrams(_NO_WORD.sub("", text)) for key, text in texts.items()}
    all_wanted = set[str]().union(*wanted.values())
    sentences = [
        (sentence, shared)
        for sentence in split_sentences(report)
        if not any(start <= sentence.block.start < end for start, end in closed)
        and (shared := all_wanted & _bigrams(sentence.folded))
    ]
    frequency = Counter(gram for _, shared in sentences for gram in shared)
    total = len(split_sentences(report)) + 1
    weight = {gram: math.log(total / (frequency[gram] + 1)) for gram in all_wanted}
    answers = {}
    for item in items:
        whole = wanted[item.id]
        head = _bigrams(_NO_WORD.sub("", _HEAD.split(texts[item.id], 1)[0]))
        # A gram of the head counts for the head and for the whole.
        worth = _scaled(head & whole, weight)
        for gram, value in _scaled(whole, weight).items():
            worth[gram] = worth.get(gram, 0.0) + value
        best, likeness = None, LIKELY
        for sentence, shared in sentences:
            # Rounded, because sets come in another order every time and sums with them.
            score = round(sum(worth[gram] for gram in shared if gram in worth), 6)
            if score > likeness:
                best, likeness = sentence, score
        if best is not None:
            answers[item.id] = LikelyAnswer(best.text, *best.span, likeness)
    return answers


def _scaled(grams: set[str], weight: dict[str, float]) -> dict[str, float]:
    """The weights of ``grams``, so that together they make one half."""
    total = sum(weight[gram] for gram in grams)
    return {gram: weight[gram] / total / 2 for gram in grams} if total else {}


def _unnumbered(text: str) -> str:
    numbered = _NUMBERED.match(text)
    return text[numbered.end() :] if numbered else text


def item_head(text: str, longest: int = 24) -> str:
    """The first clause of an item without its number: what it is called in a message."""
    head = _HEAD.split(_unnumbered(text), 1)[0]
    return head if len(head) <= longest else head[: longest - 1] + "…"


def _bigrams(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text)}
