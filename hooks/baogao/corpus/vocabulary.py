"""The word lists the office keeps: domain terms and synonyms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .yaml_data import DataError

#: jieba's user dictionary format: a word, then optionally its frequency and its part of speech.
_TERM = re.compile(r"^(\S+?)(?: ([0-9]+))?(?: ([a-z]+))?$")
_EXPAND = ("eq", "suggest", "narrow", "context", "by_year", "local")


@dataclass(frozen=True)
class Term:
    text: str
    frequency: int | None
    tag: str | None


@dataclass(frozen=True)
class Synonym:
    """``canonical`` and its ``aliases``; ``expand`` says how far they may stand for one another
    (``eq``: always; the others only as a suggestion or in context)."""

    canonical: str
    aliases: tuple[str, ...]
    type: str
    note: str
    expand: str


def read_terms(text: str, path: str) -> tuple[Term, ...]:
    """Terms from ``terms.txt``. Raises :class:`DataError` for a line jieba would misread."""
    terms = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        found = _TERM.match(line)
        if not found:
            raise DataError(
                path, number, 1, "写法应为“词 词频 词性”，中间用一个空格，例如“三会一课 3 nz”"
            )
        if found[1] in seen:
            raise DataError(path, number, 1, f"“{found[1]}”在第 {seen[found[1]]} 行已有")
        seen[found[1]] = number
        terms.append(Term(found[1], int(found[2]) if found[2] else None, found[3]))
    return tuple(terms)


def read_synonyms(text: str, path: str) -> tuple[Synonym, ...]:
    """Synonyms from the tab-separated ``synonyms.tsv``. Raises :class:`DataError`."""
    lines = text.split("\n")
    header = ["canonical", "aliases", "type", "note", "expand"]
    if lines[0].split("\t") != header:
        raise DataError(path, 1, 1, f"第一行应为：{' '.join(header)}（用制表符分开）")
    rows = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != 5:
            raise DataError(path, number, 1, f"应有 5 列，现有 {len(cells)} 列")
        canonical, aliases, kind, note, expand = cells
        if canonical in seen:
            raise DataError(path, number, 1, f"“{canonical}”在第 {seen[canonical]} 行已有")
        seen[canonical] = number
        if expand not in _EXPAND:
            column = len(line) - len(expand) + 1
            raise DataError(
                path, number, column, f"“{expand}”不在允许的写法里：{'、'.join(_EXPAND)}"
            )
        rows.append(
            Synonym(canonical, tuple(a for a in aliases.split("|") if a), kind, note, expand)
        )
    return tuple(rows)
