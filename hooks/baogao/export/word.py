"""The Word files of a site, one beside each report, remembered by content."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..corpus import Report
from .volume import report_docx

_ROOMS = ("corpus", "export")


def word_uri(report: Report) -> str:
    """Where the Word file of a report is, below the site's root."""
    return f"reports/{report.name}.docx"


@dataclass
class WordFiles:
    """Makes the Word files of a site, with a memory below ``folder`` that may be deleted at any time."""

    folder: Path
    _written: dict[Path, str] = field(default_factory=dict)

    def write(self, reports: Iterable[Report], site: Path) -> int:
        """Put the file of each report below ``site``; how many had to be made anew. What is not called for any more is forgotten.

        Raises ValueError for a report readers may not see, before anything is written.
        """
        chosen = list(reports)
        if hidden := [report.name for report in chosen if not report.visible]:
            raise ValueError(hidden[0])
        known = self._known()
        made = 0
        keys = set()
        for report in chosen:
            key = _key(report)
            keys.add(key)
            target = site / word_uri(report)
            if self._written.get(target) == key and target.is_file():
                continue
            content = self._read(key) if key in known else None
            if content is None:
                content = report_docx(report)
                self._keep(key, content)
                made += 1
            _write(target, content)
            self._written[target] = key
        for key in known - keys:
            self._file(key).unlink(missing_ok=True)
        return made

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.docx"

    def _known(self) -> set[str]:
        try:
            return {
                entry.name.removesuffix(".docx")
                for entry in os.scandir(self.folder)
                if entry.name.endswith(".docx")
            }
        except OSError:
            return set()

    def _read(self, key: str) -> bytes | None:
        """What is remembered, unless it is damaged: the file begins with the digest of the rest."""
        try:
            content = self._file(key).read_bytes()
        except OSError:
            return None
        return content[16:] if _digest(content[16:]) == content[:16] else None

    def _keep(self, key: str, content: bytes) -> None:
        try:
            _write(self._file(key), _digest(content) + content)
        except OSError as error:
            logging.getLogger("mkdocs.baogao").debug("Word 文件没有存下（%s）", error)


def _write(file: Path, content: bytes) -> None:
    """Either the old file or the new one, never half of it."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        try:
            temporary.write_bytes(content)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _key(report: Report) -> str:
    """A hash of all the file is made of: the text, the names it is signed with, the program."""
    kind = repr(report.kind) if report.kind else ""
    text = f"{_program()}\0{report.unit_name}\0{kind}\0{report.source.text}"
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _program() -> str:
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=16)
    for room in _ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
