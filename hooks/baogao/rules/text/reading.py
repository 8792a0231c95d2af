"""The text of a report as one string, with the way back to the file: what the text rules work on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ...corpus import Block, Report
from ..finding import Edit

HAN = "㐀-䶿一-鿿豈-﫿〇"
_HAN = re.compile(f"[{HAN}]")
_WIDE = re.compile(f"[{HAN}，。、；：？！“”‘’《》〈〉（）【】〔〕…—]")
#: Addresses are written in half-width characters.
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|(?:[a-z]+://|www\.)[!-~]+", re.ASCII)


@dataclass(frozen=True, eq=False)
class Reading:
    """``text`` holds the visible text of all blocks, one line each; a table's cells are separated by tabs and line ends.
    ``alphabet`` are the characters that occur: looking there first costs next to nothing."""

    report: Report
    text: str
    alphabet: frozenset[str]
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]

    def block_at(self, index: int) -> int:
        """The number of the block that holds ``text[index]``."""
        return bisect_right(self.starts, index) - 1

    def offset(self, index: int) -> int:
        """Where ``text[index]`` stands in the file."""
        number = self.block_at(index)
        return self.blocks[number].text.source_offset(index - self.starts[number])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the file."""
        return self.offset(start), self._after(end - 1)

    def _after(self, index: int) -> int:
        """Where the character ``text[index]`` ends in the file: a character reference is longer than what it shows."""
        at = self.offset(index)
        source = self.report.source.text
        if source[at] == "&" and self.text[index] != "&":
            return source.index(";", at) + 1
        return at + 1

    def edit(self, start: int, end: int, new: str) -> Edit | None:
        """The edit that turns ``text[start:end]`` into ``new``; ``None`` where the two do not go in step there
        (a line end, asterisks or a link in between). The backslash of an escaped character goes with it."""
        source = self.report.source.text
        first, last = self.span(start, end)
        if end - start > 1 and source[first:last] != self.text[start:end]:
            return None
        number = self.block_at(start)
        inner = start > self.starts[number] and self.offset(start - 1) == first - 1
        if source[first - 1 : first] == "\\" and not inner:
            first -= 1
        return Edit(first, last, new)

    def edits(self, changes: Iterable[tuple[int, int, str]]) -> tuple[Edit, ...]:
        """Edits for ``(start, end, new)``; none at all if one of them cannot be made."""
        made = [self.edit(*change) for change in changes]
        return tuple(edit for edit in made if edit) if all(made) else ()

    def is_wide(self, index: int) -> bool:
        """Whether there is a Han character or a full-width mark at ``index``."""
        return 0 <= index < len(self.text) and _WIDE.match(self.text[index]) is not None

    def is_han(self, index: int) -> bool:
        return 0 <= index < len(self.text) and _HAN.match(self.text[index]) is not None

    def context(self, start: int, end: int, margin: int = 3) -> str:
        """``text[start:end]`` with a few characters around it on the same line, for a message."""
        before = self.text[max(start - margin, 0) : start].rpartition("\n")[2]
        after = self.text[end : end + margin].partition("\n")[0]
        return before + self.text[start:end] + after

    @cached_property
    def _addresses(self) -> frozenset[int]:
        if "@" not in self.alphabet and "://" not in self.text and "www." not in self.text:
            return frozenset()
        found = _ADDRESS.finditer(self.text)
        return frozenset(index for address in found for index in range(*address.span()))

    def in_address(self, index: int) -> bool:
        """Whether ``text[index]`` belongs to a web or mail address."""
        return index in self._addresses

    def line_start(self, index: int) -> int:
        """Where the block that holds ``text[index]`` begins."""
        return self.starts[self.block_at(index)]

    def by_block(self, places: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        """Places ``(start, end)`` in order, grouped by the block that holds them."""
        group: list[tuple[int, int]] = []
        here = -1
        for place in places:
            number = self.block_at(place[0])
            if number != here and group:
                yield group
                group = []
            here = number
            group.append(place)
        if group:
            yield group


@lru_cache(maxsize=8)
def read(report: Report) -> Reading:
    """The reading of a report."""
    blocks = tuple(b for b in report.blocks if b.kind not in ("comment", "break") and b.plain)
    starts = []
    length = 0
    for block in blocks:
        starts.append(length)
        length += len(block.plain) + 1
    text = "\n".join(block.plain for block in blocks)
    return Reading(report, text, frozenset(text), tuple(starts), blocks)


def quoted(pieces: Iterable[str], limit: int = 3) -> str:
    """Some of ``pieces`` in quotation marks, for a message: “甲”“乙”等 5 处."""
    pieces = list(pieces)
    shown = "".join(f"“{piece}”" for piece in pieces[:limit])
    return shown if len(pieces) <= limit else f"{shown}等 {len(pieces)} 处"
