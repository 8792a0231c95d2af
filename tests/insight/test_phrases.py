"""Phrases that come and go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from baogao.corpus import Corpus, Memo, load
from baogao.insight.phrases import (
    CLAUSE,
    QUOTED,
    TERM,
    TITLE,
    Entries,
    YearPhrases,
    phrase_changes,
    read_phrases,
    visible_text,
)

from .test_comparison import text

Make = Callable[[dict[str, str]], Corpus]
UNITS = ("jiguan", "zhian")


def changes(make: Make, bodies: dict[int, list[str]]) -> dict[int, YearPhrases]:  # fmt: skip
    corpus = make(
        {
            f"{year}/{unit}-shuzhi-fenguan.md": text(
                year, f"## 一、主要做法及成效\n\n{body}\n", unit
            )
            for year, all_bodies in bodies.items()
            for unit, body in zip(UNITS, all_bodies, strict=False)
        }
    )
    return {change.year: change for change in phrase_changes(corpus.visible, Memo(None, ""))}


def test_new_and_gone(memory_corpus: Make) -> None:
    found = changes(
        memory_corpus,
        {
            2020: ["开展“红旗小屋”试点。", "建成“红旗小屋”。"],
            2021: ["开展“红旗小屋”工作。", "推广“红旗小屋”。"],
            2022: ["办好“蓝天讲堂”。", "办蓝天讲堂两期。"],
            2023: ["“蓝天讲堂”照办。", "办“蓝天讲堂”。"],
        },
    )
    (new,) = found[2022].new
    # One report writes it without quotation marks: it is in use there all the same.
    assert (new.text, new.kind, new.units, len(new.reports)) == ("蓝天讲堂", QUOTED, 2, 2)
    (gone,) = found[2022].gone
    assert (gone.text, gone.first, gone.last, gone.units) == ("红旗小屋", 2020, 2021, 2)
    assert found[2022].before == 2021
    # Still in use in the last year: not gone.
    assert found[2021].new == found[2021].gone == found[2023].new == found[2023].gone == ()


def test_documents_clauses_and_listed_terms(memory_corpus: Make) -> None:
    found = changes(
        memory_corpus,
        {
            2021: ["照常工作。", "照常工作。"],
            2022: [
                "印发《2022年度先锋计划》，一是坚持实干为要，开展党史学习教育。",
                "学习《2022年先锋计划（试行）》，坚持实干为要，党史学习教育不断线。",
            ],
        },
    )
    assert {(use.text, use.kind) for use in found[2022].new} == {
        ("先锋计划", TITLE), ("坚持实干为要", CLAUSE), ("党史学习教育", TERM),
    }  # fmt: skip


def test_a_title_of_every_year_is_not_new_every_year(memory_corpus: Make) -> None:
    found = changes(
        memory_corpus,
        {
            year: [f"落实《{year}年先锋计划》。", f"学《{year}年先锋计划》。"]
            for year in (2021, 2022)
        },
    )
    assert found[2022].new == ()


def test_units_new_in_the_library_bring_no_new_phrases(memory_corpus: Make) -> None:
    """Where there is no earlier report nobody can tell that a phrase is new; and the same at the other end."""
    corpus = memory_corpus(
        {
            "2021/jiguan-shuzhi-fenguan.md": text(2021, "## 一、主要做法及成效\n\n照常工作。\n"),
            "2022/zhian-shuzhi-fenguan.md": text(
                2022, "## 一、主要做法及成效\n\n“蓝天讲堂”。\n", "zhian"
            ),
            "2022/zhian-shuzhi-zhibu.md": text(
                2022, "## 一、主要做法及成效\n\n“蓝天讲堂”。\n", "zhian"
            ).replace("分管领导", "党支部书记"),
            "2023/jiguan-shuzhi-fenguan.md": text(2023, "## 一、主要做法及成效\n\n照常工作。\n"),
        }
    )
    for change in phrase_changes(corpus, Memo(None, "")):
        assert change.new == change.gone == ()


def test_comments_emphasis_and_main_headings_are_not_language(memory_corpus: Make) -> None:
    corpus = memory_corpus(
        {
            "2022/jiguan-shuzhi-fenguan.md": text(
                2022,
                "## 一、“标题里的话”\n\n办**“蓝天讲堂”**，折行的\n一句。<!-- 检查豁免: T011 “注释里的话” -->\n\nXX局“某某讲堂”。\n",
            )
        }
    )
    report = corpus.reports[0]
    assert "注释" not in visible_text(report) and "折行的一句" in visible_text(report)
    assert read_phrases(report, Entries(())).quoted == ("蓝天讲堂",)


def test_a_phrase_inside_a_longer_one_of_the_same_reports_is_told_once(memory_corpus: Make) -> None:
    found = changes(
        memory_corpus,
        {2021: ["照常工作。"] * 2, 2022: ["抓“蓝天讲堂”和“大蓝天讲堂”。"] * 2},
    )
    assert [use.text for use in found[2022].new if use.kind == QUOTED] == ["大蓝天讲堂"]


def test_samples(root: Path) -> None:
    corpus = load(root / "docs").visible
    found = {change.year: change for change in phrase_changes(corpus, Memo(None, ""))}
    assert "创文固卫" in {use.text for use in found[2023].new}
    assert "创文创卫" in {use.text for use in found[2023].gone}
    # Every phrase stands where it is said to stand, and nowhere in the years it is said not to.
    for change in found.values():
        for use in (*change.new, *change.gone):
            for name in use.reports:
                report = corpus.find(name)
                assert report and use.words.strip("《》") in report.text
        for use in change.new:
            if use.kind in (QUOTED, TERM):
                earlier = [r for r in corpus.reports if (r.year or 0) < change.year]
                assert not [r.name for r in earlier if use.text in visible_text(r)]


def test_memory_gives_the_same(root: Path, tmp_path: Path) -> None:
    corpus = load(root / "docs").visible
    kept = Memo(tmp_path, "s")
    first = phrase_changes(corpus, kept)
    assert phrase_changes(corpus, kept) == first == phrase_changes(corpus, Memo(None, ""))


def test_entries_are_found_wherever_they_stand(root: Path) -> None:
    corpus = load(root / "docs").visible
    entries = Entries(
        {term.text for term in corpus.data.terms if len(term.text) >= 2} | {"𠮷祥", "aa"}
    )
    for report in corpus.reports[:12]:
        text = visible_text(report) + "𠮷祥aaa"
        found = [number for number, entry in enumerate(entries.texts) if entry in text]
        assert entries.find(text) == found and len(found) > 2
    assert entries.find("") == entries.find("党") == []
