"""Browsing and reading in a real Chromium: over http and from a folder, wide and narrow, light and dark."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from baogao.corpus import load
from tests.builder import Built

from .conftest import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]
REPORT = "reports/2022/jiguan-shuzhi-fenguan.html"
PAGES = (
    "index.html", "years/index.html", "years/2022.html", "units/index.html", "units/zhian.html",
    "kinds/index.html", "kinds/shuzhi.html", REPORT, "guide/index.html", "guide/rules.html",
    "guide/kinds.html", "404.html",
)  # fmt: skip


def test_from_the_home_page_to_last_years_report(page: Page, address: str, watch: Watch) -> None:
    page.goto(address)
    page.get_by_role("link", name="2022年度").first.click()
    page.get_by_role("link", name="2022年度抓机关党建工作述职报告", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("2022年度抓机关党建工作述职报告")
    page.get_by_role("link", name="← 上一份：2021").click()
    expect(page.locator(".bg-facts")).to_contain_text("2021年度")
    page.get_by_role("link", name="下一份：2022 →").click()
    expect(page).to_have_url(address + REPORT)
    assert watch.complaints == []


def test_a_unit_is_shown_by_its_name_then(page: Page, address: str) -> None:
    page.goto(address + "reports/2020/zhian-shuzhi-zhibu.html")
    expect(page.locator(".bg-facts")).to_contain_text("岚川市建设工程质量监督站党支部")
    page.goto(address + "units/zhian.html")
    expect(page.locator("h1")).to_have_text("岚川市建设工程质量安全服务中心党支部")
    expect(page.locator("article")).to_contain_text("岚川市建设工程质量监督站党支部（至2020年）")


@pytest.mark.parametrize("where", ["http", "file"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_type_asks_no_other_host(
    page: Page, address: str, samples: Built, watch: Watch, where: str, name: str
) -> None:
    if where == "file" and name == "404.html":
        return  # only a web server shows it; its links begin at the server's root
    base = address if where == "http" else samples.site.as_uri() + "/"
    page.goto(base + name)
    page.wait_for_load_state("networkidle")
    foreign = [
        url for url in watch.requests if urlsplit(url).hostname not in (None, "127.0.0.1", "")
    ]
    assert foreign == []
    assert watch.complaints == []
    expect(page.locator("h1").first).to_be_visible()


def test_browsing_works_from_a_folder(page: Page, samples: Built, watch: Watch) -> None:
    page.goto((samples.site / "index.html").as_uri())
    page.get_by_role("link", name="按单位").first.click()
    page.get_by_role("link", name="岚川市住房和城乡建设局机关党委").click()
    page.get_by_role("link", name="2022年度抓机关党建工作述职报告", exact=True).click()
    expect(page.locator(".bg-text")).to_contain_text("主要做法及成效")
    page.get_by_role("link", name="二、存在问题及原因分析").click()
    assert page.url.endswith("#problem")
    assert watch.complaints == []


def test_text_on_the_page_is_the_text_of_the_report(
    page: Page, address: str, samples: Built
) -> None:
    for report in load(samples.project / "docs").visible.reports:
        page.goto(f"{address}reports/{report.name}.html")
        lines = page.eval_on_selector_all(
            ".bg-text > p, .bg-text > h2, .bg-text > h3, .bg-text > h4, .bg-text li, .bg-text tr",
            "all => all.map(e => e.tagName === 'TR' ? [...e.cells].map(c => c.textContent).join('\\t') : e.textContent)",
        )
        assert "\n".join(lines) == report.text, report.name


def test_placeholders_are_marked(page: Page, address: str) -> None:
    page.goto(address + REPORT)
    expect(page.locator("mark.bg-gap")).to_have_count(52)
    expect(page.locator(".bg-facts")).to_contain_text("52处")


def test_text_is_large_enough_and_can_be_changed(page: Page, address: str) -> None:
    page.goto(address + REPORT)

    def size() -> float:
        return float(
            page.eval_on_selector(".bg-text p", "e => parseFloat(getComputedStyle(e).fontSize)")
        )

    sizes = {}
    for name in ("小", "中", "大"):
        page.get_by_role("button", name=name, exact=True).click()
        sizes[name] = size()
    assert 18 <= sizes["小"] < sizes["中"] < sizes["大"]
    page.goto(address + "reports/2021/jiguan-shuzhi-fenguan.html")
    assert size() == sizes["大"]
    page.goto(address)
    assert page.eval_on_selector("article p", "e => parseFloat(getComputedStyle(e).fontSize)") >= 18


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_on_a_narrow_screen(
    chromium: Browser, address: str, scheme: str, name: str
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    try:
        page = context.new_page()
        page.goto(address + name)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
        background = page.eval_on_selector("body", "e => getComputedStyle(e).backgroundColor")
        dark = sum(int(part) for part in background[4:-1].split(",")[:3]) < 3 * 128
        assert dark == (scheme == "dark")
    finally:
        context.close()


def test_the_language_is_that_of_the_text(page: Page, address: str) -> None:
    page.goto(address + REPORT)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.evaluate("document.querySelector('meta[name=renderer]').content") == "webkit"


def test_an_old_engine_is_told_so(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".bg-old-browser")).to_have_count(0)
    page.add_init_script("delete Element.prototype.replaceChildren")
    page.goto(address)
    expect(page.locator(".bg-old-browser")).to_contain_text("极速模式")
