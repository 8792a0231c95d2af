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

Everything is counted over UTF-16 code units with numpy; sorting packed integers does most of the work, in threads, since numpy
lets go of the interpreter while it sorts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
_BATCH_ELEMENTS = 1_000_000
_BATCH_ROWS = 48
#: Places dealt with at a time, which bounds the memory.
_PORTION = 1_500_000

Units = npt.NDArray[np.uint16]
Docs = npt.NDArray[np.int32]
Flags = npt.NDArray[np.uint8]
Keys = npt.NDArray[np.uint32]
Packed = npt.NDArray[np.uint64]
Tick = Callable[[], None]


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

    @property
    def sizes(self) -> Ints:
        return np.diff(self.starts)


@dataclass(frozen=True)
class _Part:
    """One partition of the pairs. ``chosen`` are its frequent terms; ``at`` the places of their occurrences, in the
    order of the terms, and ``of`` the index among the frequent ones for each place."""

    keys: Keys
    sizes: Ints
    gaps: Bytes
    gap_starts: Ints
    weights: Bytes
    chosen: Ints
    docs: Docs
    at: Docs
    of: Docs
    term_places: dict[int, Docs]


def find_grams(
    stream: Stream, terms: Sequence[str] = (), tick: Tick | None = None, few: int = FEW
) -> Grams:
    """Postings, entries and the direct postings of ``terms`` (folded). ``tick`` is called 64 + LONGEST times or so."""
    step = tick or (lambda: None)
    keyed: dict[int, list[str]] = {}
    for term in dict.fromkeys(terms):
        codes = np.frombuffer(term.encode("utf-16-le"), np.uint16)
        if len(codes) >= 3:
            keyed.setdefault(pair_key(int(codes[0]), int(codes[1])), []).append(term)
    parts: list[_Part] = []
    frequent = np.full(len(stream.units), -1, np.int32)
    known = 0
    places: dict[int, Docs] = {}
    for part in _partitions(stream, frozenset(keyed), few):
        frequent[part.at] = part.of + known
        known += len(part.chosen)
        places.update(part.term_places)
        parts.append(part)
        step()
    postings = _join(parts)
    lists = _frequent_lists(parts, postings)
    del parts
    direct = tuple(
        found
        for key, group in sorted(keyed.items())
        for text in sorted(group)
        if key in places and (found := _direct(stream, text, places[key]))
    )
    levels = tuple(_levels(stream, frequent, lists, few, step))
    return Grams(postings, levels, direct)


def _partitions(stream: Stream, wanted: frozenset[int], few: int) -> Iterator[_Part]:
    units = stream.units
    following = np.concatenate((units[1:], np.zeros(1, np.uint16)))
    solid = units != SEPARATOR_UNIT
    paired = solid & (following != SEPARATOR_UNIT)
    paired[-1:] = False
    single_key = pair_keys(np.arange(65536), np.zeros(1, np.int64))
    pair = pair_keys(units, following)
    del following
    shift = np.uint32(32 - _PARTITION_BITS)
    pair_part = (pair >> shift).astype(np.uint8)
    pair_part[~paired] = 255
    single_part = (single_key >> shift).astype(np.uint8)[units]
    single_part[~solid] = 255

    def work(number: int) -> _Part:
        return _partition(
            stream, np.flatnonzero(single_part == number), single_key,
            np.flatnonzero(pair_part == number), pair, wanted, few,
        )  # fmt: skip

    with ThreadPoolExecutor(THREADS) as pool:
        yield from pool.map(work, range(1 << _PARTITION_BITS))


def _partition(
    stream: Stream, single_at: Ints, single_key: Keys, pair_at: Ints, pair: Keys,
    wanted: frozenset[int], few: int,
) -> _Part:  # fmt: skip
    """Sort the places of one partition's grams by gram, and read off postings."""
    place_bits = np.uint64(32)
    packed = np.concatenate(
        (
            (single_key[stream.units[single_at]].astype(np.uint64) << place_bits)
            | single_at.astype(np.uint64),
            (pair[pair_at].astype(np.uint64) << place_bits) | pair_at.astype(np.uint64),
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
    of = np.repeat(np.repeat(np.arange(len(chosen)), sizes[chosen]), occurrences[chosen_postings])
    term_places = {}
    if wanted:
        ends = np.append(posting_starts, len(keys))[np.append(term_starts, len(posting_starts))]
        for index in np.flatnonzero(np.isin(term_keys, np.fromiter(wanted, np.uint32))):
            term_places[int(term_keys[index])] = places[ends[index] : ends[index + 1]]
    return _Part(
        term_keys, sizes, gap_bytes, gap_starts[np.append(term_starts, len(posting_starts))], weights, chosen, posting_docs[chosen_postings],
        places[chosen_places], of.astype(np.int32), term_places,
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


def _levels(stream: Stream, frequent: Docs, lists: _Lists, few: int, step: Tick) -> Iterator[Level]:
    """The entries of 3, 4, … units. ``frequent[i]`` is the frequent gram of the length before that begins at ``i``, or −1."""
    places = np.flatnonzero(frequent >= 0).astype(np.int32)
    of = frequent[places]
    for length in range(3, LONGEST + 1):
        together = np.flatnonzero(places[1:] == places[:-1] + 1).astype(np.int32)
        first, second, places = of[together], of[together + 1], places[together]
        of = np.full(len(places), -1, np.int32)
        parts: list[_LevelPart] = []
        grams = 0

        def work(
            rows: Docs, length: int = length, places: Docs = places, first: Docs = first,
            second: Docs = second, lists: _Lists = lists,
        ) -> _LevelPart:  # fmt: skip
            return _level_part(stream, length, rows, places, first, second, lists, few)

        with ThreadPoolExecutor(THREADS) as pool:
            for part in pool.map(work, _portions(first, len(lists.nodes))):
                of[part.rows] = part.of + grams
                grams += len(part.nodes)
                parts.append(part)
        level, lists = _join_level(parts)
        kept = np.flatnonzero(of >= 0)
        places, of = places[kept], of[kept]
        step()
        yield level


def _portions(first: Docs, count: int) -> Iterator[Docs]:
    """Rows of places in portions: all places of one first gram are in one portion, portions are in the order of these."""
    weight = np.cumsum(np.bincount(first, minlength=count)) if count else np.zeros(0, np.int64)
    total = int(weight[-1]) if len(weight) else 0
    number = -(-total // _PORTION)
    portion = np.minimum(weight // max(_PORTION, 1), max(number - 1, 0)).astype(np.uint8)[first]
    for index in range(number):
        yield np.flatnonzero(portion == index).astype(np.int32)


@dataclass(frozen=True)
class _LevelPart:
    """A portion of a level. ``docs`` and ``sizes`` are those of its frequent grams, ``nodes`` their entries; ``rows`` are the
    places that have one of these, ``of`` which."""

    level: Level
    docs: Docs
    sizes: Ints
    nodes: Ints
    rows: Docs
    of: Docs


def _level_part(
    stream: Stream, length: int, rows: Docs, places: Docs, first: Docs, second: Docs, lists: _Lists, few: int
) -> _LevelPart:  # fmt: skip
    count = np.uint64(max(len(lists.nodes), 1))
    order, keys = _sorted(first[rows].astype(np.uint64) * count + second[rows].astype(np.uint64))
    rows = rows[order]
    docs = stream.docs[places[rows]]
    posting_starts, gram_starts = _runs(keys, docs)
    heads = posting_starts[gram_starts]
    sizes = np.diff(gram_starts, append=len(posting_starts))
    grams = _GramTable(
        first[rows[heads]].astype(np.int64), second[rows[heads]].astype(np.int64),
        docs[posting_starts], gram_starts, sizes,
    )  # fmt: skip
    last = stream.units[places[rows[heads]] + (length - 1)]
    which, counts, negative, gaps = _entries(grams, lists, stream.passages, few)
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
    return _LevelPart(
        level,
        grams.docs[ranges(gram_starts[chosen], sizes[chosen])],
        sizes[chosen],
        np.searchsorted(which, chosen),
        rows[ranges(ends[chosen], totals)],
        np.repeat(np.arange(len(chosen), dtype=np.int32), totals),
    )


def _join_level(parts: Sequence[_LevelPart]) -> tuple[Level, _Lists]:
    """The whole level, and the passages of its frequent grams."""
    none = np.zeros(0, np.int64)
    levels = [part.level for part in parts]
    gap_starts = [np.zeros(1, np.int64)]
    for level in levels:
        gap_starts.append(level.gap_starts[1:] + gap_starts[-1][-1])
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


def _entries(
    grams: _GramTable, lists: _Lists, passages: int, few: int
) -> tuple[Ints, Ints, npt.NDArray[np.bool_], Ints]:
    """Which grams get an entry, how many candidates each lists, whether those have it not, and the gaps."""
    sizes = lists.sizes
    swap = sizes[grams.second] < sizes[grams.first]
    large = np.where(swap, grams.first, grams.second)
    small = np.where(swap, grams.second, grams.first)
    order = np.argsort(large, kind="stable")
    results = []
    for begin, end in _batches(large[order], sizes[small[order]]):
        chosen = order[begin:end]
        results.append(_batch(grams, lists, passages, few, chosen, large[chosen], small[chosen]))
    if not results:
        none = np.zeros(0, np.int64)
        return none, none, np.zeros(0, np.bool_), none
    which = np.concatenate([r[0] for r in results])
    counts = np.concatenate([r[1] for r in results])
    negative = np.concatenate([r[2] for r in results])
    gaps = np.concatenate([r[3] for r in results])
    starts = np.cumsum(counts) - counts
    back = np.argsort(which)
    return which[back], counts[back], negative[back], gaps[ranges(starts[back], counts[back])]


def _batches(large: Ints, cost: Ints) -> Iterator[tuple[int, int]]:
    """Spans of grams (ordered by their longer list) that are dealt with together: few different lists, not too much work."""
    new = np.flatnonzero(np.diff(large, prepend=-1))
    ends = np.append(new[1:], len(large))
    work = np.add.reduceat(cost, new) if len(new) else cost
    begin = rows = total = 0
    for index in range(len(new)):
        if rows and (rows >= _BATCH_ROWS or total + work[index] > _BATCH_ELEMENTS):
            yield begin, int(new[index])
            begin, rows, total = int(new[index]), 0, 0
        rows += 1
        total += int(work[index])
    if rows:
        yield begin, int(ends[-1])


def _batch(
    grams: _GramTable,
    lists: _Lists,
    passages: int,
    few: int,
    chosen: Ints,
    large: Ints,
    small: Ints,
) -> tuple[Ints, Ints, npt.NDArray[np.bool_], Ints]:
    sizes = lists.sizes
    names, rows = np.unique(large, return_inverse=True)
    has = np.zeros((len(names), passages), np.bool_)
    members = lists.docs[ranges(lists.starts[names], sizes[names])]
    has[np.repeat(np.arange(len(names)), sizes[names]), members] = True
    lengths = sizes[small]
    docs = lists.docs[ranges(lists.starts[small], lengths)]
    gram_of = np.repeat(np.arange(len(chosen)), lengths)
    candidate = has.ravel()[rows[gram_of] * passages + docs]
    gram_of, docs = gram_of[candidate], docs[candidate]
    counts = np.bincount(gram_of, minlength=len(chosen))
    many = counts > few
    kept = many[gram_of]
    gram_of, docs = gram_of[kept], docs[kept]
    picked = np.flatnonzero(many)
    renumber = np.cumsum(many) - 1
    gram_of = renumber[gram_of]
    counts = counts[picked]
    starts = np.cumsum(counts) - counts
    true_sizes = grams.sizes[chosen[picked]]
    true_docs = grams.docs[ranges(grams.starts[chosen[picked]], true_sizes)]
    true_gram = np.repeat(np.arange(len(picked)), true_sizes)
    width = np.int64(passages)
    found = np.searchsorted(gram_of * width + docs, true_gram * width + true_docs)
    listed = np.zeros(len(docs), np.bool_)
    listed[found] = True
    negative = counts - true_sizes < true_sizes
    listed ^= negative[gram_of]
    index = np.flatnonzero(listed)
    owner = gram_of[index]
    inner = index - starts[owner]
    gaps = np.diff(inner, prepend=-1)
    heads = np.flatnonzero(np.diff(owner, prepend=-1))
    gaps[heads] = inner[heads] + 1
    return chosen[picked], np.bincount(owner, minlength=len(picked)), negative, gaps
