"""What each report says, read once and remembered by its content.

A study reads one report on its own; what compares reports works on what the studies found. So a build after one edit reads
one report. The memory may be deleted at any time: it costs a longer build.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..corpus import Report

T = TypeVar("T")
#: Below this many reports starting processes costs more than it saves.
WORTH_A_PROCESS = 200
_CODE = ("corpus", "insight")


def _nothing(report: Report) -> str:
    return ""


@dataclass(frozen=True)
class Study(Generic[T]):
    """One question asked of every report.

    ``read`` answers it for one report; ``pack`` turns an answer into plain lists, texts and numbers and ``unpack`` back;
    ``beside`` names what the answer depends on beside the report's own text.
    """

    name: str
    read: Callable[[Report], T]
    pack: Callable[[T], Any]
    unpack: Callable[[Any], T]
    beside: Callable[[Report], str] = _nothing


@dataclass(frozen=True)
class Memo:
    """The memory of a site's studies below ``folder``; ``signature`` is what, beside a report's text, the answers depend on.
    Without a folder nothing is kept."""

    folder: Path | None
    signature: str

    def gather(self, study: Study[T], reports: Iterable[Report]) -> dict[str, T]:
        """The answer of every report, by its name, in the order of ``reports``."""
        chosen = list(reports)
        keys = {r.name: f"{report_key(r)}{study.beside(r)}" for r in chosen}
        known = self._read(study.name)
        fresh = [report for report in chosen if keys[report.name] not in known]
        packed = dict(zip([r.name for r in fresh], _read_all(study, fresh), strict=True))
        kept = {key: packed[name] if name in packed else known[key] for name, key in keys.items()}
        if fresh or len(kept) != len(known):
            self._write(study.name, kept)
        return {name: study.unpack(kept[key]) for name, key in keys.items()}

    def _file(self, name: str) -> Path | None:
        return None if self.folder is None else self.folder / f"insight-{name}.json"

    def _read(self, name: str) -> dict[str, Any]:
        file = self._file(name)
        if file is None:
            return {}
        try:
            head, _, body = file.read_text(encoding="utf-8").partition("\n")
            if head != f"{self.signature} {_digest(body.encode())}":
                return {}
            known = json.loads(body)
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write(self, name: str, kept: dict[str, Any]) -> None:
        file = self._file(name)
        if file is None:
            return
        body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(
                f"{self.signature} {_digest(body.encode())}\n{body}", encoding="utf-8", newline="\n"
            )
            temporary.replace(file)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            logging.getLogger("mkdocs.baogao").info(
                "分析结果没有存下（%s），下次生成会慢一些", error
            )


def open_memo(docs: Path, folder: Path | None) -> Memo:
    """The memory for the reports of ``docs``, kept in ``folder``; it is thrown away when a data file or the code changes."""
    digest = hashlib.blake2b(_code().encode(), digest_size=16)
    for file in sorted((docs / "_data").glob("*")):
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return Memo(folder, digest.hexdigest())


def report_key(report: Report) -> str:
    """What an answer of a report depends on: where it stands and what is in it."""
    return _digest(f"{report.name}\0{report.source.text}".encode("utf-8", "surrogatepass"))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


@cache
def _code() -> str:
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=16)
    for room in _CODE:
        for file in sorted((root / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


_shared: tuple[Study[Any], Sequence[Report]] | None = None


def _read_all(study: Study[T], reports: Sequence[Report]) -> list[Any]:
    """The packed answers of ``reports``, by as many processes as there are cores where the system can fork."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(reports) < WORTH_A_PROCESS or cores < 2:
        return [study.pack(study.read(report)) for report in reports]
    import multiprocessing

    global _shared  # noqa: PLW0603 - forked children read the reports from here instead of having them sent
    _shared = (study, reports)
    try:
        size = -(-len(reports) // (cores * 4))
        spans = [(at, min(at + size, len(reports))) for at in range(0, len(reports), size)]
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            return [packed for part in pool.imap(_read_span, spans) for packed in part]
    finally:
        _shared = None


def _read_span(span: tuple[int, int]) -> list[Any]:
    assert _shared is not None
    study, reports = _shared
    return [study.pack(study.read(report)) for report in reports[slice(*span)]]
