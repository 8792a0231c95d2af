"""The site Zensical builds of the plain tree, in a real Chromium: searched, read, on a narrow screen, from a folder."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from baogao.corpus import load
from tests.builder import NOW
from tests.rehearsed import Rehearsed

from .conftest import Watch, serve
from .test_search_ui import calm

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
REPORT = f"reports/{NOW}.html"
#: The whole answer to each query but what depends on the clock.
_ASK = """async (queries) => {
  const found = [];
  for (const query of queries) {
    const answer = await baogaoSearch.search(query, { limit: 100 });
    if (answer.error) { throw new Error(query + ": " + answer.error.message); }
    found.push(JSON.stringify(answer, (name, value) => name === "elapsed" || name === "ms" ? 0 : value));
  }
  return found;
}"""
#: What browsers younger than Chromium 86 have: the theme's scripts must do without.
_OLDER = "delete Object.hasOwn; delete Array.prototype.at; delete String.prototype.at; delete window.structuredClone; delete Array.prototype.findLast;"


@pytest.fixture(scope="module")
def ours(rehearsed: Rehearsed) -> Iterator[str]:
    yield from serve(rehearsed.hooked.site)


@pytest.fixture(scope="module")
def theirs(rehearsed: Rehearsed) -> Iterator[str]:
    yield from serve(rehearsed.plain.site)


def _queries(rehearsed: Rehearsed) -> list[str]:
    """Pieces of reports, pairs of them, filters, Pinyin, questions."""
    rng = random.Random(8)
    texts = [r.text for r in load(rehearsed.hooked.project / "docs").visible.reports]
    queries = ["三会一课", "2022 分管领导 述职", "年度：2019-2022 乡村振兴", "shyk", "三会一刻", "搞过哪些青年理论学习的举措", "主题党日 -线上"]  # fmt: skip
    while len(queries) < 200:
        text = rng.choice(texts)
        at, length = rng.randrange(len(text) - 9), rng.randint(1, 9)
        piece = text[at : at + length].strip()
        if piece:
            queries.append(f"{piece} {rng.choice(queries)}" if rng.random() < 0.2 else piece)
    return queries


def test_200_queries_have_the_same_answers(
    chromium: Browser, rehearsed: Rehearsed, ours: str, theirs: str
) -> None:
    asked = _queries(rehearsed)
    assert len(asked) == 200
    answers = []
    for address, queries in ((ours, asked), (theirs, asked), (rehearsed.plain.site.as_uri() + "/", asked[:20])):  # fmt: skip
        page = chromium.new_page()
        page.goto(f"{address}index.html")
        answers.append(page.evaluate(_ASK, queries))
        page.close()
    first, second, from_folder = answers
    for query, one, other in zip(asked, first, second, strict=True):
        assert one == other, query
    assert from_folder == first[:20]
    assert sum('"hits":[{' in answer for answer in first) > 150


@pytest.mark.parametrize("where", ["server", "folder"])
def test_from_the_home_page_to_a_hit(
    context: BrowserContext, page: Page, watch: Watch, rehearsed: Rehearsed, theirs: str, where: str
) -> None:
    base = theirs if where == "server" else rehearsed.plain.site.as_uri() + "/"
    context.add_init_script(_OLDER)
    page.goto(f"{base}index.html")
    page.get_by_label("检索历年报告").fill("晒谷场")
    page.locator("form").get_by_role("button", name="搜索", exact=True).click()
    page.locator(".bg-group", has_text="2021年度").locator(".bg-hit-place").first.click()
    expect(page.locator("mark.bg-hit-now")).to_have_text("晒谷场")
    expect(page.locator("mark.bg-hit-now")).to_be_in_viewport()
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{base}ledger/2022.html")
    page.get_by_label("状态").select_option("已完成")
    expect(page.locator(".bg-data tbody tr:visible").first).to_contain_text("已完成")
    page.goto(f"{base}{REPORT}")
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    page.goto(f"{base}search.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert watch.complaints == []
    assert [u for u in watch.requests if not u.startswith((base, "blob:", "data:"))] == []


def test_a_narrow_screen_and_the_drawer(chromium: Browser, theirs: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark", reduced_motion="reduce")  # fmt: skip
    page = context.new_page()
    for name in (
        "index.html",
        "search.html?q=支部",
        "ledger/index.html",
        "guide/words.html",
        REPORT,
    ):
        page.goto(theirs + name)
        assert page.evaluate("document.scrollingElement.scrollWidth") == 360, name
    page.locator("label.md-header__button[for=__drawer]").click()
    link = page.get_by_role("link", name="按年度", exact=True).first
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator("h1")).to_contain_text("年度")
    context.close()


@pytest.mark.parametrize("name", ["index.html", REPORT])
def test_a_page_is_usable_by_all(page: Page, theirs: str, name: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(theirs + name)
    expect(page.locator("h1").first).to_be_visible()
    assert calm(page) == []


def test_a_report_is_printed_the_same(chromium: Browser, ours: str, theirs: str) -> None:
    def printed(address: str) -> list[str]:
        page = chromium.new_page()
        page.goto(address + REPORT)
        made = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        page.close()
        return [sheet.get_textpage().get_text_range() for sheet in made]

    first = printed(ours)
    assert len(first) > 3 and first == printed(theirs)
