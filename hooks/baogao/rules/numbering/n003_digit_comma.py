"""N003: 1. and not 1、 (GB/T 9704-2012, 7.3.3; domain 4.1: very common, so only a hint)."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PROBLEM, Rule, body, example, report_text
from .forms import Form, form_finding


def check(report: Report) -> Iterator[Finding]:
    yield from form_finding(report, RULE, _wrong, "“1、”“2、”的顿号改为点号")


def _wrong(ordinal: str) -> Form | None:
    # Full-width digits are T008's business, the whole of the ordinal included.
    if ordinal[0].isascii() and ordinal[0].isdigit() and ordinal.endswith("、"):
        return Form(f"{ordinal[:-1]}.", swallow_blanks=True)
    return None


def _practice(mark: str) -> str:
    return body("## 一、主要做法及成效", f"1{mark}带队宣讲4场。", f"2{mark}全年召开党委会12次。")


RULE = Rule(
    id="N003",
    name="第三级序号的写法",
    demand="第三级序号写作“1.”，数字后用点号，不用顿号。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        report_text(body(OPENING, _practice("."), PROBLEM, PLAN)), shown="1.带队宣讲4场。"
    ),
    bad=(
        example(
            report_text(body(OPENING, _practice("、"), PROBLEM, PLAN)),
            "序号“1、”应为“1.”（全文 2 处）",
            shown="1、带队宣讲4场。\n2、全年召开党委会12次。",
        ),
    ),
)
