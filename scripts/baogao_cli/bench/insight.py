"""``baogao bench insight``: how long it takes to work out what the reports say across the years."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from ..ui import Command, Failure, docs_option, require_docs, say
from .formulaic import write_formulaic
from .watched import run_watched

_EDIT = "\n补充一句，全年开展夜查7次。\n"
_NAMES = {
    "read": "逐份读",
    "initiatives": "举措",
    "measures": "数据",
    "comparisons": "对照",
    "phrase_changes": "提法",
    "ledger": "台账",
}


@dataclass(frozen=True)
class Times:
    """``load``: reading the reports in; ``parts``: seconds by the clock and processor seconds of each part; ``peak``: memory of all
    processes in bytes, of a page used by several counted for each."""

    load: float
    parts: dict[str, tuple[float, float]]
    peak: int

    def line(self, name: str) -> str:
        seconds, processor = (sum(each[at] for each in self.parts.values()) for at in (0, 1))
        memory = f"{self.peak / 1e6:7.0f} MB" if self.peak else "      —"
        parts = "，".join(
            f"{_NAMES[part]} {took[1]:.1f}" for part, took in self.parts.items() if took[1] >= 0.05
        )
        return f"{name:　<6}{seconds:8.1f} 秒{processor:8.1f} 秒{memory}  {parts}"


@click.command("insight", cls=Command)
@click.option("--reports", default=1000, help="报告份数（默认 1000）")
@click.option("--characters", default=3000, help="每份字数（默认 3000）")
@click.option("--per-year", default=100, help="每个年度几份（默认 100）")
@docs_option
def bench_insight(reports: int, characters: int, per_year: int, docs: Path) -> None:
    """历年分析（举措、数据、对照、提法、台账）要多久：第一次、没有改动、改了一份。"""
    source = require_docs(docs)
    with tempfile.TemporaryDirectory(prefix="baogao-bench-") as name:
        copy, cache = Path(name) / "docs", Path(name) / "cache"
        shutil.copytree(source / "_data", copy / "_data")
        write_formulaic(copy, reports, characters, per_year)
        say(f"{reports} 份报告，每份约 {characters} 字，每个年度 {per_year} 份；各项是处理器的秒数")
        say(f"{'':　<6}{'用时':>9}{'处理器':>8}{'内存峰值':>8}")
        first = measure(copy, cache)
        say(first.line("第一次"))
        say(measure(copy, cache).line("没有改动"))
        edited = sorted((copy / "reports").rglob("*.md"))[0]
        edited.write_text(edited.read_text(encoding="utf-8") + _EDIT, encoding="utf-8")
        say(measure(copy, cache).line("改了一份"))
        say(f"另外，把报告读进来 {first.load:.1f} 秒（检查、检索同用）。")


def measure(docs: Path, cache: Path) -> Times:
    """All of insight into the reports of ``docs`` in a new process that remembers in ``cache``."""
    ran = run_watched(
        [sys.executable, "-m", "baogao_cli.bench.insight_run", str(docs), str(cache)],
        {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        apart=False,
    )
    if ran.code:
        raise Failure("历年分析没有算完。")
    took = {part: (seconds, processor) for part, seconds, processor in json.loads(ran.output)}
    return Times(took.pop("load")[0], took, ran.peak)
