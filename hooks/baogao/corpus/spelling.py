"""The one spelling in which names are compared: quotation marks, book-title marks and blanks do not matter.

The search folds more (``fulltext.folding``: canonical composition, traditional characters, every script); within the writing of reports
both agree, and a test holds them to it. This one needs no table of characters and is cheap enough for every sentence.
"""

from __future__ import annotations

import re
import sys
import unicodedata

QUOTES = "“”‘’「」『』《》〈〉\"'"
_DASHES = "‐‑‒–—―−─"


def _table() -> dict[int, str]:
    made = {ord(mark): "" for mark in QUOTES}
    made.update({ord(dash): "-" for dash in _DASHES})
    made.update({code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)})
    for code in range(0xFF01, 0xFF5F):  # full-width forms of ASCII
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        made[code] = made.get(ord(plain), plain)
    blank = ("Cc", "Cf", "Zs", "Zl", "Zp")
    made.update(
        {
            c: ""
            for c in range(min(sys.maxunicode, 0x10000))
            if unicodedata.category(chr(c)) in blank
        }
    )
    return made


_TABLE = _table()
_SPELLED = {chr(code): spelled for code, spelled in _TABLE.items() if spelled != chr(code)}
#: The marks of almost every sentence, then all others: much faster than looking every character up.
_FREQUENT = "，：；（）"
_OTHERS = re.compile(f"[{re.escape(''.join(sorted(_SPELLED.keys() - set(_FREQUENT))))}]")


def fold_name(text: str) -> str:
    """``text`` in the spelling names are compared in."""
    for mark in _FREQUENT:
        text = text.replace(mark, _SPELLED[mark])
    return _OTHERS.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    return _SPELLED[found[0]]


def origins(text: str) -> list[int]:
    """For each character of ``fold_name(text)`` where it stands in ``text``."""
    return [at for at, char in enumerate(text) if _TABLE.get(ord(char), char)]
