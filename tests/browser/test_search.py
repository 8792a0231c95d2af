"""Searching in a real Chromium: phrases are typed as a reader types them, without any mark of segmentation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from baogao_cli.main import main
from tests.builder import build, copy_project
from tests.samples import DATED

from .conftest import Watch, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("samples")]


def test_the_box_on_the_home_page_finds_a_phrase(page: Page, address: str, watch: Watch) -> None:
    page.goto(address)
    page.get_by_label("检索历年报告").fill("晒谷场")
    page.locator("form").get_by_role("button", name="搜索", exact=True).click()
    result = page.locator(".bg-group", has_text="2021年度").locator(".bg-hit-place").first
    expect(result).to_be_visible()
    result.click()
    expect(page.locator("mark.bg-hit-now")).to_have_text("晒谷场")
    assert "/reports/2021/jiguan-shuzhi-fushuji.html" in page.url
    assert watch.complaints == []


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory, corpora: Path) -> Iterator[str]:
    """A library that holds the user's own report and nothing else."""
    project = copy_project(tmp_path_factory.mktemp("reference"))
    shutil.rmtree(project / "docs/reports")
    report = corpora.parent / "reports/2022-reference.txt"
    with pytest.raises(SystemExit) as left:
        main(
            [
                "import",
                str(report),
                *DATED,
                "--status",
                "anonymized",
                "--docs",
                str(project / "docs"),
            ]
        )
    assert left.value.code == 0
    built = build(project, "--strict")
    assert built.code == 0, built.output
    yield from serve(built.site)


def test_a_phrase_from_the_middle_of_the_reference_report(page: Page, reference: str) -> None:
    page.goto(f"{reference}search.html?q=一杆子到底")
    group = page.get_by_role("region", name="原文相符（1处）").locator(".bg-group")
    expect(group).to_contain_text("2022年度抓机关党建工作情况报告")
    group.locator(".bg-hit-place", has_text="存在问题及原因分析").click()
    expect(page.locator("#problem")).to_be_in_viewport()
    expect(page.locator(".bg-text")).to_contain_text("缺乏“一杆子到底”的精神")
    expect(page.locator("mark.bg-hit-mark")).to_have_text("一杆子到底")
    expect(page.locator("mark.bg-gap")).to_have_count(52)
