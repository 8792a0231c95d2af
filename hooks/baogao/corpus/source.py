"""A source file and the positions in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, order=True)
class Position:
    """Where something stands: line and column, both counted from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """The text of one file.

    ``path`` is how messages name the file (relative, with ``/``); ``text`` has ``\\n`` line ends
    only. Offsets into ``text`` are in characters.
    """

    path: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of a character offset (an offset past the end is the end)."""
        offset = min(max(offset, 0), len(self.text))
        index = bisect_right(self._line_starts, offset) - 1
        return Position(index + 1, offset - self._line_starts[index] + 1)

    def offset(self, position: Position) -> int:
        """The character offset of a line and column; inverse of :meth:`position`."""
        return self._line_starts[position.line - 1] + position.column - 1

    def line(self, number: int) -> str:
        """The text of line ``number`` (from 1) without its line end; empty past the end."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    @property
    def line_count(self) -> int:
        return len(self._line_starts)


class UndecodableError(ValueError):
    """A file is not UTF-8. ``offset`` is the first wrong byte, ``guess`` an encoding that fits."""

    def __init__(self, offset: int, guess: str | None) -> None:
        super().__init__(f"not UTF-8 at byte {offset}")
        self.offset = offset
        self.guess = guess


def decode(data: bytes) -> str:
    """UTF-8 bytes as text with ``\\n`` line ends; a byte order mark is kept, for checks to report.

    Raises :class:`UndecodableError` when the bytes are not UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = None
        try:
            data.decode("gb18030")
            guess = "GB18030"
        except UnicodeDecodeError:
            pass
        raise UndecodableError(error.start, guess) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def read_source(file: Path, path: str) -> Source:
    """Read ``file``, to be called ``path`` in messages. Raises OSError or UndecodableError."""
    return Source(path, decode(file.read_bytes()))
