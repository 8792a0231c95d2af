"""T001: full-width punctuation in Chinese text (GB/T 15834-2011; domain 4.4).

A half-width mark is wrong when a Han character or a full-width mark stands on one side of it, except inside numbers
(3.5, 10:30, 1,200), addresses and ordinals (which N004 and N005 judge). Brackets are judged by the pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..numbering.points import numbering
from ..rule import Rule, example, standard
from .reading import Reading, quoted, read

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", ".": "。"}
_MARK = re.compile(r"[,;:!?().]")
_BLANKS = " \t\u3000\u00a0"


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    if reading.alphabet.isdisjoint(_FULL):
        return
    for places in reading.by_block(sorted(_wrong(report, reading))):
        changes = []
        for start, _ in places:
            end = start + 1
            while reading.text[end : end + 1] in _BLANKS and reading.is_wide(end + 1):
                end += 1
            changes.append((start, end, _FULL[reading.text[start]]))
        marks = list(dict.fromkeys(reading.text[start] for start, _ in places))
        count = f"（本段 {len(places)} 处）" if len(places) > 1 else ""
        yield RULE.at(
            report, reading.span(*places[0]),
            f"中文里用了半角标点：{quoted([reading.context(s, e) for s, e in places])}{count if len(places) <= 3 else ''}",
            help="改为全角：" + "、".join(f"{mark} 改为 {_FULL[mark]}" for mark in marks),
            fix=reading.edits(changes),
        )  # fmt: skip


def _wrong(report: Report, reading: Reading) -> Iterator[tuple[int, int]]:
    text = reading.text
    ordinals = _ordinal_marks(report)
    open_brackets: list[int] = []
    for found in _MARK.finditer(text):
        at, mark = found.start(), found[0]
        if reading.in_address(at) or reading.offset(at) in ordinals:
            continue
        if mark == "(":
            open_brackets.append(at)
        elif mark == ")":
            line = reading.line_start(at)
            mate = open_brackets.pop() if open_brackets and open_brackets[-1] >= line else None
            pair = [at] if mate is None else [mate, at]
            if mate is not None and _is_code(text, mate, at):
                continue
            if any(_touches(reading, index) for index in pair):
                yield from ((index, index + 1) for index in pair)
        elif _is_wrong(reading, at, mark):
            yield at, at + 1
    for at in open_brackets:
        if _touches(reading, at):
            yield at, at + 1


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether a bracket holds the target of a link, or the area code of a telephone number."""
    inner = text[start + 1 : end]
    return text[start - 1 : start] == "]" or (inner.isdigit() and text[end + 1 : end + 2].isdigit())


def _touches(reading: Reading, at: int) -> bool:
    return reading.is_wide(at - 1) or reading.is_wide(at + 1)


def _is_wrong(reading: Reading, at: int, mark: str) -> bool:
    text = reading.text
    if mark == ".":
        if text[at - 1] in "一二三四五六七八九十":
            return False  # 一.党建 in the middle of a line is an ordinal
        following = text[at + 1 : at + 2]
        return reading.is_han(at - 1) and (reading.is_han(at + 1) or following in ("", "\n"))
    if mark == "!" and text[at + 1 : at + 2] == "[":
        return False
    before, after = at - 1, at + 1
    while text[before : before + 1] in _BLANKS and before > 0:
        before -= 1
    while after < len(text) and text[after] in _BLANKS:
        after += 1
    return reading.is_wide(before) or reading.is_wide(after)


def _ordinal_marks(report: Report) -> set[int]:
    marks: set[int] = set()
    for point in numbering(report).points:
        marks.update(range(*point.span))
    return marks


RULE = Rule(
    id="T001",
    name="半角标点",
    demand="中文里的逗号、分号、冒号、问号、叹号、括号、句号用全角；数字、英文、网址里的除外。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("320人次。", "320人次（含1,200人次线上，9:30开始），占3.5%。"),
        shown="覆盖320人次（含1,200人次线上，9:30开始），占3.5%。",
    ),
    bad=(
        example(
            standard().replace("4场，覆盖", "4场,覆盖"),
            "中文里用了半角标点：“讲4场,覆盖3”",
            shown="带队到基层支部宣讲4场,覆盖320人次。",
        ),
        example(
            standard().replace("320人次", "320人次(含线上)"),
            "中文里用了半角标点：“0人次(含线上”“含线上)。”（本段 2 处）",
            shown="覆盖320人次(含线上)。",
        ),
        example(
            standard().replace("讲授多、讨论少。", "讲授多; 讨论少."),
            "“讲授多; 讨论”“讨论少.造成上”",
            shown="讲授多; 讨论少.造成上述问题的主要原因是",
        ),
    ),
)
