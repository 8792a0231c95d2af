"""Y005: years are written with four digits (GB/T 15835-2011, 5.2.3; domain notes 4.4).

Only where it cannot be a span of time: 22年度, 22年3月, 23年工作打算; never 20年来 or 党龄22年.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text
from .places import places

#: A year this far from the report's is no year but a span of time.
_NEAR = 5
_SHORT = re.compile(
    r"(?<![\d.．,年第近约达满共逾超历龄])(?P<year>\d\d)年"
    r"(?:(?P<unit>度(?![假过])|(?:1[0-2]|0?[1-9])月|[底末初]|[上下]半年|第?[一二三四]季度)"
    r"|(?=工作(?![经积生年])|重点|主要|计划|打算|思路|要点|任务))"
)
_BOUNDARY = " \t　、，。；：！？（(“《—自从在至到较比同于是将以"


def check(report: Report) -> Iterator[Finding]:
    year = report.year
    if year is None:
        return
    for place in places(report):
        text = place.text
        if "年" not in text:
            continue
        for found in _SHORT.finditer(text):
            start = found.start()
            full = 2000 + int(found["year"])
            if abs(full - year) > _NEAR:
                continue
            if not found["unit"] and start and text[start - 1] not in _BOUNDARY:
                continue
            span = place.span(start, found.end())
            yield RULE.at(
                report, span, f"“{found[0]}”的年份没有写全",
                help=f"年份写四位数字：{full}{found[0][2:]}",
                suggestion=f"{full}{found[0][2:]}",
                fix=(Edit(span[0], span[0], "20"),),
            )  # fmt: skip


RULE = Rule(
    id="Y005",
    name="年份写全",
    demand="年份写四位数字，写2022年，不写22年。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        report_text(
            body(OPENING, PRACTICE.replace("带队到", "慰问党龄22年的党员，带队到"), PROBLEM, PLAN)
        ),
        shown="慰问党龄22年的党员，2022年3月带队到基层支部宣讲",
    ),
    bad=(
        example(
            report_text(
                body(OPENING, PRACTICE.replace("带队到", "22年3月，带队到"), PROBLEM, PLAN)
            ),
            "“22年3月”的年份没有写全",
            shown="22年3月，带队到基层支部宣讲4场。",
        ),
        example(
            report_text(
                body(OPENING, PRACTICE, PROBLEM, PLAN.replace("下步工作打算", "23年度下步工作打算"))
            ),
            "“23年度”的年份没有写全",
            shown="## 三、23年度下步工作打算",
        ),
    ),
)
