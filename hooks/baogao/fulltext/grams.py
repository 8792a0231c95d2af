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

Everything is counted over UTF-16 code units with numpy, in processes that share the rows of units and numbers.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ..corpus import cores, in_processes
from .codec import Bytes, Ints, join_bits, ranges, rice, rice_bits, varints

FEW = 16
LONGEST = 8
THREADS = 2
#: Multiplying by an odd number modulo 2^32 scatters keys and loses nothing: the product names the key.
SCATTER = 0x9E3779B1
SEPARATOR_UNIT = 10

#: How often a gram occurs, in three bits of a posting's weight: the least number of each class.
OCCURRENCES = (1, 2, 3, 4, 6, 9, 14, 22)
BEGINS, ENDS, WORD, HEADING = 8, 16, 32, 64

_PARTITION_BITS = 6
_BATCH_ELEMENTS = 500_000
_BATCH_ROWS = 48
#: Places dealt with at a time, which bounds the memory.
_PORTION = 700_000
_NO_PORTION = 255
#: With fewer units than this, starting processes would cost more than it saves.
_WORTH_PROCESSES = 2_000_000
#: A list with more than one passage of so many is kept as bits as well.
_DENSE = 160
_ROWS = 256

Units = npt.NDArray[np.uint16]
Docs = npt.NDArray[np.int32]
Flags = npt.NDArray[np.uint8]
Keys = npt.NDArray[np.uint32]
Packed = npt.NDArray[np.uint64]
Tick = Callable[[], None]
R = TypeVar("R")


@dataclass(frozen=True)
class Stream:
    """All passages one after another, each ended by a separator. ``docs`` is the passage of each unit; ``flags`` has bit
    0 where a word begins and bit 1 inside a heading."""

    units: Units
    docs: Docs
    flags: Flags
    passages: int


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


@dataclass(frozen=True)
class _Lists:
    """The passages of each frequent gram: those of gram ``i`` are ``docs[starts[i]:starts[i + 1]]``. ``nodes`` tells which
    term or entry it is."""

    docs: Docs
    starts: Ints
    nodes: Ints

    @cached_property
    def sizes(self) -> Ints:
        return np.diff(self.starts)


@dataclass(frozen=True)
class _Part:
    """One partition of the pairs. ``chosen`` are its frequent terms, ``docs`` their passages; ``direct`` the office's terms that
    begin with one of its pairs."""

    keys: Keys
    sizes: Ints
    gaps: Bytes
    gap_starts: Ints
    weights: Bytes
    chosen: Ints
    docs: Docs
    direct: tuple[DirectTerm, ...]


def find_grams(
    stream: Stream, terms: Sequence[str] = (), tick: Tick | None = None, few: int = FEW
) -> Grams:
    """Postings, entries and the direct postings of ``terms`` (folded). ``tick`` is called 64 + LONGEST times or so."""
    step = tick or (lambda: None)
    keyed: dict[int, list[str]] = {}
    for term in sorted(set(terms)):
        codes = np.frombuffer(term.encode("utf-16-le"), np.uint16)
        if len(codes) >= 3:
            keyed.setdefault(pair_key(int(codes[0]), int(codes[1])), []).append(term)
    frequent = _shared_row(len(stream.units))
    parts = list(_partitions(stream, keyed, few, frequent, step))
    postings = _join(parts)
    lists = _frequent_lists(parts, postings)
    direct = tuple(term for part in parts for term in part.direct)
    del parts
    levels = []
    for length in range(3, LONGEST + 1):
        level, frequent, lists = _next_level(stream, length, frequent, lists, few)
        levels.append(level)
        step()
    return Grams(postings, tuple(levels), direct)


def _shared_row(length: int) -> Docs:
    """A row of −1 that processes of this one can write into."""
    row = np.frombuffer(mmap.mmap(-1, max(length, 1) * 4), np.int32)[:length]
    row.fill(-1)
    return row


def _shared_out(work: Callable[[int], R], number: int, stream: Stream) -> Iterator[R]:
    """What ``work`` makes of 0, 1, … below ``number``, in this order: by processes of this one where they are to be had and
    there is enough to do (they free their memory and do not wait for each other), otherwise by threads."""
    if len(stream.units) >= _WORTH_PROCESSES and cores() > 1:
        for run in in_processes(lambda run: list(map(work, run)), range(number), 2, runs=number):
            yield from run
        return
    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(work, range(number))


def _number_on(row: Docs, portion: Bytes, sizes: Sequence[int]) -> None:
    """``row`` has numbers within portions (or −1): make them numbers in all, given how many each portion has."""
    before = np.zeros(_NO_PORTION + 1, np.int32)
    before[1 : len(sizes)] = np.cumsum(sizes)[:-1]
    for at in range(0, len(row), _PORTION):
        some = row[at : at + _PORTION]
        some += np.where(some >= 0, before[portion[at : at + _PORTION]], np.int32(0))


def _partitions(
    stream: Stream, wanted: Mapping[int, Sequence[str]], few: int, frequent: Docs, step: Tick
) -> Iterator[_Part]:
    """The partitions in order. ``frequent`` is filled: the number of the frequent pair that begins at each place."""
    units = stream.units
    single_key = pair_keys(np.arange(65536), np.zeros(1, np.int64))
    shift = np.uint32(32 - _PARTITION_BITS)
    single_part = (single_key >> shift).astype(np.uint8)[units]
    single_part[units == SEPARATOR_UNIT] = _NO_PORTION
    pair_part = np.full(len(units), _NO_PORTION, np.uint8)
    for at in range(0, len(units) - 1, _PORTION):
        first, second = units[at : at + _PORTION], units[at + 1 : at + _PORTION + 1]
        first = first[: len(second)]
        number_of = (pair_keys(first, second) >> shift).astype(np.uint8)
        number_of[(first == SEPARATOR_UNIT) | (second == SEPARATOR_UNIT)] = _NO_PORTION
        pair_part[at : at + len(number_of)] = number_of

    def work(number: int) -> _Part:
        return _partition(
            stream, np.flatnonzero(single_part == number), single_key,
            np.flatnonzero(pair_part == number), wanted, few, frequent,
        )  # fmt: skip

    sizes = []
    for part in _shared_out(work, 1 << _PARTITION_BITS, stream):
        sizes.append(len(part.chosen))
        step()
        yield part
    _number_on(frequent, pair_part, sizes)


def _partition(
    stream: Stream, single_at: Ints, single_key: Keys, pair_at: Ints,
    wanted: Mapping[int, Sequence[str]], few: int, frequent: Docs,
) -> _Part:  # fmt: skip
    """Sort the places of one partition's grams by gram, and read off postings; where a frequent pair begins, ``frequent`` gets its
    number in the partition."""
    place_bits = np.uint64(32)
    pair = pair_keys(stream.units[pair_at], stream.units[pair_at + 1])
    packed = np.concatenate(
        (
            (single_key[stream.units[single_at]].astype(np.uint64) << place_bits)
            | single_at.astype(np.uint64),
            (pair.astype(np.uint64) << place_bits) | pair_at.astype(np.uint64),
        )
    )
    packed.sort()
    keys = (packed >> place_bits).astype(np.uint32)
    places = (packed & np.uint64(0xFFFFFFFF)).astype(np.int32)
    del packed
    docs = stream.docs[places]
    posting_starts, term_starts = _runs(keys, docs)
    occurrences = np.diff(posting_starts, append=len(keys))
    posting_docs = docs[posting_starts]
    sizes = np.diff(term_starts, append=len(posting_starts))
    term_keys = keys[posting_starts[term_starts]]
    gaps = np.diff(posting_docs, prepend=np.int32(-1)).astype(np.int64)
    gaps[term_starts] = posting_docs[term_starts] + 1
    ks = np.repeat(rice_bits(sizes, stream.passages), sizes)
    gap_bytes, gap_starts = rice(gaps - 1, ks)
    is_pair = _second_unit(term_keys) != 0
    length = np.where(np.repeat(np.repeat(is_pair, sizes), occurrences), 2, 1) if len(keys) else 0
    weights = _weights(stream, places, length, posting_starts, occurrences)
    chosen = np.flatnonzero((sizes > few) & is_pair)
    chosen_postings = ranges(term_starts[chosen], sizes[chosen])
    chosen_places = ranges(posting_starts[chosen_postings], occurrences[chosen_postings])
    of = np.repeat(np.arange(len(chosen), dtype=np.int32), sizes[chosen])
    frequent[places[chosen_places]] = np.repeat(of, occurrences[chosen_postings])
    direct: list[DirectTerm] = []
    if wanted:
        ends = np.append(posting_starts, len(keys))[np.append(term_starts, len(posting_starts))]
        for index in np.flatnonzero(np.isin(term_keys, np.fromiter(wanted, np.uint32))):
            here = places[ends[index] : ends[index + 1]]
            found = (_direct(stream, text, here) for text in wanted[int(term_keys[index])])
            direct += [term for term in found if term is not None]
    return _Part(
        term_keys, sizes, gap_bytes, gap_starts[np.append(term_starts, len(posting_starts))], weights, chosen, posting_docs[chosen_postings],
        tuple(direct),
    )  # fmt: skip


def _runs(keys: npt.NDArray[np.unsignedinteger], docs: Docs) -> tuple[Ints, Ints]:
    """Where postings begin among places sorted by key and place, and where terms begin among postings."""
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    new_key = np.empty(len(keys), np.bool_)
    new_key[0] = True
    np.not_equal(keys[1:], keys[:-1], out=new_key[1:])
    new_posting = new_key.copy()
    new_posting[1:] |= docs[1:] != docs[:-1]
    posting_starts = np.flatnonzero(new_posting)
    return posting_starts, np.flatnonzero(new_key[posting_starts])


_UNSCATTER = pow(SCATTER, -1, 1 << 32)


def _second_unit(keys: Keys) -> npt.NDArray[np.uint32]:
    return (keys * np.uint32(_UNSCATTER)) & np.uint32(0xFFFF)


def _weights(
    stream: Stream, places: Docs, length: Ints | int, posting_starts: Ints, occurrences: Ints
) -> Bytes:
    """One byte for each posting: class of occurrences, on word boundaries or not, in a heading or not."""
    if not len(posting_starts):
        return np.zeros(0, np.uint8)
    here = stream.flags[places]
    begins: Bytes = (here & 1).astype(np.uint8)
    ends: Bytes = (stream.flags[places + length] & 1).astype(np.uint8)
    heading: Bytes = (here >> 1).astype(np.uint8)
    words: Bytes = np.minimum(begins, ends)
    marks: Bytes = begins * BEGINS + ends * ENDS + words * WORD + heading * HEADING
    classes = np.searchsorted(np.array(OCCURRENCES), occurrences, side="right") - 1
    together: Bytes = np.asarray(np.bitwise_or.reduceat(marks, posting_starts), np.uint8)
    together |= classes.astype(np.uint8)
    return together


def _join(parts: Iterable[_Part]) -> Postings:
    parts = list(parts)
    before = np.cumsum([0, *(int(p.gap_starts[-1]) for p in parts)])
    gap_starts = [p.gap_starts[:-1] + at for p, at in zip(parts, before[:-1], strict=True)]
    return Postings(
        np.concatenate([p.keys for p in parts]),
        np.concatenate([p.sizes for p in parts]),
        join_bits((p.gaps, int(p.gap_starts[-1])) for p in parts),
        np.append(np.concatenate(gap_starts), before[-1]),
        np.concatenate([p.weights for p in parts]),
    )


def _frequent_lists(parts: Iterable[_Part], postings: Postings) -> _Lists:
    docs: list[Docs] = []
    nodes: list[Ints] = []
    before = 0
    for part in parts:
        docs.append(part.docs)
        nodes.append(part.chosen + before)
        before += len(part.keys)
    chosen = np.concatenate(nodes)
    starts = np.zeros(len(chosen) + 1, np.int64)
    np.cumsum(postings.sizes[chosen], out=starts[1:])
    return _Lists(np.concatenate(docs), starts, chosen)


def _direct(stream: Stream, text: str, places: Docs) -> DirectTerm | None:
    codes = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    places = places[places + len(codes) < len(stream.units)]
    for offset in range(2, len(codes)):
        places = places[stream.units[places + offset] == codes[offset]]
    if not len(places):
        return None
    docs = stream.docs[places]
    posting_starts, _ = _runs(np.zeros(len(places), np.uint32), docs)
    occurrences = np.diff(posting_starts, append=len(places))
    weights = _weights(stream, places, len(codes), posting_starts, occurrences)
    return DirectTerm(text, docs[posting_starts], weights)


def _next_level(
    stream: Stream, length: int, frequent: Docs, lists: _Lists, few: int
) -> tuple[Level, Docs, _Lists]:
    """The entries of ``length`` units, which frequent gram of this length begins at each place, and their passages.
    ``frequent[i]`` is the frequent gram of the length before that begins at ``i``, or −1; ``lists`` are the passages of these."""
    portion, number = _portions(frequent, len(lists.nodes))
    bitmaps = _Bitmaps.of(lists, stream.passages)
    longer = _shared_row(len(frequent))

    def work(index: int) -> _LevelPart:
        places = np.flatnonzero(portion == index)
        return _level_part(stream, length, places, frequent, longer, lists, bitmaps, few)

    parts = list(_shared_out(work, number, stream))
    _number_on(longer, portion, [len(part.nodes) for part in parts])
    level, longer_lists = _join_level(parts)
    return level, longer, longer_lists


def _portions(frequent: Docs, grams: int) -> tuple[Bytes, int]:
    """The portion of each place where a frequent gram begins and another at the place after it (:data:`_NO_PORTION` elsewhere), and
    how many portions there are. All places of one gram are in one portion, and portions are in the order of the grams."""
    portion = np.full(len(frequent), _NO_PORTION, np.uint8)
    chunks = [slice(at, at + _PORTION) for at in range(0, max(len(frequent) - 1, 0), _PORTION)]
    often = np.zeros(grams, np.int64)
    for chunk in chunks:
        often += np.bincount(_followed(frequent, chunk)[1], minlength=grams)
    before = np.cumsum(often)
    total = int(before[-1]) if grams else 0
    size = max(_PORTION, -(-total // _NO_PORTION))
    number = -(-total // size)
    portion_of = np.minimum(before // size, max(number - 1, 0)).astype(np.uint8)
    for chunk in chunks:
        places, first = _followed(frequent, chunk)
        portion[places] = portion_of[first]
    return portion, number


def _followed(frequent: Docs, chunk: slice) -> tuple[Ints, Docs]:
    """The places of ``chunk`` where one frequent gram is followed by another, and the first of these."""
    here = frequent[chunk]
    after = frequent[chunk.start + 1 : chunk.stop + 1]
    found = np.flatnonzero((here[: len(after)] >= 0) & (after >= 0))
    return found + chunk.start, here[found]


@dataclass(frozen=True)
class _LevelPart:
    """A portion of a level. ``docs`` and ``sizes`` are those of its frequent grams, ``nodes`` their entries."""

    level: Level
    docs: Docs
    sizes: Ints
    nodes: Ints


def _level_part(
    stream: Stream, length: int, places: Ints, frequent: Docs, longer: Docs, lists: _Lists, bitmaps: _Bitmaps, few: int
) -> _LevelPart:  # fmt: skip
    """The grams that begin at ``places``; where a frequent one does, ``longer`` gets its number in the portion."""
    count = np.uint64(max(len(lists.nodes), 1))
    first = frequent[places].astype(np.uint64)
    order, keys = _sorted(first * count + frequent[places + 1].astype(np.uint64))
    places = places[order]
    docs = stream.docs[places]
    posting_starts, gram_starts = _runs(keys, docs)
    heads = posting_starts[gram_starts]
    sizes = np.diff(gram_starts, append=len(posting_starts))
    first_of, second_of = np.divmod(keys[heads], count)
    grams = _GramTable(
        first_of.astype(np.int64), second_of.astype(np.int64), docs[posting_starts], gram_starts, sizes
    )  # fmt: skip
    last = stream.units[places[heads] + (length - 1)]
    which, counts, negative, gaps = _entries(grams, lists, bitmaps, stream.passages, few)
    gap_bytes, gap_starts = varints(gaps)
    bounds = np.zeros(len(which) + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    level = Level(
        lists.nodes[grams.first[which]],
        last[which],
        counts,
        negative,
        gap_bytes,
        gap_starts[bounds],
    )
    chosen = np.flatnonzero(sizes > few)
    ends = np.append(heads, len(keys))
    totals = ends[chosen + 1] - ends[chosen]
    of = np.repeat(np.arange(len(chosen), dtype=np.int32), totals)
    longer[places[ranges(ends[chosen], totals)]] = of
    return _LevelPart(
        level,
        grams.docs[ranges(gram_starts[chosen], sizes[chosen])],
        sizes[chosen],
        np.searchsorted(which, chosen),
    )


def _join_level(parts: Sequence[_LevelPart]) -> tuple[Level, _Lists]:
    """The whole level, and the passages of its frequent grams."""
    none = np.zeros(0, np.int64)
    levels = [part.level for part in parts]
    gap_starts = [np.zeros(1, np.int64)]
    end = 0
    for level in levels:
        gap_starts.append(level.gap_starts[1:] + end)
        end += int(level.gap_starts[-1])
    whole = Level(
        np.concatenate([none, *(level.parents for level in levels)]),
        np.concatenate([np.zeros(0, np.uint16), *(level.last for level in levels)]),
        np.concatenate([none, *(level.counts for level in levels)]),
        np.concatenate([np.zeros(0, np.bool_), *(level.negative for level in levels)]),
        np.concatenate([np.zeros(0, np.uint8), *(level.gaps for level in levels)]),
        np.concatenate(gap_starts),
    )
    sizes = np.concatenate([none, *(part.sizes for part in parts)])
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    docs = np.concatenate([np.zeros(0, np.int32), *(part.docs for part in parts)])
    before = np.cumsum([0, *(len(level.last) for level in levels)])
    nodes = [part.nodes + offset for part, offset in zip(parts, before[:-1], strict=True)]
    return whole, _Lists(docs, starts, np.concatenate([none, *nodes]))


def _sorted(keys: Packed) -> tuple[Ints, Packed]:
    """The order that sorts ``keys`` (equal ones stay in order), and the keys sorted."""
    bits = max(int(len(keys) - 1).bit_length(), 1) if len(keys) else 1
    top = int(keys.max()).bit_length() if len(keys) else 0
    if top + bits > 64:
        order = np.argsort(keys, kind="stable")
        return order, keys[order]
    packed = (keys << np.uint64(bits)) | np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    return (packed & np.uint64((1 << bits) - 1)).astype(np.int64), packed >> np.uint64(bits)


@dataclass(frozen=True)
class _GramTable:
    """The grams of one length: the frequent grams they are made of, and their passages."""

    first: Ints
    second: Ints
    docs: Docs
    starts: Ints
    sizes: Ints


@dataclass(frozen=True)
class _Bitmaps:
    """The longest lists once more, with a bit for each passage: ``rows[number[i]]`` is list ``i`` (``number`` is −1 for the
    others). Which passages two of these have in common takes a microsecond or two."""

    number: Docs
    rows: Packed

    @classmethod
    def of(cls, lists: _Lists, passages: int) -> _Bitmaps:
        words = -(-passages // 64)
        long = np.flatnonzero(lists.sizes > passages / _DENSE)
        number = np.full(len(lists.nodes), -1, np.int32)
        number[long] = np.arange(len(long), dtype=np.int32)
        rows = np.zeros((len(long), words), np.uint64)
        for begin in range(0, len(long), _ROWS):
            chosen = long[begin : begin + _ROWS]
            has = np.zeros((len(chosen), words * 64), np.bool_)
            has.ravel()[_members(lists, chosen, words * 64)] = True
            rows[begin : begin + _ROWS] = np.packbits(has, axis=1, bitorder="little").view(
                np.uint64
            )
        return cls(number, rows)


def _members(lists: _Lists, chosen: Ints, width: int) -> Ints:
    """The passages of the chosen lists, as places in a table of ``width`` columns with a row for each list."""
    sizes = lists.sizes[chosen]
    at = np.repeat(np.arange(len(chosen)) * width, sizes)
    at += lists.docs[ranges(lists.starts[chosen], sizes)]
    return at


_Entries = tuple[Ints, Ints, npt.NDArray[np.bool_], Ints]
"""Which grams get an entry, how many candidates each lists, whether those are the ones that have it not, and the gaps."""


def _entries(
    grams: _GramTable, lists: _Lists, bitmaps: _Bitmaps, passages: int, few: int
) -> _Entries:
    sizes = lists.sizes
    swap = sizes[grams.second] < sizes[grams.first]
    large = np.where(swap, grams.first, grams.second)
    small = np.where(swap, grams.second, grams.first)
    dense = bitmaps.number[small] >= 0
    none = np.zeros(0, np.int64)
    results: list[_Entries] = [(none, none, np.zeros(0, np.bool_), none)]
    both = np.flatnonzero(dense)
    for begin in range(0, len(both), _ROWS):
        chosen = both[begin : begin + _ROWS]
        pairs = bitmaps.number[large[chosen]], bitmaps.number[small[chosen]]
        results.append(_dense_batch(grams, bitmaps.rows, few, chosen, *pairs))
    order = np.flatnonzero(~dense)
    order = order[np.argsort(large[order], kind="stable")]
    has = np.zeros(_BATCH_ROWS * passages, np.bool_)
    for begin, end in _batches(large[order], sizes[small[order]]):
        chosen = order[begin:end]
        results.append(_sparse_batch(grams, lists, has, few, chosen, large[chosen], small[chosen]))
    which, counts, negative, gaps = map(np.concatenate, zip(*results, strict=True))
    starts = np.cumsum(counts) - counts
    back = np.argsort(which)
    return which[back], counts[back], negative[back], gaps[ranges(starts[back], counts[back])]


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
    grams: _GramTable, rows: Packed, few: int, chosen: Ints, large: Docs, small: Docs
) -> _Entries:
    """For grams whose lists are both in ``rows`` (as numbers of rows): candidates are the bits that both have."""
    both = rows[large]
    both &= rows[small]
    ones = np.bitwise_count(both)
    counts = ones.sum(axis=1, dtype=np.int64)
    picked = np.flatnonzero(counts > few)
    both, ones, counts, chosen = both[picked], ones[picked], counts[picked], chosen[picked]
    sizes = grams.sizes[chosen]
    docs = grams.docs[ranges(grams.starts[chosen], sizes)]
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


def _as_entries(which: Ints, negative: npt.NDArray[np.bool_], owner: Ints, inner: Ints) -> _Entries:
    """Entries of the grams ``which``: those of ``owner`` list the candidates ``inner``."""
    gaps = np.diff(inner, prepend=-1)
    heads = np.flatnonzero(np.diff(owner, prepend=-1))
    gaps[heads] = inner[heads] + 1
    return which, np.bincount(owner, minlength=len(which)), negative, gaps


def _sparse_batch(
    grams: _GramTable, lists: _Lists, has: npt.NDArray[np.bool_], few: int, chosen: Ints, large: Ints, small: Ints
) -> _Entries:  # fmt: skip
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
    at += lists.docs[ranges(lists.starts[small], lengths)]
    candidate = has[at]
    has[members] = False
    counts = np.add.reduceat(candidate.view(np.uint8), starts, dtype=np.int32)
    picked = np.flatnonzero(counts > few)
    if not len(picked):
        none = np.zeros(0, np.int64)
        return none, none, np.zeros(0, np.bool_), none
    chosen, counts, lengths = chosen[picked], counts[picked].astype(np.int64), lengths[picked]
    rows, small = rows[picked], small[picked]
    of = ranges(starts[picked], lengths)
    docs = at[of[candidate[of]]] - np.repeat(rows, counts)
    gram_of = np.repeat(np.arange(len(chosen)), counts)
    starts = np.cumsum(counts) - counts
    true_sizes = grams.sizes[chosen]
    true_docs = grams.docs[ranges(grams.starts[chosen], true_sizes)]
    true_gram = np.repeat(np.arange(len(chosen)), true_sizes)
    found = np.searchsorted(gram_of * passages + docs, true_gram * passages + true_docs)
    listed = np.zeros(len(docs), np.bool_)
    listed[found] = True
    negative = counts - true_sizes < true_sizes
    listed ^= negative[gram_of]
    index = np.flatnonzero(listed)
    owner = gram_of[index]
    return _as_entries(chosen, negative, owner, index - starts[owner])
