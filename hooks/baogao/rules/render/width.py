"""Columns on a terminal (Unicode Standard Annex 11): East Asian wide and full-width characters take two."""

from __future__ import annotations

import unicodedata

_TWO = {"W", "F"}


def char_width(char: str, ambiguous: int = 2) -> int:
    """Columns of one character: 0 for combining and invisible ones, ``ambiguous`` for class A."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    kind = unicodedata.east_asian_width(char)
    if kind in _TWO:
        return 2
    return ambiguous if kind == "A" else 1


def display_width(text: str, ambiguous: int = 2) -> int:
    """Columns a text takes."""
    return sum(char_width(char, ambiguous) for char in text)
