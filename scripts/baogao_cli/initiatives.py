"""``baogao initiatives``: what is in ``initiatives.yml``, and what may be worth adding to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from baogao.corpus import Corpus, load, open_memo
from baogao.fulltext.segmentation import MISSING, open_segmenter
from baogao.fulltext.suggestions import folded_terms
from baogao.insight import Candidate, Insight, candidates

from .ui import Command, Group, docs_option, require_docs, say

#: An example is cut to so many characters on the screen.
_EXAMPLE = 90
_json = click.option("--json", "as_json", is_flag=True, help="输出给程序读的 JSON")


@click.group(cls=Group)
def initiatives() -> None:
    """举措名录：列出现有的，找出值得加进去的。"""


@initiatives.command("list", cls=Command)
@docs_option
@_json
def list_(docs: Path, as_json: bool) -> None:
    """列出名录里的举措，各在哪些年度提到多少处。"""
    corpus = _visible(docs)
    insight = Insight(corpus, open_memo(docs, _cache(docs)))
    records = insight.initiatives.records
    rows: list[dict[str, Any]] = []
    for own in corpus.data.initiatives.initiatives:
        record = records.get(own.id)
        years = sorted(record.years) if record else []
        rows.append(
            {
                "id": own.id, "name": own.name, "theme": own.theme, "since": own.since,
                "aliases": [s.text for s in own.spellings[1:]], "count": record.count if record else 0,
                "reports": record.reports if record else 0, "units": len(record.units) if record else 0,
                "years": {str(year): record.years[year].count for year in years} if record else {},
            }
        )  # fmt: skip
    if as_json:
        say(json.dumps({"initiatives": rows}, ensure_ascii=False, indent=1))
        return
    for theme in corpus.data.initiatives.themes:
        own_rows = [row for row in rows if row["theme"] == theme]
        if own_rows:
            say(f"{theme}（{len(own_rows)}项）")
        for row in own_rows:
            said = f"{row['count']}处，{row['units']}个单位，{_span(list(map(int, row['years'])))}" if row["count"] else "报告里没有提到"  # fmt: skip
            say(f"  {row['name']}  {row['id']}  {said}")
    named = sum(1 for row in rows if row["count"])
    say(f"共{len(rows)}项，报告提到的{named}项。")


@initiatives.command("suggest", cls=Command)
@docs_option
@click.option("--min-count", type=click.IntRange(1), default=3, show_default=False, help="至少在几句话里出现（默认 3）")  # fmt: skip
@click.option("--min-years", type=click.IntRange(1), default=2, show_default=False, help="至少在几个年度出现（默认 2）")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=30, show_default=False, help="每类最多列几个（默认 30）")  # fmt: skip
@_json
def suggest(docs: Path, min_count: int, min_years: int, limit: int, as_json: bool) -> None:
    """列出报告里常提到、名录里还没有的名称和词语，供挑选；网站上不会出现。"""
    corpus = _visible(docs)
    segmenter = open_segmenter(folded_terms(corpus.data), _cache(docs).parent)
    if segmenter is None:
        say(MISSING + "；这次只列引号、书名号里的名称。", err=True)
    found = candidates(
        corpus, segmenter.words if segmenter else None, segmenter.frequencies if segmenter else {},
        least=min_count, years=min_years,
    )  # fmt: skip
    kinds = list(dict.fromkeys(each.kind for each in found))
    chosen = {kind: [c for c in found if c.kind == kind][:limit] for kind in kinds}
    if as_json:
        rows = [asdict(each) for kind in kinds for each in chosen[kind]]
        say(json.dumps({"candidates": rows}, ensure_ascii=False, indent=1))
        return
    for kind in kinds:
        total = sum(1 for each in found if each.kind == kind)
        rest = f"，列出{len(chosen[kind])}个" if total > len(chosen[kind]) else ""
        say(f"{_TITLES[kind]}（{total}个{rest}）")
        for each in chosen[kind]:
            _show(each)
    if not found:
        say("没有找到。可以用 --min-count、--min-years 放宽。")
        return
    say("要让网站按举措列出，把它加进 docs/_data/initiatives.yml；不想再看到的写进其中的 ignored。")


_TITLES = {"引号": "引号里的名称", "书名号": "书名号里的名称", "词语": "常用的词语"}


def _show(each: Candidate) -> None:
    units = "、".join(each.units[:3]) + (
        f"等{len(each.units)}个单位" if len(each.units) > 3 else ""
    )
    say(f"  {each.name}  {each.count}处，{_span(each.years)}，{units}")
    example = each.example if len(each.example) <= _EXAMPLE else each.example[:_EXAMPLE] + "…"
    say(f"    例：{example}（{each.place}）")


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}年度" if len(years) == 1 else f"{years[0]}—{years[-1]}年度"


def _visible(docs: Path) -> Corpus:
    """What readers may see: drafts and restricted reports give no hints either."""
    require_docs(docs)
    return load(docs).visible


def _cache(docs: Path) -> Path:
    """Where a build of this library keeps what it found."""
    return docs.resolve().parent / ".cache" / "baogao"
