"""axe-core has nothing to say about any kind of page, light and dark; what is opened on pages included.

One page each of the site of ``equipped``; other modules look at the same pages, and at those of figures of a unit, on narrow screens and in rarer states.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from baogao.corpus import load
from baogao.corpus.intake.package import RESULT
from baogao.pages.review import review_html
from baogao.rules import check_corpus
from baogao.rules.sheet import make_sheet
from baogao.selfcheck.desk import Desk
from tests.builder import MOVED, NOW, WITHDRAWN, Built

from .conftest import serve
from .test_search_ui import calm

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
REPORT = f"reports/{NOW}.html"
#: Each kind of page by one of its smallest; of a folder everything that is made by code of its own.
PAGES = (
    "index.html", "search.html", "self-check.html", "404.html", REPORT, f"reports/{WITHDRAWN}.html", "years/index.html", "years/2022.html",
    "units/index.html", "units/jiguan.html", "kinds/index.html", "kinds/zongjie.html", "initiatives/index.html", "initiatives/shuangbaodao.html",
    "initiatives/unit-dangzu.html", "ledger/index.html", "ledger/2021.html", "ledger/unit-dangzu.html", "figures/index.html",
    "figures/peixun.html", "compare/index.html", "compare/baozhang-shuzhi-zhibu/2020-2021.html", "volumes/index.html",
    "volumes/2018.html", "phrases/index.html", "phrases/2023.html", "guide/index.html", "guide/submit.html", "guide/kinds.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(equipped: Built) -> Iterator[str]:
    yield from serve(equipped.site)


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce")  # fmt: skip
    yield context.new_page()
    context.close()


#: Of axe's rules those that colours decide: nothing else of a page differs in the dark.
COLOURS = ("color-contrast", "link-in-text-block")


def both(page: Page, name: str) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert calm(page) == [], name
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert calm(page, *COLOURS) == [], f"{name}, dark"


def test_no_kind_of_page_is_missing(equipped: Built) -> None:
    """A new folder of pages gets its line above."""
    folders = {file.relative_to(equipped.site).parts[0] for file in equipped.site.rglob("*.html")}
    assert folders - {"assets"} == {name.split("/")[0] for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_a_page(tab: Page, home: str, name: str) -> None:
    tab.goto(home + name)
    expect(tab.locator("h1").first).to_be_visible()
    both(tab, name)


def _results(page: Page, home: str) -> None:
    page.goto(f"{home}search.html?q=支部")
    page.locator(".bg-hit").first.wait_for()
    page.locator(".bg-filters").evaluate("e => { e.open = true; }")


def _nothing_found(page: Page, home: str) -> None:
    page.goto(f"{home}search.html?q=甲乙丙丁戊己")
    expect(page.locator("[role=status]").first).not_to_be_empty()


def _search(page: Page, home: str) -> None:
    page.goto(home + "years/index.html")
    page.keyboard.press("/")
    page.keyboard.type("支部")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def _excerpts(page: Page, home: str) -> None:
    page.goto(f"{home}{REPORT}?h=支部")
    page.get_by_role("button", name="摘录段落").click()
    page.locator(".bg-collect-here").nth(2).click()
    page.locator(".bg-opener-excerpts").click()
    expect(page.get_by_role("dialog", name="摘录")).to_be_visible()


def _narrowed_and_sorted(page: Page, home: str) -> None:
    page.goto(home + "ledger/index.html")
    page.locator("form.bg-filters input[type=search]").first.fill("没有这样的字")
    page.locator("th[data-sort] button").first.click()


@pytest.mark.parametrize(
    "show", [_results, _nothing_found, _search, _excerpts, _narrowed_and_sorted]
)
def test_what_is_opened_on_pages(tab: Page, home: str, show: Callable[[Page, str], None]) -> None:
    show(tab, home)
    both(tab, show.__name__)


def test_where_a_report_was(tab: Page, home: str, equipped: Built) -> None:
    """The page at the old address, held back from leading on."""
    html = (equipped.site / f"reports/{MOVED}.html").read_text(encoding="utf-8")
    kept, scripts = re.subn(r"<script>.*?</script>", "", html)
    assert scripts == 1 and 'http-equiv="refresh" content="0;' in html

    def stay(route: Route) -> None:
        route.fulfill(body=kept, content_type="text/html; charset=utf-8")

    tab.route("**/moved.html", stay)
    tab.goto(home + "moved.html")
    expect(tab.locator("h1")).to_have_text("报告换了地址")
    both(tab, "moved")


def test_what_is_printed_or_handed_in(tab: Page, root: Path, tmp_path: Path) -> None:
    corpus = load(root / "docs")
    report = corpus.find("2021/baozhang-shuzhi-zhibu")
    assert report
    sheet = make_sheet(corpus, report, check_corpus(corpus, [report]))
    desk = Desk(corpus.data)
    desk.read(report.source.text.encode(), "报告.md")
    desk.make({})
    desk.compare("", "")
    desk.check()
    with zipfile.ZipFile(io.BytesIO(desk.pack("2022-01-12"))) as package:
        result = package.read(RESULT)
    for name, content in (
        ("审核单.html", review_html([sheet], datetime.date(2022, 1, 12)).encode()),
        (RESULT, result),
    ):
        (tmp_path / name).write_bytes(content)
        tab.goto((tmp_path / name).as_uri())
        expect(tab.locator("h1").first).to_be_visible()
        both(tab, name)
