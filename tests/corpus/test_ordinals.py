"""一、 （一） 1. （1）"""

from __future__ import annotations

import pytest

from baogao.corpus import Ordinal, match_ordinal, write_ordinal
from baogao.corpus.ordinals import han_number, to_han


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_1_to_199_survive_writing_and_reading(level: int) -> None:
    for number in range(1, 200):
        written = write_ordinal(level, number)
        assert match_ordinal(written + "加强政治建设") == Ordinal(level, number, written)


def test_numbers_are_written_as_offices_write_them() -> None:
    numbers = [1, 9, 10, 11, 19, 20, 21, 99, 100, 101, 109, 110, 111, 119, 120, 121, 199]
    written = (
        "一 九 十 十一 十九 二十 二十一 九十九 一百 一百零一 一百零九 一百一十 一百一十一 一百一十九 "
        "一百二十 一百二十一 一百九十九"
    )
    assert [to_han(number) for number in numbers] == written.split()


@pytest.mark.parametrize(("text", "number"), [("百", 100), ("一百十", 110), ("百零五", 105)])
def test_looser_numerals_are_read(text: str, number: int) -> None:
    assert han_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "甲", "十十", "百百", "二百", "二一", "一二三", "十百", "一十二十"]
)
def test_what_is_no_numeral(text: str) -> None:
    assert han_number(text) is None


@pytest.mark.parametrize(
    ("text", "level", "number", "written"),
    [
        ("一、甲", 1, 1, "一、"),
        ("十二．甲", 1, 12, "十二．"),
        ("（三）甲", 2, 3, "（三）"),
        ("(三)甲", 2, 3, "(三)"),
        ("（三）、甲", 2, 3, "（三）、"),
        ("1.甲", 3, 1, "1."),
        ("1．甲", 3, 1, "1．"),
        ("12、甲", 3, 12, "12、"),
        ("（4）甲", 4, 4, "（4）"),
        ("(4)甲", 4, 4, "(4)"),
    ],
)
def test_spellings_people_use(text: str, level: int, number: int, written: str) -> None:
    found = match_ordinal(text)
    assert found == Ordinal(level, number, written)
    assert found.length == len(written)


@pytest.mark.parametrize(
    "text",
    [
        "", "甲", "一是甲", "一", "第一、甲", "3.5倍", "2022.1", "2022年", "1200、", "（2022）", "（甲）",
        "二〇二二、", "零、", "（一", "一）", "十十、", "统一、",
    ],
)  # fmt: skip
def test_what_is_no_ordinal(text: str) -> None:
    assert match_ordinal(text) is None


def test_an_ordinal_is_read_where_one_asks() -> None:
    assert match_ordinal("见二、三、", 1) == Ordinal(1, 2, "二、")
    assert match_ordinal("见二、三、", 0) is None
