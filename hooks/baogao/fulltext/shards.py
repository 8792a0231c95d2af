"""The files of the index: how terms, texts and tables are laid out in bytes, and what the files are called.

A payload is a row of bytes, deflated (zlib) and written as packed text (:mod:`.codec`) in a classic script::

    baogao.shard("terms/2-9f86d081884c/37", "…");

Scripts work from ``file://``, where nothing else may be read. Payloads come in groups of :data:`GROUP`; a group is a
folder whose name ends in a hash of all it holds, so a file's address changes with its content and the manifest needs only one
hash for a group. Inside a payload numbers are varints (:mod:`.codec`) unless said otherwise.

A *terms* payload holds the terms whose scattered key begins with the payload's number: ::

    bytes of gaps
    gaps       passages of each term in turn: Rice codes of the differences less one (the first counted from −1)
    number of terms, of office terms, of entries of 3 … LONGEST units
    keys       rest of the key, as differences
    sizes      passages of each term
    children   entries of 3 units below each term
    weights    one byte for each of these (see grams)
    for each length: last units (all low bytes, all high bytes); twice the count of listed candidates,
        plus one when these are the ones that have it not; children (not for the last length); gaps of indexes
    office terms: number of units, units, number of passages, gaps, weights

No compression makes Rice codes smaller; they stand in the stream as they are.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from .codec import Bytes, bit_slice, pack_text, stream_head, stream_rest, varint_bytes, varints
from .counting import THREADS
from .folding import units
from .grams import DirectTerm, Grams, Level, pair_key

GROUP = 256
#: Bytes of gaps a terms payload should have on average.
PAYLOAD_BYTES = 1_750
MOST_BITS = 14
_HASH_CHARACTERS = 10
_Payload = TypeVar("_Payload")


def shard_bits(grams: Grams) -> int:
    """The number of terms payloads, as a power of two."""
    wanted = len(grams.postings.gaps) // PAYLOAD_BYTES
    return min(max(wanted, 1).bit_length() - 1, MOST_BITS)


def terms_payloads(grams: Grams, bits: int) -> Iterator[tuple[bytes, bytes]]:
    """The terms payloads, 2 ** ``bits`` of them, in order: of each what stands as it is, and what is worth deflating."""
    postings = grams.postings
    count = 1 << bits
    edges = np.arange(count + 1, dtype=np.uint64) << np.uint64(32 - bits)
    bounds = np.searchsorted(postings.keys.astype(np.uint64), edges)
    weight_starts = np.zeros(len(postings.sizes) + 1, np.int64)
    np.cumsum(postings.sizes, out=weight_starts[1:])
    level_bounds = [bounds]
    for level in grams.levels:
        level_bounds.append(np.searchsorted(level.parents, level_bounds[-1]))
    office: dict[int, list[DirectTerm]] = {}
    for term in grams.terms:
        codes = np.frombuffer(units(term.text), np.uint16)
        number = pair_key(int(codes[0]), int(codes[1])) >> (32 - bits) if bits else 0
        office.setdefault(number, []).append(term)
    rest = (postings.keys & np.uint32((1 << (32 - bits)) - 1) if bits else postings.keys).astype(
        np.int64
    )
    steps = np.diff(rest, prepend=0)
    firsts = bounds[:-1][bounds[:-1] < bounds[1:]]
    steps[firsts] = rest[firsts]
    gaps_of = [level.gap_starts for level in grams.levels]
    parts = [
        _Cut.of_varints(steps, bounds),
        _Cut.of_varints(postings.sizes, bounds),
        _children(grams.levels, 0, len(rest), bounds),
        _Cut(postings.weights, weight_starts[bounds]),
    ]
    for depth, (level, at) in enumerate(zip(grams.levels, level_bounds[1:], strict=True), 1):
        parts += [
            _Cut((level.last & 255).astype(np.uint8), at),
            _Cut((level.last >> 8).astype(np.uint8), at),
            _Cut.of_varints(level.counts * 2 + level.negative, at),
            _children(grams.levels, depth, len(level.last), at),
            _Cut(level.gaps, gaps_of[depth - 1][at]),
        ]
    bit_bounds = postings.gap_starts[bounds].tolist()
    for number in range(count):
        mine = office.get(number, [])
        gaps = bit_slice(postings.gaps, bit_bounds[number], bit_bounds[number + 1])
        terms, *entries = (int(at[number + 1] - at[number]) for at in level_bounds)
        pieces = [varint_bytes([terms, len(mine), *entries]), *(part[number] for part in parts)]
        pieces.extend(_office_bytes(term) for term in mine)
        yield varint_bytes([len(gaps)]) + gaps, b"".join(pieces)


class _Cut:
    """Bytes of all payloads one after another, and where each payload's begin."""

    def __init__(self, data: Bytes, bounds: npt.NDArray[np.integer]) -> None:
        self._data = data.tobytes()
        self._bounds: list[int] = bounds.tolist()

    @classmethod
    def of_varints(cls, values: npt.NDArray[np.integer], bounds: npt.NDArray[np.integer]) -> _Cut:
        data, starts = varints(values)
        return cls(data, starts[bounds])

    def __getitem__(self, number: int) -> bytes:
        return self._data[self._bounds[number] : self._bounds[number + 1]]


def _children(
    levels: Sequence[Level], depth: int, above: int, bounds: npt.NDArray[np.integer]
) -> _Cut:
    """How many entries of the next length each of the ``above`` terms or entries has; nothing for the last length."""
    if depth == len(levels):
        return _Cut(np.zeros(0, np.uint8), np.zeros_like(bounds))
    return _Cut.of_varints(np.bincount(levels[depth].parents, minlength=above), bounds)


def _office_bytes(term: DirectTerm) -> bytes:
    row = units(term.text)
    return (
        varint_bytes([len(row) // 2])
        + row
        + varint_bytes([len(term.docs)])
        + varints(np.diff(term.docs, prepend=-1))[0].tobytes()
        + term.weights.tobytes()
    )


# Files


@dataclass
class Written:
    """What was written: number of files and their bytes."""

    files: int = 0
    size: int = 0


def script(name: str, compressed: bytes) -> bytes:
    """The script that delivers a payload."""
    return b'baogao.shard("%s","%s");\n' % (name.encode(), pack_text(compressed))


def content_hash(*contents: bytes) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()[:_HASH_CHARACTERS]


@dataclass(frozen=True)
class Writer:
    """Writes payloads below ``folder``; ``written`` counts."""

    folder: Path
    written: Written

    def single(self, name: str, payload: bytes) -> str:
        """One payload in a file of its own; returns its name with the hash."""
        compressed = deflate(payload)
        full = f"{name}-{content_hash(compressed)}"
        self.write(f"{full}.js", script(full, compressed))
        return full

    def groups(
        self,
        kind: str,
        payloads: Iterable[_Payload],
        compress: Callable[[_Payload], bytes],
        tick: Callable[[], None] | None = None,
    ) -> list[str]:
        """Payloads in groups; returns the hash of each group."""

        def work(group: tuple[int, list[_Payload]]) -> str:
            number, raw = group
            contents = [compress(payload) for payload in raw]
            mark = content_hash(*contents)
            for index, content in enumerate(contents):
                name = f"{kind}/{number}-{mark}/{index}"
                self.write(f"{name}.js", script(name, content))
            if tick is not None:
                tick()
            return mark

        with ThreadPoolExecutor(THREADS) as pool:
            return list(_bounded_map(pool, work, _grouped(payloads)))

    def write(self, name: str, content: bytes) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        self.written.files += 1
        self.written.size += len(content)


def _grouped(payloads: Iterable[_Payload]) -> Iterator[tuple[int, list[_Payload]]]:
    group: list[_Payload] = []
    number = 0
    for payload in payloads:
        group.append(payload)
        if len(group) == GROUP:
            yield number, group
            number, group = number + 1, []
    if group:
        yield number, group


def _bounded_map(
    pool: ThreadPoolExecutor,
    work: Callable[[tuple[int, list[_Payload]]], str],
    items: Iterable[tuple[int, list[_Payload]]],
) -> Iterator[str]:
    """Like ``pool.map``, but no more than a few items wait at a time: they are large."""
    waiting = []
    for item in items:
        waiting.append(pool.submit(work, item))
        if len(waiting) > 2 * THREADS:
            yield waiting.pop(0).result()
    for future in waiting:
        yield future.result()


def deflate(payload: bytes, stored: bytes = b"") -> bytes:
    """A zlib stream of ``stored``, kept as it is, and ``payload``. Level 9 would take three times as long for half a percent;
    *filtered* suits short numbers."""
    packer = zlib.compressobj(7, zlib.DEFLATED, -15, 9, zlib.Z_FILTERED)
    return stream_head(stored) + stream_rest(stored, payload, packer)


def deflate_terms(payload: tuple[bytes, bytes]) -> bytes:
    stored, content = payload
    return deflate(content, stored)
