"""Initiatives in a real Chromium: from a question to the page, from a number to the sentence, from the sentence to the report."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.builder import Built

from .conftest import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]
PAGES = ["index.html", "sanhui-yike.html", "sanji-dajiangtang.html", "unit-jiguan.html"]
QUESTION = "我们以前搞过哪些类似青年理论学习的举措，效果如何"


@pytest.fixture(params=["http", "file"])
def site(request: pytest.FixtureRequest, samples: Built, address: str) -> str:
    return address if request.param == "http" else samples.site.as_uri() + "/"


# From the search


@pytest.mark.parametrize(
    ("query", "name", "file"),
    [
        ("三会一课", "三会一课", "sanhui-yike"),
        ("“三会 一课”", "三会一课", "sanhui-yike"),
        ("shyk", "三会一课", "sanhui-yike"),
        ("党员活动日", "主题党日（党员活动日）", "zhuti-dangri"),
        ("住建夜校", "三级大讲堂（住建夜校）", "sanji-dajiangtang"),
        (QUESTION, "青年理论学习小组", "qingnian-lilun"),
        ("青年方面的理论学习小组", "青年理论学习小组", "qingnian-lilun"),
    ],
)
def test_the_page_is_the_first_result(
    page: Page, site: str, watch: Watch, query: str, name: str, file: str
) -> None:
    page.goto(f"{site}search.html?q={quote(query)}")
    first = page.locator(".bg-lists > section").first
    expect(first.get_by_role("heading")).to_have_text("举措")
    expect(first.locator("li").first.locator("a")).to_have_text(name)
    first.locator("li").first.locator("a").click()
    expect(page).to_have_url(f"{site}initiatives/{file}.html")
    expect(page.locator("h1")).to_have_text(name.partition("（")[0])
    assert watch.complaints == []


@pytest.mark.parametrize("query", ["三会一课", "shyk", "党员活动日", QUESTION])
def test_it_is_first_while_one_types(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}years/index.html")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="检索历年报告").fill(query)
    first = page.get_by_role("option").first
    expect(first.locator(".bg-tag")).to_have_text("举措")
    expect(page.locator(".bg-outcome")).not_to_have_text("正在检索…")
    # The page stands there once, whether as an offer or as a result.
    href = first.get_attribute("href")
    assert page.get_by_role("option").evaluate_all("all => all.map(each => each.getAttribute('href'))").count(href) == 1  # fmt: skip
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/initiatives/[\w-]+\.html$"))


@pytest.mark.parametrize("query", ["党员", "老旧", "的", "没有这样的话"])
def test_what_is_only_alike_brings_no_page(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}search.html?q={quote(query)}")
    expect(page.locator(".bg-outcome")).to_have_text(re.compile(query))
    expect(page.locator(".bg-pages")).to_have_count(0)


# The pages


def test_a_number_leads_to_its_sentences_and_on_to_the_report(page: Page, site: str, watch: Watch) -> None:  # fmt: skip
    page.goto(f"{site}initiatives/index.html")
    row = page.get_by_role("row", name=re.compile("三级大讲堂"))
    cell = row.get_by_role("link").nth(1)
    count = int(cell.inner_text())
    cell.click()
    expect(page).to_have_url(re.compile(r"sanji-dajiangtang\.html#y2018$"))
    expect(page.locator("#y2018")).to_have_text(f"2018年度（{count}处）")
    expect(page.locator("#y2018")).to_be_in_viewport()
    page.locator("#y2018-jiguan + ul a").first.click()
    expect(page).to_have_url(re.compile(r"reports/2018/jiguan-[\w-]+\.html\?h=[^#]+#[\w-]+$"))
    expect(page.locator("mark.bg-hit-mark").first).to_have_text("住建夜校")
    assert watch.complaints == []


def test_filter_by_theme_and_the_matrix_of_one_unit(page: Page, site: str) -> None:
    page.goto(f"{site}initiatives/index.html")
    rows = page.locator("table.bg-matrix").first.locator("tbody tr:visible")
    everything = rows.count()
    page.get_by_label("主题").first.select_option("组织")
    assert 0 < rows.count() < everything
    expect(page.get_by_role("row", name=re.compile("^三会一课"))).to_be_visible()
    page.get_by_role("link", name="质安中心党支部").click()
    expect(page.locator("h1")).to_have_text("质安中心党支部的举措")
    page.get_by_role("row", name=re.compile("双报到")).get_by_role("link").nth(1).click()
    expect(page).to_have_url(re.compile(r"shuangbaodao\.html#y\d{4}-zhian$"))
    expect(page.locator("h4:target")).to_contain_text("质")


def test_a_unit_cell_leads_to_its_row(page: Page, address: str) -> None:
    page.goto(f"{address}initiatives/index.html")
    table = page.locator("table.bg-upright")
    table.get_by_role("row", name=re.compile("局机关党委")).get_by_role("link").nth(1).click()
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"unit-jiguan\.html#i-[\w-]+$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_accessible(chromium: Browser, address: str, name: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 360, "height": 800}, locale="zh-CN")  # type: ignore[arg-type]  # fmt: skip
    page = context.new_page()
    page.goto(f"{address}initiatives/{name}")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    context.close()
    assert [f"{v['id']}: {n['html'][:120]}" for v in found.response["violations"] for n in v["nodes"]] == []  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_narrow_and_without_scripts(chromium: Browser, address: str, name: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)  # fmt: skip
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{address}initiatives/{name}")
    box = page.locator("article").bounding_box()
    assert box is not None and box["width"] <= 360
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("table").count() == 0 or page.locator("table a").count() > 0
    context.close()
    assert all(url.startswith(address) for url in seen)
