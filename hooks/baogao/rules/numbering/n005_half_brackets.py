"""N005: full-width brackets in ordinals (domain 4.1; 12 of 174 real reports write (一))."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .forms import Form, form_finding
from .points import HALF_BRACKETS


def check(report: Report) -> Iterator[Finding]:
    yield from form_finding(report, RULE, _wrong, "在中文输入状态下重打括号")


def _wrong(ordinal: str) -> Form | None:
    if HALF_BRACKETS.isdisjoint(ordinal):
        return None
    return Form(ordinal.replace("(", "（").replace(")", "）"))


RULE = Rule(
    id="N005",
    name="序号的括号",
    demand="序号“（一）”“（1）”用全角括号。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(standard(), shown="### （一）加强政治建设"),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE.replace("（一）", "(一)").replace("（二）", "(二）"),
                    PROBLEM,
                    PLAN,
                )
            ),
            "序号“(一)”应为“（一）”（全文 2 处）",
            shown="### (一)加强政治建设\n### (二）推进基层党建",
        ),
    ),
)
