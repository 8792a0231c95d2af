"""A report beside its predecessor: nothing of either is lost, and what changed is marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baogao.corpus import Corpus, Data, Memo, Report, Source, load, parse_report
from baogao.insight import Insight
from baogao.insight.comparison import Pair, compare
from baogao.insight.ledger import Ledger
from baogao.pages import LatePage, Page, insight_pages
from baogao.pages import compare as pages
from baogao.pages.compare import (
    Extra,
    FigureChange,
    Quote,
    compare_page,
    compare_pages,
    compare_uri,
    figures_extra,
    initiatives_extra,
    report_block,
)

Make = Callable[[dict[str, str]], Corpus]


@pytest.fixture(scope="module")
def insight(root: Path) -> Insight:
    return Insight(load(root / "docs").visible, Memo(None, ""))


@pytest.fixture(scope="module")
def office(data: Data) -> Data:
    return data


_STATES = ("bg-kept", "bg-rewritten", "bg-new", "bg-gone")


class Cells(HTMLParser):
    """The text of either column, block by block, and what is marked in it."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[str, list[str]] = {"bg-before": [], "bg-after": []}
        self.marked: list[tuple[str, str]] = []
        self._column = ""
        self._depth = 0
        self._sides: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        css = given.get("class") or ""
        if css == "bg-pair":
            self._sides = list(self.columns)
        if tag == "div" and "data-year" in given:
            self._column, self._depth = self._sides.pop(0), 0
        if self._column and tag == "div":
            self._depth += 1
        if self._column and tag in ("h4", "p", "tr"):
            self.columns[self._column].append("")
        if tag in ("td", "th") and self._column and self.columns[self._column][-1]:
            self.columns[self._column][-1] += "\t"
        self._open.append(tag if tag in ("ins", "del") else css if css in _STATES else "")

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()
        if self._column and tag == "div":
            self._depth -= 1
            if not self._depth:
                self._column = ""

    def handle_data(self, data: str) -> None:
        if self._column and self.columns[self._column]:
            self.columns[self._column][-1] += data
            state = next((each for each in reversed(self._open) if each), "")
            self.marked.append((state, data))


def read(html: str) -> Cells:
    cells = Cells()
    cells.feed(html)
    return cells


def page_of(earlier: Report, later: Report, **also: object) -> Page:
    pair = Pair(earlier, later)
    return compare_page(
        pair, compare(earlier, later), (pair,), **{"extras": (), "ledger": Ledger(()), **also}
    )  # type: ignore[arg-type]


def lines(report: Report) -> list[str]:
    """What either column must hold: every heading and every paragraph; a run-in heading stands apart from its text."""
    found = [b.plain for b in report.lead if b.kind not in ("comment", "break")]
    for section in report.walk():
        found.append(section.heading_text)
        found += [
            line
            for block, at in section.paragraphs()
            if block.kind not in ("comment", "break") and block.plain[at:].strip()
            for line in (
                block.plain[at:].split("\n") if block.kind == "table" else [block.plain[at:]]
            )
        ]
    return sorted(found)


def test_each_column_is_its_report(insight: Insight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_WHOLE", 1_000_000)
    seen = 0
    for pair in insight.pairs:
        page = page_of(pair.earlier, pair.later)
        cells = read(page.html)
        assert sorted(cells.columns["bg-before"]) == lines(pair.earlier), page.uri
        assert sorted(cells.columns["bg-after"]) == lines(pair.later), page.uri
        assert len(page.html.encode()) < 100_000
        seen += 1
    assert seen > 20


def test_long_reports_give_openings_and_the_way_to_the_rest(
    insight: Insight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_WHOLE", 0)
    heavy = 0
    for pair in insight.pairs:
        html = page_of(pair.earlier, pair.later).html
        anchors = {section.anchor for report in (pair.earlier, pair.later) for section in report.walk()}  # fmt: skip
        sides = html.split('id="text"')[1]
        assert "这两份报告较长" in html
        for rest in re.findall(r"……余(\d+)字", sides):
            assert int(rest) > pages._REST
        # The way to what is left: the heading above, and where there is none the words themselves.
        for address in re.findall(r'<h4><a href="([^"]*)">', sides):
            assert address.partition("#")[2] in anchors
        lead, _, _ = sides.partition("<h4>")
        assert lead.count("……余") == lead.count(">……余") == lead.count("字</a></i>")
        cells = read(html)
        for column, report in (("bg-before", pair.earlier), ("bg-after", pair.later)):
            whole = {line.replace(" ", "") for line in lines(report)}
            for line in cells.columns[column]:
                if "……余" not in line:
                    continue
                # What is left of each run stands in the report, in this order.
                left = [part for part in re.split(r"……余\d+字", line) if part]
                assert any(_in_order(left, text) for text in whole), line
        if sum(r.length.characters for r in (pair.earlier, pair.later)) > 5_000:
            heavy += 1
            assert len(sides.encode()) < 12_000
    assert heavy


def _in_order(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        at = text.find(part.replace(" ", ""), at)
        if at < 0:
            return False
    return True


def test_what_changed_is_marked(insight: Insight) -> None:
    corpus = insight.corpus
    later = corpus.find("2021/baozhang-shuzhi-zhibu")
    earlier = corpus.find("2020/baozhang-shuzhi-zhibu")
    assert earlier and later
    html = page_of(earlier, later).html
    marked = read(html).marked
    assert {state for state, _ in marked} >= {"bg-kept", "bg-new", "bg-gone", "ins", "del"}
    assert ("del", "212") in marked and ("ins", "246") in marked
    new = "".join(text for state, text in marked if state == "bg-new")
    assert "3名年轻党员编入机关的青年理论学习小组" in new
    assert "沿用</dt><dd>40句，占本年字数70%" in html
    assert (
        'id="answers"' in html
        and "没有找到回应" in html
        and '<span class="bg-guess">推测</span>' in html
    )


def test_a_sentence_moved_to_another_part_is_repeated(
    report_pair: Callable[[str, str], tuple[Report, Report]],
) -> None:
    practice, plan = "## 一、主要做法及成效\n\n", "\n\n## 三、下步工作打算\n\n"
    moved, own = "每月一次到支部联系点听取意见建议。", "抓好落实。"
    html = page_of(*report_pair(practice + moved + plan + own, practice + own + plan + moved)).html
    assert [text for state, text in read(html).marked if state == "bg-kept"] == [moved, moved]


def test_words_changed_inside_a_sentence(memory_corpus: Make, report_pair: Callable[[str, str], tuple[Report, Report]]) -> None:  # fmt: skip
    earlier, later = report_pair(
        "## 一、主要做法及成效\n\n组织“三会一课”督查，覆盖全部党支部。\n",
        "## 一、主要做法及成效\n\n组织“三会一课”交叉督查，覆盖全部党支部。\n",
    )
    cells = read(page_of(earlier, later).html)
    assert [(state, text) for state, text in cells.marked if state in ("ins", "del")] == [("ins", "交叉")]  # fmt: skip


@pytest.fixture
def report_pair(memory_corpus: Make) -> Callable[[str, str], tuple[Report, Report]]:
    data = memory_corpus({}).data

    def make(before: str, after: str) -> tuple[Report, Report]:
        made = []
        for year, body in ((2021, before), (2022, after)):
            text = f"---\ntitle: 述职报告\nyear: {year}\nunit: jiguan\nkind: 述职报告\nrole: 分管领导\ndate: {year}-12-30\nstatus: published\n---\n\n{body}"
            made.append(parse_report(f"{year}/jiguan-shuzhi-fenguan", Source("a.md", text), data))
        return made[0], made[1]

    return make


@settings(max_examples=200, deadline=None)
@given(draw=st.data())
def test_nothing_can_run_and_nothing_is_lost(office: Data, draw: st.DataObject) -> None:
    pieces = st.sampled_from(
        ["<script>alert(1)</script>", "<b>x</b>", "全年召开党委会12次。", "抓“三会一课”，", "XX局", "；", "**重**点", "一是好。", "\n\n", "\n\n（一）抓学习。", "\n\n## 二、存在问题及原因分析\n\n", "\n\n- 一条", "|甲|乙|\n|---|---|\n|丙|丁|\n\n"]
    )  # fmt: skip
    bodies = ["".join(draw.draw(st.lists(pieces, max_size=14))) for _ in range(2)]
    earlier, later = (
        parse_report(
            f"{year}/jiguan-shuzhi-fenguan",
            Source("a.md", f"---\ntitle: 述职报告\nyear: {year}\nunit: jiguan\nkind: 述职报告\nrole: 分管领导\nstatus: published\n---\n\n## 一、主要做法及成效\n\n{body}\n"),
            office,
        )
        for year, body in zip((2021, 2022), bodies, strict=True)
    )  # fmt: skip
    html = page_of(earlier, later).html
    assert not re.search(r"<script|<b>", html)
    cells = read(html)
    for column, report in (("bg-before", earlier), ("bg-after", later)):
        assert [" ".join(line.split()) for line in sorted(cells.columns[column])] == [
            " ".join(line.split()) for line in lines(report)
        ]


def test_parts_of_other_views_are_filled_in(insight: Insight) -> None:

    def begun(uri: str, pair: Pair) -> Extra | None:
        if pair.years != (2021, 2022):
            return None
        return Extra("initiatives", "举措变化", f"<p>{uri}：新开展1项</p>")

    made = {page.uri: page for page in compare_pages(insight, [begun])}
    page = made["compare/zhian-shuzhi-zhibu/2021-2022.html"]
    assert isinstance(page, LatePage)
    html = page.make().html
    assert (
        '<h2 id="initiatives">举措变化</h2>\n<p>compare/zhian-shuzhi-zhibu/2021-2022.html：新开展1项'
        in html
    )
    assert 'href="#initiatives"' in html
    other = made["compare/zhian-shuzhi-zhibu/2022-2023.html"]
    assert isinstance(other, LatePage) and "举措变化" not in other.make().html
    report = insight.corpus.find("2022/zhian-shuzhi-zhibu")
    assert report and "#initiatives" in report_block(report, insight, [begun])


def test_initiatives_and_figures_that_changed(
    report_pair: Callable[[str, str], tuple[Report, Report]],
) -> None:
    pair = Pair(*report_pair("## 一、主要做法\n\n一。\n", "## 一、主要做法\n\n二。\n"))
    uri = compare_uri(pair)
    one, two, three = (Quote(name, "practice", name) for name in ("双报到", "<三会>", "先锋岗"))
    part = initiatives_extra(uri, pair, {"a": one, "b": two}, {"b": two, "c": three})
    assert part and part.brief == "新写1项，不再写1项"
    assert (
        "没有写到的（1）：" in part.html and "先锋岗</a>" in part.html and "双报到</a>" in part.html
    )
    assert "三会" not in part.html
    assert "2022/jiguan-shuzhi-fenguan.html?h=先" in part.html
    assert initiatives_extra(uri, pair, {"a": one}, {"a": one}) is None
    only = initiatives_extra(uri, pair, {}, {"b": two})
    assert only and "&lt;三会&gt;</a>" in only.html and "（0）：没有" in only.html
    change = FigureChange("党委会", Quote("12次", "practice", "党委会12次"), Quote("15次", "practice", "党委会15次"))  # fmt: skip
    figures = figures_extra(uri, pair, [change, replace(change, label="宣讲", guessed=True)])
    assert figures and figures.brief == "2项" and figures.html.count(">推测<") == 2
    assert figures_extra(uri, pair, []) is None


def test_pages_are_made_when_they_are_asked_for(
    insight: Insight, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = pages.compare_page
    monkeypatch.setattr(pages, "compare_page", lambda *a: asked.append(a[0]) or real(*a))
    made = [page for page in insight_pages(insight) if page.uri.startswith("compare/")]
    assert len(made) == len(insight.pairs) + 1 and not asked
    assert isinstance(made[1], LatePage)
    assert made[1].make() == made[1].make() and len(asked) == 2


def test_the_block_on_a_report(insight: Insight) -> None:
    report = insight.corpus.find("2021/baozhang-shuzhi-zhibu")
    first = insight.corpus.find("2018/baozhang-shuzhi-zhibu")
    assert report and first
    html = report_block(report, insight)
    assert 'aria-label="与上年对照"' in html
    assert "占本年字数70%" in html and "4个，本年报告注明了整改情况的0个" in html
    assert 'href="../../compare/baozhang-shuzhi-zhibu/2020-2021.html"' in html
    assert report_block(first, insight) == ""


def test_a_gap_in_the_series_is_told(report_pair: Callable[[str, str], tuple[Report, Report]]) -> None:  # fmt: skip
    earlier, later = report_pair("## 一、主要做法\n\n一。\n", "## 一、主要做法\n\n二。\n")
    text = earlier.source.text.replace("year: 2021", "year: 2019")
    older = parse_report("2019/jiguan-shuzhi-fenguan", Source("a.md", text), earlier.data)
    assert "2021年度没有同类报告" in page_of(older, later).html
    corpus = Corpus(earlier.data, (older, later), (), "docs")
    assert "与2019年度对照" in report_block(later, Insight(corpus, Memo(None, "")))


def test_an_endless_section_is_left_out(report_pair: Callable[[str, str], tuple[Report, Report]], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(pages, "_WHOLE", 1_000_000)
    body = "## 一、主要做法及成效\n\n" + "长" * 400_000 + "。\n\n## 三、下步工作打算\n\n抓落实。\n"
    html = page_of(*report_pair(body, body)).html
    assert len(html.encode()) < 900_000
    assert "这一节太长" in html and "抓落实" in html


def test_the_index_is_cut_into_pages(insight: Insight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "paginate", lambda rows, size: [rows[:3], rows[3:]])
    made = [page for page in compare_pages(insight) if isinstance(page, Page)]
    assert [page.uri for page in made] == ["compare/index.html", "compare/index-2.html"]
    assert "筛选和排序只在本页之内" in made[1].html and 'href="index.html"' in made[1].html
    links = re.findall(r'href="([^"]+/\d+-\d+\.html)"', "".join(page.html for page in made))
    assert sorted(links) == sorted(
        compare_uri(pair).removeprefix("compare/") for pair in insight.pairs
    )


def test_a_library_of_one_year(memory_corpus: Make) -> None:
    insight = Insight(memory_corpus({}), Memo(None, ""))
    (page,) = compare_pages(insight)
    assert isinstance(page, Page) and "还没有可以对照的报告" in page.html
