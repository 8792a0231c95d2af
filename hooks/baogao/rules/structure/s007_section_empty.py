"""S007: no heading without text below it, the last one included."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, Section
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard

_TEXT = ("paragraph", "bullet", "table")


def check(report: Report) -> Iterator[Finding]:
    for section in report.walk():
        if section.run_in or section.children or _has_text(section):
            continue
        yield RULE.at(
            report, (section.start, section.heading.end), f"“{section.heading_text}”下面没有内容",
            help="补上内容，或删去这个标题",
        )  # fmt: skip


def _has_text(section: Section) -> bool:
    return any(block.kind in _TEXT and block.plain.strip(" …。.") for block in section.blocks)


RULE = Rule(
    id="S007",
    name="章节空白",
    demand="每个标题下面都要有内容。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="## 三、下步工作打算\n\n一是每季度到每个支部调研一次。"),
    bad=(
        example(
            report_text(body(OPENING, PRACTICE, PROBLEM, "## 三、下步工作打算")),
            "“三、下步工作打算”下面没有内容",
            shown="## 三、下步工作打算\n\n（文件到此为止）",
        ),
        example(
            report_text(body(OPENING, PRACTICE + "\n\n### （三）强化纪律作风", PROBLEM, PLAN)),
            "“（三）强化纪律作风”下面没有内容",
            shown="### （三）强化纪律作风\n\n## 二、存在问题及原因分析",
        ),
    ),
)
