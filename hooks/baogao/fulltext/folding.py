"""Folding: the one spelling in which text and query are compared.

Characters are folded one by one, after canonical composition (NFC), by a table: compatibility forms (full width, ligatures),
case, traditional → simplified (OpenCC's table for single characters), dashes; quotation marks, book-title marks, blanks,
control and format characters are dropped. The table is made here, shipped to the browser by the build, and both sides do nothing else;
``tests/fulltext/folding.json`` holds them to it.

The engine counts in UTF-16 code units, as JavaScript does: :func:`units`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .passages import SEPARATOR

#: Stands between pieces that no match may cross. Blanks are dropped, so no folded query holds it.

_DROPPED = "“”‘’„‟‚‛〝〞〟«»‹›「」『』《》〈〉\"'"
_DASHES = "‐‑‒–—―−─━⸺⸻﹘-"
_CATEGORIES_DROPPED = ("Cc", "Cf", "Zs", "Zl", "Zp")
#: Where characters lie that folding may change; the rest of Unicode is its own folding.
_RANGES = (
    (0x0000, 0x3400), (0xA640, 0xAC00), (0xF900, 0x10000), (0x10400, 0x10600), (0x10C80, 0x10D00),
    (0x118A0, 0x118E0), (0x16E40, 0x16E80), (0x1D400, 0x1D800), (0x1E900, 0x1E960), (0x1EE00, 0x1EF00),
    (0x1F100, 0x1F300), (0x1FBF0, 0x1FC00), (0x2F800, 0x2FA20), (0xE0000, 0xE0080),
)  # fmt: skip
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0))
_MARKS = r"\u0300-\u036f\u3099\u309a"
_MARK = re.compile(rf"[{_MARKS}]")
_MARKED = re.compile(rf"[^{_MARKS}]?[{_MARKS}]+", re.DOTALL)
_CLUSTER = re.compile(rf"[^{_MARKS}]?[{_MARKS}]*", re.DOTALL)
#: No characters.
_NOTHING, _HARD = 0x110000, 0x110001


@dataclass(frozen=True)
class Folded:
    """``text`` folded; ``offsets[i]`` is where the character behind ``text[i]`` stands in the original (one entry
    more than ``text`` has characters: the end)."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=1)
def simplified() -> Mapping[str, str]:
    """Traditional → simplified, character by character; empty when OpenCC is not installed."""
    try:
        from opencc import OpenCC
    except ImportError:
        return {}
    characters = [chr(code) for first, last in _IDEOGRAPHS for code in range(first, last)]
    # One line each, so that no phrase rule applies.
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        old: new
        for old, new in zip(characters, converted, strict=True)
        if old != new and len(new) == 1
    }


@lru_cache(maxsize=1)
def table() -> dict[int, str]:
    """What each character folds to, for ``str.translate``; a character that is not in it folds to itself."""
    han = simplified()
    made: dict[int, str] = {}
    for first, last in _RANGES:
        for code in range(first, last):
            folded = _fold_character(chr(code), han)
            if folded != chr(code):
                made[code] = folded
    for old in han:
        made[ord(old)] = _fold_character(old, han)
    return made


def _fold_character(char: str, han: Mapping[str, str]) -> str:
    before = ""
    folded = char
    while folded != before:
        before = folded
        folded = "".join(_step(c, han) for c in folded)
    return folded


def _step(char: str, han: Mapping[str, str]) -> str:
    if char in _DROPPED or unicodedata.category(char) in _CATEGORIES_DROPPED:
        return ""
    if char in _DASHES:
        return "-"
    return "".join(han.get(c, c) for c in unicodedata.normalize("NFKC", char).lower())


def compose(text: str) -> str:
    """Each character and the combining marks after it as one character, where there is one."""
    if not _MARK.search(text):
        return text
    return _MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def fold_text(text: str) -> str:
    """The folded text alone."""
    return compose(text).translate(table())


def fold_passages(texts: Sequence[str]) -> list[str]:
    """Texts of several pieces folded, their :data:`SEPARATOR` kept: what :func:`fold_text` makes of each piece, ten times as fast."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    made = _lookup()[codes]
    kept = made < _NOTHING
    whole = made[kept].tobytes().decode("utf-32-le", "surrogatepass")
    ends = np.cumsum([len(text) for text in texts])
    hard = set(np.searchsorted(ends, np.flatnonzero(made == _HARD), side="right").tolist())
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(kept)))[[0, *ends]].tolist()
    return [
        SEPARATOR.join(map(fold_text, text.split(SEPARATOR))) if n in hard else whole[start:end]
        for n, (text, start, end) in enumerate(zip(texts, bounds, bounds[1:], strict=False))
    ]


@lru_cache(maxsize=1)
def _lookup() -> npt.NDArray[np.uint32]:
    """For each character the one it folds to, :data:`_NOTHING`, or :data:`_HARD` where it takes more than a look."""
    made = np.arange(0x110000, dtype=np.uint32)
    for code, text in table().items():
        made[code] = ord(text) if len(text) == 1 else _HARD if text else _NOTHING
    made[ord(SEPARATOR)] = ord(SEPARATOR)
    made[[code for code in range(0x300, 0x3100) if _MARK.match(chr(code))]] = _HARD
    return made


def fold(text: str) -> Folded:
    """The folded text and where it comes from."""
    mapping = table()
    pieces: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        folded = cluster.translate(mapping)
        pieces.append(folded)
        offsets.extend([start] * len(folded))
    return Folded("".join(pieces), (*offsets, len(text)))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Offset and composed spelling of each character with the combining marks that follow it."""
    if not _MARKED.search(text):
        yield from enumerate(text)
        return
    for found in _CLUSTER.finditer(text):
        if found[0]:
            yield found.start(), compose(found[0])


class Characters:
    """The characters that stand in texts: those of ``text`` at first."""

    def __init__(self, text: str) -> None:
        self._used = np.zeros(0x110000, np.bool_)
        self.add(text)

    def add(self, text: str) -> None:
        self._used[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)] = True

    @property
    def found(self) -> frozenset[str]:
        return frozenset(map(chr, np.flatnonzero(self._used).tolist()))


def units(text: str) -> bytes:
    """The UTF-16 code units of a text, low byte first."""
    return text.encode("utf-16-le", "surrogatepass")


def unit_codes(text: str) -> list[int]:
    """The same as numbers."""
    row = units(text)
    return [low | high << 8 for low, high in zip(row[::2], row[1::2], strict=True)]


def table_rows(alphabet: Container[int]) -> list[tuple[int, str]]:
    """The rows of the table the browser needs for a corpus whose folded text is written in the units of ``alphabet``:
    those whose result can occur in it. What folds to anything else cannot be found, folded or not."""
    return [
        (code, folded)
        for code, folded in sorted(table().items())
        if all(unit in alphabet for unit in unit_codes(folded))
    ]
