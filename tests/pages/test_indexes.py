"""Pages of units and years lead to what else there is about them, where it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from baogao.corpus import Corpus, load
from baogao.pages import LatePage, index_pages
from baogao.pages import indexes as module


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "docs").visible


def made(corpus: Corpus, *others: str) -> dict[str, str]:
    pages = (p.make() if isinstance(p, LatePage) else p for p in index_pages(corpus, others))
    return {page.uri: page.html for page in pages}


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


def test_what_is_made_again_when_a_link_appears(corpus: Corpus) -> None:
    def keys(*others: str) -> dict[str, str]:
        return {p.uri: p.key for p in index_pages(corpus, others) if isinstance(p, LatePage)}

    before, after = keys(), keys("ledger/unit-zhian.html", "volumes/2022.html")
    changed = {uri for uri in before if before[uri] != after[uri]}
    assert changed == {"units/zhian.html", "years/2022.html"} and all(before.values())


def test_a_kind_with_many_reports_has_several_pages(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.paginate
    monkeypatch.setattr(module, "paginate", lambda rows, size: real(rows, size, 6_000))
    pages = made(corpus)
    parts = [uri for uri in pages if uri.startswith("kinds/shuzhi.")]
    assert parts[:2] == ["kinds/shuzhi.html", "kinds/shuzhi.2.html"]
    listed = "".join(pages[uri] for uri in parts).count("../reports/")
    assert listed == len(corpus.by_kind["shuzhi"])
    assert "<strong>2</strong>" in pages[parts[1]] and 'href="shuzhi.html">1</a>' in pages[parts[1]]


def test_without_them_there_are_none(corpus: Corpus) -> None:
    assert not any("另见" in html or "历年对照" in html for html in made(corpus).values())


def test_names_of_a_unit_through_the_years(corpus: Corpus) -> None:
    html = made(corpus)["units/zhian.html"]
    assert "名称沿革：岚川市建设工程质量监督站党支部（至2020年）" in html
