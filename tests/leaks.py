"""Looking for markers in everything a build leaves behind: files as they are, and what is packed inside them."""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from baogao.fulltext.codec import unpack_text
from baogao.fulltext.folding import fold_text
from baogao.fulltext.index import MANIFEST
from baogao.fulltext.reader import Reader

#: The first of the characters that nobody uses (CJK Extension A), from which markers are made.
_FIRST = 0x3D00
_SIZE = 3
_DEEPEST = 4
_PAYLOAD = re.compile(r'baogao\.shard\("[^"]+","([^"]*)"\)')
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def markers(count: int) -> list[str]:
    """``count`` texts of three characters that stand nowhere else, no character in two of them, and none changed by folding."""
    plain = [c for n in range(_FIRST, _FIRST + 2000) if fold_text(c := chr(n)) == c]
    return ["".join(plain[at : at + _SIZE]) for at in range(0, count * _SIZE, _SIZE)]


@dataclass(frozen=True)
class Hunt:
    """What to look for: ``markers`` by any one of their characters (a word cut in two is found, too) or, in what is no text, whole; ``words``
    whole."""

    markers: tuple[str, ...]
    words: tuple[str, ...] = ()
    _seen: dict[bytes, frozenset[str]] = field(default_factory=dict)

    def passing_over(self, folder: Path) -> Hunt:
        """The same hunt, which takes what lies in ``folder`` for harmless wherever it turns up: files of others."""
        for file in folder.rglob("*"):
            if file.is_file():
                self._seen[_digest(file.read_bytes())] = frozenset()
        return self

    def in_bytes(self, content: bytes, depth: int = 0) -> frozenset[str]:
        """The markers and words in ``content`` or in anything packed in it. The same content is looked through once."""
        key = _digest(content)
        if key not in self._seen:
            found = self._in_layer(content)
            if depth < _DEEPEST:
                for part in unpacked(content):
                    found |= self.in_bytes(part, depth + 1)
            self._seen[key] = frozenset(found)
        return self._seen[key]

    def _in_layer(self, layer: bytes) -> set[str]:
        try:
            return self.in_text(layer.decode("utf-8"))
        except UnicodeDecodeError:
            needles = (*self.markers, *self.words)
            return {n for n in needles if any(form in layer for form in _forms(n))}

    def in_text(self, text: str) -> set[str]:
        if "&" in text:
            text += html.unescape(text)
        if "%" in text:
            text += unquote(text)
        if "\\u" in text:
            text += _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)
        alphabet = set(text)
        return {m for m in self.markers if not alphabet.isdisjoint(m)} | {
            word for word in self.words if word in text
        }

    def in_folder(self, folder: Path) -> dict[str, set[str]]:
        """What was found in files and their names, by the file; links are followed, empty means nothing."""
        found: dict[str, set[str]] = {}
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            hits = self.in_text(name)
            if file.is_file():
                hits |= self.in_bytes(file.read_bytes())
                if file.name == MANIFEST:
                    hits |= self.in_index(file.parent)
            if hits:
                found[name] = hits
        return found

    def in_index(self, folder: Path) -> set[str]:
        """What a reader finds in a search index: by asking, and by reading all texts."""
        reader = Reader(folder)
        texts = "\n".join(
            reader.passage_text(passage) for passage in range(reader.manifest["passages"])
        )
        found = {m for m in self.markers if any(reader.having(character) for character in m)}
        return found | self.in_text(texts)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


@cache
def _forms(needle: str) -> tuple[bytes, ...]:
    return tuple(needle.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))


def unpacked(content: bytes) -> Iterator[bytes]:
    """What was packed in ``content``: parts and their names of zip, gzip, deflate, the text of shards, base64."""
    if content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content)
    elif b"PK\x05\x06" in content[-65_558:] and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield "\n".join(parts.namelist()).encode()
            yield parts.comment
            for name in parts.namelist():
                yield parts.read(name)
    else:
        yield from _inflated(content)
        yield from _payloads(content)


def _payloads(content: bytes) -> Iterable[bytes]:
    if b"baogao.shard(" in content:
        for packed in _PAYLOAD.findall(content.decode("utf-8", "replace")):
            yield unpack_text(packed)
        return
    for run in _BASE64.findall(content):
        try:
            plain = base64.b64decode(run + b"=" * (-len(run) % 4), altchars=b"-_" if b"-" in run else None)  # fmt: skip
        except (binascii.Error, ValueError):
            continue
        # Any word of letters is base64 of something; what matters is text, or what unpacks.
        yield from _inflated(plain)
        if b"\xe3" in plain or b"\xe4" in plain:
            yield plain


def _inflated(content: bytes) -> Iterable[bytes]:
    for window in (15, -15):
        if window < 0 and len(content) > 1 << 20:
            continue
        try:
            yield zlib.decompressobj(window).decompress(content)
        except zlib.error:
            continue
