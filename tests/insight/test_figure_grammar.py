"""What is a figure and what is none."""

from __future__ import annotations

import pytest

from baogao.corpus import Data
from baogao.insight.figure_grammar import find_figures, han_range
from baogao.insight.figure_heads import read_heads


def read(text: str, data: Data) -> list[tuple[str, float | None, float | None, str]]:
    return [
        (text[s.start : s.end], s.low, s.high, s.unit) for s in find_figures(text, data.figures)
    ]


@pytest.mark.parametrize(
    ("text", "written", "low", "high", "unit"),
    [
        ("宣讲覆盖320人次", "320人次", 320, 320, "人次"),
        ("召开党委会12次。", "12次", 12, 12, "次"),
        ("完成率98.5%，", "98.5%", 98.5, 98.5, "%"),
        ("完成率９８．５％", "９８．５％", 98.5, 98.5, "%"),
        ("投入资金3.2亿元", "3.2亿元", 320_000_000, 320_000_000, "元"),
        ("捐款1,200元", "1,200元", 1200, 1200, "元"),
        ("覆盖１２０人", "１２０人", 120, 120, "人"),
        ("改造1.2万余户", "1.2万余户", 12000, 12000, "户"),
        ("接件640多件", "640多件", 640, 640, "件"),
        ("全年开展3至5次", "3至5次", 3, 5, "次"),
        ("比例在30%—40%之间", "30%—40%", 30, 40, "%"),
        ("走访五六个部门", "五六个", 5, 6, "个"),
        ("收集意见三四十条", "三四十条", 30, 40, "条"),
        ("分两批配租", "两批", 2, 2, "批"),
        ("议题占到六成一", "六成一", 61, 61, "%"),
        ("议题占三分之一", "三分之一", 33.3, 33.3, "%"),
        ("跑动次数下降一半", "一半", 50, 50, "%"),
        ("晚了一个多月", "一个多月", 1, 1, "个月"),
        ("值守116个班次", "116个班次", 116, 116, "班次"),
        ("平均18个工作日办结", "18个工作日", 18, 18, "工作日"),
        ("参加人次达到655，", "655", 655, 655, "人次"),
        ("开展演练一次。", "一次", 1, 1, "次"),
        ("党支部各设一名联络员", "一名", 1, 1, "名"),
        ("来了十几人，五十多人报名", "五十多人", 50, 50, "人"),
        ("每个小区至少开两次居民会", "两次", 2, 2, "次"),
        ("其余12户限期改正", "12户", 12, 12, "户"),
    ],
)
def test_a_figure(text: str, written: str, low: float, high: float, unit: str, data: Data) -> None:
    assert read(text, data) == [(written, low, high, unit)]


@pytest.mark.parametrize(
    "text", ["覆盖XX人次", "覆盖XXX余人", "慰问××名", "投入XX万元", "慰问___名"]
)
def test_a_placeholder_is_a_gap(text: str, data: Data) -> None:
    (found,) = find_figures(text, data.figures)
    assert found.gap and found.low is None and found.high is None


@pytest.mark.parametrize(
    "text",
    [
        "2022年9月30日，会议在3号楼5层召开。",
        "2021—2023年，9:30，2.0版，12345热线。",
        "第3次会议、第八届运动会、第一批、前5名、前三名、位居第2名。",
        "〔2021〕5号文件，《关于3项工作的通知》，“十大行动”，“两人一组”。",
        "三会一课、两个维护、四个意识、三重一大、八项规定、一岗双责。",
        "一名班子成员具体分管，做了一张卡，召开一次会议传达。",
        "四个方面、三类问题、两个阶段、五项内容公开。",
        "商定三件实事：一是下沉。",
        "报到三次以上的给予表扬，30万元以上的项目逐个过。",
        "每季度一次，每半月一次，每人一户，每月2次。",
        "三易其稿，逐一落实，统一行动，一起干，一对一帮扶。",
        "省委XX届X次、X次、X次全会，市第X次党代会，XX市，XX实事。",
        "5G、N95、A4纸、1+4+N、7×24小时。",
        "近三个月来，两个月后。",
        "和同志一起，又一次，另一家。",
    ],
)
def test_no_figure(text: str, data: Data) -> None:
    assert read(text, data) == []


def test_a_bare_unit_goes_on_with_what_was_counted(data: Data) -> None:
    text = "全年值守116个班次，人均3.3个，设先锋岗4个。"
    assert [unit for *_, unit in read(text, data)] == ["班次", "班次", "个"]


def test_words_that_make_it_inexact(data: Data) -> None:
    text = "约30人，不少于3次，100人以上，2小时内，不足18%，450余人"
    assert [s.approx for s in find_figures(text, data.figures)] == [
        "约", "不少于", "以上", "内", "不足", "余",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", (12, 12)), ("一百零五", (105, 105)), ("三千二百", (3200, 3200)), ("两万", (20000, 20000)),
        ("七八百", (700, 800)), ("十五六", (15, 16)), ("五五", None), ("三五", None),
    ],
)  # fmt: skip
def test_chinese_numerals(text: str, value: tuple[float, float] | None) -> None:
    assert han_range(text) == value


@pytest.mark.parametrize(
    "piece",
    ["1", "一", "X", "《", "“3次", "3次", "1,", "第", "每", "人次3", "三四", "_", "1-", "上年3次"],
)
def test_long_sentences_come_to_an_end(piece: str, data: Data) -> None:
    """Work that grew with the square of the text would take minutes here."""
    text = piece * (60_000 // len(piece))
    found = list(find_figures(text, data.figures))
    assert sum(1 for _ in read_heads(text, found, data.figures, False)) == len(found)
