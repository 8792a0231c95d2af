"""How names and terms are read, for finding them by pinyin and initials, and which characters sound alike.

pypinyin reads words by its phrases; ``docs/_data/pinyin.tsv`` corrects it. Syllables are without tones, ü is v.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from typing import Any

from ..corpus import Reading

MISSING = "没有安装 pypinyin：不能用拼音和首字母查找，也不提示同音字"
_HAN = re.compile(r"[㐀-䶿一-鿿]+")


@dataclass(frozen=True)
class Reader:
    """Reads text by pypinyin, which takes a second to open, and the office's ``corrections``."""

    corrections: tuple[Reading, ...]

    @cached_property
    def _module(self) -> Any:
        import pypinyin

        return pypinyin

    @cached_property
    def _corrected(self) -> dict[str, Reading]:
        return {reading.phrase: reading for reading in self.corrections}

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        longest_first = sorted(self._corrected, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    @cached_property
    def _characters(self) -> dict[str, str]:
        return {}

    @cached_property
    def _run_readings(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {}

    def read(self, text: str) -> tuple[tuple[str, ...], ...]:
        """For each character its syllables, the right one first; nothing for what is not Chinese."""
        result: list[tuple[str, ...]] = []
        end = 0
        for run in _HAN.finditer(text):
            result.extend(() for _ in range(run.start() - end))
            result.extend(self._read_run(run[0]))
            end = run.end()
        result.extend(() for _ in range(len(text) - end))
        return tuple(result)

    def _read_run(self, run: str) -> tuple[tuple[str, ...], ...]:
        # Titles differ in year and unit only; their runs recur.
        known = self._run_readings.get(run)
        if known is None:
            known = tuple(self._read_fresh(run))
            self._run_readings[run] = known
        return known

    def _read_fresh(self, run: str) -> Iterable[tuple[str, ...]]:
        # The whole run is read first: a correction must not tear the phrases around it apart.
        syllables = [(s,) for s in self._syllables(run)]
        for found in self._phrases.finditer(run):
            reading = self._corrected[found[0]]
            for at, options in enumerate(zip(reading.syllables, *reading.also, strict=True)):
                syllables[found.start() + at] = tuple(dict.fromkeys(options))
        return syllables

    def _syllables(self, run: str) -> list[str]:
        style = self._module.Style.NORMAL
        return list(self._module.lazy_pinyin(run, style=style, errors=list, v_to_u=False))

    def character(self, char: str) -> str:
        """The syllable of a character on its own; empty when it has none."""
        known = self._characters.get(char)
        if known is None:
            (syllable,) = self._syllables(char) or ("",)
            known = syllable if re.fullmatch("[a-z]+", syllable) else ""
            self._characters[char] = known
        return known


def open_reader(corrections: Sequence[Reading]) -> Reader | None:
    """A reader; ``None`` when pypinyin is not installed."""
    return Reader(tuple(corrections)) if find_spec("pypinyin") else None


@lru_cache(maxsize=1)
def common_readings() -> dict[str, tuple[str, ...]]:
    """Character → the syllables it has in at least three of pypinyin's phrases.

    Its list of readings by character holds archaic ones (市 fu, 机 wei), which would make strangers sound alike.
    """
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict

    plain = lru_cache(maxsize=None)(lambda marked: to_normal(marked, v_to_u=False))
    seen: dict[str, Counter[str]] = {}
    for phrase, readings in phrases_dict.items():
        for char, options in zip(phrase, readings, strict=False):
            seen.setdefault(char, Counter())[plain(options[0])] += 1
    return {
        char: tuple(sorted(s for s, times in counter.items() if times >= 3))
        for char, counter in seen.items()
    }


def readings_table(reader: Reader, characters: Iterable[str]) -> dict[str, str]:
    """Characters by sound, for ``baogao.words.load({readings: …})``.

    ``first``: ``a阿啊ai爱…``, each syllable followed by the characters read so on their own; ``other``: the same for
    further common readings.
    """
    common = common_readings()
    first: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    for char in sorted(set(characters)):
        if not _HAN.fullmatch(char):
            continue
        syllable = reader.character(char)
        if not syllable:
            continue
        first.setdefault(syllable, []).append(char)
        for also in common.get(char, ()):
            if also != syllable:
                other.setdefault(also, []).append(char)
    return {"first": _by_sound(first), "other": _by_sound(other)}


def _by_sound(groups: dict[str, list[str]]) -> str:
    return "".join(syllable + "".join(chars) for syllable, chars in sorted(groups.items()))
