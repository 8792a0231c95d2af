"""The tables a reader loads once: what each passage and each report is, and which characters the corpus has.

One payload of varints: number of passages, of reports; then column by column: passages of each report (the one about it
included), its year, unit, kind, role (indexes into the labels of the manifest); the part and the length class of each
passage; the number of distinct units, their codes as differences, and the class of how many passages have each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..corpus import Data
from .codec import Bytestream, Ints, varint_bytes, varints
from .passages import Document
from .stream import SEPARATOR_UNIT


@dataclass
class Labels:
    """Distinct values of each column, in the order they first occur, each with what a reader calls it."""

    year: dict[str, str] = field(default_factory=dict)
    unit: dict[str, str] = field(default_factory=dict)
    kind: dict[str, str] = field(default_factory=dict)
    role: dict[str, str] = field(default_factory=dict)
    part: dict[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, list[list[str]]]:
        return {
            name: [[value, label] for value, label in getattr(self, name).items()]
            for name in ("year", "unit", "kind", "role", "part")
        }


def make_labels(documents: Iterable[Document], data: Data) -> Labels:
    """The labels of what occurs; units by their present name."""
    units = {unit.id: unit.current.name for unit in data.units.units}
    kinds = {kind.id: kind.name for kind in data.kinds.kinds}
    roles = {author.id: author.name for kind in data.kinds.kinds for author in kind.authors}
    parts = {s.role.id: s.role.name for kind in data.kinds.kinds for s in kind.sections}
    labels = Labels()
    for document in documents:
        labels.year.setdefault(str(document.year), f"{document.year}")
        labels.unit.setdefault(document.unit, units.get(document.unit, document.unit))
        labels.kind.setdefault(document.kind, kinds.get(document.kind, document.kind))
        labels.role.setdefault(document.role, roles.get(document.role, ""))
        labels.part.setdefault("", "")
        for passage in document.passages:
            labels.part.setdefault(passage.part, parts.get(passage.part, passage.part))
    return labels


def length_class(lengths: Ints) -> Ints:
    """Lengths in steps of the fourth root of two: wider ones cost ranking more than they save. 0 for nothing."""
    return np.round(4 * np.log2(np.maximum(lengths, 1))).astype(np.int64)


def class_length(value: int) -> float:
    return float(2 ** (value / 4))


def kept_lengths(classes: Iterable[int]) -> list[int]:
    """Lengths as a reader of the classes knows them, in whole units."""
    return [int(class_length(value) + 0.5) for value in classes]


def columns_payload(
    documents: Sequence[Document], labels: Labels, lengths: Ints, single: dict[int, int]
) -> bytes:
    """``lengths`` of the passages in units; ``single`` how many passages have each unit."""
    place = {
        name: {value: index for index, value in enumerate(getattr(labels, name))}
        for name in ("year", "unit", "kind", "role", "part")
    }
    parts = []
    for document in documents:
        parts.append(place["part"][""])
        parts.extend(place["part"][passage.part] for passage in document.passages)
    units = np.array(sorted(code for code in single if code != SEPARATOR_UNIT), np.int64)
    spread = np.array([single[code].bit_length() for code in units.tolist()], np.int64)
    columns: list[Iterable[int]] = [
        (len(document.passages) + 1 for document in documents),
        (place["year"][str(document.year)] for document in documents),
        (place["unit"][document.unit] for document in documents),
        (place["kind"][document.kind] for document in documents),
        (place["role"][document.role] for document in documents),
        parts,
        length_class(lengths).tolist(),
    ]
    return b"".join(
        (
            varint_bytes([len(parts), len(documents)]),
            *(varint_bytes(column) for column in columns),
            varint_bytes([len(units)]),
            varints(np.diff(units, prepend=0))[0].tobytes(),
            varints(spread)[0].tobytes(),
        )
    )


@dataclass(frozen=True)
class Columns:
    passages: int
    reports: int
    counts: list[int]
    year: list[int]
    unit: list[int]
    kind: list[int]
    role: list[int]
    part: list[int]
    length: list[int]
    alphabet: dict[int, int]


def read_columns(payload: bytes) -> Columns:
    stream = Bytestream(payload)
    passages, reports = stream.varint(), stream.varint()
    counts, year, unit, kind, role = (stream.varints(reports) for _ in range(5))
    part, length = stream.varints(passages), stream.varints(passages)
    size = stream.varint()
    codes = []
    code = 0
    for gap in stream.varints(size):
        code += gap
        codes.append(code)
    spread = stream.varints(size)
    return Columns(
        passages,
        reports,
        counts,
        year,
        unit,
        kind,
        role,
        part,
        length,
        dict(zip(codes, spread, strict=True)),
    )
