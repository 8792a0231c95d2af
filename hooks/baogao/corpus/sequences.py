"""Enumerations inside a paragraph: 一是…二是…三是…, 一要…二要…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .ordinals import han_number, to_han

_MARKER = re.compile(r"([一二三四五六七八九十])([一二三四五]?)[ \u3000]?(是|要|方面)")
#: A marker stands at a boundary: 统一是, 唯一是, 之一是, 第一是 are none. Half-width marks count too, so that a typing
#: slip before 二是 does not hide it.
_BOUNDARY = frozenset("。；：，、！？”’）》】…—,;:!?) \t\n\u3000\u00a0")
#: 一是一、二是二 is a saying; 四要素, 三要件 are nouns; 十方面实事 is a count.
_SAYING = re.compile(r"一是一[、，]?二是二|..?要(?:[件求]|素(?!质)|点(?!面))|..?方面(?![，：])")
_SENTENCE_END = "。！？"


@dataclass(frozen=True, slots=True)
class Marker:
    """One 二是: its ``number``, its ``kind`` (是, 要, 方面), ``start``/``end`` offsets into the text."""

    number: int
    kind: str
    start: int
    end: int

    @property
    def text(self) -> str:
        return to_han(self.number) + self.kind


@dataclass(frozen=True)
class Member:
    """One member: ``number`` as written, ``start``/``end`` character offsets into the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Sequence:
    """One enumeration; ``marker`` is 是, 要 or 方面; ``lead_in`` the offset of the words that
    introduce it (after the previous sentence)."""

    marker: str
    lead_in: int
    members: tuple[Member, ...]


def find_markers(text: str) -> Iterator[Marker]:
    """All markers of a paragraph, in order. 一方面 is one only where 二方面 follows: 一方面…另一方面 counts nothing."""
    last_second = text.rfind("二方面")
    skip = 0
    for found in _MARKER.finditer(text):
        start = found.start()
        if start < skip:
            continue
        saying = _SAYING.match(text, start)
        if saying:
            skip = saying.end()
            continue
        if start and text[start - 1] not in _BOUNDARY:
            continue
        number = han_number(found[1] + found[2])
        if number is None or (number == 1 and found[3] == "方面" and last_second < start):
            continue
        yield Marker(number, found[3], start, found.end())


def find_sequences(text: str) -> tuple[Sequence, ...]:
    """All enumerations of a paragraph, in order.

    A new one begins at every 一, or where the marker changes. A member reaches to the next marker; the last
    member of a sequence that another follows ends where the sentence that introduces
    the next one begins.
    """
    groups: list[list[tuple[int, int, str]]] = []
    for marker in find_markers(text):
        if not groups or marker.number == 1 or marker.kind != groups[-1][0][2]:
            groups.append([])
        groups[-1].append((marker.number, marker.start, marker.kind))
    lead_ins = [
        _lead_in(text, groups[index - 1][-1][1] if index else None, group[0][1])
        for index, group in enumerate(groups)
    ]
    sequences = []
    for index, group in enumerate(groups):
        limit = lead_ins[index + 1] if index + 1 < len(groups) else len(text)
        ends = [start for _, start, _ in group[1:]] + [limit]
        members = tuple(
            Member(number, start, end) for (number, start, _), end in zip(group, ends, strict=True)
        )
        sequences.append(Sequence(group[0][2], lead_ins[index], members))
    return tuple(sequences)


def _lead_in(text: str, after: int | None, offset: int) -> int:
    """Where the words that introduce the marker at ``offset`` begin: after the last full stop before it. In
    one sentence with the marker at ``after``: after the last ； between them, or nowhere."""
    for marks in (_SENTENCE_END, "；"):
        end = max(text.rfind(mark, after or 0, offset) for mark in marks)
        if end >= 0 or after is None:
            return end + 1
    return offset
