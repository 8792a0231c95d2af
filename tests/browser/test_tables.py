"""Tables that sort and filter: by mouse and keyboard, with their state in the address, plain without scripts, and on paper."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from baogao.pages.page import DataColumn, data_table
from tests.builder import ROOT, Built

from .conftest import Watch
from .test_search_ui import calm

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]
INDEX, PHRASES = "compare/index.html", "phrases/2023.html"
ROWS = [
    ("乙单位", "述职报告", "1,200", "3月学习"),
    ("甲单位", "工作要点", "85", "三会一课"),
    ("丙单位", "述职报告", "—", "双报到"),
    ("第10科", "述职报告", "不到1%", ""),
    ("第9科", "工作要点", '<span data-value="0.4">不到1%</span>', "Word报告"),
]


@pytest.fixture(scope="module")
def hand_made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of two tables and nothing but the script and the style."""
    columns = (
        DataColumn("单位"), DataColumn("文种", choose=True), DataColumn("数", "number"), DataColumn("句子", ""),
    )  # fmt: skip
    one = data_table(columns, ROWS, "第一张表")
    assets = (ROOT / "docs/assets").as_uri()
    file = tmp_path_factory.mktemp("tables") / "page.html"
    file.write_text(
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>表</title><link rel="stylesheet" href="{assets}/tables.css">'
        f'<main class="md-typeset"><h1>表</h1>{one}{one}</main><script src="{assets}/tables.js"></script>',
        encoding="utf-8",
    )
    return file.as_uri()


def first_column(page: Page, table: int = 0) -> list[str]:
    rows = page.locator("table.bg-data").nth(table).locator("tbody tr:visible th")
    return rows.all_inner_texts()


def head(page: Page, name: str, table: int = 0) -> None:
    page.locator("table.bg-data").nth(table).get_by_role("button", name=name).click()


def test_what_is_shown_can_be_taken_away(page: Page, hand_made: str) -> None:
    page.goto(hand_made)
    head(page, "单位")
    page.get_by_label("文种").first.select_option("述职报告")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 .csv").first.click()
    assert waiting.value.suggested_filename == "表.csv"
    content = waiting.value.path().read_bytes().decode()
    assert content == (
        "\ufeff单位,文种,数,句子\r\n丙单位,述职报告,—,双报到\r\n第10科,述职报告,不到1%,\r\n"
        '乙单位,述职报告,"1,200",3月学习\r\n'
    )


def test_sorting_by_text_and_number(page: Page, hand_made: str, watch: Watch) -> None:
    page.goto(hand_made)
    before = first_column(page)
    head(page, "单位")
    # As names are sorted in China, and 9 before 10.
    assert first_column(page) == ["丙单位", "第9科", "第10科", "甲单位", "乙单位"]
    head(page, "单位")
    assert first_column(page) == ["乙单位", "甲单位", "第10科", "第9科", "丙单位"]
    head(page, "数")
    assert first_column(page) == ["第9科", "第10科", "甲单位", "乙单位", "丙单位"]
    head(page, "数")
    # What is no number stays last.
    assert first_column(page) == ["乙单位", "甲单位", "第10科", "第9科", "丙单位"]
    assert page.locator("table").first.locator("th[aria-sort]").all_inner_texts() == ["数"]
    expect(page.locator("table").first.locator("th[aria-sort=descending]")).to_have_count(1)
    # The other table keeps its order, and a column that does not sort has no button.
    assert first_column(page, 1) == before
    expect(page.locator("table").first.locator("thead button")).to_have_count(3)
    assert watch.complaints == []


def test_choosing_and_filtering(page: Page, hand_made: str) -> None:
    page.goto(hand_made)
    form = page.locator("form.bg-filters").first
    expect(form.locator("output")).to_have_text("共5条")
    expect(form.get_by_role("button", name="清除筛选")).to_be_disabled()
    choose = form.get_by_label("文种")
    assert choose.locator("option").all_inner_texts() == ["全部", "工作要点（2）", "述职报告（3）"]
    choose.select_option("工作要点")
    assert first_column(page) == ["甲单位", "第9科"]
    expect(form.locator("output")).to_have_text("共5条，显示2条")
    form.get_by_label("含有").fill("word")
    assert first_column(page) == ["第9科"]
    assert len(first_column(page, 1)) == 5
    form.get_by_role("button", name="清除筛选").click()
    assert len(first_column(page)) == 5
    expect(form.get_by_label("含有")).to_have_value("")


def test_the_address_keeps_the_state(page: Page, hand_made: str) -> None:
    page.goto(hand_made)
    form = page.locator("form.bg-filters").first
    form.get_by_label("文种").select_option("述职报告")
    form.get_by_label("含有").fill("单位")
    head(page, "单位")
    head(page, "单位")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"文种": ["述职报告"], "含有": ["单位"], "排序": ["单位↓"]}
    shown = first_column(page)
    assert shown == ["乙单位", "丙单位"]
    page.reload()
    assert first_column(page) == shown
    expect(form.get_by_label("文种")).to_have_value("述职报告")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)


@pytest.mark.parametrize(
    "query", ["文种=没有这种", "排序=句子↑", "排序=谁↓", "排序=", "含有=%E0%A4%A", "文种=&含有="]
)
def test_an_address_that_makes_no_sense_does_no_harm(page: Page, hand_made: str, watch: Watch, query: str) -> None:  # fmt: skip
    page.goto(f"{hand_made}?{query}")
    if "%E0" not in query:
        assert len(first_column(page)) == 5
    expect(page.locator("form.bg-filters")).to_have_count(2)
    assert watch.complaints == []


def test_by_keyboard_alone(page: Page, hand_made: str) -> None:
    page.goto(hand_made)
    page.keyboard.press("Tab")
    expect(page.get_by_label("文种").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert len(first_column(page)) == 2
    page.keyboard.press("Tab")
    page.keyboard.type("三会")
    assert first_column(page) == ["甲单位"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert len(first_column(page)) == 5
    # The table scrolls by keyboard; then its heads.
    page.get_by_role("region", name="第一张表").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    assert first_column(page)[0] == "丙单位"


def test_plain_without_scripts(chromium: Browser, hand_made: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(hand_made)
        expect(page.locator("tbody tr")).to_have_count(2 * len(ROWS))
        expect(page.locator("form, table button")).to_have_count(0)
        expect(page.locator("thead th").first).to_have_text("单位")
    finally:
        context.close()


def test_a_wide_table_scrolls_inside_itself_and_keeps_its_first_column(
    chromium: Browser, hand_made: str
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 700})
    try:
        page = context.new_page()
        page.goto(hand_made)
        page.add_style_tag(
            content=".bg-scroll{overflow-x:auto} table{border-collapse:collapse} td{min-width:20em}"
        )
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
        scroller = page.locator(".bg-scroll").first
        left = scroller.locator("tbody th").first.evaluate("e => e.getBoundingClientRect().left")
        scroller.evaluate("e => { e.scrollLeft = 300; }")
        assert scroller.evaluate("e => e.scrollLeft") == 300
        after = scroller.locator("tbody th").first.evaluate("e => e.getBoundingClientRect().left")
        assert after == left
    finally:
        context.close()


def test_on_paper_only_what_is_chosen(page: Page, hand_made: str) -> None:
    page.goto(f"{hand_made}?{quote('文种')}={quote('工作要点')}")
    page.emulate_media(media="print")
    expect(page.locator("form.bg-filters").first).to_be_hidden()
    assert first_column(page) == ["甲单位", "第9科"]
    mark = page.locator(".bg-sort").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert mark in ('""', "none")
    assert page.locator("thead").first.evaluate("e => getComputedStyle(e).display") == "table-header-group"  # fmt: skip


@pytest.mark.parametrize("where", ["http", "file"])
def test_in_the_site(page: Page, address: str, samples: Built, watch: Watch, where: str) -> None:
    base = address if where == "http" else samples.site.as_uri() + "/"
    page.goto(base + INDEX)
    page.get_by_label("单位").select_option("局机关党委")
    expect(page.locator("form.bg-filters output")).to_contain_text(re.compile("共7条，显示3条"))
    page.get_by_role("button", name="最近沿用").click()
    query = urlsplit(page.url).query
    page.goto(base + INDEX + "?" + query)
    expect(page.locator("table.bg-data tbody tr:visible")).to_have_count(3)
    assert watch.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [INDEX, PHRASES])
def test_axe_has_nothing_to_say(chromium: Browser, address: str, scheme: str, name: str) -> None:
    for width in (1440, 360):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN"
        )
        try:
            page = context.new_page()
            page.goto(address + name)
            page.locator("table.bg-data thead button").first.click()
            if width == 360:  # wide: test_axe.py
                assert calm(page) == []
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        finally:
            context.close()


def test_the_script_is_what_the_floor_can_read() -> None:
    """Plain ES2020 without modules: Chromium 86 runs it as it is."""
    script = Path(ROOT / "docs/assets/tables.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\b(import|export)\s|\?\?=|\|\|=|\.at\(|replaceAll|structuredClone", script
    )
