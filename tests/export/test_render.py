"""Word files as LibreOffice lays them out: lines, characters and page numbers counted in its PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from baogao.corpus import Corpus, load
from baogao.export import report_docx, volume_docx, year_volume
from tests.printed import LEFT, PrintedPage, check_frame, check_grid, line_with, read_pdf

pytestmark = pytest.mark.xdist_group("office")
CELL = 156 / 28
LONG = "2022/jiguan-shuzhi-fushuji"


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "docs").visible


@pytest.fixture(scope="module")
def rendered(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[PrintedPage]]:  # fmt: skip
    """One run of LibreOffice for all tests: starting it is what takes time."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip(
            "没有找到 LibreOffice：安装 libreoffice-writer-nogui 后才能检查 Word 文件的版面"
        )
    folder = tmp_path_factory.mktemp("office")
    report = corpus.find(LONG)
    assert report
    (folder / "report.docx").write_bytes(report_docx(report))
    (folder / "year.docx").write_bytes(volume_docx(year_volume(corpus, 2022)))
    files = [str(folder / name) for name in ("report.docx", "year.docx")]
    done = subprocess.run(
        [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
            "--outdir", str(folder), *files,
        ],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name: read_pdf(folder / f"{name}.pdf") for name in ("report", "year")}


def test_page_lines_characters_and_numbers(rendered: dict[str, list[PrintedPage]]) -> None:
    pages = rendered["report"]
    assert len(pages) >= 4
    check_frame(pages)
    check_grid(pages)


def test_title_headings_and_signature_stand_in_their_places(
    rendered: dict[str, list[PrintedPage]],
) -> None:
    pages = rendered["report"]
    title, opening = pages[0].body[:2]
    assert title.text == "2022年度机关党委专职副书记述职报告"
    assert abs((title.left + title.right) / 2 - 106) < 1.6
    assert round((opening.base - title.base) / (225 / 22)) == 2
    for text in ("一、主要工作及成效", "（一）迎接和学习"):
        _, line = line_with(pages, text)
        assert abs(line.left - LEFT - 2 * CELL) < 0.8, text
    last = pages[-1].body[-1]
    assert last.text == "2023年1月13日"
    assert abs(184 - last.right - 4 * CELL) < 1.6


def test_all_the_text_is_there(rendered: dict[str, list[PrintedPage]], corpus: Corpus) -> None:
    report = corpus.find(LONG)
    assert report
    whole = "".join(page.text for page in rendered["report"])
    expected = re.sub(r"\s", "", report.title + report.text) + "2023年1月13日"
    # LibreOffice lets marks hang out of a justified line whatever the file says, and loses one now and then.
    assert re.sub("[，。、；：]", "", whole) == re.sub("[，。、；：]", "", expected)
    assert len(whole) >= len(expected) - 2


def test_a_year_gives_the_right_pages(
    rendered: dict[str, list[PrintedPage]], corpus: Corpus
) -> None:
    pages = rendered["year"]
    volume = year_volume(corpus, 2022)
    check_frame(pages)
    entries = [re.fullmatch(r"(.*?)·+(\d+)", line.text) for line in pages[0].body[1:]]
    assert len(entries) == len(volume.reports)
    for entry, report in zip(entries, volume.reports, strict=True):
        assert entry is not None and entry[1].startswith(report.title)
        page = pages[int(entry[2]) - 1]
        # the next one of the volume begins a page as well, so no other page begins with this title
        assert page.text.startswith(re.sub(r"\s", "", report.title))
