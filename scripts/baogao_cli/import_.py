"""``baogao import``: a Word or text file becomes a report; a folder of them, reports."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

import click

from baogao.corpus import Data, Kind, Unit, load_data, reason_of, replace_file, shown_path
from baogao.corpus.intake import (
    ASIDE_NAMES,
    Draft,
    Metadata,
    Note,
    ReportFile,
    UnreadableError,
    compose,
    read_draft,
    read_manuscript,
)
from baogao.corpus.intake import settle as settled
from baogao.corpus.intake.read import OTHER_SUFFIXES, SUFFIXES
from baogao.corpus.intake.settle import STATUSES, Choices, UnsettledError

from .ui import Command, Failure, docs_option, require_docs, say

MAX_BYTES = 64_000_000


@dataclass(frozen=True)
class Options:
    """What the user says of the files; it holds for every file of a folder."""

    choices: Choices
    kind: Kind | None
    dry_run: bool


@dataclass(frozen=True)
class Import:
    """A file that was read and can be written: ``form`` what it was read as."""

    draft: Draft
    metadata: Metadata
    report: ReportFile
    target: Path
    form: str


@click.command("import", cls=Command)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--year", type=int, help="考核年度，例如 2022（文中写明的可不填）")
@click.option("--unit", help="单位：名录里的全称、简称或短名")
@click.option("--kind", help="文种，例如 述职报告（标题写明的可不填）")
@click.option("--role", help="述职人角色，例如 分管领导")
@click.option("--title", help="标题（文中有的可不填）")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="成文日期，例如 2023-01-10（文中写明的可不填）",
)
@click.option(
    "--status",
    type=click.Choice(STATUSES),
    default="draft",
    help="draft 草稿（默认）、review 送审稿、published 定稿、anonymized 脱敏样本",
)
@click.option(
    "--visibility",
    type=click.Choice(["internal", "restricted"]),
    help="internal 内部、restricted 限制（不上网页）；不填按文种",
)
@click.option("--dry-run", is_flag=True, help="只说明会怎样，不写文件")
@docs_option
def import_report(
    file: Path, year: int | None, unit: str | None, kind: str | None, role: str | None,
    title: str | None, date: datetime.datetime | None, status: str, visibility: str | None,
    dry_run: bool, docs: Path,
) -> None:  # fmt: skip
    """把 Word 文件（.docx）或纯文本（UTF-8 或 GB18030）变成报告，放到它该在的位置。

    一字不改：只按序号和标题样式认出标题，分出段落。认出的、推测的、没有带入的都逐条列出。
    给一个文件夹，就把里面的文件逐份导入，选项对每一份都有效。
    """
    data = load_data(require_docs(docs) / "_data", f"{shown_path(docs)}/_data")
    choices = Choices(
        year, unit, kind, role, title, date.date() if date else None, status, visibility
    )
    options = Options(choices, find_kind(data, kind) if kind else None, dry_run)
    if file.is_dir():
        _import_folder(file, options, data, docs)
        return
    made = _read_import(file, options, data, docs)
    if not dry_run:
        refuse_existing(made.target)
    tell(made, title)
    if dry_run:
        say(f"（只看不写）会写入 {made.target}")
        return
    write_new(made.target, made.report)
    say(f"已写入 {made.target}\n接着运行：baogao check {made.target}")


def _read_import(file: Path, options: Options, data: Data, docs: Path) -> Import:
    return read_import(_read(file), file.name, str(file), options, data, docs)


def read_import(
    content: bytes, name: str, shown: str, options: Options, data: Data, docs: Path
) -> Import:
    """The report in ``content``, the file called ``name``, which messages call ``shown``. Raises :class:`Failure`."""
    try:
        manuscript = read_manuscript(content, name)
    except UnreadableError as error:
        raise Failure(f"{shown}：{error}") from None
    draft = read_draft(manuscript, data, options.kind)
    if not draft.pieces:
        raise Failure(f"{shown} 里没有文字")
    try:
        source = (name, hashlib.sha256(content).hexdigest())
        metadata = settled.settle(draft, data, options.choices, source)
    except UnsettledError as error:
        raise unsettled(error) from None
    report = compose(draft, metadata)
    return Import(draft, metadata, report, docs / "reports" / report.name, manuscript.form)


# A folder


def _import_folder(folder: Path, options: Options, data: Data, docs: Path) -> None:
    """Import every file of a folder; exit code 1 if one failed, 2 if nothing could be done."""
    files, others = _files_of(folder)
    if not files:
        raise Failure(f"{folder} 里没有 Word 文件（.docx）或纯文本（.txt）")
    names = [file.relative_to(folder).as_posix() for file in files]
    column = max(map(_width, names))
    taken: dict[Path, str] = {}
    for file, name in zip(files, names, strict=True):
        try:
            made = _read_import(file, options, data, docs)
            if made.target in taken:
                raise Failure(f"和“{taken[made.target]}”是同一份报告（{made.target}），没有覆盖")
            refuse_existing(made.target)
            if not options.dry_run:
                write_new(made.target, made.report)
            taken[made.target] = name
            done, said = (
                ("会写入" if options.dry_run else "已写入"),
                f"{made.target}  {_counts(made)}",
            )
        except Failure as error:
            done, said = "没导入", error.message.removeprefix(f"{file}：")
        say(f"{name}{' ' * (column - _width(name))}  {done}  {said}")
    failed = len(files) - len(taken)
    say(
        f"共 {len(files)} 份：{'会写入' if options.dry_run else '写入'} {len(taken)} 份，没导入 {failed} 份。"
        + (f"另有 {others} 个别的文件没有看。" if others else "")
        + "\n一份的逐条说明：baogao import 文件 --dry-run（加同样的选项）"
    )
    if failed:
        click.get_current_context().exit(1 if taken else 2)


def _files_of(folder: Path) -> tuple[list[Path], int]:
    """The files to import, subfolders included, and how many others there are. What is hidden or locked is passed over."""
    found, others = [], 0
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or not file.is_file():
            continue
        if file.suffix.lower() in SUFFIXES | OTHER_SUFFIXES:
            found.append(file)
        else:
            others += 1
    return found, others


def _counts(made: Import) -> str:
    account = made.draft.account
    counts = [f"标题 {sum(1 for piece in made.draft.pieces if piece.level)}"]
    for name, notes in (
        ("请核对", _doubts(made, None)),
        ("没有带入", account.aside.left_out),
        ("隐藏文字", account.aside.hidden),
        ("修订", account.aside.tracked),
        ("批注", account.aside.comments),
    ):
        if notes:
            counts.append(f"{name} {len(notes)}")
    return "，".join(counts)


def _width(text: str) -> int:
    """Columns a text takes on a console."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


# One file


def write_new(target: Path, report: ReportFile) -> None:
    """Write a report that is not there yet. Raises :class:`Failure`; nothing is left half-written."""
    refuse_existing(target)
    try:
        replace_file(target, report.text)
    except OSError as error:
        raise Failure(f"写不了 {target}：{reason_of(error)}") from None


def refuse_existing(target: Path) -> None:
    """Raises :class:`Failure` when ``target`` is there."""
    if target.exists():
        raise Failure(f"{target} 已经有了，没有覆盖。先移走它，或核对年度、单位、文种、角色。")


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise Failure(f"{file} 超过 {MAX_BYTES // 1_000_000} MB，不像一份报告")
        return file.read_bytes()
    except OSError as error:
        raise Failure(f"读不了 {file}：{reason_of(error)}") from None


def find_kind(data: Data, name: str) -> Kind:
    try:
        return settled.find_kind(data, name)
    except UnsettledError as error:
        raise unsettled(error) from None


def find_unit(data: Data, name: str | None) -> Unit:
    try:
        return settled.find_unit(data, name)
    except UnsettledError as error:
        raise unsettled(error) from None


def unsettled(error: UnsettledError) -> Failure:
    """What to say to a person who has left something open, or written it so that it is not understood."""
    value, listed = error.value, "、".join(error.names)
    if error.field == "year":
        if value:
            return Failure(f"--year {value} 不是合理的年度")
        return Failure("文中没有写明年度，请用 --year 指明，例如 --year 2022")
    if error.field == "kind":
        if value:
            return Failure(f"没有文种“{value}”。可以写：{listed}")
        return Failure(f"标题里看不出文种，请用 --kind 指明。可以写：{listed}")
    if error.field == "unit":
        if value:
            return Failure(
                f"单位名录里没有“{value}”。名录里有：{listed}；新单位先加进 docs/_data/units.yml"
            )
        return Failure(f"请用 --unit 指明单位。名录里有：{listed}")
    assert error.kind is not None
    name = error.kind.name
    if not error.kind.authors:
        return Failure(f"{name}不分角色，去掉 --role")
    if value:
        return Failure(f"{name}没有角色“{value}”。可以写：{listed}")
    return Failure(f"{name}要用 --role 指明角色。可以写：{listed}")


def tell(made: Import, title: str | None) -> None:
    """Tell what was recognised, guessed, and not imported, each with its place."""
    draft, account = made.draft, made.draft.account
    headings = sum(1 for piece in draft.pieces if piece.level)
    say(f"{made.form}，{len(draft.pieces)} 段，其中标题 {headings} 个。")
    sorts = [
        ("认出的", account.recognised),
        ("推测或待定的，请核对", _doubts(made, title)),
        *((name, getattr(account.aside, sort)) for sort, name in ASIDE_NAMES.items()),
    ]
    for name, notes in sorts:
        if notes:
            say(f"{name}：")
        for note in notes:
            say(f"  {f'第 {note.line} {account.unit}  ' if note.line else ''}{note.text}")
    if account.placeholders:
        hint = (
            "" if made.metadata.status == "anonymized" else "；如属脱敏样本，加 --status anonymized"
        )
        say(f"待填或脱敏处 {account.placeholders} 处{hint}")


def _doubts(made: Import, title: str | None) -> list[Note]:
    """The guesses, and what the text left open."""
    return settled.doubts(made.draft, made.metadata, title, settled.ON_COMMAND)
