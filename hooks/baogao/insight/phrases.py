"""新提法 and 旧提法: set phrases that came into use in a year, and those that went out of it, across all units.

What counts as a phrase is found mechanically: entries of ``terms.txt`` and ``phrases.txt``, words that a year's reports put into quotation marks often enough,
titles in 《》, and short clauses that stand between two punctuation marks.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, Literal, NamedTuple, TypeVar

from ..corpus import Corpus, Data, Memo, Report, Study, pack_json
from ..corpus.memo import collector_at_rest, digest_of

T = TypeVar("T")

#: A phrase has to stand in at least so many reports of the year, and in at least this share of them: in a large library two
#: reports are no trend.
AT_LEAST, SHARE = 2, 0.01
TERM, QUOTED, CLAUSE, TITLE = "词表", "引号", "短句", "文件"

_COPIES = 200
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MAIN_HEADING = re.compile(r"^##? .*$", re.MULTILINE)
_SOFT_END = re.compile(r"(?<=[^\s|])\n(?=[^\s#>|*+\-])")
_QUOTED = re.compile(r"“([^“”‘’。！？；\n|]{2,20})”")
_TITLE = re.compile(r"《([^《》\n|]{2,60})》")
_OWN_YEAR = re.compile(r"[12]\d{3}年度?|（试行）|\(试行\)")
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_MASKED = re.compile(r"[XxＸ×某□○_]|^[\d\W]+$")
#: Whole clauses of 5 to 10 Han characters; shorter ones are words, longer ones hardly recur.
_CLAUSE = re.compile(
    r"(?<![^，。；：！？、“”‘’（）\s|])(?:[一二三四五六七八九十]{1,3}(?:是|要))?([㐀-䶿一-鿿]{5,10})(?=[，。；：！？、“”‘’（）\s|]|$)"
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What stands in one report, each once: words in quotation marks, titles as written, short clauses, and the numbers of entries."""

    quoted: tuple[str, ...]
    titles: tuple[str, ...]
    clauses: tuple[str, ...]
    entries: tuple[int, ...]


class PhraseUse(NamedTuple):
    """A phrase in the year that matters: ``kind`` is how it was found, ``reports`` the names of the reports of that year with it
    that have something to be compared with, ``units`` how many units they are of, ``first``–``last`` the years it is used in;
    ``words`` is a spelling to look for (a title keeps its year)."""

    text: str
    kind: str
    reports: tuple[str, ...]
    units: int
    first: int
    last: int
    words: str


@dataclass(frozen=True, slots=True)
class YearPhrases:
    """``new`` are first used in ``year``; ``gone`` are in use in ``before``, the year of the library before it, and in none after.
    ``least`` are the reports it takes to be listed, of new and of gone ones."""

    year: int
    before: int
    new: tuple[PhraseUse, ...]
    gone: tuple[PhraseUse, ...]
    least: tuple[int, int]


def visible_text(report: Report) -> str:
    """The body as readers see it, near enough to look for words in: without comments and marks of emphasis. Headings of the first
    level are left out: 主要做法及成效 is the form of a report, not its language."""
    text = _MAIN_HEADING.sub("", report.source.text[report.front.body :])
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    if "*" in text or "\\" in text:
        text = text.replace("*", "").replace("\\", "")
    return _SOFT_END.sub("", text)


def read_phrases(report: Report, entries: Entries) -> Phrases:
    """The phrases of one report, in the order of their first use; the ``entries`` in their own order."""
    text = visible_text(report)
    return Phrases(
        tuple(dict.fromkeys(q.strip() for q in _QUOTED.findall(text) if _telling(q))),
        tuple(dict.fromkeys(t for t in _TITLE.findall(text) if _telling(t))),
        tuple(dict.fromkeys(_CLAUSE.findall(text))),
        tuple(entries.find(text)),
    )


def _telling(words: str) -> bool:
    return len(_HAN.findall(words)) >= 2 and not _MASKED.search(words)


class Entries:
    """Texts of two characters or more to look for; ``texts`` has them sorted."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(sorted(texts))
        self._pairs = [frozenset(_pairs(text)) for text in self.texts]
        self._known = frozenset[int]().union(*self._pairs)
        self._beginning: dict[int, list[int]] = defaultdict(list)
        for number, text in enumerate(self.texts):
            self._beginning[next(_pairs(text[:2]))].append(number)

    def find(self, text: str) -> list[int]:
        """The numbers of those that stand in ``text``, in order."""
        # Only those are looked for of which all pairs of characters are there: hardly one in vain.
        there = self._known.intersection(_pairs(text))
        return sorted(
            number
            for pair in there.intersection(self._beginning)
            for number in self._beginning[pair]
            if self._pairs[number] <= there and self.texts[number] in text
        )


def _pairs(text: str) -> Iterator[int]:
    """The pairs of neighbouring characters of ``text``, as numbers, in no order: these take a third of the time of pieces of text."""
    codes = memoryview(text.encode("utf-32-le", "surrogatepass"))
    whole, size = len(text) // 2 * 8, (len(text) - 1) // 2 * 8
    return chain(codes[:whole].cast("Q"), codes[4 : 4 + size].cast("Q"))


def _listed(data: Data) -> frozenset[str]:
    listed = {term.text for term in data.terms if len(term.text) >= 2}
    return frozenset(listed.union(data.phrases.spellings))


def study(corpus: Corpus) -> Study[str]:
    """The packed phrases of each report; entries are those of the office's lists."""
    entries = Entries(_listed(corpus.data))
    return Study(
        "phrases",
        lambda report, _: _pack(read_phrases(report, entries)),
        str,
        str,
        left=True,
    )


def _pack(found: Phrases) -> str:
    return pack_json([found.quoted, found.titles, found.clauses, found.entries])


def _unpack(packed: str) -> Phrases:
    return Phrases(*map(tuple, json.loads(packed)))


def phrase_changes(corpus: Corpus, memo: Memo) -> tuple[YearPhrases, ...]:
    """What came and went in each year that has a year before it, newest first."""
    if len(corpus.by_year) < 2:
        return ()
    names = [report.name for report in corpus.reports]
    key = digest_of("".join(report.key for report in corpus.reports).encode())

    def make(fresh: Iterable[str]) -> dict[str, Any]:
        if not list(fresh):
            return {}
        with collector_at_rest():
            numbers = {name: number for number, name in enumerate(names)}
            return {_ALL: [_pack_year(year, numbers) for year in _changes(corpus, memo)]}

    packed = memo.gather_groups("phrase-years", {_ALL: key}, make)[_ALL]
    return tuple(_unpack_year(year, names) for year in packed)


#: What came and went is made of all reports together.
_ALL = "all"


def _pack_year(year: YearPhrases, numbers: Mapping[str, int]) -> Any:
    """With the numbers of reports instead of their names: most words stand in many."""
    new, gone = (
        [[*use[:2], [numbers[name] for name in use.reports], *use[3:]] for use in uses]
        for uses in (year.new, year.gone)
    )
    return [year.year, year.before, new, gone, year.least]


def _unpack_year(packed: Any, names: Sequence[str]) -> YearPhrases:
    year, before, new, gone, least = packed

    def told(uses: Any) -> tuple[PhraseUse, ...]:
        return tuple(
            PhraseUse(text, kind, tuple(map(names.__getitem__, reports)), *rest)
            for text, kind, reports, *rest in uses
        )

    return YearPhrases(year, before, told(new), told(gone), tuple(least))


def _changes(corpus: Corpus, memo: Memo) -> tuple[YearPhrases, ...]:
    texts = Entries(_listed(corpus.data)).texts
    quoted_in: dict[str, tuple[str, ...]] = {}
    titles: dict[str, dict[str, str]] = {}
    clauses: dict[str, tuple[str, ...]] = {}
    places: dict[str, tuple[str, ...]] = {}
    # The same clause in many reports is one object, not many.
    known: dict[str, str] = {}
    for name, packed in memo.gather(study(corpus), corpus.reports).items():
        found = _unpack(packed)
        quoted_in[name] = found.quoted
        titles[name] = {_own_year_dropped(title): title for title in found.titles}
        clauses[name] = tuple([known.setdefault(clause, clause) for clause in found.clauses])
        places[name] = tuple([texts[number] for number in found.entries])
    # A document is told among the documents.
    documents = frozenset[str]().union(*titles.values())
    listed = frozenset(texts) - documents
    years = _Years(corpus)
    quoted: set[str] = set()
    for year, reports in corpus.by_year.items():
        counts = Counter(chain.from_iterable(quoted_in[report.name] for report in reports))
        least = min(years.least(year, False), years.least(year, True))
        quoted.update(words for words, often in counts.items() if often >= least)
    quoted -= listed
    # In quotation marks or not.
    if quoted:
        also = Entries(quoted)
        for name, numbers in memo.gather(_places(also), corpus.reports).items():
            own = [text for text in places[name] if text not in quoted]
            places[name] = (*own, *[also.texts[number] for number in numbers])
    looked_for = listed | quoted
    changes = [
        years.changes(
            places,
            lambda text: (text, TERM if text in listed else QUOTED),
            frozenset(texts) - looked_for,
        ),
        years.changes(clauses, lambda text: (text, CLAUSE), looked_for),
        years.changes(titles, lambda text: (text, TITLE), {""}),
    ]
    spelled = {text: f"《{title}》" for found in titles.values() for text, title in found.items()}

    def told(year: int, which: Literal[0, 1]) -> tuple[PhraseUse, ...]:
        uses = [use for part in changes for use in part[year][which]]
        return _ordered(
            [use._replace(words=spelled[use.text]) if use.kind == TITLE else use for use in uses]
        )

    return tuple(
        YearPhrases(
            year,
            before,
            told(year, 0),
            told(year, 1),
            (years.least(year, False), years.least(before, True)),
        )
        for before, year in reversed(list(pairwise(years.years)))
    )


def _places(entries: Entries) -> Study[list[int]]:
    """Which of ``entries`` stand in a report: their numbers."""
    known = digest_of("\n".join(entries.texts).encode("utf-8", "surrogatepass"))
    return Study(
        "phrase-places",
        lambda report, _: entries.find(visible_text(report)),
        pack_json,
        json.loads,
        beside=lambda report: known,
    )


class _Years:
    """The years of a library, and what of them can be compared."""

    def __init__(self, corpus: Corpus) -> None:
        self.years = sorted(corpus.by_year)
        self._reports = corpus.by_year
        known: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for report in corpus.reports:
            if report.series_key and report.year is not None:
                known[report.series_key].add(report.year)
        self._ends = {key: (min(found), max(found)) for key, found in known.items()}

    def changes(
        self,
        found: Mapping[str, Collection[T]],
        name: Callable[[T], tuple[str, str]],
        left_out: Set[T] = frozenset(),
    ) -> dict[int, tuple[list[PhraseUse], list[PhraseUse]]]:
        """New and gone phrases by the year in which they are new or gone. ``found`` holds the phrases of each report by its
        name, ``name`` gives text and kind of one."""
        of_year = {
            year: set(chain.from_iterable(found[report.name] for report in self._reports[year]))
            for year in self.years
        }
        before: dict[int, set[T]] = {}
        seen: set[T] = set(left_out)
        for year in self.years:
            before[year] = of_year[year] - seen
            seen |= of_year[year]
        after: dict[int, set[T]] = {}
        seen = set(left_out)
        for year in reversed(self.years):
            after[year] = of_year[year] - seen
            seen |= of_year[year]
        changes = {}
        for earlier, year in pairwise(self.years):
            new = self._uses(found, before[year], year, False)
            gone = self._uses(found, after[earlier], earlier, True)
            changes[year] = (
                [self._use(name(key), reports, of_year, key) for key, reports in new.items()],
                [self._use(name(key), reports, of_year, key) for key, reports in gone.items()],
            )
        return changes

    def _uses(
        self, found: Mapping[str, Collection[T]], wanted: set[T], year: int, later: bool
    ) -> dict[T, list[Report]]:
        """The reports of a year that use a phrase of ``wanted``, where they are enough."""
        reports = [r for r in self._reports[year] if self._comparable(r, later)]
        counts = Counter(chain.from_iterable(found[report.name] for report in reports))
        least = self.least(year, later)
        # Most phrases stand in one report: they are counted, and not looked at again.
        enough = {key for key, often in counts.items() if often >= least} & wanted
        uses: dict[T, list[Report]] = defaultdict(list)
        for report in reports:
            for key in enough.intersection(found[report.name]):
                uses[key].append(report)
        return uses

    def _use(
        self, named: tuple[str, str], reports: list[Report], of_year: dict[int, set[T]], key: T
    ) -> PhraseUse:
        years = [year for year in self.years if key in of_year[year]]
        units = {report.unit.id for report in reports if report.unit}
        text, kind = named
        names = tuple(report.name for report in reports)
        return PhraseUse(text, kind, names, len(units), years[0], years[-1], text)

    def _comparable(self, report: Report, later: bool) -> bool:
        """Whether its series has a report before it (after it, for ``later``): else nobody can tell what is new (gone)."""
        ends = self._ends.get(report.series_key) if report.series_key else None
        if ends is None or report.year is None:
            return False
        return report.year < ends[1] if later else report.year > ends[0]

    def least(self, year: int, later: bool) -> int:
        """How many reports of a year it takes for a phrase to be new (gone, for ``later``)."""
        there = sum(self._comparable(report, later) for report in self._reports[year])
        return max(AT_LEAST, math.ceil(there * SHARE))


def _own_year_dropped(title: str) -> str:
    """A title without its year and （试行）: the plan of every year is the same document to a reader of phrases."""
    return _OWN_YEAR.sub("", title)


def _ordered(uses: list[PhraseUse]) -> tuple[PhraseUse, ...]:
    """The most widespread first. A phrase inside a longer one of the same reports is the same news and left out."""
    together: dict[tuple[str, ...], list[PhraseUse]] = defaultdict(list)
    for use in uses:
        together[use.reports].append(use)
    kept: list[PhraseUse] = []
    for group in together.values():
        # So many phrases in the very same reports are no phrases any more: such reports are copies.
        group.sort(key=lambda use: (-len(use.text), use.text, use.kind))
        longer: list[str] = []
        for use in group:
            if len(longer) > _COPIES or not any(use.text in other for other in longer):
                kept.append(use)
                longer.append(use.text)
    return tuple(sorted(kept, key=lambda use: (-use.units, -len(use.reports), use.text, use.kind)))
