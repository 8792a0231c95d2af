"""What may be worth adding to ``initiatives.yml``: names in “” and 《》 and terms that come again. For the office to choose from,
never shown to readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..corpus import Corpus, Report, Statement, fold_name, statements

#: What kinds of candidates there are, in the order in which they are listed.
QUOTED, TITLED, WORD = "引号", "书名号", "词语"
#: Words of a text, put together they are the text.
Cut = Callable[[str], Iterable[str]]
_MARKED = re.compile(r"“([^“”《》\n]{2,24})”|《([^《》\n]{2,40})》")
#: A name has no stops in it (“学、讲、议、行” is one).
_STOPS = re.compile(r"[，。；：！？,;!?…]")
_HAN = re.compile(r"[\u4e00-\u9fff]{3,}")
_UNKNOWN_MIN = 4


@dataclass(frozen=True)
class Candidate:
    """``kind`` says how it was noticed; ``count`` sentences, in ``reports`` reports; ``example`` is one of them, at
    ``anchor`` of the report ``place``."""

    name: str
    kind: str
    count: int
    reports: int
    years: tuple[int, ...]
    units: tuple[str, ...]
    example: str
    place: str
    anchor: str


@dataclass
class _Seen:
    name: str
    kind: str
    example: Statement
    report: Report
    count: int = 0
    reports: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    units: dict[str, None] = field(default_factory=dict)


def candidates(
    corpus: Corpus, cut: Cut | None, frequencies: Mapping[str, int], *, least: int = 3, years: int = 2
) -> list[Candidate]:  # fmt: skip
    """Names and terms in at least ``least`` sentences of at least ``years`` years, the most frequent first within each kind.

    ``cut`` segments a folded text with the words of ``terms.txt``; without it there are only names in marks. A word is a term when it is in
    ``terms.txt``, or when ``frequencies``, which tells how common words are in Chinese, has not heard of it.
    """
    known = _known(corpus)
    terms = frozenset(fold_name(term) for term in corpus.data.term_texts)
    seen: dict[str, _Seen] = {}
    for report in corpus.reports:
        for statement in statements(report):
            names = dict(_marked(statement.text))
            if cut is not None:
                words = cut(_without_initiatives(report, statement.text))
                names.update({w: (w, WORD) for w in words if w not in names and _is_term(w, terms, frequencies)})  # fmt: skip
            for folded, (name, kind) in names.items():
                if folded not in known:
                    _count(seen, folded, name, kind, report, statement)
    found = [_candidate(s) for s in seen.values() if s.count >= least and len(s.years) >= years]
    order = (QUOTED, TITLED, WORD)
    return sorted(found, key=lambda c: (order.index(c.kind), -c.count, -len(c.years), c.name))


def _without_initiatives(report: Report, text: str) -> str:
    """A sentence, folded, in which no word of an initiative's name is left to be noticed."""
    for mention in reversed(report.data.initiatives.find(text, report.content_year)):
        text = f"{text[: mention.start]}，{text[mention.end :]}"
    return fold_name(text)


def _known(corpus: Corpus) -> frozenset[str]:
    """What is no candidate: initiatives, names of units, headings, fixed phrases, words that only ask or join."""
    data = corpus.data
    names = [
        *data.units.all_names, *data.phrases.spellings, *data.question_words, *data.function_words,
        *(t for kind in data.kinds.kinds for s in kind.sections for t in kind.titles(s, None)),
        *(name for kind in data.kinds.kinds for name in (kind.name, *kind.aliases)),
    ]  # fmt: skip
    return data.initiatives.folded | frozenset(map(fold_name, names))


def _marked(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for found in _MARKED.finditer(text):
        name = found[1] or found[2]
        folded = fold_name(name)
        if len(folded) > 1 and not _STOPS.search(name):
            yield folded, (found[0], QUOTED if found[1] else TITLED)


def _is_term(word: str, terms: frozenset[str], frequencies: Mapping[str, int]) -> bool:
    if not _HAN.fullmatch(word):
        return False
    return word in terms or (len(word) >= _UNKNOWN_MIN and not frequencies.get(word))


def _count(
    seen: dict[str, _Seen], folded: str, name: str, kind: str, report: Report, statement: Statement
) -> None:
    assert report.year is not None  # it is visible
    entry = seen.get(folded)
    if entry is None:
        entry = seen[folded] = _Seen(name, kind, statement, report)
    elif kind == QUOTED and entry.kind == WORD:
        # The marks say that it is a name, wherever else they are left out.
        entry.name, entry.kind, entry.example, entry.report = name, kind, statement, report
    entry.count += 1
    entry.reports.add(report.name)
    entry.years.add(report.year)
    entry.units[report.unit_brief] = None


def _candidate(seen: _Seen) -> Candidate:
    return Candidate(
        seen.name, seen.kind, seen.count, len(seen.reports), tuple(sorted(seen.years)), tuple(seen.units),
        " ".join(seen.example.text.split()), seen.report.name, seen.example.anchor,
    )  # fmt: skip
