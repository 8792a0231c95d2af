"""``baogao new``: the skeleton of a report."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from baogao.corpus import load_data, shown_path
from baogao.corpus.intake import Metadata, skeleton
from baogao.corpus.kinds import fill_year

from .import_ import find_kind, find_unit, write_new
from .ui import Command, Failure, docs_option, require_docs, say


@click.command(cls=Command)
@click.option("--year", type=int, required=True, help="考核年度，例如 2022")
@click.option("--unit", required=True, help="单位：名录里的全称、简称或短名")
@click.option("--kind", required=True, help="文种，例如 述职报告")
@click.option("--role", help="述职人角色，例如 分管领导")
@click.option("--title", help="标题；不填用文种的常用标题")
@click.option("--dry-run", is_flag=True, help="只打印，不写文件")
@docs_option
def new(
    year: int, unit: str, kind: str, role: str | None, title: str | None, dry_run: bool, docs: Path
) -> None:
    """按文种生成一份新报告的骨架。"""
    data = load_data(require_docs(docs) / "_data", f"{shown_path(docs)}/_data")
    chosen = find_kind(data, kind)
    author = None
    if chosen.authors:
        listed = "、".join(a.name for a in chosen.authors)
        author = chosen.author(role) if role else None
        if author is None:
            raise Failure(f"{chosen.name}要用 --role 指明角色。可以写：{listed}")
    elif role:
        raise Failure(f"{chosen.name}不分角色，去掉 --role")
    report = skeleton(
        Metadata(
            title or fill_year(chosen.title, year), year, find_unit(data, unit), chosen, author,
            datetime.date.today(), "draft",
        )
    )  # fmt: skip
    if dry_run:
        say(report.text, end="")
        return
    target = docs / "reports" / report.name
    write_new(target, report)
    say(f"已写入 {target}，按【待填】的提示写。写完运行：baogao check {target}")
