"""S002: a section is called what the kind calls it."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, fill_year
from ..finding import Edit, Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    for renamed in alignment.renamed if alignment else ():
        section, title = renamed.section, fill_year(renamed.title, report.year)
        ordinal = section.ordinal.text if section.ordinal else ""
        start = section.heading.text.source_offset(len(ordinal))
        end = section.heading.text.source_offset(len(section.heading.plain) - 1) + 1
        yield RULE.at(
            report, (section.start, section.heading.end),
            f"标题“{section.heading_text}”像是“{title}”一节，但不是认得的写法",
            severity=None if renamed.expected.required else Severity.WARNING,
            help=f"应为“{ordinal}{title}”；确要用现在的标题，在前言的 sections 里说明它是 {renamed.expected.role.id}",
            suggestion=f"## {ordinal}{title}",
            fix=(Edit(start, end, title),),
        )  # fmt: skip


RULE = Rule(
    id="S002",
    name="章节标题",
    demand="必备章节用认得的标题；自拟标题要在前言的 sections 里说明是哪一节。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard(sections="{一、抓机关党建的主要办法: practice}").replace(
            "主要做法及成效", "抓机关党建的主要办法"
        ),
        shown="sections:\n  一、抓机关党建的主要办法: practice\n---\n\n## 一、抓机关党建的主要办法",
    ),
    bad=(
        example(
            report_text(
                body(OPENING, PRACTICE, PROBLEM, PLAN.replace("下步工作打算", "下步工作打祘"))
            ),
            "像是“下步工作打算”",
            shown="## 三、下步工作打祘",
        ),
        example(
            report_text(
                body(OPENING, PRACTICE.replace("主要做法及成效", "主要办法及成效"), PROBLEM, PLAN)
            ),
            "像是“主要做法及成效”",
            shown="## 一、主要办法及成效",
        ),
    ),
)
