"""What stands in the tables: a row for each passage, the office's terms, what the values of facets are called, the build itself.

The numbers that order hits (length class, where words begin, how much of the text is heading) are those of the static index, so
that both order alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from ..codec import Bytes
from ..columns import Labels, class_length, length_class
from ..folding import fold_text, table_rows, unit_codes
from ..index import as_json, as_rows
from ..passages import Document
from ..scoring import SCORING
from ..stream import Stream, make_stream, passage_lengths

Row = dict[str, Any]
FORMAT = 1
#: Starts of words are written six to a character: its code is this plus the bits, the first one lowest.
_BITS, _BASE = 6, 64
_LOW_SURROGATE, _SURROGATE_MASK = 0xDC00, 0xFC00


@dataclass
class Measures:
    """What is counted while the rows of passages go by."""

    passages: int = 0
    reports: int = 0
    sections: int = 0
    characters: int = 0
    units: int = 0
    office: Counter[str] = field(default_factory=Counter)
    alphabet: set[str] = field(default_factory=set)

    @property
    def mean(self) -> float:
        """The mean length of passages, in units, as the static index rounds it."""
        return round(self.units / max(self.passages, 1), 3)


@dataclass(frozen=True)
class Office:
    """The office's terms (folded, three characters and more) by their first two characters."""

    by_start: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, terms: Iterable[str]) -> Office:
        found: dict[str, list[str]] = {}
        for term in sorted(set(terms)):
            if len(term) > 2:
                found.setdefault(term[:2], []).append(term)
        return cls(found)

    def terms_in(self, text: str) -> Iterator[str]:
        """Each term that stands in ``text``, once."""
        for start in self.by_start.keys() & {a + b for a, b in pairwise(text)}:
            yield from (term for term in self.by_start[start] if term in text)


def passage_rows(
    documents: Sequence[Document], folded: Sequence[str], starts: Sequence[bytes | None] | None, build: str, office: Office,
    measures: Measures,
) -> Iterator[Row]:  # fmt: skip
    """The rows of ``documents`` (``folded`` are their passages in turn, ``starts`` where words begin in each), numbered on from what
    ``measures`` has counted, which counts on."""
    stream = make_stream(folded, [0] * len(folded), starts)
    units = passage_lengths(stream)
    lengths = [class_length(value) for value in length_class(units).tolist()]
    measures.units += int(units.sum())
    at = 0
    for document, begins in zip(documents, _by_document(documents, stream), strict=True):
        report = {
            "build": build,
            "report": measures.reports,
            "name": document.name,
            "title": document.title,
            "year": document.year,
            "unit": document.unit,
            "unit_name": document.unit_name,
            "kind": document.kind,
            "role": document.role,
        }
        for inner, text in enumerate(document.texts):
            passage = document.passages[inner - 1] if inner else None
            heading = text[: passage.heading_length] if passage else ""
            measures.office.update(office.terms_in(folded[at]))
            measures.alphabet.update(folded[at])
            yield {
                **report,
                "section": measures.passages,
                "about": int(passage is None),
                "part": passage.part if passage else "",
                "anchor": passage.anchor if passage else "",
                "heading": heading,
                "text": text,
                "folded": folded[at],
                "heading_bytes": len(fold_text(heading).encode("utf-8", "replace")),
                "length": lengths[at],
                "starts": pack_bits(begins[inner]),
            }
            measures.passages += 1
            measures.sections += passage is not None
            measures.characters += len(text) if passage else 0
            at += 1
        measures.reports += 1


def _by_document(documents: Sequence[Document], stream: Stream) -> Iterator[list[Bytes]]:
    """For each document, of each passage a 1 for every character where a word begins; the last one is the end."""
    first_units = (stream.units & _SURROGATE_MASK) != _LOW_SURROGATE
    begins = (stream.flags[first_units] & 1).astype(np.uint8)
    ends = np.cumsum(stream.sums(first_units)).tolist()
    rows = [begins[start:end] for start, end in pairwise([0, *ends])]
    bounds = [0, *accumulate(len(document.passages) + 1 for document in documents)]
    for start, end in pairwise(bounds):
        yield rows[start:end]


def pack_bits(bits: Bytes) -> str:
    """Bits as characters, six in each."""
    padded = np.zeros(-(-len(bits) // _BITS) * _BITS, np.uint8)
    padded[: len(bits)] = bits
    values = padded.reshape(-1, _BITS) @ (1 << np.arange(_BITS, dtype=np.uint8))
    return (values + _BASE).astype(np.uint8).tobytes().decode("ascii")


def label_rows(labels: Labels, build: str) -> Iterator[Row]:
    for facet, values in labels.as_data().items():
        for place, (value, label) in enumerate(values):
            yield {"build": build, "facet": facet, "place": place, "value": value, "label": label}


def term_rows(office: Counter[str], build: str) -> Iterator[Row]:
    """The office's terms that occur, and in how many passages."""
    for term, passages in sorted(office.items()):
        yield {"build": build, "term": term, "office": 1, "passages": passages}


def build_row(measures: Measures, build: str) -> Row:
    alphabet = {unit for char in measures.alphabet for unit in unit_codes(char)}
    return {
        "build": build,
        "format": FORMAT,
        "reports": measures.reports,
        "sections": measures.sections,
        "passages": measures.passages,
        "characters": measures.characters,
        "mean": measures.mean,
        **SCORING.as_data(),
        "folding": as_json(as_rows(table_rows(alphabet))).decode(),
    }
