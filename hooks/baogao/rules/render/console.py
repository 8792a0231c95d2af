"""Output that survives any console."""

from __future__ import annotations


def fit(text: str, encoding: str | None) -> str:
    """``text`` with what ``encoding`` cannot hold replaced by ``?`` (a GBK console has no ✅ and no emoji)."""
    if not encoding:
        return text
    try:
        return text.encode(encoding, "replace").decode(encoding)
    except LookupError:
        return text
