"""``baogao new``: the skeleton of a report, which opens with what last year's left to answer."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from baogao.corpus import Corpus, Data, Report, Source, load, parse_report
from baogao.corpus.intake import Metadata, skeleton
from baogao.corpus.kinds import fill_year

from .ask import ask, interactive, pick
from .import_ import find_kind, find_unit, refuse_existing, write_new
from .ui import Command, Failure, docs_option, require_docs, say


@click.command(cls=Command)
@click.option("--year", type=int, help="考核年度，例如 2022")
@click.option("--unit", help="单位：名录里的全称、简称或短名")
@click.option("--kind", help="文种，例如 述职报告")
@click.option("--role", help="述职人角色，例如 分管领导")
@click.option("--title", help="标题；不填用文种的常用标题")
@click.option("--dry-run", is_flag=True, help="只打印，不写文件")
@docs_option
def new(
    year: int | None, unit: str | None, kind: str | None, role: str | None, title: str | None,
    dry_run: bool, docs: Path,
) -> None:  # fmt: skip
    """按文种生成一份新报告的骨架，开头列出上年的问题和打算。

    在终端上运行时，没写的选项会逐项询问。
    """
    corpus = load(require_docs(docs))
    data = corpus.data
    chosen_year = year if year is not None else _ask_year()
    if not 1949 <= chosen_year <= 2099:
        raise Failure(f"--year {chosen_year} 不是合理的年度")
    chosen_unit = find_unit(data, unit if unit is not None else _ask_unit(data, chosen_year))
    chosen = find_kind(data, kind if kind is not None else _ask_kind(data))
    author = None
    if chosen.authors:
        listed = "、".join(a.name for a in chosen.authors)
        if role is None and interactive():
            role = pick("述职人角色", [a.name for a in chosen.authors])
        author = chosen.author(role) if role else None
        if author is None:
            raise Failure(f"{chosen.name}要用 --role 指明角色。可以写：{listed}")
    elif role:
        raise Failure(f"{chosen.name}不分角色，去掉 --role")
    metadata = Metadata(
        title or fill_year(chosen.title, chosen_year), chosen_year, chosen_unit, chosen, author,
        datetime.date.today(), "draft",
    )  # fmt: skip
    previous = _previous(corpus, metadata)
    report = skeleton(metadata, previous)
    target = docs / "reports" / report.name
    if not dry_run:
        refuse_existing(target)
    _tell(previous)
    if dry_run:
        say(report.text, end="")
        return
    write_new(target, report)
    say(f"已写入 {target}，按【待填】的提示写。写完运行：baogao check {target}")


def _previous(corpus: Corpus, metadata: Metadata) -> Report | None:
    """The report before this one in its series: asked for a skeleton without it, which belongs to the same series."""
    bare = skeleton(metadata)
    report = parse_report(bare.name.removesuffix(".md"), Source(bare.name, bare.text), corpus.data)
    return corpus.predecessor(report)


def _tell(previous: Report | None) -> None:
    if previous is None:
        say("库里没有上一份同类报告。", err=True)
        return
    answered = previous.kind is None or previous.kind.problems_answered
    problems, plans = (len(previous.items_of(role)) for role in ("problem", "plan"))
    say(
        f"上一份是{previous.year}年度的：问题 {problems} 个、打算 {plans} 条，已列在骨架里，{'请逐条回应' if answered else '供写的时候对照'}。", err=True
    )  # fmt: skip


def _ask_year() -> int:
    """The year assessed. In the first months of a year that is the year before."""
    if not interactive():
        raise Failure("请用 --year 指明年度，例如 --year 2022")
    today = datetime.date.today()
    usual = today.year - (1 if today.month <= 6 else 0)
    return ask(
        "考核年度", str(usual), lambda text: int(text) if re.fullmatch(r"\d{4}", text) else None
    )


def _ask_unit(data: Data, year: int) -> str | None:
    if not interactive():
        return None  # which is refused with the list of units
    return pick("单位", [unit.name_in(year).brief for unit in data.units.units])


def _ask_kind(data: Data) -> str:
    names = [kind.name for kind in data.kinds.kinds]
    if not interactive():
        raise Failure(f"请用 --kind 指明文种。可以写：{'、'.join(names)}")
    return pick("文种", names)
