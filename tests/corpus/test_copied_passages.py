from __future__ import annotations

import pytest

from baogao.corpus import Data, Report, Source, find_reuse, parse_report, split_sentences

FRONT = "---\nyear: 2022\nkind: 述职报告\nunit: 局机关党委\n---\n\n"


def report(data: Data, body: str) -> Report:
    return parse_report("2022/x", Source("x.md", FRONT + body), data)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("全年召开党委会12次，培训86人次", "全年召开党委会9次，培训1,204人次"),
        ("覆盖率达到98.5%，同比提高2个百分点", "覆盖率达到97%，同比提高10个百分点"),
        ("2022年我带队到基层支部宣讲", "二〇二一年我带队到基层支部宣讲"),
        ("今年我带队到基层支部讲党课", "去年我带队到基层支部讲党课"),
        ("选派XX名干部到X县驻村帮扶工作", "选派3名干部到X县驻村帮扶工作"),
        ("一是深入基层不够，走访支部偏少", "三是深入基层不够，走访支部偏少"),
        ("严格落实“三会一课”、主题党日制度", "严格落实三会一课、“主题党日”制度"),
    ],
)
def test_a_changed_figure_is_still_a_copy(data: Data, here: str, there: str) -> None:
    reuse = find_reuse(report(data, here + "。"), report(data, there + "。"))
    assert reuse.share > 0.9
    assert not reuse.passages[0].exact


def test_headings_and_short_sentences_do_not_count(data: Data) -> None:
    body = "## 一、主要做法及成效\n\n（一）加强政治建设和党员教育管理。成效很好。\n"
    assert find_reuse(report(data, body), report(data, body)).characters == 0


def test_passages_join_neighbours_and_keep_places(data: Data) -> None:
    here = report(
        data, "## 一、做法\n\n新写的一句话放在最前面。带队到十一个支部逐一宣讲。效果好。全年召开党委会和扩大会议12次。"
    )  # fmt: skip
    there = report(data, "带队到十一个支部逐一宣讲。效果好。全年召开党委会和扩大会议9次。")
    (passage,) = find_reuse(here, there).passages
    assert passage.here == "带队到十一个支部逐一宣讲。效果好。全年召开党委会和扩大会议12次"
    assert here.source.text[slice(*passage.here_span)] == passage.here
    assert there.source.text[slice(*passage.there_span)] == passage.there
    assert passage.characters == 12 + 15 and not passage.exact


def test_a_moved_sentence_is_a_passage_of_its_own(data: Data) -> None:
    one, two = "带队到十一个支部逐一宣讲。", "按季召开党委会和扩大会议。"
    reuse = find_reuse(report(data, two + one), report(data, one + two))
    assert [p.here + "。" for p in reuse.passages] == [two, one]
    assert all(p.exact for p in reuse.passages) and reuse.share == 1.0


def test_nothing_in_common(data: Data) -> None:
    reuse = find_reuse(report(data, "带队到十一个支部逐一宣讲。"), report(data, ""))
    assert reuse.passages == () and reuse.share == 0.0


def test_escapes_keep_spans_right(data: Data) -> None:
    (sentence,) = split_sentences(report(data, "\\*\\*镇党委书记到会\\*讲话。"))
    assert sentence.text == "**镇党委书记到会*讲话"
    assert sentence.span == (len(FRONT) + 1, len(FRONT) + 15)
