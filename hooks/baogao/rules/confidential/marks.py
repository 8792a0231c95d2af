"""Where a mark stands: alone on its line or in brackets, or in the middle of a sentence."""

from __future__ import annotations

import re

#: A mark is short; what is longer is a sentence.
MARK_MAX = 36
_OPEN = "\n（(【〔[|"
_CLOSE = "\n）)】〕]|"
_DECORATION = " \t\u3000\u2003\u00a0#>*_~-<!—，,、。；;：:！!\"'“”"


def segment(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the line, cell or brackets around ``text[start:end]``; ``None`` when that is no short one."""
    low = max(start - MARK_MAX, 0)
    first = max(text.rfind(char, low, start) for char in _OPEN)
    if first < 0:
        if low > 0:
            return None
        first = -1
    high = min(end + MARK_MAX, len(text))
    stops = [at for char in _CLOSE if (at := text.find(char, end, high)) >= 0]
    if not stops and high < len(text):
        return None
    last = min(stops, default=high)
    return (first + 1, last) if last - first - 1 <= MARK_MAX else None


def short_line(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the line around ``text[start:end]``; ``None`` when it is no short one."""
    low, high = max(start - MARK_MAX, 0), min(end + MARK_MAX, len(text))
    first, last = text.rfind("\n", low, start), text.find("\n", end, high)
    if (first < 0 and low > 0) or (last < 0 and high < len(text)):
        return None
    return first + 1, high if last < 0 else last


def bare(text: str) -> str:
    """A text without the signs of Markdown, comments and punctuation around it."""
    return re.sub(r"\s+", "", text.strip(_DECORATION))
