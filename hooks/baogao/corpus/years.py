"""The years a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_HAN_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_DASH = r"\s?[-－—–―～~至到]{1,2}\s?"
#: It begins with what a year begins with, which is found fast; only then is looked at what stands before.
_YEAR = re.compile(
    r"[12一二](?<![\d.].)(?:"
    rf"(?:(?<=1)9|(?<=2)0)\d\d(?!\d)(?=\s?年|{_DASH}(?:19|20)?\d\d\s?年|[〕\]])"
    r"|(?:(?<=一)九|(?<=二)[〇○零])[〇○零一二三四五六七八九]{2}(?=年))"
)
_RANGE_AFTER = re.compile(rf"\s?年?{_DASH}(?:(?:19|20)?\d\d|[一二][〇○零九])")
_RANGE_BEFORE = re.compile(rf"(?:\d\d|[〇○零一二三四五六七八九])年?{_DASH}$")
_TITLE = re.compile(r"《[^》\n]*》?")


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year written out: 2021年, 二〇二一年, 〔2021〕. ``start``/``end`` are offsets into the text, 年 left out.

    ``within`` says what it is part of: the title of a document (《2021年…》), a range (2021—2023年), a
    document number (〔2021〕5号), or nothing.
    """

    start: int
    end: int
    year: int
    within: Literal["title", "range", "number", ""]


def find_titles(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the document titles 《…》 of a text."""
    return tuple(found.span() for found in _TITLE.finditer(text)) if "《" in text else ()


def find_years(text: str) -> tuple[YearMention, ...]:
    """All years named in a text, in order."""
    mentions: list[YearMention] = []
    titles: tuple[tuple[int, int], ...] | None = None
    for found in _YEAR.finditer(text):
        start, end = found.span()
        if titles is None:
            titles = find_titles(text)
        within: Literal["title", "range", "number", ""] = ""
        if any(first <= start < last for first, last in titles):
            within = "title"
        elif text[end] in "〕]":
            within = "number"
        elif _RANGE_AFTER.match(text, end) or _RANGE_BEFORE.search(text[max(0, start - 6) : start]):
            within = "range"
        digits = "".join(_HAN_DIGITS.get(char, char) for char in found[0])
        mentions.append(YearMention(start, end, int(digits), within))
    return tuple(mentions)


_SENTENCE_ENDS = "。！？；\n"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence (to 。！？；) that ``text[start:end]`` stands in, its full stop left out."""
    first = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    return first, min(ends, default=len(text))
