"""Kinds of reports (文种) and what each requires, as ``docs/_data/kinds.yml`` says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from .ordinals import match_ordinal
from .yaml_data import Node

#: A title this long (characters, folded) may be recognised inside a longer heading.
CONTAINED_MIN = 4


@dataclass(frozen=True)
class SectionRole:
    """What a section is (存在问题, 下步打算, …); ``item`` is the letter of its items' ids, ``ahead`` whether
    it speaks of what is to come."""

    id: str
    name: str
    item: str
    ahead: bool = False


@dataclass(frozen=True)
class Passage:
    """How items are told inside another section: ``openers`` introduce them (the cues, a mark, then the items), ``closers`` end
    the last one, at a sentence with one of ``turns`` the passage is over."""

    openers: tuple[str, ...] = ()
    closers: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExpectedSection:
    """One section of a kind; see the head of ``kinds.yml`` for each field."""

    role: SectionRole
    title: str
    required: bool
    aliases: tuple[str, ...] = ()
    needs_items: int = 0
    items_severity: str = "warning"
    within: str | None = None
    cues: tuple[str, ...] = ()
    passage: Passage | None = None
    heading_cues: tuple[str, ...] = ()
    lead: bool = False
    any_heading: bool = False
    since: int | None = None
    until: int | None = None
    guidance: str = ""

    def valid_in(self, year: int | None) -> bool:
        """Whether reports of ``year`` are held to this entry (an unknown year is held to all)."""
        if year is None:
            return True
        return (self.since is None or year >= self.since) and (
            self.until is None or year <= self.until
        )


@dataclass(frozen=True)
class Author:
    """Who reports (分管领导, 专职副书记, …)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeadingFolding:
    """Spellings of a heading that count as one."""

    pairs: tuple[tuple[str, str], ...]

    def fold(self, heading: str) -> str:
        """A heading without ordinal, blanks and final 。：, in the one spelling."""
        return _fold_heading(self.pairs, heading)


@lru_cache(maxsize=65536)
def _fold_heading(pairs: tuple[tuple[str, str], ...], heading: str) -> str:
    text = re.sub(r"\s+", "", heading)
    ordinal = match_ordinal(text)
    if ordinal:
        text = text[ordinal.length :]
    text = text.rstrip("。：:；")
    for old, new in pairs:
        text = text.replace(old, new)
    return text


class _Titles(NamedTuple):
    """The titles a year's sections go by, folded: those written out, and those with ``…``."""

    exact: dict[str, ExpectedSection]
    patterns: list[tuple[re.Pattern[str], ExpectedSection]]


@dataclass(frozen=True)
class Kind:
    """A kind of report. ``reviews_year`` is the year reviewed, counted from the report's: −1 for 政府工作报告."""

    id: str
    name: str
    aliases: tuple[str, ...]
    visibility: str
    title: str
    opening: str
    authors: tuple[Author, ...]
    sections: tuple[ExpectedSection, ...]
    folding: HeadingFolding
    reviews_year: int = 0

    @property
    def looks_back(self) -> bool:
        """Whether any section tells of what was done; 工作要点 does not."""
        return any(not section.role.ahead for section in self.sections)

    @cached_property
    def told_within(self) -> tuple[ExpectedSection, ...]:
        """The sections whose items are told in a passage of another section: problems in a 政府工作报告."""
        return tuple(section for section in self.sections if section.passage)

    @property
    def problems_answered(self) -> bool:
        """Whether authors answer the problems of the report before one by one (``rectifies``): where they stand in a section of their
        own, not where they are told inside another."""
        return all(section.role.id != "problem" for section in self.told_within)

    def sections_for(self, year: int | None) -> tuple[ExpectedSection, ...]:
        """The sections that reports of ``year`` are held to, in order."""
        return tuple(section for section in self.sections if section.valid_in(year))

    def author(self, name: str) -> Author | None:
        """The author called ``name`` (id, name or alias)."""
        return next((a for a in self.authors if name in (a.id, a.name, *a.aliases)), None)

    def expected(self, role: str) -> ExpectedSection | None:
        return next((section for section in self.sections if section.role.id == role), None)

    def _titles(self, section: ExpectedSection, year: int | None) -> list[str]:
        return [fill_year(title, year) for title in (section.title, *section.aliases)]

    @cached_property
    def _by_year(self) -> dict[int | None, _Titles]:
        return {}

    def _titles_of(self, year: int | None) -> _Titles:
        if year not in self._by_year:
            titles = _Titles({}, [])
            for section in self.sections_for(year):
                for title in self._titles(section, year):
                    folded = self.folding.fold(title)
                    if "…" in title:
                        titles.patterns.append((_wildcard(folded), section))
                    else:
                        titles.exact.setdefault(folded, section)
            self._by_year[year] = titles
        return self._by_year[year]

    def classify(
        self, heading: str, year: int | None, *, contained: bool = True
    ) -> ExpectedSection | None:
        """The section a heading names, by title or alias: exact after folding, then ``…`` patterns, then
        (``contained``) a title inside a longer heading."""
        titles = self._titles_of(year)
        folded = self.folding.fold(heading)
        if folded in titles.exact:
            return titles.exact[folded]
        for pattern, section in titles.patterns:
            if pattern.fullmatch(folded):
                return section
        return self._contained(folded, titles.exact) if contained else None

    def _contained(self, folded: str, exact: dict[str, ExpectedSection]) -> ExpectedSection | None:
        """The one section whose title a longer heading contains (2022年抓党建主要做法及成效), if it is just one."""
        if any(section.any_heading for section in self.sections):
            return None
        found = {
            section.role.id: section
            for title, section in exact.items()
            if len(title) >= CONTAINED_MIN and title in folded
        }
        for role in [role for role, section in found.items() if section.within in found]:
            del found[role]
        return next(iter(found.values())) if len(found) == 1 else None

    def titles(self, section: ExpectedSection, year: int | None) -> tuple[str, ...]:
        """Title and aliases of a section with the year filled in, without ``…`` patterns."""
        return tuple(title for title in self._titles(section, year) if "…" not in title)


def _wildcard(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in pattern.split("…")))


def fill_year(template: str, year: int | None) -> str:
    """Fill ``{Y}``, ``{Y+1}``, ``{Y-1}``; without a year they stay as they are."""
    if year is None or "{" not in template:
        return template
    return (
        template.replace("{Y}", str(year))
        .replace("{Y+1}", str(year + 1))
        .replace("{Y-1}", str(year - 1))
    )


@dataclass(frozen=True)
class Kinds:
    """All kinds, and the roles a section can have."""

    kinds: tuple[Kind, ...]
    roles: dict[str, SectionRole]

    @cached_property
    def _by_name(self) -> dict[str, Kind]:
        names: dict[str, Kind] = {}
        for kind in self.kinds:
            for name in (kind.id, kind.name, *kind.aliases):
                names.setdefault(name, kind)
        return names

    def find(self, name: object) -> Kind | None:
        """The kind called ``name`` (id, name or alias)."""
        return self._by_name.get(name) if isinstance(name, str) else None


_SECTION_KEYS = (
    "role", "title", "required", "aliases", "needs_items", "items_severity", "within", "cues",
    "passage", "heading_cues", "lead", "any_heading", "since", "until", "guidance",
)  # fmt: skip


def read_kinds(root: Node) -> Kinds:
    """Kinds from the root node of ``kinds.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("section_roles", "heading_folding", "kinds")
    for key in ("section_roles", "kinds"):
        if key not in top:
            raise root.fail(f"缺少“{key}”")
    roles: dict[str, SectionRole] = {}
    letters: dict[str, str] = {}
    for role_id, node in top["section_roles"].items():
        entry = node.mapping("name", "item", "ahead")
        if "name" not in entry or "item" not in entry:
            raise node.fail(f"角色“{role_id}”要写 name 和 item")
        letter = entry["item"].text()
        if letter in letters:
            raise entry["item"].fail(f"编号字母“{letter}”已用于“{letters[letter]}”")
        letters[letter] = role_id
        ahead = entry["ahead"].boolean() if "ahead" in entry else False
        roles[role_id] = SectionRole(role_id, entry["name"].text(), letter, ahead)
    pairs: list[tuple[str, str]] = []
    if "heading_folding" in top:
        for node in top["heading_folding"].sequence():
            pair = node.texts()
            if len(pair) != 2:
                raise node.fail("每条写两项：[原写法, 统一写法]")
            pairs.append((pair[0], pair[1]))
    folding = HeadingFolding(tuple(pairs))
    kinds: list[Kind] = []
    names: dict[str, str] = {}
    for kind_id, node in top["kinds"].items():
        kind = _read_kind(kind_id, node, roles, folding)
        for name in (kind.id, kind.name, *kind.aliases):
            if names.setdefault(name, kind_id) != kind_id:
                raise node.fail(f"名称“{name}”已用于文种“{names[name]}”")
        kinds.append(kind)
    return Kinds(tuple(kinds), roles)


def _read_kind(
    kind_id: str, node: Node, roles: dict[str, SectionRole], folding: HeadingFolding
) -> Kind:
    if not re.fullmatch(r"[a-z][a-z0-9]*", kind_id):
        raise node.fail(f"文种短名“{kind_id}”只能用小写字母和数字")
    entry = node.mapping(
        "name", "aliases", "visibility", "title", "opening", "reviews_year", "authors", "sections"
    )
    for key in ("name", "title", "sections"):
        if key not in entry:
            raise node.fail(f"文种“{kind_id}”缺少“{key}”")
    authors = []
    if "authors" in entry:
        for author_id, author in entry["authors"].items():
            fields = author.mapping("name", "aliases")
            if "name" not in fields:
                raise author.fail("角色要写 name")
            authors.append(
                Author(
                    author_id,
                    fields["name"].text(),
                    fields["aliases"].texts() if "aliases" in fields else (),
                )
            )
    sections = tuple(_read_section(child, roles) for child in entry["sections"].sequence())
    return Kind(
        kind_id,
        entry["name"].text(),
        entry["aliases"].texts() if "aliases" in entry else (),
        entry["visibility"].choice("internal", "restricted")
        if "visibility" in entry
        else "internal",
        entry["title"].text(),
        entry["opening"].text() if "opening" in entry else "",
        tuple(authors),
        sections,
        folding,
        entry["reviews_year"].integer() if "reviews_year" in entry else 0,
    )


def _read_section(node: Node, roles: dict[str, SectionRole]) -> ExpectedSection:
    entry = node.mapping(*_SECTION_KEYS)
    for key in ("role", "title", "required"):
        if key not in entry:
            raise node.fail(f"章节缺少“{key}”")
    role = entry["role"].text()
    if role not in roles:
        raise entry["role"].fail(f"不认识的章节角色“{role}”，可用：{'、'.join(roles)}")

    def texts(key: str) -> tuple[str, ...]:
        return entry[key].texts() if key in entry else ()

    def flag(key: str) -> bool:
        return entry[key].boolean() if key in entry else False

    within = entry["within"].text() if "within" in entry else None
    if within is not None and within not in roles:
        raise entry["within"].fail(f"不认识的章节角色“{within}”")
    passage = _read_passage(entry["passage"]) if "passage" in entry else None
    if passage and (within is None or not entry.get("cues")):
        raise entry["passage"].fail(
            "写 passage 的章节，要写明写在哪一节里（within）和从哪句话起（cues）"
        )
    return ExpectedSection(
        role=roles[role],
        title=entry["title"].text(),
        required=entry["required"].boolean(),
        aliases=texts("aliases"),
        needs_items=entry["needs_items"].integer() if "needs_items" in entry else 0,
        items_severity=entry["items_severity"].choice("error", "warning", "info")
        if "items_severity" in entry
        else "warning",
        within=within,
        cues=texts("cues"),
        passage=passage,
        heading_cues=texts("heading_cues"),
        lead=flag("lead"),
        any_heading=flag("any_heading"),
        since=entry["since"].integer() if "since" in entry else None,
        until=entry["until"].integer() if "until" in entry else None,
        guidance=entry["guidance"].text() if "guidance" in entry else "",
    )


def _read_passage(node: Node) -> Passage:
    entry = node.mapping("openers", "closers", "turns")
    lists = {key: entry[key].texts() for key in entry}
    return Passage(lists.get("openers", ()), lists.get("closers", ()), lists.get("turns", ()))
