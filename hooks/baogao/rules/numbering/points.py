"""The numbered points of a report, and how they stand to one another.

A point is a line that begins with an ordinal, whether it is marked as a heading or not: what level it has is said
by the ordinal (GB/T 9704-2012, 7.3.3), so that a wrong number of ``#`` or an unmarked heading, which other rules report, does
not look like a gap here as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ...corpus import Block, Ordinal, Report, han_number, match_ordinal, write_ordinal

HALF_BRACKETS = frozenset("()")
_FIRST = frozenset("一二三四五六七八九十（(") | frozenset("0123456789０１２３４５６７８９")
#: 一级、二级…: a numeral that goes on after 、 is a list in prose.
_NUMERAL = frozenset("一二三四五六七八九十")
_SENTENCE_END = frozenset("。；：！？”）.;:!?)")
#: Headings that were given another mark than 、: still an ordinal to a reader.
_LOOSE = re.compile(r"([一二三四五六七八九十]{1,3})[，,：:；;\s]")
#: A line that introduces what follows, such as 2024年工作安排, in a report without marked headings.
_TITLE_LIKE = re.compile(r"[^。；！？，：]{2,}")
_TITLE_MAX = 30


@dataclass(frozen=True, eq=False)
class Point:
    """A numbered point.

    ``index`` is the number of its block in the report, ``at`` where its ordinal stands in ``block.plain``, ``depth`` the number of ``#`` (0: no heading), ``fresh`` whether a
    list may begin anew here: something unnumbered stands between it and the point before.
    """

    ordinal: Ordinal
    block: Block
    index: int
    at: int
    fresh: bool
    parent: Point | None

    @property
    def level(self) -> int:
        return self.ordinal.level

    @property
    def number(self) -> int:
        return self.ordinal.number

    @property
    def depth(self) -> int:
        return self.block.level if self.block.kind == "heading" else 0

    @property
    def span(self) -> tuple[int, int]:
        """Where the ordinal stands in the file."""
        text = self.block.text
        last = self.at + self.ordinal.length - 1
        return text.source_offset(self.at), text.source_offset(last) + 1

    @property
    def shown(self) -> str:
        """The ordinal as the standard writes it."""
        return write_ordinal(self.level, self.number).rstrip("、.")


@dataclass(frozen=True, eq=False)
class Group:
    """Siblings: points of one level below one parent, in order; ``offset`` is the number of the point of the same level
    before them (for lists that run through the whole report), ``inverted`` whether deeper points came first."""

    level: int
    parent: Point | None
    offset: int
    inverted: bool
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class Numbering:
    points: tuple[Point, ...]
    groups: tuple[Group, ...]

    @property
    def levels(self) -> set[int]:
        return {point.level for point in self.points}


@lru_cache(maxsize=8)
def numbering(report: Report) -> Numbering:
    """All points of a report, in order, and their groups in the order in which they begin."""
    points: list[Point] = []
    groups: list[Group] = []
    open_groups: dict[int, Group] = {}
    last_number: dict[int, int] = {}
    fresh: set[int] = set()
    for index, block in enumerate(report.blocks):
        plain = block.text.plain
        may_have = len(block.lines) > 1 or plain[:1] in _FIRST
        found = list(_ordinals(block)) if may_have else []
        if not found:
            if block.kind == "heading":
                level = max(block.level - 1, 1)
                for deeper in [open_level for open_level in open_groups if open_level > level]:
                    del open_groups[deeper]
                fresh |= {1, 2, 3, 4}
            elif block.kind in ("paragraph", "table", "bullet"):
                fresh |= {3, 4}
                if len(plain) <= _TITLE_MAX and _TITLE_LIKE.fullmatch(plain):
                    fresh |= {1, 2}
            continue
        for ordinal, at in found:
            level = ordinal.level
            directly_below = [
                g for open_level, g in open_groups.items()
                if open_level > level and (g.parent is None or g.parent.level < level)
            ]  # fmt: skip
            for deeper in [open_level for open_level in open_groups if open_level > level]:
                del open_groups[deeper]
            upper = max((open_level for open_level in open_groups if open_level < level), default=0)
            parent = open_groups[upper].points[-1] if upper else None
            group = open_groups.get(level)
            if group is None:
                inverted = bool(directly_below) and level > 1
                group = Group(level, parent, last_number.get(level, 0), inverted)
                open_groups[level] = group
                groups.append(group)
            point = Point(ordinal, block, index, at, level in fresh, parent)
            group.points.append(point)
            points.append(point)
            last_number[level] = ordinal.number
            fresh -= {1, 2, 3, 4}
    return Numbering(tuple(points), tuple(groups))


def _ordinals(block: Block) -> Iterator[tuple[Ordinal, int]]:
    """The ordinals at the beginning of the lines of a block, with their place in ``block.plain``."""
    plain = block.text.plain
    if block.kind not in ("heading", "paragraph", "bullet"):
        return
    if plain[:1] in _FIRST:
        ordinal = match_ordinal(plain)
        if ordinal is None and block.kind == "heading":
            ordinal = _loose(plain)
        if ordinal is not None and (block.kind == "heading" or not _goes_on(plain, 0, ordinal)):
            yield ordinal, 0
    for start, _ in block.lines[1:]:
        at = _plain_index(block, start)
        if plain[at : at + 1] not in _FIRST or plain[:at].rstrip()[-1:] not in _SENTENCE_END:
            continue
        ordinal = match_ordinal(plain, at)
        if ordinal is not None and not _goes_on(plain, at, ordinal):
            yield ordinal, at


def _goes_on(plain: str, at: int, ordinal: Ordinal) -> bool:
    return ordinal.level == 1 and plain[at + ordinal.length : at + ordinal.length + 1] in _NUMERAL


def _loose(plain: str) -> Ordinal | None:
    found = _LOOSE.match(plain)
    number = han_number(found[1]) if found else None
    return Ordinal(1, number, found[0]) if found and number else None


def _plain_index(block: Block, offset: int) -> int:
    """The place in ``block.plain`` of the file's ``offset``, which begins a line: the inverse of ``source_offset``."""
    runs = block.text.runs
    at = bisect_right(runs, offset, key=lambda run: run[1]) - 1
    index = runs[at][0] + offset - runs[at][1]
    return min(index, runs[at + 1][0]) if at + 1 < len(runs) else index
