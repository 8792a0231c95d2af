"""``baogao bench search``: how large the index is, how long it takes to make, and how fast and how well it answers."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from baogao.fulltext.progress import Bar

from ..ui import Command, docs_option, require_docs, say
from .library import data_of, generated_reports, news_reports, write_library
from .search_browser import Long, Spread, ask_all, chromium, open_pages, served, spread
from .search_build import Measured, build_apart
from .search_queries import Query, choose, make_queries, read_sections, terms


@dataclass(frozen=True)
class Line:
    """What was measured over one way of opening the site (http, file)."""

    way: str
    first: Spread
    first_size: Spread
    first_requests: Spread
    cold: Spread
    size: Spread
    requests: Spread
    warm: Spread
    memory: int
    recall: float
    precision: float
    wrong: int


@dataclass(frozen=True)
class Result:
    name: str
    built: Measured
    lines: tuple[Line, ...]


@click.command("search", cls=Command)
@click.option(
    "--reports", multiple=True, type=int, help="报告份数，可多次（默认 100、1000、10000）"
)
@click.option("--characters", default=3000, help="每份字数（默认 3000）")
@click.option("--news", is_flag=True, help="改用 BAOGAO_CORPORA 里的新闻，七篇为一份")
@click.option(
    "--queries",
    "count",
    default=1000,
    help="随机抽取的查询条数（默认 1000），另加 terms.txt 全部词条",
)
@click.option("--pages", default=200, help="逐页打开测量的条数（默认 200）")
@click.option("--throttle", default=6.0, help="另测处理器放慢到几分之一（默认 6；1 为不测）")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="把生成的库和索引留在这个目录"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@docs_option
def bench_search(
    reports: tuple[int, ...], characters: int, news: bool, count: int, pages: int, throttle: float,
    keep: Path | None, as_json: bool, docs: Path,
) -> None:  # fmt: skip
    """检索：索引大小、生成用时、每次查询的字节和用时、查全查准。"""
    require_docs(docs)
    for number in reports or (100, 1000, 10_000):
        with _folder(keep, number) as folder:
            result = measure(folder, docs, number, characters, news, count, pages, throttle)
        if as_json:
            say(json.dumps(asdict(result), ensure_ascii=False))
        else:
            show(result)


@contextmanager
def _folder(keep: Path | None, number: int) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
            yield Path(folder)
    else:
        yield (keep / str(number)).resolve()


def measure(
    folder: Path, docs: Path, number: int, characters: int, news: bool, count: int, pages: int, throttle: float
) -> Result:  # fmt: skip
    library, site, cache = folder / "docs", folder / "site", folder / ".cache"
    if news:
        bodies = news_reports(Path(os.environ.get("BAOGAO_CORPORA") or "corpora"), number)
    else:
        bodies = generated_reports(data_of(docs), number, characters)
    write_library(library, docs, bodies)
    built = build_apart(library, site, cache, (docs / "assets" / "search").resolve())
    sections = read_sections(folder / "sections.json")
    texts = choose(sections, count) + terms(data_of(docs))
    queries = make_queries(sections, texts)
    numbers = section_numbers(site)
    lines = []
    with Bar() as bar, chromium() as browser, served(site) as address:
        for way, root in (("http", address), ("file", site.as_uri() + "/")):
            lines.append(_line(bar, browser, way, site, root, queries, numbers, pages))
        if throttle > 1:
            name = f"http，处理器 1/{throttle:g}"
            few = max(20, pages // 4)
            lines.append(
                _line(bar, browser, name, site, address, queries[:few], numbers, few, throttle)
            )
    return Result("新闻" if news else "生成", built, tuple(lines))


def section_numbers(site: Path) -> list[int]:
    """The passage number of each section: passages about reports are counted among them in the index."""
    from baogao.fulltext.reader import Reader

    reader = Reader(site / "assets/search-index")
    return [passage for passage, (_, inner) in enumerate(reader.report_of) if inner]


def _line(
    bar: Bar, browser: object, way: str, site: Path, root: str, queries: Sequence[Query], numbers: Sequence[int],
    pages: int, throttle: float = 1,
) -> Line:  # fmt: skip
    step = max(1, len(queries) // max(pages, 1))
    asked = [query.text for query in queries[::step]][:pages]
    samples = []
    for sample in open_pages(browser, site, root, asked, throttle):
        samples.append(sample)
        bar.show(f"{way}：逐页打开", len(samples) / len(asked))
    long = Long([], [], 0)
    for progress in ask_all(browser, root, [query.text for query in queries]):
        if isinstance(progress, Long):
            long = progress
        else:
            bar.show(f"{way}：全部查询", progress)
    place = {number: index for index, number in enumerate(numbers)}
    right = missed = extra = wrong = 0
    for query, ids in zip(queries, long.found, strict=True):
        found = {place[i] for i in ids}
        right += len(found & query.expected)
        missed += len(query.expected - found)
        extra += len(found - query.expected)
        wrong += found != query.expected
    return Line(
        way,
        spread([s.first for s in samples]),
        spread([s.first_size for s in samples]),
        spread([s.first_requests for s in samples]),
        spread([s.cold for s in samples]),
        spread([s.cold_size for s in samples]),
        spread([s.cold_requests for s in samples]),
        spread(long.times),
        long.memory,
        right / max(right + missed, 1),
        right / max(right + extra, 1),
        wrong,
    )


def show(result: Result) -> None:
    """The tables."""
    built = result.built
    million = 1e6
    say(
        f"\n## {result.name} {built.reports:,} 份报告，{built.sections:,} 节，{built.characters:,} 字"
    )
    say(
        f"索引 {built.size / million:.1f} MB，{built.files:,} 个文件，每字 {built.size / max(built.characters, 1):.2f} 字节；"
        f"生成 {built.cold:.1f} 秒（处理器 {built.cold_cpu:.1f} 秒），没有变化时 {built.warm:.1f} 秒；"
        f"另：读取 {built.read:.1f} 秒，切词 {built.segmented:.1f} 秒；"
        f"内存峰值 {built.peak / million:.0f} MB（生成索引之前 {built.peak_before / million:.0f} MB）"
    )
    say(
        "| 方式 | 打开到首个结果 毫秒 | 首个结果前 kB／请求 | 首次查询 毫秒 | 首次查询 kB／请求 | 再次查询 毫秒 | 标签页内存 MB | 查全 | 查准 | 有出入的查询 |"
    )
    say("|---|---|---|---|---|---|---|---|---|---|")
    for line in result.lines:
        say(
            f"| {line.way} | {_pair(line.first)} | {_pair(line.first_size, 1000)}／{line.first_requests.median:.0f} | {_pair(line.cold)} "
            f"| {_pair(line.size, 1000)}／{line.requests.median:.0f} | {_pair(line.warm)} | {line.memory / million:.0f} "
            f"| {line.recall:.3f} | {line.precision:.3f} | {line.wrong} |"
        )


def _pair(value: Spread, unit: float = 1) -> str:
    return f"{value.median / unit:.0f}，p95 {value.p95 / unit:.0f}"
