"""The files of a site that no generator needs to make: written by both cores, and only where something changed.

A record of what each file was made from lies in the cache, one for each site folder. A file whose key is the same and that is
still there is left alone; a file that is no longer asked for is deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: Below this many files to write starting processes costs more than it saves.
WORTH_A_PROCESS = 100


@dataclass(frozen=True)
class Made:
    """A file at ``uri`` below the site's root. ``key`` names all that ``make`` depends on; with an empty key it is written every
    time. Text is written as UTF-8."""

    uri: str
    key: str
    make: Callable[[], str | bytes]


@dataclass
class Output:
    """What one build writes into ``site``; ``record`` is the file that remembers it between builds."""

    site: Path
    record: Path | None
    _known: dict[str, str] = field(default_factory=dict)
    _now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, site: Path, cache: Path | None) -> Output:
        """``cache`` is the folder for records; a damaged record is as good as none."""
        if cache is None:
            return cls(site, None)
        name = hashlib.blake2b(str(site.resolve()).encode(), digest_size=8).hexdigest()
        record = cache / f"written-{name}.json"
        try:
            known = json.loads(record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        return cls(site, record, known if isinstance(known, dict) else {})

    def put(self, files: Sequence[Made]) -> int:
        """Write what is missing or changed; returns how many files that were."""
        due = [file for file in files if not self._is_there(file)]
        self._now.update((file.uri, file.key) for file in files)
        for folder in {(self.site / file.uri).parent for file in due}:
            folder.mkdir(parents=True, exist_ok=True)
        _write_all(self.site, due)
        return len(due)

    def _is_there(self, file: Made) -> bool:
        return (
            bool(file.key)
            and self._known.get(file.uri) == file.key
            and (self.site / file.uri).is_file()
        )

    def close(self) -> None:
        """Delete what earlier builds wrote and this one did not, and remember what is there now."""
        for uri in self._known.keys() - self._now.keys():
            (self.site / uri).unlink(missing_ok=True)
        self._known, self._now = self._now, {}
        if self.record is None:
            return
        temporary = self.record.with_name(f".{self.record.name}.{os.getpid()}.tmp")
        try:
            self.record.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(self._known), encoding="utf-8")
            temporary.replace(self.record)
        except OSError:
            temporary.unlink(missing_ok=True)


_shared: tuple[Path, Sequence[Made]] | None = None


def _write_all(site: Path, files: Sequence[Made]) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(files) < WORTH_A_PROCESS or cores < 2:
        _write(site, files)
        return
    import multiprocessing

    global _shared  # noqa: PLW0603 - forked children read what to make from here: it cannot be sent
    _shared = (site, files)
    try:
        # Neighbours share much (a report, its series), so each process is given runs of them.
        size = -(-len(files) // (cores * 8))
        spans = [(at, at + size) for at in range(0, len(files), size)]
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            for _ in pool.imap_unordered(_write_span, spans):
                pass
    finally:
        _shared = None


def _write_span(span: tuple[int, int]) -> None:
    assert _shared is not None
    site, files = _shared
    _write(site, files[slice(*span)])


def _write(site: Path, files: Sequence[Made]) -> None:
    for file in files:
        content = file.make()
        target = site / file.uri
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(content.encode() if isinstance(content, str) else content)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
