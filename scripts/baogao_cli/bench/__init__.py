"""``baogao bench``: measure the tool."""

from __future__ import annotations

import click

from ..ui import Group, Verbs

VERBS = Verbs({
    "build": ".bench.build:bench_build",
    "check": ".bench.check:bench_check",
    "rules": ".bench.check:bench_rules",
    "insight": ".bench.insight:bench_insight",
    "search": ".bench.search:bench_search",
    "ranking": ".bench.ranking:bench_ranking",
    "clickhouse": ".bench.clickhouse:bench_clickhouse",
    "load": ".bench.load:bench_load",
    "faults": ".bench.faults:bench_faults",
    "fuzz": ".bench.fuzz:bench_fuzz",
})  # fmt: skip


@click.group(cls=Group, commands=VERBS)
def bench() -> None:
    """测量速度与检索质量（数据为生成的报告，或给出的语料）。"""
