"""The pages of figures in a real Chromium."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.builder import Built

from .conftest import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]
PAGES = ("figures/index.html", "figures/zhian.html", "figures/shoujiaolv.html")


def calm(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_and_axe_has_nothing_to_say(
    page: Page, address: str, watch: Watch, name: str, width: int, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + name)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    if width == 360:  # wide: test_axe.py
        assert calm(page) == []
    assert watch.complaints == []
    hosts = {urlsplit(url).hostname for url in watch.requests}
    assert hosts == {"127.0.0.1"}


@pytest.mark.parametrize("where", ["http", "file"])
def test_a_number_opens_its_sentence_and_the_words_are_marked(
    page: Page, address: str, samples: Built, where: str
) -> None:
    base = address if where == "http" else samples.site.as_uri() + "/"
    page.goto(base + "figures/shoujiaolv.html")
    page.get_by_role("link", name="86.4%").click()
    expect(page.locator(".bg-hit-now")).to_have_text("收缴率只有86.4%")
    expect(page.locator(".bg-hit-now")).to_be_in_viewport()


def test_a_chart_is_drawn_in_ink_a_reader_sees(page: Page, address: str) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address + "figures/shoujiaolv.html")
        chart = page.get_by_role("img", name="租金收缴率")
        expect(chart).to_be_visible()
        line = chart.locator(".bg-line").first
        colours.add(line.evaluate("e => getComputedStyle(e).stroke"))
    assert len(colours) == 2 and "none" not in colours
    page.emulate_media(media="print")
    assert line.evaluate("e => getComputedStyle(e).stroke") == "rgb(0, 0, 0)"


def test_figures_are_sorted_by_value_and_filtered_by_year(page: Page, address: str) -> None:
    page.goto(address + "figures/baozhang.html")
    table = page.get_by_role("region", name="全部数据").locator("table")
    form = page.locator("form.bg-filters").nth(1)
    form.get_by_label("年度").select_option("2023")
    years = table.locator("tbody tr:not([hidden]) td:nth-child(3)").all_inner_texts()
    assert years and set(years) == {"2023"}
    for _ in range(2):
        table.locator("thead th:nth-child(2) .bg-sort").click()
    expect(table.locator("thead th").nth(1)).to_have_attribute("aria-sort", "descending")
    first = table.locator("tbody tr:not([hidden]) td:nth-child(2)").first
    expect(first).to_have_text("759.6万元")  # more than 3120套


def test_without_scripts_the_tables_are_there(chromium: Browser, samples: Built) -> None:
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(samples.site.as_uri() + "/figures/zhian.html")
        expect(page.get_by_role("link", name="139个班次").first).to_be_visible()
        expect(page.get_by_role("link", name="下载 .xlsx")).to_have_attribute("href", "zhian.xlsx")
    finally:
        context.close()


def test_the_table_can_be_taken_away(page: Page, address: str) -> None:
    page.goto(address + "figures/zhian.html")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 .csv").first.click()
    assert waiting.value.path().read_bytes().startswith("\ufeff指标,".encode())
