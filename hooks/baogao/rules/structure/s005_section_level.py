"""S005: required sections are first-level headings."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    for wrong in alignment.wrong_level if alignment else ():
        section = wrong.section
        hashes = "#" * section.depth
        start = report.source.text.index(hashes, section.start)
        yield RULE.at(
            report, (section.start, section.heading.end),
            f"“{section.heading_text}”是{wrong.expected.role.name}一节，应为一级标题，现在是 {hashes}",
            help="行首改为 ## 加一个空格", suggestion=f"## {section.heading_text}",
            fix=(Edit(start, start + len(hashes), "##"),),
        )  # fmt: skip


RULE = Rule(
    id="S005",
    name="章节级别",
    demand="必备章节写成一级标题：行首 ##，序号“一、”。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="## 三、下步工作打算"),
    bad=(
        example(
            report_text(body(OPENING, PRACTICE, PROBLEM, "#" + PLAN)),
            "应为一级标题，现在是 ###",
            shown="### 三、下步工作打算",
        ),
        example(
            report_text(body(OPENING, PRACTICE, PROBLEM, PLAN[1:])),
            "应为一级标题，现在是 #",
            shown="# 三、下步工作打算",
        ),
    ),
)
