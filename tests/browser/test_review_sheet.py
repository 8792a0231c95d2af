"""审核单 printed by a real Chromium: one page for each report, whatever was written, with nothing cut off."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from baogao.corpus import Corpus, Length, Position, Review, load
from baogao.pages.review import review_html
from baogao.rules import Finding, Severity, check_corpus
from baogao.rules.sheet import Answer, Comparison, Gap, Passage, SectionState, Sheet, make_sheet

from .conftest import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
DAY = datetime.date(2023, 1, 20)
Show = Callable[[list[Sheet]], int]


@pytest.fixture(scope="module")
def sample_sheets(root: Path) -> list[Sheet]:
    corpus: Corpus = load(root / "docs")
    findings = check_corpus(corpus)
    return [make_sheet(corpus, report, findings) for report in corpus.reports]


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Show:
    """Open the sheets as they are printed; the number of pages of the PDF."""

    def call(sheets: list[Sheet]) -> int:
        file = tmp_path / "审核单.html"
        file.write_text(review_html(sheets, DAY), encoding="utf-8")
        page.goto(file.as_uri())
        page.emulate_media(media="print")
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))

    return call


def _cut_off(page: Page) -> list[int]:
    """The sheets of which something is hidden."""
    found: list[int] = page.evaluate(
        "[...document.querySelectorAll('.sheet')].flatMap((sheet, at) =>"
        " [sheet, sheet.querySelector('.told')].some(e => e.scrollHeight > e.clientHeight + 1) ? [at] : [])"
    )
    return found


def test_every_sample_report_is_one_page(
    page: Page, show: Show, sample_sheets: list[Sheet], watch: Watch
) -> None:
    assert show(sample_sheets) == len(sample_sheets) > 40
    assert _cut_off(page) == []
    assert watch.complaints == []
    assert {url.split(":")[0] for url in watch.requests} == {"file"}
    for sign in page.locator(".sign").all():
        box = sign.bounding_box()
        assert box and box["height"] > 90  # room to write in


def _finding(text: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("S001", severity, "a.md", Position(12, 1), Position(12, 5), text, "怎么改" * 30)


def _long(sheet: Sheet, word: str, many: int) -> Sheet:
    """A sheet with more of everything than any report has."""
    text = word * 200
    return dataclasses.replace(
        sheet,
        title=text,
        unit=text,
        kind=text,
        restricted=True,
        secret=tuple(_finding(text) for _ in range(many)),
        reviews=tuple(Review(text, DAY, text) for _ in range(many)),
        sections=tuple(SectionState(text, n % 2 == 0, text) for n in range(many)),
        gaps=tuple(Gap(1000 + n, 10) for n in range(many)),
        length=Length(123456, 100000),
        findings=tuple(_finding(text, Severity.WARNING) for _ in range(many)),
        comparison=Comparison(
            text, 2021, 0.9, 9999,
            tuple(Passage(text, 1000, text, 1000, 400, False) for _ in range(many)),
            tuple(Answer(f"P2021-{n}", text, text if n % 2 else "", text) for n in range(many)),
            Length(-12345, 12345),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("word", ["深入学习，", "abcdefgh", "W", "a b ", "<&>“", "１２３４"])
@pytest.mark.parametrize("many", [1, 3, 5, 40])
def test_more_than_fits_is_told_in_fewer_words(
    page: Page, show: Show, sample_sheets: list[Sheet], word: str, many: int
) -> None:
    long = _long(sample_sheets[0], word, many)
    assert show([long, sample_sheets[1], long]) == 3
    assert _cut_off(page) == []
    if many == 40:
        assert re.search(r"另有 3\d 节，其中 1\d 节缺", page.inner_text(".told"))


def test_on_a_screen_it_is_a_sheet_of_paper(
    page: Page, show: Show, sample_sheets: list[Sheet]
) -> None:
    show(sample_sheets[18:20])
    page.emulate_media(media="screen")
    box = page.locator(".sheet").first.bounding_box()
    assert box and abs(box["height"] / box["width"] - 297 / 210) < 0.02
    assert page.locator(".how").is_visible()
