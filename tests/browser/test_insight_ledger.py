"""The ledger in a real browser, opened from the folder as the office does."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.builder import Built

from .conftest import Watch

LIST, OVERVIEW = "ledger/2021.html", "ledger/index.html"


def from_folder(samples: Built, name: str) -> str:
    return (samples.site / name.split("?")[0]).as_uri() + name[len(name.split("?")[0]) :]


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


def shown(page: Page) -> int:
    return page.locator(".bg-ledger tbody tr:visible").count()


def test_from_the_overview_to_the_sentence(page: Page, samples: Built, watch: Watch) -> None:
    page.goto(from_folder(samples, OVERVIEW))
    row = page.locator("table").first.locator("tbody tr", has_text="2021年度")
    cell = row.locator("a[href*='推测有回应']")
    count = int(cell.inner_text())
    cell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2021年度问题整改台账")
    expect(page.locator(".bg-ledger tbody tr:visible")).to_have_count(count)
    expect(page.get_by_label("状态")).to_have_value("推测有回应")
    answer = page.locator(".bg-ledger tbody tr:visible").first.locator("td:nth-child(7) a").first
    words = answer.inner_text()
    answer.click()
    mark = page.locator("mark.bg-hit-mark").first
    expect(mark).to_be_visible()
    marked = "".join(page.locator("mark.bg-hit-mark").all_inner_texts())
    assert words[:10] in marked
    assert all(url.startswith(("file:", "blob:", "data:")) for url in watch.requests)
    assert watch.complaints == []


def test_filters_and_sorting(page: Page, samples: Built) -> None:
    page.goto(from_folder(samples, LIST))
    whole = shown(page)
    page.get_by_label("连年出现").select_option("连年")
    repeated = shown(page)
    assert 0 < repeated < whole
    page.get_by_label("单位").select_option(
        label=page.get_by_label("单位").locator("option").nth(1).inner_text()
    )
    assert shown(page) <= repeated
    page.get_by_role("button", name="清除筛选").click()
    assert shown(page) == whole
    page.get_by_role("button", name="序号").click()
    page.get_by_role("button", name="序号").click()
    assert page.locator(".bg-ledger tbody tr").first.locator("th").inner_text() == str(whole)


def test_without_scripts_it_is_a_plain_table(chromium: Browser, samples: Built) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(from_folder(samples, LIST))
    assert shown(page) > 20 and page.locator(".bg-filters").count() == 0
    link = page.get_by_role("link", name="下载全部台账（Excel、WPS 表格 .xlsx）")
    expect(link).to_have_attribute("href", "ledger.xlsx")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("name", [OVERVIEW, LIST, "ledger/unit-zhian.html"])
def test_nothing_sticks_out_and_axe_has_nothing_to_say(
    page: Page, samples: Built, scheme: Any, width: int, name: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(from_folder(samples, name))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    if width == 360:  # wide: test_axe.py
        assert complaints(page) == []


def test_the_table_scrolls_by_keyboard_with_its_numbers_in_place(
    page: Page, samples: Built
) -> None:
    page.set_viewport_size({"width": 700, "height": 800})
    page.goto(from_folder(samples, LIST))
    scroller = page.locator(".bg-scroll")
    number = page.locator(".bg-ledger tbody th").first
    before = number.bounding_box()
    scroller.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.bg-scroll').scrollLeft > 100")
    after = number.bounding_box()
    assert before and after and abs(before["x"] - after["x"]) < 2


def test_lists_print_across_and_reports_upright(page: Page, samples: Built) -> None:
    page.goto(from_folder(samples, LIST))
    found = page.evaluate(
        "[...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href)"
    )
    assert any(address.endswith("assets/ledger-print.css") for address in found)
    page.goto(from_folder(samples, "reports/2021/zhian-shuzhi-zhibu.html"))
    found = page.evaluate(
        "[...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href)"
    )
    assert not any(address.endswith("assets/ledger-print.css") for address in found)
