"""S011: what an author says a section is can be understood and used."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard


def check(report: Report) -> Iterator[Finding]:
    kind = report.kind
    if kind is None:
        return
    roles = [section.role.id for section in kind.sections]
    listed = "、".join(f"{s.role.id}（{s.role.name}）" for s in kind.sections)
    headings = {kind.folding.fold(s.heading_text): s for s in report.walk()}
    field = report.front.field("sections")
    if field is not None:
        span = (field.offset, field.value_end)
        for heading, role in report.section_override.items():
            if role not in roles:
                yield RULE.at(
                    report,
                    span,
                    f"sections 里“{heading}”的归类“{role}”不是{kind.name}的章节",
                    help=f"可以写：{listed}",
                )
            if kind.folding.fold(heading) not in headings:
                close = get_close_matches(kind.folding.fold(heading), headings, 1, 0.4)
                meant = f"，是不是“{headings[close[0]].heading_text}”？" if close else ""
                yield RULE.at(
                    report,
                    span,
                    f"sections 里的“{heading}”在正文里没有这个标题{meant}",
                    help="与正文的标题写得完全一样",
                )
    for section in report.walk():
        for name, role in section.heading.attributes:
            if name == "data-section" and role not in roles:
                yield RULE.at(report, (section.start, section.heading.end), f"“{section.heading_text}”的归类“{role}”不是{kind.name}的章节", help=f"可以写：{listed}")  # fmt: skip


RULE = Rule(
    id="S011",
    name="章节归类",
    demand="前言的 sections 和标题后的 {data-section=…} 只能写本文种的章节，标题要与正文一致。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("## 一、主要做法及成效", "## 一、聚焦主业 {data-section=practice}"),
        shown="## 一、聚焦主业 {data-section=practice}",
    ),
    bad=(
        example(
            standard(sections="{一、聚焦主业: practice}"),
            "在正文里没有这个标题",
            shown="sections:\n  一、聚焦主业: practice",
        ),
        example(
            standard().replace(
                "## 一、主要做法及成效", "## 一、主要做法及成效 {data-section=practise}"
            ),
            "归类“practise”不是述职报告的章节",
            shown="## 一、主要做法及成效 {data-section=practise}",
        ),
    ),
)
