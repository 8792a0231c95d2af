"""H001: no HTML tags: a report is text, and readers would see the tags themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import Rule, example, standard
from .markup import FORMATTING, by_line, find_markup, listed


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    tags = (tag for tag in find_markup(text, report.front.body).tags if tag.sort == "text")
    for group in by_line(text, tags):
        # 2 of m<sup>2</sup> would become 2 of m2: only what is mere formatting may go by itself.
        formatting = all(tag.name in FORMATTING or ":" in tag.name for tag in group)
        yield RULE.at(
            report, (group[0].start, group[-1].end), f"有网页标签 {listed(text, group)}，读者会看到这些符号",
            help="删去标签，只留文字；上标写成 ㎡、³ 这样的字，换行就另起一段",
            fix=[Edit(tag.start, tag.end, "") for tag in group] if formatting else (),
        )  # fmt: skip


RULE = Rule(
    id="H001",
    name="网页标签",
    demand="报告只写文字，不能有网页标签。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "宣讲4场（每场<50人）"), shown="宣讲4场（每场<50人）"
    ),
    bad=(
        example(
            standard().replace("宣讲4场", '<b>宣讲</b><span style="color:red">4场</span>'),
            "有网页标签 <b>、</b>、<span",
            shown='<b>宣讲</b><span style="color:red">4场</span>',
        ),
        example(
            standard().replace("宣讲4场", "改造m<sup>2</sup>，宣讲4场<br>"),
            "有网页标签 <sup>、</sup>、<br>",
            shown="m<sup>2</sup>",
        ),
        example(
            standard(notes="'<o:p></o:p>由旧稿粘贴'"),
            "有网页标签 <o:p>、</o:p>",
            shown="notes: '<o:p></o:p>由旧稿粘贴'",
        ),
    ),
)
