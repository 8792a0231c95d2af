"""The office's lists about wording: fixed phrases, wrong words, verbs that follow an ordinal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .yaml_data import DataError

#: Shorter phrases are like too many other words to be judged by one character.
PHRASE_MIN = 8
SEVERITIES = {"必须改": "error", "建议改": "warning", "供参考": "info"}
_HEADER = ["wrong", "right", "severity", "fine", "note"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed phrase and the ``variants`` of it that are right as well."""

    text: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Phrases:
    phrases: tuple[Phrase, ...]

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """All right spellings, variants included."""
        return tuple(s for phrase in self.phrases for s in (phrase.text, *phrase.variants))

    @cached_property
    def halves(self) -> tuple[tuple[str, frozenset[str], tuple[tuple[Phrase, bool], ...]], ...]:
        """Both halves of each phrase, with their characters and the phrases that begin (``True``) or end with them.

        A phrase with one mistake has one half intact (pigeonhole), so that a search for the halves finds it.
        """
        uses: dict[str, list[tuple[Phrase, bool]]] = {}
        for phrase in self.phrases:
            middle = len(phrase.text) // 2
            uses.setdefault(phrase.text[:middle], []).append((phrase, True))
            uses.setdefault(phrase.text[middle:], []).append((phrase, False))
        return tuple((half, frozenset(half), tuple(users)) for half, users in uses.items())


@dataclass(frozen=True, slots=True)
class WrongWord:
    """``wrong`` should be one of ``right`` unless it stands in one of the contexts ``fine``; ``severity`` is error,
    warning or info."""

    wrong: str
    right: tuple[str, ...]
    severity: str
    fine: tuple[str, ...]
    note: str

    def is_fine(self, text: str, at: int) -> bool:
        """Whether the wrong word at ``text[at]`` is part of a longer word that is right."""
        for context in self.fine:
            inner = context.find(self.wrong)
            while inner >= 0:
                if text.startswith(context, at - inner) and at >= inner:
                    return True
                inner = context.find(self.wrong, inner + 1)
        return False


@dataclass(frozen=True)
class WrongWords:
    words: tuple[WrongWord, ...]

    @cached_property
    def _by_character(self) -> dict[str, tuple[tuple[frozenset[str], WrongWord], ...]]:
        """The words by one of their characters: the rarest within the list, and best one that is not right, so that
        few come up for a text without mistakes."""
        count: dict[str, int] = {}
        for word in self.words:
            for char in word.wrong:
                count[char] = count.get(char, 0) + 1
        groups: dict[str, list[tuple[frozenset[str], WrongWord]]] = {}
        for word in self.words:
            odd = [char for char in word.wrong if char not in word.right[0]] or word.wrong
            rarest = min(odd, key=lambda char: count[char])
            groups.setdefault(rarest, []).append((frozenset(word.wrong), word))
        return {char: tuple(group) for char, group in groups.items()}

    def possible(self, alphabet: frozenset[str]) -> Iterator[WrongWord]:
        """The words that may occur in a text of these characters."""
        groups = self._by_character
        for char in sorted(groups.keys() & alphabet):
            for characters, word in groups[char]:
                if characters <= alphabet:
                    yield word


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of a list, without blank ones and notes that begin with ``#``."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def read_phrases(text: str, path: str) -> Phrases:
    """Fixed phrases from ``phrases.txt``: one a line, variants after ``|``. Raises :class:`DataError`."""
    phrases = []
    seen: dict[str, int] = {}
    for number, line in _lines(text):
        spellings = line.split("|")
        column = 1
        for spelling in spellings:
            if not spelling or spelling != spelling.strip():
                raise DataError(path, number, column, "固定表述前后不能有空格，“|”两边都要有内容")
            if spelling in seen:
                raise DataError(path, number, column, f"“{spelling}”在第 {seen[spelling]} 行已有")
            seen[spelling] = number
            column += len(spelling) + 1
        if len(spellings[0]) < PHRASE_MIN:
            raise DataError(
                path, number, 1,
                f"“{spellings[0]}”太短，只有 {PHRASE_MIN} 个字以上的固定表述才能按差一个字来查；短的写进 wrong_words.tsv",
            )  # fmt: skip
        phrases.append(Phrase(spellings[0], tuple(spellings[1:])))
    return Phrases(tuple(phrases))


def read_wrong_words(text: str, path: str) -> WrongWords:
    """Wrong words from the tab-separated ``wrong_words.tsv``. Raises :class:`DataError`."""
    words = []
    seen: dict[str, int] = {}
    lines = list(_lines(text))
    if not lines or lines[0][1].split("\t") != _HEADER:
        raise DataError(
            path, lines[0][0] if lines else 1, 1, f"第一行应为：{' '.join(_HEADER)}（用制表符分开）"
        )
    for number, line in lines[1:]:
        cells = line.split("\t")
        if not 3 <= len(cells) <= len(_HEADER):
            raise DataError(path, number, 1, f"应有 {len(_HEADER)} 列，现有 {len(cells)} 列")
        # Editors take away tabs at the end of a line.
        cells += [""] * (len(_HEADER) - len(cells))
        wrong, right, severity, fine, note = cells
        columns = [1]
        for cell in cells:
            columns.append(columns[-1] + len(cell) + 1)
        if not wrong or not right:
            raise DataError(path, number, 1, "错误写法和正确写法都要填")
        if wrong in seen:
            raise DataError(path, number, 1, f"“{wrong}”在第 {seen[wrong]} 行已有")
        seen[wrong] = number
        rights = tuple(right.split("|"))
        for spelling in rights:
            if wrong in spelling:
                raise DataError(
                    path, number, columns[1], f"正确写法“{spelling}”里仍有错误写法“{wrong}”"
                )
        if severity not in SEVERITIES:
            raise DataError(
                path, number, columns[2], f"“{severity}”不在允许的写法里：{'、'.join(SEVERITIES)}"
            )
        contexts = tuple(context for context in fine.split("|") if context)
        for context in contexts:
            if wrong not in context:
                raise DataError(path, number, columns[3], f"不算错的语境“{context}”里没有“{wrong}”")
        words.append(WrongWord(wrong, rights, SEVERITIES[severity], contexts, note))
    return WrongWords(tuple(words))


def read_verbs(text: str, path: str) -> frozenset[str]:
    """Two-character verbs from ``sequence_verbs.txt``, several on a line. Raises :class:`DataError`."""
    verbs = set()
    for number, line in _lines(text):
        for verb in line.split():
            if len(verb) != 2:
                raise DataError(
                    path, number, line.index(verb) + 1, f"“{verb}”不是两个字的动词，用空格分开"
                )
            verbs.add(verb)
    return frozenset(verbs)
