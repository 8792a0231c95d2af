"""N007: 一是…二是…三是… go up by one (domain 4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .enumerations import troubles


def check(report: Report) -> Iterator[Finding]:
    for trouble in troubles(report):
        text, before, expected = trouble.text, trouble.before, trouble.expected
        if trouble.kind == "slip":
            message, advice = f"“{text}”应为“{expected}”", f"改为“{expected}”"
        elif trouble.kind == "jump":
            message = f"“{before}”之后是“{text}”，缺“{expected}”"
            advice = f"缺了内容的补上；没有缺的，改为“{expected}”，后面的依次改"
        elif trouble.kind in ("repeat", "back"):
            message = f"“{before}”之后又是“{text}”"
            advice = f"应为“{expected}”；另起一组的，从“一{trouble.word}”写起"
        else:
            continue
        offset = trouble.block.text.source_offset
        span = offset(trouble.start), offset(trouble.end - 1) + 1
        suggestion = expected if trouble.kind == "slip" else ""
        yield RULE.at(report, span, message, help=advice, suggestion=suggestion)


_PLAN = "一是每季度到每个支部调研一次。二是把讨论式学习列入支部计划。"

RULE = Rule(
    id="N007",
    name="一是二是连续",
    demand="“一是……二是……三是……”依次加一，不跳、不重。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace(_PLAN, _PLAN.replace("二是", "二要")),
        shown="一是每季度到每个支部调研一次。二要把讨论式学习列入支部计划。",
    ),
    bad=(
        example(
            standard().replace(_PLAN, _PLAN.replace("二是", "三是")),
            "“一是”之后是“三是”，缺“二是”",
            shown="一是每季度到每个支部调研一次。三是把讨论式学习列入支部计划。",
        ),
        example(
            standard().replace(_PLAN, _PLAN + "二是定期通报。"),
            "“二是”之后又是“二是”",
            shown="二是把讨论式学习列入支部计划。二是定期通报。",
        ),
        example(
            standard().replace(_PLAN, _PLAN + "\n\n二是定期通报。\n\n四是年底考核。"),
            "“二是”应为“三是”",
            shown="二是把讨论式学习列入支部计划。\n\n二是定期通报。\n\n四是年底考核。",
        ),
    ),
)
