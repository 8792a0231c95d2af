"""S004: no section twice."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    for twin in alignment.duplicates if alignment else ():
        line = report.source.position(twin.first.start).line
        yield RULE.at(
            report, (twin.section.start, twin.section.heading.end),
            f"“{twin.section.heading_text}”与第 {line} 行“{twin.first.heading_text}”是同一节（{twin.expected.role.name}）",
            help="合并成一节；确是另一节的，在前言的 sections 里说明它是什么",
        )  # fmt: skip


RULE = Rule(
    id="S004",
    name="章节重复",
    demand="同一节只写一次。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="## 二、存在问题及原因分析"),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE,
                    PROBLEM,
                    PLAN,
                    PLAN.replace("三、下步工作打算", "四、努力方向"),
                )
            ),
            "是同一节（下步打算）",
            shown="## 三、下步工作打算\n## 四、努力方向",
        ),
    ),
)
