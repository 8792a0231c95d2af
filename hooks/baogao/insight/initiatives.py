"""Which initiatives (举措) the reports name, sentence by sentence, and what they say came of them.

A sentence counts once for every initiative it names, headings of their own line count as sentences. What came of an initiative is told by
sentences that name it together with a figure, an honour, a rank or another cue of ``results.tsv``, outside of the sections on problems,
causes and plans; and, as a guess, by sentences that name none but stand under a heading that names this one alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..corpus import (
    RESULT_KINDS,
    Corpus,
    Initiative,
    InitiativeMention,
    Memo,
    Report,
    Section,
    Study,
)
from ..corpus.memo import digest_of
from .statements import Statement, statements

#: Longer sentences are cut to so many characters around the first name in them.
LONGEST = 200
#: So many sentences of an initiative and a year are kept to be shown, and so many that tell of results.
SHOWN = 60
BEST = 8
#: Sections that tell what went wrong, whatever figures stand in them.
_NO_RESULT = ("problem", "cause", "unfinished")
_LETTERS = "ABCDE"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence about initiatives.

    ``names`` are the ids of those it names with the number of the spelling; ``topic`` is the id of the one its section's heading names,
    where it names none itself. ``results`` are kinds of results (see ``RESULT_KINDS``), the one that says most first.
    ``role`` is what its section is, empty when not known.
    """

    anchor: str
    role: str
    text: str
    names: tuple[tuple[str, int], ...]
    topic: str
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the report it stands in."""

    report: Report
    passage: Passage


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


def initiative_records(corpus: Corpus, memo: Memo) -> InitiativeRecords:
    """What the reports of ``corpus`` (all of which readers may see) say of initiatives."""
    return _Collector(corpus).collect(memo.gather(STUDY, corpus.reports))


# One report


def read_passages(report: Report) -> tuple[Passage, ...]:
    """The sentences of a report about initiatives, in order."""
    find = report.data.initiatives.find
    year = report.content_year
    found: list[Passage] = []
    topics = _topics(report)
    for statement in _told(report):
        mentions = find(statement.text, year)
        topic = "" if mentions else topics.get(statement.anchor, "")
        if not mentions and not topic:
            continue
        results = _results(report, statement)
        if mentions or results:
            names = {m.initiative.id: m.spelling for m in reversed(mentions)}
            text = _shortened(statement.text, mentions)
            found.append(
                Passage(statement.anchor, statement.role or "", text, tuple(sorted(names.items())), topic, results)
            )  # fmt: skip
    return tuple(found)


def _told(report: Report) -> Iterator[Statement]:
    """The sentences of a report and its headings, in order."""
    headings = {s.start: s for s in report.walk() if not s.run_in}
    tops = {id(s): top.title for top in report.sections for s in top.walk()}
    waiting = sorted(headings)
    for statement in statements(report):
        while waiting and waiting[0] < statement.block.start:
            yield _heading(headings[waiting.pop(0)], tops)
        yield statement
    yield from (_heading(headings[start], tops) for start in waiting)


def _heading(section: Section, tops: dict[int, str]) -> Statement:
    text = section.heading.plain
    return Statement(text, 0, section.heading, section.anchor, section.role, tops[id(section)])


def _topics(report: Report) -> dict[str, str]:
    """The initiative a section is about, by the section's anchor, where its heading names one alone."""
    found: dict[str, str] = {}
    for section in report.walk():
        mentions = report.data.initiatives.find(section.heading_text, report.content_year)
        named = {m.initiative.id for m in mentions}
        if len(named) == 1:
            found[section.anchor] = named.pop()
    return found


def _results(report: Report, statement: Statement) -> tuple[str, ...]:
    role = report.data.kinds.roles.get(statement.role or "")
    if role is not None and (role.ahead or role.id in _NO_RESULT):
        return ()
    return report.data.results.kinds(statement.text)


def _shortened(text: str, mentions: Sequence[InitiativeMention]) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    start = max(0, min(mentions[0].start - LONGEST // 3, len(text) - LONGEST)) if mentions else 0
    end = start + LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


# The memory keeps text: a line for each initiative of the report, an empty line, a line for each passage. What is counted across reports is
# in the former, so that of a large corpus only those passages are taken apart that are shown.


def _pack(passages: Sequence[Passage]) -> str:
    if not passages:
        return ""
    anchors = list(dict.fromkeys(p.anchor for p in passages))
    lines: dict[str, int] = {}
    sections: dict[str, int] = {}
    spellings: dict[str, Counter[int]] = {}
    results: dict[str, list[str]] = {}
    for number, passage in enumerate(passages):
        for key, spelling in passage.names:
            lines[key] = lines.get(key, 0) | 1 << number
            sections[key] = sections.get(key, 0) | 1 << anchors.index(passage.anchor)
            spellings.setdefault(key, Counter())[spelling] += 1
        if passage.results:
            letter = _LETTERS[RESULT_KINDS.index(passage.results[0])]
            for key, _ in passage.names:
                results.setdefault(key, []).append(f"{letter}{number}")
            if passage.topic:
                results.setdefault(passage.topic, []).append(f"{letter.lower()}{number}")
    head = (
        "\t".join(
            (
                key, f"{lines.get(key, 0):x}", f"{sections.get(key, 0):x}",
                ",".join(f"{n}:{count}" for n, count in sorted(spellings.get(key, {}).items())),
                ",".join(results.get(key, ())),
            )
        )
        for key in sorted({*lines, *results})
    )  # fmt: skip
    body = (
        "\t".join(
            (
                p.anchor, p.role, p.topic, ",".join(p.results),
                ",".join(f"{key}:{number}" for key, number in p.names), p.text,
            )
        )
        for p in passages
    )  # fmt: skip
    return "\n".join((*head, "", *body))


def _unpack_line(line: str) -> Passage:
    anchor, role, topic, results, names, text = line.split("\t")
    pairs = (name.split(":") for name in names.split(",") if name)
    return Passage(
        anchor, role, text, tuple((key, int(number)) for key, number in pairs), topic,
        tuple(kind for kind in results.split(",") if kind),
    )  # fmt: skip


#: Its answers are the packed text itself.
STUDY: Study[str] = Study("initiatives", lambda r: _pack(read_passages(r)), str, str)


# All reports


class _Collector:
    """Goes through all reports once, in the order in which they are shown."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.initiatives = corpus.data.initiatives
        self.years: dict[str, dict[int, YearRecord]] = {}
        self.best: dict[tuple[str, int], dict[str, list[tuple[int, Found]]]] = {}
        #: For each initiative a bit for every passage, and one for every section, that names it.
        self.sentences: dict[str, _Bits] = {}
        self.sections: dict[str, _Bits] = {}
        self.by_report: dict[str, tuple[str, ...]] = {}
        self.keys: dict[str, list[str]] = {}

    def collect(self, answers: dict[str, str]) -> InitiativeRecords:
        for place, report in enumerate(self._ordered()):
            if answers[report.name]:
                self._report(place, report, answers[report.name])
        for (key, year), groups in self.best.items():
            chosen = [found for letter in _STRONGEST_FIRST for found in groups.get(letter, ())]
            chosen = sorted(chosen[:BEST], key=lambda entry: entry[0])
            self.years[key][year].results = [found for _, found in chosen]
        named = {key: years for key, years in self.years.items() if any(y.count for y in years.values())}  # fmt: skip
        together = {key: bits.whole() for key, bits in self.sentences.items()}
        nearby = {key: bits.whole() for key, bits in self.sections.items()}
        records = {
            i.id: InitiativeRecord(
                i,
                named[i.id],
                self._neighbours(i.id, together, nearby),
                digest_of("".join(self.keys[i.id]).encode()),
            )
            for i in self.initiatives.initiatives
            if i.id in named
        }
        unnamed = tuple(i for i in self.initiatives.initiatives if i.id not in records)
        years = sorted({year for own in named.values() for year in own}, reverse=True)
        return InitiativeRecords(records, unnamed, self.by_report, tuple(years))

    def _ordered(self) -> list[Report]:
        units = {unit.id: index for index, unit in enumerate(self.corpus.data.units.units)}
        kinds = {kind.id: index for index, kind in enumerate(self.corpus.data.kinds.kinds)}
        return sorted(
            self.corpus.reports,
            key=lambda r: (
                -(r.year or 0),
                units[r.unit.id] if r.unit else -1,
                kinds[r.kind.id] if r.kind else -1,
                r.name,
            ),
        )

    def _report(self, place: int, report: Report, answer: str) -> None:
        assert report.year is not None and report.unit is not None  # it is visible
        year, unit = report.year, report.unit.id
        head, _, body = answer.partition("\n\n")
        passages = _Passages(report, body)
        names: list[str] = []
        for line in head.split("\n"):
            key, lines, sections, spellings, results = line.split("\t")
            years = self.years.setdefault(key, {})
            self.keys.setdefault(key, []).append(report.key)
            record = years.get(year)
            if record is None:
                record = years[year] = YearRecord()
                self.sentences.setdefault(key, _Bits())
                self.sections.setdefault(key, _Bits())
            if results:
                self._results(place, key, year, results.split(","), record, passages)
            mask = int(lines, 16)
            if not mask:
                continue
            names.append(key)
            count = mask.bit_count()
            record.count += count
            record.reports += 1
            record.units[unit] = record.units.get(unit, 0) + count
            for use in spellings.split(","):
                number, _, times = use.partition(":")
                record.spellings[int(number)] += int(times)
            if len(record.shown) < SHOWN:
                record.shown += passages.chosen(mask)[: SHOWN - len(record.shown)]
            self.sentences[key].add(place, mask)
            self.sections[key].add(place, int(sections, 16))
        self.by_report[report.name] = tuple(names)

    def _results(
        self, place: int, key: str, year: int, results: list[str], record: YearRecord, passages: _Passages
    ) -> None:  # fmt: skip
        record.results_count += len(results)
        groups = self.best.setdefault((key, year), {})
        for result in results:
            group = groups.setdefault(result[0], [])
            if len(group) < BEST:
                number = int(result[1:])
                group.append((place << 16 | number, passages[number]))

    def _neighbours(
        self, key: str, together: dict[str, int], nearby: dict[str, int]
    ) -> tuple[Neighbour, ...]:
        found = [
            Neighbour(other, (together[key] & together[other.id]).bit_count(), shared)
            for other in self.initiatives.initiatives
            if other.id != key and other.id in nearby
            and (shared := (nearby[key] & nearby[other.id]).bit_count())
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda n: (-n.sentences, -n.sections)))


class _Passages:
    """The passages of a report, taken apart when they are asked for."""

    def __init__(self, report: Report, body: str) -> None:
        self._report = report
        self._body = body
        self._lines: list[str] | None = None

    def __getitem__(self, number: int) -> Found:
        if self._lines is None:
            self._lines = self._body.split("\n")
        return Found(self._report, _unpack_line(self._lines[number]))

    def chosen(self, mask: int) -> list[Found]:
        """Those whose bit is set."""
        return [self[number] for number in range(mask.bit_length()) if mask >> number & 1]


class _Bits:
    """A row of bits, put together of masks of single reports."""

    def __init__(self) -> None:
        self._masks: list[tuple[int, int]] = []

    def add(self, place: int, mask: int) -> None:
        self._masks.append((place, mask))

    def whole(self) -> int:
        """All masks side by side, each report at the same place in every row."""
        size = _ROOM // 8
        row = bytearray(size * (self._masks[-1][0] + 1)) if self._masks else bytearray()
        for place, mask in self._masks:
            row[place * size : (place + 1) * size] = (mask & _FULL).to_bytes(size, "little")
        return int.from_bytes(row, "little")


#: Bits for the passages of a report; those beyond are counted but know no neighbours.
_ROOM = 128
_FULL = (1 << _ROOM) - 1
#: What names the initiative itself says more than what only stands below its heading (small letters).
_STRONGEST_FIRST = _LETTERS + _LETTERS.lower()
