"""What a reviewer is told of one report: data, which the summary, the terminal and the printed 审核单 show.

One place decides what stands where, so that the comment on a request and the sheet of paper never disagree.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..corpus import (
    Corpus,
    FollowUp,
    Length,
    Report,
    Review,
    fill_year,
    find_placeholders,
    find_reuse,
    follow_up,
    item_head,
    likely_answers,
)
from .finding import Finding
from .render.names import is_confidential
from .structure.alignment import align

#: Longer than any line of a sheet: where it is cut, the sheet says so.
_PROBLEM = 80


@dataclass(frozen=True)
class SectionState:
    """A section the kind requires: whether it is there, and where or why not."""

    title: str
    present: bool
    note: str


@dataclass(frozen=True)
class Answer:
    """One problem of the predecessor. Unanswered (``status`` empty) ``evidence`` is where the answer may stand."""

    id: str
    problem: str
    status: str
    evidence: str


@dataclass(frozen=True)
class Passage:
    """A passage taken over, with the lines where it stands; ``exact`` says that even the figures are the same."""

    here: str
    here_line: int
    there: str
    there_line: int
    characters: int
    exact: bool


@dataclass(frozen=True)
class Comparison:
    """The report held against its predecessor. ``passages`` are all of them, the longest first; ``stated`` is whether authors of this
    kind state what became of the problems."""

    title: str
    year: int | None
    share: float
    copied: int
    passages: tuple[Passage, ...]
    answers: tuple[Answer, ...]
    change: Length
    stated: bool = True


@dataclass(frozen=True)
class Gap:
    """How many places on a line are still to be filled in, or were masked."""

    line: int
    number: int


@dataclass(frozen=True)
class Sheet:
    """Everything on one report. ``secret`` are the findings on confidentiality, ``findings`` the others, the gravest first;
    ``comparison`` is ``None`` for the first report of a series."""

    title: str
    path: str
    unit: str
    kind: str
    role: str
    year: int | None
    date: datetime.date | None
    status: str
    restricted: bool
    secret: tuple[Finding, ...]
    reviews: tuple[Review, ...]
    sections: tuple[SectionState, ...]
    comparison: Comparison | None
    length: Length
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]


def make_sheet(corpus: Corpus, report: Report, findings: Iterable[Finding]) -> Sheet:
    """The sheet of ``report``; of ``findings`` those on other files are passed over."""
    mine = [finding for finding in findings if finding.path == report.path]
    rest = [finding for finding in mine if not is_confidential(finding)]
    return Sheet(
        title=report.title,
        path=report.path,
        unit=report.unit_name,
        kind=report.kind.name if report.kind else str(report.front.value("kind") or ""),
        role=report.author.name if report.author else "",
        year=report.year,
        date=report.date,
        status=report.data.fields.label("status", report.status or ""),
        restricted=report.visibility == "restricted",
        secret=tuple(finding for finding in mine if is_confidential(finding)),
        reviews=report.reviews,
        sections=tuple(_sections(report)),
        comparison=_compare(corpus, report),
        length=report.length,
        gaps=tuple(_gaps(report)),
        findings=tuple(sorted(rest, key=lambda finding: (finding.severity.rank, finding.start))),
    )


def _sections(report: Report) -> Iterator[SectionState]:
    alignment = align(report)
    if alignment is None or report.kind is None:
        return
    missing = {m.expected.role.id for m in alignment.missing}
    doubtful = {
        u.instead.role.id: u.section.heading_text for u in alignment.unrecognised if u.instead
    }
    renamed = {r.expected.role.id: r.section.heading_text for r in alignment.renamed}
    loose = {p.expected.role.id for p in alignment.pseudo if p.expected}
    level = {w.expected.role.id: w.section.heading_text for w in alignment.wrong_level}
    for expected in report.kind.sections_for(report.year):
        if not expected.required:
            continue
        role = expected.role.id
        title = fill_year(expected.title, report.year)
        if role in alignment.present:
            section = alignment.present[role]
            line = report.source.position(section.start).line
            items = len(report.items_of(role))
            said = f"第 {line} 行“{section.heading_text}”" + (f"，{items} 条" if items else "")
            yield SectionState(title, True, said)
        elif role in renamed:
            yield SectionState(title, False, f"标题写作“{renamed[role]}”")
        elif role in doubtful:
            yield SectionState(title, False, f"认不出，可能是“{doubtful[role]}”")
        elif role in level:
            yield SectionState(title, False, f"级别不对：“{level[role]}”")
        elif role in loose:
            yield SectionState(title, False, "标题没有标出")
        elif expected.within is not None:
            found = bool(report.items_of(role)) or any(cue in report.text for cue in expected.cues)
            yield SectionState(title, found, "写在问题一节里" if found else "没有写")
        elif role in missing:
            yield SectionState(title, False, "没有找到")
        else:
            yield SectionState(title, True, "写在开头")


def _compare(corpus: Corpus, report: Report) -> Comparison | None:
    predecessor = corpus.predecessor(report)
    if predecessor is None:
        return None
    reuse = find_reuse(report, predecessor, report.data.limits.reuse.min_length)
    passages = [
        Passage(
            passage.here,
            report.source.position(passage.here_span[0]).line,
            passage.there,
            predecessor.source.position(passage.there_span[0]).line,
            passage.characters,
            passage.exact,
        )
        for passage in reuse.passages
    ]
    passages.sort(key=lambda passage: (-passage.characters, passage.here_line))
    change = Length(
        report.length.characters - predecessor.length.characters,
        report.length.han - predecessor.length.han,
    )
    return Comparison(
        predecessor.title, predecessor.year, reuse.share, reuse.characters, tuple(passages),
        tuple(_answers(report, predecessor, follow_up(report, predecessor))), change,
        predecessor.kind is None or predecessor.kind.problems_answered,
    )  # fmt: skip


def _answers(report: Report, predecessor: Report, followed: FollowUp) -> Iterator[Answer]:
    """In the order of the predecessor, answered or not."""
    said = {item.id: entry for item, entry in followed.answered}
    likely = likely_answers(report, predecessor, followed.unanswered)
    for item in predecessor.items_of("problem"):
        head = item_head(item.text, _PROBLEM)
        entry = said.get(item.id)
        if entry is not None:
            yield Answer(item.id, head, entry.status or "没有写状态", entry.evidence)
            continue
        where = ""
        if item.id in likely:
            hint = likely[item.id][0]
            line = report.source.position(hint.start).line
            where = f"可能写在第 {line} 行“{hint.text}”，请核对"
        yield Answer(item.id, head, "", where)


def _gaps(report: Report) -> Iterator[Gap]:
    numbers: dict[int, int] = {}
    for block in report.blocks:
        if block.kind == "comment":
            continue
        for gap in find_placeholders(block.plain):
            line = report.source.position(block.text.source_offset(gap.start)).line
            numbers[line] = numbers.get(line, 0) + 1
    for line, number in sorted(numbers.items()):
        yield Gap(line, number)
