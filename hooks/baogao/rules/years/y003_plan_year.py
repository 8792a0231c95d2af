"""Y003: the heading of a plan names the next year.

Domain notes 4.5 (c). A heading that cannot be recognised because its year is wrong (2022年工作思路 where 2023年工作思路 is meant) is
rule S002's.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, find_years
from ..finding import Edit, Finding, Severity
from ..quoting import quote
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text
from .places import ahead


def check(report: Report) -> Iterator[Finding]:
    if report.content_year is None or report.kind is None:
        return
    right = report.content_year + (1 if report.kind.looks_back else 0)
    for section in report.sections:
        expected = report.kind.expected(section.role or "")
        if expected is None or not (section.own_role and ahead(report, section)):
            continue
        if expected.any_heading:
            continue  # the heading is a task's name
        years = [m for m in find_years(section.heading_text) if m.within in ("", "range")]
        if not years or any(
            mention.within == "range" or mention.year == right for mention in years
        ):
            continue
        if report.data.events.target(section.heading_text, years[0].year):
            continue
        offset = section.heading.text.source_offset
        span = offset(years[0].start), offset(years[0].end - 1) + 1
        corrected = section.heading_text.replace(
            section.heading_text[years[0].start : years[0].end], str(right), 1
        )
        yield RULE.at(
            report, span, f"{quote(section.heading_text)}写的是{years[0].year}年，这份报告的打算应是{right}年的",
            help=f"改为“{corrected}”；写错的是年度的，改前言的 year",
            suggestion=f"## {corrected}",
            fix=(Edit(*span, str(right)),) if len(years) == 1 else (),
        )  # fmt: skip


RULE = Rule(
    id="Y003",
    name="打算的年份",
    demand="“下步打算”“工作思路”的标题写年份的，应是次年。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        report_text(
            body(OPENING, PRACTICE, PROBLEM, PLAN.replace("下步工作打算", "2023年度下步工作打算"))
        ),
        shown="year: 2022\n---\n\n## 三、2023年度下步工作打算",
    ),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE,
                    PROBLEM,
                    PLAN.replace("下步工作打算", "2022年度下步工作打算"),
                )
            ),
            "写的是2022年，这份报告的打算应是2023年的",
            shown="year: 2022\n---\n\n## 三、2022年度下步工作打算",
        ),
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE,
                    PROBLEM,
                    PLAN.replace("下步工作打算", "下步工作打算（2024年）"),
                )
            ),
            "写的是2024年，这份报告的打算应是2023年的",
            shown="year: 2022\n---\n\n## 三、下步工作打算（2024年）",
        ),
    ),
)
