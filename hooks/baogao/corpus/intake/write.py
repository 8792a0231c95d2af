"""Writing a report file: from a draft that was read, or from nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..follow_up import item_head
from ..front_matter import write_front_matter
from ..inline import escape, escape_cell, escape_heading
from ..kinds import Author, ExpectedSection, Kind, fill_year
from ..ordinals import write_ordinal
from ..report import Report
from ..units import Unit
from .manuscript import Piece
from .structure import Draft

#: Long enough for a heading to name the problem, short enough for one line.
_HEADING = 30


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
    parts = (metadata.unit, metadata.kind, metadata.author)
    return f"{metadata.year}/{'-'.join(part.id for part in parts if part)}.md"


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


def skeleton(metadata: Metadata, previous: Report | None = None) -> ReportFile:
    """A new report with the sections its kind asks for and what is to be written in each.

    With the ``previous`` report of its series it opens with what that one promised: a comment with its problems and plans, an answer
    to each problem begun in the front matter (not where the kind tells its problems inside another section), and in the section on last
    year's problems where the kind has one.
    """
    kind, year = metadata.kind, metadata.year
    problems = previous.items_of("problem") if previous else ()
    front = {**_front(metadata)}
    if problems and kind.problems_answered:
        front["rectifies"] = [{"ref": item.id, "status": "未完成"} for item in problems]
    parts = [_reminder(previous, kind)] if previous else []
    if kind.opening:
        parts.append(fill_year(kind.opening, year))
    number = 0
    for section in kind.sections_for(year):
        answers = section.role.id == "rectification" and bool(problems)
        if not answers and (not section.required or _written_elsewhere(section, kind)):
            continue
        number += 1
        parts.append(f"## {write_ordinal(1, number)}{fill_year(section.title, year)}")
        if answers:
            for index, item in enumerate(problems, 1):
                head = escape_heading(item_head(item.text, _HEADING))
                parts.append(f"### {write_ordinal(2, index)}关于{head}的问题")
                parts.append("【待填：采取的措施、结果；没有完成的写明原因】")
        else:
            parts.append(_guidance(section, year))
    text = write_front_matter(front) + "\n" + "\n\n".join(part for part in parts if part) + "\n"
    return ReportFile(report_name(metadata), text)


def _reminder(previous: Report, kind: Kind) -> str:
    """A comment with the problems and plans of the ``previous`` report, for the author to answer and then delete."""
    lines = []
    for name, role in (("问题", "problem"), ("打算", "plan")):
        items = previous.items_of(role)
        if items:
            lines.append(f"{name}：")
            lines.extend(f"{item.id} {_in_comment(item.text)}" for item in items)
    if not lines:
        return ""
    head = f"上一份报告（{previous.year}年度）写的问题和打算，" + (
        "请逐条回应。前言 rectifies 里的状态照实改，写完删去这一段。"
        if kind.problems_answered
        else "写工作回顾时请对照，写完删去这一段。"
    )
    return "\n".join(["<!-- " + head, *lines, "-->"])


def _in_comment(text: str) -> str:
    """Text on one line that cannot end the comment it stands in, nor begin another."""
    return re.sub(r"--+", lambda found: "－" * len(found[0]), " ".join(text.split())).replace(
        "<!", "＜!"
    )


def _written_elsewhere(section: ExpectedSection, kind: Kind) -> bool:
    """Whether another section's guidance already has the words for this one, or the opening stands for it."""
    if section.within is not None:
        host = kind.expected(section.within)
        return host is not None and any(cue in host.guidance for cue in section.cues)
    return section.lead and bool(kind.opening)


def _guidance(section: ExpectedSection, year: int) -> str:
    return fill_year(section.guidance.strip("\n"), year) or "【待填】"
