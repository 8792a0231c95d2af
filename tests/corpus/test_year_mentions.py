from __future__ import annotations

import pytest

from baogao.corpus import find_years, sentence_around


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年度工作", [(2022, "")]),
        ("二〇二一年十二月、二○二二年", [(2021, ""), (2022, "")]),
        ("牵头制定《2021年机关党建工作要点》，2022年印发", [(2021, "title"), (2022, "")]),
        ("岚委〔2021〕5号", [(2021, "number")]),
        ("2021—2023年", [(2021, "range"), (2023, "range")]),
        ("2021年至2023年", [(2021, "range"), (2023, "range")]),
        ("2021-22年", [(2021, "range")]),
        ("庆祝建党100周年，党龄50年，投入2022万元，12022年", []),
    ],
)
def test_years(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(m.year, m.within) for m in find_years(text)] == expected


def test_span_leaves_the_unit_out() -> None:
    (mention,) = find_years("在2022年")
    assert (mention.start, mention.end) == (1, 5)


def test_sentence_around() -> None:
    text = "甲。乙丙；丁！"
    assert text[slice(*sentence_around(text, 2, 3))] == "乙丙"
    assert text[slice(*sentence_around(text, 0, 1))] == "甲"
