"""M005: path, front matter, title and first heading agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Corpus, Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .naming import expected_name, twins


def check(corpus: Corpus) -> Iterator[Finding]:
    duplicates = twins(corpus)
    for report in corpus.reports:
        if report.readable:
            yield from _check(report, report.name in duplicates)


def _check(report: Report, duplicate: bool) -> Iterator[Finding]:
    name = expected_name(report)
    if name is not None and name != report.name and not duplicate:
        field = report.front.field("year")
        span = (field.value_offset, field.value_end) if field else (0, 3)
        yield RULE.at(
            report, span,
            f"按前言（{report.year}年度、{report.unit_brief}、{report.kind.name if report.kind else ''}）文件应是 {name}.md，"
            f"现在是 {report.name}.md",
            help="改文件的位置和名字，或改前言，使两者一致",
            suggestion=f"docs/reports/{name}.md",
        )  # fmt: skip
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
    id="M005",
    name="年度与名称一致",
    demand="文件的位置和名字、前言的年度、标题里的年份必须一致。",
    severity=Severity.ERROR,
    scope="corpus",
    check_corpus=check,
    good=example(
        standard(),
        shown="docs/reports/2022/jiguan-shuzhi-fenguan.md\n\nyear: 2022\ntitle: 2022年度抓机关党建工作述职报告",
    ),
    bad=(
        example(
            standard(),
            "文件应是 2022/jiguan-shuzhi-fenguan.md",
            name="2021/jiguan-shuzhi-fenguan",
            shown="docs/reports/2021/jiguan-shuzhi-fenguan.md\n\nyear: 2022",
        ),
        example(
            standard(),
            "现在是 2022/jiguan-shuzhi-fenguan（终稿2）.md",
            name="2022/jiguan-shuzhi-fenguan（终稿2）",
            shown="docs/reports/2022/jiguan-shuzhi-fenguan（终稿2）.md",
        ),
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
