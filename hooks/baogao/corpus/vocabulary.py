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


@dataclass(frozen=True)
class Reading:
    """How ``phrase`` is read where the pinyin dictionary errs: one syllable a character, without tones, ü
    as v. ``also`` are readings people type all the same."""

    phrase: str
    syllables: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()


def read_plain_words(text: str, path: str) -> tuple[str, ...]:
    """Words from ``question_words.txt`` or ``function_words.txt``; lines that begin with ``#`` explain. Raises :class:`DataError`."""
    words: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        if line != line.strip() or re.search(r"\s", line):
            raise DataError(path, number, 1, "一行只写一个词，中间和两头都不要空格")
        if line in words:
            raise DataError(path, number, 1, f"“{line}”在第 {words[line]} 行已有")
        words[line] = number
    return tuple(words)


def read_readings(text: str, path: str) -> tuple[Reading, ...]:
    """Readings from the tab-separated ``pinyin.tsv``. Raises :class:`DataError`."""
    lines = text.split("\n")
    header = ["phrase", "reading", "also"]
    if lines[0].split("\t") != header:
        raise DataError(path, 1, 1, f"第一行应为：{' '.join(header)}（用制表符分开）")
    rows: dict[str, Reading] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise DataError(path, number, 1, f"应有 3 列，现有 {len(cells)} 列")
        phrase, reading, also = cells
        if phrase in rows:
            raise DataError(path, number, 1, f"“{phrase}”前面已有")
        readings = [tuple(r.split()) for r in (reading, *also.split("|")) if r]
        for syllables in readings:
            if len(syllables) != len(phrase) or not all(
                re.fullmatch("[a-z]+", s) for s in syllables
            ):
                raise DataError(
                    path, number, len(phrase) + 2,
                    f"“{phrase}”应写 {len(phrase)} 个音节，用空格分开，不标声调，ü 写作 v",
                )  # fmt: skip
        if not reading:
            raise DataError(path, number, len(phrase) + 2, f"“{phrase}”没有写读音")
        rows[phrase] = Reading(phrase, readings[0], tuple(readings[1:]))
    return tuple(rows.values())
