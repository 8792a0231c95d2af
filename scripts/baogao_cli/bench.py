"""``baogao bench``: measure the tool on generated reports."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from baogao.corpus import Data, Source, load, load_data, parse_report, shown_path, write_ordinal
from baogao.rules import RULES, check_corpus, check_report, count
from baogao.rules.parallel import check_corpus_parallel
from baogao.rules.structure.alignment import align

from .ui import Command, Group, docs_option, require_docs, say

_VERBS = [
    "组织",
    "开展",
    "推动",
    "指导",
    "督促",
    "落实",
    "学习",
    "宣传",
    "建立",
    "完善",
    "参加",
    "牵头",
    "协调",
    "培训",
    "慰问",
    "检查",
    "整改",
    "服务",
]
_TAILS = [
    "取得实效",
    "稳步推进",
    "得到群众认可",
    "按期完成",
    "走深走实",
    "形成长效",
    "不断规范",
    "进一步加强",
]
_UNITS = ["人次", "场", "次", "个", "项", "篇", "名", "万元"]
_HEADINGS = ("主要做法及成效", "存在问题及原因分析", "下步工作打算")


@click.group(cls=Group)
def bench() -> None:
    """测量速度（数据为生成的报告）。"""


@bench.command("check", cls=Command)
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


@bench.command("rules", cls=Command)
@click.option(
    "--characters", default=10_000, help="较短一份的字数（默认 10000），较长的是它的 4 倍"
)
@docs_option
def bench_rules(characters: int, docs: Path) -> None:
    """每条规则的用时随字数怎样增长：对难缠的文字量两次，字数相差 4 倍，用时之比应在 4 上下。"""
    data = load_data(require_docs(docs) / "_data", shown_path(docs / "_data"))
    front = _report(random.Random(1), data, 2020, data.units.units[0].id, 200).split("\n---\n")[0]
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


@contextmanager
def generated(docs: Path, reports: int, characters: int) -> Iterator[Path]:
    """A docs folder of generated reports with the data files of ``docs`` and units enough; removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
        target = Path(folder) / "docs"
        shutil.copytree(docs / "_data", target / "_data")
        per_year = 100
        units = "".join(
            f"  - id: u{n}\n    names:\n      - {{name: 第{n}单位}}\n" for n in range(per_year)
        )
        (target / "_data" / "units.yml").write_text(f"units:\n{units}", encoding="utf-8")
        data = load_data(target / "_data", shown_path(target / "_data"))
        generator = random.Random(20221231)
        for number in range(reports):
            year, unit = 2024 + number // per_year, number % per_year
            file = target / "reports" / str(year) / f"u{unit}-shuzhi-fenguan.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                _report(generator, data, year, f"第{unit}单位", characters), encoding="utf-8"
            )
        yield target


def _report(generator: random.Random, data: Data, year: int, unit: str, characters: int) -> str:
    front = (
        f"---\ntitle: {year}年度抓机关党建工作述职报告\nyear: {year}\nunit: {unit}\nkind: 述职报告\nrole: 分管领导\n"
        f"date: {year + 1}-01-10\nstatus: published\n"
        f"reviews:\n  - role: 保密审查\n    date: {year + 1}-01-09\n    result: 通过\n---\n"
    )
    parts = [f"现将我{year}年度抓机关党建工作情况报告如下。", f"## 一、{_HEADINGS[0]}"]
    share = int(characters * 0.62) // 4
    for index in range(4):
        parts.append(f"### {write_ordinal(2, index + 1)}{_phrase(generator, data)}")
        parts.append(_paragraph(generator, data, share))
    problems = int(characters * 0.2) // 6
    cause = int(characters * 0.1) // 4
    parts.append(f"## 二、{_HEADINGS[1]}")
    parts.append(
        _items(generator, data, 3, problems)
        + "造成上述问题的主要原因是："
        + _items(generator, data, 2, cause)
    )
    parts += [f"## 三、{_HEADINGS[2]}", _items(generator, data, 4, int(characters * 0.12) // 4)]
    return front + "\n" + "\n\n".join(parts) + "\n"


def _phrase(generator: random.Random, data: Data) -> str:
    return generator.choice(_VERBS) + generator.choice(data.terms).text


def _paragraph(generator: random.Random, data: Data, characters: int) -> str:
    pieces: list[str] = []
    length = 0
    while length < characters:
        sentence = (
            f"{_phrase(generator, data)}，{_phrase(generator, data)}{generator.randint(3, 980)}{generator.choice(_UNITS)}，"
            f"{_phrase(generator, data)}{generator.choice(_TAILS)}。"
        )
        pieces.append(sentence)
        length += len(sentence)
    return "".join(pieces)


def _items(generator: random.Random, data: Data, number: int, characters: int) -> str:
    return "".join(
        f"{'一二三四五六'[index]}是{_paragraph(generator, data, characters)}"
        for index in range(number)
    )
