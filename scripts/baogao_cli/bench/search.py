"""``baogao bench search``: how large the index is, how long it takes to make, and how fast and how well it answers."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from baogao.fulltext import INDEX
from baogao.fulltext.progress import Bar

from ..ui import Command, docs_option, require_docs, say
from .library import data_of, generated_reports, news_reports, write_library
from .peers import PEERS, Peer, find_peers
from .search_browser import OURS, chromium, served
from .search_build import build_apart
from .search_lines import Line, Subject, measure_line
from .search_queries import Library, Query, choose, make_queries, read_library, terms
from .search_table import Compared, Result, table

#: Opening a page of another search may take many seconds: so many times fewer are opened.
_FEWER = 10


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
@click.option("--pages", default=200, help=f"逐页打开测量的条数（默认 200；别的软件取 1/{_FEWER}）")
@click.option("--throttle", default=6.0, help="另测处理器放慢到几分之一（默认 6；1 为不测）")
@click.option(
    "--peer",
    "peers",
    multiple=True,
    type=click.Choice(PEERS),
    metavar="软件",
    help=f"同时测量别的检索软件，可多次：{'、'.join(PEERS)}",
)
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="把生成的库和索引留在这个目录"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@docs_option
def bench_search(
    reports: tuple[int, ...], characters: int, news: bool, count: int, pages: int, throttle: float,
    peers: tuple[str, ...], keep: Path | None, as_json: bool, docs: Path,
) -> None:  # fmt: skip
    """检索：索引大小、生成用时、每次查询的字节和用时、查全查准。"""
    require_docs(docs)
    for number in reports or (100, 1000, 10_000):
        others = find_peers(peers)
        with _folder(keep, number) as folder:
            if news:
                corpora = Path(os.environ.get("BAOGAO_CORPORA") or "corpora")
                bodies = news_reports(corpora, number)
            else:
                bodies = generated_reports(data_of(docs), number, characters)
            write_library(folder / "docs", docs, bodies)
            name = "新闻" if news else "生成"
            result = measure(name, folder, docs, count, pages, throttle, others)
        if as_json:
            say(json.dumps(asdict(result), ensure_ascii=False))
        else:
            for line in table(result):
                say(line)


@contextmanager
def _folder(keep: Path | None, number: int) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
            yield Path(folder)
    else:
        yield (keep / str(number)).resolve()


def measure(
    name: str, folder: Path, docs: Path, count: int, pages: int, throttle: float, peers: Sequence[Peer],
) -> Result:  # fmt: skip
    """Index and ask the reports in ``folder / "docs"``; what is made goes below ``folder``."""
    library, site = folder / "docs", folder / "site"
    built = build_apart(library, site, folder / ".cache", (docs / "assets" / "search").resolve())
    told = read_library(folder / "sections.json")
    queries = make_queries(told, choose(told.sections, count) + terms(data_of(docs)))
    with Bar() as bar:
        made = [(peer, peer.build(library, folder / f"peer-{n}")) for n, peer in enumerate(peers)]
        with chromium() as browser:
            lines = tuple(_ours(bar, browser, site, told, queries, pages, throttle))
            few = max(pages // _FEWER, 1)
            compared = []
            for n, (peer, index) in enumerate(made):
                line = _theirs(bar, browser, peer, folder / f"peer-{n}/site", queries, few)
                compared.append(Compared(peer.title, index, line))
    return Result(name, built, lines, tuple(compared))


def _ours(
    bar: Bar, browser: object, site: Path, told: Library, queries: Sequence[Query], pages: int, throttle: float,
) -> Iterator[Line]:  # fmt: skip
    place = dict(zip(section_numbers(site), told.places, strict=True))

    def subject(name: str) -> Subject:
        return Subject(
            name, site, OURS, lambda ids: [place[i] for i in ids], True, lambda query: query.text
        )

    with served(site) as address:
        yield measure_line(bar, browser, subject("本引擎 http"), address, queries, pages)
        yield measure_line(
            bar, browser, subject("本引擎 file"), site.as_uri() + "/", queries, pages
        )
        if throttle > 1:
            name = f"本引擎 http，处理器 1/{throttle:g}"
            few = max(20, pages // 4)
            yield measure_line(bar, browser, subject(name), address, queries[:few], few, throttle)


def _theirs(
    bar: Bar, browser: object, peer: Peer, site: Path, queries: Sequence[Query], pages: int
) -> Line:
    # As a reader types it, without quotation marks.
    subject = Subject(
        f"{peer.title} http",
        site,
        peer.client,
        peer.places,
        peer.sections,
        lambda query: query.folded,
    )
    with served(site) as address:
        return measure_line(bar, browser, subject, address, queries, pages)


def section_numbers(site: Path) -> list[int]:
    """The passage number of each section: passages about reports are counted among them in the index."""
    from baogao.fulltext.reader import Reader

    reader = Reader(site / INDEX)
    return [passage for passage, (_, inner) in enumerate(reader.report_of) if inner]
