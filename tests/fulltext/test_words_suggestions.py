"""What is offered beside the hits, and who must not be among it."""

from __future__ import annotations

from collections.abc import Callable

from baogao.corpus import Corpus, Synonym
from baogao.fulltext.pinyin import open_reader
from baogao.fulltext.suggestions import (
    Offer,
    gather_offers,
    offers_table,
    pages_table,
    synonyms_table,
    tables,
)

REPORT = """---
title: {title}
year: {year}
unit: 局机关党委
kind: 述职报告
role: 分管领导
date: {year}-12-30
status: {status}
visibility: internal
---

## 一、主要做法及成效

开展三会一课。
"""


def _report(title: str, year: int, status: str = "published") -> str:
    return REPORT.format(title=title, year=year, status=status)


def test_offers(make_corpus: Callable[[dict[str, str]], Corpus]) -> None:
    corpus = make_corpus(
        {
            "2021/a.md": _report("述职报告", 2021),
            "2022/a.md": _report("述职报告", 2022),
            "2022/b.md": _report("2022年度“双报到”总结", 2022),
            "2022/c.md": _report("还没有定的报告", 2022, "draft"),
        }
    ).visible
    offers = gather_offers(corpus, lambda term: term in ("三会一课", "创文创卫"))
    assert [o for o in offers if o.kind == "t"] == [
        Offer("t", "2022年度“双报到”总结", "reports/2022/b"), Offer("t", "述职报告"),
    ]  # fmt: skip
    assert {o.label for o in offers if o.kind == "w"} == {"三会一课", "创文创卫"}
    assert {o.page for o in offers if o.kind == "u"} == {"units/jiguan"}
    made = offers_table(offers, None)
    assert "2022年度“双报到”总结\t2022年度双报到总结" in str(made["labels"]).split("\n")
    assert made["unlike"] == []


def test_names_of_initiatives(make_corpus: Callable[[dict[str, str]], Corpus]) -> None:
    own = [
        Offer("i", "三会一课", "initiatives/a", "三会一课", "组织"),
        Offer("i", "“夜校”", "initiatives/b", "大讲堂（夜校）", "思想"),
    ]
    offers = gather_offers(make_corpus({}), lambda term: term in ("三会一课", "双报到"), own)
    # The page leads on to the search: the same name is not offered as a word as well.
    assert [(o.kind, o.label) for o in offers] == [
        ("i", "三会一课"), ("i", "“夜校”"), ("w", "双报到"),
    ]  # fmt: skip
    labels = str(offers_table(offers, None)["labels"]).split("\n")
    assert labels == ["三会一课", "大讲堂（夜校）\t夜校", "双报到"]
    assert pages_table(offers) == {
        "folded": "三会一课\n夜校", "labels": "三会一课\n大讲堂（夜校）",
        "pages": "initiatives/a\ninitiatives/b", "facts": "组织\n思想",
    }  # fmt: skip
    assert "pages" in tables(make_corpus({}), offers, None, None, None)


def test_only_readings_that_differ_are_told(
    make_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    corpus = make_corpus({})
    reader = open_reader(corpus.data.readings)
    assert reader is not None
    made = offers_table([Offer("w", "三会一课"), Offer("w", "三重一大")], reader)
    assert made["unlike"] == [(1, 1, "zhong chong")]


def test_synonyms_are_told_by_how_far_they_go() -> None:
    made = synonyms_table(
        [
            Synonym("双报到", ("“双报到”", "双报到双服务"), "numeric", "", "eq"),
            Synonym("四风", ("“四风”",), "numeric", "", "eq"),
            Synonym("机关党委", ("中共××局机关委员会", "直属机关党委"), "abbr", "", "eq"),
            Synonym("巡察", ("市委巡察",), "broader", "", "suggest"),
            Synonym("七一", ("建党节",), "variant", "", "context"),
            Synonym("50年", ("５０年", "Ｘ＋Ｎ"), "variant", "", "eq"),
        ]
    )
    assert made == {
        "equal": [
            ["双报到", "双报到双服务"],
            ["机关党委", "直属机关党委"],
            ["50年", "Ｘ＋Ｎ\tx+n"],
        ],
        "near": [["巡察", "市委巡察"]],
    }


def test_what_is_missing_leaves_its_tables_out(
    make_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    assert set(tables(make_corpus({}), [], None, None, None)) == {"synonyms", "offers"}
