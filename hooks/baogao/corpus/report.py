"""A report: one Markdown file of the corpus."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .blocks import Block, split_blocks
from .data import Data
from .front_matter import FrontMatter, read_front_matter
from .kinds import Author, Kind
from .placeholders import find_placeholders
from .reviews import Review, read_reviews
from .sections import Item, Outline, Section, Told, build_outline, find_items
from .source import Source
from .told import find_told
from .units import Unit

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+")


@dataclass(frozen=True)
class Length:
    """The two ways offices count 字数: ``characters`` without blanks, punctuation included, and ``han``
    alone. Title and front matter do not count, headings do."""

    characters: int
    han: int


def measure(text: str) -> Length:
    """The length of a text, counted both ways."""
    return Length(sum(map(len, text.split())), sum(map(len, _HAN.findall(text))))


@dataclass(frozen=True, eq=False)
class Report:
    """One report.

    ``name`` is its path below ``docs/reports`` without ``.md`` (``2022/jiguan-shuzhi-fenguan``). What the front matter leaves
    out or gets wrong is ``None`` here; the rules say so. ``damage`` tells why a file could not be read as text.
    """

    name: str
    source: Source
    front: FrontMatter
    data: Data
    damage: str | None = None

    # What it says of itself

    @property
    def path(self) -> str:
        return self.source.path

    @cached_property
    def key(self) -> str:
        """A short name for all that is in the file and where it stands, for what is remembered of it."""
        content = f"{self.name}\0{self.damage}\0{self.source.text}"
        return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def readable(self) -> bool:
        """Whether there is front matter to judge the report by."""
        return (
            self.damage is None
            and self.front.present
            and not any(fault.code == "unreadable" for fault in self.front.faults)
        )

    @property
    def title(self) -> str:
        value = self.front.value("title")
        return str(value) if isinstance(value, str | int) and value != "" else self.name

    @cached_property
    def year(self) -> int | None:
        """The year assessed."""
        value = self.front.value("year")
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def content_year(self) -> int | None:
        """The year it tells of; a 政府工作报告 of 2024 tells of 2023."""
        return (
            None if self.year is None else self.year + (self.kind.reviews_year if self.kind else 0)
        )

    @cached_property
    def date(self) -> datetime.date | None:
        """The day it was written."""
        value = self.front.value("date")
        if isinstance(value, datetime.datetime):
            return value.date()
        return value if isinstance(value, datetime.date) else None

    @cached_property
    def kind(self) -> Kind | None:
        return self.data.kinds.find(self.front.value("kind"))

    @cached_property
    def unit(self) -> Unit | None:
        return self.data.units.find(self.front.value("unit"))

    @cached_property
    def author(self) -> Author | None:
        value = self.front.value("role")
        return self.kind.author(value) if self.kind and isinstance(value, str) else None

    @property
    def status(self) -> str | None:
        return self.data.fields.specs["status"].choice(self.front.value("status"))

    @property
    def visibility(self) -> str:
        """``internal`` or ``restricted``. What cannot be understood counts as restricted: the safe side."""
        field = self.front.field("visibility")
        if field is None or field.value is None:
            return self.kind.visibility if self.kind else "restricted"
        return self.data.fields.specs["visibility"].choice(field.value) or "restricted"

    @property
    def visible(self) -> bool:
        """Whether readers may see it: readable, no draft, not restricted."""
        return (
            self.readable
            and self.kind is not None
            and self.unit is not None
            and self.year is not None
            and self.status in ("review", "published", "anonymized")
            and self.visibility == "internal"
        )

    @property
    def series_key(self) -> tuple[str, str, str] | None:
        """What a series (历年同类报告) has in common: unit, kind and role, by id; renames do not matter."""
        if self.unit is None or self.kind is None:
            return None
        return self.unit.id, self.kind.id, self.author.id if self.author else ""

    @property
    def series_name(self) -> str:
        """The series as the name of a file, ``jiguan-shuzhi-fenguan``; empty when it cannot be told."""
        return "-".join(part for part in self.series_key or () if part)

    @property
    def expected_name(self) -> str | None:
        """Where it belongs below ``docs/reports`` by what it says of itself, without ``.md``; ``None`` while that is open."""
        if self.year is None or self.kind is None or not self.series_name:
            return None
        return (
            None if self.kind.authors and self.author is None else f"{self.year}/{self.series_name}"
        )

    @property
    def unit_name(self) -> str:
        """The unit's full name in the report's year."""
        return (
            self.unit.name_in(self.year).name if self.unit else str(self.front.value("unit") or "")
        )

    @property
    def unit_brief(self) -> str:
        return (
            self.unit.name_in(self.year).brief if self.unit else str(self.front.value("unit") or "")
        )

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """Who looked it through."""
        return tuple(read_reviews(self.front.value("reviews")))

    # What stands in it

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(split_blocks(self.source.text, self.front.body))

    @cached_property
    def section_override(self) -> dict[str, str]:
        """What the author says its sections are: heading → role."""
        value = self.front.value("sections")
        if not isinstance(value, dict):
            return {}
        return {str(key): str(role) for key, role in value.items()}

    @cached_property
    def outline(self) -> Outline:
        return build_outline(self.blocks, self.kind, self.year, self.section_override)

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.outline.sections

    @property
    def lead(self) -> tuple[Block, ...]:
        return self.outline.lead

    def walk(self) -> Iterator[Section]:
        """All sections at every level, in order."""
        for section in self.sections:
            yield from section.walk()

    def with_role(self, role: str) -> Iterator[Section]:
        """The sections that are ``role`` by their own heading."""
        return (s for s in self.walk() if s.role == role and (s.own_role or s.level == 1))

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The passages that tell inside one section what its kind has in another: problems in the review."""
        return find_told(self.lead, self.sections, self.kind)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return find_items(self.sections, self.kind, self.year, self.told)

    def items_of(self, role: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.role == role)

    @cached_property
    def text(self) -> str:
        """What a reader sees of the body, block by block, one line each."""
        return "\n".join(b.plain for b in self.blocks if b.kind not in ("comment", "break"))

    @cached_property
    def length(self) -> Length:
        return measure(self.text)

    @cached_property
    def placeholder_count(self) -> int:
        return sum(len(find_placeholders(b.plain)) for b in self.blocks if b.kind != "comment")


def parse_report(name: str, source: Source, data: Data) -> Report:
    """The report in ``source``. Never raises for what a person wrote: faults are kept for the rules."""
    return Report(name, source, read_front_matter(source), data)


def damaged_report(name: str, path: str, data: Data, damage: str) -> Report:
    """A stand-in for a file that could not be read as text."""
    return Report(name, Source(path, ""), FrontMatter((), (), 0, False), data, damage)
