"""A line on stderr that says how far things are, once they take longer than two seconds."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import TextIO

PATIENCE = 2.0
_EVERY = 0.2
_WIDTH = 24


class Bar:
    """``show`` may be called from any thread and as often as one likes. Only a terminal gets the moving line; elsewhere
    (a log) each stage is told once."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.moving = self.stream.isatty()
        self.begun = self.shown = time.monotonic()
        self.what = ""
        self.lock = threading.Lock()

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.moving and self.what:
            self._write("\r\x1b[K")

    def show(self, what: str, share: float) -> None:
        """``what`` is being done, and ``share`` of it (0 to 1) is done."""
        with self.lock:
            now = time.monotonic()
            if now - self.begun < PATIENCE or (what == self.what and now - self.shown < _EVERY):
                return
            if self.moving:
                full = round(share * _WIDTH)
                bar = "█" * full + "░" * (_WIDTH - full)
                self._write(f"\r\x1b[K检索：{what} {bar} {share:4.0%}")
            elif what != self.what:
                self._write(f"检索：{what}…\n")
            self.what, self.shown = what, now

    def _write(self, text: str) -> None:
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "replace").decode(encoding))
        self.stream.flush()
