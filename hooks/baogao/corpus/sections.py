"""The sections of a report and their items.

A section begins at a heading of its own line (``## 一、…``) or at a run-in heading: a paragraph that
opens with an ordinal and a short sentence (``（一）标题句。正文…``; 69 % of second-level headings in real reports).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .blocks import Block
from .kinds import Kind
from .ordinals import Ordinal, match_ordinal
from .sequences import find_sequences

#: The title sentence of a run-in heading, in characters; longer ones are paragraphs that are numbered.
RUN_IN_TITLE_MAX = 50
_RUN_IN = re.compile(rf"[^。！？；：\n]{{2,{RUN_IN_TITLE_MAX}}}。(?=[^\s」』”’）》])")
UNKNOWN = "section"


@dataclass(frozen=True)
class Item:
    """One problem, cause, plan, …: ``id`` like ``P2022-2``; ``start``/``end`` its span in the file."""

    id: str
    role: str
    number: int
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Told:
    """A passage of one section that holds items of another (``role``): ``start``/``end`` its span in the file, from the sentence that
    begins it to the one that says what will be done. ``parts`` are the items: visible text, start and end."""

    role: str
    start: int
    end: int
    parts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Section:
    """A section and what stands in it.

    ``level`` 1 for 一、, 2 for （一） …; ``depth`` the number of ``#`` (0 for a run-in heading); ``title`` without
    ordinal and final 。; ``role`` what it is (``None``: not recognised), ``own_role`` whether that comes from
    its own heading and not from its parent; ``heading`` the block of the heading, of which ``heading_length`` visible
    characters are the heading; ``blocks`` its own body blocks; ``end`` the offset where it ends, children included.
    """

    level: int
    depth: int
    ordinal: Ordinal | None
    title: str
    role: str | None
    own_role: bool
    anchor: str
    heading: Block
    heading_length: int
    blocks: tuple[Block, ...]
    children: tuple[Section, ...]
    end: int

    @property
    def run_in(self) -> bool:
        return self.depth == 0

    @property
    def heading_text(self) -> str:
        """The heading as written, ordinal included."""
        return self.heading.plain[: self.heading_length]

    @property
    def start(self) -> int:
        return self.heading.start

    def paragraphs(self) -> Iterator[tuple[Block, int]]:
        """Its own body: each block with the visible character at which the body begins in it."""
        if self.run_in:
            yield self.heading, self.heading_length
        for block in self.blocks:
            yield block, 0

    def own_text(self) -> str:
        """The visible text between its heading and the next one."""
        return "\n".join(block.plain[at:] for block, at in self.paragraphs())

    def walk(self) -> Iterator[Section]:
        """Itself and all sections in it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def full_text(self) -> str:
        """Its visible text with everything in it."""
        return "\n".join(
            text
            for section in self.walk()
            for text in (section.heading_text if section is not self else "", section.own_text())
            if text
        )


@dataclass
class _Draft:
    level: int
    depth: int
    ordinal: Ordinal | None
    title: str
    heading: Block
    heading_length: int
    blocks: list[Block] = field(default_factory=list)
    children: list[_Draft] = field(default_factory=list)
    end: int = 0


@dataclass(frozen=True)
class Outline:
    """``title`` the H1 that only repeats the report's title, ``lead`` what stands before the first section."""

    title: Block | None
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]


def build_outline(
    blocks: Iterable[Block], kind: Kind | None, year: int | None, override: Mapping[str, str]
) -> Outline:
    """Arrange the blocks of a report into sections.

    ``override`` maps a heading (with or without its ordinal) to a role, as the author says in the front matter;
    ``{data-section=…}`` on the heading says the same and wins.
    """
    title: Block | None = None
    lead: list[Block] = []
    top: list[_Draft] = []
    stack: list[_Draft] = []
    last_end = 0
    for block in blocks:
        draft = None
        if block.kind == "heading":
            ordinal = match_ordinal(block.plain)
            if block.level == 1 and ordinal is None and title is None and not top:
                title = block
                last_end = block.end
                continue
            draft = _Draft(
                max(block.level - 1, 1), block.level, ordinal, _title(block.plain, ordinal),
                block, len(block.plain),
            )  # fmt: skip
        elif block.kind == "paragraph" and stack:
            draft = _run_in(block)
        if draft is None:
            (stack[-1].blocks if stack else lead).append(block)
            last_end = block.end
            continue
        while stack and stack[-1].level >= draft.level:
            stack.pop().end = last_end
        (stack[-1].children if stack else top).append(draft)
        stack.append(draft)
        last_end = block.end
    while stack:
        stack.pop().end = last_end
    folded = {_fold(kind, key): role for key, role in override.items()}
    anchors: set[str] = set()
    sections = tuple(
        _finish(draft, kind, year, folded, None, anchors, index)
        for index, draft in enumerate(top, 1)
    )
    return Outline(title, tuple(lead), sections)


def _title(text: str, ordinal: Ordinal | None) -> str:
    return (text[ordinal.length :] if ordinal else text).strip().rstrip("。：:")


def _run_in(block: Block) -> _Draft | None:
    ordinal = match_ordinal(block.plain)
    if ordinal is None or ordinal.level == 1:
        return None
    found = _RUN_IN.match(block.plain, ordinal.length)
    if not found:
        return None
    return _Draft(ordinal.level, 0, ordinal, _title(found[0], None), block, found.end())


def _fold(kind: Kind | None, heading: str) -> str:
    return kind.folding.fold(heading) if kind else heading


def _finish(
    draft: _Draft,
    kind: Kind | None,
    year: int | None,
    override: Mapping[str, str],
    parent: tuple[str | None, str] | None,
    anchors: set[str],
    index: int,
) -> Section:
    role, own_role = _role(
        draft, kind, year, override, parent[0] if parent else None, parent is None
    )
    number = draft.ordinal.number if draft.ordinal else index
    if parent is not None:
        base = f"{parent[1]}-{number}"
    elif role is None:
        base = f"{UNKNOWN}-{number}"
    else:
        expected = kind.expected(role) if kind else None
        base = f"{role}-{number}" if expected and expected.any_heading else role
    anchor, suffix = base, 2
    while anchor in anchors:
        anchor = f"{base}-r{suffix}"
        suffix += 1
    anchors.add(anchor)
    children = tuple(
        _finish(child, kind, year, override, (role, anchor), anchors, at)
        for at, child in enumerate(draft.children, 1)
    )
    return Section(
        draft.level, draft.depth, draft.ordinal, draft.title, role, own_role, anchor, draft.heading,
        draft.heading_length, tuple(draft.blocks), children, draft.end,
    )  # fmt: skip


def _role(
    draft: _Draft,
    kind: Kind | None,
    year: int | None,
    override: Mapping[str, str],
    parent: str | None,
    top: bool,
) -> tuple[str | None, bool]:
    for name, value in draft.heading.attributes:
        if name == "data-section" and (kind is None or kind.expected(value)):
            return value, True
    if override:
        said = override.get(_fold(kind, draft.heading.plain[: draft.heading_length]))
        if said and (kind is None or kind.expected(said)):
            return said, True
    if kind is None:
        return (None, False) if top else (parent, False)
    if top:
        expected = kind.classify(draft.title, year)
        if expected is None:
            expected = next((s for s in kind.sections_for(year) if s.any_heading), None)
        return (expected.role.id, True) if expected else (None, False)
    if parent is not None and draft.depth:
        expected = kind.classify(draft.title, year, contained=False)
        main = draft.ordinal is not None and draft.ordinal.level == 1
        if expected and expected.role.id != parent and (main or parent == expected.within):
            return expected.role.id, True
    return parent, False


def find_items(
    sections: Iterable[Section], kind: Kind | None, year: int | None, told: Sequence[Told] = ()
) -> tuple[Item, ...]:
    """The items of all recognised sections and of the passages ``told`` inside another, numbered by role through the report.

    Subsections are items; else the members of 一是…二是… sequences; else numbered paragraphs. In a problem section a
    sequence introduced by a cue (造成上述问题的主要原因是：) holds causes.
    """
    if kind is None:
        return ()
    raw = [
        item
        for section in sections
        if section.role is not None
        for item in _raw_items(section, section.role, kind)
    ]
    if told:
        raw = [item for item in raw if not any(t.start <= item[2] < t.end for t in told)]
        raw += [(passage.role, *part) for passage in told for part in passage.parts]
    counts: dict[str, int] = {}
    items: list[Item] = []
    for role, text, start, end in raw:
        counts[role] = counts.get(role, 0) + 1
        letter = next((s.role.item for s in kind.sections if s.role.id == role), "")
        if letter:
            items.append(
                Item(f"{letter}{year or 0}-{counts[role]}", role, counts[role], text, start, end)
            )
    return tuple(items)


def _raw_items(section: Section, role: str, kind: Kind) -> Iterator[tuple[str, str, int, int]]:
    if any(child.own_role for child in section.children):
        yield from _paragraph_items(section, role, kind)
        for child in section.children:
            yield from _raw_items(child, child.role or role, kind)
        return
    if section.children:
        for child in section.children:
            text = "\n".join(t for t in (child.heading_text, child.full_text()) if t)
            yield role, text, child.start, child.end
        return
    yield from _paragraph_items(section, role, kind)


def _paragraph_items(
    section: Section, role: str, kind: Kind
) -> Iterator[tuple[str, str, int, int]]:
    inner = next((s for s in kind.sections if s.within == role and s.cues and not s.passage), None)
    current = role
    numbered: list[tuple[str, str, int, int]] = []
    found_any = False
    for block, at in section.paragraphs():
        if block.kind not in ("paragraph", "bullet"):
            continue
        text = block.plain
        done = at
        sequences = find_sequences(text)
        for sequence in sequences:
            first = sequence.members[0].start
            if inner and any(cue in text[done:first] for cue in inner.cues):
                current = inner.role.id
            for member in sequence.members:
                found_any = True
                yield (
                    current, text[member.start : member.end].strip(),
                    block.text.source_offset(member.start),
                    block.text.source_offset(member.end - 1) + 1,
                )  # fmt: skip
            done = sequence.members[-1].end
        if inner and not sequences and any(cue in text for cue in inner.cues):
            current = inner.role.id
        if not sequences and (match_ordinal(text) or block.kind == "bullet"):
            numbered.append((current, text, block.start, block.end))
    if not found_any:
        yield from numbered
