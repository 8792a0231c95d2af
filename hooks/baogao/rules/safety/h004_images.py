"""H004: no pictures and no media: a report is text, they would not be shown, and a scan can be neither searched nor checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .markup import by_line, find_markup, listed

_IMAGE = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])|!\[\[[^\[\]\n]*\]\]")


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    if "![" in text:
        for found in _IMAGE.finditer(text):
            yield _picture(report, found.span(), found[0])
    tags = (tag for tag in find_markup(text, report.front.body).tags if tag.sort == "media")
    for group in by_line(text, tags):
        yield _picture(report, (group[0].start, group[-1].end), listed(text, group))


def _picture(report: Report, span: tuple[int, int], written: str) -> Finding:
    return RULE.at(
        report, span, f"插了图片或音视频 {written}，页面不会显示",
        help="删去；图里的内容用文字写出来，表格照样写成表格",
    )  # fmt: skip


RULE = Rule(
    id="H004",
    name="图片",
    demand="报告只写文字，不插图片和音视频。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    check_report=check,
    good=example(standard().replace("宣讲4场", "宣讲4场！[注]"), shown="宣讲4场！[注]"),
    bad=(
        example(
            standard().replace("宣讲4场", "![现场](photo.jpg)宣讲4场"),
            "插了图片或音视频 ![现场](photo.jpg)",
            shown="![现场](photo.jpg)",
        ),
        example(
            standard().replace("宣讲4场", "<img src='photo.jpg'>宣讲4场"),
            "插了图片或音视频 <img src='photo.jpg'>",
            shown="<img src='photo.jpg'>",
        ),
    ),
)
