"""T004: the dash is ——, the ellipsis …… (GB/T 15834-2011, 4.10, 4.11; domain 4.4).

A single — between words or numbers (2021—2022年, 中国—东盟) is a connector and right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import Reading, quoted, read

#: What to look for first, which costs little, and then the run of marks to judge.
_MARKS = (
    ("--", re.compile(r"-{2,}")),
    ("－－", re.compile(r"－{2,}")),
    ("─", re.compile(r"─+")),
    ("―", re.compile(r"―+")),
    ("–", re.compile(r"–+")),
    ("ーー", re.compile(r"ー{2,}")),
    ("—", re.compile(r"—+")),
    ("…", re.compile(r"…+")),
    ("⋯", re.compile(r"⋯+")),
    ("...", re.compile(r"\.{3,}")),
    ("。。。", re.compile(r"。{3,}")),
)
_CONNECTOR = "—"
_DASH = "——"
_ELLIPSIS = "……"


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    wrong: dict[int, str] = {}
    places: list[tuple[int, int]] = []
    for sign, run in _MARKS:
        if sign not in reading.text:
            continue
        for found in run.finditer(reading.text):
            right = _right(reading, found.start(), found.end())
            if right is not None and not reading.in_address(found.start()):
                wrong[found.start()] = right
                places.append(found.span())
    for group in reading.by_block(sorted(places)):
        rights = dict.fromkeys(wrong[start] for start, _ in group)
        names = "、".join(_name(right) for right in rights)
        yield RULE.at(
            report, reading.span(*group[0]),
            f"{names}的写法不对：{quoted([reading.context(s, e) for s, e in group])}",
            help="；".join(f"{_name(right)}写作 {right}" for right in rights),
            suggestion=wrong[group[0][0]],
            fix=reading.edits((start, end, wrong[start]) for start, end in group),
        )  # fmt: skip


def _right(reading: Reading, start: int, end: int) -> str | None:
    """What should stand there; ``None`` if it is right or no punctuation mark of Chinese text."""
    mark = reading.text[start:end]
    length = end - start
    if mark[0] in "…⋯.。":
        chinese = mark[0] != "." or reading.is_wide(start - 1) or reading.is_wide(end)
        return None if mark == _ELLIPSIS or not chinese else _ELLIPSIS
    if not (reading.is_wide(start - 1) or reading.is_wide(end)):
        return None
    if mark[0] == "—":
        if length == 1:
            return _DASH if _breaks_off(reading, start) else None
        return None if length == 2 else _DASH
    return _CONNECTOR if length == 1 and not _breaks_off(reading, start) else _DASH


def _breaks_off(reading: Reading, at: int) -> bool:
    """Whether a single dash stands where no connector can: at the beginning of a line before words, or after a mark
    that ends a sentence or a clause."""
    before = reading.text[at - 1 : at]
    if before in ("", "\n"):
        return reading.is_wide(at + 1)
    return before in "。；！？，："


def _name(right: str) -> str:
    return {_DASH: "破折号", _ELLIPSIS: "省略号", _CONNECTOR: "连接号"}[right]


RULE = Rule(
    id="T004",
    name="破折号和省略号",
    demand="破折号写作“——”，省略号写作“……”，起止和相连用“—”。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("320人次", "中国—东盟项目2021—2022年工地320人次——创历年之最……"),
        shown="中国—东盟项目2021—2022年工地320人次——创历年之最……",
    ),
    bad=(
        example(
            standard().replace("基层支部宣讲", "“劳动美--永远跟党走”现场宣讲"),
            "破折号的写法不对：“劳动美--永远跟”",
            shown="“劳动美--永远跟党走”",
        ),
        example(
            standard().replace("320人次。", "320人次...\n\n—收效明显。\n\n中国―东盟项目1个。"),
            "省略号的写法不对：“0人次...”",
            "破折号的写法不对：“—收效明”",
            "连接号的写法不对：“中国―东盟项”",
            shown="覆盖320人次...\n\n—收效明显。\n\n中国―东盟项目1个。",
        ),
        example(
            standard().replace("320人次。", "320人次。。。培训、慰问…都有记录。"),
            "省略号的写法不对：“0人次。。。培训、”“、慰问…都有记”",
            shown="覆盖320人次。。。培训、慰问…都有记录。",
        ),
    ),
)
