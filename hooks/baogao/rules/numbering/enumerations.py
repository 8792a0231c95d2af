"""The 一是…二是… of a report, checked once for the rules N007–N009, so that each says only its own part.

A sequence may run over several paragraphs (each 一是 a paragraph of its own), but not past a heading or a numbered
paragraph. Sequences follow one another within a paragraph (problems, then causes) and may change their word
(一是…二要…); none of 114 real reports puts one inside another with the same word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...corpus import Block, Marker, Report, find_markers, match_ordinal, to_han


@dataclass(frozen=True)
class Trouble:
    """``kind``: slip (should be ``expected``, what follows is right), jump, repeat, back, lonely (no 一是 before), or bare (the
    number ``expected`` stands without its ``word``, at ``start`` to ``end`` of the block). ``before`` is the marker
    before, ``word`` 是, 要 or 方面."""

    kind: str
    block: Block
    start: int
    end: int
    text: str
    expected: str
    before: str
    word: str


@lru_cache(maxsize=8)
def troubles(report: Report) -> tuple[Trouble, ...]:
    """Everything wrong with the enumerations of a report, in order."""
    verbs = report.data.sequence_verbs
    found: list[Trouble] = []
    for scope in _scopes(report):
        found.extend(_check(scope, verbs))
    return tuple(found)


def _scopes(report: Report) -> Iterator[list[tuple[Block, Marker]]]:
    scope: list[tuple[Block, Marker]] = []
    for block in report.blocks:
        if block.kind not in ("heading", "paragraph", "bullet"):
            continue
        if block.kind == "heading" or match_ordinal(block.plain):
            if scope:
                yield scope
            scope = []
        scope.extend((block, marker) for marker in find_markers(block.plain))
    if scope:
        yield scope


def _check(scope: list[tuple[Block, Marker]], verbs: frozenset[str]) -> Iterator[Trouble]:
    last: dict[str, Marker] = {}
    for index, (block, marker) in enumerate(scope):
        previous = last.get(marker.kind)
        after = scope[index + 1] if index + 1 < len(scope) else None
        goes_on = marker.number == 1 or any(m.number == marker.number - 1 for m in last.values())
        number = marker.number
        if not goes_on:
            kind = _kind(marker, previous, after[1] if after else None)
            bare_before = (
                kind == "jump"
                and previous is not None
                and index > 0
                and _bare(scope[index - 1], (block, marker), verbs) is not None
            )
            if kind and not bare_before:
                expected = (previous.number if previous else 0) + 1
                yield Trouble(
                    kind, block, marker.start, marker.end, marker.text, to_han(expected) + marker.kind,
                    previous.text if previous else "", marker.kind,
                )  # fmt: skip
                if kind == "slip":
                    number = expected
        last[marker.kind] = Marker(number, marker.kind, marker.start, marker.end)
        if after is None or after[1].number != number + 1:
            bare = _bare((block, last[marker.kind]), after, verbs)
            if bare is not None:
                yield bare


def _kind(marker: Marker, previous: Marker | None, after: Marker | None) -> str:
    if previous is None:
        # 三要, 两方面 are words as well; 二是 is none.
        return "lonely" if marker.kind == "是" else ""
    if after and after.kind == marker.kind and after.number == previous.number + 2:
        return "slip"
    if marker.number > previous.number + 1:
        return "jump"
    return "repeat" if marker.number == previous.number else "back"


def _bare(
    here: tuple[Block, Marker], after: tuple[Block, Marker] | None, verbs: frozenset[str]
) -> Trouble | None:
    """``。三切实…`` after 二是: the next number without its 是, in the same paragraph and before the next marker."""
    block, marker = here
    text = block.plain
    end = after[1].start if after and after[0] is block else len(text)
    numeral = to_han(marker.number + 1)
    for stop in "。；;":
        at = text.find(stop + numeral, marker.end, end)
        while at >= 0:
            verb = at + 1 + len(numeral)
            if text[verb : verb + 2] in verbs:
                return Trouble(
                    "bare", block, at + 1, verb + 2, text[at + 1 : verb + 2], numeral + marker.kind,
                    marker.text, marker.kind,
                )  # fmt: skip
            at = text.find(stop + numeral, verb, end)
    return None
