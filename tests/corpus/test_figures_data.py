"""``figures.yml``: what is wrong in it is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from baogao.corpus import DataError
from baogao.corpus.figures import FigureWords, read_figures
from baogao.corpus.yaml_data import read_yaml

GOOD = """units: [人次, 人, {word: 场, not: 所地}, 元]
han_not: [场]
divisions: [方面]
vague: [参加]
scopes:
  - {name: 本局, words: [本局]}
merged_units:
  - [人, 人次]
themes: [学习]
measures:
  - {id: peixun, name: 培训, theme: 学习, units: [人次, "%"], words: [培训, 轮训…党员], except: [计划], note: 说明}
"""


def read(text: str, tmp_path: Path) -> FigureWords:
    file = tmp_path / "figures.yml"
    file.write_text(text, encoding="utf-8")
    return read_figures(read_yaml(file, "figures.yml"), ["jiguan"])


def test_a_measure_is_found_by_its_words_and_unit(tmp_path: Path) -> None:
    words = read(GOOD, tmp_path)
    assert words.same_unit("人次") == words.same_unit("人") == "人"
    assert words.same_unit("元") == "元"

    def found(phrase: str, unit: str) -> str:
        measure = words.find(phrase, unit)
        return measure.id if measure else ""

    assert found("组织培训党员", "人次") == "peixun"
    assert found("轮训基层党员", "%") == "peixun"
    assert found("培训党员", "人") == ""
    assert found("计划培训党员", "人次") == ""


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("han_not: [场]", "han_not: [届]", "2:11", "“届”不在 units 里"),
        ("units: [人次, 人,", "units: [人次, 2人,", "1:13", "“2人”不是量词"),
        ("{word: 场, not: 所地}", "{word: 场}", "1:16", "量词写一个字"),
        ("id: peixun", "id: jiguan", "11:5", "指标短名“jiguan”已是单位的短名"),
        ("id: peixun", "id: index", "11:5", "指标短名“index”已是单位的短名"),
        ("id: peixun", "id: 培训", "11:10", "指标短名“培训”只能用小写字母"),
        ("theme: 学习", "theme: 体育", "11:35", "“体育”不在允许的写法里：学习"),
        ("words: [培训,", "words: [训,", "11:64", "至少写一种写法"),
        ('units: [人次, "%"]', "units: []", "11:46", "至少写一个量词"),
        (", words: [本局]", "", "6:5", "每种口径要写 name 和 words"),
        ("vague: [参加]\n", "", "1:1", "缺少“vague”"),
    ],
)
def test_mistakes(old: str, new: str, place: str, says: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(DataError) as caught:
        read(GOOD.replace(old, new, 1), tmp_path)
    assert str(caught.value).startswith(f"figures.yml:{place}: {says}")
