"""The headings of a report held against the sections of its kind.

One pass decides for each expected section what became of it and for each heading what it is, so that one cause gives
one finding: a renamed section is not also missing, a moved one is one move (the fewest moves that restore the order: all
but a longest increasing subsequence). Renamed headings are found by edit distance (Levenshtein 1966) after the folding of
``kinds.yml``. The rules S001–S009 each read their own part of the result.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from ...corpus import Block, ExpectedSection, Report, Section, match_ordinal

#: Below this likeness two headings are not the same thing misspelt (1 is equal).
RENAMED_MIN = 0.6
PSEUDO_HEADING_MAX = 30


@dataclass(frozen=True)
class Renamed:
    section: Section
    expected: ExpectedSection
    title: str


@dataclass(frozen=True)
class Moved:
    section: Section
    expected: ExpectedSection
    before: Section | None
    after: Section | None


@dataclass(frozen=True)
class Duplicate:
    section: Section
    first: Section
    expected: ExpectedSection


@dataclass(frozen=True)
class WrongLevel:
    section: Section
    expected: ExpectedSection


@dataclass(frozen=True)
class Unrecognised:
    """``instead`` is the required section in whose place the heading stands, if one is missing there."""

    section: Section
    instead: ExpectedSection | None


@dataclass(frozen=True)
class Missing:
    """``after``/``before`` are the present neighbours between which the section belongs."""

    expected: ExpectedSection
    after: Section | None
    before: Section | None


@dataclass(frozen=True)
class PseudoHeading:
    """A paragraph that was a heading in Word: ``block``, the level it should have, the section it would be."""

    block: Block
    level: int
    expected: ExpectedSection | None


@dataclass(frozen=True)
class Alignment:
    """``present`` maps a role to its first section."""

    present: dict[str, Section]
    renamed: tuple[Renamed, ...]
    moved: tuple[Moved, ...]
    duplicates: tuple[Duplicate, ...]
    wrong_level: tuple[WrongLevel, ...]
    unrecognised: tuple[Unrecognised, ...]
    missing: tuple[Missing, ...]
    pseudo: tuple[PseudoHeading, ...]


@lru_cache(maxsize=8)
def align(report: Report) -> Alignment | None:
    """The alignment of a report; ``None`` when its kind is unknown."""
    kind = report.kind
    if kind is None:
        return None
    expected = kind.sections_for(report.year)
    index_of = {section.role.id: index for index, section in enumerate(expected)}
    top = [s for s in report.sections if s.level == 1 and s.depth == 2]

    present: dict[str, Section] = {}
    duplicates: list[Duplicate] = []
    strangers: list[Section] = []
    matched: list[tuple[int, Section]] = []
    for section in top:
        at = index_of.get(section.role or "")
        if at is None:
            # A （一） marked as a section is a wrong number of #, which the numbering rules report.
            if section.ordinal is None or section.ordinal.level == 1:
                strangers.append(section)
            continue
        entry = expected[at]
        if entry.role.id in present and not entry.any_heading:
            duplicates.append(Duplicate(section, present[entry.role.id], entry))
            continue
        present.setdefault(entry.role.id, section)
        matched.append((at, section))

    pseudo = tuple(_pseudo_headings(report))
    covered = set(present) | {p.expected.role.id for p in pseudo if p.expected}
    wrong_level = _wrong_levels(report, expected, covered)
    covered |= {w.expected.role.id for w in wrong_level}
    displaced = {id(w.section) for w in wrong_level}
    strangers = [s for s in strangers if id(s) not in displaced]

    absent = [
        s for s in expected
        if s.role.id not in covered and not (s.lead and _has_lead(report))
    ]  # fmt: skip
    renamed, strangers = _match_renamed(report, strangers, absent)
    gone = {r.expected.role.id for r in renamed}
    matched += [(index_of[r.expected.role.id], r.section) for r in renamed]
    matched.sort(key=lambda pair: pair[1].start)
    lacking = [
        s for s in absent
        if s.required and s.within is None and s.role.id not in gone
    ]  # fmt: skip
    ordered = _in_order(matched)
    missing, unrecognised = _place(lacking, strangers, ordered, index_of)
    return Alignment(
        present, tuple(renamed), _moves(matched, ordered, expected), tuple(duplicates),
        wrong_level, unrecognised, missing, pseudo,
    )  # fmt: skip


def _has_lead(report: Report) -> bool:
    return any(block.kind == "paragraph" and len(block.plain) >= 20 for block in report.lead)


def _wrong_levels(
    report: Report, expected: tuple[ExpectedSection, ...], covered: set[str]
) -> tuple[WrongLevel, ...]:
    """Sections that stand at another level than ``##`` although the report lacks them there."""
    kind = report.kind
    assert kind is not None
    found: list[WrongLevel] = []
    done = set(covered)
    for section in report.walk():
        if section.depth in (0, 2):
            continue
        entry = kind.classify(section.title, report.year, contained=False)
        if entry is None or entry.role.id in done or entry.within == section.role:
            continue
        if entry.required or section.depth == 1:
            done.add(entry.role.id)
            found.append(WrongLevel(section, entry))
    return tuple(found)


def _pseudo_headings(report: Report) -> list[PseudoHeading]:
    """Short paragraphs of their own that begin with 一、 or （一）: headings that Word lost."""
    kind = report.kind
    assert kind is not None
    found = []
    for block in report.blocks:
        if block.kind != "paragraph" or len(block.lines) != 1:
            continue
        text = block.plain.strip()
        ordinal = match_ordinal(text)
        if ordinal is None or ordinal.level > 2 or len(text) > PSEUDO_HEADING_MAX:
            continue
        title = text[ordinal.length :].rstrip("。：:")
        if re.search(r"[。！？；：]", title) or not title:
            continue
        entry = kind.classify(title, report.year) if ordinal.level == 1 else None
        found.append(PseudoHeading(block, ordinal.level, entry))
    return found


def likeness(first: str, second: str) -> float:
    """1 − edit distance ÷ length of the longer text; 1 is equal, 0 has nothing in common."""
    if first == second:
        return 1.0
    longer = max(len(first), len(second))
    if not longer or abs(len(first) - len(second)) > longer * (1 - RENAMED_MIN):
        return 0.0
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return 1 - row[-1] / longer


def _match_renamed(
    report: Report, strangers: list[Section], absent: list[ExpectedSection]
) -> tuple[list[Renamed], list[Section]]:
    kind = report.kind
    assert kind is not None
    candidates = []
    for s_index, section in enumerate(strangers):
        folded = kind.folding.fold(section.title)
        for e_index, entry in enumerate(absent):
            for t_index, title in enumerate(kind.titles(entry, report.year)):
                score = likeness(folded, kind.folding.fold(title))
                if score >= RENAMED_MIN:
                    candidates.append((-score, t_index, s_index, e_index, title))
    renamed: dict[int, Renamed] = {}
    used: set[int] = set()
    for _, _, s_index, e_index, title in sorted(candidates):
        if s_index not in renamed and e_index not in used:
            used.add(e_index)
            renamed[s_index] = Renamed(strangers[s_index], absent[e_index], title)
    rest = [s for index, s in enumerate(strangers) if index not in renamed]
    return [renamed[index] for index in sorted(renamed)], rest


def _in_order(matched: list[tuple[int, Section]]) -> list[tuple[int, Section]]:
    """A longest subsequence whose expected places do not decrease (patience sorting)."""
    tails: list[int] = []
    tail_at: list[int] = []
    back: list[int] = []
    for position, (place, _) in enumerate(matched):
        at = bisect_left(tails, place + 1)
        back.append(tail_at[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            tail_at.append(position)
        else:
            tails[at] = place
            tail_at[at] = position
    chain = []
    position = tail_at[-1] if tail_at else -1
    while position >= 0:
        chain.append(matched[position])
        position = back[position]
    return chain[::-1]


def _moves(
    matched: list[tuple[int, Section]],
    ordered: list[tuple[int, Section]],
    expected: tuple[ExpectedSection, ...],
) -> tuple[Moved, ...]:
    staying = {id(section) for _, section in ordered}
    moves = []
    for place, section in matched:
        if id(section) in staying:
            continue
        before = next((s for p, s in ordered if p > place), None)
        after = next((s for p, s in reversed(ordered) if p < place), None)
        moves.append(Moved(section, expected[place], before, after))
    return tuple(moves)


def _place(
    lacking: list[ExpectedSection],
    strangers: list[Section],
    ordered: list[tuple[int, Section]],
    index_of: dict[str, int],
) -> tuple[tuple[Missing, ...], tuple[Unrecognised, ...]]:
    """Give each lacking section the unrecognised heading that stands in its place, if there is one."""
    free = list(strangers)
    missing: list[Missing] = []
    unrecognised: list[Unrecognised] = []
    for entry in lacking:
        place = index_of[entry.role.id]
        after = next((s for p, s in reversed(ordered) if p < place), None)
        before = next((s for p, s in ordered if p > place), None)
        here = [
            s for s in free
            if (after is None or s.start > after.start) and (before is None or s.start < before.start)
        ]  # fmt: skip
        if here:
            free.remove(here[0])
            unrecognised.append(Unrecognised(here[0], entry))
        else:
            missing.append(Missing(entry, after, before))
    unrecognised += [Unrecognised(section, None) for section in free]
    return tuple(missing), tuple(sorted(unrecognised, key=lambda u: u.section.start))
