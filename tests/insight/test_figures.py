"""Figures of reports: what is told of each, what must not be told, the same measure through the years."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus, Memo
from baogao.insight import Figure, Figures, Insight, notes
from baogao.insight.figures import Key, merged, pack, unpack

Make = Callable[[dict[str, str]], Corpus]
FRONT = """---
title: {year}年度述职报告
year: {year}
unit: 局机关党委
kind: 述职报告
role: 分管领导
date: {next}-01-10
status: published
---

## 一、主要做法及成效

{practice}

## 三、下步工作打算

{plan}
"""


def report(year: int, practice: str, plan: str = "一是抓好学习。二是抓好落实。") -> str:
    return FRONT.format(year=year, next=year + 1, practice=practice, plan=plan)


@pytest.fixture
def figures(memory_corpus: Make) -> Callable[..., Figures]:
    def make(**practices: str) -> Figures:
        files = {f"{name[1:]}/jiguan-shuzhi-fenguan.md": report(int(name[1:]), text) for name, text in practices.items()}  # fmt: skip
        return Insight(memory_corpus(files).visible, Memo(None, "")).figures

    return make


def told(figures: Figures) -> list[Figure]:
    return [figure for report in figures.corpus.reports for figure in figures.of(report)]


def test_a_figure_knows_its_place_and_words(figures: Callable[..., Figures]) -> None:
    (figure,) = told(figures(y2022="开展宣讲。全系统“双报到”参加约320余人次，反响很好。"))
    assert figure.report == "2022/jiguan-shuzhi-fenguan"
    assert (figure.year, figure.anchor, figure.kind) == (2022, "practice", "now")
    assert figure.sentence == "全系统“双报到”参加约320余人次，反响很好。"
    assert figure.sentence[figure.at :].startswith(figure.text)
    assert (figure.text, figure.value, figure.unit) == ("320余人次", 320, "人次")
    assert (figure.scope, figure.measure) == ("全系统", "shuangbaodao")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("欠租户由52户减少到44户。", ["before", "now"]),
        ("来访由上年的147批降到38批。", ["before", "now"]),
        ("惠及住户612户，比上年增加78户。", ["now", "change"]),
        ("培训党员86人次，力争明年达到100人次。", ["now", "plan"]),
    ],
)
def test_kinds(text: str, kinds: list[str], figures: Callable[..., Figures]) -> None:
    assert [figure.kind for figure in told(figures(y2022=text))] == kinds


def test_what_is_planned_is_no_figure_of_the_year(memory_corpus: Make) -> None:
    text = report(2022, "开展培训12次。", "全年开展培训20次。")
    corpus = memory_corpus({"2022/jiguan-shuzhi-fenguan.md": text}).visible
    found = Insight(corpus, Memo(None, "")).figures
    assert [figure.kind for figure in told(found)] == ["now", "plan"]


def test_a_placeholder_is_a_gap_and_never_a_number(figures: Callable[..., Figures]) -> None:
    found = figures(y2021="“双报到”参加XX人次。", y2022="“双报到”参加90人次。")
    assert [(figure.gap, figure.value) for figure in told(found)] == [(True, None), (False, 90)]
    (series,) = found.of_unit("jiguan")
    assert series.value(2021) is None and series.value(2022) == 90
    assert notes(series) == ("2021年待填或脱敏",)
    assert found.changes(*_two(found)) == ()


def _two(figures: Figures):  # type: ignore[no-untyped-def]
    earlier, later = figures.corpus.reports
    return later, earlier


# What must not be shown


SMALL = [
    "全年给予党内警告处分1人，诫勉谈话5人。",
    "全年处分5人，其中党内警告1人。",
    "对违规的2名党员，给予通报批评，提醒谈话6人次。",
    "立案2件，结案处分党员两人。",
    "受到政务记过处分的，1人，诫勉4人。",
]


@pytest.mark.parametrize("text", SMALL)
def test_few_punished_are_not_shown(text: str, figures: Callable[..., Figures]) -> None:
    found = [f for f in told(figures(y2022=text + "培训党员86人次。")) if "86" not in f.text]
    assert found
    for figure in found:
        assert figure.withheld in ("small", "with"), figure
        assert (figure.low, figure.high, figure.text, figure.sentence, figure.at) == (None, None, "", "", -1)  # fmt: skip
        assert not figure.gap
    assert any(figure.withheld == "small" for figure in found)


def test_nor_is_what_it_could_be_worked_out_from(figures: Callable[..., Figures]) -> None:
    text = "一年来处分党员6人。后来查明，其中1人受到党内警告。诫勉谈话5人。培训党员86人次。"
    found = told(figures(y2022=text))
    assert [figure.withheld for figure in found] == ["with", "small", "with", ""]
    assert "6" not in repr(found[0]).replace("jiguan-shuzhi-fenguan", "").replace("2022", "")


def test_nor_a_difference_to_a_year_before(figures: Callable[..., Figures]) -> None:
    found = told(figures(y2022="诫勉谈话9人，比上年增加4人。"))
    assert [(figure.value, figure.withheld) for figure in found] == [(9, ""), (None, "with")]
    assert all(figure.sentence == "" for figure in found)


def test_many_are_shown_and_so_are_few_of_something_else(figures: Callable[..., Figures]) -> None:
    text = "提醒谈话12人次、批评教育6人次。选派2名第一书记。查处企业1家。"
    assert all(not figure.withheld for figure in told(figures(y2022=text)))


def test_the_memory_holds_nothing_withheld(figures: Callable[..., Figures]) -> None:
    text = "给予党内警告处分1人，诫勉谈话57人。培训党员8643人次。"
    kept = repr(dict(figures(y2022=text).packed))
    assert "8643" in kept and "警告处分1人" not in kept and "57" not in kept


def test_packed_and_unpacked_figures_are_the_same(figures: Callable[..., Figures]) -> None:
    text = "培训党员86人次，覆盖XX名。给予党内警告处分1人。改造面积48万平方米，3至5次。"
    found = tuple(told(figures(y2022=text)))
    name, file = found[0].report, f"前言。{text}"
    assert len(found) == 5 and unpack(pack(found, file), name, file) == found
    assert "培训党员86人次" not in pack(found, file), "kept as its place in the file"
    # Where the file writes a sentence in another way, its words are kept.
    assert unpack(pack(found, ""), name, "") == found


# The same measure


def test_one_measure_worded_in_two_ways(figures: Callable[..., Figures]) -> None:
    found = figures(
        y2021="受理公租房和租赁补贴申请5870件。共排查隐患116处。",
        y2022="全年受理各类申请5215件。排查地下车库隐患90处。",
    )
    series = found.of_unit("jiguan")
    assert [(one.label, one.key.measure, [y for y, _ in one.years]) for one in series] == [
        ("受理住房保障申请", "shouli", [2021, 2022]), ("排查地下车库隐患", "", [2021, 2022]),
    ]  # fmt: skip
    changes = found.changes(*_two(found))
    assert [(c.label, c.earlier.value, c.later.value, c.certain) for c in changes] == [
        ("受理住房保障申请", 5870, 5215, True), ("排查地下车库隐患", 116, 90, False),
    ]  # fmt: skip


def test_words_that_do_not_say_what_is_counted_make_no_series(
    figures: Callable[..., Figures],
) -> None:
    found = figures(y2021="参加217人次，惠及612户。", y2022="参加99人次，惠及39户。")
    assert found.of_unit("jiguan") == () and found.changes(*_two(found)) == ()


def test_persons_and_times_are_two_measures_and_scopes_are_told(
    figures: Callable[..., Figures],
) -> None:
    found = figures(
        y2020="本局“双报到”80人次。", y2021="全系统“双报到”538人次。", y2022="“双报到”覆盖70人。"
    )
    times, persons = found.of_unit("jiguan")
    assert (times.unit, persons.unit) == ("人次", "人")
    assert notes(times) == ("口径不一：2020年“本局”，2021年“全系统”",)


def test_two_numbers_in_a_year_are_both_kept(figures: Callable[..., Figures]) -> None:
    found = figures(y2021="收缴率91.2%。四季度收缴率84%。", y2022="收缴率93.5%，收缴率93.5%。")
    (series,) = found.of_unit("jiguan")
    assert [len(f) for _, f in series.years] == [2, 1]
    assert series.value(2021) is None and series.value(2022) == 93.5
    assert notes(series) == ("2021年不止一个数，未连线",)


def test_a_part_of_a_total_is_not_the_total(figures: Callable[..., Figures]) -> None:
    found = told(figures(y2022="办结实事32件，其中5件。"))
    assert [figure.measure for figure in found] == ["shishi", ""]


def test_a_noun_that_ends_another_is_the_same_measure() -> None:
    long, short = Key("", "", "党员先锋岗", "个"), Key("", "", "先锋岗", "个")
    other, part = Key("", "", "先锋岗", "块"), Key("", "", "摇号的先锋岗", "个")
    assert merged([long, short, other, part]) == {long: short, short: short, other: other, part: part}  # fmt: skip


def test_what_recurs_and_is_not_curated_is_suggested(figures: Callable[..., Figures]) -> None:
    found = figures(y2021="接受采访14次。", y2022="接受采访9次。“双报到”70人次。")
    (one,) = found.uncurated()
    assert (one.label, one.unit, one.years, one.units, one.count) == ("接受采访", "次", 2, 1, 2)
    assert one.example.year == 2022


def test_what_readers_may_not_see_has_no_figures(memory_corpus: Make) -> None:
    hidden = report(2022, "培训党员86人次。").replace("published", "draft")
    corpus = memory_corpus({"2022/jiguan-shuzhi-fenguan.md": hidden}).visible
    assert Insight(corpus, Memo(None, "")).figures.packed == {}


def test_measures_are_remembered_apart_and_read_without_the_rest(
    make_corpus: Make, tmp_path: Path
) -> None:
    files = {
        f"{year}/jiguan-shuzhi-fenguan.md": report(year, "“双报到”参加70人次，接受采访9次。")
        for year in (2021, 2022)
    }
    corpus = make_corpus(files).visible
    first = Insight(corpus, Memo(tmp_path, "s")).measures
    assert first.counts == {report.name: 2 for report in corpus.reports}
    assert list(first.figures.by_measure) == ["shuangbaodao"]
    again = Insight(corpus, Memo(tmp_path, "s"))
    assert again.measures == first
    assert "figures" not in again.__dict__, "all figures were read to show a few"
