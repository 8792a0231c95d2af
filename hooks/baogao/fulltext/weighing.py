"""The weights of the second stage, reckoned here as ``loose.js`` reckons them in the browser: from the postings alone.

For the bench and for tests; the build weighs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .codec import Bits, Bytes, Ints, bit_slice, rice_bits
from .columns import class_length, length_class
from .grams import OCCURRENCES, Postings, pair_key
from .scoring import SCORING, Scoring, rarity

Weights = npt.NDArray[np.float64]


def grams_of(pieces: Iterable[str]) -> Counter[str]:
    """The single characters and the pairs of the pieces of a query, and how often it has each."""
    grams: Counter[str] = Counter()
    for piece in pieces:
        grams.update(piece)
        grams.update(piece[at : at + 2] for at in range(len(piece) - 1))
    return grams


@dataclass(frozen=True)
class Weigher:
    """``lengths`` are those of the passages, in units."""

    postings: Postings
    lengths: Ints
    scoring: Scoring = SCORING

    @cached_property
    def _norms(self) -> Weights:
        k1, b = self.scoring.k1, self.scoring.b
        mean = float(self.lengths.mean()) if len(self.lengths) else 1.0
        kept = np.array([class_length(c) for c in range(128)])[length_class(self.lengths)]
        norms: Weights = k1 * (1 - b + b * kept / mean)
        return norms

    @cached_property
    def _found(self) -> dict[str, tuple[Ints, Bytes]]:
        return {}

    def find(self, gram: str) -> tuple[Ints, Bytes]:
        """Passages and weight bytes of one or two units; remembered."""
        if gram not in self._found:
            self._found[gram] = self._find(gram)
        return self._found[gram]

    def _find(self, gram: str) -> tuple[Ints, Bytes]:
        first, second = ord(gram[0]), ord(gram[1]) if len(gram) > 1 else 0
        postings = self.postings
        key = pair_key(first, second)
        at = int(np.searchsorted(postings.keys, np.uint32(key)))
        if at == len(postings.keys) or int(postings.keys[at]) != key:
            return np.zeros(0, np.int64), np.zeros(0, np.uint8)
        size, start = int(postings.sizes[at]), self._weight_starts[at]
        row = bit_slice(postings.gaps, *map(int, postings.gap_starts[at : at + 2]))
        k = int(rice_bits(postings.sizes[at : at + 1], len(self.lengths))[0])
        docs = np.cumsum(np.array(Bits(row).rice(size, k), np.int64) + 1) - 1
        return docs, postings.weights[start : start + size]

    @cached_property
    def _weight_starts(self) -> Ints:
        starts = np.zeros(len(self.postings.sizes) + 1, np.int64)
        np.cumsum(self.postings.sizes, out=starts[1:])
        return starts

    def weigh(self, pieces: Iterable[str]) -> Weights:
        """The weight of every passage for the pieces of a query."""
        sums = np.zeros(len(self.lengths))
        for gram, times in grams_of(pieces).items():
            docs, weights = self.find(gram)
            often = np.array(OCCURRENCES, np.float64)[weights & 7]
            worth = often * (self.scoring.k1 + 1) / (often + self._norms[docs])
            sums[docs] += times * rarity(len(docs), len(sums)) * worth
        return sums
