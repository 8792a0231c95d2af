"""Comparison, phrases and volumes in a real Chromium."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builder import Built

from .conftest import Watch
from .test_search_ui import calm

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]
PAIR = "compare/baozhang-shuzhi-zhibu/2020-2021.html"
REPORT = "reports/2021/baozhang-shuzhi-zhibu.html"
VOLUME, PHRASES = "volumes/2022.html", "phrases/index.html"
PAGES = (
    PAIR,
    REPORT,
    VOLUME,
    PHRASES,
    "volumes/index.html",
    "units/baozhang.html",
    "years/2022.html",
)


@pytest.mark.parametrize("where", ["http", "file"])
def test_from_a_report_to_last_years_sentence(page: Page, address: str, samples: Built, watch: Watch, where: str) -> None:  # fmt: skip
    base = address if where == "http" else samples.site.as_uri() + "/"
    page.goto(base + REPORT)
    block = page.get_by_role("complementary", name="与上年对照")
    expect(block).to_contain_text("占本年字数70%")
    block.get_by_role("link", name="与2020年度报告逐句对照").click()
    expect(page.locator("h1")).to_have_text(
        "住房保障中心党支部述职报告（党支部书记）：2021年度与2020年度对照"
    )
    page.get_by_role("link", name="配合老旧小区改造不够主动").click()
    expect(page).to_have_url(re.compile(r"reports/2020/baozhang-shuzhi-zhibu\.html#problem"))
    page.go_back()
    # A guessed answer: the sentence is marked where it stands.
    page.locator("#answers ~ .bg-scroll a", has_text="配合推进4个老旧小区改造").click()
    expect(page.locator(".bg-hit-mark").first).to_be_visible()
    assert watch.complaints == []


def test_two_columns_become_one(page: Page, address: str) -> None:
    page.goto(address + PAIR)

    def sides() -> tuple[float, float, float, float]:
        row = page.locator(".bg-pair").first
        one, two = (row.locator("> div").nth(at).bounding_box() for at in (0, 1))
        assert one and two
        return one["x"], one["y"], two["x"], two["y"]

    left, top, right, other_top = sides()
    assert right > left and abs(top - other_top) < 1
    page.set_viewport_size({"width": 690, "height": 900})
    left, top, right, other_top = sides()
    assert right == left and other_top > top
    label = page.locator(".bg-pair > :last-child").first.evaluate(
        "e => [e.dataset.year, getComputedStyle(e, '::before').content]"
    )
    assert label[0] == "2021" and "年度" in label[1]


def test_marks_do_not_rest_on_colour(page: Page, address: str) -> None:
    page.goto(address + PAIR)
    names = {"kept": "沿用", "new": "新增", "gone": "去掉"}
    for css, name in names.items():
        part = page.locator(f".bg-pair .bg-{css}").first
        assert part.evaluate("e => getComputedStyle(e, '::before').content") == f'"{name}"'
    line = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator(".bg-pair del").first.evaluate(line) == "line-through"
    assert page.locator(".bg-pair ins").first.evaluate(line) == "underline"


def test_every_link_of_these_pages_leads_somewhere(samples: Built) -> None:
    files = [
        file
        for folder in ("compare", "phrases", "volumes", "units", "years")
        for file in (samples.site / folder).rglob("*.html")
    ]
    assert len(files) > 50
    ids: dict[Path, set[str]] = {}
    for file in files:
        html = file.read_text(encoding="utf-8")
        assert len(html.encode()) < 1_000_000
        article = html[html.index("<article") : html.index("</article")]
        for target in re.findall(r'href="([^"]+)"', article):
            path, _, fragment = target.partition("#")
            path = path.partition("?")[0]
            goal = (file.parent / path).resolve() if path else file
            assert goal.is_file(), f"{file}: {target}"
            if fragment:
                if goal not in ids:
                    ids[goal] = set(re.findall(r' id="([^"]+)"', goal.read_text(encoding="utf-8")))
                assert fragment in ids[goal], f"{file}: {target}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_and_narrow_screens(chromium: Browser, address: str, scheme: str, name: str) -> None:
    for width in (1440, 360):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="zh-CN"
        )
        try:
            page = context.new_page()
            page.goto(address + name)
            if width == 360:  # wide: test_axe.py
                assert calm(page) == []
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        finally:
            context.close()


def test_the_volume_on_paper(page: Page, samples: Built, tmp_path: Path) -> None:
    """Contents first, no blank page, every report on a page of its own, nothing of the site around it."""
    page.goto((samples.site / VOLUME).as_uri())
    file = tmp_path / "volume.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    try:
        text = subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True
        ).stdout.decode()
    except FileNotFoundError:
        pytest.skip("没有 pdftotext，不能读出打印的页")
    sheets = [re.sub(r"\s+", "", sheet) for sheet in text.split("\f")][:-1]
    assert sheets[0].startswith("2022年度报告汇编") and "目录" in sheets[0]
    assert "单独打开" not in "".join(sheets) and "检索历年报告" not in "".join(sheets)
    titles = page.locator(".bg-volume-report > h3").all_inner_texts()
    begins = [
        [n for n, sheet in enumerate(sheets[1:], 1) if re.sub(r"\s+", "", title) in sheet[:120]]
        for title in titles
    ]
    assert all(len(found) == 1 for found in begins)
    assert [found[0] for found in begins] == sorted({found[0] for found in begins})
    assert all(sheet for sheet in sheets)


def test_the_volume_shows_the_text_of_the_reports(page: Page, address: str) -> None:
    page.goto(address + VOLUME)
    there = page.eval_on_selector_all(
        ".bg-volume .bg-text", "all => all.map(e => [e.dataset.report, e.textContent])"
    )
    for name, text in there:
        page.goto(f"{address}reports/{name}.html")
        assert page.locator(".bg-text").evaluate("e => e.textContent").strip() == text.strip()


def test_a_phrase_leads_to_its_sentence(page: Page, address: str, watch: Watch) -> None:
    page.goto(address + PHRASES)
    page.get_by_role("link", name="2023年度").click()
    row = page.locator("tbody tr", has_text="创文固卫").first
    expect(row).to_contain_text("词表")
    row.locator("td").last.get_by_role("link").first.click()
    expect(page.locator(".bg-hit-mark").first).to_have_text("创文固卫")
    assert watch.complaints == []
