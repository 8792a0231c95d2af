"""Which initiatives (举措) the reports name through the years, and what came of them (see :mod:`.passages`).

What is made of the reports of a year is remembered as a whole, so that a build in which little changed goes through little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..corpus import Corpus, Initiative, Memo, Report, in_processes
from ..corpus.memo import WORTH_A_PROCESS, digest_of
from .passages import LETTERS, Passage, passage_length, split_packed, unpack_passage

#: So many sentences of an initiative and a year are kept to be shown, and so many that tell of results.
SHOWN = 60
BEST = 8
#: What names the initiative itself says more than what only stands below its heading (small letters).
_STRONGEST_FIRST = LETTERS + LETTERS.lower()
_NAME = "initiative-years"


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the report it stands in, as ``line`` has it packed: most are only counted."""

    report: Report
    line: str

    @property
    def passage(self) -> Passage:
        return unpack_passage(self.line, self.report.source.text)

    @property
    def length(self) -> int:
        """How many characters its words have."""
        return passage_length(self.line)


@dataclass
class YearRecord:
    """An initiative in the reports of a year: ``count`` sentences, ``units`` how many of each unit, ``reports`` in how many reports,
    ``shown`` the sentences to show in the order of units (at most ``SHOWN``), ``results`` those that tell most of results (at most
    ``BEST``) out of ``results_count``."""

    count: int = 0
    reports: int = 0
    units: dict[str, int] = field(default_factory=dict)
    shown: list[Found] = field(default_factory=list)
    results: list[Found] = field(default_factory=list)
    results_count: int = 0
    spellings: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Neighbour:
    """Another initiative: in how many sentences and in how many sections both are named."""

    initiative: Initiative
    sentences: int
    sections: int


@dataclass(frozen=True)
class SpellingUse:
    """How an initiative was written: in how many sentences, from which year to which."""

    text: str
    count: int
    first: int
    last: int


@dataclass(frozen=True)
class InitiativeRecord:
    """An initiative that is named; ``years`` newest first. ``key`` names all reports that name it, as they are."""

    initiative: Initiative
    years: dict[int, YearRecord]
    neighbours: tuple[Neighbour, ...]
    key: str = ""

    @property
    def count(self) -> int:
        return sum(year.count for year in self.years.values())

    @property
    def reports(self) -> int:
        return sum(year.reports for year in self.years.values())

    @property
    def units(self) -> dict[str, int]:
        """How many sentences of each unit."""
        found: Counter[str] = Counter()
        for year in self.years.values():
            found.update(year.units)
        return dict(found)

    def spelling_uses(self) -> list[SpellingUse]:
        """The spellings in use, the oldest first."""
        years: dict[int, list[int]] = {}
        counts: Counter[int] = Counter()
        for year, record in self.years.items():
            counts.update(record.spellings)
            for number in record.spellings:
                years.setdefault(number, []).append(year)
        written = self.initiative.spellings
        uses = [
            SpellingUse(written[n].text, counts[n], min(years[n]), max(years[n])) for n in years
        ]
        return sorted(uses, key=lambda use: (use.first, use.last, -use.count, use.text))

    def usual_spelling(self, year: int | None = None) -> str:
        """How it is mostly written, in one year or in all; its name where it is not named."""
        counts: Counter[int] = Counter()
        for own, record in self.years.items():
            if year in (None, own):
                counts.update(record.spellings)
        number = min(counts, key=lambda n: (-counts[n], n), default=0)
        return self.initiative.spellings[number].text


@dataclass(frozen=True)
class InitiativeRecords:
    """All initiatives: those that are named with what is said of them, in the order of ``initiatives.yml`` by theme, and the others.

    ``by_report`` are the ids of those a report names, by its name.
    """

    records: dict[str, InitiativeRecord]
    unnamed: tuple[Initiative, ...]
    by_report: dict[str, tuple[str, ...]]
    years: tuple[int, ...]

    def of_unit(self, unit_id: str) -> list[InitiativeRecord]:
        """Those a unit names."""
        return [r for r in self.records.values() if any(unit_id in y.units for y in r.years.values())]  # fmt: skip


def initiative_records(
    corpus: Corpus, memo: Memo, passages: Callable[[], Mapping[str, str]]
) -> InitiativeRecords:
    """What the reports of ``corpus`` (all of which readers may see) say of initiatives. ``passages`` gives the packed answers to ``STUDY``;
    it is asked only where a year changed."""
    years = {str(year): _in_order(corpus, reports) for year, reports in corpus.by_year.items()}
    keys = {
        year: digest_of(f"{SHOWN} {BEST} {''.join(r.key for r in reports)}".encode())
        for year, reports in years.items()
    }

    def make(fresh: Iterable[str]) -> dict[str, Any]:
        answers, chosen = passages(), list(fresh)

        def collect(some: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
            return [(year, _Year(years[year]).collect(answers)) for year in some]

        many = sum(len(years[year]) for year in chosen) >= WORTH_A_PROCESS
        runs = in_processes(collect, chosen, 2 if many else len(chosen) + 1)
        return {year: made for run in runs for year, made in run}

    made = memo.gather_groups(_NAME, keys, make)
    return _put_together(corpus, {int(year): packed for year, packed in made.items()})


def _in_order(corpus: Corpus, reports: Iterable[Report]) -> list[Report]:
    """The reports of a year as they are shown: by unit, then by kind."""
    units = {unit.id: index for index, unit in enumerate(corpus.data.units.units)}
    kinds = {kind.id: index for index, kind in enumerate(corpus.data.kinds.kinds)}
    return sorted(
        reports,
        key=lambda r: (
            units[r.unit.id] if r.unit else -1,
            kinds[r.kind.id] if r.kind else -1,
            r.name,
        ),
    )


# One year, as plain lists, texts and numbers


class _Initiative:
    """What is counted of one initiative in the reports of a year. Passages to show are pairs of a report's name and a line."""

    def __init__(self) -> None:
        self.count = 0
        self.reports = 0
        self.units: dict[str, int] = {}
        self.spellings: Counter[str] = Counter()
        self.shown: list[tuple[str, str]] = []
        self.results_count = 0
        #: By the letter of the kind of result; the place comes first, for the order.
        self.best: dict[str, list[tuple[int, str, str]]] = {}
        self.keys: list[str] = []
        #: For each report (its place) a bit for every passage, and one for every section, that names it.
        self.sentences: list[tuple[int, int]] = []
        self.sections: list[tuple[int, int]] = []

    def results(self) -> list[tuple[str, str]]:
        chosen = [found for letter in _STRONGEST_FIRST for found in self.best.get(letter, ())]
        return [(name, line) for _, name, line in sorted(chosen[:BEST], key=lambda f: f[0])]


class _Year:
    """Goes through the reports of a year in the order in which they are shown."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.found: dict[str, _Initiative] = {}
        self.by_report: dict[str, str] = {}

    def collect(self, answers: Mapping[str, str]) -> dict[str, Any]:
        for place, report in enumerate(self.reports):
            if answers[report.name]:
                self._report(place, report, answers[report.name])
        own = {
            key: [
                i.count, i.reports, i.units, i.spellings, i.shown, i.results_count, i.results(), digest_of("".join(i.keys).encode()),
            ]
            for key, i in self.found.items()
        }  # fmt: skip
        return {"initiatives": own, "pairs": list(self._pairs()), "reports": self.by_report}

    def _report(self, place: int, report: Report, answer: str) -> None:
        assert report.unit is not None  # it is visible
        unit = report.unit.id
        head, passages = split_packed(answer)
        names: list[str] = []
        for line in head:
            key, lines, sections, spellings, results = line.split("\t")
            own = self.found.get(key)
            if own is None:
                own = self.found[key] = _Initiative()
            own.keys.append(report.key)
            if results:
                self._results(place, own, results.split(","), report, passages)
            mask = int(lines, 16)
            if not mask:
                continue
            names.append(key)
            count = mask.bit_count()
            own.count += count
            own.reports += 1
            own.units[unit] = own.units.get(unit, 0) + count
            for use in spellings.split(","):
                number, _, times = use.partition(":")
                own.spellings[number] += int(times)
            for at in range(mask.bit_length()):
                if len(own.shown) == SHOWN:
                    break
                if mask >> at & 1:
                    own.shown.append((report.name, passages[at]))
            own.sentences.append((place, mask))
            own.sections.append((place, int(sections, 16)))
        self.by_report[report.name] = " ".join(names)

    def _results(
        self, place: int, own: _Initiative, results: list[str], report: Report, passages: list[str]
    ) -> None:
        own.results_count += len(results)
        for result in results:
            group = own.best.setdefault(result[0], [])
            if len(group) < BEST:
                number = int(result[1:])
                group.append((place << 16 | number, report.name, passages[number]))

    def _pairs(self) -> Iterable[tuple[str, str, int, int]]:
        """Two initiatives, the sentences and the sections that name both."""
        together = {key: _side_by_side(i.sentences) for key, i in self.found.items()}
        nearby = {key: _side_by_side(i.sections) for key, i in self.found.items()}
        names = sorted(self.found)
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                shared = (nearby[one] & nearby[other]).bit_count()
                if shared:
                    yield one, other, (together[one] & together[other]).bit_count(), shared


#: Bits for the passages of a report; those beyond are counted but know no neighbours.
_ROOM = 128
_FULL = (1 << _ROOM) - 1


def _side_by_side(masks: Sequence[tuple[int, int]]) -> int:
    """The masks of all reports in one row, each report at the same place in every row."""
    size = _ROOM // 8
    row = bytearray(size * (masks[-1][0] + 1)) if masks else bytearray()
    for place, mask in masks:
        row[place * size : (place + 1) * size] = (mask & _FULL).to_bytes(size, "little")
    return int.from_bytes(row, "little")


# All years


def _put_together(corpus: Corpus, years: dict[int, dict[str, Any]]) -> InitiativeRecords:
    listed = corpus.data.initiatives
    found: dict[str, dict[int, YearRecord]] = {}
    keys: dict[str, list[str]] = {}
    together: Counter[tuple[str, str]] = Counter()
    nearby: Counter[tuple[str, str]] = Counter()
    by_report: dict[str, tuple[str, ...]] = {}
    for year in sorted(years, reverse=True):
        for key, packed in years[year]["initiatives"].items():
            found.setdefault(key, {})[year] = _year_record(corpus, packed)
            keys.setdefault(key, []).append(packed[-1])
        for one, other, sentences, sections in years[year]["pairs"]:
            for pair in ((one, other), (other, one)):
                together[pair] += sentences
                nearby[pair] += sections
        by_report.update({name: tuple(names.split()) for name, names in years[year]["reports"].items()})  # fmt: skip
    # A heading that names an initiative counts as a sentence, so what has results is named as well.
    records = {
        i.id: InitiativeRecord(
            i, found[i.id], _neighbours(i.id, listed.initiatives, together, nearby), digest_of("".join(keys[i.id]).encode()),
        )
        for i in listed.initiatives
        if i.id in found
    }  # fmt: skip
    unnamed = tuple(i for i in listed.initiatives if i.id not in records)
    named = sorted({year for own in found.values() for year in own}, reverse=True)
    return InitiativeRecords(records, unnamed, by_report, tuple(named))


def _year_record(corpus: Corpus, packed: list[Any]) -> YearRecord:
    count, reports, units, spellings, shown, results_count, results, _ = packed

    def found(entries: Iterable[tuple[str, str]]) -> list[Found]:
        return [Found(_report(corpus, name), line) for name, line in entries]

    return YearRecord(
        count, reports, dict(units), found(shown), found(results), results_count,
        Counter({int(number): times for number, times in spellings.items()}),
    )  # fmt: skip


def _report(corpus: Corpus, name: str) -> Report:
    report = corpus.find(name)
    assert report is not None  # the key of its year says that it is there
    return report


def _neighbours(
    key: str, listed: Iterable[Initiative], together: Counter[tuple[str, str]], nearby: Counter[tuple[str, str]]
) -> tuple[Neighbour, ...]:  # fmt: skip
    found = [
        Neighbour(other, together[key, other.id], nearby[key, other.id])
        for other in listed
        if nearby[key, other.id]
    ]
    return tuple(sorted(found, key=lambda n: (-n.sentences, -n.sections)))
