"""The files of a site that no generator needs to make: written by both cores, and only where something changed.

A record of what each file was made from lies in the cache; the mark in the finished site says which. A file whose key is the same and that is
still there is left alone; a file that is no longer asked for is deleted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from .corpus import in_processes, replace_file

#: The file that proves a site complete; see :mod:`~.build`.
MARK = "baogao.json"
_RECORDS = 6
#: Below this many files to write starting processes costs more than it saves.
WORTH_A_PROCESS = 100
#: So many files a process writes before another takes over.
_RUN = 1_000


@dataclass(frozen=True)
class Made:
    """A file at ``uri`` below the site's root. ``key`` names all that ``make`` depends on; with an empty key it is written every
    time. Text is written as UTF-8."""

    uri: str
    key: str
    make: Callable[[], str | bytes]


@dataclass
class Output:
    """What one build writes into ``site``. ``base`` names all a site depends on beside the reports."""

    site: Path
    cache: Path | None
    base: str = ""
    _known: dict[str, str] = field(default_factory=dict)
    _now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, site: Path, cache: Path | None, base: str) -> Output:
        """Begin to write. The site's mark is taken away until the build is done: without it what is there counts for nothing.

        ``cache`` is the folder for records; without it nothing is known of earlier builds.
        """
        record = read_record(site, cache)
        (site / MARK).unlink(missing_ok=True)
        return cls(site, cache, base, record.files if record and record.base == base else {})

    def put(self, files: Sequence[Made], least: int = WORTH_A_PROCESS) -> int:
        """Write what is missing or changed, by all cores from ``least`` files on; returns how many files that were."""
        due = [file for file in files if not self._is_there(file)]
        self._now.update((file.uri, file.key) for file in files)
        # Neighbours share much (a report, its series), so that runs are better than single files.
        for _ in in_processes(partial(_write, self.site), due, least, 8, _RUN):
            pass
        return len(due)

    def put_later(self, files: Sequence[Made]) -> Callable[[], None]:
        """What :meth:`put` does, to be done by and by; until then the files of an earlier build stay. The next build asks for them
        again, for nobody tells it whether it was done."""
        due = [file for file in files if not self._is_there(file)]
        self._now.update((file.uri, file.key) for file in files)
        self._now.update((file.uri, "") for file in due)
        return partial(_write, self.site, due)

    def _is_there(self, file: Made) -> bool:
        return (
            bool(file.key)
            and self._known.get(file.uri) == file.key
            and (self.site / file.uri).is_file()
        )

    def close(self) -> str:
        """Delete what earlier builds wrote and this one did not, and remember what is there now under the name returned,
        which belongs into the site's mark."""
        for uri in self._known.keys() - self._now.keys():
            (self.site / uri).unlink(missing_ok=True)
        self._known, self._now = self._now, {}
        content = json.dumps({"base": self.base, "files": self._known}, sort_keys=True)
        name = hashlib.blake2b(content.encode(), digest_size=12).hexdigest()
        if self.cache is not None:
            _keep(self.cache, name, content)
        return name


@dataclass(frozen=True)
class Record:
    """What a finished build wrote: the key of each file, by its address."""

    base: str
    files: dict[str, str]


def read_record(site: Path, cache: Path | None) -> Record | None:
    """What is known of the site in ``site``; ``None`` when it is not complete, or nothing is remembered of it."""
    if cache is None:
        return None
    try:
        name = json.loads((site / MARK).read_text(encoding="utf-8"))["written"]
        content = (cache / f"written-{name}.json").read_text(encoding="utf-8")
        if hashlib.blake2b(content.encode(), digest_size=12).hexdigest() != name:
            return None
        found = json.loads(content)
        return Record(found["base"], found["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_all_records_but(site: Path, cache: Path) -> None:
    """Delete the records of other sites than the one in ``site``: they name pages that may since have been hidden."""
    try:
        name = json.loads((site / MARK).read_text(encoding="utf-8"))["written"]
    except (OSError, ValueError, KeyError, TypeError):
        name = ""
    for file in cache.glob("written-*.json"):
        if file.name != f"written-{name}.json":
            file.unlink(missing_ok=True)


def _keep(cache: Path, name: str, content: str) -> None:
    """Remember a record, and forget all but the latest few: a site and the one before it are all that is ever built on."""
    with suppress(OSError):
        replace_file(cache / f"written-{name}.json", content)
        records = sorted(cache.glob("written-*.json"), key=lambda f: f.stat().st_mtime_ns)
        for old in records[:-_RECORDS]:
            old.unlink(missing_ok=True)


def _write(site: Path, files: Sequence[Made]) -> None:
    for file in files:
        replace_file(site / file.uri, file.make())
