"""``baogao export``: reports to take away, as Word files, as plain text, as JSON Lines for programs, for a search server."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from baogao.corpus import Corpus, Report, load, reason_of, replace_file
from baogao.export import (
    Volume,
    plain_text,
    record,
    report_docx,
    series_volume,
    volume_docx,
    year_volume,
)

from .check import choose
from .export_clickhouse import export_clickhouse
from .ui import Command, Failure, Group, docs_option, require_docs, say

T = TypeVar("T")
_LISTED = 5
#: From so many files on a bar tells how far things are.
_MANY = 200
#: What Windows does not allow in the name of a file.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
STDOUT = Path("-")


@click.group(cls=Group)
def export() -> None:
    """导出：Word 文件、纯文字、给程序读的数据、检索服务的数据。只有读者可以看的报告。"""


_out_option = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(),
    help="放到哪个目录（默认当前目录）",
)  # fmt: skip
_force_option = click.option("--force", is_flag=True, help="已经有的文件也覆盖")


@export.command("docx", cls=Command)
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path), metavar="报告…")
@click.option("--series", is_flag=True, help="把这份报告的历年同类报告合成一册")
@click.option("--year", type=int, help="把这一年度的报告合成一册，带目录")
@_out_option
@_force_option
@docs_option
def docx(
    reports: tuple[Path, ...], series: bool, year: int | None, out: Path, force: bool, docs: Path
) -> None:
    """导出 Word 文件，版式照 GB/T 9704，带页码。

    写报告的文件名或目录，一份报告一个文件；--series、--year 合成一册。
    """
    corpus = load(require_docs(docs))
    if year is not None:
        if reports or series:
            raise Failure("--year 是整个年度，不要再写报告或 --series")
        volume = year_volume(corpus, year)
        if not volume.reports:
            raise Failure(f"库里没有 {year} 年度可以导出的报告")
        _write_volume(volume, out, force)
        return
    chosen = _choose(corpus, docs, reports)
    if series:
        if len(chosen) != 1:
            raise Failure("--series 要写一份报告，用它找出历年同类报告")
        _write_volume(series_volume(corpus, chosen[0]), out, force)
        return
    _write_each(chosen, out, ".docx", report_docx, force)


@export.command("text", cls=Command)
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path), metavar="报告…")
@_out_option
@_force_option
@docs_option
def text(reports: tuple[Path, ...], out: Path, force: bool, docs: Path) -> None:
    """导出纯文字（UTF-8），一份报告一个文件：标题、空行、正文。"""
    corpus = load(require_docs(docs))
    chosen = _choose(corpus, docs, reports)
    _write_each(chosen, out, ".txt", lambda report: plain_text(report).encode(), force)


@export.command("jsonl", cls=Command)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), default=Path("报告库.jsonl"),
    help="写到哪个文件（默认 报告库.jsonl）；- 表示直接输出",
)  # fmt: skip
@_force_option
@docs_option
def jsonl(out: Path, force: bool, docs: Path) -> None:
    """导出全部报告给程序读：JSON Lines（UTF-8），一份报告一行，各项见指南“开发”。"""
    corpus = load(require_docs(docs)).visible
    content = "".join(f"{record(report)}\n" for report in _bar(corpus.reports)).encode()
    if out == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    _write({out: content}, force)
    say(f"已写入 {out}：{len(corpus.reports)} 份报告")


export.add_command(export_clickhouse)


def _choose(corpus: Corpus, docs: Path, paths: tuple[Path, ...]) -> tuple[Report, ...]:
    """The reports named that readers may see. Raises :class:`Failure` for one named by itself that they may not."""
    if not paths:
        raise Failure("请写明导出哪些报告，例如 docs/reports/2022，或一份报告的文件名")
    for path in paths:
        if path.is_file() and (hidden := [r for r in choose(corpus, docs, (path,)) if not r.visible]):  # fmt: skip
            raise Failure(f"{hidden[0].path} 不能导出：它是草稿、限制公开，或前言没有写全")
    chosen = choose(corpus, docs, paths)
    visible = tuple(report for report in chosen if report.visible)
    if not visible:
        raise Failure("这里没有可以导出的报告：都是草稿、限制公开，或前言没有写全")
    if len(visible) < len(chosen):
        say(f"没有导出的 {len(chosen) - len(visible)} 份：草稿、限制公开，或前言没有写全", err=True)
    return visible


def _write_each(
    reports: Iterable[Report], out: Path, suffix: str, make: Callable[[Report], bytes], force: bool
) -> None:
    files: dict[Path, Report] = {}
    for report in reports:
        name = f"{report.title}（{report.unit_brief}）"
        if out / _file_name(name, suffix) in files:
            name += report.name
        files[out / _file_name(name, suffix)] = report
    _refuse(files, force)
    for file, report in _bar(list(files.items())):
        _write({file: make(report)}, force=True)
    say(f"已写入 {len(files)} 个文件：{_listed(files)}")


def _write_volume(volume: Volume, out: Path, force: bool) -> None:
    file = out / _file_name(volume.title, ".docx")
    _write({file: volume_docx(volume)}, force)
    say(f"已写入 {file}：{len(volume.reports)} 份报告。目录的页码在打开时更新，没有更新的按 Ctrl+A、F9。")  # fmt: skip


def _file_name(name: str, suffix: str) -> str:
    """A name every system can store; a long one is cut."""
    return _NOT_IN_NAMES.sub("_", name)[:80].strip(" .") + suffix


def _refuse(files: Iterable[Path], force: bool) -> None:
    there = [] if force else [file for file in files if file.exists()]
    if there:
        raise Failure(f"{_listed(there)} 已经有了，没有覆盖。换一个 --out，或加 --force 覆盖。")


def _write(files: dict[Path, bytes], force: bool) -> None:
    _refuse(files, force)
    for file, content in files.items():
        try:
            replace_file(file, content)
        except OSError as error:
            raise Failure(f"写不了 {file}：{reason_of(error)}") from None


def _listed(files: Iterable[Path]) -> str:
    names = [str(file) for file in files]
    return "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")


def _bar(items: Sequence[T]) -> Iterator[T]:
    """The items; of many a line on a terminal tells how far things are."""
    if len(items) < _MANY or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="导出", file=sys.stderr) as moving:
        yield from moving
