"""Output that survives any console."""

from __future__ import annotations


def fit(text: str, encoding: str | None) -> str:
    """``text`` with what ``encoding`` cannot hold replaced: ✅ by √ and ❌ by ×, which GBK
    has, anything else by ``?``."""
    if not encoding:
        return text
    try:
        "✅".encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("✅", "√").replace("❌", "×")
    except LookupError:
        return text
    try:
        return text.encode(encoding, "replace").decode(encoding)
    except LookupError:
        return text
