"""Where a report names a year: the block, the mention in it, and what section it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...corpus import Block, Report, Section, YearMention, find_years


@dataclass(frozen=True)
class Place:
    """A stretch of a block's visible text. ``section`` is ``None`` before the first heading; ``heading`` says that the
    stretch is the heading itself."""

    section: Section | None
    block: Block
    start: int
    end: int
    heading: bool

    @property
    def text(self) -> str:
        return self.block.plain[self.start : self.end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the file of ``text[start:end]``."""
        offset = self.block.text.source_offset
        return offset(self.start + start), offset(self.start + end - 1) + 1


def places(report: Report) -> Iterator[Place]:
    """All that a report says, in order, headings apart from what follows them."""
    for block in report.lead:
        if block.kind not in ("comment", "break"):
            yield Place(None, block, 0, len(block.plain), False)
    for section in report.walk():
        yield from section_places(section)


def section_places(section: Section) -> Iterator[Place]:
    """The same of one section, its children left out."""
    yield Place(section, section.heading, 0, section.heading_length, True)
    for block, begin in section.paragraphs():
        if block.kind not in ("comment", "break") and begin < len(block.plain):
            yield Place(section, block, begin, len(block.plain), False)


def ahead(report: Report, section: Section | None) -> bool:
    """Whether a section speaks of what is to come."""
    if section is None or section.role is None:
        return False
    return report.data.kinds.roles[section.role].ahead


def named_years(place: Place) -> tuple[YearMention, ...]:
    """The years a place names; offsets into its ``text``."""
    text = place.text
    # Most paragraphs name no year; the two characters that every year has are cheap to look for.
    return find_years(text) if "年" in text or "〕" in text or "]" in text else ()
