"""Pages of units and years lead to what else there is about them, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from baogao.corpus import Corpus, load
from baogao.pages import index_pages


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "docs").visible


def made(corpus: Corpus, *others: str) -> dict[str, str]:
    return {page.uri: page.html for page in index_pages(corpus, others)}


def test_links_appear_with_the_pages(corpus: Corpus) -> None:
    pages = made(
        corpus,
        "ledger/unit-zhian.html",
        "volumes/2022.html",
        "compare/zhian-shuzhi-zhibu/2021-2022.html",
    )
    assert '另见：<a href="../ledger/unit-zhian.html">问题台账</a></p>' in pages["units/zhian.html"]
    assert (
        'href="../compare/zhian-shuzhi-zhibu/2021-2022.html">2021→2022</a>'
        in pages["units/zhian.html"]
    )
    assert "2022→2023" not in pages["units/zhian.html"] and "另见" not in pages["units/dangan.html"]
    assert '<a href="../volumes/2022.html">年度汇编</a>' in pages["years/2022.html"]
    assert "年度汇编" not in pages["years/2021.html"]


def test_without_them_there_are_none(corpus: Corpus) -> None:
    assert not any("另见" in html or "历年对照" in html for html in made(corpus).values())


def test_names_of_a_unit_through_the_years(corpus: Corpus) -> None:
    html = made(corpus)["units/zhian.html"]
    assert "名称沿革：岚川市建设工程质量监督站党支部（至2020年）" in html
