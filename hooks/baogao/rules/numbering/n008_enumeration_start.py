"""N008: no 二是 without a 一是 before it (domain 4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .enumerations import troubles


def check(report: Report) -> Iterator[Finding]:
    for trouble in troubles(report):
        if trouble.kind == "lonely":
            offset = trouble.block.text.source_offset
            yield RULE.at(
                report, (offset(trouble.start), offset(trouble.end - 1) + 1),
                f"“{trouble.text}”前面没有“一是”", help="在第一条前面补“一是”，或删去序数",
            )  # fmt: skip


RULE = Rule(
    id="N008",
    name="一是二是起头",
    demand="写了“二是”“三是”的，前面要有“一是”。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(standard(), shown="一是每季度到每个支部调研一次。二是把讨论式学习列入支部计划。"),
    bad=(
        example(
            standard().replace("\n\n一是每季度", "\n\n每季度"),
            "“二是”前面没有“一是”",
            shown="每季度到每个支部调研一次。二是把讨论式学习列入支部计划。",
        ),
    ),
)
