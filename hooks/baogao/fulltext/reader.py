"""The reference reader: answers from the files alone, as the browser does, in as few words as possible.

It is slow and reads whole files; tests hold it against brute force over the texts and hold the browser against it.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from .codec import Bits, Bytestream, rice_bits, unpack_text
from .columns import Columns, kept_lengths, read_columns
from .folding import fold_passages, fold_text, unit_codes
from .fragments import piece_starts, read_fragment
from .grams import pair_key
from .index import MANIFEST
from .passages import SEPARATOR
from .shards import content_hash

_MANIFEST = re.compile(r'baogao\.manifest\(\{"build":"([^"]+)",(.*)\);\n', re.DOTALL)
_SCRIPT = re.compile(rb'baogao\.shard\("([^"]+)","([^"]*)"\);\n')


class MissingShardError(Exception):
    """A file of the index is not there, or is not what its name says."""


#: What damaged files make the readers below raise: of the packed text, of deflate, of tables that end too early.
_DAMAGE = (zlib.error, ValueError, LookupError, EOFError, TypeError, AttributeError)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise MissingShardError(name) from error


@dataclass(frozen=True)
class Entry:
    """``listed`` are indexes among the candidates: those that have the gram, or (``negative``) have it not."""

    listed: frozenset[int]
    negative: bool


@dataclass(frozen=True)
class Terms:
    """One terms payload: passages of each unit or pair, entries, direct postings of office terms."""

    postings: dict[int, tuple[int, ...]]
    weights: dict[int, bytes]
    entries: dict[tuple[int, ...], Entry]
    office: dict[str, tuple[tuple[int, ...], bytes]]


def read_terms(payload: bytes, number: int, manifest: Mapping[str, Any]) -> Terms:
    """Decode a terms payload; its layout is told in :mod:`.shards`."""
    bits, longest = manifest["bits"], manifest["longest"]
    stream = Bytestream(payload)
    gaps = Bits(stream.take(stream.varint()))
    terms, office_terms = stream.varints(2)
    entry_counts = stream.varints(longest - 2)
    keys = []
    key = number << (32 - bits)
    for gap in stream.varints(terms):
        key += gap
        keys.append(key)
    sizes = stream.varints(terms)
    children = stream.varints(terms) if longest > 2 else []
    ks = rice_bits(np.array(sizes, np.int64), manifest["passages"]).tolist()
    postings = {
        key: _ascending([gap + 1 for gap in gaps.rice(size, k)])
        for key, size, k in zip(keys, sizes, ks, strict=True)
    }
    weights = {key: stream.take(size) for key, size in zip(keys, sizes, strict=True)}
    entries: dict[tuple[int, ...], Entry] = {}
    parents: list[tuple[int, ...]] = [_pair_of(key) for key in keys]
    for length, count in enumerate(entry_counts, 3):
        low, high = stream.take(count), stream.take(count)
        info = stream.varints(count)
        below = stream.varints(count) if length < longest else []
        owners = [parent for parent, n in zip(parents, children, strict=True) for _ in range(n)]
        grams = [(*o, a | b << 8) for o, a, b in zip(owners, low, high, strict=True)]
        for gram, told in zip(grams, info, strict=True):
            listed = _ascending(stream.varints(told >> 1))
            entries[gram] = Entry(frozenset(listed), bool(told & 1))
        parents, children = grams, below
    office = {}
    for _ in range(office_terms):
        text = stream.take(2 * stream.varint()).decode("utf-16-le")
        docs = _ascending(stream.varints(stream.varint()))
        office[text] = (docs, stream.take(len(docs)))
    if stream.at != len(payload):
        raise MissingShardError("bytes left over")
    return Terms(postings, weights, entries, office)


def _ascending(gaps: list[int]) -> tuple[int, ...]:
    values = []
    value = -1
    for gap in gaps:
        value += gap
        values.append(value)
    return tuple(values)


_UNSCATTER = pow(pair_key(0, 1), -1, 1 << 32)


def _pair_of(key: int) -> tuple[int, int]:
    joined = key * _UNSCATTER & 0xFFFFFFFF
    return joined >> 16, joined & 0xFFFF


#: Passages, and whether they are just those that have a text.
Known = tuple[tuple[int, ...], bool]


class Reader:
    """Reads the index in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._terms = lru_cache(maxsize=None)(self._read_terms)
        self._texts = lru_cache(maxsize=None)(self._read_texts)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        with _damage_told(MANIFEST):
            try:
                text = (self.folder / MANIFEST).read_text(encoding="utf-8")
            except OSError as error:
                raise MissingShardError(MANIFEST) from error
            found = _MANIFEST.fullmatch(text)
            # The name of the build is made of all that follows it.
            if not found or content_hash(f"{{{found[2]}".encode()) != found[1]:
                raise MissingShardError(MANIFEST)
            content: dict[str, Any] = {"build": found[1], **json.loads(f"{{{found[2]}")}
            return content

    def compressed(self, name: str) -> bytes:
        """The deflated payload called ``name``. Raises :class:`MissingShardError`."""
        try:
            found = _SCRIPT.fullmatch((self.folder / f"{name}.js").read_bytes())
        except OSError as error:
            raise MissingShardError(name) from error
        if not found or found[1] != name.encode():
            raise MissingShardError(name)
        with _damage_told(name):
            return unpack_text(found[2].decode())

    def single(self, name: str) -> bytes:
        with _damage_told(name):
            return zlib.decompress(self.compressed(self.manifest["files"][name]))

    @cached_property
    def columns(self) -> Columns:
        with _damage_told("columns"):
            return read_columns(self.single("columns"))

    @cached_property
    def dictionary(self) -> bytes:
        return self.single("dictionary")

    @cached_property
    def report_of(self) -> list[tuple[int, int]]:
        """For each passage its report and its number within it (0: about the report)."""
        return [
            (report, inner)
            for report, count in enumerate(self.columns.counts)
            for inner in range(count)
        ]

    @cached_property
    def piece_of(self) -> list[tuple[int, int]]:
        """For each passage the piece its text is in, and its number within it."""
        lengths = kept_lengths(self.columns.length)
        found: list[tuple[int, int]] = []
        pieces = 0
        for count in self.columns.counts:
            first = len(found)
            starts = piece_starts(lengths[first : first + count])
            for begin, end in zip(starts, [*starts[1:], count], strict=True):
                # In later pieces, too, the first record is about the report.
                found += [(pieces, inner + bool(begin)) for inner in range(end - begin)]
                pieces += 1
        return found

    def _grouped(self, kind: str, number: int) -> str:
        group, index = divmod(number, self.manifest["group"])
        return f"{kind}/{group}-{self.manifest[kind][group]}/{index}"

    def _read_terms(self, number: int) -> Terms:
        name = self._grouped("terms", number)
        with _damage_told(name):
            payload = zlib.decompress(self.compressed(name))
            return read_terms(payload, number, self.manifest)

    def _read_texts(self, piece: int) -> list[list[str]]:
        name = self._grouped("texts", piece)
        with _damage_told(name):
            return read_fragment(self.compressed(name), self.dictionary)

    def passage_text(self, passage: int) -> str:
        """The text of a passage, as written."""
        piece, inner = self.piece_of[passage]
        return self._texts(piece)[inner][-1]

    def _shard(self, key: int) -> Terms:
        return self._terms(key >> (32 - self.manifest["bits"]))

    def known(self, gram: tuple[int, ...]) -> tuple[tuple[int, ...], bool]:
        """Passages among which are all that have ``gram``, and whether that is all of them and no other."""
        # From the pairs up: what lies within is asked for once, though much holds it.
        width = min(2, len(gram))
        pieces = [gram[at : at + width] for at in range(len(gram) - width + 1)]
        found = [(self._having_pair(piece), True) for piece in pieces]
        for longer in range(3, len(gram) + 1):
            pieces = [gram[at : at + longer] for at in range(len(gram) - longer + 1)]
            found = [self._joined(*each) for each in zip(pieces, found, found[1:], strict=False)]
        return found[0]

    def _having_pair(self, gram: tuple[int, ...]) -> tuple[int, ...]:
        key = pair_key(gram[0], gram[1] if len(gram) == 2 else 0)
        return tuple(self._shard(key).postings.get(key, ()))

    def _joined(self, gram: tuple[int, ...], first: Known, second: Known) -> Known:
        """What is known of ``gram``, by what is known of it without its last and without its first unit."""
        having = frozenset(second[0])
        candidates = tuple(passage for passage in first[0] if passage in having)
        if len(candidates) <= self.manifest["few"]:
            return candidates, not candidates
        if len(gram) > self.manifest["longest"] or not (first[1] and second[1]):
            return candidates, False
        entry = self._shard(pair_key(gram[0], gram[1])).entries.get(gram)
        if entry is None:
            return (), True
        return tuple(
            passage
            for index, passage in enumerate(candidates)
            if (index in entry.listed) is not entry.negative
        ), True

    def having(self, folded: str) -> list[int]:
        """All passages (those about reports too) whose folded text contains ``folded``."""
        codes = tuple(unit_codes(folded))
        if len(codes) > 2:
            office = self._shard(pair_key(codes[0], codes[1])).office.get(folded)
            if office is not None:
                return list(office[0])
        passages, sure = self.known(codes)
        if sure:
            return list(passages)
        return [
            p
            for p, text in zip(
                passages, fold_passages([self.passage_text(p) for p in passages]), strict=True
            )
            if folded in text
        ]

    def sections(self, query: str) -> list[int]:
        """The sections in which every part of ``query`` (parts are separated by blanks) occurs."""
        parts = [folded for word in query.split() if (folded := fold_text(word))]
        if not parts:
            return []
        assert all(SEPARATOR not in part for part in parts)
        found = set(self.having(parts[0])).intersection(*map(self.having, parts[1:]))
        return sorted(p for p in found if self.report_of[p][1] > 0)
