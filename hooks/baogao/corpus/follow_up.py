"""Whether a report answers the problems of its predecessor, by what its author says. What its text may say is the matter of
:mod:`.answers`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .answers import unnumbered
from .report import Report
from .sections import Item

ITEM_ID = re.compile(r"([A-Z])(\d{4})-(\d{1,2})")
_HEAD = re.compile(r"[。，；：！？\n]")


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


def item_head(text: str, longest: int = 24) -> str:
    """The first clause of an item without its number: what it is called in a message."""
    head = _HEAD.split(unnumbered(text), 1)[0]
    return head if len(head) <= longest else head[: longest - 1] + "…"
