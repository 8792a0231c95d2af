"""The client with a server: a real Chromium asks the stand-in for ClickHouse, and gets what the static index gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from baogao.corpus import load
from baogao.fulltext.build import find_tools, page_script
from baogao.fulltext.clickhouse import Names, export_clickhouse
from baogao.fulltext.server import Server
from baogao_cli.bench.clickhouse_local import Local, open_engine
from tests.builder import Built
from tests.clickhouse import StandIn, serving

from .conftest import Watch, serve

pytest.importorskip("chdb", reason="没有安装 chdb（Windows 上没有）")
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]

#: Of every kind: lengths, several words, unwanted ones, phrases, filters, an office's term, what is not there, folding.
QUERIES = (
    "党", "三会一课", "学习", "一杆子到底", "学习 整改", "党建 -学习", '"开展 调研"', "年份：2021-2022 党员", "部分：存在问题 不够", "单位：机关 学习",
    "年份：2022", "文种：述职报告 角色：分管领导 党建", "没有这句话的", "開展學習", "2022", "100%", "\\", "%", "述职报告", "学习 党员 群众 基层 支部", "'", "单位：没有 党",
    "政治建设", "谈心谈话", "机关党建", "问题整改", "（一）", "支部 书记", "30人次", "双报到", "-党", "", "加强党员教育管理监督", "党支部书记抓党建工作",
)  # fmt: skip
#: What both say of a query: everything but the numbers of what is loaded.
_ASK = """async (asked) => {
  const answers = [];
  for (const [query, options] of asked) { answers.push(await baogaoSearch.search(query, options)); }
  return answers;
}"""


@dataclass(frozen=True)
class Both:
    """The samples' site with the static index, the same site with the server as well, and the server."""

    plain: str
    served: str
    stand_in: StandIn
    site: Path


@pytest.fixture(scope="module")
def both(samples: Built, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("server")
    corpus = load(samples.project / "docs")
    tools = find_tools(corpus, samples.project / ".cache")
    engine = open_engine(folder / "database")
    local = Local(engine, Names("reports"))
    export_clickhouse(corpus, folder / "export", local.names, tools.segmenter, lambda *_: None)
    local.make_tables(folder / "export")
    local.load(folder / "export")
    with ExitStack() as stack:
        stack.callback(engine.close)
        stand_in = stack.enter_context(serving(local, folder / "export"))
        site = folder / "site"
        site.mkdir()
        for each in samples.site.iterdir():
            if each.name != "assets":
                (site / each.name).symlink_to(each)
        (site / "assets").mkdir()
        for each in (samples.site / "assets").iterdir():
            if each.name != "search":
                (site / "assets" / each.name).symlink_to(each)
        (site / "assets/search").mkdir()
        put_server(samples, site, Server(stand_in.address))
        servers = serve(site)
        yield Both(address, next(servers), stand_in, site)
        next(servers, None)


def put_server(samples: Built, site: Path, server: Server) -> None:
    """What hooks/search.py writes for a site with a server."""
    script = page_script(samples.project / "docs/assets/search", server)
    (site / "assets/search/search.js").write_text(script, encoding="utf-8")


@pytest.fixture
def answering(both: Both) -> Iterator[StandIn]:
    both.stand_in.failing = None
    both.stand_in.asked.clear()
    yield both.stand_in
    both.stand_in.failing = None


def ask(page: Page, address: str, asked: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    page.goto(f"{address}index.html")
    answers: list[dict[str, Any]] = page.evaluate(_ASK, asked)
    return answers


def test_the_same_answers_as_from_the_static_index(
    page: Page, both: Both, answering: StandIn, watch: Watch
) -> None:
    """Hits, their number, their order, snippets, facets, reports found by title; the second stage, which the static index adds."""
    options: list[dict[str, Any]] = [{}]
    asked = [(query, o) for query in QUERIES for o in options]
    asked += [
        ("党", {"limit": 5, "offset": 7}), ("学习", {"sort": "year", "limit": 20}), ("学习", {"filters": {"year": ["2022"], "part": ["plan"]}}),
        ("党员", {"within": "学习"}), ("会", {"ids": True, "limit": 0}), ("党", {"filters": {"unit": ["nobody"]}}), ("三会一课", {"loose": True}),
    ]  # fmt: skip
    expected = ask(page, both.plain, asked)
    assert answering.asked == []
    found = ask(page, both.served, asked)
    assert len(answering.asked) > 100
    for (query, option), theirs, ours in zip(asked, found, expected, strict=True):
        for part in ours.keys() | theirs.keys():
            assert theirs.get(part) == ours.get(part), (query, option, part)
    assert sum(bool(answer["exact"]["total"]) for answer in expected) > 20
    assert watch.complaints == []


def test_a_reader_finds_a_report(page: Page, both: Both, answering: StandIn, watch: Watch) -> None:
    """On the results page; every request to another host goes to the server."""
    page.goto(f"{both.served}search.html?q=三会一课")
    page.wait_for_selector(".bg-hit")
    told = page.inner_text(".bg-results [role=status]")
    assert told.startswith("“三会一课”：找到13处")
    assert {url.split("?")[0] for url in watch.requests if not url.startswith((both.served, "blob:"))} == {
        f"{answering.address}/{name}"
        for name in ("manifest", "folding", "hits", "facets", "titles", "weights", "ranking", "snippets")
    }  # fmt: skip
    page.click("#bg-sort-year")
    page.wait_for_function("document.querySelector('#bg-sort-year').getAttribute('aria-pressed') === 'true'")  # fmt: skip
    page.locator(".bg-hit-place").first.click()
    page.wait_for_selector(".bg-text mark")
    assert "三会一课" in page.inner_text(".bg-text mark >> nth=0")


@pytest.mark.parametrize(
    "failing",
    [(500, "Code: 159. DB::Exception: Timeout exceeded"), (404, "There is no handle"), (200, '{"data": ['), (200, '{"data": [], "exception": "Code: 241. DB::Exception: Memory limit"}')],
)  # fmt: skip
def test_the_sites_own_index_answers_instead(
    page: Page, both: Both, answering: StandIn, failing: tuple[int, str]
) -> None:
    answering.failing = failing
    page.goto(f"{both.served}search.html?q=三会一课")
    page.wait_for_selector(".bg-hit")
    told = page.inner_text(".bg-results [role=status]")
    assert told.startswith("“三会一课”：找到13处") and "网站自带的检索数据" in told


@pytest.mark.parametrize(
    ("failing", "words"),
    [
        ((500, "Code: 159. DB::Exception: Timeout exceeded"), "正忙"),
        ((500, "Code: 60. DB::Exception: Unknown table"), "告诉管理员"),
        (None, "没有回答"),
    ],
)
def test_without_an_index_of_its_own_the_reader_is_told(
    page: Page, samples: Built, both: Both, answering: StandIn, failing: tuple[int, str] | None, words: str
) -> None:  # fmt: skip
    url = answering.address if failing else "http://127.0.0.1:9/reports"
    answering.failing = failing
    put_server(samples, both.site, Server(url, index=False))
    try:
        page.goto(f"{both.served}search.html?q=三会一课")
        page.wait_for_selector(".bg-notes button")
        told = page.inner_text(".bg-results [role=status]")
        assert words in told and "没有找到" not in told
        if failing:  # and when it answers again, so does the page
            answering.failing = None
            page.click(".bg-notes button")
            page.wait_for_selector(".bg-hit")
    finally:
        put_server(samples, both.site, Server(answering.address))


def test_a_new_build_on_the_server_is_taken_over(
    page: Page, both: Both, answering: StandIn
) -> None:
    """A page opened before asks for a build that is gone: it opens the one that is there."""
    page.goto(f"{both.served}index.html")
    first = True

    def old(route: Any) -> None:
        nonlocal first
        response = route.fetch()
        body = response.json()
        if first:
            body["data"][0]["build"] = "gone"
        first = False
        route.fulfill(response=response, body=json.dumps(body))

    page.route("**/reports/manifest*", old)
    page.route("**/reports/folding*", lambda route: route.continue_(url=route.request.url.replace("gone", build)))  # fmt: skip
    build = page.evaluate(f"fetch('{answering.address}/manifest').then((r) => r.json()).then((told) => told.data[0].build)")  # fmt: skip
    first = True
    (answer,) = page.evaluate(_ASK, [("三会一课", {})])
    assert answer["exact"]["total"] == 13 and "instead" not in answer
