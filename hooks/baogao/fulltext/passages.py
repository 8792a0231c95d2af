"""Passages: what is searched. A report gives one about itself and one for each section.

A section is the text from one heading to the next, its own heading included. Its text is made of pieces: a heading on
its own line, a paragraph (a run-in heading and what follows it is one), a list item, a table cell. Pieces are joined by
line ends, and folding keeps these apart: no match runs from one piece into the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace

from ..corpus import Block, Kind, Report, Section, Study, Unit, pack_json

SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """A section: its anchor (empty before the first heading), its text with ``heading_length`` characters of
    heading in front, what it is (id, or empty)."""

    anchor: str
    text: str
    heading_length: int
    part: str


@dataclass(frozen=True, slots=True)
class Document:
    """A report as the index sees it. ``about`` is the passage that finds it by title, unit, year, kind and role."""

    name: str
    title: str
    year: int
    unit: str
    unit_name: str
    kind: str
    role: str
    about: str
    passages: tuple[Passage, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What is searched: the text about the report, then those of its sections."""
        return (self.about, *(passage.text for passage in self.passages))


def read_document(report: Report, sections: str | None = None) -> Document:
    """The document of a report that readers may see; ``sections`` is what :data:`SECTIONS` remembers of it."""
    assert report.year is not None and report.unit is not None and report.kind is not None
    return Document(
        name=report.name,
        title=report.title,
        year=report.year,
        unit=report.unit.id,
        unit_name=report.unit_name,
        kind=report.kind.id,
        role=report.author.id if report.author else "",
        about=SEPARATOR.join(_about(report)),
        passages=tuple(_passages(report) if sections is None else unpack_passages(sections)),
    )


def outline(document: Document) -> Document:
    """The document without its texts."""
    passages = tuple(Passage("", "", 0, passage.part) for passage in document.passages)
    return replace(document, about="", passages=passages)


def unpack_passages(packed: str) -> Iterator[Passage]:
    return (Passage(*values) for values in json.loads(packed))


#: The sections of every report, packed: the index is made of them.
SECTIONS: Study[str] = Study(
    "sections", lambda report, _: pack_json([astuple(p) for p in _passages(report)]), str, str, left=True
)  # fmt: skip


def _about(report: Report) -> Iterator[str]:
    yield report.title
    yield f"{report.year}年度"
    if report.unit is not None:
        yield from _unit_names(report.unit)
    if report.kind is not None:
        yield from _kind_names(report.kind)
    if report.author is not None:
        yield from dict.fromkeys((report.author.name, *report.author.aliases))


def _unit_names(unit: Unit) -> tuple[str, ...]:
    """Every name a unit has had: a reader may know any of them."""
    return tuple(dict.fromkeys(n for name in unit.names for n in (name.name, *name.short)))


def _kind_names(kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys((kind.name, *kind.aliases)))


def _passages(report: Report) -> Iterator[Passage]:
    lead = SEPARATOR.join(_pieces((block, 0) for block in report.lead))
    if lead:
        yield Passage("", lead, 0, "")
    for section in report.walk():
        yield _passage(section)


def _passage(section: Section) -> Passage:
    blocks = [(block, 0) for block in section.blocks]
    if section.run_in:
        pieces = _pieces([(section.heading, 0), *blocks])
    else:
        pieces = [section.heading_text, *_pieces(blocks)]
    return Passage(
        section.anchor, SEPARATOR.join(pieces), len(section.heading_text), section.role or ""
    )


def _pieces(blocks: Iterable[tuple[Block, int]]) -> list[str]:
    return [piece for block, at in blocks for piece in _block_pieces(block, at) if piece]


def _block_pieces(block: Block, at: int) -> list[str]:
    text = block.plain[at:]
    return text.replace("\t", "\n").split("\n") if block.kind == "table" else [text]
