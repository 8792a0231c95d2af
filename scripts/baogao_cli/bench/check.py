"""``baogao bench check`` and ``baogao bench rules``: how long reading and checking takes."""

from __future__ import annotations

import random
import time
from pathlib import Path

import click

from baogao.corpus import Source, load, load_data, parse_report, shown_path
from baogao.rules import RULES, check_corpus, check_report, count
from baogao.rules.parallel import check_corpus_parallel
from baogao.rules.structure.alignment import align

from ..ui import Command, docs_option, require_docs, say
from .formulaic import formulaic_report, generated


@click.command("check", cls=Command)
@click.option("--reports", default=1000, help="报告份数（默认 1000）")
@click.option("--characters", default=3000, help="每份字数（默认 3000）")
@click.option("--rules", "per_rule", is_flag=True, help="另列每条规则的用时")
@docs_option
def bench_check(reports: int, characters: int, per_rule: bool, docs: Path) -> None:
    """读取并检查一批报告要多久。"""
    with generated(require_docs(docs), reports, characters) as folder:
        started, cpu = time.perf_counter(), time.process_time()
        corpus = load(folder)
        loaded = time.perf_counter()
        findings = check_corpus_parallel(corpus)
        done = time.perf_counter()
        found = count(findings)
        total = sum(report.length.characters for report in corpus.reports)
        say(f"{len(corpus.reports)} 份报告，{total:,} 字，{len(RULES)} 条规则")
        say(
            f"读取 {loaded - started:.2f} 秒，检查 {done - loaded:.2f} 秒，合计 {done - started:.2f} 秒（CPU {time.process_time() - cpu:.2f} 秒）"
        )
        say(f"必须改 {found.error}，建议改 {found.warning}，供参考 {found.info}")
        if per_rule:
            for rule in RULES:
                begun = time.perf_counter()
                check_corpus(corpus, rules=[rule])
                say(f"  {rule.id} {rule.name}：{(time.perf_counter() - begun) * 1000:.0f} 毫秒")


#: Pieces that, repeated, make careless patterns slow: openings without ends, near misses of what rules look for.
_PIECES = (
    "1", "154 0000 0000 ", "秘密", "内部资料", "（不得外传", "对张某", "给予王", "1人受到", "家住路", "困难党员张", "同志", "a@", "微信：a",
    "<", "<a ", "<!--", "\\<", "{=", "[", "[a](", "![", "一是", "二是", "一、", "（一）", "“", "《", "，", "、", "——", "2021年", "X+",
    "X", "*", "**", "习近平新时代中国特色", "党的二十大", "。", "：",
)  # fmt: skip


@click.command("rules", cls=Command)
@click.option(
    "--characters", default=10_000, help="较短一份的字数（默认 10000），较长的是它的 4 倍"
)
@docs_option
def bench_rules(characters: int, docs: Path) -> None:
    """每条规则的用时随字数怎样增长：对难缠的文字量两次，字数相差 4 倍，用时之比应在 4 上下。"""
    data = load_data(require_docs(docs) / "_data", shown_path(docs / "_data"))
    front = formulaic_report(random.Random(1), data, 2020, data.units.units[0].id, 200).split(
        "\n---\n"
    )[0]
    say("规则   最长用时（毫秒）  比值最大的片段")
    for rule in RULES:
        if rule.check_report is None and rule.check_series is None:
            continue
        slowest, worst, piece = 0.0, 0.0, ""
        for candidate in _PIECES:
            times = []
            for factor in (1, 4):
                text = candidate * (characters * factor // len(candidate))
                body = f"{front}\n---\n\n## 一、主要做法及成效\n\n{text}\n"
                report = parse_report("2020/a", Source("a.md", body), data)
                _ = report.items
                align.cache_clear()
                begun = time.process_time()
                list(check_report(report, report, [rule]))
                times.append(time.process_time() - begun)
            slowest = max(slowest, times[1])
            ratio = times[1] / max(times[0], 0.001)
            if ratio > worst:
                worst, piece = ratio, candidate
        say(f"{rule.id}   {slowest * 1000:8.1f}          {worst:5.1f}  {piece!r}")
