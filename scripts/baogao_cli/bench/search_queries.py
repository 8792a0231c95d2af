"""What is searched in the bench, and what ought to be found."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baogao.corpus import Data
from baogao.fulltext.folding import SEPARATOR, fold_text

from .library import SEED

SHORTEST, LONGEST = 2, 8


@dataclass(frozen=True)
class Query:
    """``text`` as typed (quoted, so that nothing in it is an operator); ``expected`` the number of sections that have it."""

    text: str
    folded: str
    expected: frozenset[int]


def read_sections(file: Path) -> list[str]:
    """The folded sections of a library, in the order of the index."""
    sections: list[str] = json.loads(file.read_text(encoding="utf-8"))
    return sections


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


def make_queries(sections: Sequence[str], texts: Sequence[str]) -> list[Query]:
    """Queries with the truth, by looking into every section."""
    whole = {
        text: frozenset(n for n, section in enumerate(sections) if text in section)
        for text in dict.fromkeys(texts)
    }
    return [Query(f'"{text}"', text, whole[text]) for text in texts]
