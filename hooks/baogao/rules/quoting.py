"""Quoting what was written, inside a Chinese message."""

from __future__ import annotations

_INNER = str.maketrans("“”", "‘’")


def quote(text: str, longest: int | None = None) -> str:
    """``text`` in “”, its own quotation marks made inner ones (GB/T 15834-2011, 4.8.3.2), cut to ``longest`` characters."""
    text = text.replace("\n", "")
    if longest is not None and len(text) > longest:
        text = text[: longest - 1] + "…"
    return f"“{text.translate(_INNER)}”"
