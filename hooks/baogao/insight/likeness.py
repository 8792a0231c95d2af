"""Which of many texts are alike: those that have most of their pairs of neighbouring characters in common.

Two reports have some thousand pairs of sentences. Counting what each has in common one by one would take most of the time their comparison
takes, so all of them are counted at once, in rows of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .likeness_plain import COMMON

#: So many texts are held against each other at a time, which bounds the memory; fewer where they have pairs that common.
_TABLE = 1_000_000
_AT_ONCE = 4096
#: A code point takes 21 bits.
_CHARACTER = np.uint64(21)
_PAIR = np.uint64(42)
_END = "\n"

_Keys = npt.NDArray[np.uint64]
_Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Pairs:
    """The distinct pairs of characters of texts: ``owners`` are the numbers of the texts, ``keys`` the pairs, both in the order of
    the texts."""

    owners: _Numbers
    keys: _Keys

    @classmethod
    def of(cls, texts: Sequence[str]) -> Pairs:
        """The pairs of ``texts``; a line break is in none."""
        row = np.frombuffer(
            _END.join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32
        ).astype(np.uint64)
        lengths = np.fromiter(map(len, texts), np.intp, len(texts)) + 1
        owners = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
        inside = row != ord(_END)
        inside = inside[:-1] & inside[1:]
        both = (owners[:-1] << _PAIR) | (row[:-1] << _CHARACTER) | row[1:]
        found = np.sort(both[inside], kind="stable")  # np.unique would take ten times as long
        found = found[_firsts(found)]
        return cls((found >> _PAIR).astype(np.intp), found & np.uint64((1 << 42) - 1))

    def only(self, chosen: Iterable[int]) -> Pairs:
        """Those of the texts with these numbers."""
        wanted = np.zeros(int(self.owners[-1]) + 1 if len(self.owners) else 0, np.bool_)
        numbers = np.fromiter(chosen, np.intp)
        wanted[numbers[numbers < len(wanted)]] = True
        kept = wanted[self.owners]
        return Pairs(self.owners[kept], self.keys[kept])


def _firsts(sorted_keys: _Keys) -> npt.NDArray[np.bool_]:
    """Where another key begins."""
    first = np.ones(len(sorted_keys), np.bool_)
    np.not_equal(sorted_keys[1:], sorted_keys[:-1], out=first[1:])
    return first


def alike(ours: Pairs, theirs: Pairs, least: float) -> Iterator[tuple[int, int, float]]:
    """Texts of ``ours`` and of ``theirs`` that have a share of at least ``least`` (above 0, up to 1) of their pairs in common, in the
    order of their numbers: both numbers, and twice the pairs in common over the pairs of both (Dice 1945)."""
    if not len(ours.keys) or not len(theirs.keys):
        return
    order = np.argsort(theirs.keys, kind="stable")
    keys, owners = theirs.keys[order], theirs.owners[order]
    starts = np.flatnonzero(_firsts(keys))
    often = np.empty_like(starts)
    often[:-1] = starts[1:] - starts[:-1]
    often[-1] = len(keys) - starts[-1]
    keys = keys[starts]
    width = int(owners.max()) + 1
    sizes, their_sizes = np.bincount(ours.owners), np.bincount(theirs.owners)
    texts = max(1, _TABLE // width)
    for first in range(0, len(sizes), texts):
        bounds = np.searchsorted(ours.owners, (first, first + texts))
        some = Pairs(ours.owners[slice(*bounds)], ours.keys[slice(*bounds)])
        at = np.searchsorted(keys, some.keys)
        at[at == len(keys)] = 0
        times = np.where(keys[at] == some.keys, often[at], 0)
        common = times > COMMON
        times[common] = 0
        ends = np.cumsum(times)
        met = np.arange(ends[-1] if len(ends) else 0)
        met += np.repeat(starts[at] - ends + times, times)
        met = owners[met]
        met += np.repeat((some.owners - first) * width, times)
        shared = np.bincount(met)
        both = np.flatnonzero(shared)
        shared = shared[both]
        mine, other = np.divmod(both, width)
        mine += first
        together = sizes[mine] + their_sizes[other]
        if common.any():
            passed = np.unique(some.keys[common])
            shared = _with_common(some, theirs, passed, mine, other, together, shared, least)
        share = 2 * shared / together
        likely = np.flatnonzero(share >= least)
        yield from zip(
            mine[likely].tolist(), other[likely].tolist(), share[likely].tolist(), strict=True
        )


def _with_common(
    ours: Pairs, theirs: Pairs, common: _Keys, mine: _Numbers, other: _Numbers, together: _Numbers, shared: _Numbers, least: float
) -> _Numbers:  # fmt: skip
    """``shared`` with those of the ``common`` pairs counted that both texts have."""
    has, they_have = (_which_have(pairs, common) for pairs in (ours, theirs))
    most = np.minimum(has.sum(axis=1)[mine], they_have.sum(axis=1)[other])
    open_still = np.flatnonzero(2 * (shared + most) >= least * together)
    counted = shared.copy()
    for at in range(0, len(open_still), _AT_ONCE):
        some = open_still[at : at + _AT_ONCE]
        counted[some] += (has[mine[some]] & they_have[other[some]]).sum(axis=1)
    return counted


def _which_have(pairs: Pairs, keys: _Keys) -> npt.NDArray[np.bool_]:
    """A row for each text, a column for each of ``keys`` (sorted)."""
    at = np.searchsorted(keys, pairs.keys)
    at[at == len(keys)] = 0
    found = np.flatnonzero(keys[at] == pairs.keys)
    table = np.zeros((int(pairs.owners.max()) + 1, len(keys)), np.bool_)
    table[pairs.owners[found], at[found]] = True
    return table
