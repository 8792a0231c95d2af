"""Candidates: the passages that two frequent grams have in common, and which of them have the gram that both make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .codec import Ints, ranges
from .stream import Docs

_BATCH_ELEMENTS = 500_000
_BATCH_ROWS = 48
#: A list with more than one passage of so many is compared bit by bit.
_DENSE = 64
_ROWS = 256
_MADE = 48

Bools = npt.NDArray[np.bool_]
Lows = npt.NDArray[np.uint16]
Rows = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Lists:
    """The passages of each frequent gram: those of gram ``i`` are ``sizes[i]`` numbers from ``starts[i]``. ``lows`` has their lower
    sixteen bits; ``turns`` tells for 65,536 and each multiple how many passages of each gram are below it."""

    lows: Lows
    starts: Ints
    sizes: Ints
    turns: Sequence[Ints]

    def passages_of(self, chosen: Ints) -> Docs:
        """The passages of the chosen grams, one gram after another."""
        starts, sizes = self.starts[chosen], self.sizes[chosen]
        at = ranges(starts, sizes)
        docs: Docs = self.lows[at].astype(np.int32)
        for turn in self.turns:
            docs += (at >= np.repeat(starts + turn[chosen], sizes)).astype(np.int32) << 16
        return docs


def turns_of(docs: Docs, starts: Ints, passages: int) -> list[Ints]:
    """:attr:`Lists.turns` of lists that begin at ``starts`` (none is empty), given how many passages there are."""
    if not len(starts):
        return [starts for _ in range(1 << 16, passages, 1 << 16)]
    return [
        np.add.reduceat(docs < turn, starts, dtype=np.int64)
        for turn in range(1 << 16, passages, 1 << 16)
    ]


@dataclass(frozen=True)
class GramTable:
    """Grams of one length: the frequent grams they are made of, and their passages (those of gram ``i`` are ``sizes[i]`` of ``docs`` from
    ``starts[i]``)."""

    first: Ints
    second: Ints
    docs: Docs
    starts: Ints
    sizes: Ints

    def passages_of(self, chosen: Ints) -> Docs:
        return self.docs[ranges(self.starts[chosen], self.sizes[chosen])]


Entries = tuple[Ints, Ints, Bools, Ints]
"""Which grams get an entry, how many candidates each lists, whether those are the ones that have it not, and the gaps."""

_NO_ENTRIES: Entries = (
    np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_), np.zeros(0, np.int64),
)  # fmt: skip


def find_entries(grams: GramTable, lists: Lists, passages: int, few: int) -> Entries:
    """The entries of ``grams``, of which ``lists`` has the parts."""
    sizes = lists.sizes
    swap = sizes[grams.second] < sizes[grams.first]
    large = np.where(swap, grams.first, grams.second)
    small = np.where(swap, grams.second, grams.first)
    # In as many passages as one of its parts: there are no other candidates, and none need be listed.
    alone = grams.sizes == sizes[small]
    which = np.flatnonzero(alone)
    results: list[Entries] = [
        (which, np.zeros(len(which), np.int64), np.ones(len(which), np.bool_), _NO_ENTRIES[3])
    ]
    dense = ~alone & (sizes[small] > passages / _DENSE)
    both = np.flatnonzero(dense)
    bitmaps = _Bitmaps.of(lists, np.unique(np.concatenate((large[both], small[both]))), passages)
    for begin in range(0, len(both), _ROWS):
        chosen = both[begin : begin + _ROWS]
        pair = bitmaps.number(large[chosen]), bitmaps.number(small[chosen])
        results.append(_dense_batch(grams, bitmaps.rows, few, chosen, *pair))
    order = np.flatnonzero(~alone & ~dense)
    order = order[np.argsort(large[order], kind="stable")]
    has = np.zeros(_BATCH_ROWS * passages, np.bool_)
    for begin, end in _batches(large[order], sizes[small[order]]):
        chosen = order[begin:end]
        results.append(_sparse_batch(grams, lists, has, few, chosen, large[chosen], small[chosen]))
    which, counts, negative, gaps = map(np.concatenate, zip(*results, strict=True))
    starts = np.cumsum(counts) - counts
    back = np.argsort(which)
    return which[back], counts[back], negative[back], gaps[ranges(starts[back], counts[back])]


@dataclass(frozen=True)
class _Bitmaps:
    """Long lists with a bit for each passage: ``rows[i]`` is that of gram ``lists[i]``. Which passages two of these have in
    common takes a microsecond or two."""

    lists: Ints
    rows: Rows

    @classmethod
    def of(cls, lists: Lists, chosen: Ints, passages: int) -> _Bitmaps:
        words = -(-passages // 64)
        rows = np.empty((len(chosen), words), np.uint64)
        has = np.zeros((min(_MADE, len(chosen)), words * 64), np.bool_)
        for begin in range(0, len(chosen), _MADE):
            some = chosen[begin : begin + _MADE]
            members = _members(lists, some, words * 64)
            has.ravel()[members] = True
            packed = np.packbits(has[: len(some)], axis=1, bitorder="little")
            rows[begin : begin + _MADE] = packed.view(np.uint64)
            has.ravel()[members] = False
        return cls(chosen, rows)

    def number(self, chosen: Ints) -> Ints:
        return np.searchsorted(self.lists, chosen)


def _members(lists: Lists, chosen: Ints, width: int) -> Ints:
    """The passages of the chosen lists, as places in a table of ``width`` columns with a row for each list."""
    at = np.repeat(np.arange(len(chosen)) * width, lists.sizes[chosen])
    at += lists.passages_of(chosen)
    return at


def _batches(large: Ints, cost: Ints) -> Iterator[tuple[int, int]]:
    """Spans of grams (ordered by their longer list) that are dealt with together: few different lists, not too much work."""
    new = np.flatnonzero(np.diff(large, prepend=-1))
    ends = np.append(new[1:], len(large)).tolist()
    work = (np.add.reduceat(cost, new) if len(new) else cost).tolist()
    begin = rows = total = 0
    for index, start in enumerate(new.tolist()):
        if rows and (rows >= _BATCH_ROWS or total + work[index] > _BATCH_ELEMENTS):
            yield begin, start
            begin, rows, total = start, 0, 0
        rows += 1
        total += work[index]
    if rows:
        yield begin, ends[-1]


def _dense_batch(
    grams: GramTable, rows: Rows, few: int, chosen: Ints, large: Ints, small: Ints
) -> Entries:
    """For grams whose lists are both in ``rows`` (as numbers of rows): candidates are the bits that both have."""
    both = rows[large]
    both &= rows[small]
    ones = np.bitwise_count(both)
    counts = ones.sum(axis=1, dtype=np.int64)
    picked = np.flatnonzero(counts > few)
    both, ones, counts, chosen = both[picked], ones[picked], counts[picked], chosen[picked]
    sizes = grams.sizes[chosen]
    docs = grams.passages_of(chosen)
    gram_of = np.repeat(np.arange(len(chosen)), sizes)
    negative = counts - sizes < sizes
    # Where candidates without the gram are listed, they are what is left when those that have it are taken out.
    out = np.flatnonzero(negative[gram_of])
    left = both.copy()
    np.bitwise_and.at(
        left, (gram_of[out], docs[out] >> 6), ~(np.uint64(1) << (docs[out] & 63).astype(np.uint64))
    )
    left[~negative] = 0
    row, word = np.divmod(np.flatnonzero(left.ravel() != 0), left.shape[1])
    bits = np.unpackbits(left[row, word].view(np.uint8), bitorder="little")
    bit_row, bit = np.divmod(np.flatnonzero(bits.view(np.bool_)), 64)
    kept = np.flatnonzero(~negative[gram_of])
    owner = np.concatenate((gram_of[kept], row[bit_row]))
    listed = np.concatenate((docs[kept].astype(np.int64), word[bit_row] * 64 + bit))
    before = np.cumsum(ones, axis=1, dtype=np.int32)
    before -= ones
    lower = (np.uint64(1) << (listed & 63).astype(np.uint64)) - np.uint64(1)
    inner = before[owner, listed >> 6] + np.bitwise_count(both[owner, listed >> 6] & lower)
    order = np.argsort(owner, kind="stable")
    return _as_entries(chosen, negative, owner[order], inner[order].astype(np.int64))


def _as_entries(which: Ints, negative: Bools, owner: Ints, inner: Ints) -> Entries:
    """Entries of the grams ``which``: those of ``owner`` list the candidates ``inner``."""
    gaps = np.diff(inner, prepend=-1)
    heads = np.flatnonzero(np.diff(owner, prepend=-1))
    gaps[heads] = inner[heads] + 1
    return which, np.bincount(owner, minlength=len(which)), negative, gaps


def _sparse_batch(
    grams: GramTable, lists: Lists, has: Bools, few: int, chosen: Ints, large: Ints, small: Ints
) -> Entries:  # fmt: skip
    """For grams with a short list, ordered by ``large``: each of its passages is looked up among those of the longer one. ``has`` has
    room for :data:`_BATCH_ROWS` of these; it is false everywhere before and after (clearing all of it would take longer)."""
    passages = len(has) // _BATCH_ROWS
    new = np.diff(large, prepend=-1) != 0
    rows = (np.cumsum(new) - 1) * passages
    members = _members(lists, large[new], passages)
    has[members] = True
    lengths = lists.sizes[small]
    starts = np.cumsum(lengths) - lengths
    at = np.repeat(rows, lengths)
    at += lists.passages_of(small)
    candidate = has[at]
    has[members] = False
    counts = np.add.reduceat(candidate.view(np.uint8), starts, dtype=np.int32)
    picked = np.flatnonzero(counts > few)
    if not len(picked):
        return _NO_ENTRIES
    chosen, counts, lengths = chosen[picked], counts[picked].astype(np.int64), lengths[picked]
    rows, small = rows[picked], small[picked]
    of = ranges(starts[picked], lengths)
    docs = at[of[candidate[of]]] - np.repeat(rows, counts)
    gram_of = np.repeat(np.arange(len(chosen)), counts)
    starts = np.cumsum(counts) - counts
    true_sizes = grams.sizes[chosen]
    true_docs = grams.passages_of(chosen)
    true_gram = np.repeat(np.arange(len(chosen)), true_sizes)
    found = np.searchsorted(gram_of * passages + docs, true_gram * passages + true_docs)
    listed = np.zeros(len(docs), np.bool_)
    listed[found] = True
    negative = counts - true_sizes < true_sizes
    listed ^= negative[gram_of]
    index = np.flatnonzero(listed)
    owner = gram_of[index]
    return _as_entries(chosen, negative, owner, index - starts[owner])
