"""T009: no blanks between Han characters (domain 4.4).

Blanks are right in lists of names (丁卫国　李　强), in signatures and other short lines without a full stop, after 第一部分, in tables, and inside quotation marks, where they part a slogan (不忘初心 牢记使命).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import HAN, Reading, quoted, read

_BLANKS = " \u00a0\u2002-\u200a\u3000\t"
_ANY = frozenset(" \u00a0\u3000\t") | frozenset(map(chr, range(0x2002, 0x200B)))
_GAP = re.compile(
    f"(?<=[{HAN}，。、；：）”》])[{_BLANKS}]+(?=[{HAN}“《（])|(?<=[{HAN}])[{_BLANKS}]+(?=[，。、；：）”》])"
)
_WORD_BEFORE = re.compile(f"(?:^|[^{HAN}])[{HAN}]{{1,4}}$")
_WORD_AFTER = re.compile(f"[{HAN}]{{1,4}}(?![{HAN}])")
_PART = re.compile(r"第[一二三四五六七八九十百\d]+[章节部编篇条分]+$")


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    if reading.alphabet.isdisjoint(_ANY):
        return
    gaps = (found.span() for found in _GAP.finditer(reading.text))
    for group in reading.by_block(gaps):
        places = list(_wrong(reading, group))
        if places:
            yield RULE.at(
                report, reading.span(*places[0]),
                f"汉字之间有空格：{quoted([reading.context(s, e) for s, e in places])}",
                help="删去空格", fix=reading.edits((start, end, "") for start, end in places),
            )  # fmt: skip


def _wrong(reading: Reading, gaps: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those of the gaps of one block that are wrong."""
    text = reading.text
    block = reading.blocks[reading.block_at(gaps[0][0])]
    if block.kind in ("table", "heading") or not any(mark in block.plain for mark in "。；，"):
        return
    seen = reading.line_start(gaps[0][0])
    quotes = titles = 0
    for start, end in gaps:
        quotes += text.count("“", seen, start) - text.count("”", seen, start)
        titles += text.count("《", seen, start) - text.count("》", seen, start)
        seen = start
        if quotes > 0 or titles > 0 or _PART.search(text, max(start - 6, 0), start):
            continue
        wide = text[start:end] == "\u3000" or end - start > 1
        if (
            wide
            and _WORD_BEFORE.search(text[max(start - 6, 0) : start])
            and _WORD_AFTER.match(text, end)
        ):
            continue  # names in a list: 丁卫国　李　强　王芳
        yield start, end


RULE = Rule(
    id="T009",
    name="汉字间的空格",
    demand="汉字与汉字、汉字与标点之间不空格。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("4场，", "“不忘初心 牢记使命”专题4场，主讲人：李　强　丁卫国，"),
        shown="“不忘初心 牢记使命”专题4场，主讲人：李　强　丁卫国",
    ),
    bad=(
        example(
            standard().replace("基层支部", "基层 支部").replace("人次。", "人次 。"),
            "汉字之间有空格：“到基层 支部宣”“0人次 。”",
            "汉字之间有空格：“6人次 。”",
            shown="带队到基层 支部宣讲4场，覆盖320人次 。",
        ),
        example(
            standard().replace("推进基层党建\n\n全年", "推进基层党建\n\n全年　共计"),
            "汉字之间有空格：“全年　共计召”",
            shown="全年　共计召开党委会12次",
        ),
    ),
)
