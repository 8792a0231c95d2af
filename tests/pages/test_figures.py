"""The pages and tables of figures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

import openpyxl
import pytest

from baogao.corpus import Corpus, Memo
from baogao.insight import Insight
from baogao.pages import LateDownload, LatePage, Page
from baogao.pages import figures as pages
from baogao.pages.figures import figure_downloads, figure_pages
from tests.insight.test_figures import report

Make = Callable[[dict[str, str]], Corpus]
TEXTS = {
    2019: "“双报到”参加约80人次。收缴党费15.2万元。",
    2020: "“双报到”参加XX人次。收缴党费16.3万元。",
    2021: "“双报到”参加120人次。收缴党费14万元。给予党内警告处分1人，诫勉谈话57人。",
    2022: "“双报到”参加133人次，比上年增加13人次。收缴党费15万元。<b>诫勉谈话38人</b>。",
}


@pytest.fixture
def insight(memory_corpus: Make) -> Insight:
    files = {f"{y}/jiguan-shuzhi-fenguan.md": report(y, text) for y, text in TEXTS.items()}
    return Insight(memory_corpus(files).visible, Memo(None, ""))


def made(insight: Insight) -> dict[str, Page]:
    return {late.uri: late.make() for late in figure_pages(insight)}


def files(insight: Insight) -> dict[str, bytes]:
    return {late.uri: late.make() for late in figure_downloads(insight)}


def cells(html: str, label: str) -> list[str]:
    """The texts of the row that begins with ``label``."""
    row = next(r for r in re.findall(r"<tr>.*?</tr>", html, re.S) if label in r)
    return [re.sub(r"<svg.*?</svg>|<[^>]+>", "", c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]  # fmt: skip


def test_the_pages_there_are(insight: Insight) -> None:
    found = [page for page in figure_pages(insight) if isinstance(page, LatePage)]
    assert [page.uri for page in found[:2]] == ["figures/index.html", "figures/jiguan.html"]
    measures = {f"figures/{m.id}.html" for m in insight.corpus.data.figures.measures}
    assert {page.uri for page in found[2:]} == measures
    assert all(page.key for page in found[1:]) and len({page.uri for page in found}) == len(found)


def test_a_row_shows_each_year_as_written_with_gaps_and_links(insight: Insight) -> None:
    html = made(insight)["figures/jiguan.html"].html
    assert cells(html, "“双报到”")[3:7] == ["约80人次", "XX人次", "120人次", "133人次"]
    assert '<mark class="bg-gap"><a ' in html
    (address,) = re.findall(r'href="([^"]+)">133人次<', html.split('id="all"')[0])
    assert address == "../reports/2022/jiguan-shuzhi-fenguan.html?h=“双报到”参加133人次#practice"  # fmt: skip


def test_guessed_rows_are_marked_and_curated_ones_lead_to_their_page(insight: Insight) -> None:
    html = made(insight)["figures/jiguan.html"].html.split('id="all"')[0]
    assert cells(html, "收缴党费")[-1] == "推测"
    assert '<a href="shuangbaodao.html">“双报到”</a>' in html
    assert cells(html, "“双报到”")[-1] == "2020年待填或脱敏"


def test_a_measure_has_a_chart_with_words_for_it(insight: Insight) -> None:
    page = made(insight)["figures/shuangbaodao.html"]
    assert page.styles == ("assets/figures.css",)
    assert "2019年约80人次，2020年待填，2021年120人次，2022年133人次" in page.html
    assert page.html.count('<svg class="bg-chart" role="img"') == 1
    assert [entry.anchor for entry in page.toc] == ["chart-1"]


def test_a_measure_no_report_gives_says_so(insight: Insight) -> None:
    assert "报告里还没有这项数据" in made(insight)["figures/peizu.html"].html


def test_no_page_and_no_table_holds_what_is_withheld(insight: Insight) -> None:
    pages_ = {uri: page.html for uri, page in made(insight).items()}
    tables = {uri: content.decode("utf-8-sig") for uri, content in files(insight).items() if uri.endswith(".csv")}  # fmt: skip
    books = {uri: str([c.value for r in openpyxl.load_workbook(io.BytesIO(content)).active for c in r]) for uri, content in files(insight).items() if uri.endswith(".xlsx")}  # type: ignore[union-attr]  # fmt: skip
    for uri, text in {**pages_, **tables, **books}.items():
        shown = unquote(text)
        assert "57人" not in shown and "处分1人" not in shown, uri
    assert "≤2，从略" in pages_["figures/jiguan.html"]
    assert "38人" in pages_["figures/jiguan.html"]


def test_nothing_written_in_a_report_can_run(insight: Insight) -> None:
    assert all("<b>诫勉" not in page.html for page in made(insight).values())


def test_tables_to_take_away(insight: Insight) -> None:
    found = files(insight)
    assert set(found) == {f"figures/{name}" for name in ("jiguan.xlsx", "all.csv", "all.xlsx")}
    text = found["figures/all.csv"]
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    own = [row for row in rows if row["指标"] == "“双报到”"]
    assert [(r["年度"], r["数值"], r["原文写法"], r["依据"]) for r in own] == [
        ("2019", "80", "约80人次", "指标表"), ("2020", "", "XX人次", "指标表"),
        ("2021", "120", "120人次", "指标表"), ("2022", "133", "133人次", "指标表"),
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(found["figures/jiguan.xlsx"])).active
    assert sheet is not None and sheet.freeze_panes == "A2"
    read = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [str(v or "") for v in read[1]] == [rows[0][c] for c in read[0] if c]
    assert {row["依据"] for row in rows} == {"指标表"}
    assert {row[1] for row in read[1:]} == {"指标表", "推测"}


def test_a_workbook_that_would_be_too_long_begins_later_and_says_so(
    insight: Insight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_ROWS_OF_WORKBOOK", 5)
    assert "下载 .xlsx（2021年度起）" in made(insight)["figures/jiguan.html"].html
    sheet = openpyxl.load_workbook(io.BytesIO(files(insight)["figures/jiguan.xlsx"])).active
    assert sheet is not None
    assert {row[3] for row in sheet.iter_rows(min_row=2, values_only=True)} == {2021, 2022}


def test_an_empty_library_has_a_page(memory_corpus: Make) -> None:
    empty = Insight(memory_corpus({}).visible, Memo(None, ""))
    assert "报告里还没有数据" in made(empty)["figures/index.html"].html
    assert all(isinstance(late, LateDownload) for late in figure_downloads(empty))
    assert set(files(empty)) == {"figures/all.csv", "figures/all.xlsx"}


def test_a_comparison_shows_the_figures_that_changed(memory_corpus: Make) -> None:
    texts = {
        2021: "“双报到”参加120人次。收缴党费14万元。接受采访9次。走访老党员家庭7户。诫勉谈话57人，党内警告处分1人。",
        2022: "“双报到”参加133人次。全年收缴党费15万元。接受采访9次。走访困难党员家庭8户。诫勉谈话38人。",
    }
    files = {f"{y}/jiguan-shuzhi-fenguan.md": report(y, text) for y, text in texts.items()}
    insight = Insight(memory_corpus(files).visible, Memo(None, ""))
    (pair,) = insight.pairs
    part = pages.figures_part(insight, "compare/x/2021-2022.html", pair)
    assert part is not None and part.brief == "3项"
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", part.html)[1:]]
    assert [[cell for cell in re.split(r"\|+", row) if cell.strip()] for row in rows] == [
        ["“双报到”", "120人次", "133人次"], ["收缴党费", "14万元", "15万元"],
        ["走访困难党员家庭 ", "推测", "7户", "8户"],
    ]  # fmt: skip
    assert pages.figures_part(insight, "x", replace(pair, earlier=pair.later)) is None
