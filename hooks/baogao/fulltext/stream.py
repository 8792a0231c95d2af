"""All passages as one long row of characters: what the grams are counted in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .codec import Ints
from .folding import fold_text, units
from .grams import SEPARATOR_UNIT, Stream
from .passages import SEPARATOR, Document

WORD_STARTS, IN_HEADING = 1, 2


def heading_units(document: Document) -> list[int]:
    """How many units of each folded passage belong to its heading; the passage about a report has none."""
    return [
        0,
        *(len(units(fold_text(p.text[: p.heading_length]))) // 2 for p in document.passages),
    ]


def make_stream(
    texts: Sequence[str], headings: Sequence[int], word_starts: Sequence[bytes | None] | None
) -> Stream:
    """``texts`` are folded passages, ``headings`` the units of heading of each, ``word_starts`` for each a bit per
    character, lowest first, or ``None`` where words are not known."""
    row = np.frombuffer(units("".join(text + SEPARATOR for text in texts)), np.uint16)
    ascii_only = row[row < 0xD800].size == row.size
    lengths = np.fromiter(
        (_unit_length(text, ascii_only) + 1 for text in texts), np.int64, len(texts)
    )
    ends = np.cumsum(lengths)
    starts = ends - lengths
    docs = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    flags = (row == SEPARATOR_UNIT).astype(np.uint8)
    if len(row):
        flags[starts] |= WORD_STARTS
    if word_starts is not None:
        for start, text, bits in zip(starts.tolist(), texts, word_starts, strict=True):
            if bits is not None:
                flags[start : start + _unit_length(text, ascii_only)] |= _bits(text, bits)
    for start, heading in zip(starts.tolist(), headings, strict=True):
        flags[start : start + heading] |= IN_HEADING
    return Stream(row, docs, flags, len(texts))


def _unit_length(text: str, simple: bool) -> int:
    return len(text) if simple else len(units(text)) // 2


def _bits(text: str, bits: bytes) -> npt.NDArray[np.uint8]:
    """One byte for each unit of ``text``, from one bit for each character."""
    marks = np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little")[: len(text)]
    if len(marks) < len(text):
        marks = np.append(marks, np.zeros(len(text) - len(marks), np.uint8))
    if _unit_length(text, False) == len(text):
        return marks
    doubled = [
        pair
        for char, mark in zip(text, marks, strict=True)
        for pair in ([mark, 0] if ord(char) > 0xFFFF else [mark])
    ]
    return np.array(doubled, np.uint8)


def passage_lengths(stream: Stream) -> Ints:
    """How many units each passage has, separators left out."""
    return np.bincount(stream.docs[stream.units != SEPARATOR_UNIT], minlength=stream.passages)
