"""T007: no invisible, private-use or look-alike characters (domain 4.4).

They come from web pages, PDF files and WeChat; they cannot be seen, but search does not find words that hold them.
The whole file is looked at, front matter included: a title with such a character is not found either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import Rule, example, standard
from .reading import quoted, read

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_RADICAL = "\u2e80-\u2fdf\uf900-\ufaff"
_LOST = "\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"
_KINDS = {
    "看不见的字符": re.compile(f"[{_INVISIBLE}]+"),
    "控制字符": re.compile(f"[{_CONTROL}]+"),
    "部首或兼容字符（看起来像汉字，检索不到）": re.compile(f"[{_RADICAL}]"),
    "自造字或乱码": re.compile(f"[{_LOST}]+"),
}
_ANY = re.compile(f"[{_INVISIBLE}{_CONTROL}{_RADICAL}{_LOST}]")


def check(report: Report) -> Iterator[Finding]:
    source = report.source
    # The distinct characters of the body are few: cheaper to look at than the text.
    if not _ANY.search("".join(read(report).alphabet)) and not _ANY.search(
        source.text, 0, report.front.body
    ):
        return
    for name, pattern in _KINDS.items():
        for number, places in _by_line(report, pattern):
            edits = [edit for edit in (_edit(source.text, s, e) for s, e in places) if edit]
            start, end = places[0]
            shown = quoted([_context(source.text, s, e) for s, e in places])
            yield RULE.at(
                report, (start, end), f"第 {number} 行有{name}：{shown}",
                help="对照原稿重打这个字" if not edits else "删去或换成普通的字",
                suggestion=edits[0].text if edits else "",
                fix=edits if len(edits) == len(places) else (),
            )  # fmt: skip


def _by_line(
    report: Report, pattern: re.Pattern[str]
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    lines: dict[int, list[tuple[int, int]]] = {}
    for found in pattern.finditer(report.source.text):
        if found.start() == 0 and found[0] == "\ufeff":
            continue  # M001 reports the byte order mark
        lines.setdefault(report.source.position(found.start()).line, []).append(found.span())
    yield from lines.items()


def _edit(text: str, start: int, end: int) -> Edit | None:
    piece = text[start:end]
    if re.fullmatch(f"[{_LOST}]+", piece):
        return None
    plain = unicodedata.normalize("NFKC", piece) if re.match(f"[{_RADICAL}]", piece) else ""
    # Some radicals (⺀) have no plain form: only a person knows what was meant.
    return None if plain == piece else Edit(start, end, plain)


def _context(text: str, start: int, end: int) -> str:
    before = text[max(start - 3, 0) : start].rpartition("\n")[2]
    names = "".join(f"[U+{ord(char):04X}]" for char in text[start:end])
    return before + names + text[end : end + 3].partition("\n")[0]


RULE = Rule(
    id="T007",
    name="看不见的字符",
    demand="正文和前言里没有看不见的字符、控制字符、部首字符和自造字。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="全年召开党委会12次"),
    bad=(
        example(
            standard().replace("党委会", "党\u200b委会"),
            "看不见的字符：“召开党[U+200B]委会1”",
            shown="全年召开党（U+200B）委会12次",
        ),
        example(
            standard().replace("全年召开", "全⽀部年召开"),
            "部首或兼容字符（看起来像汉字，检索不到）：“全[U+2F40]部年召”",
            shown="全⽀部年召开党委会12次（“⽀”是部首 U+2F40）",
        ),
        example(
            standard().replace("党委会", "党\ue123会"),
            "自造字或乱码：“召开党[U+E123]会12”",
            shown="全年召开党（U+E123）会12次",
        ),
        example(
            standard().replace("党委会", "党\x0b委会"),
            "控制字符：“召开党[U+000B]委会1”",
            shown="全年召开党（U+000B）委会12次",
        ),
    ),
)
