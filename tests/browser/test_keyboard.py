"""The main jobs with nothing but a keyboard; wherever the focus comes it is seen, and it comes out again."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from baogao.corpus.intake.package import read_package
from tests.builder import NOW, Built

from .conftest import serve
from .test_self_check import CHOICES, READY, TEXT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
REPORT = f"reports/{NOW}.html"
#: How things look before any of them has the focus, and what draws the frame of a field that is not itself seen: its label.
REMEMBER = """() => {
  const shown = (e) => e.matches(".md-option") ? e.nextElementSibling : e.matches(".bg-hidden") ? document.querySelector(`label[for="${e.id}"] .bg-button`) : e;
  const look = (e) => {
    const style = getComputedStyle(shown(e));
    return [style.outlineStyle === "none" ? "" : style.outlineWidth + style.outlineStyle + style.outlineColor, style.boxShadow, style.borderColor].join("|");
  };
  const before = new Map([...document.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")].map((e) => [e, look(e)]));
  window.focused = () => {
    const e = document.activeElement;
    if (!e || e === document.body) { return null; }
    const box = shown(e).getBoundingClientRect();
    return {
      name: (e.getAttribute("aria-label") || (e.labels && e.labels.length ? e.labels[0].textContent : "") || e.textContent || e.id).trim(),
      seen: getComputedStyle(shown(e)).opacity > 0.9 && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      framed: look(e) !== (before.has(e) ? before.get(e) : "|none|") && look(e) !== "|none|" + getComputedStyle(e).borderColor,
      html: e.outerHTML.slice(0, 120),
    };
  };
}"""


@pytest.fixture(scope="module")
def home(equipped: Built) -> Iterator[str]:
    yield from serve(equipped.site)


class Keys:
    """A page and a keyboard."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        page.emulate_media(reduced_motion="reduce")
        page.add_init_script(f"document.addEventListener('DOMContentLoaded', {REMEMBER});")

    def open(self, name: str) -> None:
        self.page.goto(self.home + name)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self, back: bool = False) -> str | None:
        """One step on; the name of what has the focus now (nothing: the page is at its end), which must be seen to have it."""
        self.press("Shift+Tab" if back else "Tab")
        now = self.page.evaluate("window.focused()")
        if now is None:
            return None
        if not now["seen"]:  # the browser may still be on the way there
            with contextlib.suppress(PlaywrightTimeoutError):
                self.page.wait_for_function("window.focused().seen", timeout=3000)
            now = self.page.evaluate("window.focused()")
        assert now["seen"], f"the focus is out of sight: {now['html']}"
        assert now["framed"], f"nothing shows the focus: {now['html']}"
        return str(now["name"])

    def to(self, name: str, most: int = 120) -> None:
        """On until the focus is on ``name`` (a part of its name)."""
        passed = []
        for _ in range(most):
            passed.append(self.tab())
            if passed[-1] and name in passed[-1]:
                return
        raise AssertionError(f"never came to {name}: {passed}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.fixture
def keys(page: Page, home: str) -> Keys:
    return Keys(page, home)


WALKED = ("index.html", REPORT, "search.html", "self-check.html", "years/2022.html", "initiatives/shuangbaodao.html", "compare/index.html", "404.html")  # fmt: skip


@pytest.mark.parametrize("name", WALKED)
def test_through_a_page_and_out_of_it(keys: Keys, name: str) -> None:
    """The first stop leads past the navigation, every stop is seen, and after the last the browser has the focus back."""
    keys.open(name)
    assert keys.tab() == "跳到正文"
    stops = 1
    while keys.tab() is not None:
        stops += 1
        assert stops < 400, "the focus never leaves the page"
    assert stops >= 8
    keys.open(name)
    keys.tab()
    keys.press("Enter")
    keys.page.wait_for_url("**#bg-content")
    keys.tab()
    assert keys.page.evaluate("document.querySelector('article').contains(document.activeElement) || !document.querySelector('article a, article button, article input')")  # fmt: skip


def test_from_the_front_page_to_a_sentence_and_its_copy(keys: Keys) -> None:
    """Search, a hit, the next place, 摘录, its panel, the clipboard; Esc gives the focus back."""
    page = keys.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keys.open("index.html")
    keys.press("/")
    expect(page.locator("#bg-query, #bg-find input").first).to_be_focused()
    keys.type("三会一课")
    page.get_by_role("option").first.wait_for()
    keys.press("ArrowDown", "ArrowUp", "Enter")
    page.wait_for_url("**/search.html?q=*")
    page.locator(".bg-hit").first.wait_for()
    title = page.locator(".bg-hit a").first.inner_text().strip()
    keys.to(title)
    keys.press("Enter")
    page.wait_for_url("**/reports/**")
    bar = page.get_by_role("region", name="检索词在本页的位置")
    # Until then the page moves by itself.
    bar.get_by_role("status").filter(has_text=re.compile("第.+处，共")).wait_for()
    keys.to("下一处")
    keys.press("Enter")
    expect(bar.get_by_role("status")).to_contain_text("第")
    keys.to("摘录段落")
    keys.press("Space")
    keys.to("摘录本段")
    keys.press("Enter")
    keys.open(REPORT)
    keys.to("摘录")
    opener = page.locator(".bg-opener-excerpts")
    expect(opener).to_be_focused()
    keys.press("Enter")
    panel = page.get_by_role("dialog", name="摘录")
    keys.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    keys.press("Enter")
    if "复制全部" not in page.evaluate("document.activeElement.textContent"):
        keys.to("复制全部")
    keys.press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("已复制1条")
    assert "——《" in page.evaluate("navigator.clipboard.readText()")


def test_narrowing_and_sorting_the_ledger(keys: Keys) -> None:
    page = keys.page
    keys.open("ledger/index.html")
    keys.press("Tab", "Enter")
    link = page.locator("article a", has_text="2021").first
    keys.to(link.inner_text().strip())
    keys.press("Enter")
    page.wait_for_url("**/ledger/2021.html*")
    rows = page.locator("table.bg-data").first.locator("tbody tr:visible")
    every = rows.count()
    keys.press("Tab", "Enter")
    keys.to("状态")
    keys.press("ArrowDown")
    expect(page.locator("form.bg-filters output").first).to_contain_text("显示")
    assert 0 < rows.count() < every
    keys.to("含有")
    keys.type("学习")
    keys.to("清除筛选")
    keys.press("Enter")
    assert rows.count() == every
    head = page.locator("table.bg-data thead button").last
    keys.to(head.inner_text().strip())
    keys.press("Space")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)


def test_from_a_report_to_its_comparison(keys: Keys) -> None:
    keys.open("reports/2021/baozhang-shuzhi-zhibu.html")
    keys.press("Tab", "Enter")
    keys.to("与2020年度报告逐句对照")
    keys.press("Enter")
    keys.page.wait_for_url("**/compare/baozhang-shuzhi-zhibu/2020-2021.html")
    expect(keys.page.locator(".bg-pair").first).to_be_visible()


def test_a_report_checked_and_taken_away(keys: Keys) -> None:
    """自查投稿 with pasted text: fill in, read, download."""
    page = keys.page
    keys.open("self-check.html")
    page.locator("#bg-selfcheck[data-ready]").wait_for(timeout=READY)
    keys.press("Tab", "Enter")
    keys.to("没有文件，粘贴文字")
    keys.press("Enter")
    keys.tab()
    assert page.evaluate("document.activeElement.id") == "bg-sc-pasted"
    page.keyboard.insert_text(TEXT)
    keys.to("用这段文字")
    keys.press("Enter")
    expect(page.locator("#bg-sc-unit")).to_be_visible()
    expect(page.locator("#bg-selfcheck")).not_to_have_attribute("aria-busy", "true")
    for field in ("unit", "role"):
        for _ in range(20):
            keys.tab()
            if page.evaluate("document.activeElement.id") == f"bg-sc-{field}":
                break
        wanted = CHOICES[field]
        for _ in range(20):
            if page.locator(f"#bg-sc-{field}").input_value() == wanted:
                break
            keys.press("ArrowDown")
        expect(page.locator(f"#bg-sc-{field}")).to_have_value(wanted)
    expect(page.locator("#bg-selfcheck")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".bg-outcome")).to_have_text(re.compile("检查完了"))
    for _ in range(200):
        keys.tab()
        if page.evaluate("document.activeElement.id") == "bg-sc-pack":
            break
    with page.expect_download() as waiting:
        keys.press("Enter")
    package = read_package(Path(waiting.value.path()).read_bytes())
    assert package.checked and package.name == "jiguan-shuzhi-fenguan.md"
