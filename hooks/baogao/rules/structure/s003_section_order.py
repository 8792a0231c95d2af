"""S003: sections stand in the order of the kind; a section out of place is one finding."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    for move in alignment.moved if alignment else ():
        section = move.section
        if move.before is not None and move.before.start < section.start:
            line = report.source.position(move.before.start).line
            where = f"“{move.before.heading_text}”（第 {line} 行）之前"
        elif move.after is not None:
            line = report.source.position(move.after.start).line
            where = f"“{move.after.heading_text}”（第 {line} 行）一节之后"
        else:
            continue
        yield RULE.at(
            report, (section.start, section.heading.end),
            f"“{section.heading_text}”的位置不对，应在{where}", help=f"把这一节整个移到{where}，并改序号",
        )  # fmt: skip


RULE = Rule(
    id="S003",
    name="章节顺序",
    demand="章节按文种规定的顺序写。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard(), shown="## 一、主要做法及成效\n## 二、存在问题及原因分析\n## 三、下步工作打算"
    ),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE,
                    PLAN.replace("三、", "二、"),
                    PROBLEM.replace("二、存", "三、存"),
                )
            ),
            "的位置不对",
            shown="## 一、主要做法及成效\n## 二、下步工作打算\n## 三、存在问题及原因分析",
        ),
    ),
)
