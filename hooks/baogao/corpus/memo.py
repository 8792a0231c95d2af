"""What each report says, read once and remembered by its content.

A study reads one report (or it and its predecessor); what compares reports works on what the studies found. So a build after
one edit reads one report. The memory may be deleted at any time: it costs a longer build. It holds what readers may see and
nothing else: whoever gathers sees to that.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from .files import replace_file
from .os_errors import reason_of
from .processes import in_processes
from .report import Report

T = TypeVar("T")
#: Below this many reports starting processes costs more than it saves.
WORTH_A_PROCESS = 200
_CODE = ("corpus", "rules", "insight", "pages")


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep Python's collector of cycles from looking through what is being built: hundreds of thousands of small objects that
    all stay (it took 60 % of the time to remember 10,000 reports)."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


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
class PairStudy(Generic[T]):
    """One question asked of a report and its predecessor: ``read`` is given the earlier one, then the later one."""

    name: str
    read: Callable[[Report, Report], T]
    pack: Callable[[T], Any]
    unpack: Callable[[Any], T]


@dataclass
class Memo:
    """The memory of a site's studies below ``folder``; ``signature`` is what, beside the reports, all answers depend on.

    Without a folder nothing outlives the process. A preview keeps one memory for all its builds.
    """

    folder: Path | None
    signature: str
    _held: dict[str, dict[str, Any]] = field(default_factory=dict)

    def gather(
        self,
        study: Study[T],
        reports: Iterable[Report],
        before: Callable[[], object] | None = None,
    ) -> dict[str, T]:
        """The answer of every report, by its name, in the order of ``reports``.

        ``before`` is called once before a report is read, if any must be: what the reading rests on is made ready there.
        """
        with collector_at_rest():
            return self._gather(study, list(reports), before)

    def _gather(
        self, study: Study[T], chosen: list[Report], before: Callable[[], object] | None
    ) -> dict[str, T]:
        keys = [f"{report.key}{study.beside(report)}" for report in chosen]
        held = self._held.get(study.name)
        if held is None:
            held = {key: study.unpack(value) for key, value in self._read(study.name).items()}
        fresh = [at for at, key in enumerate(keys) if key not in held]
        if fresh and before is not None:
            before()
        found = _read_all(study, [chosen[at] for at in fresh])
        packed = dict(zip((keys[at] for at in fresh), found, strict=True))
        held.update((key, study.unpack(answer)) for key, answer in packed.items())
        kept = {key: held[key] for key in keys}
        # Packing all answers for one that changed would cost a preview more than reading one report tomorrow.
        first = study.name not in self._held
        if self.folder is not None and first and (fresh or len(kept) != len(held)):
            for key in kept.keys() - packed.keys():
                packed[key] = study.pack(kept[key])
            self._write(study.name, {key: packed[key] for key in kept})
        self._held[study.name] = kept
        return {report.name: kept[key] for report, key in zip(chosen, keys, strict=True)}

    def gather_pairs(
        self, study: PairStudy[T], pairs: Iterable[tuple[Report, Report]]
    ) -> dict[str, T]:
        """The answer of every pair (earlier, later), by the name of the later report; it is remembered by what is in both."""
        chosen = list(pairs)
        earlier = {later.name: before for before, later in chosen}
        single = Study(
            study.name,
            lambda report: study.read(earlier[report.name], report),
            study.pack,
            study.unpack,
            lambda report: earlier[report.name].key,
        )
        return self.gather(single, [later for _, later in chosen])

    def gather_groups(
        self,
        name: str,
        groups: Mapping[str, str],
        make: Callable[[Iterable[str]], Mapping[str, Any]],
    ) -> dict[str, Any]:
        """What is made of groups of reports, by the group: ``groups`` tells for each a key of all that is in it, ``make`` makes it for those
        that are not remembered, as plain lists, texts and numbers. ``make`` is also called, for none, when something remembered is to
        be forgotten, so that what it gathers is forgotten as well."""
        held = self._held.get(name)
        if held is None:
            held = self._read(name)
        keys = {group: f"{group} {key}" for group, key in groups.items()}
        fresh = [group for group, key in keys.items() if key not in held]
        made = make(fresh) if fresh or held.keys() - set(keys.values()) else {}
        kept = {key: made[group] if group in made else held[key] for group, key in keys.items()}
        first = name not in self._held
        if self.folder is not None and first and (fresh or len(kept) != len(held)):
            self._write(name, kept)
        self._held[name] = kept
        return {group: kept[key] for group, key in keys.items()}

    def _file(self, name: str) -> Path | None:
        return None if self.folder is None else self.folder / f"memo-{name}.json"

    def _read(self, name: str) -> dict[str, Any]:
        file = self._file(name)
        if file is None:
            return {}
        try:
            head, _, body = file.read_text(encoding="utf-8").partition("\n")
            if head != f"{self.signature} {digest_of(body.encode())}":
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
        try:
            replace_file(file, f"{self.signature} {digest_of(body.encode())}\n{body}")
        except OSError as error:
            logging.getLogger("mkdocs.baogao").info(
                "分析结果没有存下（%s），下次生成会慢一些", reason_of(error)
            )


def open_memo(docs: Path, folder: Path | None, previous: Memo | None = None) -> Memo:
    """The memory for the reports of ``docs``, kept in ``folder``; it is thrown away when a data file or the code changes.

    ``previous`` is the memory of an earlier build in this process, which goes on where nothing but reports changed.
    """
    digest = hashlib.blake2b(_code().encode(), digest_size=16)
    for file in sorted((docs / "_data").glob("*")):
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    signature = digest.hexdigest()
    if previous is not None and (previous.folder, previous.signature) == (folder, signature):
        return previous
    return Memo(folder, signature)


def digest_of(content: bytes) -> str:
    """A short name for ``content``: 32 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


@cache
def _code() -> str:
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=16)
    for room in _CODE:
        for file in sorted((root / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _read_all(study: Study[T], reports: Sequence[Report]) -> list[Any]:
    """The packed answers of ``reports``."""

    def read(some: Sequence[Report]) -> list[Any]:
        return [study.pack(study.read(report)) for report in some]

    return [packed for run in in_processes(read, reports, WORTH_A_PROCESS) for packed in run]
