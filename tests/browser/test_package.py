"""The zip: the same one each time, and all of the site works from the folder it is unpacked into."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from baogao_cli.package import OPEN, README, SITE, TOP, write_package
from baogao_cli.switching import compress
from tests.builder import Built

from .conftest import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
REPORT = "reports/2022/jiguan-shuzhi-fenguan"


@pytest.fixture(scope="module")
def unpacked(samples: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What a clerk has after unpacking, in a folder as offices call them."""
    folder = tmp_path_factory.mktemp("package")
    write_package(samples.site, folder / "报告库.zip")
    target = folder / "共享" / "报告 (2)"
    with zipfile.ZipFile(folder / "报告库.zip") as archive:
        archive.extractall(target)
    yield target / TOP


def test_the_same_site_gives_the_same_zip(samples: Built, tmp_path: Path) -> None:
    site = tmp_path / "site"
    import shutil

    shutil.copytree(samples.site, site)
    first, second = tmp_path / "一.zip", tmp_path / "二.zip"
    number = write_package(site, first)
    compress(site)  # what only servers need stays out
    (site / "web.config").write_text("<configuration />", encoding="utf-8")
    for file in site.rglob("*.html"):
        file.touch()
    assert write_package(site, second) == number
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert {f"{TOP}/{OPEN}", f"{TOP}/{README}", f"{TOP}/{SITE}/index.html", f"{TOP}/{SITE}/{REPORT}.docx"} <= set(names)  # fmt: skip
    assert all(name.startswith(f"{TOP}/") and ".." not in name for name in names)
    pages = sum(1 for f in samples.site.rglob("*") if f.is_file() and f.suffix != ".gz")
    assert number == pages + 2
    assert not list(tmp_path.glob(".*.tmp"))


def test_the_notes_are_read_by_old_editors(unpacked: Path) -> None:
    content = (unpacked / README).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    assert "全部解压" in content.decode("utf-8-sig")


def test_opened_browsed_searched(unpacked: Path, page: Page, watch: Watch) -> None:
    page.goto((unpacked / OPEN).as_uri())
    expect(page.get_by_role("heading", name="报告库").first).to_be_visible()
    page.wait_for_url("**/index.html")
    assert unquote(page.url).endswith(f"/共享/报告 (2)/{TOP}/{SITE}/index.html")
    page.get_by_role("link", name="2022年度").first.click()
    page.get_by_role("link", name="2022年度抓机关党建工作述职报告", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("2022年度抓机关党建工作述职报告")
    page.goto((unpacked / SITE / "search.html").as_uri() + "?q=双报到")
    expect(page.locator("mark").first).to_be_visible()
    page.locator("main a:has(mark), main h3 a").first.click()
    expect(page.locator(".bg-text mark").first).to_be_visible()
    assert watch.complaints == []
    assert all(url.startswith(("file:", "blob:", "data:")) for url in watch.requests)


def test_a_table_is_sorted_and_filtered(unpacked: Path, page: Page, watch: Watch) -> None:
    page.goto((unpacked / SITE / "ledger/index.html").as_uri())
    expect(page.locator("table.bg-data").first).to_be_visible()
    page.locator("th[data-sort] button").first.click()
    expect(page.locator("th[aria-sort]").first).to_be_visible()
    page.goto((unpacked / SITE / "figures/index.html").as_uri())
    expect(page.locator("h1")).to_be_visible()
    assert watch.complaints == []


def test_an_old_address_leads_on_and_keeps_the_place(
    equipped: Built, page: Page, watch: Watch
) -> None:
    from tests.builder import MOVED, NOW, WITHDRAWN

    page.goto((equipped.site / f"reports/{MOVED}.html").as_uri() + "?h=党建#practice-1")
    page.wait_for_url(f"**/{NOW}.html*")
    assert unquote(page.url).endswith(f"{NOW}.html?h=党建#practice-1")
    page.goto((equipped.site / f"reports/{WITHDRAWN}.html").as_uri())
    expect(page.locator("h1")).to_have_text("本报告已于2024年3月1日撤回")
    expect(page.locator("article")).to_contain_text("数据有误")
    assert watch.complaints == []
