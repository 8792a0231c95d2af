"""The exact part of the search, in a real Chromium, against what Chromium itself shows of the pages."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from baogao.corpus import Data
from baogao.fulltext.folding import fold_text, simplified, table_rows
from baogao.fulltext.index import as_rows
from baogao.fulltext.passages import Document
from baogao.fulltext.reader import Reader
from tests.builder import Built
from tests.fulltext.small import (
    brute_force,
    document,
    passages_of,
    queries,
    ranked_documents,
    write_site,
)

from .conftest import Watch, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]

#: Every section of the given pages: address and the text of its blocks, from the pages as the browser reads them.
_TRUTH = """async (names) => {
  const sections = [];
  for (const name of names) {
    const text = await (await fetch(name)).text();
    const body = new DOMParser().parseFromString(text, "text/html").querySelector(".bg-text");
    let section = { url: name, blocks: [] };
    for (const block of body.querySelectorAll("h2, h3, h4, h5, h6, p, li, td, th")) {
      if (block.id) { sections.push(section); section = { url: name + "#" + block.id, blocks: [] }; }
      section.blocks.push(block.textContent);
    }
    sections.push(section);
  }
  return sections.filter((section) => section.blocks.length);
}"""
#: For each query the addresses of all exact hits.
_ASK = """async (queries) => {
  const found = [];
  for (const [query, options] of queries) {
    const answer = await baogaoSearch.search(query, { limit: 100000, loose: false, ...options });
    if (answer.error) { throw new Error(query + ": " + answer.error.message); }
    const urls = answer.exact.hits.map((hit) => hit.url);
    if (urls.length !== answer.exact.total || new Set(urls).size !== urls.length) { throw new Error("total: " + query); }
    found.push(urls.sort());
  }
  return found;
}"""


@dataclass(frozen=True)
class Section:
    url: str
    blocks: tuple[str, ...]

    def has(self, folded: str) -> bool:
        return any(folded in block for block in self.blocks)


@pytest.fixture(scope="session")
def truth(chromium: Browser, samples: Built, address: str) -> list[Section]:
    """The sections, folded."""
    page = chromium.new_page()
    page.goto(f"{address}baogao.json")
    names = sorted(
        f.relative_to(samples.site).as_posix() for f in (samples.site / "reports").rglob("*.html")
    )
    read = page.evaluate(_TRUTH, names)
    page.close()
    assert len(read) > 500
    return [Section(s["url"], tuple(fold_text(block) for block in s["blocks"])) for s in read]


def expected(truth: list[Section], *folded: str, without: tuple[str, ...] = ()) -> list[str]:
    return sorted(s.url for s in truth if all(map(s.has, folded)) and not any(map(s.has, without)))


def pieces(
    truth: list[Section], rng: random.Random, count: int, longest: int = 16
) -> Iterator[str]:
    blocks = [b for s in truth for b in s.blocks if b]
    for _ in range(count):
        block = rng.choices(blocks, weights=list(map(len, blocks)))[0]
        length = min(rng.randint(1, longest), len(block))
        at = rng.randrange(len(block) - length + 1)
        yield block[at : at + length]


def quoted(text: str) -> str:
    """So that a leading minus or 年份： is text."""
    return f'"{text}"'


@pytest.fixture
def ready(page: Page, address: str) -> Page:
    page.goto(f"{address}index.html")
    return page


def check(page: Page, cases: list[tuple[str, dict[str, Any], list[str]]]) -> None:
    found = page.evaluate(_ASK, [[query, options] for query, options, _ in cases])
    for (query, options, wanted), urls in zip(cases, found, strict=True):
        assert urls == wanted, (query, options)


def test_substrings_of_every_length(ready: Page, truth: list[Section]) -> None:
    chosen = list(pieces(truth, random.Random(1), 500))
    assert {len(text) for text in chosen} == set(range(1, 17))
    check(ready, [(quoted(text), {}, expected(truth, text)) for text in chosen])


def test_what_does_not_occur_is_not_found(ready: Page, truth: list[Section]) -> None:
    rng = random.Random(2)
    cases = []
    for text in pieces(truth, rng, 200, 8):
        at = rng.randrange(len(text))
        changed = text[:at] + rng.choice(next(pieces(truth, rng, 1))) + text[at + 1 :]
        cases.append((quoted(changed), {}, expected(truth, changed)))
    check(ready, cases)
    assert sum(not wanted for *_, wanted in cases) > 80


def test_two_parts_must_stand_in_one_section(ready: Page, truth: list[Section]) -> None:
    rng = random.Random(3)
    cases = []
    for section in rng.sample(truth, 120):
        own = [Section(section.url, section.blocks)]
        first, second = pieces(own, rng, 2, 6)
        cases.append((f"{quoted(first)} {quoted(second)}", {}, expected(truth, first, second)))
        cases.append(
            (f"{quoted(first)}　-{quoted(second)}", {}, expected(truth, first, without=(second,)))
        )
    check(ready, cases)
    assert all(wanted for _, _, wanted in cases[::2])


def test_spellings_that_fold_to_the_same_find_the_same(ready: Page, truth: list[Section]) -> None:
    traditional = {new: old for old, new in sorted(simplified().items())}
    wide = {c: c + 0xFEE0 for c in range(0x21, 0x7F) if chr(c) not in "\"'-"}

    def spell(text: str, rng: random.Random) -> str:
        kind = rng.randrange(4)
        if kind == 0:
            return "".join(traditional.get(c, c) for c in text)
        if kind == 1:
            return text.translate(wide)
        if kind == 2:
            return "《".join(text) + "”"
        return text.replace("-", "—").upper()

    rng = random.Random(4)
    cases = []
    for text in pieces(truth, rng, 160, 8):
        spelled = spell(text, rng)
        assert fold_text(spelled) == text
        cases.append((quoted(spelled).replace("”", "’"), {}, expected(truth, text)))
    check(ready, cases)


def test_operators(ready: Page, truth: list[Section]) -> None:
    def years(*wanted: str) -> Callable[[list[str]], list[str]]:
        return lambda urls: [u for u in urls if u.split("/")[1] in wanted]

    party = expected(truth, "党员")
    assert party
    cases = [
        ("党员 年份：2019-2020", {}, years("2019", "2020")(party)),
        ("年度：2019—2020 党员", {}, years("2019", "2020")(party)),
        ("年度:2021 党员", {}, years("2021")(party)),
        ("党员", {"filters": {"year": ["2018", "2023"]}}, years("2018", "2023")(party)),
        ("党员 单位：档案馆", {}, [u for u in party if "/dangan-" in u]),
        (
            "党员 类型：工作要点",
            {},
            [u for u in party if u.split("#")[0].endswith("-yaodian.html")],
        ),
        ("党员 -支部", {}, expected(truth, "党员", without=("支部",))),
        ("党员 －支部", {}, expected(truth, "党员", without=("支部",))),
        ("“主题 党日”", {}, expected(truth, "主题党日")),
        ("主题 党日", {}, expected(truth, "主题", "党日")),
    ]
    check(ready, cases)
    assert all(wanted for *_, wanted in cases)


def test_parts_of_reports(ready: Page, truth: list[Section]) -> None:
    answer = ready.evaluate("baogaoSearch.search('部分：问题 基层', {limit: 1000})")
    assert answer["exact"]["total"] == len(answer["exact"]["hits"]) > 0
    assert {hit["partName"] for hit in answer["exact"]["hits"]} <= {"存在问题", "问题整改情况"} | {
        hit["partName"] for hit in answer["exact"]["hits"] if "问题" in hit["partName"]
    }
    urls = {hit["url"] for hit in answer["exact"]["hits"]}
    assert urls < set(expected(truth, "基层"))


def test_every_hit_can_be_had_and_the_snippet_shows_it(ready: Page, truth: list[Section]) -> None:
    blocks = {s.url: s for s in truth}
    whole = ready.evaluate("baogaoSearch.search('支部', {limit: 100000})")["exact"]
    assert whole["total"] == len(whole["hits"]) == len(expected(truth, "支部"))
    paged: list[str] = []
    for offset in range(0, whole["total"], 50):
        part = ready.evaluate(f"baogaoSearch.search('支部', {{limit: 50, offset: {offset}}})")[
            "exact"
        ]
        assert part["total"] == whole["total"] and part["reports"] == whole["reports"]
        paged += [hit["url"] for hit in part["hits"]]
    assert paged == [hit["url"] for hit in whole["hits"]]
    order = list(dict.fromkeys(hit["report"] for hit in whole["hits"]))
    groups = [hit["report"] for hit in whole["hits"]]
    assert sorted(groups, key=order.index) == groups, "hits of one report stand together"
    for hit in whole["hits"]:
        marked = [fold_text(piece["text"]) for piece in hit["snippet"] if piece["mark"]]
        assert marked and set(marked) == {"支部"}
        assert hit["count"] == sum(block.count("支部") for block in blocks[hit["url"]].blocks)
        shown = fold_text("".join(piece["text"] for piece in hit["snippet"])).strip("…")
        assert fold_text(hit["heading"]) in blocks[hit["url"]].blocks[0] or not hit["heading"]
        assert shown


def test_facets_count_what_filters_would_leave(ready: Page, truth: list[Section]) -> None:
    answer = ready.evaluate("baogaoSearch.search('党员', {filters: {year: ['2021']}, limit: 0})")
    assert answer["exact"]["total"] == len([u for u in expected(truth, "党员") if "/2021/" in u])
    for facet, values in answer["facets"].items():
        for value in values:
            filters = {"year": ["2021"], facet: [value["value"]]}
            found = ready.evaluate(
                "(filters) => baogaoSearch.search('党员', {filters, limit: 0})", filters
            )
            assert found["exact"]["total"] == value["count"] > 0, (facet, value)


def test_facets_stay_within_what_the_query_lets_through(ready: Page) -> None:
    """部分：问题 leaves nothing for the other parts to show; a part that was ticked leaves the others to be ticked as well."""
    asked = ready.evaluate("baogaoSearch.search('部分：问题 基层', {limit: 0})")
    shown = {row["value"]: row["count"] for row in asked["facets"]["part"]}
    assert set(shown) <= set(asked["parsed"]["filters"][0]["values"])
    assert sum(shown.values()) == asked["exact"]["total"] > 0
    ticked = ready.evaluate("baogaoSearch.search('基层', {filters: {part: ['problem']}, limit: 0})")
    assert len(ticked["facets"]["part"]) > len(shown)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("深入机层", "深入基层"),
        ("开展深入机层", "开展深入基层"),
        ("意示形态责任制", "意识形态责任制"),
    ],
)
def test_a_slip_is_mended_in_words_run_together(ready: Page, typed: str, meant: str) -> None:
    answer = ready.evaluate("(typed) => baogaoSearch.search(typed)", typed)
    assert answer["exact"]["total"] == 0
    assert answer["suggestions"][0]["query"] == meant


def test_a_report_is_found_by_what_it_is(ready: Page) -> None:
    answer = ready.evaluate("baogaoSearch.search('2022 分管领导 述职')")
    assert answer["reportsTotal"] == 1
    assert answer["reportsFound"][0]["url"] == "reports/2022/jiguan-shuzhi-fenguan.html"
    assert any(piece["mark"] for piece in answer["reportsFound"][0]["marked"])


def test_the_reader_in_python_gives_the_same(
    ready: Page, samples: Built, truth: list[Section]
) -> None:
    reader = Reader(samples.site / "assets/search-index")
    chosen = list(pieces(truth, random.Random(5), 150, 10))
    found = ready.evaluate(
        "async (queries) => { const found = []; for (const query of queries) {"
        " found.push((await baogaoSearch.search(query, { ids: true, limit: 0, loose: false })).exact.ids.sort((a, b) => a - b)); }"
        " return found; }",
        [quoted(text) for text in chosen],
    )
    for text, ids in zip(chosen, found, strict=True):
        assert ids == reader.sections(text), text


def test_folding_is_the_same_in_python_and_here(ready: Page, root: Path) -> None:
    cases = json.loads((root / "tests/fulltext/folding.json").read_text(encoding="utf-8"))
    whole = as_rows(table_rows(range(0x10000)))
    script = (root / "docs/assets/search/fold.js").read_text(encoding="utf-8")
    found = ready.evaluate(
        "([script, table, texts]) => { (0, eval)(script); const { fold } = self.baogao; fold.load(table);"
        " return texts.map((text) => fold(text)); }",
        [script, whole, [text for text, _ in cases]],
    )
    for (text, folded), made in zip(cases, found, strict=True):
        assert made["text"] == folded, text
        assert len(made["map"]) == len(folded.encode("utf-16-le")) // 2 + 1
        assert made["map"] == sorted(made["map"])


def test_no_request_before_the_box_is_used(page: Page, address: str, watch: Watch) -> None:
    page.goto(f"{address}index.html")
    page.wait_for_load_state("networkidle")
    assert not [url for url in watch.requests if "search-index" in url]
    page.evaluate("baogaoSearch.ready()")
    assert [url for url in watch.requests if "search-index/manifest.js" in url]


def test_from_a_folder(
    chromium: Browser, samples: Built, truth: list[Section], tmp_path: Path
) -> None:
    copied = tmp_path / "报告库 副本"
    shutil.copytree(samples.site, copied)
    context = chromium.new_context()
    watch = Watch(context)
    page = context.new_page()
    page.goto((copied / "index.html").as_uri())
    check(page, [(quoted(t), {}, expected(truth, t)) for t in pieces(truth, random.Random(6), 60)])
    assert watch.complaints == []
    context.close()


def test_without_decompression_streams(
    context: BrowserContext, address: str, truth: list[Section]
) -> None:
    """The client inflates by itself then."""
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.route(
        "**/worker-*.js",
        lambda route: route.fulfill(
            body=route.fetch()
            .text()
            .replace("baogao.source(`", "baogao.source(`delete self.DecompressionStream;", 1),
            content_type="text/javascript",
        ),
    )
    page.goto(f"{address}index.html")
    check(page, [(quoted(t), {}, expected(truth, t)) for t in pieces(truth, random.Random(8), 60)])


@pytest.mark.parametrize("kind", ["terms", "texts", "columns", "worker"])
def test_a_missing_file_gives_a_message_and_no_answer(page: Page, address: str, kind: str) -> None:
    page.route(
        f"**/search-index/{kind}*/**" if kind in ("terms", "texts") else f"**/{kind}-*.js",
        lambda route: route.abort(),
    )
    page.goto(f"{address}index.html")
    answer = page.evaluate("baogaoSearch.search('一杆子到底')")
    assert answer["error"]["code"] == "missing" and "没有读到" in answer["error"]["message"]
    assert answer["exact"]["total"] == 0 and answer["loose"]["total"] == 0
    page.unroute_all()
    again = page.evaluate("baogaoSearch.search('一杆子到底')")
    assert "error" not in again and again["exact"]["total"] == 1, (
        "it recovers when the file is there again"
    )


def test_a_page_older_than_the_index_says_so(page: Page, samples: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(samples.site, site)
    for address in serve(site):
        page.goto(f"{address}index.html")
        page.evaluate("baogaoSearch.ready()")
        manifest = site / "assets/search-index/manifest.js"
        manifest.write_text(
            manifest.read_text(encoding="utf-8").replace('{"build":"', '{"build":"new'),
            encoding="utf-8",
        )
        shutil.rmtree(site / "assets/search-index/terms")
        answer = page.evaluate("baogaoSearch.search('一杆子到底')")
        assert answer["error"] == {"code": "stale", "message": "检索数据已更新，请刷新页面。"}


def test_a_damaged_file_is_no_answer(page: Page, address: str) -> None:
    def damage(route: Any) -> None:
        body = route.fetch().text()
        middle = len(body) // 2
        changed = "b" if body[middle] == "a" else "a"
        route.fulfill(
            body=body[:middle] + changed + body[middle + 1 :], content_type="text/javascript"
        )

    page.route("**/search-index/terms/**", damage)
    page.goto(f"{address}index.html")
    answer = page.evaluate("baogaoSearch.search('一杆子到底')")
    assert answer["error"]["code"] == "missing" and answer["exact"]["total"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=alert(1)>",
        "\\",
        "(.*",
        "%00",
        "'\"“”",
        "-",
        "年份：",
        "年份：abc 党",
        "单位：没有这个单位 党",
        "　",
        "党" * 300,
        "\ud800",
    ],
)
def test_hostile_queries_are_text(ready: Page, query: str, watch: Watch) -> None:
    answer = ready.evaluate("(query) => baogaoSearch.search(query)", query)
    assert answer["exact"]["total"] == 0
    assert watch.complaints == []


# On small indexes made for the purpose


@pytest.fixture
def ask_small(
    page: Page, tmp_path: Path, data: Data, root: Path
) -> Iterator[Callable[..., Reader]]:
    """Makes a site of given documents and opens it in the page."""
    servers: list[Iterator[str]] = []

    def open_site(documents: list[Document], starts: list[bytes | None] | None = None) -> Reader:
        site = tmp_path / f"site{len(servers)}"
        reader = write_site(site, documents, data, root / "docs/assets/search", starts)
        servers.append(serve(site))
        page.goto(f"{next(servers[-1])}index.html")
        return reader

    yield open_site
    for server in servers:
        next(server, None)


IDS = """async (queries) => { const found = []; for (const query of queries) {
  const answer = await baogaoSearch.search(query, { ids: true, limit: 0, loose: false });
  if (answer.error) { throw new Error(query + answer.error.message); }
  found.push(answer.exact.ids);
} return found; }"""


@pytest.mark.parametrize("alphabet", ["甲乙", "甲乙丙丁", "甲乙丙丁戊己庚辛12", "三会一课😀x"])
def test_texts_with_many_candidates(
    page: Page, ask_small: Callable[..., Reader], alphabet: str
) -> None:
    """Few characters, so that entries of every kind are met: candidates by the hundred, listed, left out, none."""
    rng = random.Random(alphabet)
    texts = [
        ["".join(rng.choices(alphabet, k=rng.randint(1, 60))) for _ in range(5)] for _ in range(60)
    ]
    documents = [document(n, t) for n, t in enumerate(texts)]
    reader = ask_small(documents)
    folded = passages_of(documents)
    asked = queries(folded, rng, 300)
    found = page.evaluate(IDS, [quoted(text) for text in asked])
    for text, ids in zip(asked, found, strict=True):
        wanted = [n for n in brute_force(folded, text) if reader.report_of[n][1]]
        assert sorted(ids) == reader.sections(quoted(text)) == wanted, text


def test_the_order_of_hits(page: Page, ask_small: Callable[..., Reader]) -> None:
    """In the title, in a heading, on word boundaries, across words; then often before seldom, short before long."""
    documents, starts = ranked_documents()
    ask_small(documents, starts)
    answer = page.evaluate("baogaoSearch.search('会计', { loose: false })")
    names = [hit["url"] for hit in answer["exact"]["hits"]]
    assert names == [
        "reports/2020/t.html#part-1", "reports/2020/h.html#h", "reports/2020/r2.html#part-1",
        "reports/2020/r1.html#part-1", "reports/2020/r3.html#part-1", "reports/2020/r0.html#part-1",
    ]  # fmt: skip
    assert [hit["title"] for hit in answer["reportsFound"]] == ["会计报告"]


def test_the_newest_comes_first_where_all_else_is_equal(
    page: Page, ask_small: Callable[..., Reader]
) -> None:
    documents = [
        replace(document(n, ["开展双报到", "别的"]), year=year)
        for n, year in enumerate((2019, 2023, 2021))
    ]
    ask_small(documents)
    answer = page.evaluate("baogaoSearch.search('双报到')")
    assert [hit["year"] for hit in answer["exact"]["hits"]] == [2023, 2021, 2019]
    more = page.evaluate("baogaoSearch.search('别的', { sort: 'year' })")
    assert [hit["year"] for hit in more["exact"]["hits"]] == [2023, 2021, 2019]


def test_within_an_earlier_result(page: Page, ask_small: Callable[..., Reader]) -> None:
    ask_small([document(0, ["双报到与党日", "只有双报到", "只有党日"])])
    answer = page.evaluate("baogaoSearch.search('党日', { within: '双报到' })")
    assert [hit["anchor"] for hit in answer["exact"]["hits"]] == ["part-1"]
    marked = [p["text"] for p in answer["exact"]["hits"][0]["snippet"] if p["mark"]]
    assert marked == ["党日"]


def test_all_parts_in_one_report_is_told_apart(
    page: Page, ask_small: Callable[..., Reader]
) -> None:
    ask_small([document(0, ["开展双报到", "主题党日"]), document(1, ["开展双报到", "别的"])])
    answer = page.evaluate("baogaoSearch.search('双报到 主题党日')")
    assert answer["exact"]["total"] == 0
    assert answer["loose"]["how"] == "report"
    assert {hit["url"].split("#")[0] for hit in answer["loose"]["hits"]} == {"reports/2020/r0.html"}


def test_an_empty_library(page: Page, ask_small: Callable[..., Reader]) -> None:
    ask_small([])
    answer = page.evaluate("baogaoSearch.search('党日')")
    assert answer["exact"]["total"] == 0 and "error" not in answer
