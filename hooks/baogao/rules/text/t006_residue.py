"""T006: what a deletion leaves behind: 、的 ，， （） 《》 (domain 4.4; seen as 赋予、的新定位)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import Reading, quoted, read

_STOPS = "，、；：。"
_OPENING = "（《“‘【〔〈"
_CLOSING = "）》”’】〕〉"
#: Two characters say whether to look closer, which keeps the search fast.
_SIGN = re.compile(f"[{_STOPS}{_OPENING}][{_STOPS}{_CLOSING}的 \u3000]")
_RESIDUE = re.compile(
    f"(?P<doubled>[{_STOPS}]{{2,}})"
    f"|(?P<of>、的(?!士))"
    f"|(?P<empty>（[ \u3000]*）|《[ \u3000]*》|“[ \u3000]*”|‘[ \u3000]*’|【[ \u3000]*】|〔[ \u3000]*〕)"
    f"|(?P<after>[{_OPENING}][{_STOPS}])"
    f"|(?P<before>、[{_CLOSING}])"
)
_LINE_START = frozenset(_STOPS + "！？")
#: A page number from a PDF file, such as ``— 15 —``, on a line of its own or in the middle of a sentence.
_PAGE = re.compile(r"[—–-] ?\d{1,3} ?[—–-]")


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    text = reading.text
    done = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < done:
            continue
        found = _RESIDUE.match(text, sign.start())
        if found is None:
            continue
        done = found.end()
        finding = _residue(reading, found)
        if finding:
            yield finding
    for start in reading.starts:
        if text[start] in _LINE_START:
            yield RULE.at(
                report, reading.span(start, start + 1),
                f"段首是“{text[start]}”：“{reading.context(start, start + 1, 6)}”",
                help="补上前面缺的话，或接到上一段",
            )  # fmt: skip
    if not reading.alphabet.isdisjoint("—–-"):
        pages = [found.span() for found in _PAGE.finditer(text) if _is_page(reading, found)]
        for group in reading.by_block(pages):
            yield RULE.at(
                report, reading.span(*group[0]),
                f"正文里有页码：{quoted([text[start:end] for start, end in group])}",
                help="删去，并把前后的文字接好",
            )  # fmt: skip


def _is_page(reading: Reading, found: re.Match[str]) -> bool:
    """Whether it stands apart from the words around it (2021-12-30 does not)."""
    before = reading.text[found.start() - 1 : found.start()]
    after = reading.text[found.end() : found.end() + 1]
    alone = before in ("", "\n") and after in ("", "\n")
    return alone or (" " in found[0] and (before.isspace() or after.isspace()))


def _residue(reading: Reading, found: re.Match[str]) -> Finding | None:
    start, end = found.span()
    mark, kind = found[0], found.lastgroup
    same = kind == "doubled" and len(set(mark)) == 1
    if kind == "doubled":
        if same and mark[0] == "。" and len(mark) > 2:
            return None  # T004 calls it an ellipsis
        if reading.text[start - 1 : start] in ("", "\n"):
            return None  # reported as the beginning of a paragraph
    where = reading.context(start, end, 5)
    message = {
        "doubled": f"标点重复：“{where}”" if same else f"标点相连：“{where}”",
        "empty": f"“{mark}”里没有内容：“{where}”",
        "after": f"“{mark[0]}”后面少了内容：“{where}”",
    }.get(kind or "", f"“、”后面少了内容：“{where}”")
    return RULE.at(
        reading.report, reading.span(start, end), message,
        help="删去多余的标点" if same else "补上缺的内容，或删去多余的标点",
        suggestion=mark[0] if same else "",
        fix=reading.edits([(start, end, mark[0])]) if same else (),
    )  # fmt: skip


RULE = Rule(
    id="T006",
    name="删改残留",
    demand="删改以后不留下空括号、空引号、连着的标点、“、的”、页码等残余。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("4场，", "报告、的士司机专场等4场（含线上），"),
        shown="宣讲报告、的士司机专场等4场（含线上）",
    ),
    bad=(
        example(
            standard().replace("加强政治建设\n\n", "加强政治建设\n\n落实市委赋予、的新定位，"),
            "“、”后面少了内容：“实市委赋予、的新定位，带”",
            shown="落实市委赋予、的新定位",
        ),
        example(
            standard().replace("4场，", "4场，，"),
            "标点重复：“部宣讲4场，，覆盖320”",
            shown="带队到基层支部宣讲4场，，覆盖320人次。",
        ),
        example(
            standard().replace("4场，覆盖", "4场，。覆盖"),
            "标点相连：“部宣讲4场，。覆盖320”",
            shown="带队到基层支部宣讲4场，。覆盖320人次。",
        ),
        example(
            standard().replace("4场，", "《》4场（），"),
            "“《》”里没有内容",
            "“（）”里没有内容",
            shown="带队到基层支部宣讲《》4场（），覆盖320人次。",
        ),
        example(
            standard().replace("4场，", "4场（、含线上），"),
            "“（”后面少了内容：“部宣讲4场（、含线上），”",
            shown="宣讲4场（、含线上），覆盖320人次。",
        ),
        example(
            standard().replace("4场，", "4场（含线上、），"),
            "“、”后面少了内容",
            shown="宣讲4场（含线上、），覆盖320人次。",
        ),
        example(
            standard().replace("带队到", "，带队到").replace("320人次。", "320人次。\n\n— 15 —"),
            "段首是“，”：“，带队到基层支”",
            "正文里有页码：“— 15 —”",
            shown="，带队到基层支部宣讲4场，覆盖320人次。\n\n— 15 —",
        ),
    ),
)
