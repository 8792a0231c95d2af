"""What the help of every confidential finding says."""

from __future__ import annotations

#: A mended file does not mend what was stored before.
HISTORY = "文件交上来以后再改，历史版本里仍会保留，须请管理员清除"


def take_out(how: str) -> str:
    """How to take the matter out, and what stays behind."""
    return f"{how}。{HISTORY}"
