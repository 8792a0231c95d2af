"""The words that tell of a result, as ``docs/_data/results.tsv`` says: honours, ranks, changes, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .spelling import fold_name
from .yaml_data import DataError

#: The kinds of cues, the one that says most first.
RESULT_KINDS = ("表彰", "位次", "变化", "成效", "数字")
#: What makes a sentence no result, whatever else stands in it: intentions and what was not done.
NOT_A_RESULT = "不算"
_HEADER = ["kind", "cue", "note"]
_PLACES = {
    "{数}": r"\d[\d,]{0,12}(?:\.\d{1,4})?[余多]?[百千万亿]{0,2}[余多]?",
    "{几}": r"[一二三四五六七八九十两几半百]{1,3}",
}
_PLACE = re.compile(r"(\{[^{}]*\}|…)")
_GAP = r"[^。！？；]{0,15}?"
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Results:
    """``cues`` are pairs of kind and cue, in which ``{数}`` stands for a number in digits, ``{几}`` for one in characters and
    ``…`` for a few characters."""

    cues: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((kind, self._pattern(kind)) for kind in RESULT_KINDS)

    @cached_property
    def _never(self) -> re.Pattern[str]:
        return self._pattern(NOT_A_RESULT)

    def _pattern(self, kind: str) -> re.Pattern[str]:
        cues = [cue for own, cue in self.cues if own == kind]
        if not cues:
            return _NOTHING
        number = _PLACES["{数}"]
        # The cues that begin with a number share it, so that it is read once.
        units = [cue.removeprefix("{数}") for cue in cues if cue.startswith("{数}")]
        words = [_compile(cue) for cue in _longest_first(cues) if not cue.startswith("{数}")]
        if units:
            after = "|".join(_compile(unit) for unit in _longest_first(units))
            # 第3名 and 2.5 are no counts of 3 and 5.
            words.append(rf"(?<![第\d.,]){number}(?:{after})")
        return re.compile("|".join(words))

    def kinds(self, sentence: str) -> tuple[str, ...]:
        """The kinds of results a sentence tells of, the one that says most first; empty when it tells of none or of what is
        only intended."""
        folded = fold_name(sentence)
        found = tuple(kind for kind, pattern in self._patterns if pattern.search(folded))
        return () if found and self._never.search(folded) else found


def _longest_first(cues: Sequence[str]) -> list[str]:
    return sorted(cues, key=lambda cue: (-len(cue), cue))


def _compile(cue: str) -> str:
    parts = (
        _PLACES[part] if part in _PLACES else _GAP if part == "…" else re.escape(fold_name(part))
        for part in _PLACE.split(cue)
        if part
    )
    return "".join(parts)


def read_results(text: str, path: str) -> Results:
    """Cues from the tab-separated ``results.tsv``; the note may be left out. Raises :class:`DataError`."""
    lines = text.split("\n")
    if lines[0].split("\t") != _HEADER:
        raise DataError(path, 1, 1, f"第一行应为：{' '.join(_HEADER)}（用制表符分开）")
    cues: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    allowed = (*RESULT_KINDS, NOT_A_RESULT)
    for number, line in enumerate(lines[1:], 2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not 2 <= len(cells) <= 3:
            raise DataError(path, number, 1, f"应有 3 列（说明可以不写），现有 {len(cells)} 列")
        kind, cue = cells[:2]
        if kind not in allowed:
            raise DataError(path, number, 1, f"“{kind}”不在允许的类别里：{'、'.join(allowed)}")
        column = len(kind) + 2
        if not cue or cue != cue.strip():
            raise DataError(path, number, column, "字样要填，前后不能有空格")
        for place in _PLACE.findall(cue):
            if place != "…" and place not in _PLACES:
                at = column + cue.index(place)
                raise DataError(
                    path, number, at, f"“{place}”不认识，数字写 {{数}}，汉字数目写 {{几}}"
                )
        if not _PLACE.sub("", cue):
            raise DataError(path, number, column, f"“{cue}”里没有字，会到处都是")
        if cue in seen:
            raise DataError(path, number, column, f"“{cue}”在第 {seen[cue]} 行已有")
        seen[cue] = number
        cues.append((kind, cue))
    return Results(tuple(cues))
