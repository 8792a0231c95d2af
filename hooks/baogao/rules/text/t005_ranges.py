"""T005: ～ in ranges, · between parts of a name (GB/T 15834-2011, 4.13, 4.14; domain 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import Reading, quoted, read

_RANGE = frozenset("~∼〜˜")
_DOT = frozenset("•・‧∙⋅")
_MARK = re.compile("(?<!~)[~∼〜˜](?!~)|[•・‧∙⋅]")


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    if reading.alphabet.isdisjoint(_RANGE | _DOT):
        return
    places = [m.span() for m in _MARK.finditer(reading.text) if _is_wrong(reading, m.start())]
    for group in reading.by_block(places):
        changes = [(s, e, "～" if reading.text[s] in _RANGE else "·") for s, e in group]
        rights = dict.fromkeys(right for _, _, right in changes)
        advice = {"～": "起止用全角 ～ 或 —", "·": "间隔号用 ·"}
        yield RULE.at(
            report, reading.span(*group[0]),
            f"{'、'.join(dict.fromkeys(reading.text[s] for s, _ in group))} 用得不对：{quoted([reading.context(s, e) for s, e in group])}",
            help="；".join(advice[right] for right in rights), suggestion=changes[0][2],
            fix=reading.edits(changes),
        )  # fmt: skip


def _is_wrong(reading: Reading, at: int) -> bool:
    if reading.in_address(at):
        return False
    before, after = reading.text[at - 1 : at], reading.text[at + 1 : at + 2]
    if reading.text[at] in _DOT:
        # At the beginning of a line it is a list mark; a Japanese ・ between Latin is no business of ours.
        return reading.is_wide(at - 1) and (reading.is_wide(at + 1) or after.isalnum())
    sides = [
        side.isdigit() or side in "%％‰" or reading.is_han(index)
        for side, index in ((before, at - 1), (after, at + 1))
    ]
    return all(sides) and before != "" and after != ""


RULE = Rule(
    id="T005",
    name="起止号和间隔号",
    demand="数值和时间的起止用“～”或“—”，不用半角波浪号；名称中间的间隔号用“·”。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("4场", "3～5场“中国梦·劳动美”报告"),
        shown="宣讲3～5场“中国梦·劳动美”报告",
    ),
    bad=(
        example(standard().replace("4场", "3~5场"), "~ 用得不对：“宣讲3~5场，”", shown="宣讲3~5场"),
        example(
            standard().replace("4场", r"3\~5场“中国梦•劳动美”报告"),
            "~、• 用得不对：“宣讲3~5场“”“中国梦•劳动美”",
            shown="宣讲3~5场“中国梦•劳动美”报告",
        ),
    ),
)
