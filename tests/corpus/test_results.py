"""Which sentences tell of results."""

from __future__ import annotations

import pytest

from baogao.corpus import Data, DataError
from baogao.corpus.results import read_results

SHOWN = "docs/_data/results.tsv"


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("宣讲4场，覆盖320人次。", ("数字",)),
        ("宣讲１，０２０余人次。", ("数字",)),
        ("获评“先进基层党组织”。", ("表彰",)),
        ("办结率98.5%，比上年提高3个百分点。", ("变化", "成效", "数字")),
        ("在市级部门排名第一。", ("位次",)),
        ("群众满意度明显提升。", ("变化", "成效")),
        ("小组由2个增至5个。", ("变化", "数字")),
        ("覆盖XXX余人。", ()),  # a gap is no number
        ("2022年10月16日召开。", ()),
        ("第12次会议。", ()),
        ("积极开展活动。", ()),
        ("力争明年宣讲10场。", ()),
        ("尚未获评，今年宣讲10场。", ()),
    ],
)
def test_kinds(data: Data, sentence: str, kinds: tuple[str, ...]) -> None:
    assert data.results.kinds(sentence) == kinds


def test_places_for_numbers_and_gaps() -> None:
    results = read_results("kind\tcue\tnote\n成效\t占到{几}成\n变化\t由…增至\t说明\n", SHOWN)
    assert results.kinds("占到六成。") == ("成效",)
    assert results.kinds("占到成。") == ()
    assert results.kinds("由两个增至五个。") == ("变化",)
    assert results.kinds("由两个变成。后来增至五个。") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cue\tkind\n", ":1:1: 第一行应为：kind cue note（用制表符分开）"),
        ("kind\tcue\tnote\n表彰\n", ":2:1: 应有 3 列"),
        ("kind\tcue\tnote\n奖励\t获评\n", ":2:1: “奖励”不在允许的类别里：表彰、位次、变化、成效、数字、不算"),
        ("kind\tcue\tnote\n表彰\t获评 \n", ":2:4: 字样要填，前后不能有空格"),
        ("kind\tcue\tnote\n数字\t{数}人\n数字\t约{数目}人\n", ":3:5: “{数目}”不认识"),
        ("kind\tcue\tnote\n数字\t{数}\n", ":2:4: “{数}”里没有字"),
        ("kind\tcue\tnote\n表彰\t获评\n成效\t获评\n", ":3:4: “获评”在第 2 行已有"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(text: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read_results(text, SHOWN)
    assert str(caught.value).startswith(SHOWN + message)


def test_a_list_without_cues_finds_nothing() -> None:
    assert read_results("kind\tcue\tnote\n", SHOWN).kinds("获评先进，320人次") == ()
