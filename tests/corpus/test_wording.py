"""The wording lists: what is read from them, and that a mistake names its line and column."""

from __future__ import annotations

import pytest

from baogao.corpus import DataError
from baogao.corpus.wording import read_phrases, read_verbs, read_wrong_words

HEADER = "wrong\tright\tseverity\tfine\tnote\n"


def test_phrases_have_halves_and_variants() -> None:
    phrases = read_phrases("# 说明\n\n党委理论学习中心组|党组理论学习中心组\n", "p")
    assert phrases.spellings == ("党委理论学习中心组", "党组理论学习中心组")
    assert [half for half, _, _ in phrases.halves] == ["党委理论", "学习中心组"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("三会一课制度\n", "p:1:1: “三会一课制度”太短"),
        (
            "# 一\n全面从严治党主体责任\n全面从严治党主体责任\n",
            "p:3:1: “全面从严治党主体责任”在第 2 行已有",
        ),
        ("全面从严治党主体责任|\n", "p:1:12: 固定表述前后不能有空格"),
        ("全面从严治党主体责任 \n", "p:1:1: 固定表述前后不能有空格"),
    ],
)
def test_wrong_phrases(text: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        read_phrases(text, "p")
    assert str(error.value).startswith(message)


def test_wrong_words_know_their_contexts() -> None:
    words = read_wrong_words(f"# 说明\n{HEADER}部份\t部分\t必须改\t各部份额|部份额\t\n", "w")
    (word,) = words.words
    assert read_wrong_words(f"{HEADER}布署\t部署\t必须改\n", "w").words[0].fine == ()
    assert word.severity == "error"
    assert word.is_fine("与各部份额相当", 2)
    assert not word.is_fine("大部份人", 1)
    assert list(words.possible(frozenset("大部份人"))) == [word]
    assert list(words.possible(frozenset("大部分人"))) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("错\t对\n", "w:1:1: 第一行应为"),
        ("", "w:1:1: 第一行应为"),
        (f"{HEADER}布署\t部署\n", "w:2:1: 应有 5 列，现有 2 列"),
        (f"{HEADER}布署\t\t必须改\t\t\n", "w:2:1: 错误写法和正确写法都要填"),
        (f"{HEADER}布署\t再布署\t必须改\t\t\n", "w:2:4: 正确写法“再布署”里仍有"),
        (f"{HEADER}布署\t部署\t要改\t\t\n", "w:2:7: “要改”不在允许的写法里"),
        (f"{HEADER}布署\t部署\t必须改\t部署\t\n", "w:2:11: 不算错的语境“部署”里没有“布署”"),
        (
            f"{HEADER}布署\t部署\t必须改\t\t\n布署\t部署\t必须改\t\t\n",
            "w:3:1: “布署”在第 2 行已有",
        ),
    ],
)
def test_wrong_lists_of_words(text: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        read_wrong_words(text, "w")
    assert str(error.value).startswith(message)


def test_verbs() -> None:
    assert read_verbs("# 动词\n切实 加强\n落实\n", "v") == {"切实", "加强", "落实"}
    with pytest.raises(DataError, match=r"^v:1:4: “抓”"):
        read_verbs("切实 抓\n", "v")
