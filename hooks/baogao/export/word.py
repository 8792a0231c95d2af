"""The Word files of a site, one beside each report, remembered by content."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from ..corpus import Report
from .volume import report_docx

#: Below this many files starting processes costs more than it saves.
WORTH_A_PROCESS = 500
#: A report, its key, where its file goes.
Due = tuple[Report, str, Path]
Put = Callable[[Report, str, Path], bool]
_ROOMS = ("corpus", "export")


def word_uri(report: Report) -> str:
    """Where the Word file of a report is, below the site's root."""
    return f"reports/{report.name}.docx"


@dataclass
class WordFiles:
    """Makes the Word files of a site, with a memory below ``folder`` that may be deleted at any time."""

    folder: Path
    _written: dict[Path, str] = field(default_factory=dict)
    _keys: dict[str, tuple[Report, str]] = field(default_factory=dict)

    def write(self, reports: Iterable[Report], site: Path) -> int:
        """Put the file of each report below ``site``; how many had to be made anew. What is not called for any more is forgotten.

        Raises ValueError for a report readers may not see, before anything is written.
        """
        chosen = list(reports)
        if hidden := [report.name for report in chosen if not report.visible]:
            raise ValueError(hidden[0])
        known = self._known()
        keys = self._all_keys(chosen)
        due = [
            (report, keys[report.name], site / word_uri(report))
            for report in chosen
            if not self._is_there(site / word_uri(report), keys[report.name])
        ]
        made = _each(partial(self._put, known), due)
        self._written.update((target, key) for _, key, target in due)
        for key in known - set(keys.values()):
            self._file(key).unlink(missing_ok=True)
        return made

    def _all_keys(self, reports: list[Report]) -> dict[str, str]:
        """The key of each report by its name; a report that is the same object as before has the same."""
        kinds = {
            r.kind.id: repr(r.kind) for r in {id(r.kind): r for r in reports}.values() if r.kind
        }
        for report in reports:
            before = self._keys.get(report.name)
            if before is None or before[0] is not report:
                kind = kinds[report.kind.id] if report.kind else ""
                self._keys[report.name] = (report, _key(report, kind))
        self._keys = {report.name: self._keys[report.name] for report in reports}
        return {name: key for name, (_, key) in self._keys.items()}

    def _is_there(self, target: Path, key: str) -> bool:
        return self._written.get(target) == key and target.is_file()

    def _put(self, known: set[str], report: Report, key: str, target: Path) -> bool:
        """Write the file of one report; whether it had to be made."""
        content = self._read(key) if key in known else None
        made = content is None
        if content is None:
            content = report_docx(report)
            self._keep(key, content)
        _write(target, content)
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


_shared: tuple[Put, Sequence[Due]] | None = None


def _each(put: Put, due: Sequence[Due]) -> int:
    """``put`` for all that is due, by as many processes as there are cores where the system can fork; how many were made."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(due) < WORTH_A_PROCESS or cores < 2:
        return sum(put(*one) for one in due)
    import multiprocessing

    global _shared  # noqa: PLW0603 - forked children find the reports here instead of having them sent
    _shared = (put, due)
    try:
        size = -(-len(due) // (cores * 4))
        spans = [(at, min(at + size, len(due))) for at in range(0, len(due), size)]
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            return sum(pool.imap_unordered(_span, spans))
    finally:
        _shared = None


def _span(span: tuple[int, int]) -> int:
    assert _shared is not None
    put, due = _shared
    return sum(put(*one) for one in due[slice(*span)])


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


def _key(report: Report, kind: str) -> str:
    """A hash of all the file is made of: the text, the names it is signed with, its ``kind`` written out, the program."""
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
