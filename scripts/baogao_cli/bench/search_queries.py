"""What is searched in the bench, and what ought to be found."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from baogao.corpus import Data
from baogao.fulltext.folding import fold_text
from baogao.fulltext.passages import SEPARATOR

from .library import SEED
from .peers import Place

SHORTEST, LONGEST = 2, 8


@dataclass(frozen=True)
class Query:
    """``text`` as typed (quoted, so that nothing in it is an operator), ``folded`` without the quotation marks;
    ``expected`` the places that have it."""

    text: str
    folded: str
    expected: frozenset[Place]


@dataclass(frozen=True)
class Library:
    """The folded sections of all reports in the order of the index, and where each stands."""

    sections: tuple[str, ...]
    places: tuple[Place, ...]


def read_library(file: Path) -> Library:
    """What the build of the index left."""
    told = json.loads(file.read_text(encoding="utf-8"))
    places = (Place(name, number) for name, count in told["reports"] for number in range(count))
    return Library(tuple(told["sections"]), tuple(places))


def choose(sections: Sequence[str], count: int) -> list[str]:
    """Substrings of 2–8 characters; a substring is chosen as often as it occurs. The seed is fixed."""
    generator = random.Random(SEED)
    ends = list(itertools.accumulate(map(len, sections)))
    chosen: list[str] = []
    while len(chosen) < count:
        length = generator.randint(SHORTEST, LONGEST)
        section = generator.choices(sections, cum_weights=ends)[0]
        if len(section) < length:
            continue
        at = generator.randrange(len(section) - length + 1)
        text = section[at : at + length]
        if SEPARATOR not in text:
            chosen.append(text)
    return chosen


def terms(data: Data) -> list[str]:
    return [folded for term in data.terms if (folded := fold_text(term.text))]


def make_queries(library: Library, texts: Sequence[str]) -> list[Query]:
    """Queries with the truth, by looking into every section."""
    pairs = list(zip(library.sections, library.places, strict=True))
    whole = {
        text: frozenset(place for section, place in pairs if text in section)
        for text in dict.fromkeys(texts)
    }
    return [Query(f'"{text}"', text, whole[text]) for text in texts]


@dataclass(frozen=True)
class Score:
    """Over all queries: share of what is there that was found, share of what was found that has it, queries with any difference."""

    recall: float
    precision: float
    wrong: int


def score(queries: Sequence[Query], found: Sequence[Iterable[Place]], *, sections: bool) -> Score:
    """How well ``found`` (for each query) answers, section by section or report by report."""
    right = missed = extra = wrong = 0
    for query, places in zip(queries, found, strict=True):
        expected, given = _at(query.expected, sections), _at(places, sections)
        right += len(given & expected)
        missed += len(expected - given)
        extra += len(given - expected)
        wrong += given != expected
    return Score(right / max(right + missed, 1), right / max(right + extra, 1), wrong)


def _at(places: Iterable[Place], sections: bool) -> set[Place]:
    return set(places) if sections else {Place(place.report) for place in places}
