"""数据: the figures of the reports, and how the same measure moved through the years.

A report's figures are read once (:data:`FIGURES`). Counts of punishments so small that they point at somebody are left out where
they are read, with everything they could be worked out from, so that no page, table or memory holds them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from ..corpus import (
    Corpus,
    CuratedMeasure,
    Data,
    FigureWords,
    Memo,
    Report,
    Statement,
    Study,
    pack_json,
    statements,
)
from ..corpus.confidential import Discipline
from .figure_grammar import Sighting, find_figures
from .figure_heads import Head, read_heads

Kind = Literal["now", "before", "change", "plan"]
#: A noun that ends another's (先锋岗, 党员先锋岗) is the same measure from this length on; beside the same verb two characters do.
_ENOUGH = 3
_ENOUGH_WITH_VERB = 2


class Figure(NamedTuple):
    """One figure of a report.

    ``year`` is the year it tells of, ``anchor`` that of its section, ``sentence`` the whole sentence, of which ``text`` is the figure
    as written, which begins at ``at``; ``label`` what it counts, in the report's words. ``low`` and ``high`` (in the base ``unit``: 万元 is 元, 成 is %) differ
    for a range; both are None for a gap (XX人次), and for what is ``withheld``: ``small`` (a count that points at somebody) or
    ``with`` (what would give such a count away). Then ``text`` and ``sentence`` are empty. ``kind`` says whether it is this
    year's (``now``), an earlier value, a difference or a plan; ``measure`` is the id of a measure of ``figures.yml``, or empty; ``scope`` whose figure it is, where that is said.
    """

    report: str
    year: int
    anchor: str
    sentence: str
    at: int
    text: str
    low: float | None
    high: float | None
    unit: str
    approx: str
    kind: str
    label: str
    verb: str
    noun: str
    measure: str
    scope: str
    withheld: str

    @property
    def gap(self) -> bool:
        """Whether it is still to be filled in or masked."""
        return self.low is None and not self.withheld

    @property
    def value(self) -> float | None:
        """The number; the middle of a range."""
        if self.low is None or self.high is None:
            return None
        return self.low if self.low == self.high else (self.low + self.high) / 2


class Key(NamedTuple):
    """What makes two figures one measure: an id of ``figures.yml``, or verb and noun; and the unit."""

    measure: str
    verb: str
    noun: str
    unit: str


def figures_of(report: Report) -> tuple[Figure, ...]:
    """The figures of ``report``, in order, what must not be shown left out."""
    if report.content_year is None:
        return ()
    data = report.data
    found = [
        (statement, *read)
        for statement in statements(report)
        for read in read_statement(statement, data)
    ]
    small = data.confidential.discipline
    hidden = any(punishes and _points(sighting, small) for _, sighting, _, punishes in found)
    withheld = [
        _withheld(sighting, head, punishes, hidden, small) if punishes else ""
        for _, sighting, head, punishes in found
    ]
    silent = {id(statement) for (statement, *_), why in zip(found, withheld, strict=True) if why}
    return tuple(
        _figure(report, report.content_year, statement, sighting, head, id(statement) in silent, why)
        for (statement, sighting, head, _), why in zip(found, withheld, strict=True)
    )  # fmt: skip


def read_statement(statement: Statement, data: Data) -> Iterator[tuple[Sighting, Head, bool]]:
    """The figures of a sentence, each with its head and whether it counts punishments."""
    sightings = list(find_figures(statement.text, data.figures))
    if not sightings:
        return
    roles = data.kinds.roles
    ahead = statement.role is not None and roles[statement.role].ahead
    heads = read_heads(statement.text, sightings, data.figures, ahead)
    punishing = _punishing(statement.text, sightings, data.confidential.discipline)
    yield from zip(sightings, heads, punishing, strict=True)


def _figure(
    report: Report, year: int, statement: Statement, sighting: Sighting, head: Head, silent: bool, withheld: str
) -> Figure:  # fmt: skip
    measure = _measure(report.data.figures, head, sighting.unit)
    return Figure(
        report.name, year, statement.anchor,
        "" if silent else statement.text,
        -1 if silent else sighting.start,
        "" if withheld else statement.text[sighting.start : sighting.end],
        None if withheld else sighting.low,
        None if withheld else sighting.high,
        sighting.unit,
        "" if withheld else sighting.approx,
        head.kind, head.label, head.verb, head.noun, measure, head.scope, withheld,
    )  # fmt: skip


def _measure(words: FigureWords, head: Head, unit: str) -> str:
    if "（其中）" in head.label:
        return ""
    measure = words.find(head.phrase, unit)
    return measure.id if measure else ""


# What must not be shown

_CLAUSE = re.compile(r"[，。；！？]")
_RECEIVES = re.compile(r"(?:均|都|分别|已)?(?:受到?|被|给予|予以|作出)")


def _punishing(text: str, sightings: Sequence[Sighting], discipline: Discipline) -> Iterable[bool]:
    """Whether each figure counts punishments or the punished: its clause says so, or the clause beside it that it belongs to."""
    if not discipline.pattern.search(text):
        return [False] * len(sightings)
    return _punishments(text, sightings, discipline.pattern)


def _punishments(
    text: str, sightings: Sequence[Sighting], words: re.Pattern[str]
) -> Iterator[bool]:
    ends = [found.end() for found in _CLAUSE.finditer(text)]
    starts = [0, *(end for end in ends if end < len(text))]
    spans = list(zip(starts, [*starts[1:], len(text)], strict=True))
    says = [words.search(text, *span) is not None for span in spans]
    before = False
    last = -1
    for sighting in sightings:
        at = bisect_right(starts, sighting.start) - 1
        start, _ = spans[at]
        lead = text[start : sighting.start]
        beside = (before and at - last <= 1) or (at > 0 and says[at - 1])
        goes_on = len(lead) <= 6 or lead.startswith(("其中", "包括", "涉及"))
        received = (
            at + 1 < len(spans)
            and says[at + 1]
            and _RECEIVES.match(text, spans[at + 1][0]) is not None
        )
        found = says[at] or received or (beside and goes_on)
        if found:
            last = at
        before = found
        yield found


def _points(sighting: Sighting, discipline: Discipline) -> bool:
    """Whether a count is so small that it points at somebody."""
    return (
        sighting.unit in discipline.counters
        and sighting.low is not None
        and 0 < sighting.low <= discipline.small
    )


def _withheld(
    sighting: Sighting, head: Head, punishes: bool, hidden: bool, discipline: Discipline
) -> str:
    """``small``, ``with`` or empty. Beside a small count all counts of punishments of the report go, or it could be worked out
    from them; an earlier value or a difference could give away that of another year."""
    if not punishes or sighting.gap:
        return ""
    if _points(sighting, discipline):
        return "small"
    return "with" if hidden or head.kind in ("before", "change") else ""


# Remembering


def pack(figures: Sequence[Figure], text: str) -> str:
    """The figures of a report as one line: year and, for each sentence, anchor, place and figures.

    A city's reports have a million figures. Most sentences stand in the file as a reader sees them; of these the place in ``text``, the
    file, is kept, and of a figure the place in its sentence.
    """
    if not figures:
        return ""
    groups: list[list[Any]] = []
    last: tuple[str, str] | None = None
    at = 0
    for f in figures:
        sentence = f.sentence
        if last != (f.anchor, sentence):
            last = f.anchor, sentence
            found = text.find(sentence, at) if sentence else -1
            if found >= 0:
                at = found
            place = [found, len(sentence)] if found >= 0 else sentence
            groups.append([f.anchor, place])
        size = len(f.text)
        words = size if sentence[f.at : f.at + size] == f.text else f.text
        short = [f.at, words, f.low, f.unit, f.label, f.verb, f.noun]
        rest = f[7:8] + f[9:11] + f[14:]
        groups[-1].append(short if rest == (f.low, *_USUAL) else [*short, *rest])
    return pack_json([figures[0].year, groups])


#: Approximation, kind, measure, scope and what is withheld, of most figures; these are not kept.
_USUAL = ("", "now", "", "", "")


def unpack(packed: str, name: str, text: str) -> tuple[Figure, ...]:
    """What :func:`pack` packed, of the report called ``name`` with that text."""
    if not packed:
        return ()
    year, groups = json.loads(packed)
    found: list[Figure] = []
    for anchor, place, *figures in groups:
        sentence = place if isinstance(place, str) else text[place[0] : place[0] + place[1]]
        for at, words, low, unit, label, verb, noun, *rest in figures:
            high, approx, kind, measure, scope, withheld = rest or (low, *_USUAL)
            written = words if isinstance(words, str) else sentence[at : at + words]
            found.append(
                Figure(
                    name, year, anchor, sentence, at, written, low, high, unit, approx, kind, label, verb, noun,
                    measure, scope, withheld,
                )
            )  # fmt: skip
    return tuple(found)


#: Two studies ask for them, one after the other.
_figures_once = lru_cache(maxsize=1)(figures_of)


def _as_it_is(packed: str) -> str:
    return packed


FIGURES: Study[str] = Study(
    "figures",
    lambda report, _: pack(_figures_once(report), report.source.text),
    _as_it_is,
    _as_it_is,
    left=True,
)


# The same measure


@dataclass(frozen=True)
class Series:
    """One measure of one unit through the years: ``label`` as the latest report words it, ``years`` its figures of each year
    (this year's only), ``unit`` what it is counted in."""

    unit_id: str
    key: Key
    label: str
    unit: str
    years: tuple[tuple[int, tuple[Figure, ...]], ...]

    @cached_property
    def of_year(self) -> dict[int, tuple[Figure, ...]]:
        return dict(self.years)

    def value(self, year: int) -> float | None:
        """The number of ``year``; None where there is none, or where the reports give more than one."""
        values = {figure.value for figure in self.of_year.get(year, ())}
        return values.pop() if len(values) == 1 else None


@dataclass(frozen=True)
class Change:
    """The same measure in a report and its predecessor. ``certain`` where ``figures.yml`` or the very same words say so; else it is
    guessed from verb and noun."""

    label: str
    unit: str
    earlier: Figure
    later: Figure
    certain: bool


@dataclass(frozen=True)
class Uncurated:
    """A measure that is not in ``figures.yml``: in how many years and units it occurs, and one of its figures."""

    label: str
    unit: str
    years: int
    units: int
    count: int
    example: Figure


@dataclass
class Figures:
    """The figures of all reports. ``packed`` has those of each, by its name."""

    corpus: Corpus
    packed: Mapping[str, str]
    _series: dict[str, tuple[Series, ...]] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> FigureWords:
        return self.corpus.data.figures

    def of(self, report: Report) -> tuple[Figure, ...]:
        """The figures of a report, in order."""
        return unpack(self.packed.get(report.name, ""), report.name, report.source.text)

    def key(self, figure: Figure) -> Key:
        unit = self.words.same_unit(figure.unit)
        if figure.measure:
            return Key(figure.measure, "", "", unit)
        return Key("", figure.verb, figure.noun, unit)

    def _telling(self, key: Key) -> bool:
        """Whether the words of a figure say what it counts."""
        vague = self.words.vague
        return bool(key.measure or (key.noun and (key.verb or key.noun not in vague)))

    def of_unit(self, unit_id: str) -> tuple[Series, ...]:
        """The series of a unit: curated measures in the order of the file, then what recurs in two years or more, what recurs most
        first."""
        if unit_id not in self._series:
            reports = self.corpus.by_unit.get(unit_id, ())
            self._series[unit_id] = self._series_of(unit_id, reports)
        return self._series[unit_id]

    def _series_of(self, unit_id: str, reports: Iterable[Report]) -> tuple[Series, ...]:
        figures = [f for report in reports for f in self.of(report) if f.kind == "now"]
        keys = [self.key(figure) for figure in figures]
        same = merged(keys)
        groups: dict[Key, list[Figure]] = {}
        for figure, key in zip(figures, keys, strict=True):
            if self._telling(key):
                groups.setdefault(same[key], []).append(figure)
        order = {measure.id: index for index, measure in enumerate(self.words.measures)}
        made = [
            self._made(unit_id, key, group)
            for key, group in groups.items()
            if key.measure or any(figure.year != group[0].year for figure in group)
        ]
        made.sort(
            key=lambda s: (order.get(s.key.measure, len(order)), -len(s.years), -s.years[-1][0])
        )
        return tuple(made)

    def _made(self, unit_id: str, key: Key, figures: list[Figure]) -> Series:
        years: dict[int, dict[tuple[object, ...], Figure]] = {}
        for figure in figures:
            # The same number told twice in a year is one.
            years.setdefault(figure.year, {}).setdefault(
                (figure.low, figure.high, figure.withheld), figure
            )
        latest = max(figures, key=lambda figure: figure.year)
        measure = self.words.measure(key.measure)
        return Series(
            unit_id, key, measure.name if measure else latest.label, key.unit,
            tuple((year, tuple(years[year].values())) for year in sorted(years)),
        )  # fmt: skip

    @cached_property
    def by_measure(self) -> dict[str, tuple[Series, ...]]:
        """The series of each curated measure that occurs, in the order of the file; within it in the order of units."""
        found: dict[str, list[Series]] = {measure.id: [] for measure in self.words.measures}
        for unit_id in self.corpus.by_unit:
            for one in self.of_unit(unit_id):
                if one.key.measure:
                    found[one.key.measure].append(one)
        return {id: tuple(series) for id, series in found.items() if series}

    def measure(self, id: str) -> CuratedMeasure:
        measure = self.words.measure(id)
        if measure is None:
            raise KeyError(id)
        return measure

    def changes(self, report: Report, predecessor: Report) -> tuple[Change, ...]:
        """Measures that both reports give one number for, in the order of the later report."""
        later = [f for f in self.of(report) if f.kind == "now" and f.value is not None]
        earlier = [f for f in self.of(predecessor) if f.kind == "now" and f.value is not None]
        same = merged([self.key(figure) for figure in [*earlier, *later]])

        def single(figures: list[Figure]) -> dict[Key, Figure]:
            groups: dict[Key, dict[float | None, Figure]] = {}
            for figure in figures:
                key = self.key(figure)
                if self._telling(key):
                    groups.setdefault(same[key], {}).setdefault(figure.value, figure)
            return {key: next(iter(g.values())) for key, g in groups.items() if len(g) == 1}

        before = single(earlier)
        return tuple(
            Change(
                self._label(key, figure),
                figure.unit,
                before[key],
                figure,
                bool(key.measure) or figure.label == before[key].label,
            )
            for key, figure in single(later).items()
            if key in before
        )

    def _label(self, key: Key, figure: Figure) -> str:
        measure = self.words.measure(key.measure)
        return measure.name if measure else figure.label

    def uncurated(self, least: int = 2) -> tuple[Uncurated, ...]:
        """Measures not in ``figures.yml`` that one unit gives in at least ``least`` years, the most frequent first."""
        groups: dict[tuple[str, str, str], list[Series]] = {}
        for unit_id in self.corpus.by_unit:
            for one in self.of_unit(unit_id):
                if not one.key.measure and len(one.years) >= least:
                    groups.setdefault((one.key.verb, one.key.noun, one.key.unit), []).append(one)
        made = [
            Uncurated(
                group[0].label, group[0].unit, len({year for one in group for year, _ in one.years}), len(group),
                sum(len(figures) for one in group for _, figures in one.years), group[0].years[-1][1][0],
            )
            for group in groups.values()
        ]  # fmt: skip
        return tuple(sorted(made, key=lambda one: (-one.count, -one.years, one.label, one.unit)))


def merged(keys: Iterable[Key]) -> dict[Key, Key]:
    """For each key the one it is the same measure as: that whose noun ends it, beside the same verb and unit."""
    known = set(keys)
    nouns: dict[tuple[str, str], set[str]] = {}
    for _, verb, noun, unit in known:
        nouns.setdefault((verb, unit), set()).add(noun)
    return {key: _shortest(key, nouns[key.verb, key.unit]) for key in known}


def _shortest(key: Key, nouns: set[str]) -> Key:
    noun = key.noun
    if "的" not in noun:
        for size in range(_ENOUGH_WITH_VERB if key.verb else _ENOUGH, len(noun)):
            if noun[-size:] in nouns:
                return key._replace(noun=noun[-size:])
    return key


def notes(series: Series) -> tuple[str, ...]:
    """What a reader must know before comparing the numbers of ``series`` (口径)."""
    told: list[str] = []
    units = {year: Counter(f.unit for f in figures) for year, figures in series.years}
    used = sorted({unit for counter in units.values() for unit in counter})
    if len(used) > 1:
        told.append(f"量词不一：{_by(units)}")
    scopes = {year: Counter(f.scope for f in figures if f.scope) for year, figures in series.years}
    if len({scope for counter in scopes.values() for scope in counter}) > 1:
        told.append(f"口径不一：{_by(scopes)}")
    several = [year for year, figures in series.years if len({f.value for f in figures}) > 1]
    if several:
        told.append(f"{_years(several)}不止一个数，未连线")
    gaps = [year for year, figures in series.years if any(f.gap for f in figures)]
    if gaps:
        told.append(f"{_years(gaps)}待填或脱敏")
    hidden = [year for year, figures in series.years if any(f.withheld for f in figures)]
    if hidden:
        told.append(f"{_years(hidden)}从略：人数很少，写出来等于点名")
    return tuple(told)


def _by(words: dict[int, Counter[str]]) -> str:
    """``2019年“人次”，2020年“人”``; years of one wording together."""
    runs: list[tuple[list[int], str]] = []
    for year, counter in words.items():
        shown = "、".join(f"“{word}”" for word in sorted(counter))
        if not shown:
            continue
        if runs and runs[-1][1] == shown:
            runs[-1][0].append(year)
        else:
            runs.append(([year], shown))
    return "，".join(f"{_years(years)}{shown}" for years, shown in runs)


def _years(years: Sequence[int]) -> str:
    return "、".join(str(year) for year in years) + "年"


def read_all(corpus: Corpus, memo: Memo) -> Figures:
    """The figures of what readers may see."""
    return Figures(corpus, memo.gather(FIGURES, corpus.reports))


@dataclass(frozen=True)
class Measures:
    """The figures of the measures of ``figures.yml`` and no others, and how many figures each report has: all that the pages across
    units need, a small part of all there is to read."""

    figures: Figures
    counts: dict[str, int]


def _read_measures(report: Report) -> tuple[int, str]:
    found = _figures_once(report)
    curated = [figure for figure in found if figure.measure and figure.kind == "now"]
    return len(found), pack(curated, report.source.text)


def _unpack_measures(packed: str) -> tuple[int, str]:
    count, _, figures = packed.partition(" ")
    return int(count), figures


#: How many figures a report has, and those of measures of ``figures.yml``.
MEASURES: Study[tuple[int, str]] = Study(
    "measures",
    lambda report, _: _read_measures(report),
    lambda found: f"{found[0]} {found[1]}",
    _unpack_measures,
)


def read_measures(corpus: Corpus, memo: Memo) -> Measures:
    """The figures of the curated measures, without reading the others."""
    answers = memo.gather(MEASURES, corpus.reports)
    return Measures(
        Figures(corpus, {name: packed for name, (_, packed) in answers.items()}),
        {name: count for name, (count, _) in answers.items()},
    )
