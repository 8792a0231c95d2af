"""N004: no further mark after brackets, and 、 after 一 (GB/T 9704-2012, 7.3.3: （一）、 and 一. are wrong)."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .forms import Form, form_finding

_BRACKETS = "（）()"


def check(report: Report) -> Iterator[Finding]:
    yield from form_finding(report, RULE, _wrong, "括号后面不加顿号或点号；“一”“二”后面用顿号")


def _wrong(ordinal: str) -> Form | None:
    if ordinal[0] in _BRACKETS:
        return None if ordinal[-1] in _BRACKETS else Form(ordinal[:-1])
    if ordinal[0].isdigit() or ordinal[-1] == "、":
        return None
    return Form(f"{ordinal[:-1]}、", swallow_blanks=ordinal[-1].isspace())


RULE = Rule(
    id="N004",
    name="序号后的标点",
    demand="“（一）”“（1）”后面不加标点，“一”“二”后面用顿号。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(standard(), shown="## 一、主要做法及成效\n### （一）加强政治建设"),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE.replace("（一）", "（一）、").replace("（二）", "（二）、"),
                    PROBLEM,
                    PLAN,
                )
            ),
            "序号“（一）、”应为“（一）”（全文 2 处）",
            shown="### （一）、加强政治建设",
        ),
        example(
            standard().replace("## 三、", "## 三."),
            "序号“三.”应为“三、”",
            shown="## 三.下步工作打算",
        ),
    ),
)
