"""A report on paper: printed by Chromium, and measured in the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.builder import Built, build, copy_project
from tests.printed import LEFT, check_frame, check_grid, line_with, read_pdf

from .conftest import Watch, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]
LONG = "reports/2022/jiguan-shuzhi-fushuji.html"
GAPS = "reports/2022/jiguan-shuzhi-fenguan.html"
CELL = 156 / 28
OLD = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
NO_BRANDS = "Object.defineProperty(Navigator.prototype, 'userAgentData', {get: () => undefined});"
ANNEXED = """---
title: 2024年度工作总结
year: 2024
unit: 局机关党委
kind: 年度工作总结
date: 2025-01-09
status: published
visibility: internal
reviews:
  - {role: 保密审查, date: 2025-01-08, result: 通过}
---

一年来的情况总结如下。

## 一、主要工作

抓学习，抓队伍，抓作风。

### （一）抓学习

集中学习12次，人人谈体会。

1.领导带头学。带头领学、带头宣讲。

## 二、存在问题

一是深入基层不够。二是督促检查不够。

## 三、下一步工作打算

一是多到基层。二是勤于督查。

附件：任务分工表

附件

任务分工表

| 任务 | 单位 |
| --- | --- |
| 学习 | 办公室 |
"""


def printed(page: Page, url: str, target: Path) -> Path:
    page.goto(url)
    page.pdf(path=target, prefer_css_page_size=True)
    return target


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_lines_characters_and_numbers(
    chromium: Browser, address: str, tmp_path: Path, scheme: str
) -> None:
    context = chromium.new_context(color_scheme=scheme, locale="zh-CN")
    try:
        pages = read_pdf(printed(context.new_page(), address + LONG, tmp_path / "a.pdf"))
    finally:
        context.close()
    assert len(pages) >= 4
    check_frame(pages)
    check_grid(pages)


def test_nothing_but_the_report_is_printed(page: Page, address: str, tmp_path: Path) -> None:
    pages = read_pdf(printed(page, address + LONG, tmp_path / "a.pdf"))
    whole = "".join(p.text for p in pages)
    page.emulate_media(media="screen")
    shown = page.eval_on_selector_all(
        "h1, .bg-text > :not(.bg-closing)", "all => all.map(e => e.textContent).join('')"
    )
    assert whole == "".join(shown.split()) + "2023年1月13日"


def test_title_headings_and_signature_stand_in_their_places(
    page: Page, address: str, tmp_path: Path
) -> None:
    pages = read_pdf(printed(page, address + LONG, tmp_path / "a.pdf"))
    first, *_ = pages
    title, opening = first.body[0], first.body[1]
    assert title.text == "2022年度机关党委专职副书记述职报告"
    assert abs((title.left + title.right) / 2 - 106) < 1.6
    assert round((opening.base - title.base) / (225 / 22)) == 2  # one line is empty
    for text in ("一、主要工作及成效", "（一）迎接和学习"):
        _, line = line_with(pages, text)
        assert abs(line.left - LEFT - 2 * CELL) < 0.8, text
    last = pages[-1].body[-1]
    assert last.text == "2023年1月13日"
    assert abs(184 - last.right - 4 * CELL) < 1.6


def test_faces_and_sizes(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(address + LONG)

    def style(selector: str, name: str) -> str:
        return str(
            page.eval_on_selector(selector, f"e => getComputedStyle(e).getPropertyValue('{name}')")
        )

    faces = {
        "h1": "方正小标宋简体", ".bg-text h2": "SimHei", ".bg-level-2 .bg-run-in-title": "仿宋_GB2312",
        ".bg-text p": "仿宋_GB2312",
    }  # fmt: skip
    faces[".bg-level-2 .bg-run-in-title"] = "楷体_GB2312"
    for selector, face in faces.items():
        assert style(selector, "font-family").split(",")[0].strip('"') == face
        assert style(selector, "font-weight") == "400"
    points = {s: round(float(style(s, "font-size")[:-2]) * 0.75, 2) for s in faces}
    assert points == {**dict.fromkeys(faces, 16.0), "h1": 22.0}


def test_gaps_stay_visible_without_backgrounds(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(address + GAPS)
    styles = page.eval_on_selector_all(
        "mark.bg-gap", "all => all.map(e => getComputedStyle(e).borderBottomStyle)"
    )
    assert len(styles) == 52 and set(styles) == {"dashed"}


def test_other_pages_are_not_printed_as_reports(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(address + "years/2022.html")
    assert page.locator('link[href*="print.css"]').count() == 0
    size = page.eval_on_selector("article", "e => getComputedStyle(e).fontSize")
    assert size != "21.3333px"


@pytest.fixture(scope="module")
def annexed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = copy_project(tmp_path_factory.mktemp("annexed"))
    (project / "docs/reports/2024").mkdir()
    file = project / "docs/reports/2024/jiguan-zongjie.md"
    file.write_text(ANNEXED, encoding="utf-8")
    built = build(project)
    assert built.code == 0, built.output
    return built


@pytest.fixture(scope="module")
def annexed_address(annexed: Built) -> Iterator[str]:
    yield from serve(annexed.site)


def test_annexes_begin_a_page_after_the_signature(
    page: Page, annexed_address: str, tmp_path: Path
) -> None:
    name = "reports/2024/jiguan-zongjie.html"
    pages = read_pdf(printed(page, annexed_address + name, tmp_path / "a.pdf"))
    assert len(pages) == 2
    check_frame(pages)
    body, annex = pages
    assert [line.text for line in body.body[-3:]] == [
        "附件：任务分工表", "岚川市住房和城乡建设局机关党委", "2025年1月9日",
    ]  # fmt: skip
    pitch = 225 / 22
    note, name_line, date_line = body.body[-3:]
    assert round((note.base - body.body[-4].base) / pitch) == 2
    assert abs(note.left - LEFT - 2 * CELL) < 0.8
    assert abs(184 - name_line.right - 2 * CELL) < 1.6
    assert abs(184 - date_line.right - 4 * CELL) < 1.6
    mark, title = annex.body[0], annex.body[1]
    assert (mark.text, title.text) == ("附件", "任务分工表")
    assert abs(mark.left - LEFT) < 0.6
    assert round((title.base - mark.base) / pitch) == 2
    assert abs((title.left + title.right) / 2 - 106) < 1.6
    # of the headings every one is on the grid and none is larger than the text
    for text in ("一、主要工作", "（一）抓学习", "1.领导带头学"):
        _, line = line_with(pages, text)
        assert abs(line.left - LEFT - 2 * CELL) < 0.8, text


def test_print_prints(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
    page.goto(address + LONG)
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed") == 1
    expect(page.locator(".bg-paper-note")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_buttons_fit_and_axe_has_nothing_to_say(
    chromium: Browser, address: str, scheme: str, width: int
) -> None:
    context = chromium.new_context(
        color_scheme=scheme, locale="zh-CN", viewport={"width": width, "height": 800}, user_agent=OLD.format(130)
    )  # fmt: skip
    try:
        page = context.new_page()
        page.add_init_script(NO_BRANDS)
        page.goto(address + LONG)
        page.get_by_role("button", name="打印", exact=True).click()
        expect(page.locator(".bg-paper-note")).to_be_visible()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert [v["id"] for v in found.response["violations"]] == []
    finally:
        context.close()


@pytest.mark.parametrize("version", [86, 130])
def test_below_131_the_word_file_is_recommended(
    chromium: Browser, address: str, version: int
) -> None:
    context = chromium.new_context(user_agent=OLD.format(version), locale="zh-CN")
    try:
        page = context.new_page()
        page.add_init_script(
            "window.print = () => { window.printed = (window.printed || 0) + 1; };" + NO_BRANDS
        )
        page.goto(address + LONG)
        page.get_by_role("button", name="打印", exact=True).click()
        note = page.locator(".bg-paper-note")
        expect(note).to_contain_text("这个浏览器打印不出页码，建议下载Word（带页码）")
        assert page.evaluate("window.printed") is None
        expect(note.get_by_role("link", name="下载Word（带页码）")).to_be_focused()
        note.get_by_role("button", name="仍然打印").click()
        assert page.evaluate("window.printed") == 1
    finally:
        context.close()


def test_from_131_on_the_kernel_is_asked_and_not_the_browser(
    chromium: Browser, address: str
) -> None:
    """A browser that calls itself by a name of its own is judged by its Chromium."""
    context = chromium.new_context(locale="zh-CN")
    try:
        page = context.new_page()
        page.add_init_script(
            "window.print = () => { window.printed = true; };"
            "Object.defineProperty(Navigator.prototype, 'userAgentData', {get: () => ({brands: ["
            "{brand: 'Not A;Brand', version: '8'}, {brand: 'Qaxbrowser', version: '12'}, {brand: 'Chromium', version: '131'}]})});"
        )
        page.goto(address + LONG)
        page.get_by_role("button", name="打印").click()
        assert page.evaluate("window.printed") is True
    finally:
        context.close()


def test_word_is_downloaded_by_its_title(page: Page, address: str, samples: Built) -> None:
    page.goto(address + LONG)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载Word").click()
    download = waiting.value
    assert download.suggested_filename == "2022年度机关党委专职副书记述职报告.docx"
    assert (
        Path(download.path()).read_bytes()
        == (samples.site / LONG.replace(".html", ".docx")).read_bytes()
    )


def test_the_word_file_is_there_from_a_folder_too(page: Page, samples: Built, watch: Watch) -> None:
    page.goto((samples.site / LONG).as_uri())
    link = page.get_by_role("link", name="下载Word")
    file = page.evaluate("a => a.href", link.element_handle())
    assert file == (samples.site / LONG.replace(".html", ".docx")).as_uri()
    assert (samples.site / LONG.replace(".html", ".docx")).is_file()
    assert watch.complaints == []
