"""N002: levels are nested 一、（一）1.（1）, none skipped, none turned round (GB/T 9704-2012, 7.3.3).

一、 directly followed by 1. is accepted in a report that has no （一） at all: with two levels that is usual.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, write_ordinal
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PROBLEM, Example, Rule, body, example, report_text
from .points import Group, numbering


def check(report: Report) -> Iterator[Finding]:
    found = numbering(report)
    inverted = next((group for group in found.groups if group.inverted), None)
    if inverted is not None:
        # The numbers below an inverted level mean nothing: one finding for all.
        point = inverted.points[0]
        yield RULE.at(
            report, point.span, f"“{point.shown}”这一级写在了“{_name(point.level + 1)}”的下面或后面",
            severity=Severity.WARNING,
            help=f"序号由大到小是 一、（一）1.（1）：先“{_name(point.level)}”，下面再分“{_name(point.level + 1)}”",
        )  # fmt: skip
        return
    skips: dict[tuple[int, int], list[Group]] = {}
    for group in found.groups:
        above = group.parent.level if group.parent else 0
        between = set(range(above + 1, group.level))
        if above and between and (between & found.levels or group.level == 4):
            skips.setdefault((above, group.level), []).append(group)
    for (above, below), groups in skips.items():
        point = groups[0].points[0]
        places = f"（全文 {len(groups)} 处）" if len(groups) > 1 else ""
        yield RULE.at(
            report, point.span,
            f"“{_name(above)}”下面直接用了“{_name(below)}”，跳过了“{_name(above + 1)}”{places}",
            help=f"下一级用“{_name(above + 1)}”；全文只有两级序号的，用“一、”和“1.”也可以",
        )  # fmt: skip


def _name(level: int) -> str:
    return write_ordinal(level, 1)


def _bad(practice: str, message: str, shown: str) -> Example:
    return example(report_text(body(OPENING, practice, PROBLEM, PLAN)), message, shown=shown)


_TWO_LEVELS = body(
    "## 一、主要做法及成效", "1.带队宣讲4场，覆盖320人次。", "2.全年召开党委会12次。"
)

RULE = Rule(
    id="N002",
    name="序号层次",
    demand="序号的层次依次是 一、（一）1.（1），不跳级、不颠倒；全文只有两级时可以用 一、和 1.。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        report_text(body(OPENING, _TWO_LEVELS, PROBLEM, PLAN)),
        shown="## 一、主要做法及成效\n1.带队宣讲4场，覆盖320人次。\n2.全年召开党委会12次。",
    ),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    "## 一、主要做法及成效",
                    "### （一）加强政治建设\n\n带队宣讲4场。",
                    "### （二）推进基层党建\n\n全年召开党委会12次。",
                    PROBLEM,
                    "## 三、下步工作打算\n\n1.每季度到每个支部调研一次。\n\n2.推行讨论式学习。",
                )
            ),
            "“一、”下面直接用了“1.”，跳过了“（一）”",
            shown="### （二）推进基层党建\n## 三、下步工作打算\n1.每季度到每个支部调研一次。",
        ),
        _bad(
            body("## 一、主要做法及成效", "（1）带队宣讲4场。", "（2）全年召开党委会12次。"),
            "“一、”下面直接用了“（1）”，跳过了“（一）”",
            shown="## 一、主要做法及成效\n（1）带队宣讲4场。",
        ),
        _bad(
            body(
                "## 一、主要做法及成效",
                "1.加强政治建设，立足岗位学。",
                "（一）带队到基层支部宣讲。共4场。",
                "（二）组织读书班。共2期。",
                "2.推进基层党建，立足支部抓。",
                "（一）全年召开党委会。共12次。",
            ),
            "“（一）”这一级写在了“1.”的下面或后面",
            shown="1.加强政治建设，立足岗位学。\n（一）带队到基层支部宣讲。共4场。",
        ),
    ),
)
