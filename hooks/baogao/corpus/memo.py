"""What each report says, read once and remembered by its content.

A study reads one report (or it and those before it in its series); what compares reports works on what the studies found. So a
build after one edit reads one report. The memory may be deleted at any time: it costs a longer build. It holds what readers may
see and nothing else: whoever gathers sees to that.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from .files import replace_file
from .os_errors import reason_of
from .processes import in_processes
from .report import Report

T = TypeVar("T")
#: Below this many reports starting processes costs more than it saves.
WORTH_A_PROCESS = 200
#: So many runs are given to each core: while a run is handed over, what it found is in memory twice.
_RUNS = 8
#: So many reports lie open at a time: one and those before it in its series.
_OPEN = 8
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


def pack_json(value: Any) -> str:
    """Plain lists, texts and numbers as one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _nothing(report: Report) -> str:
    return ""


def _none(report: Report) -> Sequence[Report]:
    return ()


@dataclass(frozen=True)
class Study(Generic[T]):
    """One question asked of a report and of those before it: ``before`` gives these, the latest last; ``read`` is given the report
    and them.

    ``pack`` turns an answer into one line of text and ``unpack`` back; ``beside`` names what the answer depends on beside the reports.
    What ``read`` is given are copies of its own, which are gone soon after with all that was worked out of them: parsed, the reports
    of a city do not fit into memory. Studies that are read together share them. ``left``: the answers are texts of some length and
    few of them are asked for; they are left in the file and read from there.
    """

    name: str
    read: Callable[[Report, Sequence[Report]], T]
    pack: Callable[[T], str]
    unpack: Callable[[str], T]
    before: Callable[[Report], Sequence[Report]] = _none
    beside: Callable[[Report], str] = _nothing
    left: bool = False

    def key(self, report: Report) -> str:
        """What the answer for ``report`` is remembered by."""
        beside = self.beside(report)
        return (
            report.key
            + "".join(earlier.key for earlier in self.before(report))
            + (digest_of(beside.encode("utf-8", "surrogatepass")) if beside else "")
        )

    def ask(self, report: Report) -> str:
        return self.pack(self.read(_opened(report), [_opened(r) for r in self.before(report)]))


@lru_cache(maxsize=_OPEN)
def _opened(report: Report) -> Report:
    return Report(report.name, report.source, report.front, report.data, report.damage)


@dataclass
class Memo:
    """The memory of a site's studies below ``folder``; ``signature`` is what, beside the reports, all answers depend on.

    Without a folder nothing outlives the process. A preview keeps one memory for all its builds.
    """

    folder: Path | None
    signature: str
    _held: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    #: What the file of a study says, by key, until the study is settled. As bytes: in memory, text takes up to four times as much.
    _lines: dict[str, dict[str, bytes]] = field(default_factory=dict)
    #: The first line of each file read or written.
    _heads: dict[str, bytes] = field(default_factory=dict)

    def gather(self, study: Study[T], reports: Iterable[Report]) -> Mapping[str, T]:
        """The answer of every report, by its name, in the order of ``reports``."""
        chosen = list(reports)
        self.read_together([(study, chosen)])
        return _Named({r.name: study.key(r) for r in chosen}, self._held[study.name])

    def knows(self, study: Study[T], reports: Iterable[Report]) -> bool:
        """Whether the answer of every report is remembered."""
        known = self._known(study.name)
        return all(study.key(report) in known for report in reports)

    def read_together(self, asked: Sequence[tuple[Study[Any], Sequence[Report]]]) -> None:
        """Remember the answers of several studies, each of its reports, and forget others they had. Reports that must be read are
        read once for all studies: to find the sections and sentences of a report takes as long as to answer a question."""
        with collector_at_rest():
            wanted = [{study.key(report): report for report in reports} for study, reports in asked]
            due: dict[str, _Due] = {}
            for number, (study, _) in enumerate(asked):
                known = self._known(study.name)
                for key, report in wanted[number].items():
                    if key not in known:
                        due.setdefault(report.name, _Due(report, [])).questions.append(number)
            found = _read_all([study for study, _ in asked], list(due.values()))
            for number, (study, _) in enumerate(asked):
                self._settle(study, wanted[number], found[number])

    def _settle(
        self,
        study: Study[T],
        wanted: Mapping[str, Report],
        found: dict[str, bytes],
    ) -> None:
        """Hold the answers of the reports ``wanted``, by key. ``found`` are the packed ones that are new, by the report's name."""
        held = self._held.get(study.name)
        known = self._known(study.name)
        packed = {
            key: found[report.name] if report.name in found else known[key]
            for key, report in wanted.items()
            if held is None or key not in held
        }
        if held is None:
            del self._lines[study.name]
            if found or len(packed) != len(known):
                self._write(study.name, packed)
            else:
                packed = dict(known)  # in the order of the file
            stored = self._stored(study.name, packed) if study.left else None
            self._held[study.name] = (
                {key: study.unpack(_text(line)) for key, line in packed.items()}
                if stored is None
                else stored
            )
        elif isinstance(held, _Stored):
            self._held[study.name] = held.changed(wanted, packed)
        else:
            self._held[study.name] = {
                key: held[key] if key in held else study.unpack(_text(packed[key]))
                for key in wanted
            }

    def gather_groups(
        self,
        name: str,
        groups: Mapping[str, str],
        make: Callable[[Iterable[str]], Mapping[str, Any]],
    ) -> dict[str, Any]:
        """What is made of groups of reports, by the group: ``groups`` tells for each a key of all that is in it, ``make`` makes it for those
        that are not remembered, as plain lists, texts and numbers. ``make`` is also called, for none, when something remembered is to
        be forgotten, so that what it gathers is forgotten as well."""
        first = name not in self._held
        if first:
            self._held[name] = {k: json.loads(_text(line)) for k, line in self._known(name).items()}
            del self._lines[name]
        held = dict(self._held[name])
        keys = {group: f"{group}={key}" for group, key in groups.items()}
        fresh = [group for group, key in keys.items() if key not in held]
        made = make(fresh) if fresh or held.keys() - set(keys.values()) else {}
        kept = {key: made[group] if group in made else held[key] for group, key in keys.items()}
        if first and (fresh or len(kept) != len(held)):
            self._write(name, {key: _bytes(pack_json(value)) for key, value in kept.items()})
        self._held[name] = kept
        return {group: kept[key] for group, key in keys.items()}

    def _known(self, name: str) -> Mapping[str, Any]:
        """What is remembered of a study, by key: answers, or packed ones as long as it is not settled."""
        if name in self._held:
            return self._held[name]
        if name not in self._lines:
            self._lines[name] = self._read(name)
        return self._lines[name]

    def _file(self, name: str) -> Path | None:
        return None if self.folder is None else self.folder / f"memo-{name}.txt"

    # A line for each answer, key and packed answer, below a line with the signature and the digest of all that follows.

    def _read(self, name: str) -> dict[str, bytes]:
        file = self._file(name)
        if file is None:
            return {}
        try:
            content = file.read_bytes()
            end = content.index(b"\n") + 1
            if content[:end] != self._head(memoryview(content)[end:]):
                return {}
        except (OSError, ValueError):
            return {}
        self._heads[name] = content[:end]
        lines = content[end:].split(b"\n")[:-1]
        del content
        return {key.decode(): packed for key, _, packed in (line.partition(b" ") for line in lines)}

    def _write(self, name: str, kept: Mapping[str, bytes]) -> None:
        file = self._file(name)
        if file is None:
            return
        content = bytearray(self._head(b""))
        end = len(content)
        for key, packed in kept.items():
            content += b"%b %b\n" % (key.encode(), packed)
        content[:end] = self._head(memoryview(content)[end:].toreadonly())
        self._heads.pop(name, None)
        try:
            replace_file(file, content)
            self._heads[name] = bytes(content[:end])
        except OSError as error:
            logging.getLogger("mkdocs.baogao").info(
                "分析结果没有存下（%s），下次生成会慢一些", reason_of(error)
            )

    def _stored(self, name: str, lines: Mapping[str, bytes]) -> _Stored | None:
        """The answers where they lie in the file, of which ``lines`` is the content; None where it is not there, or is another by now."""
        file, head = self._file(name), self._heads.get(name, b"")
        if file is None or not head:
            return None
        at = len(head)
        places: dict[str, tuple[int, int]] = {}
        for key, packed in lines.items():
            places[key] = (at + len(key) + 1, len(packed))
            at += len(key) + len(packed) + 2
        try:
            opened = _File(file)
        except OSError:
            return None
        return _Stored(opened, places, {}) if opened.read(0, len(head)) == head else None

    def _head(self, body: bytes | memoryview) -> bytes:
        return f"{self.signature} {digest_of(body)}\n".encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(packed: bytes) -> str:
    return packed.decode("utf-8", "surrogatepass")


class _Named(Mapping[str, T]):
    """Answers by the names of reports."""

    def __init__(self, keys: Mapping[str, str], held: Mapping[str, T]) -> None:
        self._keys, self._answers = keys, held

    def __getitem__(self, name: str) -> T:
        return self._answers[self._keys[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class _File:
    """A file that is open for reading as long as somebody has this. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self._descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def __del__(self) -> None:
        with suppress(AttributeError, OSError):
            os.close(self._descriptor)

    def read(self, start: int, size: int) -> bytes:
        # Processes that fork from this one share the place at which it would be read: they must not move it.
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, size, start)
        os.lseek(self._descriptor, start, os.SEEK_SET)
        return os.read(self._descriptor, size)


class _Stored(Mapping[str, str]):
    """Packed answers left in a file, by key. The file is opened once and stays as it was then, whoever writes another; what came since
    is in ``others``."""

    def __init__(
        self, file: _File, places: dict[str, tuple[int, int]], others: dict[str, bytes]
    ) -> None:
        self._file, self._places, self._others = file, places, others

    def changed(self, wanted: Iterable[str], found: Mapping[str, bytes]) -> _Stored:
        """Those ``wanted``, some of them new."""
        chosen = list(wanted)
        others = {**self._others, **found}
        return _Stored(
            self._file,
            {key: self._places[key] for key in chosen if key in self._places},
            {key: others[key] for key in chosen if key not in self._places},
        )

    def __getitem__(self, key: str) -> str:
        if key in self._others:
            return _text(self._others[key])
        return _text(self._file.read(*self._places[key]))

    def __iter__(self) -> Iterator[str]:
        yield from self._places
        yield from self._others

    def __len__(self) -> int:
        return len(self._places) + len(self._others)


@dataclass(frozen=True)
class _Due:
    """A report and the numbers of the studies that have to read it."""

    report: Report
    questions: list[int]


def _read_all(studies: Sequence[Study[Any]], due: list[_Due]) -> list[dict[str, bytes]]:
    """For each study the packed answers of the reports it is due for, by the report's name."""

    def read(some: Sequence[_Due]) -> list[tuple[int, str, bytes]]:
        return [
            (number, each.report.name, _bytes(studies[number].ask(each.report)))
            for each in some
            for number in each.questions
        ]

    # Series by series, so that a process reads a report once for itself and for those that follow it.
    due.sort(key=lambda d: (d.report.series_key or ("", "", ""), d.report.year or 0, d.report.name))
    found: list[dict[str, bytes]] = [{} for _ in studies]
    for run in in_processes(read, due, WORTH_A_PROCESS, _RUNS):
        for number, name, packed in run:
            found[number][name] = packed
    _opened.cache_clear()
    return found


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


def digest_of(content: bytes | memoryview) -> str:
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
