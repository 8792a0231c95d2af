"""All passages as one long row of characters: what the grams are counted in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .codec import Ints
from .folding import fold_text, units
from .passages import SEPARATOR, Document

SEPARATOR_UNIT = 10
WORD_STARTS, IN_HEADING = 1, 2
_BLOCK_BITS = 6

Units = npt.NDArray[np.uint16]
Flags = npt.NDArray[np.uint8]
#: Indexes of units, and numbers of passages.
Places = npt.NDArray[np.int32]
Docs = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Stream:
    """All passages one after another, each ended by a separator; ``ends[i]`` is the index after that of passage ``i``. ``flags`` has
    for each unit bit 0 where a word begins and bit 1 inside a heading."""

    units: Units
    ends: Places
    flags: Flags

    @property
    def passages(self) -> int:
        return len(self.ends)

    @cached_property
    def _first(self) -> Docs:
        """The passage at the beginning of every block of units."""
        begins = np.arange(0, len(self.units), 1 << _BLOCK_BITS)
        first: Docs = np.searchsorted(self.ends, begins, side="right").astype(np.int32)
        return first

    def passages_at(self, places: Places) -> Docs:
        """The passage of each of ``places``. A number for each unit of the row would be twice as large as the row."""
        docs: Docs = self._first[places >> _BLOCK_BITS]
        late = np.flatnonzero(self.ends[docs] <= places)
        while len(late):
            docs[late] += 1
            late = late[self.ends[docs[late]] <= places[late]]
        return docs

    def sums(self, marks: npt.NDArray[np.bool_]) -> Ints:
        """How many units of each passage are marked."""
        if not self.passages:
            return np.zeros(0, np.int64)
        return np.add.reduceat(marks, np.append(0, self.ends[:-1]), dtype=np.int64)


def heading_units(document: Document) -> list[int]:
    """How many units of each folded passage belong to its heading; the passage about a report has none."""
    return [
        0,
        *(len(units(fold_text(p.text[: p.heading_length]))) // 2 for p in document.passages),
    ]


def make_stream(
    texts: Sequence[str], headings: Iterable[int], word_starts: Sequence[bytes | None] | None
) -> Stream:
    """``texts`` are folded passages, ``headings`` the units of heading of each, ``word_starts`` for each a bit per
    character, lowest first, or ``None`` where words are not known."""
    lengths = np.fromiter((_unit_length(text) + 1 for text in texts), np.int64, len(texts))
    ends = np.cumsum(lengths)
    starts = (ends - lengths).tolist()
    row = np.empty(sum(lengths.tolist()), np.uint16)
    # Text by text: all of them as one string would be in memory twice more.
    for start, end, text in zip(starts, ends.tolist(), texts, strict=True):
        row[start:end] = np.frombuffer(units(text + SEPARATOR), np.uint16)
    flags = (row == SEPARATOR_UNIT).view(np.uint8)
    if len(row):
        flags[starts] |= WORD_STARTS
    if word_starts is not None:
        for start, end, text, bits in zip(starts, ends.tolist(), texts, word_starts, strict=True):
            if bits is not None:
                flags[start : end - 1] |= _bits(text, bits, end - 1 - start)
    for start, heading in zip(starts, headings, strict=True):
        flags[start : start + heading] |= IN_HEADING
    return Stream(row, ends.astype(np.int32), flags)


def _unit_length(text: str) -> int:
    return len(units(text)) // 2


def _bits(text: str, bits: bytes, length: int) -> npt.NDArray[np.uint8]:
    """One byte for each of the ``length`` units of ``text``, from one bit for each character."""
    marks = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")[: len(text)]
    if len(marks) < len(text):
        marks = np.append(marks, np.zeros(len(text) - len(marks), np.uint8))
    if length == len(text):
        return marks
    doubled = [
        pair
        for char, mark in zip(text, marks, strict=True)
        for pair in ([mark, 0] if ord(char) > 0xFFFF else [mark])
    ]
    return np.array(doubled, np.uint8)


def passage_lengths(stream: Stream) -> Ints:
    """How many units each passage has, separators left out."""
    return stream.sums(stream.units != SEPARATOR_UNIT)
