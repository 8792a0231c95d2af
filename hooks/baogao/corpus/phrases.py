"""Phrases of the data files, searched in text."""

from __future__ import annotations

import re
from functools import lru_cache

#: What ``…`` in a phrase stands for: a few characters of the same sentence. Bounded, so that a search
#: stays linear in the text.
_GAP = r"[^。！？；\n]{0,15}?"
_NOTHING = re.compile(r"(?!)")


@lru_cache(maxsize=256)
def compile_phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of ``phrases``; ``…`` in a phrase stands for up to 15 characters."""
    if not phrases:
        return _NOTHING
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(
        "|".join(_GAP.join(re.escape(part) for part in p.split("…")) for p in longest_first)
    )
