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
#: Before a number: it is no count but an ordinal, or the end of a longer number.
_ORDINAL = tuple("第0123456789.,")


@dataclass(frozen=True)
class Results:
    """``cues`` are pairs of kind and cue, in which ``{数}`` stands for a number in digits, ``{几}`` for one in characters and
    ``…`` for a few characters."""

    cues: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _finders(self) -> tuple[tuple[str, _Finder], ...]:
        return tuple((kind, _Finder(self._of(kind))) for kind in RESULT_KINDS)

    @cached_property
    def _never(self) -> _Finder:
        return _Finder(self._of(NOT_A_RESULT))

    def _of(self, kind: str) -> list[str]:
        return [cue for own, cue in self.cues if own == kind]

    def kinds(self, sentence: str) -> tuple[str, ...]:
        """The kinds of results a sentence tells of, the one that says most first; empty when it tells of none or of what is
        only intended."""
        folded = fold_name(sentence)
        found = tuple([kind for kind, finder in self._finders if finder.finds(folded)])
        return () if found and self._never.finds(folded) else found


class _Finder:
    """Looks for cues. Those that begin alike are tried together and only where their first character stands, so that the time
    hardly grows with their number."""

    def __init__(self, cues: Sequence[str]) -> None:
        counted = [cue.removeprefix("{数}") for cue in cues if cue.startswith("{数}")]
        others = [cue for cue in cues if not cue.startswith("{数}")]
        by_first: dict[str, list[str]] = {}
        for cue in _longest_first([cue for cue in others if cue[0] not in "{…"]):
            by_first.setdefault(fold_name(cue[0]), []).append(_compile(cue[1:]))
        words = [f"{re.escape(c)}(?:{'|'.join(rests)})" for c, rests in sorted(by_first.items())]
        places = [_compile(cue) for cue in _longest_first([c for c in others if c[0] in "{…"])]
        self._words = [re.compile("|".join(group)) for group in (words, places) if group]
        units = "|".join(map(_compile, _longest_first(counted)))
        self._number = re.compile(f"{_PLACES['{数}']}(?:{units})") if counted else None

    def finds(self, folded: str) -> bool:
        for pattern in self._words:
            if pattern.search(folded):
                return True
        if self._number is None:
            return False
        for found in self._number.finditer(folded):
            # 第3名 is no count of 3.
            start = found.start()
            if not start or folded[start - 1] not in _ORDINAL:
                return True
        return False


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
