"""How sections are weighed: BM25 over single Han characters and their pairs, with these numbers.

The only place of these numbers. The build puts them into the manifest, where the client reads them; the bench
(`baogao bench ranking`) measures them. Found on one half of the questions of ``stard`` and checked on the other; close to them
the measure hardly moves, and words, word boundaries or extra weight for headings did not improve on it.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Scoring:
    """``k1``: how soon more occurrences stop counting; ``b``: how much a long section is held back."""

    k1: float = 1.2
    b: float = 0.85

    def as_data(self) -> dict[str, float]:
        """For the manifest."""
        return asdict(self)


def rarity(sections_with: int, sections: int) -> float:
    """The weight of a gram by how few sections have it (idf)."""
    return math.log(1 + (sections - sections_with + 0.5) / (sections_with + 0.5))


SCORING = Scoring()
