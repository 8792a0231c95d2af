"""Giving memory back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """What was freed is kept by the C library for later, which is a hundred megabytes after all texts of a city: it gives it back now.
    Only glibc knows how; elsewhere nothing happens."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(ctypes.c_size_t(0))
