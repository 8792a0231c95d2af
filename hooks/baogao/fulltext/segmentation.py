"""Where words begin, by jieba: it orders what is found and cuts questions; it never decides what is found.

Segmenting is a dear part of a build, so each text is segmented once and remembered by its content, and two processes share the
work when there is much of it.
"""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..corpus import reason_of, replace_file
from .tokenizer import Terms, Tokenizer, jieba_version, open_tokenizer

MISSING = "没有安装 jieba：检索照常能用，但不按词排序，也不能把问句拆成词"
#: Below this many characters a second process costs more than it saves.
WORTH_A_PROCESS = 400_000
_CHUNK = 100_000
_MAGIC = b"baogao-words-1\n"
_KEY = 16

Progress = Callable[[int, int], None]
"""Told how many characters are done, and of how many."""


def pack_starts(words: Iterable[str]) -> bytes:
    """Bit ``i`` (lowest first) is set where a word begins at character ``i`` of the words put together."""
    lengths = [len(word) for word in words]
    bits = bytearray((sum(lengths) + 7) // 8)
    position = 0
    for length in lengths:
        bits[position >> 3] |= 1 << (position & 7)
        position += length
    return bytes(bits)


@dataclass
class Segmenter:
    """Segments folded texts and remembers them.

    ``file`` holds what earlier builds segmented: for each text a hash of 16 bytes and its bits. It is
    thrown away when jieba or the terms change.
    """

    tokenizer: Tokenizer
    terms: Terms
    folder: Path
    processes: int = 2
    _known: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / "segmentation.bin"

    @cached_property
    def signature(self) -> bytes:
        digest = hashlib.blake2b(jieba_version().encode(), digest_size=_KEY)
        for term, frequency in self.terms:
            digest.update(f"\n{term} {frequency}".encode())
        return digest.digest()

    @property
    def frequencies(self) -> dict[str, int]:
        """How often words occur in the text jieba's dictionary was made from; 0 for mere beginnings of words."""
        return self.tokenizer.frequencies

    def words(self, text: str) -> list[str]:
        """The words of a folded text; put together they are the text."""
        return self.tokenizer.cut(text)

    def word_starts(self, text: str) -> bytes:
        """Where words begin in a folded text: see :func:`pack_starts`."""
        return pack_starts(self.tokenizer.cut(text))

    def starts_of(self, texts: Sequence[str], progress: Progress | None = None) -> list[bytes]:
        """:meth:`word_starts` of every text, from memory where it is known.

        Afterwards the memory holds these texts and no others, so it does not grow with what was deleted.
        """
        known = self._known or read_memory(self.file, self.signature)
        keys = [content_key(text) for text in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        found = self._segment(fresh, progress)
        self._known = {key: found[key] if key in found else known[key] for key in keys}
        if found or len(self._known) != len(known):
            write_memory(self.file, self.signature, self._known)
        return [self._known[key] for key in keys]

    def forget(self) -> None:
        """Give back what the texts take in memory; the file has it."""
        self._known = {}

    def _segment(self, texts: Mapping[bytes, str], progress: Progress | None) -> dict[bytes, bytes]:
        total = sum(map(len, texts.values()))
        done = 0
        found: dict[bytes, bytes] = {}
        keys = list(texts)
        for chunk in self._segment_chunks(list(texts.values()), total):
            for bits in chunk:
                key = keys[len(found)]
                found[key] = bits
                done += len(texts[key])
            if progress is not None:
                progress(done, total)
        return found

    def _segment_chunks(self, texts: list[str], total: int) -> Iterator[list[bytes]]:
        chunks = list(_chunks(texts))
        finished = 0
        if total >= WORTH_A_PROCESS and self.processes > 1:
            try:
                with _importable(), _pool(self) as pool:
                    for result in pool.map(_work, chunks):
                        finished += 1
                        yield result
                return
            except (OSError, BrokenProcessPool):
                pass  # no processes to be had here (a locked-down machine): do the rest in this one
        for chunk in chunks[finished:]:
            yield [self.word_starts(text) for text in chunk]


def open_segmenter(terms: Terms, cache: Path) -> Segmenter | None:
    """A segmenter that keeps its memory below ``cache`` (``.cache``); ``None`` without jieba."""
    folder = cache / "baogao"
    tokenizer = open_tokenizer(terms, folder)
    return None if tokenizer is None else Segmenter(tokenizer, terms, folder)


def content_key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()


def read_memory(file: Path, signature: bytes) -> dict[bytes, bytes]:
    """What an earlier build remembered; nothing when the file is missing, damaged or of another signature."""
    try:
        content = file.read_bytes()
    except OSError:
        return {}
    head = len(_MAGIC) + _KEY
    if content[:head] != _MAGIC + signature:
        return {}
    body, checksum = content[head:-_KEY], content[-_KEY:]
    if hashlib.blake2b(body, digest_size=_KEY).digest() != checksum:
        return {}
    known: dict[bytes, bytes] = {}
    at = 0
    while at < len(body):
        (length,) = struct.unpack_from("<I", body, at + _KEY)
        begin = at + _KEY + 4
        known[body[at : at + _KEY]] = body[begin : begin + length]
        at = begin + length
    return known


def write_memory(file: Path, signature: bytes, known: Mapping[bytes, bytes]) -> None:
    """Remember for the next build. A folder that cannot be written costs time, not the build."""
    parts: list[bytes] = []
    for key in sorted(known):
        parts += (key, struct.pack("<I", len(known[key])), known[key])
    body = b"".join(parts)
    checksum = hashlib.blake2b(body, digest_size=_KEY).digest()
    try:
        replace_file(file, _MAGIC + signature + body + checksum)
    except OSError as error:
        logging.getLogger("mkdocs.baogao").info(
            "切词结果没有存下（%s），下次生成会慢一些", reason_of(error)
        )


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in runs of about ``_CHUNK`` characters: small enough to share evenly and to show progress."""
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _importable() -> Iterator[None]:
    """While processes start, this package's root on the path: MkDocs takes it off again after loading a
    hook, and a new process inherits the path as it is."""
    root = str(Path(__file__).resolve().parents[2])
    added = root not in sys.path
    if added:
        sys.path.append(root)
    try:
        yield
    finally:
        if added:
            sys.path.remove(root)


def _pool(segmenter: Segmenter) -> ProcessPoolExecutor:
    # Fresh processes, not forks: a preview has threads, and a fork of those may hang.
    return ProcessPoolExecutor(
        min(segmenter.processes, os.cpu_count() or 1), multiprocessing.get_context("spawn"),
        _start_worker, (segmenter.terms, segmenter.folder),
    )  # fmt: skip


_tokenizer: Tokenizer | None = None


def _start_worker(terms: Terms, folder: Path) -> None:
    global _tokenizer  # noqa: PLW0603 - one per process, made once
    _tokenizer = open_tokenizer(terms, folder)


def _work(texts: list[str]) -> list[bytes]:
    assert _tokenizer is not None
    return [pack_starts(_tokenizer.cut(text)) for text in texts]
