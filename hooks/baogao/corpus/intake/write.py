"""Writing a report file: from a draft that was read, or from nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from ..front_matter import write_front_matter
from ..inline import escape, escape_cell, escape_heading
from ..kinds import Author, ExpectedSection, Kind, fill_year
from ..ordinals import write_ordinal
from ..units import Unit
from .manuscript import Piece
from .structure import Draft


@dataclass(frozen=True)
class Metadata:
    """What the front matter says; ``source`` the name and SHA-256 of the file it came from."""

    title: str
    year: int
    unit: Unit
    kind: Kind
    author: Author | None
    date: datetime.date | None
    status: str
    visibility: str | None = None
    source: tuple[str, str] | None = None


@dataclass(frozen=True)
class ReportFile:
    """``name`` is its place below ``docs/reports`` (``2022/jiguan-shuzhi-fenguan.md``), ``text`` its content."""

    name: str
    text: str


def report_name(metadata: Metadata) -> str:
    """Where a report with this metadata belongs."""
    parts = [metadata.unit.id, metadata.kind.id]
    if metadata.author:
        parts.append(metadata.author.id)
    return f"{metadata.year}/{'-'.join(parts)}.md"


def _front(metadata: Metadata) -> Mapping[str, object]:
    fields: dict[str, object] = {
        "title": metadata.title,
        "year": metadata.year,
        "unit": metadata.unit.name_in(metadata.year).brief,
        "kind": metadata.kind.name,
    }
    if metadata.author:
        fields["role"] = metadata.author.name
    if metadata.date:
        fields["date"] = metadata.date
    fields["status"] = metadata.status
    if metadata.visibility:
        fields["visibility"] = metadata.visibility
    if metadata.source:
        fields["source"] = {"name": metadata.source[0], "sha256": metadata.source[1]}
    return fields


def compose(draft: Draft, metadata: Metadata) -> ReportFile:
    """The report file of a draft; its page shows the text that came in, character for character."""
    blocks = [_block(piece) for piece in draft.pieces]
    text = write_front_matter(_front(metadata)) + "\n" + "\n\n".join(blocks) + "\n"
    return ReportFile(report_name(metadata), text)


def _block(piece: Piece) -> str:
    if piece.rows:
        lines = [f"| {' | '.join(map(escape_cell, row))} |" for row in piece.rows]
        lines.insert(1, "|" + " --- |" * len(piece.rows[0]))
        return "\n".join(lines)
    if piece.level:
        return "#" * (piece.level + 1) + " " + escape_heading(piece.text)
    return ("- " if piece.hint.bullet else "") + escape(piece.text)


def skeleton(metadata: Metadata) -> ReportFile:
    """A new report with the sections its kind asks for and what is to be written in each."""
    kind, year = metadata.kind, metadata.year
    parts = [fill_year(kind.opening, year)] if kind.opening else []
    number = 0
    for section in kind.sections_for(year):
        if not section.required or _written_elsewhere(section, kind):
            continue
        number += 1
        parts.append(f"## {write_ordinal(1, number)}{fill_year(section.title, year)}")
        parts.append(_guidance(section, year))
    text = write_front_matter(_front(metadata)) + "\n" + "\n\n".join(parts) + "\n"
    return ReportFile(report_name(metadata), text)


def _written_elsewhere(section: ExpectedSection, kind: Kind) -> bool:
    """Whether another section's guidance already has the words for this one, or the opening stands for it."""
    if section.within is not None:
        host = kind.expected(section.within)
        return host is not None and any(cue in host.guidance for cue in section.cues)
    return section.lead and bool(kind.opening)


def _guidance(section: ExpectedSection, year: int) -> str:
    return fill_year(section.guidance.strip("\n"), year) or "【待填】"
