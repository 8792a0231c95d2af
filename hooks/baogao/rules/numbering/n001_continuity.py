"""N001: ordinals of one level begin with 1 and go up by 1 (GB/T 9704-2012, 7.3.3; domain 4.1).

Numbers 1. that run through the whole report (as in 工作要点) are accepted. What the structure rules have said is not
said again: a gap where S001 misses a section, an order that S003 mends, a section that S004 calls a duplicate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...corpus import Block, Report, write_ordinal
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PROBLEM, Example, Rule, body, example, report_text
from ..structure.alignment import Alignment, align
from .points import Group, Point, numbering


@dataclass(frozen=True)
class _Fault:
    """Point ``index`` of a run is not ``expected``; ``kind`` slip (its neighbours are right), swapped (with the next),
    jump, repeat or back."""

    index: int
    kind: str
    expected: int


def check(report: Report) -> Iterator[Finding]:
    found = numbering(report)
    alignment = align(report)
    inverted = any(group.inverted for group in found.groups)
    for group in found.groups:
        if inverted and group.level > 1:
            continue  # N002 says what is wrong with the levels
        if group.level == 1 and alignment is not None and _is_move(group, alignment):
            continue
        for run in _runs(group):
            numbers = [point.number for point in run]
            for fault in _faults(numbers, _first(group, run)):
                point = run[fault.index]
                if group.level == 1 and alignment and _said(run, fault, alignment):
                    continue
                yield _finding(report, group, run, fault, point)


def _runs(group: Group) -> Iterator[list[Point]]:
    """Cut a group where a list begins anew on purpose: 1 and then 2, after something unnumbered."""
    points = group.points
    begin = 0
    for index in range(1, len(points)):
        restart = (
            points[index].number == 1
            and points[index].fresh
            and index + 1 < len(points)
            and points[index + 1].number == 2
        )
        if restart:
            yield points[begin:index]
            begin = index
    yield points[begin:]


def _first(group: Group, run: list[Point]) -> int:
    """The number a run should begin with."""
    if group.level >= 3 and run[0] is group.points[0] and run[0].number == group.offset + 1:
        return run[0].number
    return 1


def _faults(numbers: list[int], expected: int) -> Iterator[_Fault]:
    index = 0
    while index < len(numbers):
        number = numbers[index]
        rest = numbers[index + 1 :]
        if number == expected:
            pass
        elif number == expected + 1 and rest[:1] == [expected] and rest[1:2] != [expected + 1]:
            yield _Fault(index, "swapped", expected)
            index += 1
            expected += 1
        elif rest[:1] == [expected + 1]:
            yield _Fault(index, "slip", expected)
        else:
            kind = "jump" if number > expected else "repeat" if number == expected - 1 else "back"
            yield _Fault(index, kind, expected)
            expected = number
        expected += 1
        index += 1


def _is_move(group: Group, alignment: Alignment) -> bool:
    numbers = [point.number for point in group.points]
    return bool(alignment.moved) and sorted(numbers) == list(range(1, len(numbers) + 1))


def _said(run: list[Point], fault: _Fault, alignment: Alignment) -> bool:
    """Whether S001 or S004 has said it."""
    start = run[fault.index].block.start
    if any(start in (d.section.start, d.first.start) for d in alignment.duplicates):
        return True
    return fault.kind == "jump" and any(
        (m.after is None or m.after.start < start) and (m.before is None or start <= m.before.start)
        for m in alignment.missing
    )


def _finding(
    report: Report, group: Group, run: list[Point], fault: _Fault, point: Point
) -> Finding:
    buried = _buried(report, group, run, fault)
    if buried is not None:
        block, start, text = buried
        offset = block.text.source_offset
        return RULE.at(
            report, (offset(start), offset(start + len(text) - 1) + 1),
            f"“{text}”写在段落中间，没有另起一段", help=f"在“{text}”前面换行，另起一段",
        )  # fmt: skip
    here = f"“{point.ordinal.text}”"
    should = _written(point, fault.expected)
    suggestion = ""
    if fault.kind == "swapped":
        following = run[fault.index + 1]
        message = f"{here}写在“{following.ordinal.text}”前面"
        advice = "调换两段的次序，或改正序号"
    elif fault.kind == "slip":
        message = f"序号{here}应为“{should}”"
        advice, suggestion = f"改为“{should}”", should
    elif fault.index == 0:
        where = f"“{_head(group.parent)}”下面" if group.parent else "全文"
        message = f"{where}的序号从{here}开始，前面没有“{_written(point, 1)}”"
        advice = f"缺了内容的补上；没有缺的，从“{_written(point, 1)}”起重新编号"
    else:
        before = run[fault.index - 1]
        line = report.source.position(before.span[0]).line
        if fault.kind == "jump":
            message = f"序号从“{before.ordinal.text}”（第 {line} 行）跳到{here}，缺“{should}”"
            advice = f"缺了内容的补上；没有缺的，改为“{should}”，后面的依次改"
        elif fault.kind == "repeat":
            message = f"序号{here}重复，上一个也是“{before.ordinal.text}”（第 {line} 行）"
            advice = f"改为“{should}”，后面的依次改"
        else:
            message = f"序号从“{before.ordinal.text}”（第 {line} 行）退回到{here}"
            advice = f"应为“{should}”；另起一部分的，在前面加上它的标题"
    return RULE.at(report, point.span, message, help=advice, suggestion=suggestion)


def _buried(
    report: Report, group: Group, run: list[Point], fault: _Fault
) -> tuple[Block, int, str] | None:
    """The ordinal that seems to be missing, if it stands inside a paragraph since the point before: a line end was lost.
    Where numbering begins anew that is the next ordinal of the level above."""
    if fault.index == 0 or fault.kind not in ("jump", "back"):
        return None
    if fault.kind == "jump":
        wanted = write_ordinal(group.level, fault.expected)
    elif group.parent is not None and run[fault.index].number == 1:
        wanted = write_ordinal(group.parent.level, group.parent.number + 1)
    else:
        return None
    spellings = {wanted, wanted.replace("（", "(").replace("）", ")")}
    for block in report.blocks[run[fault.index - 1].index : run[fault.index].index]:
        if block.kind != "paragraph":
            continue
        for spelling in spellings:
            at = block.plain.find(spelling, 1)
            if at > 0 and block.plain[at - 1] in "。；：！？”） \u3000":
                return block, at, spelling
    return None


def _written(point: Point, number: int) -> str:
    return write_ordinal(point.level, number)


def _head(point: Point) -> str:
    plain = point.block.plain[point.at :]
    return plain if len(plain) <= 20 else f"{plain[:18]}……"


_TITLES = (
    ("加强政治建设", "带队到基层支部宣讲4场。"),
    ("推进基层党建", "全年召开党委会12次。"),
    ("强化纪律作风", "开展警示教育2次。"),
    ("服务中心大局", "牵头办成实事3件。"),
)


def _practice(*ordinals: str) -> str:
    parts = [f"### {o}{t}\n\n{x}" for o, (t, x) in zip(ordinals, _TITLES, strict=False)]
    return body("## 一、主要做法及成效", *parts)


def _bad(practice: str, *messages: str, shown: str) -> Example:
    return example(report_text(body(OPENING, practice, PROBLEM, PLAN)), *messages, shown=shown)


_LISTS = body(
    "## 一、主要做法及成效", "### （一）加强政治建设", "1.带队宣讲4场。", "2.上党课2次。",
    "### （二）推进基层党建", "3.召开党委会12次。", "4.培训党务干部86人次。",
)  # fmt: skip

RULE = Rule(
    id="N001",
    name="序号连续",
    demand="同一级序号从一开始，依次加一，不跳号、不重号；“1.”可以每一节重新编，也可以全文连续编。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        report_text(body(OPENING, _LISTS, PROBLEM, PLAN)),
        shown="### （一）加强政治建设\n1.带队宣讲4场。\n2.上党课2次。\n### （二）推进基层党建\n3.召开党委会12次。",
    ),
    bad=(
        _bad(
            _practice("（二）", "（三）"),
            "“一、主要做法及成效”下面的序号从“（二）”开始，前面没有“（一）”",
            shown="## 一、主要做法及成效\n### （二）加强政治建设",
        ),
        _bad(
            _practice("（一）", "（二）", "（四）"),
            "序号从“（二）”（第 20 行）跳到“（四）”，缺“（三）”",
            shown="### （二）推进基层党建\n### （四）强化纪律作风",
        ),
        _bad(
            _practice("（一）", "（二）", "（二）"),
            "序号“（二）”重复",
            shown="### （二）推进基层党建\n### （二）强化纪律作风",
        ),
        _bad(
            _practice("（一）", "（二）", "（二）", "（四）"),
            "序号“（二）”应为“（三）”",
            shown="### （二）推进基层党建\n### （二）强化纪律作风\n### （四）服务中心大局",
        ),
        _bad(
            _practice("（一）", "（三）", "（二）", "（四）"),
            "“（三）”写在“（二）”前面",
            shown="### （三）推进基层党建\n### （二）强化纪律作风",
        ),
        _bad(
            _practice("（一）", "（二）", "（三）", "（一）"),
            "序号从“（三）”（第 24 行）退回到“（一）”",
            shown="### （三）强化纪律作风\n### （一）服务中心大局",
        ),
        _bad(
            _practice("（一）", "（三）").replace("4场。", "4场。（二）组织读书班2期。"),
            "“（二）”写在段落中间，没有另起一段",
            shown="### （一）加强政治建设\n带队到基层支部宣讲4场。（二）组织读书班2期。\n### （三）推进基层党建",
        ),
        _bad(
            _LISTS.replace("4.培训", "5.培训"),
            "序号从“3.”（第 24 行）跳到“5.”，缺“4.”",
            shown="3.召开党委会12次。\n5.培训党务干部86人次。",
        ),
        _bad(
            _practice("（一）", "（二）").replace("一、主要", "二、主要"),
            "序号“二、”应为“一、”",
            shown="## 二、主要做法及成效\n## 二、存在问题及原因分析",
        ),
    ),
)
