"""The Word files of a site, one for each report, remembered by content."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..corpus import Report, replace_file
from .volume import report_docx

_ROOMS = ("corpus", "export")


@dataclass
class WordMemory:
    """Word files kept below ``folder``, which may be deleted at any time: it costs a longer build."""

    folder: Path
    _keys: dict[str, tuple[Report, str]] = field(default_factory=dict)

    def keys(self, reports: Iterable[Report]) -> dict[str, str]:
        """What the Word file of each report depends on, by the report's name. A report that is the same object as before has
        the same key. Raises ValueError for a report readers may not see."""
        chosen = list(reports)
        if hidden := [report.name for report in chosen if not report.visible]:
            raise ValueError(hidden[0])
        kinds = {report.kind.id: report.kind for report in chosen if report.kind}
        written = {name: repr(kind) for name, kind in kinds.items()}
        found = {}
        for report in chosen:
            before = self._keys.get(report.name)
            if before is None or before[0] is not report:
                before = (report, _key(report, written[report.kind.id] if report.kind else ""))
            found[report.name] = before
        self._keys = found
        return {name: key for name, (_, key) in found.items()}

    def content(self, report: Report, key: str) -> bytes:
        """The Word file of a report with this key: what is remembered, else made now and kept."""
        content = self._read(key)
        if content is None:
            content = report_docx(report)
            self._keep(key, content)
        return content

    def forget_all_but(self, keys: Iterable[str]) -> None:
        """Delete what is not called for any more."""
        wanted = {f"{key}.docx" for key in keys}
        try:
            for entry in list(os.scandir(self.folder)):
                if entry.name not in wanted:
                    Path(entry.path).unlink(missing_ok=True)
        except OSError:
            return

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.docx"

    def _read(self, key: str) -> bytes | None:
        """What is remembered, unless it is damaged: the file begins with the digest of the rest."""
        try:
            content = self._file(key).read_bytes()
        except OSError:
            return None
        return content[16:] if _digest(content[16:]) == content[:16] else None

    def _keep(self, key: str, content: bytes) -> None:
        try:
            replace_file(self._file(key), _digest(content) + content)
        except OSError as error:
            logging.getLogger("mkdocs.baogao").debug("Word 文件没有存下（%s）", error)


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
