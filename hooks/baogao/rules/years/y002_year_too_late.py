"""Y002: no year later than the next one, but for goals and terms.

Domain notes 4.5 (b). Titles 《…》, ranges (2021—2025年), document numbers and sentences with one of the ``target_words`` of
``events.yml`` (规划, 到2035年, …) are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, YearMention, sentence_around
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text
from .places import Place, ahead, named_years, places


def check(report: Report) -> Iterator[Finding]:
    if report.year is None:
        return
    found: dict[int, list[tuple[Place, YearMention]]] = {}
    for place in places(report):
        if place.heading and ahead(report, place.section):
            continue  # Y003 says so
        for mention in named_years(place):
            if mention.year <= report.year + 1 or mention.within:
                continue
            start, end = sentence_around(place.text, mention.start, mention.end)
            if not report.data.events.target(place.text[start:end], mention.year):
                found.setdefault(mention.year, []).append((place, mention))
    for year, mentions in found.items():
        place, mention = mentions[0]
        more = f"，共{len(mentions)}处" if len(mentions) > 1 else ""
        yield RULE.at(
            report, place.span(mention.start, mention.end + 1),
            f"{report.year}年度的报告里写到“{year}年”{more}，像是笔误",
            help="核对年份；确是规划目标或期限的，写明“到……年”“……年前”",
        )  # fmt: skip


RULE = Rule(
    id="Y002",
    name="年份过晚",
    demand="除规划目标、期限和文件名外，不写比次年更晚的年份。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        report_text(
            body(
                OPENING,
                PRACTICE,
                PROBLEM,
                PLAN.replace(
                    "一是每季度",
                    "一是落实《2023—2027年党员教育培训规划》，按照到2025年轮训一遍的要求，2023年每季度",
                ),
            )
        ),
        shown="落实《2023—2027年党员教育培训规划》，按照到2025年轮训一遍的要求，2023年每季度到每个支部调研一次",
    ),
    bad=(
        example(
            report_text(
                body(OPENING, PRACTICE.replace("带队到", "2032年3月，带队到"), PROBLEM, PLAN)
            ),
            "2022年度的报告里写到“2032年”，像是笔误",
            shown="2032年3月，带队到基层支部宣讲4场。",
        ),
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE,
                    PROBLEM,
                    PLAN.replace("每季度", "2024年每季度").replace("把讨论", "2024年把讨论"),
                )
            ),
            "写到“2024年”，共2处",
            shown="year: 2022\n---\n\n## 三、下步工作打算\n\n一是2024年每季度到每个支部调研一次。二是2024年把讨论式学习列入支部计划。",
        ),
    ),
)
