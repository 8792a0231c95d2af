"""The volume of a year holds every report readers may see, as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from baogao.corpus import Corpus, Report, load
from baogao.pages import LatePage, Page
from baogao.pages import volumes as pages
from baogao.pages.report import text_html
from baogao.pages.volumes import volume_pages, weight
from tests.builder import report_text
from tests.insight.test_comparison import text

Make = Callable[[dict[str, str]], Corpus]


@pytest.fixture(scope="module")
def samples(root: Path) -> Corpus:
    return load(root / "docs").visible


def made(corpus: Corpus) -> dict[str, Page]:
    return {p.uri: p.make() if isinstance(p, LatePage) else p for p in volume_pages(corpus)}


def pieces(html: str) -> list[str]:
    """The text of each report on the page."""
    return re.findall(r'<div class="bg-text".*?\n</div></section>', html, re.DOTALL)


def test_every_report_of_a_year_word_for_word(samples: Corpus) -> None:
    volumes = made(samples)
    assert set(volumes) == {
        "volumes/index.html",
        *(f"volumes/{year}.html" for year in samples.by_year),
    }
    for year, reports in samples.by_year.items():
        page = volumes[f"volumes/{year}.html"]
        texts = [report_text(piece.removesuffix("</section>"))[0] for piece in pieces(page.html)]
        assert sorted(texts) == sorted(report.text for report in reports)
        ids = re.findall(r' id="([^"]+)"', page.html)
        assert len(ids) == len(set(ids))
        targets = re.findall(r'href="#([^"]+)"', page.html)
        assert set(targets) <= set(ids) and len(targets) >= len(reports)
        assert page.styles == ("assets/volumes.css",)
        contents = [child.anchor for entry in page.toc for child in entry.children]
        assert contents == [report.name.replace("/", "-") for report in _in_order(page, reports)]


def _in_order(page: Page, reports: tuple[Report, ...]) -> list[Report]:
    return sorted(reports, key=lambda r: page.html.index(f'data-report="{r.name}"'))


def test_headings_stand_below_that_of_the_report(samples: Corpus) -> None:
    html = made(samples)["volumes/2022.html"].html
    assert '<h3 id="2022-jiguan-shuzhi-fenguan">' in html and "<h4>一、主要做法" in html
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels))


def test_a_heavy_year_is_cut_into_parts(samples: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_LIMIT", 60_000)
    volumes = made(samples)
    parts = sorted(uri for uri in volumes if uri.startswith("volumes/2023"))
    assert parts[0] == "volumes/2023-2.html" and "volumes/2023.html" in parts and len(parts) > 2
    shown = [piece for uri in parts for piece in pieces(volumes[uri].html)]
    assert len(shown) == len(samples.by_year[2023])
    assert all(len(volumes[uri].html.encode()) < 60_000 for uri in parts)
    first = volumes["volumes/2023.html"].html
    assert 'href="2023-2.html#2023-' in first and "第2册" in first
    assert 'href="2023.html#contents"' in volumes["volumes/2023-2.html"].html
    assert 'href="2023-2.html"' in volumes["volumes/index.html"].html


@pytest.mark.parametrize(
    "body",
    [
        "X" * 3000, "XX，" * 2000, "<" * 3000, "&" * 3000, "**重**" * 1000, "- 一\n" * 1500, "一\n\n" * 1500,
        "|甲|乙|\n|---|---|\n" + "|丙|丁|\n" * 800, "（一）学。习\n\n" * 500, "## 一、学\n\n" * 500, "[a](b)" * 900,
        "某某" * 1500, "\U00020000" * 2000, "*[a](b)*" * 700, '"' * 3000,
    ],
)  # fmt: skip
def test_the_weight_is_never_too_small(memory_corpus: Make, body: str) -> None:
    (report,) = memory_corpus({"2022/jiguan-shuzhi-fenguan.md": text(2022, body)}).reports
    assert len(text_html(report, 2, alone=False).encode()) <= weight(report)


def test_samples_weigh_less_than_told(samples: Corpus) -> None:
    for report in samples.reports:
        assert len(text_html(report, 2, alone=False).encode()) <= weight(report)


def test_drafts_and_restricted_reports_are_not_bound(memory_corpus: Make) -> None:
    corpus = memory_corpus(
        {
            "2022/jiguan-shuzhi-fenguan.md": text(2022, "## 一、主要做法\n\n看得见。\n"),
            "2022/zhian-shuzhi-fenguan.md": text(
                2022, "## 一、主要做法\n\n看不见。\n", "zhian", "draft"
            ),
        }
    )
    html = "".join(page.html for page in made(corpus.visible).values())
    assert "看得见" in html and "看不见" not in html
