"""Numbers that belong to somebody: identity cards, bank cards, mobile and fixed-line telephones.

One number is one thing: an identity number that happens to pass for a bank card is an identity number. Sources: GB 11643-1999 (identity
numbers; check digit by ISO 7064 MOD 11-2), ISO/IEC 7812-1 (card numbers, check digit by Luhn), the national numbering plan (telephones).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BLANK = r"[ \u00a0\u2003\u3000\-‐‑–—－]"
#: Seven digits or more with single blanks or dashes between: what anything below is part of.
_RUN = re.compile(rf"\d(?:{_BLANK}?\d){{6,}}")
_ALONE = r"(?<![0-9A-Za-z_.])"
_END = r"(?![0-9A-Za-z_]|\.\d)"
#: Sums and masses run to eleven digits too.
_NO_AMOUNT = r"(?!\s?[万亿]?(?:元|吨|立方|平方|千瓦|公里))"
_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_LOCAL = rf"[2-8]\d{{2,3}}{_BLANK}?\d{{4}}"
_PATTERNS = {
    "id": re.compile(rf"{_ALONE}\d{{6}}{_BLANK}?\d{{8}}{_BLANK}?\d{{3}}[0-9Xx]{_END}"),
    "card": re.compile(
        rf"{_ALONE}(?:[34569]\d{{15,18}}|62\d\d({_BLANK})\d{{4}}\1\d{{4}}\1\d{{4}}(?:\1\d{{1,3}})?){_END}"
    ),
    "mobile": re.compile(
        rf"{_ALONE}(?:(?:\+|00)?86{_BLANK}?)?1[3-9]\d{_BLANK}?\d{{4}}{_BLANK}?\d{{4}}{_END}{_NO_AMOUNT}"
    ),
    "landline": re.compile(rf"{_ALONE}(?:[（(]{_AREA}[)）]\s?|{_AREA}{_BLANK}?){_LOCAL}{_END}"),
    "local": re.compile(
        rf"(?:电话|座机|传真|热线|固话|联系方式)(?:号码)?\s?(?:[:：]|为|是)\s?(?P<number>{_LOCAL}){_END}"
    ),
}
#: How far before a run of digits its number may begin: (0816) or 联系电话号码：
_BEFORE = 12
_FULL_WIDTH = re.compile(r"[０-９]")
_TO_HALF = str.maketrans("０１２３４５６７８９", "0123456789")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Number:
    """``kind``: id, card, mobile or landline; ``start``/``end`` its span; ``digits`` without what stands between."""

    kind: str
    start: int
    end: int
    digits: str

    @property
    def masked(self) -> str:
        """Enough to find it by, too little to use it."""
        head, tail = {"id": (2, 3), "card": (0, 4), "mobile": (3, 4), "landline": (4, 2)}[self.kind]
        hidden = len(self.digits) - head - tail
        return self.digits[:head] + "×" * hidden + self.digits[-tail:]


@lru_cache(maxsize=4)
def find_numbers(text: str) -> tuple[Number, ...]:
    """All such numbers of a text, in order. Every rule of the family asks for them, so the last texts are remembered."""
    if _FULL_WIDTH.search(text):
        text = text.translate(_TO_HALF)
    numbers: list[Number] = []
    for run in _RUN.finditer(text):
        numbers.extend(_in_run(text, run.start(), run.end()))
    return tuple(numbers)


def _in_run(text: str, start: int, end: int) -> Iterator[Number]:
    taken: list[Number] = []
    covered: set[int] = set()
    for kind, pattern in _PATTERNS.items():
        for found in pattern.finditer(text, max(start - _BEFORE, 0), end + _BEFORE):
            first, last = found.span("number") if kind == "local" else found.span()
            if first >= end or last <= start or not covered.isdisjoint(range(first, last)):
                continue
            digits = re.sub(r"[^0-9Xx]", "", text[first:last])
            if (kind == "id" and not is_identity(digits)) or (kind == "card" and not luhn(digits)):
                continue
            if kind == "mobile":
                digits = digits[-11:]
            covered.update(range(first, last))
            taken.append(Number("landline" if kind == "local" else kind, first, last, digits))
    yield from sorted(taken, key=lambda number: number.start)


def identity_check(first: str) -> str:
    """The check digit of the ``first`` 17 digits of an identity number."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_identity(number: str) -> bool:
    """Whether 18 characters are an identity number: a day that was, and the right check digit."""
    if "X" in number[:17].upper():
        return False
    try:
        born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1880 <= born.year < 2100 and number[17].upper() == identity_check(number[:17])


def luhn_check(first: str) -> str:
    """The check digit that makes ``first`` a card number."""
    total = 0
    for index, digit in enumerate(reversed(first)):
        value = int(digit) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    return number.isdigit() and luhn_check(number[:-1]) == number[-1]
