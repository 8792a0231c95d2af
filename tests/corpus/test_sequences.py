"""一是…二是…三是… inside a paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.corpus import Data, find_sequences

from .texts import parse, thorough


def members(text: str) -> list[list[str]]:
    return [[text[m.start : m.end] for m in s.members] for s in find_sequences(text)]


def numbers(text: str) -> list[tuple[str, list[int]]]:
    return [(s.marker, [m.number for m in s.members]) for s in find_sequences(text)]


def test_one_sequence() -> None:
    assert members("一是甲。二是乙。三是丙。") == [["一是甲。", "二是乙。", "三是丙。"]]


def test_a_member_reaches_over_sentences_to_the_next_marker() -> None:
    assert members("做到：一是甲。又甲，还甲；二是乙。") == [["一是甲。又甲，还甲；", "二是乙。"]]


def test_two_sequences_in_a_paragraph() -> None:
    text = "一是少。二是弱。造成上述问题的主要原因是：一是忙。二是急。三是浅。归结起来是态度。"
    assert members(text) == [
        ["一是少。", "二是弱。"],
        ["一是忙。", "二是急。", "三是浅。归结起来是态度。"],
    ]
    second = find_sequences(text)[1]
    assert text[second.lead_in : second.members[0].start] == "造成上述问题的主要原因是："


def test_a_restart_without_words_between() -> None:
    assert numbers("一是甲。二是乙。一是丙。二是丁。") == [("是", [1, 2]), ("是", [1, 2])]


def test_one_sentence_may_hold_the_end_of_one_and_the_start_of_another() -> None:
    assert members("一是甲，二是乙，此外一是丙，二是丁。") == [
        ["一是甲，", "二是乙，此外一是丙，", "二是丁。"]
    ]
    assert members("一是甲，一是乙。") == [["一是甲，"], ["一是乙。"]]
    text = "问题：一是少，二是弱；究其原因：一是忙，二是急。"
    assert members(text) == [["一是少，", "二是弱；"], ["一是忙，", "二是急。"]]
    assert [text[s.lead_in : s.members[0].start] for s in find_sequences(text)] == [
        "问题：",
        "究其原因：",
    ]


@pytest.mark.parametrize("boundary", list("。；：，、！？”）》 　\n"))
def test_a_marker_stands_at_a_boundary(boundary: str) -> None:
    assert numbers(f"甲{boundary}一是乙") == [("是", [1])]


@pytest.mark.parametrize(
    "text",
    [
        "标准统一是前提。",
        "唯一是他。",
        "短板之一是人手少。",
        "第一是学，第二是干。",
        "不一是常事",
        "三农、三会一课、三个数",
        "十之八九是真",
        "坚持一是一、二是二。",
        "做到：一是一、二是二，不含糊。",
        "一是一，二是二",
        "一是一二是二",
        "一方面抓学习，另一方面抓落实。",
        "成绩，一方面靠群众，另一方面靠干部。",
        "紧盯“人、地、财”三要素，统筹推进。",
        "抓住关键，一要点就透，二要求就办",
        "为民办事，十方面民生实事全面完成。",
        "“政策+活动+场景”三方面形成合力。",
        "",
    ],
)
def test_no_sequence(text: str) -> None:
    assert find_sequences(text) == ()


def test_the_saying_does_not_hide_a_sequence_around_it() -> None:
    text = "一是讲真话，一是一、二是二。二是办实事。"
    assert members(text) == [["一是讲真话，一是一、二是二。", "二是办实事。"]]


@pytest.mark.parametrize("marker", ["是", "要"])
def test_markers(marker: str) -> None:
    text = f"一{marker}学，二{marker}干，三{marker}改。"
    assert numbers(text) == [(marker, [1, 2, 3])]


def test_aspects_that_are_counted() -> None:
    assert numbers("一方面，抓学习；二方面，抓落实。") == [("方面", [1, 2])]


def test_another_marker_begins_another_sequence() -> None:
    assert numbers("一是学。二是干。一要早，二要实。") == [("是", [1, 2]), ("要", [1, 2])]


def test_numbers_as_written_so_that_gaps_can_be_seen() -> None:
    assert numbers("一是甲。三是乙。") == [("是", [1, 3])]
    assert numbers("二是甲。") == [("是", [2])]
    assert numbers("一是甲。二是乙。三切实丙。四是丁。") == [("是", [1, 2, 4])]


def test_more_than_ten() -> None:
    text = "。".join(f"{n}是甲" for n in [*"一二三四五六七八九十", "十一", "十二"])
    assert numbers(text) == [("是", list(range(1, 13)))]


@thorough
@given(
    st.lists(
        st.sampled_from(
            ["一是", "二是", "三是", "一要", "二要", "一方面", "二方面，", "一是一、二是二"]
        )
        | st.sampled_from(["。", "，", "：", "甲", "乙丙", "\n", "统一是", "四要素"])
    ).map("".join)
)
def test_members_are_in_order_and_lie_in_the_text(text: str) -> None:
    end = 0
    for sequence in find_sequences(text):
        assert sequence.members
        assert sequence.lead_in <= sequence.members[0].start
        for member in sequence.members:
            assert end <= member.start < member.end <= len(text)
            end = member.end


def test_real_reports_have_sequences(corpora: Path, data: Data) -> None:
    """72 city reports, each line a paragraph: nothing raises, nothing is lost, there are sequences."""
    texts = sorted((corpora / "city_reports/txt").glob("*.txt"))
    assert len(texts) == 72
    sequences = 0
    for file in texts:
        lines = [line.strip() for line in file.read_text(encoding="utf-8-sig").split("\n")]
        lines = [line for line in lines if line]
        report = parse(data, "\n\n".join(lines))
        assert [block.kind for block in report.blocks] == ["paragraph"] * len(lines)
        for block, line in zip(report.blocks, lines, strict=True):
            assert block.plain == line
            sequences += len(find_sequences(block.plain))
        assert report.length.han > 1000
    assert sequences > 0
