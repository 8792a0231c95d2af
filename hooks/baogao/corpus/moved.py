"""Reports that are no longer where they were: moved to another address, or withdrawn.

Both lists are kept in ``docs/_data`` so that an old address, printed or sent around, still leads somewhere.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .yaml_data import DataError

REDIRECTS, WITHDRAWN = "redirects.tsv", "withdrawn.tsv"
#: What reports are called: plain enough for every address, web server and file system.
_NAME = re.compile(r"[0-9]{4}/[a-z0-9]+(?:-[a-z0-9]+)*")
_EXAMPLE = "2022/jiguan-shuzhi-fenguan"


@dataclass(frozen=True)
class Moved:
    """The report that was called ``old`` is called ``new``; ``line`` is where that is written, ``column`` where ``new`` begins."""

    old: str
    new: str
    line: int
    column: int


@dataclass(frozen=True)
class Withdrawn:
    """The report called ``name`` was withdrawn on ``date``; ``note`` is shown to readers. ``line`` is where that is written."""

    name: str
    date: datetime.date
    note: str
    line: int


def read_redirects(text: str, path: str) -> tuple[Moved, ...]:
    """The entries of ``redirects.tsv``. Raises :class:`DataError`."""
    found: dict[str, Moved] = {}
    for number, line, cells in _rows(text, path, ("old", "new")):
        old, new = cells
        _check_name(path, number, 1, old)
        column = len(line) - len(new) + 1
        _check_name(path, number, column, new)
        if old in found:
            raise DataError(path, number, 1, f"“{old}”在第 {found[old].line} 行已有")
        found[old] = Moved(old, new, number, column)
    for moved in found.values():
        seen = {moved.old}
        at: Moved | None = moved
        while at is not None:
            if at.new in seen:
                raise DataError(
                    path, moved.line, moved.column, f"从“{moved.old}”转来转去又回到原处"
                )
            seen.add(at.new)
            at = found.get(at.new)
    return tuple(found.values())


def read_withdrawn(text: str, path: str) -> tuple[Withdrawn, ...]:
    """The entries of ``withdrawn.tsv``. Raises :class:`DataError`."""
    found: dict[str, Withdrawn] = {}
    for number, _, (name, date, note) in _rows(text, path, ("report", "date", "note")):
        _check_name(path, number, 1, name)
        if name in found:
            raise DataError(path, number, 1, f"“{name}”在第 {found[name].line} 行已有")
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
                raise ValueError
            day = datetime.date.fromisoformat(date)
        except ValueError:
            raise DataError(
                path, number, len(name) + 2, f"“{date}”不是日期，写成 2024-03-01"
            ) from None
        if not note.strip():
            raise DataError(path, number, len(name) + len(date) + 3, "没有写撤回的说明")
        found[name] = Withdrawn(name, day, note.strip(), number)
    return tuple(found.values())


def write_withdrawn(text: str, name: str, date: datetime.date, note: str) -> str:
    """The text of ``withdrawn.tsv`` with one more entry."""
    start = text if not text or text.endswith("\n") else text + "\n"
    return f"{start}{name}\t{date.isoformat()}\t{' '.join(note.split())}\n"


def final_name(name: str, redirects: Mapping[str, str]) -> str:
    """Where an old name leads in the end; ``redirects`` have no circles (:func:`read_redirects` sees to that)."""
    while name in redirects:
        name = redirects[name]
    return name


def check_moved(
    redirects: tuple[Moved, ...],
    withdrawn: tuple[Withdrawn, ...],
    reports: frozenset[str],
    shown: str,
) -> None:
    """Hold both lists against the ``reports`` there are; ``shown`` is how messages call the data folder. Raises :class:`DataError`."""
    gone = {entry.name for entry in withdrawn}
    for entry in withdrawn:
        if entry.name in reports:
            raise DataError(
                f"{shown}/{WITHDRAWN}", entry.line, 1,
                f"“{entry.name}”已经撤回，docs/reports 里却又有它：删去那份报告，或者（要重新公开的）删去这一行",
            )  # fmt: skip
    moves = {moved.old: moved.new for moved in redirects}
    for moved in redirects:
        if moved.old in reports or moved.old in gone:
            what = "还有一份报告" if moved.old in reports else "是一份撤回的报告"
            raise DataError(
                f"{shown}/{REDIRECTS}", moved.line, 1, f"旧地址“{moved.old}”上{what}，不能转走：删去这一行"
            )  # fmt: skip
        end = final_name(moved.new, moves)
        if end not in reports and end not in gone:
            raise DataError(
                f"{shown}/{REDIRECTS}", moved.line, moved.column, f"没有报告“{end}”，不知道转到哪里：改成现在的名称"
            )  # fmt: skip


def _rows(text: str, path: str, header: tuple[str, ...]) -> Iterator[tuple[int, str, list[str]]]:
    """Number, line and cells of each row; lines that begin with ``#`` explain."""
    headed = False
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not headed:
            if tuple(cells) != header:
                raise DataError(path, number, 1, f"第一行应为：{' '.join(header)}（用制表符分开）")
            headed = True
            continue
        if len(cells) != len(header):
            raise DataError(path, number, 1, f"应有 {len(header)} 列，现有 {len(cells)} 列")
        yield number, line, cells
    if not headed:
        raise DataError(path, 1, 1, f"第一行应为：{' '.join(header)}（用制表符分开）")


def _check_name(path: str, line: int, column: int, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise DataError(
            path, line, column, f"“{name}”不是报告的名称，写成 {_EXAMPLE} 的样子（不带 docs/reports 和 .md）"
        )  # fmt: skip
