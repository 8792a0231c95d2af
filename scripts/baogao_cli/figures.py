"""``baogao figures``: which figures recur and are worth a line in ``figures.yml``."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from baogao.corpus import load, open_memo
from baogao.insight import Insight, Uncurated

from .ui import Command, Failure, Group, docs_option, require_docs, say


@click.group(cls=Group)
def figures() -> None:
    """报告里的数据。"""


@figures.command(cls=Command)
@click.option("--years", type=int, default=2, help="至少几个年度都有，不填为 2")
@click.option("--limit", type=int, default=40, help="最多列几项，不填为 40")
@click.option("--json", "as_json", is_flag=True, help="输出给程序读的 JSON")
@docs_option
def suggest(years: int, limit: int, as_json: bool, docs: Path) -> None:
    """列出还没有写进指标表（docs/_data/figures.yml）、但年年都有的数据。

    只看网站上能看到的报告。列出来的是程序凭动词和名词认作同一件事的，要人挑选；写进指标表的才作为指标公布。
    """
    if years < 2 or limit < 1:
        raise Failure("--years 至少是 2，--limit 至少是 1")
    corpus = load(require_docs(docs)).visible
    found = Insight(corpus, open_memo(docs, None)).figures.uncurated(years)[:limit]
    if as_json:
        say(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
        return
    if not found:
        say(f"没有：不在指标表里的数据，没有一项在同一单位里有 {years} 个年度。")
        return
    for one in found:
        say(f"{one.label}（{one.unit}）  {one.count} 次，{one.years} 个年度，{one.units} 个单位")
        say(f"    {one.example.year} 年 {one.example.report}：{_short(one)}")
    say()
    say(f"共 {len(found)} 项。值得长期对照的，写进 docs/_data/figures.yml 的 measures。")


def _short(one: Uncurated) -> str:
    """The words around the example; nothing of a sentence that must not be shown."""
    example = one.example
    if example.at < 0:
        return "（从略）"
    begin = max(0, example.at - 24)
    end = example.at + len(example.text) + 8
    before = "…" if begin else ""
    return before + example.sentence[begin:end] + ("…" if end < len(example.sentence) else "")


def _plain(one: Uncurated) -> dict[str, object]:
    fields = {f.name: getattr(one, f.name) for f in dataclasses.fields(one) if f.name != "example"}
    return fields | {"report": one.example.report, "year": one.example.year, "text": _short(one)}
