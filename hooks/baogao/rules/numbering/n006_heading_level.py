"""N006: the number of ``#`` of a heading fits its ordinal.

A required section with a wrong number of ``#`` is S005's business.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, write_ordinal
from ..finding import Edit, Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from ..structure.alignment import align
from .points import Point, numbering


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    said = {w.section.start for w in alignment.wrong_level} if alignment else set()
    wrong: dict[tuple[int, int], list[Point]] = {}
    for point in numbering(report).points:
        if point.depth and point.block.start not in said and not _fits(point):
            wrong.setdefault((point.level, point.depth), []).append(point)
    for (level, depth), points in wrong.items():
        block = points[0].block
        here, should = "#" * depth, "#" * (level + 1)
        places = f"（全文 {len(points)} 处）" if len(points) > 1 else ""
        yield RULE.at(
            report, (block.start, block.end),
            f"“{block.plain}”的序号是第{'一二三四'[level - 1]}级，行首应为 {should}，现在是 {here}{places}",
            help=f"“{write_ordinal(level, 1)}”一级的标题，行首写 {should} 加一个空格",
            suggestion=f"{should} {block.plain}",
            fix=[_edit(report, point, should) for point in points],
        )  # fmt: skip


def _fits(point: Point) -> bool:
    if point.depth == point.level + 1:
        return True
    above = point.parent
    # 一、 directly followed by 1.: one # more than the heading above is right as well.
    return (
        above is not None
        and above.depth > 0
        and point.level > above.level + 1
        and point.depth == above.depth + 1
    )


def _edit(report: Report, point: Point, hashes: str) -> Edit:
    start = report.source.text.index("#", point.block.start)
    return Edit(start, start + point.depth, hashes)


RULE = Rule(
    id="N006",
    name="标题级别与序号",
    demand="“一、”的标题行首写 ##，“（一）”写 ###，“1.”写 ####。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="## 一、主要做法及成效\n### （一）加强政治建设"),
    bad=(
        example(
            report_text(
                body(OPENING, PRACTICE, "## （三）强化纪律作风\n\n开展警示教育2次。", PROBLEM, PLAN)
            ),
            "“（三）强化纪律作风”的序号是第二级，行首应为 ###，现在是 ##",
            shown="### （二）推进基层党建\n## （三）强化纪律作风",
        ),
        example(
            report_text(body(OPENING, PRACTICE.replace("### ", "#### "), PROBLEM, PLAN)),
            "“（一）加强政治建设”的序号是第二级，行首应为 ###，现在是 ####（全文 2 处）",
            shown="## 一、主要做法及成效\n#### （一）加强政治建设",
        ),
    ),
)
