"""What :mod:`.likeness` finds, without numpy: for a site built with the four packages alone. Takes about twice as long."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import add

#: A pair of characters in more texts than this tells none of them apart: texts that have nothing else in common are not alike, and
#: counting stays linear in their number.
COMMON = 64
_END = "\n"


@dataclass(frozen=True)
class Pairs:
    """The distinct pairs of characters of texts, by the numbers of the texts; texts without any are left out."""

    of_text: dict[int, frozenset[str]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Pairs:
        found = (
            frozenset(chain.from_iterable(map(add, line, line[1:]) for line in text.split(_END)))
            for text in texts
        )
        return cls({number: pairs for number, pairs in enumerate(found) if pairs})

    def only(self, chosen: Iterable[int]) -> Pairs:
        """Those of the texts with these numbers."""
        return Pairs({n: self.of_text[n] for n in sorted(set(chosen)) if n in self.of_text})


def alike(ours: Pairs, theirs: Pairs, least: float) -> Iterator[tuple[int, int, float]]:
    """See :func:`.likeness.alike`."""
    having: dict[str, list[int]] = defaultdict(list)
    for number, pairs in theirs.of_text.items():
        for pair in pairs:
            having[pair].append(number)
    common = {pair for pair, numbers in having.items() if len(numbers) > COMMON}
    for pair in common:
        del having[pair]
    for number, mine in ours.of_text.items():
        shared = Counter(chain.from_iterable([having[pair] for pair in mine if pair in having]))
        for other, telling in sorted(shared.items()):
            pairs = theirs.of_text[other]
            count = len(mine & pairs) if common else telling
            share = 2 * count / (len(mine) + len(pairs))
            if share >= least:
                yield number, other, share
