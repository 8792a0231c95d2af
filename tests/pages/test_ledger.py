"""The pages of the ledger and its tables to take away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from openpyxl import load_workbook

from baogao.corpus import Corpus, Memo, load
from baogao.insight import Insight
from baogao.insight.ledger import OF_REPORT
from baogao.pages import LateDownload, LatePage, Page
from baogao.pages import ledger as module
from baogao.pages.ledger import COLUMNS, ledger_downloads, ledger_pages
from baogao.pages.page import PAGE_LIMIT

Make = Callable[[dict[str, str]], Corpus]


@pytest.fixture(scope="module")
def insight(root: Path) -> Insight:
    return Insight(load(root / "docs").visible, Memo(None, ""))


def made(insight: Insight) -> dict[str, Page]:
    pages = [p.make() if isinstance(p, LatePage) else p for p in ledger_pages(insight)]
    assert len({page.uri for page in pages}) == len(pages)
    return {page.uri: page for page in pages}


@pytest.fixture(scope="module")
def pages(insight: Insight) -> dict[str, Page]:
    return made(insight)


@pytest.fixture(scope="module")
def files(insight: Insight) -> dict[str, bytes]:
    return {file.uri: file.make() for file in ledger_downloads(insight)}


def rows(html: str) -> list[str]:
    return re.findall(r"<tr><th scope=row>.*?</tr>", html, re.DOTALL)


def links(page: Page) -> Iterator[tuple[str, str, str]]:
    """Every link: the page it goes to, its query and its fragment."""
    for address in re.findall(r'<a href="([^"]*)"', page.html):
        split = urlsplit(unescape(address))
        yield normpath(join(dirname(page.uri), split.path)), split.query, unquote(split.fragment)


def test_a_page_for_the_whole_each_year_and_each_unit(
    insight: Insight, pages: dict[str, Page]
) -> None:
    ledger = insight.ledger
    wanted = {"ledger/index.html"}
    wanted |= {f"ledger/{year}.html" for year in ledger.by_year}
    wanted |= {f"ledger/unit-{unit}.html" for unit in ledger.by_unit}
    assert set(pages) == wanted
    for uri, entries in (
        ("ledger/2022.html", ledger.by_year[2022]),
        ("ledger/unit-zhian.html", ledger.by_unit["zhian"]),
    ):
        assert len(rows(pages[uri].html)) == len(entries)


def test_every_link_leads_somewhere(
    insight: Insight, pages: dict[str, Page], files: dict[str, bytes]
) -> None:
    anchors = {
        f"reports/{report.name}.html": {section.anchor for section in report.walk()}
        for report in insight.corpus.reports
    }
    units = {f"units/{unit}.html" for unit in insight.corpus.by_unit}
    texts = {f"reports/{r.name}.html": r.text for r in insight.corpus.reports}
    marks = 0
    for page in pages.values():
        for target, query, fragment in links(page):
            if target in anchors:
                assert not fragment or fragment in anchors[target], (page.uri, target, fragment)
                for mark in parse_qs(query).get("h", []):
                    marks += 1
                    assert mark in texts[target], mark
            else:
                assert target in pages or target in files or target in units, (page.uri, target)
    assert marks > 200


def test_the_overview_adds_up(insight: Insight, pages: dict[str, Page]) -> None:
    ledger = insight.ledger
    tables = pages["ledger/index.html"].html.split("<table")[1:]
    assert len(tables) == 2
    for html, groups in zip(tables, (ledger.by_year, ledger.by_unit), strict=True):
        lines = [
            re.sub(r"<[^>]+>", " ", cell)
            for row in rows(html)
            for cell in re.findall(r"<td>(.*?)</td>", row)
        ]
        head = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", html)[1:]
        table = [lines[at : at + len(head)] for at in range(0, len(lines), len(head))]
        assert len(table) == len(groups)
        for row, entries in zip(table, groups.values(), strict=False):
            counts = [int(cell) for cell in row]
            assert sum(counts[:-2]) == counts[-1]
            if groups is ledger.by_year:
                assert counts[-1] == len(entries)
                assert counts[-2] == sum(entry.repeated for entry in entries)


def test_what_is_guessed_says_so(insight: Insight, pages: dict[str, Page]) -> None:
    for year, entries in insight.ledger.by_year.items():
        for row, entry in zip(rows(pages[f"ledger/{year}.html"].html), entries, strict=True):
            guessed = any(answer.likeness is not None for answer in entry.answers)
            assert ("相近程度" in row) == guessed
            assert entry.state in row
            # The years of a topic that comes again, each once.
            again = row.split("</td>")[-3]
            assert ("推测" in again) == entry.repeated
            named = re.findall(r"\d{4}(?=<)", again)
            assert (
                named == [str(year) for year in entry.years[-4:]] if entry.repeated else not named
            )


def test_what_a_report_writes_cannot_run(make_corpus: Make) -> None:
    text = (
        "---\ntitle: <b>题</b>\nyear: 2021\nunit: 局机关党委\nkind: 述职报告\nrole: 分管领导\ndate: 2022-01-10\n"
        "status: published\n---\n\n## 二、存在问题及原因分析\n\n一是<script>alert(1)</script>学习不深。二是走得少。\n"
    )
    page = made(Insight(make_corpus({"2021/a.md": text}).visible, Memo(None, "")))[
        "ledger/2021.html"
    ]
    assert "<script" not in page.html and "&lt;script" in page.html


def test_without_problems_there_is_one_page_and_no_file(make_corpus: Make) -> None:
    insight = Insight(make_corpus({}).visible, Memo(None, ""))
    assert list(made(insight)) == ["ledger/index.html"]
    assert list(ledger_downloads(insight)) == []


def test_long_lists_are_cut_into_pages(insight: Insight, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROWS", 40_000)
    pages = made(insight)
    parts = [uri for uri in pages if uri.startswith("ledger/2022")]
    assert len(parts) > 1 and parts[1] == "ledger/2022-2.html"
    numbers = [
        re.sub(r"<[^>]+>", "", row.split("</th>")[0])
        for uri in parts
        for row in rows(pages[uri].html)
    ]
    assert numbers == [str(n) for n in range(1, len(insight.ledger.by_year[2022]) + 1)]
    assert "筛选和排序只管本页" in pages[parts[0]].html
    assert "ledger/unit-zhian.2.html" in pages
    assert "2022.html?" not in pages["ledger/index.html"].html
    assert all(
        len(page.html.encode()) < 50_000
        for uri, page in pages.items()
        if uri != "ledger/index.html"
    )


def test_a_row_weighs_no_more_than_reckoned(insight: Insight, pages: dict[str, Page]) -> None:
    for year, entries in insight.ledger.by_year.items():
        for row, entry in zip(rows(pages[f"ledger/{year}.html"].html), entries, strict=True):
            assert len(row.encode()) <= module._weight(entry)
    assert all(len(page.html.encode()) <= PAGE_LIMIT for page in pages.values())


def test_the_workbook(insight: Insight, files: dict[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(files["ledger/ledger.xlsx"]))
    assert book.sheetnames == ["问题整改台账"]
    sheet = book.active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == tuple(column.name for column in COLUMNS)
    assert lines[0] == (
        "序号",
        "年度",
        "单位",
        "问题",
        "原因",
        "打算",
        "次年整改情况",
        "状态",
        "连年出现",
        "出处",
    )
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
    # Neighbours of the same width are one entry of the file.
    widths = {
        at: dimension.width
        for dimension in sheet.column_dimensions.values()
        for at in range(dimension.min, dimension.max + 1)
    }
    # The file counts the margin of a cell in.
    assert all(0 <= widths[at] - column.width < 1 for at, column in enumerate(COLUMNS, 1))
    assert len(lines) == len(insight.ledger.entries) + 1
    for number, (line, entry) in enumerate(zip(lines[1:], insight.ledger.entries, strict=True), 1):
        assert line[:3] == (number, entry.year, entry.report.unit_brief)
        assert line[3] == entry.text and line[7] == entry.state
        assert entry.item in line[9]
        for answer in entry.answers:
            assert answer.text in line[6]
        assert ("［推测］" in (line[6] or "")) == any(a.likeness is not None for a in entry.answers)


def test_without_xlsxwriter_it_is_csv(
    insight: Insight, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "can_write_xlsx", lambda: False)
    (file,) = ledger_downloads(insight)
    content = file.make()
    assert file.uri == "ledger/ledger.csv" and content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(files["ledger/ledger.xlsx"])).active
    told = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
    assert [[cell.replace("\r\n", "\n") for cell in line] for line in lines] == told
    assert 'href="ledger.csv"' in made(insight)["ledger/2022.html"].html


def test_what_belongs_to_a_whole_report_is_written_once(
    insight: Insight, files: dict[str, bytes]
) -> None:
    sheet = load_workbook(io.BytesIO(files["ledger/ledger.xlsx"])).active
    head, *told = sheet.iter_rows(values_only=True)
    lines = [dict(zip(head, (cell or "" for cell in row), strict=True)) for row in told]
    seen: set[str] = set()
    for line, entry in zip(lines, insight.ledger.entries, strict=True):
        for matched, name in ((entry.causes, "原因"), (entry.plans, "打算")):
            if matched.passages and matched.how == OF_REPORT:
                whole = all(passage.text in line[name] for passage in matched.passages)
                assert whole == (entry.report.name not in seen)
                assert whole or re.fullmatch(r"［未逐条对应，见本报告的P\d{4}-\d+］", line[name])
        seen.add(entry.report.name)
    assert len(seen) < len(lines)


def test_a_long_year_gives_openings_that_lead_to_the_whole(
    insight: Insight, pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WHOLE", 1_000)
    short = made(insight)
    for year, entries in insight.ledger.by_year.items():
        page = short[f"ledger/{year}.html"]
        found = rows(page.html)
        assert "这里只列开头" in page.html and len(found) == len(entries)
        for row, entry in zip(found, entries, strict=True):
            assert entry.report.unit is not None
            assert f'href="unit-{entry.report.unit.id}.html?年度={year}"' in row
            assert entry.state in row and f"#{entry.anchor}" in row
            assert len(row.encode()) <= module._BRIEF_ROW
    assert short["ledger/unit-zhian.html"] == pages["ledger/unit-zhian.html"]


def test_the_plain_file_has_the_likeliest_answers(
    insight: Insight, files: dict[str, bytes]
) -> None:
    text = files["ledger/ledger.csv"].decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    cut = 0
    for line, entry in zip(lines, insight.ledger.entries, strict=True):
        found = [answer for answer in entry.answers if answer.likeness is not None]
        assert line["次年整改情况"].count("［推测］") == min(len(found), 2)
        assert not found or max(found, key=lambda a: a.likeness or 0).text in line["次年整改情况"]
        if len(found) > 2:
            cut += 1
            assert f"［另有{len(found) - 2}句见 .xlsx］" in line["次年整改情况"]
    assert cut


def test_there_is_one_workbook_and_one_plain_file_of_it(
    files: dict[str, bytes], pages: dict[str, Page]
) -> None:
    assert list(files) == ["ledger/ledger.xlsx", "ledger/ledger.csv"]
    for name in ("ledger.xlsx", "ledger.csv"):
        assert all(f'href="{name}"' in page.html for page in pages.values())


def test_what_is_made_again_after_an_edit(make_corpus: Make) -> None:
    def report(unit: str, year: int, problem: str) -> str:
        return (
            f"---\ntitle: 述职\nyear: {year}\nunit: {unit}\nkind: 述职报告\nrole: 分管领导\ndate: {year + 1}-01-10\n"
            f"status: published\n---\n\n## 二、存在问题及原因分析\n\n一是{problem}。二是走得少。\n"
        )

    def keys(problem: str) -> dict[str, str]:
        files = {
            "2021/a.md": report("局机关党委", 2021, "学习不深"),
            "2022/a.md": report("局机关党委", 2022, problem),
            "2020/b.md": report("质监站党支部", 2020, "值守靠点名"),
        }
        insight = Insight(make_corpus(files).visible, Memo(None, ""))
        late: list[LatePage | LateDownload] = [
            p for p in ledger_pages(insight) if isinstance(p, LatePage)
        ]
        late += ledger_downloads(insight)
        return {each.uri: each.key for each in late}

    before, after = keys("学习不深"), keys("调研偏少")
    changed = {uri for uri in before if before[uri] != after[uri]}
    stems = ("ledger/ledger", "ledger/2021", "ledger/2022", "ledger/unit-jiguan")
    assert {uri.rsplit(".", 1)[0] for uri in changed} == set(stems)
    assert "ledger/2020.html" in before and keys("学习不深") == before
