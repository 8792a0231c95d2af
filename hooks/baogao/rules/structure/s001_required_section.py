"""S001: every section the kind requires is there."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, Section, fill_year, write_ordinal
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import Missing, align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    if alignment is None or report.kind is None:
        return
    for missing in alignment.missing:
        title = fill_year(missing.expected.title, report.year)
        number = _number(missing)
        heading = f"## {write_ordinal(1, number)}{title}"
        text = f"{heading}\n\n{missing.expected.guidance or '……'}"
        if missing.before is not None:
            span = (missing.before.start, missing.before.heading.end)
            line = report.source.position(span[0]).line
            where = f"应在“{missing.before.heading_text}”（第 {line} 行）之前"
            how = f"在第 {line} 行之前加上这一节"
        elif missing.after is not None:
            span = _end_of(missing.after)
            where = f"应在“{missing.after.heading_text}”一节之后"
            how = f"在第 {report.source.position(missing.after.end).line} 行之后加上这一节"
        else:
            span = (report.front.body, report.front.body)
            where = "全文没有一节认得出来"
            how = "加上这一节"
        others = [t for t in report.kind.titles(missing.expected, report.year) if t != title][:3]
        also = f"（也可用“{'”“'.join(others)}”等标题）" if others else ""
        yield RULE.at(
            report, span, f"缺少必备章节“{title}”，{where}",
            help=how + also + "；内容已写在别的标题下的，在前言的 sections 里说明", suggestion=text,
        )  # fmt: skip


def _number(missing: Missing) -> int:
    if missing.after is not None and missing.after.ordinal:
        return missing.after.ordinal.number + 1
    if missing.before is not None and missing.before.ordinal:
        return max(missing.before.ordinal.number - 1, 1)
    return 1


def _end_of(section: Section) -> tuple[int, int]:
    return section.end, section.end


RULE = Rule(
    id="S001",
    name="必备章节",
    demand="文种要求的章节必须齐全（各文种的章节见“文种与必备章节”）。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard(), shown="## 一、主要做法及成效\n## 二、存在问题及原因分析\n## 三、下步工作打算"
    ),
    bad=(
        example(
            report_text(body(OPENING, PRACTICE, PLAN)),
            "缺少必备章节“存在问题及原因分析”，应在“三、下步工作打算”",
            shown="## 一、主要做法及成效\n## 三、下步工作打算",
        ),
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE,
                    "## 二、原因分析\n\n一是统筹安排不细。二是创新意识不强。",
                    PLAN,
                )
            ),
            "缺少必备章节“存在问题及原因分析”",
            shown="## 一、主要做法及成效\n## 二、原因分析\n## 三、下步工作打算",
        ),
        example(
            report_text(body(OPENING, PRACTICE, PROBLEM)),
            "缺少必备章节“下步工作打算”，应在“二、存在问题及原因分析”一节之后",
            shown="## 一、主要做法及成效\n## 二、存在问题及原因分析",
        ),
    ),
)
