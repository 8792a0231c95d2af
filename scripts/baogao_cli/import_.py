"""``baogao import``: a text file becomes a report."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import click

from baogao.build import replace_file
from baogao.corpus import Data, Kind, Unit, load_data, shown_path
from baogao.corpus.intake import (
    Draft,
    Metadata,
    ReportFile,
    UnreadableError,
    compose,
    decode_text,
    read_draft,
)
from baogao.corpus.intake.structure import suggest_title
from baogao.corpus.kinds import fill_year

from .ui import Command, Failure, docs_option, require_docs, say

STATUSES = ("draft", "review", "published", "anonymized")
MAX_BYTES = 20_000_000


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
    """把纯文本（UTF-8 或 GB18030）变成报告，放到它该在的位置。

    一字不改：只按序号认出标题，分出段落。认出的和推测的都逐条列出。
    """
    data = load_data(require_docs(docs) / "_data", f"{shown_path(docs)}/_data")
    content = _read(file)
    known_kind = find_kind(data, kind) if kind else None
    try:
        decoded = decode_text(content)
    except UnreadableError as error:
        raise Failure(f"{file}：{error}") from None
    draft = read_draft(decoded.text, data, known_kind)
    if not draft.pieces:
        raise Failure(f"{file} 里没有文字")
    metadata = _settle(
        draft, data, year, unit, known_kind, role, title, date.date() if date else None, status,
        visibility, (file.name, hashlib.sha256(content).hexdigest()),
    )  # fmt: skip
    report = compose(draft, metadata)
    target = docs / "reports" / report.name
    if not dry_run:
        refuse_existing(target)
    _account(draft, metadata, decoded.encoding, report, target, title)
    if dry_run:
        say(f"（只看不写）会写入 {target}")
        return
    write_new(target, report)
    say(f"已写入 {target}\n接着运行：baogao check {target}")


def write_new(target: Path, report: ReportFile) -> None:
    """Write a report that is not there yet. Raises :class:`Failure`; nothing is left half-written."""
    refuse_existing(target)
    try:
        replace_file(target, report.text)
    except OSError as error:
        raise Failure(f"写不了 {target}：{error.strerror}") from None


def refuse_existing(target: Path) -> None:
    """Raises :class:`Failure` when ``target`` is there."""
    if target.exists():
        raise Failure(f"{target} 已经有了，没有覆盖。先移走它，或核对年度、单位、文种、角色。")


def _read(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise Failure(f"{file} 是目录，请指明一个文本文件")
        if file.stat().st_size > MAX_BYTES:
            raise Failure(f"{file} 超过 {MAX_BYTES // 1_000_000} MB，不像一份报告")
        return file.read_bytes()
    except OSError as error:
        raise Failure(f"读不了 {file}：{error.strerror}") from None


def find_kind(data: Data, name: str) -> Kind:
    kind = data.kinds.find(name)
    if kind is None:
        raise Failure(f"没有文种“{name}”。可以写：{'、'.join(k.name for k in data.kinds.kinds)}")
    return kind


def find_unit(data: Data, name: str | None) -> Unit:
    listed = "、".join(unit.current.brief for unit in data.units.units)
    if not name:
        raise Failure(f"请用 --unit 指明单位。名录里有：{listed}")
    unit = data.units.find(name)
    if unit is None:
        raise Failure(
            f"单位名录里没有“{name}”。名录里有：{listed}；新单位先加进 docs/_data/units.yml"
        )
    return unit


def _settle(
    draft: Draft, data: Data, year: int | None, unit: str | None, kind: Kind | None,
    role: str | None, title: str | None, date: datetime.date | None, status: str,
    visibility: str | None, source: tuple[str, str],
) -> Metadata:  # fmt: skip
    """The metadata: what the user says, else what the text is certain of."""
    chosen_year = year or draft.year
    if chosen_year is None:
        raise Failure("文中没有写明年度，请用 --year 指明，例如 --year 2022")
    if not 1949 <= chosen_year <= 2099:
        raise Failure(f"--year {chosen_year} 不是合理的年度")
    chosen_kind = kind or data.kinds.find(draft.kind)
    if chosen_kind is None:
        raise Failure(
            f"标题里看不出文种，请用 --kind 指明。可以写：{'、'.join(k.name for k in data.kinds.kinds)}"
        )
    author = None
    if chosen_kind.authors:
        name = role or draft.role
        listed = "、".join(a.name for a in chosen_kind.authors)
        if not name:
            raise Failure(f"{chosen_kind.name}要用 --role 指明角色。可以写：{listed}")
        author = chosen_kind.author(name)
        if author is None:
            raise Failure(f"{chosen_kind.name}没有角色“{name}”。可以写：{listed}")
    elif role:
        raise Failure(f"{chosen_kind.name}不分角色，去掉 --role")
    return Metadata(
        title or draft.title or suggest_title(draft, chosen_year) or fill_year(chosen_kind.title, chosen_year),
        chosen_year, find_unit(data, unit), chosen_kind, author, date or draft.date, status, visibility, source,
    )  # fmt: skip


def _account(
    draft: Draft,
    metadata: Metadata,
    encoding: str,
    report: ReportFile,
    target: Path,
    title: str | None,
) -> None:
    say(
        f"编码 {encoding}，{len(draft.pieces)} 段，其中标题 {sum(1 for p in draft.pieces if p.level)} 个。"
    )
    say("认出的：")
    for note in draft.account.recognised:
        say(f"  {_place(note.line)}{note.text}")
    guesses = [f"{_place(note.line)}{note.text}" for note in draft.account.guesses]
    if not title and not draft.title:
        guesses.insert(0, f"文中没有标题，暂用“{metadata.title}”，可用 --title 指明")
    if metadata.date is None:
        guesses.append("文中没有成文日期，请用 --date 指明，或在前言里补上")
    if draft.year is not None and draft.year != metadata.year:
        guesses.append(f"文中的年度是 {draft.year}，按 --year 记为 {metadata.year}，请核对")
    if guesses:
        say("推测或待定的，请核对：")
        for guess in guesses:
            say(f"  {guess}")
    if draft.account.placeholders:
        hint = "" if metadata.status == "anonymized" else "；如属脱敏样本，加 --status anonymized"
        say(f"待填或脱敏处 {draft.account.placeholders} 处{hint}")


def _place(line: int) -> str:
    return f"第 {line} 行  " if line else ""
