"""Characters of symbol fonts, which are pictures by number, as the characters they look like."""

from __future__ import annotations

UNKNOWN = "〓"  # what printers set for a character they lack
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xA1: "○", 0xA8: "□", 0xAB: "★",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + n: chr(ord("①") + n - 1) if n else "⓪" for n in range(11)},
    **{0x8B + n: chr(ord("❶") + n - 1) if n else "⓿" for n in range(11)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x50: "✓",
    0x4F: "✗",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0xA3: "□",
    0xA2: "■",
    0x97: "●",
    0x98: "•",
}
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str | None:
    """The character with a hexadecimal number in a font; ``None`` if it is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return None
    table = _FONTS.get(font.lower())
    if table is not None:
        return table.get(number & 0xFF)
    if 0x20 <= number < 0xD800 or 0xF900 <= number <= 0xFFFD:
        return chr(number)
    return None
