"""Recognising title, headings and paragraphs in lines of text, from a text or a Word file.

Not a character of the text is changed: lines are only cut apart, marked as headings, or kept as paragraphs. What is
certain and what was guessed is put down with line numbers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from ..data import Data
from ..kinds import Kind
from ..ordinals import match_ordinal, to_han
from ..placeholders import find_placeholders
from ..sections import RUN_IN_TITLE_MAX
from .manuscript import BLANKS, NO_ASIDE, NO_HINT, Aside, Manuscript, Note, Piece, from_text

HEADING_MAX = 40
#: A first-level heading in which no sentence ends, and a heading by Word's own word, may be this long.
LONG_HEADING_MAX = 60
#: A title by Word's own word stands within so many lines.
TITLE_WITHIN = 5
#: A document of so few lines, one of them this long, was pasted as one paragraph.
ONE_PARAGRAPH_LINES, ONE_PARAGRAPH_LENGTH = 6, 600
_TITLE = re.compile(r"(?:报告|总结|要点|材料|情况|意见|计划|讲话|提纲)(?:[（(][^（）()]*[）)])?$")
_DATE = re.compile(r"^[（(]?\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[）)]?$")
_HAN_DATE = re.compile(
    r"^[（(]?\s*([二〇○零一九八七六五四三]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日\s*[）)]?$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(度)?")


@dataclass(frozen=True)
class Account:
    """``recognised`` is certain, ``guesses`` want a look, ``aside`` was not imported; ``unit`` is what is counted (行, 段)."""

    recognised: tuple[Note, ...]
    guesses: tuple[Note, ...]
    placeholders: int
    aside: Aside = NO_ASIDE
    unit: str = "行"


@dataclass(frozen=True)
class Draft:
    """What the text says. ``year``, ``kind``, ``role``, ``date`` are there only where the text is certain."""

    title: str | None
    year: int | None
    kind: str | None
    role: str | None
    date: datetime.date | None
    pieces: tuple[Piece, ...]
    account: Account


def read_draft(text: str | Manuscript, data: Data, kind: Kind | None = None) -> Draft:
    """Read a text. ``kind``, if known, lends its section titles where headings run into the text."""
    manuscript = from_text(text) if isinstance(text, str) else text
    lines = list(manuscript.lines)
    recognised = list(manuscript.recognised)
    guesses = list(manuscript.guesses)
    title, lines = _title(lines, recognised, guesses)
    found_kind = kind or (_kind_of(title, data) if title else None)
    if found_kind and kind is None:
        recognised.append(
            Note(lines[0].line if lines else 0, f"文种：{found_kind.name}（标题里有）")
        )
    role = None
    if title and found_kind:
        named = [a for a in found_kind.authors if any(n in title for n in (a.name, *a.aliases))]
        role = named[0].name if len(named) == 1 else None
    _page_numbers(lines, guesses)
    lines = list(_cut(lines, found_kind, guesses))
    pieces = _classify(lines, recognised, guesses)
    opening = next((p.text for p in pieces if p.level == 0 and not p.rows), "")
    year = _year(title, opening, recognised)
    date = _date(pieces, recognised)
    count = sum(len(find_placeholders(piece.content)) for piece in pieces)
    account = Account(
        tuple(sorted(recognised, key=lambda n: n.line)),
        tuple(sorted(guesses, key=lambda n: n.line)),
        count,
        manuscript.aside,
        manuscript.unit,
    )
    return Draft(
        title, year, found_kind.name if found_kind else None, role, date, tuple(pieces), account
    )


def suggest_title(draft: Draft, year: int | None) -> str | None:
    """A title from an opening such as 现将我2022年度抓机关党建工作情况报告如下。"""
    for piece in draft.pieces[:3]:
        found = re.search(
            r"现将(?:我|本人|我局|我单位)?(.{4,40}?(?:情况|工作))(?:作?如下)?(?:述职)?报告",
            piece.text,
        )
        if found and piece.level == 0:
            name = found[1] + "报告"
            return name if not year or str(year) in name else f"{year}年度{name}"
    return None


# Title, year, date, kind


def _title(
    lines: list[Piece], recognised: list[Note], guesses: list[Note]
) -> tuple[str | None, list[Piece]]:
    """The title, and the other lines.

    It is what has Word's style for titles; else one to three short lines before anything else, the last of which ends like
    a title; else, as a guess, such lines that are centred, or the only heading of the highest outline level.
    """
    styled = [at for at, piece in enumerate(lines[:TITLE_WITHIN]) if piece.hint.title]
    if styled:
        taken = lines[styled[0] : styled[-1] + 1]
        title = "".join(piece.text for piece in taken)
        if not any(piece.rows for piece in taken) and len(title) <= 2 * HEADING_MAX:
            recognised.append(Note(taken[0].line, f"标题：{title}"))
            return title, lines[: styled[0]] + lines[styled[-1] + 1 :]
    leading = []
    for index, piece in enumerate(lines[:3]):
        if (
            piece.rows
            or len(piece.text) > HEADING_MAX
            or match_ordinal(piece.text)
            or re.search(r"[。；：:]$|^现将|^各位", piece.text)
        ):
            break
        leading.append(piece)
        if _TITLE.search(piece.text):
            title = "".join(p.text for p in leading)
            recognised.append(Note(leading[0].line, f"标题：{title}"))
            return title, lines[index + 1 :]
    centred = list(
        takewhile(
            lambda p: p.hint.centred and not parse_date(p.text) and p.text[0] not in "（(—", leading
        )
    )
    if centred:
        return _guessed_title(lines, len(centred), "居中", guesses)
    outlines = [piece.hint.outline for piece in lines if piece.hint.outline]
    if (
        leading
        and outlines
        and leading[0].hint.outline == min(outlines)
        and outlines.count(min(outlines)) == 1
    ):
        return _guessed_title(lines, 1, "用了唯一的最高一级标题样式", guesses)
    return None, lines


def _guessed_title(
    lines: list[Piece], count: int, why: str, guesses: list[Note]
) -> tuple[str, list[Piece]]:
    title = "".join(piece.text for piece in lines[:count])
    guesses.append(Note(lines[0].line, f"“{title}”{why}，当作标题"))
    return title, lines[count:]


def _kind_of(title: str, data: Data) -> Kind | None:
    names = [
        (name, kind)
        for kind in data.kinds.kinds
        for name in (kind.name, *kind.aliases)
        if name in title
    ]
    return max(names, key=lambda entry: len(entry[0]))[1] if names else None


def _year(title: str | None, opening: str, recognised: list[Note]) -> int | None:
    for where, text in (("标题", title or ""), ("开头一句", opening.split("。")[0])):
        years = _YEAR.findall(text)
        marked = [int(y) for y, suffix in years if suffix]
        chosen = marked or [int(y) for y, _ in years]
        if chosen and (len(set(chosen)) == 1 or marked):
            recognised.append(Note(0, f"年度：{chosen[0]}（{where}里有）"))
            return chosen[0]
    return None


def _date(pieces: Iterable[Piece], recognised: list[Note]) -> datetime.date | None:
    found = []
    for piece in pieces:
        date = parse_date(piece.text)
        if date and piece.level == 0 and not piece.rows:
            found.append((date, piece.line))
    if len({date for date, _ in found}) != 1:
        return None
    recognised.append(Note(found[0][1], f"成文日期：{found[0][0].isoformat()}"))
    return found[0][0]


def parse_date(text: str) -> datetime.date | None:
    """The date a line consists of: 2023年1月10日, 二〇二三年一月十日, with or without brackets."""
    found = _DATE.match(text)
    if found:
        parts = [int(part) for part in found.groups()]
    else:
        han = _HAN_DATE.match(text)
        if not han:
            return None
        digits = "".join(
            str("〇一二三四五六七八九".index(c.replace("○", "〇").replace("零", "〇")))
            for c in han[1]
        )
        numbers = {to_han(n): n for n in range(1, 32)}
        if han[2] not in numbers or han[3] not in numbers:
            return None
        parts = [int(digits), numbers[han[2]], numbers[han[3]]]
    try:
        return datetime.date(*parts)
    except ValueError:
        return None


# Cutting lines that hold more than one block


#: The page numbers a report pasted from a PDF carries along: — 12 —.
_PAGE_NUMBER = r"[—－-] ?\d{1,3} ?[—－-]"

#: A place where a sentence has ended and an ordinal begins; in a pasted text blanks and a page number may come between.
_AFTER_SENTENCE = re.compile(
    rf"(?<=[。！？；：”）])\s*(?:{_PAGE_NUMBER}\s+)?(?=[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[）)])"
)


def _page_numbers(lines: Iterable[Piece], guesses: list[Note]) -> None:
    count = sum(len(re.findall(rf"(?:^|\s){_PAGE_NUMBER}(?:\s|$)", piece.text)) for piece in lines)
    if count:
        guesses.append(Note(0, f"文中夹着像页码的“— 1 —”{count} 处，照原样带入，请删去"))


def _cut(lines: list[Piece], kind: Kind | None, guesses: list[Note]) -> Iterator[Piece]:
    one_paragraph = sum(1 for piece in lines if not piece.rows) <= ONE_PARAGRAPH_LINES and any(
        len(piece.text) >= ONE_PARAGRAPH_LENGTH for piece in lines
    )
    expected = 1
    for piece in lines:
        if piece.rows or piece.hint.body or piece.hint.outline or piece.hint.bullet:
            yield piece
            continue
        parts = _split_at_ordinals(piece.text, expected) if one_paragraph else [piece.text]
        for part in parts:
            ordinal = match_ordinal(part)
            if ordinal and ordinal.level == 1:
                expected = ordinal.number + 1
        if len(parts) > 1:
            guesses.append(Note(piece.line, f"整篇写在一段里，按序号分成 {len(parts)} 段，请核对"))
        for part in parts:
            for cut in _split_heading(part, kind, one_paragraph):
                yield replace(piece, text=cut)
            ordinal = match_ordinal(part)
            if ordinal and ordinal.level == 1 and not _is_heading(part):
                guesses.append(
                    Note(piece.line, f"“{part[:12]}…”的标题和正文连在一起，已分开，请核对")
                )


def _split_at_ordinals(text: str, expected: int) -> list[str]:
    """Cut before each 一、 that continues the count and each （一） that begins or continues its own, where a sentence has ended.

    After a colon only a first one begins, and only if the second comes after a sentence: else it is an enumeration.
    """
    cuts = [0]
    inner = 1
    for found in _AFTER_SENTENCE.finditer(text):
        ordinal = match_ordinal(text, found.end())
        if ordinal is None:
            continue
        before = text[found.start() - 1]
        if before == "：" and not (
            ordinal.number == 1 and _counts_on(text, found.end(), ordinal.level)
        ):
            continue
        if ordinal.level == 1 and ordinal.number == expected:
            expected += 1
            inner = 1
            cuts.append(found.end())
        elif ordinal.level == 2 and ordinal.number in (1, inner) and before != "；":
            inner = ordinal.number + 1
            cuts.append(found.end())
    first = match_ordinal(text)
    if first and first.level == 1 and len(cuts) > 1 and first.number == expected:
        expected += 1
    parts = (text[a:b].strip(BLANKS) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True))
    return [part for part in parts if part]


def _counts_on(text: str, start: int, level: int) -> bool:
    """Whether the next 二、 or （二） begins after the end of a sentence."""
    second = re.compile("二、" if level == 1 else "[（(]二[）)]").search(text, start)
    return second is not None and any(
        found.end() == second.start() and text[found.start() - 1] in "。！？”）"
        for found in _AFTER_SENTENCE.finditer(text, start, second.end() + 1)
    )


def _is_heading(text: str) -> bool:
    """Whether a line is short and one piece: no sentence ends inside it, no enumeration begins."""
    longest = HEADING_MAX if re.search(r"[。！？；：:]", text) else LONG_HEADING_MAX
    return len(text) <= longest and not re.search(r"[。！？；]|一是", text[:-1])


def _split_heading(text: str, kind: Kind | None, one_paragraph: bool) -> list[str]:
    """Cut a first-level heading off the text it runs into."""
    ordinal = match_ordinal(text)
    if ordinal is None or ordinal.level != 1 or _is_heading(text):
        return [text]
    rest = text[ordinal.length :]
    known = []
    if kind is not None:
        titles = (t for s in kind.sections for t in kind.titles(s, None))
        known = [t for t in titles if "{" not in t and rest.startswith(t)]
    end = max((len(title) for title in known), default=0)
    if end:
        end += len(rest[end:]) - len(rest[end:].lstrip("。：:"))
    else:
        # in a text pasted as one paragraph, a blank is what is left of the line end after a heading
        blank = r"|(?=\s)" if one_paragraph else ""
        found = re.match(rf"[^。；：！？\n]{{2,36}}?(?:[。：]|(?=[（(]一[）)]|一是){blank})", rest)
        end = found.end() if found else 0
    if not end:
        return [text]
    head = text[: ordinal.length + end]
    return (
        [head, *_split_at_ordinals(text[len(head) :].strip(BLANKS), 0)]
        if one_paragraph
        else [head, text[len(head) :].strip(BLANKS)]
    )


# Headings and paragraphs


def _classify(lines: list[Piece], recognised: list[Note], guesses: list[Note]) -> list[Piece]:
    pieces: list[Piece] = []
    outlines = _outline_levels(lines)
    for index, piece in enumerate(lines):
        if piece.rows or piece.hint.body:
            pieces.append(piece)
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        level = _heading_level(piece.text, following)
        styled = outlines.get(piece.hint.outline, 0)
        if styled and not level:
            level = _styled_level(piece, styled, guesses)
        hint = NO_HINT if level else piece.hint
        pieces.append(replace(piece, level=level, hint=hint))
        if level == 1:
            recognised.append(Note(piece.line, f"一级标题：{piece.text}"))
        elif level:
            name = {2: "二级", 3: "三级", 4: "四级"}[level]
            recognised.append(Note(piece.line, f"{name}标题：{piece.text}"))
            ordinal = match_ordinal(piece.text)
            if ordinal and ordinal.level > 2 and not styled:
                guesses.append(Note(piece.line, f"“{piece.text}”独立成行，当作{name}标题"))
        elif _run_in(piece.text):
            recognised.append(Note(piece.line, f"段首标题：{_run_in(piece.text)}"))
        if match_ordinal(piece.text) and "(" in piece.text[:1]:
            guesses.append(Note(piece.line, f"序号“{piece.text[:3]}”用的是半角括号，照原样保留"))
    return pieces


def _outline_levels(lines: list[Piece]) -> dict[int, int]:
    """Word's outline levels → levels here: as the ordinals of headings that have both say, else by their order."""
    used = sorted({piece.hint.outline for piece in lines if piece.hint.outline})
    found: dict[int, int] = {}
    for rank, outline in enumerate(used, 1):
        ordinals = [
            o.level for p in lines if p.hint.outline == outline and (o := match_ordinal(p.text))
        ]
        above = found.get(used[rank - 2], 0) if rank > 1 else 0
        found[outline] = max(set(ordinals), key=ordinals.count) if ordinals else min(above + 1, 4)
    return found


def _styled_level(piece: Piece, styled: int, guesses: list[Note]) -> int:
    """The level of a heading by its style alone; 0 if what has the style is no heading."""
    text = piece.text
    ordinal = match_ordinal(text)
    if len(text) > LONG_HEADING_MAX or re.search(r"[。！？；]", text[:-1]):
        guesses.append(Note(piece.line, f"“{text[:12]}…”用了标题样式，但像正文，当作正文"))
        return 0
    if ordinal is None:
        guesses.append(Note(piece.line, f"“{text}”没有序号，按标题样式当作标题"))
    return ordinal.level if ordinal else styled


def _heading_level(text: str, following: Piece | None) -> int:
    ordinal = match_ordinal(text)
    if ordinal is None or len(text) > LONG_HEADING_MAX:
        return 0
    if len(text) > (HEADING_MAX if ordinal.level < 3 else 30) and not (
        ordinal.level == 1 and _is_heading(text)
    ):
        return 0
    title = text[ordinal.length :]
    if not title or re.search(r"[。！？；]", title[:-1]) or title[-1] in "；！？":
        return 0
    if ordinal.level == 1:
        return 1
    after = match_ordinal(following.text) if following else None
    if following is None or (after is not None and after.level <= ordinal.level):
        return 0  # nothing stands under it: an item of a list
    if ordinal.level > 2 and title[-1] in "。：:":
        return 0
    return ordinal.level


def _run_in(text: str) -> str | None:
    ordinal = match_ordinal(text)
    if ordinal is None or ordinal.level == 1:
        return None
    found = re.match(rf"[^。！？；：\n]{{2,{RUN_IN_TITLE_MAX}}}。(?=.)", text[ordinal.length :])
    return ordinal.text + found[0] if found else None
