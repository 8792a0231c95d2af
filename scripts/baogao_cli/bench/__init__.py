"""``baogao bench``: measure the tool."""

from __future__ import annotations

import click

from ..ui import Group
from .build import bench_build
from .check import bench_check, bench_rules
from .clickhouse import bench_clickhouse
from .faults import bench_faults
from .fuzz import bench_fuzz
from .insight import bench_insight
from .load import bench_load
from .ranking import bench_ranking
from .search import bench_search


@click.group(cls=Group)
def bench() -> None:
    """测量速度与检索质量（数据为生成的报告，或给出的语料）。"""


for _command in (
    bench_build,
    bench_check,
    bench_rules,
    bench_insight,
    bench_search,
    bench_ranking,
    bench_clickhouse,
    bench_load,
    bench_faults,
    bench_fuzz,
):
    bench.add_command(_command)
