"""The ordinals of official documents: 一、 （一） 1. （1）  (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

#: One alternative per level; half-width brackets and 、 after a digit are read as well, because
#: people write them: that they are wrong is a rule's business.
_ORDINAL = re.compile(
    r"""
      (?P<l1>[一二三四五六七八九十百][一二三四五六七八九十百零]{0,4})(?P<m1>[、．.])
    | [（(](?P<l2>[一二三四五六七八九十百][一二三四五六七八九十百零]{0,4})[）)](?P<m2>[、．.]?)
    | (?P<l3>\d{1,3})(?P<m3>[.．、])(?!\d)
    | [（(](?P<l4>\d{1,3})[）)](?P<m4>[、．.]?)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Ordinal:
    """``level`` 1–4 for 一、 （一） 1. （1）; ``number`` its value; ``text`` as written;
    ``length`` in characters."""

    level: int
    number: int
    text: str

    @property
    def length(self) -> int:
        return len(self.text)


def han_number(text: str) -> int | None:
    """The value of a Chinese numeral below 200 (``十二`` → 12); ``None`` if it is not one."""
    if not text:
        return None
    total, rest = 0, text
    if "百" in rest:
        head, _, rest = rest.partition("百")
        if head not in ("", "一"):
            return None
        total = 100
        rest = rest.removeprefix("零")
    if "十" in rest:
        head, _, tail = rest.partition("十")
        if (head and head not in _DIGITS) or (tail and tail not in _DIGITS):
            return None
        return total + (_DIGITS[head] if head else 1) * 10 + (_DIGITS[tail] if tail else 0)
    if rest == "":
        return total or None
    return total + _DIGITS[rest] if rest in _DIGITS else None


def to_han(number: int) -> str:
    """The Chinese numeral of 1–199 (12 → ``十二``), as used in ordinals."""
    digits = "零一二三四五六七八九"
    if number >= 100:
        rest = number - 100
        link = "零" if rest < 10 else "一" if rest < 20 else ""
        return "一百" + (link + to_han(rest) if rest else "")
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def match_ordinal(text: str, start: int = 0) -> Ordinal | None:
    """The ordinal that begins at ``text[start]``, or ``None``."""
    found = _ORDINAL.match(text, start)
    if not found:
        return None
    for level in (1, 2, 3, 4):
        digits = found[f"l{level}"]
        if digits is None:
            continue
        number = han_number(digits) if level < 3 else int(digits)
        return None if number is None else Ordinal(level, number, found[0])
    return None


def write_ordinal(level: int, number: int) -> str:
    """The ordinal as the standard writes it: (1, 2) → ``二、``, (2, 2) → ``（二）``."""
    if level == 1:
        return to_han(number) + "、"
    if level == 2:
        return f"（{to_han(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"
