"""T002: Chinese quotation marks, not straight ones (GB/T 15834-2011, 4.8; domain 4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import Reading, quoted, read

_QUOTES = {'"': "“”", "'": "‘’", "＂": "“”", "＇": "‘’"}
_QUOTE = re.compile("[\"'＂＇]")


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    if reading.alphabet.isdisjoint(_QUOTES):
        return
    marks = (found.span() for found in _QUOTE.finditer(reading.text))
    places = [place for place in marks if not _in_latin(reading, place[0])]
    for group in reading.by_block(places):
        if not any(reading.is_wide(at - 1) or reading.is_wide(at + 1) for at, _ in group):
            continue
        changes = _pair(reading, group)
        help_text = "改为中文引号“ ”；引号里面的引号用‘ ’"
        if not changes:
            help_text += "；这一段的引号不成对或已有中文引号，须逐个核对"
        yield RULE.at(
            report, reading.span(*group[0]),
            f"中文里用了直引号：{quoted([reading.context(s, e) for s, e in group])}",
            help=help_text, fix=reading.edits(changes) if changes else (),
        )  # fmt: skip


def _in_latin(reading: Reading, at: int) -> bool:
    """An apostrophe (it's) or a mark of feet and inches."""
    before, after = reading.text[at - 1 : at], reading.text[at + 1 : at + 2]
    return reading.in_address(at) or (
        before.isascii() and before.isalnum() and (after.isascii() and after.isalnum())
    )


def _pair(reading: Reading, group: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Opening and closing marks by turns; nothing when they do not pair or stand among Chinese ones."""
    number = reading.block_at(group[0][0])
    plain = reading.blocks[number].plain
    kinds = {_QUOTES[reading.text[at]] for at, _ in group}
    if len(group) % 2 or len(kinds) > 1 or any(mark in plain for mark in "“”‘’"):
        return []
    return [
        (start, end, _QUOTES[reading.text[start]][index % 2])
        for index, (start, end) in enumerate(group)
    ]


RULE = Rule(
    id="T002",
    name="直引号",
    demand="引号用中文引号“ ”，不用直引号。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("基层支部宣讲", "“双报到”社区宣讲"), shown="带队到“双报到”社区宣讲4场"
    ),
    bad=(
        example(
            standard().replace("基层支部宣讲", '"双报到"社区宣讲'),
            '中文里用了直引号：“带队到"双报到”“双报到"社区宣”',
            shown='带队到"双报到"社区宣讲4场',
        ),
        example(
            standard().replace("基层支部宣讲", '双报到"社区宣讲'),
            '中文里用了直引号：“双报到"社区宣”',
            shown='带队到双报到"社区宣讲4场',
        ),
    ),
)
