"""The search interface in a real Chromium. What depends on the index is tried on the real one; states that a healthy
index never shows come from a stand-in (``fake_search.js``)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.builder import Built

from .conftest import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]
REPORT = "reports/2022/jiguan-shuzhi-fenguan.html"
TITLE = "2022年度抓机关党建工作述职报告"
UNIT = "岚川市住房和城乡建设局机关党委"
FAKE = (Path(__file__).parent / "fake_search.js").read_text(encoding="utf-8")
HOSTILE = "<img src=x onerror=alert(1)>"

Pretend = Callable[..., None]


def hit(section: int, report: int = 1, **changes: Any) -> dict[str, Any]:
    """A hit as types.js describes it."""
    return {
        "section": section, "report": report, "url": f"{REPORT}#problem", "anchor": "problem", "title": TITLE,
        "heading": "二、存在问题及原因分析", "year": 2022, "unit": "jiguan", "unitName": UNIT, "kind": "shuzhi",
        "kindName": "述职报告", "role": "fenguan", "roleName": "分管领导", "part": "problem", "partName": "存在问题",
        "snippet": [
            {"text": "…一是“", "mark": False}, {"text": "一杆子到底", "mark": True},
            {"text": f"”的劲头不够（第{section}处）。", "mark": False},
        ],
        "offset": 4, "count": 1, **changes,
    }  # fmt: skip


def found(hits: list[dict[str, Any]], total: int | None = None) -> dict[str, Any]:
    reports = len({each["report"] for each in hits})
    return {"total": len(hits) if total is None else total, "reports": reports, "hits": hits}


def values(*entries: tuple[str, str, int]) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "count": count} for value, label, count in entries]


FACETS = {
    "year": values(("2022", "2022", 2), ("2021", "2021", 1)),
    "unit": values(*((f"u{n}", f"第{n}党支部", 20 - n) for n in range(11))),
    "kind": values(("shuzhi", "述职报告", 3)),
    "part": values(("problem", "存在问题", 2), ("practice", "主要做法", 1)),
    "role": values(("fenguan", "分管领导", 3)),
}
HITS = [
    hit(1),
    hit(2, url=f"{REPORT}#practice-2", heading="（二）服务中心大局。", part="practice", partName="主要做法"),
    hit(3, 2, year=2021, title="2021年度抓机关党建工作述职报告", url="reports/2021/jiguan-shuzhi-fenguan.html#problem"),
]  # fmt: skip
ANSWER = {"exact": found(HITS, 45), "facets": FACETS}


@pytest.fixture
def pretend(context: BrowserContext) -> Pretend:
    """Put the stand-in in the engine's place: ``pretend(answer=…, offers=…, hold=…)``."""

    def use(**fake: Any) -> None:
        context.add_init_script(f"window.fake = {json.dumps(fake)};\n{FAKE}")

    return use


def asked(page: Page) -> list[dict[str, Any]]:
    """What the stand-in was asked."""
    found: list[dict[str, Any]] = page.evaluate("window.asked")
    return found


def given(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def calm(page: Page, *rules: str) -> list[str]:
    """axe-core's complaints about the page; of these rules alone where some are named."""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only})
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


# The box in the header, the dialog


@pytest.mark.parametrize("name", ["years/index.html", REPORT, "guide/rules.html"])
def test_every_page_has_a_visible_search_button(
    page: Page, address: str, pretend: Pretend, name: str
) -> None:
    pretend()
    page.goto(address + name)
    button = page.locator("header").get_by_role("button", name="搜索")
    expect(button).to_be_visible()
    button.click()
    box = page.get_by_role("combobox", name="检索历年报告")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="检索历年报告")).to_have_count(0)
    expect(button).to_be_focused()


def test_the_button_survives_a_theme_without_that_header(
    page: Page, address: str, pretend: Pretend, samples: Built
) -> None:
    pretend()
    html = (samples.site / "years/index.html").read_text(encoding="utf-8")
    bare = html.replace("md-header__inner", "other-header")
    page.route(
        "**/years/index.html", lambda route: route.fulfill(body=bare, content_type="text/html")
    )
    page.goto(address + "years/index.html")
    page.get_by_role("button", name="搜索").click()
    expect(page.get_by_role("combobox")).to_be_focused()


def test_shortcuts_go_by_the_place_of_the_key(page: Page, address: str, pretend: Pretend) -> None:
    pretend()
    page.goto(address + "years/index.html")
    dialog = page.get_by_role("dialog", name="检索历年报告")
    for key in ("/", "Control+k"):
        page.keyboard.press(key)
        expect(dialog).to_be_visible()
        expect(page.get_by_role("combobox")).to_have_value("")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    # Under a Chinese input method the same key arrives as 、 or as Process.
    for event in ("{code: 'Slash', key: '、'}", "{code: 'Slash', key: 'Process', keyCode: 229}"):
        page.evaluate(
            f"document.body.dispatchEvent(new KeyboardEvent('keydown', Object.assign({event}, {{bubbles: true, cancelable: true}})))"
        )
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
    page.keyboard.press("Shift+Slash")
    page.keyboard.press("k")
    expect(dialog).to_have_count(0)
    page.goto(address + "search.html")
    page.keyboard.press("/")
    expect(page.get_by_label("检索历年报告")).to_be_focused()
    page.keyboard.type("1/2")
    expect(page.get_by_label("检索历年报告")).to_have_value("1/2")


def test_arrows_choose_and_enter_opens_the_section(
    page: Page, address: str, pretend: Pretend
) -> None:
    # What is typed already is not offered once more.
    offers = [
        {"kind": "term", "label": "一杆子到底", "query": "一杆子到底"},
        {"kind": "initiative", "label": "三会一课", "query": "三会一课"},
    ]
    pretend(answer=ANSWER, offers=offers)
    page.goto(address + "years/index.html")
    page.keyboard.press("/")
    page.keyboard.type("一杆子到底")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog", name="检索历年报告").get_by_role("status")).to_have_text(
        re.compile("找到45处，在2份报告中")
    )
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(5)
    expect(options.nth(0)).to_contain_text("三会一课举措")
    expect(options.nth(1)).to_contain_text("2022年度 · " + UNIT)
    expect(options.nth(1).locator("mark")).to_have_text("一杆子到底")

    def active() -> str:
        return str(
            box.evaluate(
                "e => (document.getElementById(e.getAttribute('aria-activedescendant')) || {}).textContent || ''"
            )
        )

    page.keyboard.press("ArrowDown")
    assert active().startswith("三会一课")
    page.keyboard.press("ArrowUp")
    assert active() == ""
    page.keyboard.press("ArrowUp")
    assert active().startswith("在检索页查看全部结果")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/jiguan-shuzhi-fenguan.html?**")
    assert given(page)["h"] == ["一杆子到底"]
    assert urlsplit(page.url).fragment == "problem"
    expect(page.locator("mark.bg-hit-now")).to_have_text("一杆子到底")


def test_enter_alone_goes_to_the_results_page(page: Page, address: str, pretend: Pretend) -> None:
    pretend(answer=ANSWER)
    for start in ("years/2022.html", "index.html"):
        page.goto(address + start)
        page.keyboard.press("/")
        page.keyboard.press("Enter")
        assert page.url == address + start, "an empty box sends nothing"
        page.keyboard.type("一杆子到底")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?**")
        assert given(page) == {"q": ["一杆子到底"]}
        expect(page.get_by_role("heading", name="原文相符（45处）")).to_be_visible()


def test_an_input_method_is_left_alone(page: Page, address: str, pretend: Pretend) -> None:
    pretend(answer=ANSWER)
    page.goto(address + "years/index.html")
    page.keyboard.press("/")
    cdp = page.context.new_cdp_session(page)
    for text in ("y", "yi", "yi gan zi"):
        cdp.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    expect(page.get_by_role("combobox")).to_have_value("yi gan zi")
    enter = {"windowsVirtualKeyCode": 229, "key": "Process", "code": "Enter"}
    cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    escape = {"windowsVirtualKeyCode": 229, "key": "Process", "code": "Escape"}
    cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **escape})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **escape})
    page.evaluate(
        "document.activeElement.form.requestSubmit()"
    )  # as some input methods make the form do
    assert page.url.endswith("years/index.html")
    expect(page.get_by_role("dialog", name="检索历年报告")).to_be_visible()
    assert asked(page) == [], "letters under composition are no query"
    cdp.send("Input.insertText", {"text": "一杆子"})
    expect(page.get_by_role("combobox")).to_have_value("一杆子")
    expect(page.get_by_role("option").first).to_be_visible()
    assert [each["query"] for each in asked(page)] == ["一杆子"]


def test_a_late_answer_never_replaces_a_newer_one(
    page: Page, address: str, pretend: Pretend
) -> None:
    pretend(answer=ANSWER, hold=True)
    page.goto(address + "years/index.html")
    page.keyboard.press("/")
    page.keyboard.type("一")
    expect(page.get_by_role("dialog", name="检索历年报告").get_by_role("status")).to_have_text(
        "正在检索…"
    )
    page.keyboard.type("杆子")
    assert [each["query"] for each in asked(page)] == ["一"], "one question at a time"
    page.evaluate("held.shift()()")
    page.wait_for_function("held.length === 1")
    expect(page.get_by_role("option")).to_have_count(0)
    assert [each["query"] for each in asked(page)] == ["一", "一杆子"], (
        "what was typed between is skipped"
    )
    page.evaluate("held.shift()()")
    expect(page.get_by_role("dialog", name="检索历年报告").get_by_role("status")).to_contain_text(
        "“一杆子”"
    )


def test_the_home_page_answers_while_one_types(page: Page, address: str, pretend: Pretend) -> None:
    pretend(answer=ANSWER)
    page.goto(address)
    box = page.get_by_label("检索历年报告")
    box.fill("一杆子到底")
    expect(page.get_by_role("option")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("一杆子到底")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.locator("h1").click()
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_role("button", name="搜索", exact=True).and_(page.locator("form button")).click()
    page.wait_for_url("**/search.html?**")


# The results page


def test_results_say_where_they_are_from(page: Page, address: str, pretend: Pretend) -> None:
    pretend(answer={
        **ANSWER,
        "expanded": [{"part": "二十大", "alternatives": ["党的二十大"]}],
        "suggestions": [{"query": "一竿子到底", "why": "homophone", "part": "一杆子到底"}],
        "loose": {"how": "words", "query": "一杆子 到底", **found([hit(9, 5, year=2019)])},
    })  # fmt: skip
    page.goto(f"{address}search.html?q=一杆子到底")
    expect(page.get_by_role("status").first).to_have_text("“一杆子到底”：找到45处，在2份报告中。")
    groups = page.get_by_role("region", name="原文相符（45处）").locator(".bg-group")
    expect(groups).to_have_count(2)
    first = groups.first
    expect(first.get_by_role("heading")).to_have_text(TITLE)
    expect(first).to_contain_text(f"2022年度 · {UNIT} · 述职报告 · 分管领导")
    expect(first.locator(".bg-hit")).to_have_count(2)
    expect(first.locator(".bg-hit").nth(1)).to_contain_text("（二）服务中心大局")
    expect(first.locator(".bg-hit").nth(1)).to_contain_text("主要做法")
    expect(first.locator("mark").first).to_have_text("一杆子到底")
    loose = page.get_by_role("region", name="近似结果（1处）")
    expect(loose).to_contain_text("已按“一杆子 到底”检索")
    expect(page.get_by_text("同时检索了：党的二十大")).to_be_visible()
    page.get_by_role("button", name="只检索原词").click()
    assert given(page)["syn"] == ["0"]
    assert asked(page)[-1]["options"]["expand"] is False
    expect(page.get_by_role("link", name="一竿子到底")).to_have_attribute(
        "href", re.compile("search.html\\?q=")
    )


def test_filters_are_chosen_together_and_kept_in_the_address(
    page: Page, address: str, pretend: Pretend
) -> None:
    pretend(answer=ANSWER)
    page.goto(f"{address}search.html?q=一杆子到底")
    panel = page.get_by_role("group", name="年度", exact=True)
    expect(panel).to_contain_text("2022年度 2")
    page.get_by_role("checkbox", name="2022年度").check()
    expect(page.get_by_role("checkbox", name="2022年度")).to_be_focused()
    page.get_by_role("checkbox", name="2021年度").check()
    page.get_by_role("checkbox", name="存在问题").check()
    page.get_by_text("更多（3）").click()
    page.get_by_role("checkbox", name="第9党支部").check()
    expect(page.get_by_role("checkbox", name="第9党支部")).to_be_visible()
    assert given(page) == {
        "q": ["一杆子到底"], "year": ["2022", "2021"], "part": ["problem"], "unit": ["u9"],
    }  # fmt: skip
    chosen = {"year": ["2022", "2021"], "part": ["problem"], "unit": ["u9"]}
    assert asked(page)[-1]["options"]["filters"] == chosen
    page.reload()
    expect(page.get_by_role("checkbox", name="2021年度")).to_be_checked()
    page.get_by_role("button", name="取消筛选 年度：2022").click()
    assert given(page)["year"] == ["2021"]
    page.get_by_role("button", name="清除筛选").click()
    assert given(page) == {"q": ["一杆子到底"]}
    page.go_back()
    expect(page.get_by_role("checkbox", name="2021年度")).to_be_checked()
    assert asked(page)[-1]["options"]["filters"]["year"] == ["2021"]
    page.go_forward()
    expect(page.get_by_role("checkbox", name="2021年度")).not_to_be_checked()


def test_sorting_and_searching_within(page: Page, address: str, pretend: Pretend) -> None:
    pretend(answer=ANSWER)
    page.goto(f"{address}search.html?q=一杆子到底&year=2022")
    order = page.get_by_role("group", name="排序")
    expect(order.get_by_role("button", name="相关度")).to_have_attribute("aria-pressed", "true")
    order.get_by_role("button", name="年度").click()
    expect(order.get_by_role("button", name="年度")).to_have_attribute("aria-pressed", "true")
    assert given(page)["sort"] == ["year"] and asked(page)[-1]["options"]["sort"] == "year"
    page.get_by_label("在结果中检索").fill("青年 理论")
    page.keyboard.press("Enter")
    expect(page.get_by_label("检索历年报告")).to_have_value("一杆子到底 青年 理论")
    assert given(page) == {"q": ["一杆子到底 青年 理论"], "year": ["2022"], "sort": ["year"]}
    page.go_back()
    expect(page.get_by_label("检索历年报告")).to_have_value("一杆子到底")


def test_more_results_and_back_to_them(page: Page, address: str, pretend: Pretend) -> None:
    many = [hit(n, n) for n in range(20)]
    pretend(answer={"exact": found(many, 45), "facets": FACETS})
    page.goto(f"{address}search.html?q=一杆子到底")
    page.get_by_role("button", name="再显示20处（还有25处）").click()
    expect(page.locator(".bg-hit")).to_have_count(40)
    assert asked(page)[-1]["options"]["offset"] == 20
    assert given(page)["n"] == ["40"]
    expect(page.locator(".bg-hit-place").nth(20)).to_be_focused()
    page.locator(".bg-hit-place").nth(15).click()
    page.wait_for_url(f"**/{REPORT}?**")
    page.go_back()
    expect(page.get_by_label("检索历年报告")).to_have_value("一杆子到底")
    page.wait_for_function("scrollY > 300")
    assert given(page)["n"] == ["40"]


def test_every_loose_result_can_be_had(page: Page, address: str, pretend: Pretend) -> None:
    """Twenty at a time, above them always the few exact hits; the address keeps how many."""
    few, like = [hit(1)], [hit(n, n) for n in range(2, 47)]
    first = {"how": "most", "query": "一杆子 到底", **found(like[:20], 45)}
    pretend(answer={"exact": found(few), "loose": first, "facets": FACETS})
    page.goto(f"{address}search.html?q=一杆子到底")
    more = page.get_by_role("button", name="再显示20处（还有25处）")
    expect(page.locator(".bg-hit")).to_have_count(21)
    for shown, button in (
        (40, more),
        (45, page.get_by_role("button", name="再显示5处（还有5处）")),
    ):
        page.evaluate(
            "given => { Object.assign(fake.answer.loose, given); }",
            {"hits": like[:shown]},
        )
        button.click()
        expect(page.locator(".bg-hit")).to_have_count(1 + shown)
        assert asked(page)[-1]["options"]["limit"] >= shown
        assert given(page)["n"] == [str(shown)]
        expect(page.get_by_role("status").first).to_have_text(f"已显示{shown}处，共45处。")
    expect(page.locator(".bg-hit-place").nth(41)).to_be_focused()
    expect(page.get_by_role("button", name="再显示")).to_have_count(0)


def test_a_second_press_while_waiting_adds_nothing_twice(
    page: Page, address: str, pretend: Pretend
) -> None:
    pretend(
        hold=True, answer={"exact": found([hit(n, n) for n in range(20)], 45), "facets": FACETS}
    )
    page.goto(f"{address}search.html?q=一杆子到底")
    page.evaluate("held.shift()()")
    page.get_by_role("button", name="再显示20处（还有25处）").dblclick()
    page.evaluate("held.shift()(), held.shift()()")
    expect(page.locator(".bg-hit")).to_have_count(40)
    page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    expect(page.locator(".bg-hit")).to_have_count(40)


# Words for every state


def test_empty_loading_and_none_found(page: Page, address: str, pretend: Pretend) -> None:
    pretend(hold=True)
    page.goto(f"{address}search.html")
    expect(page.get_by_role("heading", name="怎样写")).to_be_visible()
    assert asked(page) == []
    page.get_by_label("检索历年报告").fill("独角兽")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("正在检索…")
    expect(page.get_by_role("heading", name="怎样写")).to_be_hidden()
    page.evaluate("held.shift()()")
    expect(page.get_by_role("status").first).to_have_text("没有找到“独角兽”。")
    expect(page.locator("#bg-find")).to_contain_text("看看有没有错别字")
    expect(page.locator("#bg-find").get_by_role("link", name="按单位")).to_be_visible()
    page.goto(f"{address}search.html?q=独角兽&year=2022")
    page.evaluate("held.shift()()")
    page.get_by_role("button", name="清除筛选").click()
    assert given(page) == {"q": ["独角兽"]}


@pytest.mark.parametrize(
    "fake, words, way_out",
    [
        ({"answer": {"error": {"code": "stale", "message": "检索数据已更新，请刷新页面"}}}, "检索数据已更新，请刷新页面", "刷新页面"),
        ({"answer": {"error": {"code": "missing", "message": "有一部分检索数据没有读到"}}}, "有一部分检索数据没有读到", "再试一次"),
        ({"answer": {"error": {"code": "browser", "message": "请切换到“极速模式”"}}}, "极速模式", None),
    ],
)  # fmt: skip
def test_failures_are_never_shown_as_none_found(
    page: Page,
    address: str,
    pretend: Pretend,
    fake: dict[str, Any],
    words: str,
    way_out: str | None,
) -> None:
    pretend(**fake)
    page.goto(f"{address}search.html?q=一杆子到底")
    expect(page.get_by_role("status").first).to_contain_text(words)
    expect(page.locator("#bg-find")).not_to_contain_text("没有找到")
    expect(page.locator(".bg-hit")).to_have_count(0)
    if way_out:
        page.evaluate("fake.answer = null")
        page.get_by_role("button", name=way_out).click()
        if way_out == "再试一次":
            expect(page.get_by_role("status").first).to_contain_text("没有找到“一杆子到底”")
    page.goto(address + "years/index.html")
    page.keyboard.press("/")
    page.keyboard.type("一杆子到底")
    expect(page.get_by_role("dialog", name="检索历年报告").get_by_role("status")).to_contain_text(
        words
    )


def test_without_scripts_the_page_says_so(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(address + "search.html")
        expect(page.locator("#bg-find")).to_contain_text("检索没有启动")
        expect(page.locator("#bg-find").get_by_role("link", name="按年度")).to_be_visible()
    finally:
        context.close()


def test_hostile_words_are_words(page: Page, address: str, pretend: Pretend, watch: Watch) -> None:
    offers = [{"kind": "title", "label": HOSTILE, "query": HOSTILE}]
    nasty = hit(
        1,
        title=HOSTILE,
        heading=HOSTILE,
        unitName=HOSTILE,
        snippet=[{"text": HOSTILE, "mark": True}],
    )
    pretend(offers=offers, answer={
        "exact": found([nasty]), "facets": {**FACETS, "unit": values((HOSTILE, HOSTILE, 1))},
        "expanded": [{"part": "x", "alternatives": [HOSTILE]}], "suggestions": [{"query": HOSTILE, "why": "slip", "part": "x"}],
        "loose": {"how": "words", "query": HOSTILE, **found([nasty])},
    })  # fmt: skip
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(
        f"{address}search.html?q=<img src=x onerror=alert(1)>&unit=<img src=x onerror=alert(2)>"
    )
    expect(page.locator(".bg-group h3").first).to_have_text(HOSTILE)
    page.get_by_role("button", name="摘录").first.click()
    page.locator(".bg-opener-excerpts").click()
    expect(page.locator("blockquote")).to_have_text(HOSTILE)
    page.keyboard.press("Escape")
    page.goto(f"{address}{REPORT}?h=<img src=x onerror=alert(1)>#<img src=x>")
    expect(page.locator(".bg-marks-bar")).to_contain_text(HOSTILE)
    page.keyboard.press("/")
    page.keyboard.type(HOSTILE)
    expect(page.get_by_role("option").first).to_contain_text(HOSTILE)
    assert dialogs == [] and watch.complaints == []
    assert page.locator("img").count() == 0


# Marks in a report


def test_every_occurrence_is_marked_across_nodes_and_spellings(
    page: Page, address: str, pretend: Pretend
) -> None:
    pretend()
    page.goto(address + REPORT)
    page.wait_for_load_state("load")
    before = page.locator(".bg-text").inner_text()
    html = page.locator(".bg-text").inner_html()
    # “X” stands in marks of its own (待填或脱敏处), and quotation marks do not count.
    page.goto(f"{address}{REPORT}?h=系统有XX名&h=一杆子到底的#problem")
    bar = page.get_by_role("region", name="检索词在本页的位置")
    expect(bar).to_contain_text("第2处，共2处")
    marked = page.locator("mark.bg-hit-mark")
    assert "".join(marked.all_inner_texts()) == "系统有XX名一杆子到底”的"
    assert page.locator(".bg-text").inner_text() == before
    bar.get_by_role("button", name="清除").click()
    expect(marked).to_have_count(0)
    expect(bar).to_have_count(0)
    assert page.locator(".bg-text").inner_html() == html
    assert page.url == f"{address}{REPORT}#problem"


def test_one_goes_from_mark_to_mark(page: Page, address: str, pretend: Pretend) -> None:
    pretend()
    page.goto(f"{address}{REPORT}?h=支部#problem")
    bar = page.get_by_role("region", name="检索词在本页的位置")
    now = page.locator("mark.bg-hit-now")
    expect(bar).to_contain_text(re.compile("第[0-9]+处，共[0-9]+处"))
    place, total = (int(n) for n in re.findall("[0-9]+", bar.get_by_role("status").inner_text()))
    assert 1 < place < total
    expect(now).to_be_in_viewport()
    expect(page.locator("#problem")).to_be_in_viewport()
    for _ in range(total - place + 1):
        bar.get_by_role("button", name="下一处").click()
    expect(bar.get_by_role("status")).to_have_text(f"第1处，共{total}处")
    expect(now).to_be_in_viewport()
    bar.get_by_role("button", name="上一处").press("Enter")
    expect(bar.get_by_role("status")).to_have_text(f"第{total}处，共{total}处")
    expect(now).to_be_in_viewport()
    page.goto(f"{address}{REPORT}?h=独角兽")
    expect(bar.get_by_role("status")).to_have_text("本页没有找到")


@pytest.mark.parametrize("motion, expected", [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_is_reduced_where_wanted(
    page: Page, address: str, pretend: Pretend, motion: Any, expected: str
) -> None:
    pretend()
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(
        "const was = Element.prototype.scrollIntoView; window.scrolls = [];"
        "Element.prototype.scrollIntoView = function (how) { scrolls.push(how.behavior); was.call(this, how); }"
    )
    page.goto(f"{address}{REPORT}?h=支部")
    page.get_by_role("button", name="下一处").click()
    assert page.evaluate("scrolls") == ["auto", expected]


def test_another_hit_in_the_report_that_is_open(page: Page, address: str, pretend: Pretend) -> None:
    other = hit(1, url=f"{REPORT}#plan", snippet=[{"text": "支部", "mark": True}])
    pretend(answer={"exact": found([other]), "facets": FACETS})
    page.goto(f"{address}{REPORT}?h=支部#problem")
    status = page.get_by_role("region", name="检索词在本页的位置").get_by_role("status")
    expect(status).to_contain_text("第")
    before = status.inner_text()
    page.keyboard.press("/")
    page.keyboard.type("支部")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("dialog", name="检索历年报告")).to_have_count(0)
    expect(status).not_to_have_text(before)
    expect(page.locator("mark.bg-hit-now")).to_be_in_viewport()
    assert urlsplit(page.url).fragment == "plan"


# 摘录


def collected(page: Page) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = page.evaluate(
        "JSON.parse(localStorage.getItem('baogao.excerpts') || '[]')"
    )
    return kept


def test_hits_and_paragraphs_are_collected_and_copied_with_their_sources(
    page: Page, context: BrowserContext, address: str, pretend: Pretend
) -> None:
    pretend(answer=ANSWER)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}search.html?q=一杆子到底")
    expect(page.locator(".bg-opener-excerpts")).to_be_hidden()
    button = page.locator(".bg-hit").first.get_by_role("button", name="摘录")
    button.click()
    expect(button).to_have_text("已摘录")
    page.goto(address + REPORT)
    page.get_by_role("button", name="摘录段落").click()
    lead = page.get_by_role("button", name=re.compile("^摘录本段：")).first
    lead.press("Enter")
    expect(lead).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="摘录 2").click()
    panel = page.get_by_role("dialog", name="摘录")
    expect(panel.get_by_role("listitem")).to_have_count(2)
    panel.get_by_role("button", name="复制全部（带出处）").click()
    expect(panel.get_by_role("status")).to_contain_text("已复制2条")
    source = f"——《{TITLE}》（{UNIT}，2022年度）"
    first, second = (entry["text"] for entry in collected(page))
    assert first == "…一是“一杆子到底”的劲头不够（第1处）。"
    text, html = page.evaluate(
        "navigator.clipboard.read().then(async ([item]) => [await (await item.getType('text/plain')).text(),"
        " await (await item.getType('text/html')).text()])"
    )
    assert text.replace("\r\n", "\n") == f"{first}\n{source}\n\n{second}\n{source}\n"
    lines = re.findall(r"<p>(.*?)</p>", html)
    assert lines == [first, source, second, source]
    panel.get_by_role("button", name="删除第1条").click()
    expect(panel.get_by_role("listitem")).to_have_count(1)
    panel.get_by_role("button", name="撤销").click()
    expect(panel.get_by_role("listitem")).to_have_count(2)
    panel.get_by_role("link").first.click()
    page.wait_for_url(f"**/{REPORT}#problem")
    page.get_by_role("button", name="摘录 2").click()
    panel.get_by_role("button", name="清空").click()
    expect(panel).to_contain_text("已清空")
    assert collected(page) == []


def test_every_block_of_a_report_can_be_collected(
    page: Page, address: str, pretend: Pretend, samples: Built
) -> None:
    pretend()
    page.goto(address + REPORT)
    blocks = page.locator(".bg-text > p")
    expect(page.locator(".bg-text > p > .bg-collect-here")).to_have_count(blocks.count())
    html = (samples.site / REPORT).read_text(encoding="utf-8")
    table = '<div class="bg-scroll" tabindex="0"><table class="bg-table"><tr><th>事项</th><th>时限</th></tr><tr><td>调研</td><td>6月</td></tr></table></div>'
    page.route(
        f"**/{REPORT}",
        lambda route: route.fulfill(
            body=html.replace('<p id="problem-1"', table + '<p id="problem-1"').replace(
                "</h2>", "</h2>" + table, 1
            ),
            content_type="text/html",
        ),
    )
    page.goto(address + REPORT)
    block = page.locator(".bg-text .bg-scroll").first
    block.hover()
    block.locator(".bg-collect-here").click()
    (entry,) = collected(page)
    assert entry["text"] == "事项\t时限\n调研\t6月"
    assert entry["url"] == f"{REPORT}#practice"


def test_copying_by_hand_where_the_browser_refuses(
    page: Page, address: str, pretend: Pretend
) -> None:
    pretend(answer=ANSWER)
    page.add_init_script("Document.prototype.execCommand = () => false")
    page.goto(f"{address}search.html?q=一杆子到底")
    page.locator(".bg-collect").first.click()
    page.locator(".bg-opener-excerpts").click()
    page.get_by_role("button", name="复制全部（带出处）").click()
    area = page.get_by_label("摘录全文（带出处）")
    expect(area).to_be_focused()
    expect(area).to_have_value(re.compile(f"劲头不够.*\\n——《{TITLE}》"))


@pytest.mark.parametrize(
    "damage",
    [
        "localStorage.setItem('baogao.excerpts', '{oops')",
        "localStorage.setItem('baogao.excerpts', '[null, 3, {\"text\": {}}]')",
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})",
    ],
)
def test_damaged_or_missing_storage_does_no_harm(
    page: Page, address: str, pretend: Pretend, watch: Watch, damage: str
) -> None:
    pretend(answer=ANSWER)
    page.add_init_script(damage)
    page.goto(f"{address}search.html?q=一杆子到底")
    page.locator(".bg-collect").first.click()
    page.locator(".bg-opener-excerpts").click()
    expect(page.get_by_role("dialog", name="摘录").get_by_role("listitem")).to_have_count(1)
    assert not [each for each in watch.complaints if "bg" in each or "search" in each]


# The list as a table, and on paper


def test_the_list_as_a_table(page: Page, address: str, pretend: Pretend) -> None:
    rows = [hit(1, title='=HYPERLINK("x")', unitName="甲,乙"), *(hit(n, n) for n in range(2, 8))]
    pretend(answer={"exact": found(rows, 7), "facets": FACETS})
    page.goto(f"{address}search.html?q=一杆子/到底")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出清单（CSV）").click()
    assert waiting.value.suggested_filename == "检索清单 一杆子 到底.csv"
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    head, *body = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == [
        "序号",
        "标题",
        "年度",
        "单位",
        "文种",
        "角色",
        "部分",
        "小标题",
        "原文",
        "地址",
    ]
    assert len(body) == 7
    assert body[0][1] == '\'=HYPERLINK("x")' and body[0][3] == "甲,乙"
    assert body[1][8] == "…一是“一杆子到底”的劲头不够（第2处）。"
    assert body[1][9] == f"{address}{REPORT}#problem"


def test_the_list_on_paper(page: Page, address: str, pretend: Pretend) -> None:
    pretend(answer={"exact": found(HITS), "facets": FACETS})
    page.add_init_script(
        "window.print = () => { window.printed = document.querySelectorAll('.bg-hit').length; }"
    )
    page.goto(f"{address}search.html?q=一杆子到底")
    page.get_by_role("button", name="打印清单").click()
    page.wait_for_function("window.printed === 3")
    page.emulate_media(media="print")
    expect(page.locator(".bg-hit").first).to_be_visible()
    expect(page.get_by_role("status").first).to_be_visible()
    for hidden in (
        ".bg-filters",
        ".bg-collect",
        ".bg-tools",
        ".bg-within",
        ".bg-header-tools",
        "form.bg-search",
    ):
        expect(page.locator(hidden).first).to_be_hidden()


def test_a_list_too_long_for_paper_says_so(page: Page, address: str, pretend: Pretend) -> None:
    many = [hit(n, n) for n in range(500)]
    pretend(answer={"exact": found(many, 12345), "facets": FACETS})
    page.add_init_script(
        "window.print = () => { window.printed = document.querySelector('[role=status]').textContent; }"
    )
    page.goto(f"{address}search.html?q=一杆子到底")
    page.get_by_role("button", name="打印清单").click()
    page.wait_for_function("window.printed")
    assert (
        page.evaluate("printed") == "共12,345处，只打印前1,000处；要全部，请用“导出清单（CSV）”。"
    )
    expect(page.locator(".bg-hit")).to_have_count(1000)


# Narrow, dark, for everyone


def states(page: Page, address: str) -> list[tuple[str, Callable[[], object]]]:
    """The pages and what is opened on them."""

    def dialog() -> None:
        page.goto(address + "years/index.html")
        page.keyboard.press("/")
        page.keyboard.type("一杆子到底")
        page.get_by_role("option").last.wait_for()
        page.keyboard.press("ArrowDown")

    def popup() -> None:
        page.goto(address)
        page.locator("#bg-query").fill("一杆子到底")
        page.get_by_role("option").last.wait_for()

    def results() -> None:
        page.goto(f"{address}search.html?q=一杆子到底&year=2022")
        if not collected(page):
            page.locator(".bg-collect").first.click()
        page.locator(".bg-filters").evaluate("e => { e.open = true; }")

    def report() -> None:
        page.goto(f"{address}{REPORT}?h=支部#problem")
        page.locator(".bg-hit-now").wait_for()
        page.get_by_role("button", name="摘录段落").click()

    def panel() -> None:
        results()
        page.locator(".bg-opener-excerpts").click()

    return [
        ("dialog", dialog), ("popup", popup), ("results", results), ("report", report), ("panel", panel),
        ("empty", lambda: page.goto(address + "search.html")),
    ]  # fmt: skip


FULL = {
    **ANSWER,
    "reportsFound": [{
        "report": 1, "url": REPORT, "title": TITLE, "marked": [{"text": TITLE[:6], "mark": True}, {"text": TITLE[6:], "mark": False}],
        "year": 2022, "unit": "jiguan", "unitName": UNIT, "kind": "shuzhi", "kindName": "述职报告", "role": "fenguan", "roleName": "分管领导",
    }],
    "reportsTotal": 1, "expanded": [{"part": "二十大", "alternatives": ["党的二十大"]}],
    "suggestions": [{"query": "一竿子到底", "why": "homophone", "part": "一杆子到底"}],
    "loose": {"how": "most", "query": "一杆子 到底", **found([hit(9, 5)])},
}  # fmt: skip
OFFERS = [{"kind": "unit", "label": UNIT, "url": "units/jiguan.html"}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_nothing_sticks_out_and_axe_has_nothing_to_say(
    page: Page, address: str, pretend: Pretend, scheme: Any, width: int
) -> None:
    pretend(answer=FULL, offers=OFFERS)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    for name, show in states(page, address):
        show()
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, name
        wide = page.evaluate(
            "[...document.querySelectorAll('dialog[open], .bg-popup, .bg-marks-bar')].filter("
            "e => { const r = e.getBoundingClientRect(); return r.left < 0 || r.right > innerWidth || e.scrollWidth > e.clientWidth + 1; }).length"
        )
        assert wide == 0, name
        assert calm(page) == [], name


def test_the_keyboard_alone_is_enough(page: Page, address: str, pretend: Pretend) -> None:
    pretend(answer=ANSWER)
    page.goto(address + "search.html")
    page.keyboard.press("/")
    page.keyboard.type("一杆子到底")
    page.keyboard.press("Enter")
    page.locator(".bg-hit").first.wait_for()

    def tab_to(text: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            name = page.evaluate(
                "(e => e.labels && e.labels.length ? e.labels[0].textContent : e.textContent)(document.activeElement)"
            )
            if text in name:
                return
        raise AssertionError(f"never came to {text}")

    tab_to("2022年度")
    page.keyboard.press("Space")
    page.wait_for_url("**year=2022*")
    tab_to("二、存在问题")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{REPORT}?**")
    tab_to("下一处")
    tab_to("清除")
    page.keyboard.press("Enter")
    expect(page.locator(".bg-hit-mark")).to_have_count(0)


# With the real index, over http and from a folder


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, address: str, samples: Built) -> str:
    return address if request.param == "http" else samples.site.as_uri() + "/"


def test_nothing_of_the_index_loads_before_the_box_is_focused(
    page: Page, base: str, watch: Watch
) -> None:
    def of_index() -> list[str]:
        return [url for url in watch.requests if "search-index" in url]

    for name in ("index.html", "years/index.html", REPORT, "search.html"):
        page.goto(base + name)
        page.wait_for_load_state("networkidle")
        assert of_index() == [], name
    with page.expect_request(lambda request: "search-index" in request.url):
        page.get_by_label("检索历年报告").focus()
    page.goto(base + REPORT)
    watch.requests.clear()
    with page.expect_request(lambda request: "search-index" in request.url):
        page.keyboard.press("/")


def test_from_a_phrase_to_the_place_and_into_a_document(
    page: Page, base: str, watch: Watch
) -> None:
    page.goto(base + "index.html")
    page.get_by_label("检索历年报告").fill("三会一课")
    expect(page.get_by_role("option").filter(has_text="三会一课").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?**")
    status = page.get_by_role("status").first
    expect(status).to_contain_text(re.compile("找到[0-9]+处，在[0-9]+份报告中"))
    total = int(re.findall("[0-9]+", status.inner_text())[0])
    expect(page.locator(".bg-hit")).to_have_count(total)

    panel = page.get_by_role("group", name="部分", exact=True)
    label = panel.locator("label", has_text="下步打算")
    count = int(label.locator(".bg-number").inner_text())
    label.click()
    expect(page.locator(".bg-hit")).to_have_count(count)
    expect(panel.locator("label", has_text="主要做法")).to_be_visible()
    assert given(page) == {"q": ["三会一课"], "part": ["plan"]}

    row = page.locator(".bg-hit").first
    row.get_by_role("button", name="摘录").click()
    place = row.locator(".bg-hit-place")
    heading = place.inner_text()
    place.click()
    page.wait_for_url("**/reports/**")
    now = page.locator("mark.bg-hit-now")
    expect(now.first).to_be_in_viewport()
    assert "".join(now.all_inner_texts()).replace("“", "").replace("”", "") == "三会一课"
    anchor = urlsplit(page.url).fragment
    assert heading in page.locator(f"[id='{anchor}']").inner_text()

    page.get_by_role("button", name="摘录 1").click()
    page.get_by_role("button", name="复制全部（带出处）").click()
    expect(page.get_by_role("dialog", name="摘录").get_by_role("status")).to_contain_text(
        "已复制1条"
    )
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('article').append(document.createElement('textarea'))")
    page.locator("article textarea").focus()
    page.keyboard.press("Control+v")
    (entry,) = collected(page)
    title = page.locator("h1").inner_text()
    pasted = page.locator("article textarea").input_value()
    assert pasted.startswith(f"{entry['text']}\n——《{title}》（") and "三会一课" in pasted

    page.go_back()
    expect(page.locator(".bg-hit")).to_have_count(count)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出清单（CSV）").click()
    table = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) == count + 1
    assert all(row[6] == "下步打算" for row in rows[1:])
    assert watch.complaints == []


def test_quotation_marks_do_not_hide_what_is_marked(page: Page, base: str) -> None:
    page.goto(f"{base}search.html?q=与模范机关创建")
    page.locator(".bg-hit-place").first.click()
    page.wait_for_url("**/reports/**")
    page.goto(page.url.replace("%E4%B8%8E", "%E5%8F%8C%E6%8A%A5%E5%88%B0%E4%B8%8E"))  # 双报到与…
    expect(page.locator("mark.bg-hit-now")).to_have_text("双报到”与模范机关创建")


def test_initials_offer_the_term(page: Page, base: str) -> None:
    page.goto(base + "guide/index.html")
    page.keyboard.press("/")
    page.keyboard.type("xfmfzy")
    option = page.get_by_role("option", name="先锋模范作用").first
    expect(option).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(
        "没有找到“xfmfzy”，您是不是要找“先锋模范作用”？"
    )
    option.click()
    page.wait_for_url("**/search.html?**")
    assert given(page)["q"] == ["先锋模范作用"]
    expect(page.locator(".bg-hit").first).to_be_visible()


def test_a_whole_question_is_answered_apart(page: Page, base: str) -> None:
    page.goto(f"{base}search.html?q=我们以前搞过哪些类似青年理论学习的举措，效果如何")
    loose = page.get_by_role("region", name=re.compile("^近似结果"))
    expect(loose).to_contain_text(re.compile("已按“.*青年.*”检索"))
    expect(page.get_by_role("region", name=re.compile("^原文相符"))).to_have_count(0)
    expect(page.get_by_role("status").first).to_contain_text("没有找到")


def test_hostile_queries_on_the_real_index(page: Page, base: str, watch: Watch) -> None:
    for query in (
        HOSTILE,
        "“",
        "-",
        "年度：",
        "\u0000\u202e",
        "a" * 5000,
        "部分：问题",
        "%E0%A4%A",
        "🙂",
    ):
        page.goto(base + "search.html")
        page.get_by_label("检索历年报告").fill(query)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).not_to_have_text("正在检索…")
    assert watch.complaints == []


def test_every_example_of_the_page_finds_something(page: Page, address: str) -> None:
    page.goto(address + "search.html")
    examples = page.locator("table code").all_inner_texts()
    assert len(examples) > 9
    for example in examples:
        answer = page.evaluate("query => baogaoSearch.search(query)", example)
        lists = (answer["exact"]["hits"], answer["loose"]["hits"], answer["suggestions"])
        assert any(lists), example


def test_the_title_of_the_page_tells_the_query(page: Page, base: str) -> None:
    page.goto(base + "search.html")
    own = page.title()
    page.get_by_label("检索历年报告").fill("三会一课")
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"三会一课 - {own}")
    page.go_back()
    expect(page).to_have_title(own)
    expect(page.get_by_role("heading", name="怎样写")).to_be_visible()


def test_what_is_marked_is_what_was_found(page: Page, base: str) -> None:
    """Every hit opens at a mark inside its own section, whatever stands between the characters."""
    for query in ("双报到", "“双报到”与", "支部党员大会", "100%", "2021"):
        page.goto(f"{base}search.html?q={quote(query)}")
        expect(page.get_by_role("status").first).to_contain_text(re.compile("找到|没有找到"))
        places = [
            str(each.get_attribute("href"))
            for each in page.locator(".bg-exact .bg-hit-place").all()
        ]
        for place in places[:3]:
            page.goto("about:blank")  # or only the anchor would change
            page.goto(place)
            now = page.locator("mark.bg-hit-now").first
            expect(now).to_be_in_viewport()
            anchor = urlsplit(place).fragment
            if anchor:
                inside = now.evaluate(
                    "(mark, id) => { let at = ''; for (const e of document.querySelectorAll('.bg-text [id], mark')) {"
                    " if (e === mark) return at === id; if (e.id) at = e.id; } }",
                    anchor,
                )
                assert inside, place
