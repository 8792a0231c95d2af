"""The number formats of automatic numbering: what Word writes for 1, 2, 3 …"""

from __future__ import annotations

from collections.abc import Callable

#: Beyond this no list goes; the number is written in plain digits.
LAST = 9999
_HAN = "〇一二三四五六七八九"
_CIRCLED_HAN = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def write_number(form: str, number: int) -> str | None:
    """``number`` in the format Word calls ``form``; ``None`` for a format not known here."""
    if form == "none":
        return ""
    write = _FORMS.get(form)
    if write is None:
        return None
    return write(number) if 0 <= number <= LAST else str(number)


def _counted(number: int, digits: str, places: str, zero: str, *, bare_ten: bool) -> str:
    """Counting with places: 一百零二. ``bare_ten``: 十二 instead of 一十二."""
    if number == 0:
        return zero
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(written)
            continue
        if gap:
            written += zero
            gap = False
        bare = bare_ten and place == 1 and digit == 1 and not written
        written += ("" if bare else digits[digit]) + (places[place - 1] if place else "")
    return written


def _thousand(number: int) -> str:
    return _counted(number, _HAN, "十百千", "零", bare_ten=True)


def _counting(number: int) -> str:
    return _thousand(number) if 0 < number < 100 else _digits(number, "○")


def _japanese(number: int) -> str:
    written = _counted(number, _HAN, "十百千", "", bare_ten=True)
    return (written if number < 100 else written.removeprefix("一")) or "〇"


def _digits(number: int, zero: str = "〇") -> str:
    return "".join(zero if digit == "0" else _HAN[int(digit)] for digit in str(number))


def _formal(digits: str, zero: str) -> Callable[[int], str]:
    return lambda number: _counted(number, digits, "拾佰仟", zero, bare_ten=False)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written or "0"


def _letter(number: int) -> str:
    return (
        "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number - 1) // 26 + 1)
        if number
        else "0"
    )


def _circled(number: int) -> str:
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(start) + number - first)
    return "⓪" if number == 0 else str(number)


def _from(start: str, last: int, otherwise: str) -> Callable[[int], str]:
    return lambda n: chr(ord(start) + n - 1) if 1 <= n <= last else otherwise.format(n)


def _cycle(*wheels: str) -> Callable[[int], str]:
    return lambda n: "".join(wheel[(n - 1) % len(wheel)] for wheel in wheels) if n else "0"


def _wide(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", 20, "({})"),
    "decimalEnclosedFullstop": _from("⒈", 20, "{}."),
    "numberInDash": lambda n: f"- {n} -",
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousand,
    "taiwaneseDigital": lambda n: _digits(n, "○"),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digits,
    "ideographDigital": _digits,
    "ideographEnclosedCircle": lambda n: _CIRCLED_HAN[n - 1] if 1 <= n <= 10 else _thousand(n),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _cycle(_STEMS, _BRANCHES),
    "chineseLegalSimplified": _formal("零壹贰叁肆伍陆柒捌玖", "零"),
    "ideographLegalTraditional": _formal("零壹貳參肆伍陸柒捌玖", "零"),
}
