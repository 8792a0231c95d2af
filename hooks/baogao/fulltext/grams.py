"""Which grams occur in which passages: the arithmetic behind the index.

Pairs of characters and single characters get postings: the passages that have them. The passages that have a longer text
are among those that have its pairs, but not all of these have it (社会计划 has 社会 and 会计, and so may a section
without 社会计). Reading the text of every candidate would settle it, at the price of megabytes for a common phrase. So the index knows
the answer wherever there are many candidates, and the reader reads text only where there are few:

* The *candidates* of a gram of 3 to :data:`LONGEST` characters are the passages that have both the gram without its last and
  the gram without its first character.
* When there are more than :data:`FEW` candidates and the gram occurs at all, the index has an entry for it: which of the
  candidates have it, or which have not, whichever are fewer (mostly none: then the entry is two bytes).
* When there are more than ``FEW`` candidates and no entry, the gram occurs nowhere.
* Otherwise the candidates, at most ``FEW``, are read.

Everything is counted over UTF-16 code units. Here is what is counted; :mod:`.counting` counts it: it sorts the places of all single
units and pairs, then, length by length, those of the grams that are frequent (:mod:`.levels`), and finds the candidates of each
(:mod:`.candidates`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .codec import Bytes, Ints
from .stream import Docs, Units

FEW = 16
LONGEST = 8
#: Multiplying by an odd number modulo 2^32 scatters keys and loses nothing: the product names the key.
SCATTER = 0x9E3779B1

#: How often a gram occurs, in three bits of a posting's weight: the least number of each class.
OCCURRENCES = (1, 2, 3, 4, 6, 9, 14, 22)
BEGINS, ENDS, WORD, HEADING = 8, 16, 32, 64

Keys = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Postings:
    """Postings of single units and pairs, in the order of their keys. ``sizes`` are numbers of passages; ``gaps`` the Rice
    codes of all postings (each less one: 0 is the next passage), those of term ``i`` from bit ``gap_starts[i]``; ``weights`` one
    byte for each posting."""

    keys: Keys
    sizes: Ints
    gaps: Bytes
    gap_starts: Ints
    weights: Bytes


@dataclass(frozen=True)
class Level:
    """The entries of one length, in the order of their parents. ``parents`` are indexes into the level below (for
    three units: into the postings' terms), ``last`` the last unit, ``counts`` how many candidates are listed, ``negative``
    whether those are the ones that have it not; ``gaps`` varints of the listed ones' indexes among the candidates."""

    parents: Ints
    last: Units
    counts: Ints
    negative: npt.NDArray[np.bool_]
    gaps: Bytes
    gap_starts: Ints


@dataclass(frozen=True)
class DirectTerm:
    """A term of the office's list with postings of its own."""

    text: str
    docs: Docs
    weights: Bytes


@dataclass(frozen=True)
class Grams:
    postings: Postings
    levels: tuple[Level, ...]
    terms: tuple[DirectTerm, ...]


def pair_keys(first: npt.NDArray[np.integer], second: npt.NDArray[np.integer]) -> Keys:
    """The scattered key of each pair; a single unit is a pair with 0."""
    joined = (first.astype(np.uint32) << np.uint32(16)) | second.astype(np.uint32)
    return joined * np.uint32(SCATTER)


def pair_key(first: int, second: int) -> int:
    return ((first << 16 | second) * SCATTER) & 0xFFFFFFFF
