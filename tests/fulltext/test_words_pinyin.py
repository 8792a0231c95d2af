"""Readings of names and terms."""

from __future__ import annotations

import sys

import pytest

from baogao.corpus import Data, DataError, Reading
from baogao.corpus.vocabulary import read_plain_words, read_readings
from baogao.fulltext import pinyin
from baogao.fulltext.pinyin import Reader, common_readings, open_reader, readings_table


@pytest.fixture(scope="module")
def reader(data: Data) -> Reader:
    made = open_reader(data.readings)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("三重一大", "san zhong|chong yi da"),
        ("建立长效机制", "jian li chang|zhang xiao ji zhi"),
        ("长治", "chang zhi"),
        ("单县", "shan|dan xian"),
        ("重整行装", "chong zheng xing zhuang"),
        ("重温入党誓词", "chong wen ru dang shi ci"),
        ("双重组织生活", "shuang chong zu zhi sheng huo"),
        ("行政会计", "xing zheng kuai ji"),
        ("局长调研", "ju zhang diao yan"),
        ("覆盖率", "fu gai lv"),
        ("2022年", "- - - - nian"),
    ],
)
def test_readings(reader: Reader, text: str, readings: str) -> None:
    assert " ".join("|".join(s) or "-" for s in reader.read(text)) == readings


def test_archaic_readings_are_none_of_ours(reader: Reader) -> None:
    assert common_readings()["市"] == ("shi",)
    assert common_readings()["重"] == ("chong", "zhong")
    made = readings_table(reader, "重市冲中,a绿")
    assert made == {"first": "chong冲lv绿shi市zhong中重", "other": "chong重lu绿"}


def test_without_pypinyin_there_is_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert open_reader(()) is None
    assert "\n" not in pinyin.MISSING


def test_mistakes_in_the_data_files_are_told_with_their_place() -> None:
    head = "phrase\treading\talso\n"
    assert read_readings(f"{head}长效\tchang xiao\tzhang xiao\n", "p") == (
        Reading("长效", ("chang", "xiao"), (("zhang", "xiao"),)),
    )
    for text, message in (
        ("长效\tchang\t\n", "“长效”应写 2 个音节"),
        ("长效\tcháng xiào\t\n", "不标声调"),
        ("长效\tchang xiao\n", "应有 3 列"),
        ("长效\t\tzhang xiao\n", "没有写读音"),
        ("长效\tchang xiao\t\n长效\tchang xiao\t\n", "前面已有"),
    ):
        with pytest.raises(DataError, match=message) as caught:
            read_readings(head + text, "p")
        assert str(caught.value).startswith("p:")
    with pytest.raises(DataError, match="第一行应为"):
        read_readings("长效\tchang xiao\t\n", "p")
    assert read_plain_words("# 说明\n怎么\n\n", "q") == ("怎么",)
    with pytest.raises(DataError, match="第 1 行已有"):
        read_plain_words("怎么\n怎么\n", "q")
    with pytest.raises(DataError, match="一行只写一个词"):
        read_plain_words("怎么 办\n", "q")
