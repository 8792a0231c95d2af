"""H002: nothing that runs, loads another page or takes input: scripts, event handlers, frames, forms, styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .markup import Tag, by_line, find_markup, handler, listed

#: Attributes after a heading or a paragraph: {onclick="…"}
_BRACES = re.compile(r"\{[^{}\n]*\}")


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    tags = (tag for tag in find_markup(text, report.front.body).tags if tag.sort == "active")
    for group in by_line(text, tags):
        yield RULE.at(
            report, (group[0].start, group[-1].end), f"有 {listed(text, group)}：{_what(group)}",
            help="连同标签之间的内容整段删去",
        )  # fmt: skip
    if "{" in text:
        for found in _BRACES.finditer(text):
            name = handler(found[0][1:])
            if name:
                yield RULE.at(
                    report,
                    found.span(),
                    f"有 {name}：报告里不能有会运行的内容",
                    help="删去花括号里的这一项",
                )


def _what(group: list[Tag]) -> str:
    names = {tag.name for tag in group}
    if names & {"iframe", "frame", "frameset", "object", "embed", "portal"}:
        return "报告里不能嵌入别的网页"
    if names & {"style", "link", "meta", "base"}:
        return "报告里不能改网页的样式和设置"
    if names & {"form", "input", "button", "select", "textarea"}:
        return "报告里不能有填写框和按钮"
    return "报告里不能有会运行的内容"


RULE = Rule(
    id="H002",
    name="脚本和嵌入内容",
    demand="报告里不能有脚本、事件、嵌入网页、表单和样式。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    check_report=check,
    good=example(
        report_text(
            body(OPENING, PRACTICE, PROBLEM, PLAN.replace("打算", "打算 {data-section=plan}", 1))
        ),
        shown="## 三、下步工作打算 {data-section=plan}",
    ),
    bad=(
        example(
            standard().replace("宣讲4场", "<script>alert(1)</script>宣讲4场"),
            "有 <script>、</script>：报告里不能有会运行的内容",
            shown="<script>alert(1)</script>",
        ),
        example(
            standard().replace("宣讲4场", '<img src="photo.jpg" onerror="alert(1)">宣讲4场'),
            "报告里不能有会运行的内容",
            shown='<img src="photo.jpg" onerror="alert(1)">',
        ),
        example(
            standard().replace("宣讲4场", "<a href='javascript:alert(1)'>宣讲4场"),
            "报告里不能有会运行的内容",
            shown="<a href='javascript:alert(1)'>宣讲4场",
        ),
        example(
            standard().replace("宣讲4场", "<iframe src='http://www.gov.cn'></iframe>宣讲4场"),
            "报告里不能嵌入别的网页",
            shown="<iframe src='http://www.gov.cn'></iframe>",
        ),
        example(
            standard().replace("下步工作打算", '下步工作打算 {onclick="alert(1)"}'),
            "有 onclick：报告里不能有会运行的内容",
            shown='## 三、下步工作打算 {onclick="alert(1)"}',
        ),
    ),
)
