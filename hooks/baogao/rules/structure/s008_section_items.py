"""S008: a section has the items its kind asks for: subsections, 一是…二是…, or numbered paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align
from .s007_section_empty import _has_text


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    if alignment is None or report.kind is None:
        return
    for expected in report.kind.sections_for(report.year):
        section = alignment.present.get(expected.role.id)
        if section is None or not expected.needs_items:
            continue
        if not section.children and not _has_text(section):
            continue  # S007 says so
        if any(section.start < p.block.start < section.end for p in alignment.pseudo):
            continue  # S010 says so
        have = len(report.items_of(expected.role.id))
        if have >= expected.needs_items:
            continue
        yield RULE.at(
            report, (section.start, section.heading.end),
            f"“{section.heading_text}”应分条写，至少 {expected.needs_items} 条，现在认得出 {have} 条",
            severity=Severity(expected.items_severity),
            help="用（一）（二）小标题，或用“一是……。二是……。”",
        )  # fmt: skip


RULE = Rule(
    id="S008",
    name="分条写",
    demand="做法、问题、打算要分条写：用小标题，或用“一是……。二是……。”。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(standard(), shown="一是深入基层不够。二是党员教育办法不多。"),
    bad=(
        example(
            report_text(
                body(
                    OPENING, PRACTICE, PROBLEM, "## 三、下步工作打算\n\n继续抓好机关党建各项工作。"
                )
            ),
            "至少 1 条，现在认得出 0 条",
            shown="## 三、下步工作打算\n\n继续抓好机关党建各项工作。",
        ),
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE,
                    "## 二、存在问题及原因分析\n\n一是深入基层不够。主要原因是统筹不细。",
                    PLAN,
                )
            ),
            "至少 2 条，现在认得出 1 条",
            shown="## 二、存在问题及原因分析\n\n一是深入基层不够。主要原因是统筹不细。",
        ),
    ),
)
