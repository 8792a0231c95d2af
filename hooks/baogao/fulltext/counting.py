"""Counting: first single units and pairs, which get postings, then what is longer, length by length.

The places of all pairs stand in one row, grouped by parts of their keys. Processes that share the row deal with a part at a time:
they sort its places, tell what they found there, and leave in the row those of what is frequent, for at no others does anything
longer begin that needs an entry. So places are in memory once, from pairs to the longest grams.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..corpus import cores, in_processes
from .candidates import Bools, GramTable
from .codec import Bytes, Ints, join_bits, join_starts, ranges, rice, rice_bits
from .grams import (
    BEGINS,
    ENDS,
    FEW,
    HEADING,
    LONGEST,
    OCCURRENCES,
    WORD,
    DirectTerm,
    Grams,
    Keys,
    Level,
    Postings,
    pair_key,
    pair_keys,
)  # fmt: skip
from .levels import (
    Frequent,
    FrequentPart,
    Rows,
    changes,
    join_frequent,
    join_levels,
    level_part,
    order_of,
    runs,
)  # fmt: skip
from .memory import give_back
from .stream import SEPARATOR_UNIT, Docs, Places, Stream, Units

THREADS = 2
#: So many units make a part on average, which bounds the memory. The number of parts is a power of two.
_PART = 250_000
_MOST_BITS = 10
#: Units looked at at a time where places are grouped.
_PORTION = 500_000
#: With fewer units than this, starting processes would cost more than it saves.
_WORTH_PROCESSES = 2_000_000

_CLASS = np.searchsorted(OCCURRENCES, np.arange(OCCURRENCES[-1] + 1), side="right").astype(np.uint8)
_CLASS[1:] -= 1

Tick = Callable[[], None]
R = TypeVar("R")


def find_grams(
    stream: Stream, terms: Sequence[str] = (), tick: Tick | None = None, few: int = FEW
) -> Grams:
    """Postings, entries and the direct postings of ``terms`` (folded). ``tick`` is called :func:`ticks` times."""
    step = tick or (lambda: None)
    places = _shared_row(len(stream.units), np.int32)
    singles = list(_singles(stream, places))
    begins = _group(stream, 2, places)
    rows = Rows(places, _shared_row(len(places), np.uint16), begins)
    parts = list(_pairs(stream, rows, singles, _by_pair(terms), few, step))
    del singles
    postings = _join([part.postings for part in parts])
    direct = tuple(term for part in parts for term in part.direct)
    frequent = join_frequent(
        [part.frequent for part in parts], [len(part.postings.keys) for part in parts], rows
    )
    del parts
    give_back()
    levels = []
    for length in range(3, LONGEST + 1):
        level, frequent = _next_level(stream, length, frequent, places, begins, few)
        levels.append(level)
        step()
    return Grams(postings, tuple(levels), direct)


def ticks(stream: Stream) -> int:
    """In how many steps grams are found."""
    return (1 << _part_bits(len(stream.units))) + LONGEST - 2


def _by_pair(terms: Iterable[str]) -> dict[int, list[str]]:
    """The terms of three units and more, by the key of the pair they begin with."""
    keyed: dict[int, list[str]] = {}
    for term in sorted(set(terms)):
        codes = np.frombuffer(term.encode("utf-16-le"), np.uint16)
        if len(codes) >= 3:
            keyed.setdefault(pair_key(int(codes[0]), int(codes[1])), []).append(term)
    return keyed


# The places


def _shared_row(length: int, kind: type[np.generic]) -> npt.NDArray[Any]:
    """A row that processes of this one can write into; memory is taken where something is written."""
    size = np.dtype(kind).itemsize
    return np.frombuffer(mmap.mmap(-1, max(length, 1) * size), kind)[:length]


def _shared_out(work: Callable[[int], R], stream: Stream) -> Iterator[R]:
    """What ``work`` makes of each part, in order: by processes of this one where they are to be had and there is enough to do (they
    free their memory and do not wait for each other), otherwise by threads."""
    number = 1 << _part_bits(len(stream.units))
    if len(stream.units) >= _WORTH_PROCESSES and cores() > 1:
        parts = range(number)
        for run in in_processes(lambda run: list(map(work, run)), parts, 2, runs=number):
            yield from run
        return
    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(work, range(number))


def _part_bits(units: int) -> int:
    """So many bits of a key tell its part."""
    return min(max(-(-units // _PART) - 1, 0).bit_length(), _MOST_BITS)


def _group(stream: Stream, length: int, places: Places) -> list[int]:
    """Fill ``places`` with those of all grams of ``length`` (1 or 2) units, one part after another; returns where each part begins, and
    the end."""
    bits = _part_bits(len(stream.units))
    portions = range(0, len(stream.units), _PORTION)
    held = np.zeros((len(portions), (1 << bits) + 1), np.int64)
    for number, at in enumerate(portions):
        held[number] = np.bincount(_parts(stream.units, at, length, bits), minlength=held.shape[1])
    begins = np.append(0, np.cumsum(held.sum(axis=0)[:-1])).tolist()
    free = begins[:-1]
    for at, counts in zip(portions, held.tolist(), strict=True):
        order = np.argsort(_parts(stream.units, at, length, bits), kind="stable") + at
        taken = 0
        for part, count in enumerate(counts[:-1]):
            places[free[part] : free[part] + count] = order[taken : taken + count]
            free[part] += count
            taken += count
    return begins


def _parts(row: Units, at: int, length: int, bits: int) -> Units:
    """The part of each gram that begins in the portion at ``at``; 1 << ``bits`` where there is a separator."""
    first = row[at : at + _PORTION]
    second = row[at + 1 : at + 1 + _PORTION] if length == 2 else np.zeros(len(first), np.uint16)
    first = first[: len(second)]
    parts = (pair_keys(first, second) >> np.uint32(32 - bits)).astype(np.uint16)
    parts[(first == SEPARATOR_UNIT) | (second == SEPARATOR_UNIT)] = 1 << bits
    return parts


# Postings


@dataclass(frozen=True)
class _Counted:
    """Terms and their postings, one term after another."""

    keys: Keys
    sizes: Ints
    docs: Docs
    weights: Bytes


@dataclass(frozen=True)
class _PairPart:
    """``direct`` are the office's terms that begin with one of its pairs."""

    postings: Postings
    frequent: FrequentPart
    direct: tuple[DirectTerm, ...]


def _singles(stream: Stream, places: Places) -> Iterator[_Counted]:
    """The postings of single units, part by part; ``places`` is room to work in."""
    begins = _group(stream, 1, places)

    def work(part: int) -> _Counted:
        here = places[begins[part] : begins[part + 1]]
        units = stream.units[here]
        order = np.argsort(units, kind="stable")
        here, units = here[order], units[order]
        heads, sizes, docs, weights = _postings(stream, here, 1, changes(units))
        return _Counted(pair_keys(units[heads], np.zeros(1, np.uint16)), sizes, docs, weights)

    return _shared_out(work, stream)


def _pairs(
    stream: Stream, rows: Rows, singles: Sequence[_Counted], wanted: Mapping[int, Sequence[str]], few: int, step: Tick,
) -> Iterator[_PairPart]:  # fmt: skip
    """The postings of all units and pairs, and the frequent pairs, part by part. ``rows`` has the places of the pairs."""

    def work(part: int) -> _PairPart:
        here = rows.places[rows.begins[part] : rows.begins[part + 1]]
        keys = pair_keys(stream.units[here], stream.units[here + np.int32(1)])
        order = order_of((keys & np.uint32(0xFFFF)).astype(np.uint16), keys >> np.uint32(16))
        here, keys = here[order], keys[order]
        del order
        heads, sizes, docs, weights = _postings(stream, here, 2, changes(keys))
        pairs = _Counted(keys[heads], sizes, docs, weights)
        postings, number = _merged(singles[part], pairs, stream.passages)
        counts = np.diff(heads, append=len(here))
        direct: list[DirectTerm] = []
        for index in np.flatnonzero(np.isin(pairs.keys, np.fromiter(wanted, np.uint32))).tolist():
            at = here[heads[index] : heads[index] + counts[index]]
            found = (_direct(stream, text, at) for text in wanted[int(pairs.keys[index])])
            direct += [term for term in found if term is not None]
        chosen = np.flatnonzero(sizes > few)
        grams = GramTable(chosen, chosen, docs, np.cumsum(sizes) - sizes, sizes)
        kept = here[ranges(heads[chosen], counts[chosen])]
        turns = rows.keep(part, grams, chosen, kept, stream.passages)
        frequent = FrequentPart(
            pairs.keys[chosen].astype(np.uint64),
            np.zeros(len(chosen), np.int64),
            number[chosen],
            counts[chosen],
            sizes[chosen],
            turns,
        )
        return _PairPart(postings, frequent, tuple(direct))

    for found in _shared_out(work, stream):
        step()
        yield found


def _postings(
    stream: Stream, places: Places, length: int, new: Bools
) -> tuple[Ints, Ints, Docs, Bytes]:
    """Of ``places`` sorted by gram (``new`` where one begins) and place: where grams begin, and of each how many postings, their passages
    and weights."""
    docs = stream.passages_at(places)
    posting_starts, gram_starts = runs(new, docs)
    sizes = np.diff(gram_starts, append=len(posting_starts))
    weights = _weights(stream, places, length, posting_starts)
    return posting_starts[gram_starts], sizes, docs[posting_starts], weights


def _weights(stream: Stream, places: Places, length: int, posting_starts: Ints) -> Bytes:
    """One byte for each posting: class of occurrences, on word boundaries or not, in a heading or not."""
    if not len(posting_starts):
        return np.zeros(0, np.uint8)
    here = stream.flags[places]
    begins: Bytes = (here & 1).astype(np.uint8)
    ends: Bytes = (stream.flags[places + np.int32(length)] & 1).astype(np.uint8)
    heading: Bytes = (here >> 1).astype(np.uint8)
    words: Bytes = np.minimum(begins, ends)
    marks: Bytes = begins * BEGINS + ends * ENDS + words * WORD + heading * HEADING
    occurrences = np.diff(posting_starts, append=len(places))
    together: Bytes = np.asarray(np.bitwise_or.reduceat(marks, posting_starts), np.uint8)
    together |= _CLASS[np.minimum(occurrences, OCCURRENCES[-1])]
    return together


def _merged(singles: _Counted, pairs: _Counted, passages: int) -> tuple[Postings, Ints]:
    """The postings of both in the order of their keys; and which term each pair is."""
    keys = np.concatenate((singles.keys, pairs.keys))
    sizes = np.concatenate((singles.sizes, pairs.sizes))
    starts = np.cumsum(sizes) - sizes
    order = np.argsort(keys)
    at = ranges(starts[order], sizes[order])
    docs = np.concatenate((singles.docs, pairs.docs))[at]
    weights = np.concatenate((singles.weights, pairs.weights))[at]
    del at
    sizes = sizes[order]
    starts = np.cumsum(sizes) - sizes
    gaps = np.diff(docs, prepend=np.int32(-1)).astype(np.int64)
    gaps[starts] = docs[starts] + 1
    coded, bits = rice(gaps - 1, np.repeat(rice_bits(sizes, passages), sizes))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return (
        Postings(keys[order], sizes, coded, bits[np.append(starts, len(docs))], weights),
        number[len(singles.keys) :],
    )


def _join(parts: Sequence[Postings]) -> Postings:
    return Postings(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.sizes for part in parts]),
        join_bits((part.gaps, int(part.gap_starts[-1])) for part in parts),
        join_starts(part.gap_starts for part in parts),
        np.concatenate([part.weights for part in parts]),
    )


def _direct(stream: Stream, text: str, places: Places) -> DirectTerm | None:
    codes = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    places = places[places < len(stream.units) - len(codes)]
    for offset in range(2, len(codes)):
        places = places[stream.units[places + np.int32(offset)] == codes[offset]]
    if not len(places):
        return None
    _, _, docs, weights = _postings(
        stream, places, len(codes), changes(np.zeros(len(places), np.int8))
    )
    return DirectTerm(text, docs, weights)


def _next_level(
    stream: Stream, length: int, below: Frequent, places: Places, begins: Sequence[int], few: int
) -> tuple[Level, Frequent]:
    """The entries of ``length`` units, and the frequent grams of this length; ``below`` are those of the length before, whose
    ``places`` are written over."""
    rows = Rows(places, _shared_row(len(places), np.uint16), begins)
    parts = list(
        _shared_out(lambda part: level_part(stream, length, part, below, rows, few), stream)
    )
    level = join_levels([part.level for part in parts])
    entries = [len(part.level.last) for part in parts]
    return level, join_frequent([part.frequent for part in parts], entries, rows)
