"""H003: links lead within the site or to a listed one; never to a script, to data or to somebody's own disk.

A mail or telephone link is personal matter and judged by the rules of that family.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ...corpus import Report, Safety
from ..finding import Finding, Severity
from ..rule import Rule, example, standard

_LINK = re.compile(r"(?<!!)\[[^\[\]\n]*\]\((?P<inline>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*(?P<target>\S+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<(?P<target>[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*)>")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_HOST = re.compile(r"(?:https?:)?[/\\]{2}(?:[^/?#@]*@)?\[?([^/?#:\]\\]*)", re.IGNORECASE)


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    patterns = []
    if "](" in text:
        patterns.append((_LINK, "inline"))
    if "]:" in text:
        patterns.append((_DEFINITION, "target"))
    if "<" in text and ":" in text:
        patterns.append((_AUTOLINK, "target"))
    for pattern, group in patterns:
        for found in pattern.finditer(text):
            written = found[group].strip().split(" ")[0].strip("<>")
            fact = _fault(written, report.data.safety)
            if fact:
                severity, message = fact
                yield RULE.at(
                    report, found.span(), message, severity=severity,
                    help="删去链接，只留文字；要引用文件，写它的名称和文号",
                )  # fmt: skip


def _fault(written: str, safety: Safety) -> tuple[Severity, str] | None:
    target = re.sub(r"[\x00-\x20]", "", html.unescape(written))
    outside = _HOST.match(target)
    if outside:
        if safety.allows(outside[1]):
            return None
        return Severity.WARNING, f"链接指向外面的网站“{outside[1]}”，内网打不开"
    scheme = _SCHEME.match(target)
    if scheme is None:
        if target.startswith("\\"):
            return Severity.ERROR, f"链接指向电脑里的文件“{written}”，别人打不开"
        return None
    name = scheme[1].lower()
    if name in ("mailto", "tel", "sms"):
        return None
    if name == "file" or len(name) == 1:
        return Severity.ERROR, f"链接指向电脑里的文件“{written}”，别人打不开"
    return Severity.ERROR, f"链接“{written}”不是网页地址（{name}:）"


RULE = Rule(
    id="H003",
    name="链接去向",
    demand="链接只能指向本站或名录里的网站，不能指向脚本、数据和电脑里的文件。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "按[上年报告](#plan-1)宣讲4场"),
        shown="按[上年报告](#plan-1)宣讲4场",
    ),
    bad=(
        example(
            standard().replace("宣讲4场", "[宣讲4场](javascript:alert(1))"),
            "不是网页地址（javascript:）",
            shown="[宣讲4场](javascript:alert(1))",
        ),
        example(
            standard().replace("宣讲4场", "[宣讲4场](file:///C:/报告.docx)"),
            "链接指向电脑里的文件",
            shown="[宣讲4场](file:///C:/报告.docx)",
        ),
        example(
            standard().replace("宣讲4场", "[宣讲4场](https://www.example.com/a)"),
            "链接指向外面的网站“www.example.com”",
            shown="[宣讲4场](https://www.example.com/a)",
        ),
    ),
)
