"""The pages of initiatives: every number leads to its sentences, every sentence to its place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from baogao.corpus import Corpus, load, open_memo
from baogao.insight import Insight
from baogao.insight import initiatives as records
from baogao.pages import LatePage, Page, initiative_names, report_page
from baogao.pages import initiatives as module
from baogao.pages.initiatives import INDEX, initiative_pages, initiative_uri, unit_initiatives_uri
from tests.insight.test_initiatives import report

Make = Callable[[dict[str, str]], Corpus]


def pages(corpus: Corpus) -> dict[str, Page]:
    made = list(initiative_pages(Insight(corpus.visible, open_memo(Path(corpus.shown), None))))
    assert len({page.uri for page in made}) == len(made)
    pages = [page.make() if isinstance(page, LatePage) else page for page in made]
    assert [(page.uri, page.title) for page in pages] == [(page.uri, page.title) for page in made]
    return {page.uri: page for page in pages}


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "docs").visible


@pytest.fixture(scope="module")
def samples(corpus: Corpus) -> dict[str, Page]:
    return pages(corpus)


def links(page: Page) -> list[tuple[str, str, str]]:
    """Address below the root, query and anchor of every link."""
    found = []
    for href in re.findall(r'href="([^"]*)"', page.html):
        parts = urlsplit(unescape(href))
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), parts.path)) if parts.path else page.uri  # fmt: skip
        found.append((path, parts.query, unquote(parts.fragment)))
    return found


def test_every_link_arrives(corpus: Corpus, samples: dict[str, Page]) -> None:
    targets = {uri: page.html for uri, page in samples.items()}
    targets |= {f"reports/{r.name}.html": report_page(r, corpus).html for r in corpus.reports}
    others = {f"units/{unit}.html" for unit in corpus.by_unit} | {
        "search.html",
        "figures/index.html",
    }
    seen = 0
    for page in samples.values():
        for path, _, anchor in links(page):
            if path in others:
                continue
            assert path in targets, (page.uri, path)
            if anchor:
                seen += 1
                assert f'id="{anchor}"' in targets[path], (page.uri, path, anchor)
    assert seen > 1000


def listed(html: str) -> int:
    """How many sentences there are, those under 成效 counted in."""
    there = re.findall(r"<p>(\d+)处见<a [^>]*#results", html)
    return html.count("<li>") + sum(map(int, there))


def test_numbers_of_the_matrix_are_the_sentences_they_lead_to(samples: dict[str, Page]) -> None:
    cells = re.findall(r'href="([\w-]+\.html)#(y\d{4})"[^>]*>([\d,]+)</a>', samples[INDEX].html)
    assert len(cells) > 100
    for file, anchor, count in cells:
        html = samples[f"initiatives/{file}"].html
        section = re.split(rf'<h3 id="{anchor}">', html)[1]
        section = re.split(r"<h[23] ", section)[0]
        assert listed(section) == int(count), (file, anchor)
    for uri, page in samples.items():
        if "/unit-" not in uri:
            continue
        for file, anchor, count in re.findall(r'href="([\w-]+\.html)#(y\d{4}-[\w-]+)"[^>]*>([\d,]+)</a>', page.html):  # fmt: skip
            part = re.split(rf'<h4 id="{anchor}">', samples[f"initiatives/{file}"].html)[1]
            assert listed(re.split(r"<h[234] ", part)[0]) == int(count)


def test_a_page_opens_with_what_came_of_it(samples: dict[str, Page]) -> None:
    for uri, page in samples.items():
        if uri == INDEX or "/unit-" in uri:
            continue
        heads = re.findall(r"<h2 id=\"(\w+)\"", page.html)
        assert heads[:3] == ["results", "facts", "years"], uri
        assert [entry.anchor for entry in page.toc] == heads


def test_the_year_its_words_and_where(samples: dict[str, Page]) -> None:
    html = samples[initiative_uri("sanji-dajiangtang")].html
    assert (
        '<dt>报告首次提到</dt><dd><a href="sanji-dajiangtang.html#y2018">2018年度</a></dd>' in html
    )
    assert "“住建夜校”更名" in html
    uses = re.findall(r"<th scope=row>(\S+?)</th><td>(\d+)</td><td>(\d+)</td>", html)
    assert ("住建夜校", "2018", "2020") in uses and ("三级大讲堂", "2020", "2023") in uses
    # The report opens with the words of that year marked.
    asked = [parse_qs(query)["h"] for path, query, _ in links(samples[initiative_uri("sanji-dajiangtang")]) if path.startswith("reports/2018/") and query]  # fmt: skip
    assert asked and all(words == ["住建夜校"] for words in asked)


def test_silence_is_told(make_corpus: Make) -> None:
    told = pages(
        make_corpus(
            {
                "2020/jiguan-shuzhi-fenguan.md": report(2020, body="## 一、主要做法\n\n双报到照常。\n"),
                "2021/jiguan-shuzhi-fenguan.md": report(2021, body="## 一、主要做法\n\n双报到30人次。三会一课照常。\n"),
            }
        )
    )  # fmt: skip
    html = told[initiative_uri("shuangbaodao")].html
    assert "<p>2020年度：报告未写明成效。</p>" in html and "<h3>2021年度</h3>" in html
    assert "<h2 id=\"results\">成效</h2>\n<p>报告未写明成效。</p>" in told[initiative_uri("sanhui-yike")].html  # fmt: skip


def test_what_is_guessed_says_so(make_corpus: Make) -> None:
    html = pages(make_corpus({"2021/jiguan-shuzhi-fenguan.md": report()}))[initiative_uri("sanhui-yike")].html  # fmt: skip
    (told,) = re.findall(r"<li>(.*?)</li>", html.split('id="facts"')[0])
    assert "全年支部共上党课40次" in told and '<span class="bg-guess">推测</span>' in told
    assert "只开了4次" not in html.split('id="facts"')[0]  # a problem is no result


def test_text_of_reports_is_text(make_corpus: Make) -> None:
    body = "## 一、主要做法\n\n双报到\\<img src=x\\> & “30人次”。\n"
    html = pages(make_corpus({"2021/jiguan-shuzhi-fenguan.md": report(body=body)}))[initiative_uri("shuangbaodao")].html  # fmt: skip
    assert "<img" not in html and "&lt;img src=x&gt; &amp; “30人次”" in html


def test_nothing_named(make_corpus: Make) -> None:
    made = pages(make_corpus({"2021/jiguan-shuzhi-fenguan.md": report(body="## 一、主要做法\n\n照常。\n")}))  # fmt: skip
    assert list(made) == [INDEX] and "还没有提到" in made[INDEX].html


def test_a_cell_of_a_unit_shows_a_figure_where_one_is_told(make_corpus: Make) -> None:
    made = pages(
        make_corpus(
            {
                "2020/jiguan-shuzhi-fenguan.md": report(2020, body="## 一、主要做法\n\n“双报到”服务77人次。双报到照常。\n"),
                "2021/jiguan-shuzhi-fenguan.md": report(2021, body="## 一、主要做法\n\n“双报到”服务XX人次。\n"),
                "2022/jiguan-shuzhi-fenguan.md": report(2022, body="## 一、主要做法\n\n“双报到”服务80人次。双报到又服务90人次。\n"),
            }
        )
    )  # fmt: skip
    cells = r'#(y\d{4})[^"]*"[^>]*>([^<]+)</a>'
    html = made[unit_initiatives_uri("jiguan")].html
    # A gap is no figure, and of two figures neither is the one.
    assert dict(re.findall(cells, html)) == {"y2020": "77人次", "y2021": "1", "y2022": "2"}
    assert "带量词的是" in html
    assert dict(re.findall(cells, made[INDEX].html)) == {"y2020": "2", "y2021": "1", "y2022": "2"}


# Large libraries


@pytest.fixture
def many(make_corpus: Make) -> Corpus:
    body = "## 一、主要做法\n\n双报到第一批。双报到第二批。双报到获评先进。三会一课照常。\n"
    units = {"jiguan": "局机关党委", "zhian": "质安中心党支部"}
    return make_corpus(
        {
            f"{year}/{key}-shuzhi-fenguan.md": report(year, unit, body)
            for year in range(2015, 2024)
            for key, unit in units.items()
        }
    )


def test_what_does_not_fit_is_counted_and_left_to_search(
    many: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "SHOWN", 4)
    made = pages(many)
    html = made[initiative_uri("shuangbaodao")].html
    assert '<h3 id="y2020">2020年度（6处）</h3>' in html and "（3处，列出1处）" in html
    assert "其余2处没有列出，<a href=\"../search.html?q=双报到&amp;year=2020\">" in html  # fmt: skip
    # The cell of a unit none of whose sentences are listed asks the search.
    monkeypatch.setattr(records, "SHOWN", 3)
    row = pages(many)[unit_initiatives_uri("zhian")].html
    assert "../search.html?q=双报到&amp;year=2020&amp;unit=zhian" in row


def test_pages_that_grow_too_large_go_on_elsewhere(
    many: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE_LIMIT", 16_000)
    made = pages(many)
    parts = [uri for uri in made if uri.startswith("initiatives/shuangbaodao")]
    assert len(parts) > 1
    years = [year for uri in parts for year in re.findall(r'<h3 id="y(\d+)"', made[uri].html)]
    assert years == [str(year) for year in range(2023, 2014, -1)]
    for uri in parts:
        assert len(made[uri].html.encode()) < 17_000
        for path, _, anchor in links(made[uri]):
            assert not anchor.startswith("y") or f'id="{anchor}"' in made[path].html
    for file, anchor in re.findall(r'href="(shuangbaodao[\w.]*\.html)#(y\d{4})"', made[INDEX].html):
        assert f'id="{anchor}"' in made[f"initiatives/{file}"].html


def test_many_units_get_pages_of_their_own(many: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CELL", 400_000)
    made = pages(many)
    assert 'href="units.html"' in made[INDEX].html and "质安中心党支部" not in made[INDEX].html
    parts = [made["initiatives/units.html"], made["initiatives/units.2.html"]]
    assert "质安中心党支部" in parts[0].html + parts[1].html
    for page in parts:
        for path, _, anchor in links(page):
            assert not anchor or f'id="{anchor}"' in made[path].html


# For the search


def test_names_for_the_search(corpus: Corpus) -> None:
    names = initiative_names(Insight(corpus, open_memo(Path(corpus.shown), None)))
    told = {(n.name, n.shown, n.uri) for n in names}
    assert ("三会一课", "三会一课", "initiatives/sanhui-yike.html") in told
    assert ("住建夜校", "三级大讲堂（住建夜校）", "initiatives/sanji-dajiangtang.html") in told
    assert ("青年理论学习", "青年理论学习小组", "initiatives/qingnian-lilun.html") in told
    assert {n.uri for n in names if n.name == "主题教育"} == {
        "initiatives/chuxin-jiaoyu.html", "initiatives/sixiang-jiaoyu.html",
    }  # fmt: skip
    assert not any("dangji-jiaoyu" in n.uri for n in names)  # no report names it: it has no page
