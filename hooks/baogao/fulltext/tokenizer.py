"""jieba's words. Nothing else in the project knows jieba.

rjieba is the same algorithm with the same dictionary in another language and sixteen times as fast; where it is installed it cuts what
both cut alike: Han characters, among them plain numbers. They differ over Latin words and marks, which jieba cuts. So words do not
depend on whether it is there.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import logging
import re
from functools import cached_property
from pathlib import Path
from typing import Any

Terms = tuple[tuple[str, int], ...]
"""Words the office wants whole, folded, with the frequency it gave them."""

#: What jieba looks for words in; every other character is a word of its own.
_BLOCK = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+)")
#: Blocks that both cut alike.
_ALIKE = re.compile(r"(?:[\u4E00-\u9FD5]++|[0-9]++(?:\.[0-9]++)?+%?+)++")


class Tokenizer:
    """jieba's tokenizer with ``terms`` added. It is our own: what others do with jieba's global one does not change it.

    ``folder`` keeps jieba's compiled dictionary (it would write into the system's folder for temporary files otherwise). The
    dictionary is opened when it is first needed.
    """

    def __init__(self, terms: Terms, folder: Path) -> None:
        self._terms = terms
        self._folder = folder

    @cached_property
    def _jieba(self) -> Any:
        import jieba

        # Where its dictionary cannot be kept, on a full disk, jieba goes on without and logs a traceback that helps nobody.
        jieba.setLogLevel(logging.CRITICAL)
        tokenizer = jieba.Tokenizer()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(self._folder)
        tokenizer.initialize()
        for term, frequency in self._terms:
            tokenizer.add_word(term, frequency)
        return tokenizer

    @cached_property
    def _fast(self) -> Any | None:
        try:
            import rjieba
        except ImportError:
            return None
        tokenizer = rjieba.Jieba()
        for term, frequency in self._terms:
            tokenizer.add_word(term, frequency, "n")
        return tokenizer

    @property
    def frequencies(self) -> dict[str, int]:
        """How often words occur in the text jieba's dictionary was made from; 0 for mere beginnings of words."""
        return dict(self._jieba.FREQ)

    def cut(self, text: str) -> list[str]:
        """The words of ``text``, by jieba's most likely path; put together they are the text."""
        fast = self._fast
        if fast is None:
            return list(self._jieba.cut(text))
        words: list[str] = []
        for number, piece in enumerate(_BLOCK.split(text)):
            if number % 2:
                words += (fast if _ALIKE.fullmatch(piece) else self._jieba).cut(piece)
            elif "\r\n" in piece:
                words += self._jieba.cut(piece)
            else:
                words += piece
        return words


def open_tokenizer(terms: Terms, folder: Path) -> Tokenizer | None:
    """A tokenizer; ``None`` when jieba is not installed."""
    return Tokenizer(terms, folder) if importlib.util.find_spec("jieba") else None


def jieba_version() -> str:
    """What the memory of earlier builds depends on beside the terms; empty without jieba."""
    return importlib.metadata.version("jieba") if importlib.util.find_spec("jieba") else ""
