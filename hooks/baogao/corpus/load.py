"""The corpus: all reports under ``docs/reports`` with the data they are read by."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from .data import Data, load_data
from .moved import check_moved
from .os_errors import reason_of
from .report import Report, damaged_report, parse_report
from .source import Source, UndecodableError, decode

K = TypeVar("K")
REPORTS = "reports"
DATA = "_data"


@dataclass(frozen=True)
class Corpus:
    """All reports, in the order of their paths. ``strays`` are files under ``docs/reports`` that are no
    reports; they are never published. ``shown`` is how messages call the docs folder."""

    data: Data
    reports: tuple[Report, ...]
    strays: tuple[str, ...]
    shown: str

    @cached_property
    def visible(self) -> Corpus:
        """The corpus that pages, index and exports are given: no drafts, nothing restricted."""
        return replace(self, reports=tuple(r for r in self.reports if r.visible))

    @cached_property
    def by_year(self) -> dict[int, tuple[Report, ...]]:
        """Reports by year, newest first."""
        return _group(self.reports, lambda r: r.year, reverse=True)

    @cached_property
    def by_unit(self) -> dict[str, tuple[Report, ...]]:
        """Reports by unit id, in the order of ``units.yml``."""
        order = {unit.id: index for index, unit in enumerate(self.data.units.units)}
        groups = _group(self.reports, lambda r: r.unit.id if r.unit else None)
        return dict(sorted(groups.items(), key=lambda entry: order[entry[0]]))

    @cached_property
    def by_kind(self) -> dict[str, tuple[Report, ...]]:
        """Reports by kind id, in the order of ``kinds.yml``."""
        order = {kind.id: index for index, kind in enumerate(self.data.kinds.kinds)}
        groups = _group(self.reports, lambda r: r.kind.id if r.kind else None)
        return dict(sorted(groups.items(), key=lambda entry: order[entry[0]]))

    @cached_property
    def _series(self) -> dict[tuple[str, str, str], tuple[Report, ...]]:
        dated = (r for r in self.reports if r.year is not None)
        groups = _group(dated, lambda r: r.series_key)
        return {
            key: tuple(sorted(g, key=lambda r: (r.year or 0, r.name))) for key, g in groups.items()
        }

    def series(self, report: Report) -> tuple[Report, ...]:
        """历年同类报告: the reports of its unit, kind and role, oldest first, itself among them."""
        key = report.series_key
        return self._series.get(key, ()) if key else ()

    def predecessor(self, report: Report) -> Report | None:
        """The latest report of an earlier year in its series."""
        if report in self._neighbours:
            return self._neighbours[report][0]
        earlier = [r for r in self.series(report) if (r.year or 0) < (report.year or 0)]
        return earlier[-1] if earlier else None

    def successor(self, report: Report) -> Report | None:
        """The earliest report of a later year in its series."""
        if report in self._neighbours:
            return self._neighbours[report][1]
        later = (r for r in self.series(report) if (r.year or 0) > (report.year or 0))
        return next(later, None) if report.year is not None else None

    @cached_property
    def _neighbours(self) -> dict[Report, tuple[Report | None, Report | None]]:
        """Predecessor and successor of the reports of the corpus itself; others may be asked for too."""
        found: dict[Report, tuple[Report | None, Report | None]] = {}
        for series in self._series.values():
            years = [list(group) for _, group in groupby(series, key=lambda r: r.year)]
            for number, group in enumerate(years):
                before = years[number - 1][-1] if number else None
                after = years[number + 1][0] if number + 1 < len(years) else None
                found.update((report, (before, after)) for report in group)
        return found

    @cached_property
    def _by_name(self) -> dict[str, Report]:
        return {report.name: report for report in self.reports}

    @cached_property
    def _by_path(self) -> dict[str, Report]:
        return {report.path: report for report in self.reports}

    def line(self, path: str, number: int) -> str:
        """Line ``number`` (from 1) of the report at ``path``; empty where there is none."""
        report = self._by_path.get(path)
        return report.source.line(number) if report else ""

    def find(self, name: str) -> Report | None:
        """The report called ``name`` (``2022/jiguan-shuzhi-fenguan``)."""
        return self._by_name.get(name)


def _group(
    reports: Iterable[Report], key: Callable[[Report], K | None], reverse: bool = False
) -> dict[K, tuple[Report, ...]]:
    groups: dict[K, list[Report]] = {}
    for report in reports:
        value = key(report)
        if value is not None:
            groups.setdefault(value, []).append(report)
    ordered = sorted(groups, reverse=reverse)  # type: ignore[type-var]
    return {value: tuple(groups[value]) for value in ordered}


def shown_path(path: Path) -> str:
    """How messages name a path: relative to the working directory where it lies below it, with ``/``."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return path.as_posix()
    return path.as_posix() if relative.startswith("..") else Path(relative).as_posix()


def load(docs: Path, previous: Corpus | None = None, shown: str | None = None) -> Corpus:
    """Read the corpus below ``docs``.

    ``previous`` is an earlier corpus of the same folder: reports whose text and data did not
    change are taken from it. ``shown`` is how messages call the folder when it is but a copy of another. Raises :class:`~.yaml_data.DataError` for a wrong data file; a wrong report raises nothing.
    """
    shown = shown_path(docs) if shown is None else shown
    data = load_data(docs / DATA, f"{shown}/{DATA}")
    known: dict[str, Report] = {}
    if previous is not None and previous.data == data:
        data = previous.data
        known = {report.path: report for report in previous.reports}
    reports: list[Report] = []
    strays: list[str] = []
    root = docs / REPORTS
    for file in sorted(_files(root)):
        inner = file.relative_to(root).as_posix()
        path = f"{shown}/{REPORTS}/{inner}"
        if file.suffix != ".md":
            strays.append(path)
            continue
        reports.append(_read(file, inner.removesuffix(".md"), path, data, known.get(path)))
    return Corpus(data, tuple(reports), tuple(strays), shown)


def _files(folder: Path) -> Iterable[Path]:
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith("."):
                yield Path(directory, name)


def _read(file: Path, name: str, path: str, data: Data, known: Report | None) -> Report:
    try:
        text = decode(file.read_bytes())
    except OSError as error:
        return damaged_report(name, path, data, f"读不到文件（{reason_of(error)}）")
    except UndecodableError as error:
        guess = f"，看起来是 {error.guess}" if error.guess else ""
        return damaged_report(
            name, path, data, f"不是 UTF-8 编码（第 {error.offset} 字节起）{guess}"
        )
    if known is not None and known.source.text == text and known.damage is None:
        return known
    return parse_report(name, Source(path, text), data)


def check_lists(corpus: Corpus, docs: Path) -> None:
    """Hold the lists of moved and withdrawn reports against the whole corpus. Raises :class:`.DataError`."""
    names = frozenset(report.name for report in corpus.reports)
    check_moved(corpus.data.redirects, corpus.data.withdrawn, names, f"{shown_path(docs)}/{DATA}")
