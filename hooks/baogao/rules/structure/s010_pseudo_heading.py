"""S010: a heading is marked as one; a bare or bold line pasted from Word is not."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    for pseudo in alignment.pseudo if alignment else ():
        block = pseudo.block
        heading = "#" * (pseudo.level + 1) + " " + block.plain.strip()
        yield RULE.at(
            report, (block.start, block.end), f"“{block.plain.strip()}”看起来是标题，但没有标出来",
            severity=Severity.ERROR if pseudo.level == 1 else Severity.WARNING,
            help=f"行首加“{'#' * (pseudo.level + 1)} ”", suggestion=heading,
            fix=(Edit(block.start, block.end, heading),),
        )  # fmt: skip


RULE = Rule(
    id="S010",
    name="标题未标出",
    demand="单独成行的“一、”“（一）”标题，行首要有 ## 或 ###。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="## 二、存在问题及原因分析"),
    bad=(
        example(
            report_text(body(OPENING, PRACTICE, PROBLEM.removeprefix("## "), PLAN)),
            "看起来是标题",
            shown="二、存在问题及原因分析",
        ),
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE.replace("### （二）推进基层党建", "**（二）推进基层党建**"),
                    PROBLEM,
                    PLAN,
                )
            ),
            "看起来是标题",
            shown="**（二）推进基层党建**",
        ),
    ),
)
