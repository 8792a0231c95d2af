"""``baogao bench clickhouse``: as many sections as no browser searches, on the engine of ClickHouse."""

from __future__ import annotations

import json
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from typing import TypeVar

import click

from baogao.fulltext.clickhouse import Names, query
from baogao.fulltext.clickhouse.export import write_export
from baogao.fulltext.clickhouse.parameters import parameters
from baogao.fulltext.index import Prepared, fold_documents
from baogao.fulltext.passages import Document, Passage
from baogao.fulltext.progress import Bar

from ..ui import Command, docs_option, require_docs, say
from .clickhouse_local import Local, open_engine
from .library import SEED, data_of, read_vocabulary, sentences
from .search_queries import choose

#: Sentences the sections are put together from; of each section the number of sentences.
_SENTENCES = 120_000
_SHORTEST, _LONGEST = 3, 14
_SECTIONS_PER_REPORT = 8
_UNITS, _FIRST_YEAR, _YEARS = 600, 2005, 20
_PARTS = ("practice", "problem", "cause", "plan")
#: So many sections are looked through for the truth.
_LOOKED_THROUGH = 20_000
_GRANULES = re.compile(r"Name: (\w+)\n.*?Granules: (\d+)/(\d+)", re.DOTALL)
T = TypeVar("T")


@dataclass(frozen=True)
class Spread:
    """Milliseconds: half of the questions took at most ``median``, 95 of 100 at most ``high``."""

    median: float
    high: float


@dataclass(frozen=True)
class Result:
    """Sizes in bytes, times in seconds. ``read`` is the share of the granules that the index left to be read, over all questions;
    ``wrong`` how many questions found too much or too little."""

    sections: int
    characters: int
    export_seconds: float
    export_size: int
    load_seconds: float
    rows: int
    text_size: int
    index_size: int
    times: dict[str, Spread]
    questions: int
    read: float
    wrong: int


@click.command("clickhouse", cls=Command)
@click.option("--sections", default=1_000_000, help="多少节（默认 1000000）")
@click.option("--queries", "count", default=200, help="问多少条（默认 200）")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="把导出的文件和数据库留在这个目录"
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@docs_option
def bench_clickhouse(
    sections: int, count: int, keep: Path | None, as_json: bool, docs: Path
) -> None:
    """ClickHouse：导出、装入要多久，占多少地方，每次查询多快，查全查准。"""
    require_docs(docs)
    with _folder(keep) as folder:
        result = measure(folder, docs, sections, count)
    if as_json:
        say(json.dumps(asdict(result), ensure_ascii=False))
        return
    for line in table(result):
        say(line)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
            yield Path(folder)
    else:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()


def measure(folder: Path, docs: Path, sections: int, count: int) -> Result:
    """Make, export, load and ask; what is made goes below ``folder``."""
    engine = open_engine(folder / "database")  # before the long work: it may be missing
    local = Local(engine, Names())
    try:
        with Bar() as bar:
            data = data_of(docs)
            prepared = fold_documents(tuple(_documents(docs, sections)), bar.show)
            begin = time.perf_counter()
            made = write_export(prepared, None, data, folder / "export", local.names, bar.show)
            exported = time.perf_counter() - begin
            part, questions = _questions(prepared, count)
            characters = sum(len(p.text) for d in prepared.documents for p in d.passages)
            del prepared
            local.make_tables(folder / "export")
            begin = time.perf_counter()
            local.load(folder / "export")
            loaded = time.perf_counter() - begin
            times, read, wrong = _ask_all(local, questions, part, bar.show)
        rows, text, index = _sizes(local)
        return Result(
            made.sections, characters, exported, made.size, loaded, rows, text, index, times, len(questions), read, wrong
        )  # fmt: skip
    finally:
        engine.close()


def _documents(docs: Path, sections: int) -> Iterator[Document]:
    generator = random.Random(SEED)
    vocabulary = read_vocabulary(data_of(docs))
    pool = list(sentences(generator, vocabulary, _SENTENCES))
    for number in range(-(-sections // _SECTIONS_PER_REPORT)):
        year, unit = _FIRST_YEAR + number // _UNITS % _YEARS, number % _UNITS
        title = f"{year}年度抓机关党建工作述职报告"
        here = min(_SECTIONS_PER_REPORT, sections - number * _SECTIONS_PER_REPORT)
        passages = tuple(_passage(generator, pool, n) for n in range(here))
        yield Document(
            f"{year}/u{unit}-{number}", title, year, f"u{unit}", f"第{unit}单位", "shuzhi", "", f"{title}\n{year}年度\n第{unit}单位\n述职报告", passages
        )  # fmt: skip


def _passage(generator: random.Random, pool: Sequence[str], number: int) -> Passage:
    heading = f"（{'一二三四五六七八'[number]}）{generator.choice(pool)[:8]}"
    text = "".join(generator.choices(pool, k=generator.randint(_SHORTEST, _LONGEST)))
    part = _PARTS[number * len(_PARTS) // _SECTIONS_PER_REPORT]
    return Passage(f"{part}-{number}", f"{heading}\n{text}", len(heading), part)


def _questions(prepared: Prepared, count: int) -> tuple[dict[int, str], list[str]]:
    """The folded sections to be looked through, by their numbers, and what is asked: pieces of them."""
    part: dict[int, str] = {}
    number = 0
    for document in prepared.documents:
        for inner in range(len(document.passages) + 1):
            if inner and len(part) < _LOOKED_THROUGH:
                part[number] = prepared.folded[number]
            number += 1
    return part, choose(list(part.values()), count)


def _ask_all(
    local: Local, questions: Sequence[str], part: dict[int, str], show: Callable[[str, float], None]
) -> tuple[dict[str, Spread], float, int]:
    taken: dict[str, list[float]] = {name: [] for name in ("原文相符", "筛选数字", "排序", "摘录")}
    left = wrong = whole = 0

    def timed(name: str, work: Callable[[], T]) -> T:
        begin = time.perf_counter()
        result = work()
        taken[name].append((time.perf_counter() - begin) * 1000)
        return result

    local.ask("hits", words=["开始"])  # what is opened at the first question is opened
    for n, text in enumerate(questions):
        (told,) = timed("原文相符", lambda text=text: local.ask("hits", words=[text]))  # type: ignore[misc]
        timed("筛选数字", lambda text=text: local.ask("facets", words=[text]))  # type: ignore[misc]
        first = timed("排序", lambda text=text: local.ordered(words=[text], limit=10))  # type: ignore[misc]
        timed("摘录", lambda first=first: local.ask("snippets", sections=first))  # type: ignore[misc]
        found = local.sections(words=[text])
        expected = {number for number, folded in part.items() if text in folded}
        wrong += {number for number in found if number in part} != expected or len(found) != told["total"]  # fmt: skip
        some, all_of_them = _granules(local, text)
        left, whole = left + some, whole + all_of_them
        show("查询", (n + 1) / len(questions))
    return {name: _spread(times) for name, times in taken.items()}, left / max(whole, 1), wrong


def _granules(local: Local, text: str) -> tuple[int, int]:
    """Granules the index for pairs leaves of those there are, by the server's own account."""
    plan = local.run(
        "EXPLAIN indexes = 1 " + query("hits", local.names).replace("FORMAT JSON", "FORMAT TSVRaw"),
        given=parameters(local.build, {"words": [text]}),
    )
    for name, left, whole in _GRANULES.findall(plan):
        if name == "pairs":
            return int(left), int(whole)
    return 0, 0


def _spread(times: Sequence[float]) -> Spread:
    steps = quantiles(times, n=20, method="inclusive") if len(times) > 1 else [times[0]] * 19
    return Spread(steps[9], steps[18])


def _sizes(local: Local) -> tuple[int, int, int]:
    told = local.run(
        "SELECT sum(rows), sum(bytes_on_disk), sum(secondary_indices_compressed_bytes) FROM system.parts"
        f" WHERE active AND database = '{local.names.database}' AND table = 'sections'"
    )
    rows, size, index = map(int, told.split())
    return rows, size - index, index


def table(result: Result) -> Iterator[str]:
    """The result in lines of Markdown."""
    yield f"{result.sections} 节，{result.characters / 1e6:.0f} 百万字"
    yield f"导出 {result.export_seconds:.0f} 秒，{result.export_size / 1e6:.0f} MB（压缩后）"
    yield (
        f"装入 {result.load_seconds:.0f} 秒，{result.rows} 行，"
        f"文字 {result.text_size / 1e6:.0f} MB，索引 {result.index_size / 1e6:.0f} MB"
    )
    yield f"问 {result.questions} 条，索引使要读的数据降到 {result.read:.1%}；查错的 {result.wrong} 条"
    yield ""
    yield "| 问什么 | 一半不超过（毫秒） | 95% 不超过（毫秒） |"
    yield "|---|---|---|"
    for name, spread in result.times.items():
        yield f"| {name} | {spread.median:.0f} | {spread.high:.0f} |"
