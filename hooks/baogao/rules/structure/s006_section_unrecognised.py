"""S006: a heading that cannot be recognised, perhaps the missing section under a slogan."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, fill_year
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    for entry in alignment.unrecognised if alignment else ():
        section = entry.section
        span = (section.start, section.heading.end)
        if entry.instead is None:
            yield RULE.at(
                report, span, f"“{section.heading_text}”不是{report.kind.name if report.kind else '文种'}的常用章节，检查和检索认不出它是哪一节",
                severity=Severity.INFO,
                help="是某一节的，在前言的 sections 里说明；自拟的章节可以不管",
            )  # fmt: skip
            continue
        title = fill_year(entry.instead.title, report.year)
        role = entry.instead.role.id
        yield RULE.at(
            report, span, f"认不出“{section.heading_text}”是哪一节，而“{title}”一节没有找到",
            help=f"如果它就是“{title}”，在前言里说明；否则另写这一节",
            suggestion=f"sections:\n  {section.heading_text}: {role}",
        )  # fmt: skip


RULE = Rule(
    id="S006",
    name="章节认不出",
    demand="口号式的章节标题要在前言的 sections 里说明是哪一节。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard(sections="{一、聚焦主责主业压紧压实责任: practice}")
        .replace("主要做法及成效", "聚焦主责主业，压紧压实责任")
        .replace(
            "{一、聚焦主责主业压紧压实责任: practice}",
            '{"一、聚焦主责主业，压紧压实责任": practice}',
        ),
        shown="sections:\n  一、聚焦主责主业，压紧压实责任: practice\n---\n\n## 一、聚焦主责主业，压紧压实责任",
    ),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE.replace("主要做法及成效", "聚焦主责主业，压紧压实责任"),
                    PROBLEM,
                    PLAN,
                )
            ),
            "认不出“一、聚焦主责主业，压紧压实责任”",
            shown="## 一、聚焦主责主业，压紧压实责任",
        ),
    ),
)
