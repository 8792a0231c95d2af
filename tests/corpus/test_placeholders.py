"""待填或脱敏处"""

from __future__ import annotations

import pytest

from baogao.corpus import Data, find_placeholders

from .texts import report


def found(text: str) -> list[str]:
    return [placeholder.text for placeholder in find_placeholders(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展学习X次", ["X"]),
        ("XX市住房和城乡建设局", ["XX"]),
        ("XXX同志", ["XXX"]),
        ("覆盖ＸＸ人", ["ＸＸ"]),
        ("小写x次", ["x"]),
        ("“X+X+X+X+n”模式", ["X+X+X+X+n"]),
        ("“X+X+n”", ["X+X+n"]),
        ("党的XX届五中、X中X会精神", ["XX", "X", "X"]),
        ("某某局", ["某某"]),
        ("某局、某市", ["某", "某"]),
        ("×次，××人", ["×", "××"]),
        ("□□局", ["□□"]),
        ("○○同志", ["○○"]),
        ("参加____人", ["____"]),
        ("202x年，20__年", ["202x", "20__"]),
        ("【待补数据】", ["【待补数据】"]),
        ("【待填：工作方面】", ["【待填：工作方面】"]),
        ("带队到**镇党委调研", ["**"]),
        ("*书记", ["*"]),
        ("ZZ局党委", ["ZZ"]),
        ("此处填写成效", ["此处填写"]),
    ],
)
def test_placeholders(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“1+4+N”体系", "建成5G基站12座", "配发N95口罩", "3×5米", "长30×宽20", "X光检查", "X射线探伤",
        "XP系统", "A4X", "Excel表格", "第Ⅲ期", "2022年", "【重点】", "某些同志", "某种意义上", "**着重**", "_",
        "JTG/T 3650", "0x1F", "",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert found(text) == []


def test_places_are_offsets_into_the_text() -> None:
    text = "警告X人、记过XX人"
    assert [(p.start, p.end) for p in find_placeholders(text)] == [(2, 3), (7, 9)]
    assert all(text[p.start : p.end] == p.text for p in find_placeholders(text))


def test_a_report_counts_what_readers_see_and_not_its_comments(data: Data) -> None:
    assert report(data, "## 一、X局\n\n学习XX次。\n\n<!-- XXX -->\n").placeholder_count == 2
