"""新提法 and 旧提法: set phrases that came into use in a year, and those that went out of it, across all units.

What counts as a phrase is found mechanically: entries of ``terms.txt`` and ``phrases.txt``, words in quotation marks that recur,
titles in 《》, and short clauses that stand between two punctuation marks.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add

from ..corpus import Corpus, Report
from .memo import Memo, Study

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
#: Whole clauses of 5 to 12 Han characters; shorter ones are words, longer ones hardly recur.
_CLAUSE = re.compile(
    r"(?<![^，。；：！？、“”‘’（）\s|])(?:[一二三四五六七八九十]{1,3}(?:是|要))?([㐀-䶿一-鿿]{5,12})(?=[，。；：！？、“”‘’（）\s|]|$)"
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What stands in one report, each once: words in quotation marks, titles as written, short clauses."""

    quoted: tuple[str, ...]
    titles: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseUse:
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


def read_phrases(report: Report) -> Phrases:
    """The phrases of one report, in the order of their first use."""
    text = visible_text(report)
    return Phrases(
        tuple(dict.fromkeys(q.strip() for q in _QUOTED.findall(text) if _telling(q))),
        tuple(dict.fromkeys(t for t in _TITLE.findall(text) if _telling(t))),
        tuple(dict.fromkeys(_CLAUSE.findall(text))),
    )


def _telling(words: str) -> bool:
    return len(_HAN.findall(words)) >= 2 and not _MASKED.search(words)


STUDY = Study(
    "phrases",
    read_phrases,
    lambda found: [found.quoted, found.titles, found.clauses],
    lambda packed: Phrases(*map(tuple, packed)),
)


@dataclass(frozen=True)
class _Vocabulary:
    """Phrases to look for wherever they stand, in quotation marks or not."""

    entries: tuple[str, ...]

    def finder(self) -> dict[str, list[tuple[int, str]]]:
        heads: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            heads[entry[:2]].append((number, entry))
        return dict(heads)

    @property
    def digest(self) -> str:
        return hashlib.blake2b("\n".join(self.entries).encode(), digest_size=16).hexdigest()


def _find_entries(text: str, heads: dict[str, list[tuple[int, str]]]) -> list[int]:
    """The numbers of the entries that stand in ``text``, in order."""
    places = [at for at, pair in enumerate(map(add, text, text[1:])) if pair in heads]
    return sorted(
        {
            number
            for at in places
            for number, entry in heads[text[at : at + 2]]
            if text.startswith(entry, at)
        }
    )


def phrase_changes(corpus: Corpus, memo: Memo) -> tuple[YearPhrases, ...]:
    """What came and went in each year that has a year before it, newest first."""
    years = sorted(corpus.by_year)
    if len(years) < 2:
        return ()
    read = memo.gather(STUDY, corpus.reports)
    listed = {term.text for term in corpus.data.terms if len(term.text) >= 2}
    listed.update(corpus.data.phrases.spellings)
    # A document is told among the documents.
    listed -= {_own_year_dropped(title) for found in read.values() for title in found.titles}
    recurring = Counter(q for found in read.values() for q in found.quoted)
    quoted = {words for words, count in recurring.items() if count >= AT_LEAST} - listed
    vocabulary = _Vocabulary(tuple(sorted(listed | quoted)))
    heads = vocabulary.finder()
    places = Study(
        "phrase-places",
        lambda report: _find_entries(visible_text(report), heads),
        lambda numbers: numbers,
        lambda numbers: numbers,
        lambda report: vocabulary.digest,
    )
    found = memo.gather(places, corpus.reports)
    uses = _Uses(corpus, years)
    for number, entry in enumerate(vocabulary.entries):
        uses.name(entry, TERM if entry in listed else QUOTED, number)
    for report in corpus.reports:
        uses.add(report, found[report.name])
    uses.add_texts(
        CLAUSE, ((r, read[r.name].clauses) for r in corpus.reports), set(vocabulary.entries)
    )
    uses.add_texts(TITLE, ((r, read[r.name].titles) for r in corpus.reports), set())
    return tuple(uses.changes())


class _Uses:
    """Which phrase stands in which reports, year by year."""

    def __init__(self, corpus: Corpus, years: Sequence[int]) -> None:
        self.years = years
        self.phrases: list[tuple[str, str, str]] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self.reports: dict[str, Report] = {report.name: report for report in corpus.reports}
        self._lists: list[list[str]] = []
        keyed: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for report in corpus.reports:
            if report.series_key and report.year is not None:
                keyed[report.series_key].add(report.year)
        self._ends = {key: (min(found), max(found)) for key, found in keyed.items()}

    def name(self, text: str, kind: str, number: int, words: str = "") -> None:
        """Phrase ``number`` is ``text``; numbers go up by one."""
        assert number == len(self.phrases)
        self.phrases.append((text, kind, words or text))
        self.first.append(9999)
        self.last.append(0)
        self._lists.append([])

    def add(self, report: Report, numbers: Iterable[int]) -> None:
        """These phrases stand in ``report``."""
        year, name = report.year or 0, report.name
        for number in numbers:
            if year < self.first[number]:
                self.first[number] = year
            if year > self.last[number]:
                self.last[number] = year
            self._lists[number].append(name)

    def add_texts(
        self, kind: str, found: Iterable[tuple[Report, tuple[str, ...]]], known: set[str]
    ) -> None:
        """These texts stand in these reports; those that stand in one alone can neither come nor go."""
        pairs = list(found)
        keep = _own_year_dropped if kind == TITLE else str
        counts = Counter(text for _, texts in pairs for text in {keep(text) for text in texts})
        numbers: dict[str, int] = {}
        for report, texts in pairs:
            seen: set[int] = set()
            for words in texts:
                text = keep(words)
                if counts[text] < AT_LEAST or not text or text in known:
                    continue
                number = numbers.get(text)
                if number is None:
                    number = numbers[text] = len(self.phrases)
                    self.name(text, kind, number, f"《{words}》" if kind == TITLE else "")
                seen.add(number)
            self.add(report, sorted(seen))

    def changes(self) -> Iterator[YearPhrases]:
        """Newest first."""
        new: dict[int, list[PhraseUse]] = defaultdict(list)
        gone: dict[int, list[PhraseUse]] = defaultdict(list)
        least_new = {year: self._least(year, later=False) for year in self.years}
        least_gone = {year: self._least(year, later=True) for year in self.years}
        for number in range(len(self.phrases)):
            first, last = self.first[number], self.last[number]
            if last == 0:
                continue
            if first > self.years[0]:
                self._list(number, first, False, least_new[first], new)
            if last < self.years[-1]:
                self._list(number, last, True, least_gone[last], gone)
        for before, year in reversed(list(zip(self.years, self.years[1:], strict=False))):
            yield YearPhrases(
                year, before, _ordered(new[year]), _ordered(gone[before]),
                (least_new[year], least_gone[before]),
            )  # fmt: skip

    def _comparable(self, report: Report, later: bool) -> bool:
        """Whether its series has a report before it (after it, for ``later``): else nobody can tell what is new (gone)."""
        ends = self._ends.get(report.series_key) if report.series_key else None
        if ends is None or report.year is None:
            return False
        return report.year < ends[1] if later else report.year > ends[0]

    def _least(self, year: int, later: bool) -> int:
        there = sum(
            1
            for report in self.reports.values()
            if report.year == year and self._comparable(report, later)
        )
        return max(AT_LEAST, -int(-there * SHARE // 1))

    def _list(
        self, number: int, year: int, later: bool, least: int, into: dict[int, list[PhraseUse]]
    ) -> None:
        names = self._lists[number]
        if len(names) < least:
            return
        chosen = [
            name
            for name in names
            if self.reports[name].year == year and self._comparable(self.reports[name], later)
        ]
        if len(chosen) < least:
            return
        units = {r.unit.id for name in chosen if (r := self.reports[name]).unit}
        text, kind, words = self.phrases[number]
        into[year].append(
            PhraseUse(
                text, kind, tuple(chosen), len(units), self.first[number], self.last[number], words
            )
        )


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
