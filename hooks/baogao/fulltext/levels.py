"""Longer grams: from the frequent grams of one length to those of the next, part by part.

A gram of more than two units is made of two that overlap: the one in front of its last unit and the one behind its first. Where either
is not frequent there are few candidates: the gram needs no entry, and is not frequent itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .candidates import Bools, GramTable, Lists, Lows, find_entries, turns_of
from .codec import Ints, join_starts, ranges, varints
from .grams import LONGEST, Level, pair_keys
from .stream import Docs, Places, Stream, Units

GramKeys = npt.NDArray[np.uint64]
_KEY_BITS = np.uint64(32)


@dataclass(frozen=True)
class Frequent:
    """The frequent grams of one length, numbered in the order of their ``keys``: above 32 bits with the scattered key of the last two
    units stands the number of the gram in front of the last unit (0 for a pair). ``suffixes`` has the number of the gram behind the
    first unit (0 for a pair), ``nodes`` the term or entry each is, ``counts`` how many places, ``lists`` the passages. Those of
    part ``i`` end at ``ends[i]``.
    """

    keys: GramKeys
    suffixes: Ints
    nodes: Ints
    counts: Ints
    lists: Lists
    ends: Sequence[int]

    def of_part(self, part: int) -> tuple[int, int]:
        return self.ends[part - 1] if part else 0, self.ends[part]


@dataclass(frozen=True)
class FrequentPart:
    """The frequent grams of a part, as :class:`Frequent` has them; ``sizes`` and ``turns`` are those of their lists, ``nodes`` are
    counted from the part's first."""

    keys: GramKeys
    suffixes: Ints
    nodes: Ints
    counts: Ints
    sizes: Ints
    turns: Sequence[Ints]


@dataclass(frozen=True)
class Rows:
    """What all parts share and write into, each from where it begins (the last of ``begins`` is the end): the places of its frequent grams, gram by gram (those of the length
    before are written over), and the lower bits of their passages."""

    places: Places
    lows: Lows
    begins: Sequence[int]

    def keep(
        self, part: int, grams: GramTable, chosen: Ints, places: Places, passages: int
    ) -> Sequence[Ints]:
        """Write ``places`` and passages of the ``chosen`` ones of ``grams``; returns the turns of the latter."""
        begin = self.begins[part]
        self.places[begin : begin + len(places)] = places
        docs = grams.passages_of(chosen)
        self.lows[begin : begin + len(docs)] = (docs & 0xFFFF).astype(np.uint16)
        sizes = grams.sizes[chosen]
        return turns_of(docs, np.cumsum(sizes) - sizes, passages)


def join_frequent(parts: Sequence[FrequentPart], nodes: Sequence[int], rows: Rows) -> Frequent:
    """The frequent grams of all parts, given how many terms or entries each part has."""
    sizes = np.concatenate([part.sizes for part in parts])
    starts = [
        begin + np.cumsum(part.sizes) - part.sizes
        for begin, part in zip(rows.begins, parts, strict=False)
    ]
    before = np.cumsum([0, *nodes])
    turns = [np.concatenate(turn) for turn in zip(*(part.turns for part in parts), strict=True)]
    return Frequent(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.suffixes for part in parts]),
        np.concatenate([p.nodes + at for p, at in zip(parts, before[:-1], strict=True)]),
        np.concatenate([part.counts for part in parts]),
        Lists(rows.lows, np.concatenate(starts), sizes, turns),
        np.cumsum([len(part.keys) for part in parts]).tolist(),
    )


@dataclass(frozen=True)
class LevelPart:
    level: Level
    frequent: FrequentPart


def level_part(
    stream: Stream, length: int, part: int, below: Frequent, rows: Rows, few: int
) -> LevelPart:
    """The grams of ``length`` units that begin with the frequent grams of a part; ``below`` are those of the length before."""
    begin, end = below.of_part(part)
    first = np.repeat(np.arange(end - begin), below.counts[begin:end])
    at = rows.begins[part]
    places = rows.places[at : at + len(first)]
    last = stream.units[places + np.int32(length - 1)]
    # The places stand in the order of ``first`` already, and equal ones stay in order.
    order = order_of(last, first)
    places, last = places[order], last[order]
    docs = stream.passages_at(places)
    posting_starts, gram_starts = runs(changes(first) | changes(last), docs)
    heads = posting_starts[gram_starts]
    first = begin + first[heads]
    pairs = pair_keys(stream.units[places[heads] + np.int32(length - 2)], last[heads])
    keys = _joined(first, pairs)
    behind = _joined(below.suffixes[first], pairs)
    second = np.minimum(np.searchsorted(below.keys, behind), max(len(below.keys) - 1, 0))
    order = np.flatnonzero(below.keys[second] == behind)
    order = order[np.argsort(keys[order])]
    counts = np.diff(heads, append=len(places))[order]
    heads, last = heads[order], last[heads[order]]
    sizes = np.diff(gram_starts, append=len(posting_starts))[order]
    grams = GramTable(first[order], second[order], docs[posting_starts], gram_starts[order], sizes)
    which, listed, negative, gaps = find_entries(grams, below.lists, stream.passages, few)
    gap_bytes, gap_starts = varints(gaps)
    level = Level(
        below.nodes[grams.first[which]],
        last[which],
        listed,
        negative,
        gap_bytes,
        gap_starts[np.append(0, np.cumsum(listed))],
    )
    # Nothing is longer than the longest.
    chosen = np.flatnonzero((sizes > few) & (length < LONGEST))
    kept = places[ranges(heads[chosen], counts[chosen])]
    turns = rows.keep(part, grams, chosen, kept, stream.passages)
    frequent = FrequentPart(
        keys[order[chosen]],
        grams.second[chosen],
        np.searchsorted(which, chosen),
        counts[chosen],
        sizes[chosen],
        turns,
    )
    return LevelPart(level, frequent)


def join_levels(levels: Sequence[Level]) -> Level:
    """The entries of all parts."""
    return Level(
        np.concatenate([level.parents for level in levels]),
        np.concatenate([level.last for level in levels]),
        np.concatenate([level.counts for level in levels]),
        np.concatenate([level.negative for level in levels]),
        np.concatenate([level.gaps for level in levels]),
        join_starts(level.gap_starts for level in levels),
    )


def _joined(number: Ints, pairs: npt.NDArray[np.uint32]) -> GramKeys:
    return number.astype(np.uint64) << _KEY_BITS | pairs


def order_of(low: Units, high: npt.NDArray[np.integer]) -> Ints:
    """The order that sorts by ``high`` (at least 0), then by ``low``; equal ones stay in order."""
    # Sixteen bits at a time, which numpy sorts by counting: several times as fast as by comparing.
    order = np.argsort(low, kind="stable")
    for shift in range(0, max(int(high.max(initial=0)).bit_length(), 1), 16):
        digit = (high >> shift).astype(np.uint16)[order]
        order = order[np.argsort(digit, kind="stable")]
    return order


def changes(values: npt.NDArray[np.integer]) -> Bools:
    """Where a value is another than the one before it."""
    new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def runs(new: Bools, docs: Docs) -> tuple[Ints, Ints]:
    """Where postings begin among places sorted by gram and place, and where grams begin among postings; ``new`` tells where grams begin
    among places."""
    posting_starts = np.flatnonzero(new | changes(docs))
    return posting_starts, np.flatnonzero(new[posting_starts])
