"""H005: nothing is hidden in a final report. A comment is not on the page, but it is in the file everybody may have; one that is never closed
swallows the rest of the report. 检查豁免 comments belong to the checks, notes in a draft to its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text
from .markup import find_markup

_EXEMPTION = re.compile(r"\s*检查豁免\s*[:：]")
_SHOWN = 20


def check(report: Report) -> Iterator[Finding]:
    for comment in find_markup(report.source.text, report.front.body).comments:
        if comment.end is None:
            yield RULE.at(
                report, (comment.start, comment.start + 4), "注释没有结束，后面的正文都不会显示",
                severity=Severity.ERROR, help="在注释末尾补上 -->，或删去这个 <!--",
            )  # fmt: skip
        elif report.status != "draft" and not _EXEMPTION.match(comment.content):
            said = " ".join(comment.content.split())
            quoted = said if len(said) <= _SHOWN else said[:_SHOWN] + "……"
            yield RULE.at(
                report, (comment.start, comment.end), f"有读者看不见的注释“{quoted}”",
                help="删去；要告诉读者的写进正文",
            )  # fmt: skip


RULE = Rule(
    id="H005",
    name="看不见的注释",
    demand="交上来的报告不留页面上看不见的注释（检查豁免除外）。",
    severity=Severity.WARNING,
    scope="report",
    needs_metadata=False,
    check_report=check,
    good=example(
        report_text(
            body(OPENING, PRACTICE, PROBLEM, PLAN.replace("一是", "<!-- 注 -->一是", 1)),
            status="draft",
        ),
        shown="status: draft\n---\n\n<!-- 这里再补数据 -->",
    ),
    bad=(
        example(
            report_text(body(OPENING, PRACTICE, "<!-- 此处与老王核对 -->", PROBLEM, PLAN)),
            "有读者看不见的注释“此处与老王核对”",
            shown="<!-- 此处与老王核对 -->",
        ),
        example(
            report_text(body(OPENING, PRACTICE, PROBLEM, PLAN, "<!-- 未完")),
            "注释没有结束",
            shown="<!-- 未完",
        ),
    ),
)
