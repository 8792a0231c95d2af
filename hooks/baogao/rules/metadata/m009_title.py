"""M009: title, year and first heading agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard


def check(report: Report) -> Iterator[Finding]:
    title = report.front.field("title")
    if title and report.year is not None and isinstance(title.value, str):
        years = {int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", title.value)}
        if years and report.year not in years:
            said = "、".join(str(y) for y in sorted(years))
            yield RULE.at(
                report, (title.value_offset, title.value_end),
                f"标题写的是 {said} 年，前言的年度是 {report.year}", help="核对考核年度，改成一致",
            )  # fmt: skip
    heading = report.outline.title
    if heading and title and isinstance(title.value, str):
        written = re.sub(r"\s+", "", heading.plain)
        if written != re.sub(r"\s+", "", title.value):
            yield RULE.at(
                report, (heading.start, heading.end), f"正文第一个标题“{heading.plain}”与前言的标题“{title.value}”不同",
                help="删去正文里的标题，或改成一致",
            )  # fmt: skip


RULE = Rule(
    id="M009",
    name="标题一致",
    demand="标题里的年份必须是前言的年度，正文第一个标题必须与前言的标题相同。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="year: 2022\ntitle: 2022年度抓机关党建工作述职报告"),
    bad=(
        example(
            standard(title="2021年度抓机关党建工作述职报告"),
            "标题写的是 2021 年",
            shown="year: 2022\ntitle: 2021年度抓机关党建工作述职报告",
        ),
        example(
            report_text(body("# 2022年度述职报告（终稿）", OPENING, PRACTICE, PROBLEM, PLAN)),
            "与前言的标题",
            shown="title: 2022年度抓机关党建工作述职报告\n---\n\n# 2022年度述职报告（终稿）",
        ),
    ),
)
