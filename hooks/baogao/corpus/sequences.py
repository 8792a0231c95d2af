"""Enumerations inside a paragraph: 一是…二是…三是…, 一要…二要…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .ordinals import han_number

#: The marker must stand at a boundary: 统一是, 唯一是, 之一是, 第一是 are not markers.
#: 一是一、二是二 is a saying; 一方面…另一方面 counts nothing, nor do “人、地、财”三要素 and 十方面实事.
_MARKER = re.compile(
    r"(?:(?<=^)|(?<=[。；：，、！？”）》\s]))"
    r"(?!一是一[、，]?二是二)(?<!一是一)(?<!一是一[、，])(?!一方面(?!.*二方面))"
    r"(十[一二三四五]?|[一二三四五六七八九])(是|要(?![素点件求])|方面(?=[，：]))",
    re.MULTILINE,
)
_SENTENCE_END = "。！？"


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


def find_sequences(text: str) -> tuple[Sequence, ...]:
    """All enumerations of a paragraph, in order.

    A new one begins at every 一, or where the marker changes. A member reaches to the next marker; the last
    member of a sequence that another follows ends where the sentence that introduces
    the next one begins.
    """
    groups: list[list[tuple[int, int, str]]] = []
    for found in _MARKER.finditer(text):
        number = han_number(found[1])
        if number is None:
            continue
        if not groups or number == 1 or found[2] != groups[-1][0][2]:
            groups.append([])
        groups[-1].append((number, found.start(), found[2]))
    lead_ins = [_sentence_start(text, group[0][1]) for group in groups]
    sequences = []
    for index, group in enumerate(groups):
        limit = len(text)
        if index + 1 < len(groups):
            limit = max(lead_ins[index + 1], group[-1][1] + 1)
        ends = [start for _, start, _ in group[1:]] + [limit]
        members = tuple(
            Member(number, start, end) for (number, start, _), end in zip(group, ends, strict=True)
        )
        sequences.append(Sequence(group[0][2], lead_ins[index], members))
    return tuple(sequences)


def _sentence_start(text: str, offset: int) -> int:
    """Where the words before ``offset`` begin: after the last full stop before it."""
    return max(text.rfind(mark, 0, offset) for mark in _SENTENCE_END) + 1
