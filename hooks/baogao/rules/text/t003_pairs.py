"""T003: quotation marks, book-title marks and brackets come in pairs and are nested rightly, paragraph by paragraph.

GB/T 15834-2011, 4.8 and 4.15; domain 4.4. Each kind of mark is reported once for a paragraph, however many marks one
slip leaves without a partner. A quotation that runs over several paragraphs opens anew in each and closes in the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import Reading, read

_NAMES = {
    "“": ("双引号", "”"), "‘": ("单引号", "’"), "《": ("书名号", "》"), "〈": ("单书名号", "〉"),
    "（": ("括号", "）"), "【": ("方头括号", "】"), "〔": ("六角括号", "〕"),
}  # fmt: skip
_OPENS = {close: mark for mark, (_, close) in _NAMES.items()}
_INNER = {"“": "‘’", "《": "〈〉"}
_FAMILY = {"“": "“", "‘": "“", "《": "《", "〈": "《"}
#: Half-width brackets pair with full-width ones here: that they are half-width is T001's business.
_SAME = {"(": "（", ")": "）"}
_MARK = re.compile("[“”‘’《》〈〉（）()【】〔〕\n\t]")
#: 1）、a）: an ordinal with a bracket on one side only.
_ORDINAL = re.compile(r"(?:^|[\n。；：，、\s])[0-9A-Za-z０-９①-⑳一二三四五六七八九十]{1,2}$")


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    text = reading.text
    stack: list[tuple[str, int]] = []
    depth = dict.fromkeys(_NAMES, 0)
    families: dict[str, list[str]] = {family: [] for family in "“《"}
    alone: dict[str, list[tuple[int, str]]] = {}
    nested: list[tuple[str, int, int]] = []

    def push(kind: str, at: int) -> None:
        stack.append((kind, at))
        depth[kind] += 1
        if kind in _FAMILY:
            families[_FAMILY[kind]].append(kind)

    def pop() -> tuple[str, int]:
        kind, at = stack.pop()
        depth[kind] -= 1
        if kind in _FAMILY:
            families[_FAMILY[kind]].pop()
        return kind, at

    for found in _MARK.finditer(text + "\n"):
        at, written = found.start(), found[0]
        mark = _SAME.get(written, written)
        if mark in _NAMES:
            push(mark, at)
        elif mark in _OPENS:
            kind = _OPENS[mark]
            if depth[kind]:
                while stack[-1][0] != kind:
                    other, start = pop()
                    alone.setdefault(other, []).append((start, "open"))
                _, start = pop()
                # The nearest mark of the same family around it: 《〈《》〉》 is right.
                if kind in _INNER and families[kind][-1:] == [kind]:
                    nested.append((kind, start, at))
            elif not _is_single(text, at, mark):
                alone.setdefault(kind, []).append((at, "close"))
        else:
            if not (stack and stack[-1][0] == "“" and text[at + 1 : at + 2] == "“"):
                for kind, start in stack:
                    alone.setdefault(kind, []).append((start, "open"))
            if alone or nested:
                yield from _findings(reading, alone, nested)
            while stack:
                pop()
            alone.clear()
            nested.clear()


def _is_single(text: str, at: int, mark: str) -> bool:
    """Closing marks that have no partner by nature: apostrophes and ordinals such as 1）."""
    if mark == "’":
        return text[at - 1 : at].isascii() and text[at - 1 : at].isalnum()
    return mark == "）" and _ORDINAL.search(text[max(at - 4, 0) : at]) is not None


def _findings(
    reading: Reading, alone: dict[str, list[tuple[int, str]]], nested: list[tuple[str, int, int]]
) -> Iterator[Finding]:
    report = reading.report
    for kind, marks in alone.items():
        name, close = _NAMES[kind]
        marks.sort()
        (at, what), following = marks[0], marks[1:2]
        if following and following[0][1] == what:
            # “甲“ or ”甲”: one of the two was meant to be the other half.
            end = following[0][0] + 1
            wrong, right = (kind, close) if what == "open" else (close, kind)
            side = "后" if what == "open" else "前"
            yield RULE.at(
                report, reading.span(at, end), f"{name}不成对：“{_short(reading.text[at:end])}”",
                help=f"{side}一个 {wrong} 应为 {right}；不是的，补上缺的一半",
            )  # fmt: skip
            continue
        if following:
            end = following[0][0] + 1
            yield RULE.at(
                report, reading.span(at, end),
                f"{name}与别的成对标点交叉：“{_short(reading.text[at:end])}”",
                help="后开的先关，例如《……（……）》",
            )  # fmt: skip
            continue
        missing = close if what == "open" else kind
        yield RULE.at(
            report, reading.span(at, at + 1),
            f"{name}不成对：“{reading.context(at, at + 1, 6)}”的 {reading.text[at]} 没有对应的 {missing}",
            help=f"补上 {missing}，或删去多余的 {reading.text[at]}",
        )  # fmt: skip
    for kind, start, end in nested:
        if kind in alone:
            continue
        first, last = _INNER[kind][0], _INNER[kind][1]
        inner = reading.text[start + 1 : end]
        yield RULE.at(
            report, reading.span(start, end + 1),
            f"{_NAMES[kind][0]}里面又用了{_NAMES[kind][0]}：“{_short(reading.text[start:end + 1])}”",
            severity=Severity.WARNING, help=f"里面的一层用 {first} {last}",
            suggestion=f"{first}{_short(inner)}{last}",
            fix=reading.edits([(start, start + 1, first), (end, end + 1, last)]),
        )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:9]}……{text[-5:]}"


RULE = Rule(
    id="T003",
    name="成对标点",
    demand="引号、书名号、括号在同一段里成对；引号里面再用引号的用‘ ’，书名号里面再用书名号的用〈 〉。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace(
            "基层支部宣讲", "“‘双报到’进社区”现场，用《关于学习〈党章〉的通知》（1）宣讲"
        ),
        shown="带队到“‘双报到’进社区”现场，用《关于学习〈党章〉的通知》（1）宣讲4场",
    ),
    bad=(
        example(
            standard().replace("基层支部宣讲", "“双报到社区宣讲"),
            "双引号不成对：“带队到“双报到社区宣”的 “ 没有对应的 ”",
            shown="带队到“双报到社区宣讲4场",
        ),
        example(
            standard().replace("基层支部宣讲", "“双报到“社区宣讲"),
            "双引号不成对：““双报到“”",
            shown="带队到“双报到“社区宣讲4场",
        ),
        example(
            standard().replace("320人次", "320人次（含线上"),
            "括号不成对：“盖320人次（含线上。”的 （ 没有对应的 ）",
            shown="覆盖320人次（含线上。",
        ),
        example(
            standard().replace("全年召开", "按党内法规〕全年召开"),
            "六角括号不成对",
            shown="按党内法规〕全年召开党委会12次",
        ),
        example(
            standard().replace("全年召开", "对照《党章（修正案》）全年召开"),
            "括号与别的成对标点交叉：“（修正案》）”",
            shown="对照《党章（修正案》）全年召开党委会12次",
        ),
        example(
            standard().replace("全年召开", "印发《学习《党章》计划》，全年召开"),
            "书名号里面又用了书名号：“《党章》”",
            shown="印发《学习《党章》计划》，全年召开党委会12次",
        ),
    ),
)
