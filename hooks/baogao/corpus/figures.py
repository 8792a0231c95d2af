"""The words figures are read by, and the measures the office follows, as ``docs/_data/figures.yml`` says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .phrases import compile_phrases
from .yaml_data import Node

#: What every figure's unit may be without standing in the list.
PERCENT = "%"


@dataclass(frozen=True)
class FigureUnit:
    """A count word; before one of the characters ``unless`` it is part of another word (场 in 场所)."""

    word: str
    unless: str = ""


@dataclass(frozen=True)
class FigureScope:
    """Whose figure it is, and the words that say so."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class CuratedMeasure:
    """One thing counted through the years, however it is worded; ``theme`` is one of the themes of the file."""

    id: str
    name: str
    theme: str
    units: frozenset[str]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    note: str

    def fits(self, phrase: str, unit: str) -> bool:
        """Whether a figure with ``unit`` that stands in the clause ``phrase`` is one of it."""
        return (
            unit in self.units
            and compile_phrases(self.words).search(phrase) is not None
            and not (self.unless and compile_phrases(self.unless).search(phrase))
        )


@dataclass(frozen=True)
class FigureWords:
    units: tuple[FigureUnit, ...]
    han_not: frozenset[str]
    divisions: tuple[str, ...]
    vague: frozenset[str]
    scopes: tuple[FigureScope, ...]
    merged_units: tuple[tuple[str, ...], ...]
    themes: tuple[str, ...]
    measures: tuple[CuratedMeasure, ...]

    @cached_property
    def _hash(self) -> int:
        return hash((self.units, self.measures, self.divisions, self.scopes))

    def __hash__(self) -> int:
        # Patterns made of these words are looked up by them for every sentence.
        return self._hash

    @cached_property
    def _merged(self) -> dict[str, str]:
        return {unit: group[0] for group in self.merged_units for unit in group}

    def same_unit(self, unit: str) -> str:
        """The first of the units that count as one with ``unit``."""
        return self._merged.get(unit, unit)

    @cached_property
    def scope_names(self) -> dict[str, str]:
        """Whose a figure is, by the words that say so."""
        return {word: scope.name for scope in self.scopes for word in scope.words}

    @cached_property
    def scope_pattern(self) -> re.Pattern[str]:
        """What finds any of these words."""
        longest = sorted(self.scope_names, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, longest)) or "(?!)")

    @cached_property
    def _by_id(self) -> dict[str, CuratedMeasure]:
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return compile_phrases(tuple(word for measure in self.measures for word in measure.words))

    def find(self, phrase: str, unit: str) -> CuratedMeasure | None:
        """The first measure that a figure with ``unit`` in the clause ``phrase`` is one of."""
        if not self._any.search(phrase):
            return None
        return next((measure for measure in self.measures if measure.fits(phrase, unit)), None)

    def measure(self, id: str) -> CuratedMeasure | None:
        return self._by_id.get(id)


def read_figures(root: Node, taken: Iterable[str] = ()) -> FigureWords:
    """The content of ``figures.yml``; a measure may not be called as one of ``taken`` (the ids of units: both name pages).

    Raises :class:`~.yaml_data.DataError`.
    """
    keys = "units", "han_not", "divisions", "vague", "scopes", "merged_units", "themes", "measures"
    top = root.mapping(*keys)
    for key in keys:
        if key not in top:
            raise root.fail(f"缺少“{key}”")
    units = tuple(_read_unit(node) for node in top["units"].sequence())
    known = {unit.word for unit in units} | {PERCENT}
    themes = top["themes"].texts()
    reserved = {*taken, "index", "all"}
    measures: list[CuratedMeasure] = []
    for node in () if top["measures"].empty else top["measures"].sequence():
        measure = _read_measure(node, known, themes)
        if any(measure.id == other.id for other in measures):
            raise node.fail(f"指标短名“{measure.id}”已用过")
        if measure.id in reserved:
            raise node.fail(f"指标短名“{measure.id}”已是单位的短名，网址会相同，换一个")
        measures.append(measure)
    scopes = []
    for node in () if top["scopes"].empty else top["scopes"].sequence():
        entry = node.mapping("name", "words")
        if "name" not in entry or "words" not in entry:
            raise node.fail("每种口径要写 name 和 words")
        scopes.append(FigureScope(entry["name"].text(), entry["words"].texts()))
    return FigureWords(
        units,
        frozenset(_known(top["han_not"], known)),
        top["divisions"].texts(),
        frozenset(top["vague"].texts()),
        tuple(scopes),
        tuple(_known(node, known) for node in top["merged_units"].sequence()),
        themes,
        tuple(measures),
    )


def _known(node: Node, known: set[str]) -> tuple[str, ...]:
    for child in node.sequence():
        if child.text() not in known:
            raise child.fail(f"“{child.text()}”不在 units 里")
    return node.texts()


def _read_unit(node: Node) -> FigureUnit:
    if node.is_text:
        word, unless = node.text(), ""
        place = node
    else:
        entry = node.mapping("word", "not")
        if "word" not in entry or "not" not in entry:
            raise node.fail("量词写一个字，或写 {word: 场, not: 所地}")
        place = entry["word"]
        word, unless = place.text(), entry["not"].text()
    if not re.fullmatch(r"[㐀-鿿]{1,4}", word):
        raise place.fail(f"“{word}”不是量词，只写汉字，一到四个")
    return FigureUnit(word, unless)


def _read_measure(node: Node, known: set[str], themes: tuple[str, ...]) -> CuratedMeasure:
    entry = node.mapping("id", "name", "theme", "units", "words", "except", "note")
    for key in ("id", "name", "theme", "units", "words"):
        if key not in entry:
            raise node.fail(f"每项指标要写 id、name、theme、units、words，这里缺少“{key}”")
    id = entry["id"].text()
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", id):
        raise entry["id"].fail(f"指标短名“{id}”只能用小写字母、数字和连字符")
    words = entry["words"].texts()
    if not words or not all(len(word.replace("…", "")) >= 2 for word in words):
        raise entry["words"].fail("至少写一种写法，每种不少于两个字")
    units = []
    for child in entry["units"].sequence():
        if child.text() not in known:
            raise child.fail(f"“{child.text()}”不在 units 里")
        units.append(child.text())
    if not units:
        raise entry["units"].fail("至少写一个量词")
    return CuratedMeasure(
        id,
        entry["name"].text(),
        entry["theme"].choice(*themes),
        frozenset(units),
        words,
        entry["except"].texts() if "except" in entry else (),
        entry["note"].text() if "note" in entry else "",
    )
