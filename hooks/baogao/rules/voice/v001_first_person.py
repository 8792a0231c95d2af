"""V001: a 述职报告 speaks of the person who reports, not only of the unit (domain 1.1: what reviewers complain of)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard

#: 我 that is a person's: not 我局, 我市, 我们, nor the 我 of an initiative's name.
_SELF = re.compile(
    r"(?<!“)我(?![局市省县区国党军中委站馆处科支们单为])|本人|亲自|牵头|主持|带队|带头|指导|督促|督办|协助"
)


def check(report: Report) -> Iterator[Finding]:
    if report.kind is None or not report.kind.authors or report.length.characters < 300:
        return
    text = "\n".join(s.full_text() for s in report.sections if s.role != "plan")
    if _SELF.search(text):
        return
    start = report.front.body
    first = report.blocks[0] if report.blocks else None
    span = (first.start, first.end) if first else (start, start)
    yield RULE.at(
        report, span, "通篇只写单位的工作，没有写述职人自己做了什么",
        help="写明自己牵头、指导、督促了哪些工作，结果怎样",
    )  # fmt: skip


_UNIT_ONLY = (
    "机关党委全年召开会议12次，各支部按月开展学习，党员参加志愿服务。支部书记轮流上党课，青年党员走进社区开展政策宣传，"
    "各科室把学习和业务放在一起安排，年底逐个支部验收，档案齐全，活动有记录，结果在公示栏公开。"
)
RULE = Rule(
    id="V001",
    name="述职人",
    demand="述职报告要写述职人自己做了什么，不能只写单位的工作。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(standard(), shown="我带队到基层支部宣讲4场。"),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE.replace("带队到基层支部宣讲4场，覆盖320人次。", _UNIT_ONLY),
                    PROBLEM.replace(
                        "有两个支部全年只去过一次",
                        "有两个支部全年只查过一次档案，整改情况没有逐条核对",
                    ),
                    PLAN,
                )
            ),
            "没有写述职人自己做了什么",
            shown="机关党委全年召开会议12次，各支部按月开展学习。",
        ),
    ),
)
