"""Units keep their identity through their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from baogao.corpus import Data, DataError, Units
from baogao.corpus.units import read_units
from baogao.corpus.yaml_data import read_yaml

OLD, NEW = "岚川市建设工程质量监督站党支部", "岚川市建设工程质量安全服务中心党支部"
SHOWN = "docs/_data/units.yml"


def units(tmp_path: Path, text: str) -> Units:
    file = tmp_path / "units.yml"
    file.write_text(text, encoding="utf-8")
    return read_units(read_yaml(file, SHOWN))


@pytest.mark.parametrize("name", ["zhian", OLD, NEW, "质监站党支部", "质安中心党支部"])
def test_a_unit_is_found_by_every_name_of_any_time(name: str, data: Data) -> None:
    unit = data.units.find(name)
    assert unit is not None
    assert unit.id == "zhian"


@pytest.mark.parametrize("name", ["", "质监站", "ZHIAN", None, 2022, ["zhian"], {"a": "b"}])
def test_what_names_no_unit(name: object, data: Data) -> None:
    assert data.units.find(name) is None


@pytest.mark.parametrize(
    ("year", "name", "brief"),
    [
        (2015, OLD, "质监站党支部"),
        (2020, OLD, "质监站党支部"),
        (2021, NEW, "质安中心党支部"),
        (2030, NEW, "质安中心党支部"),
        (None, NEW, "质安中心党支部"),
    ],
)
def test_the_name_in_a_year(year: int | None, name: str, brief: str, data: Data) -> None:
    unit = data.units.find("zhian")
    assert unit is not None
    assert (unit.name_in(year).name, unit.name_in(year).brief) == (name, brief)
    assert unit.current.name == NEW


def test_a_year_no_entry_covers_has_the_latest_name(tmp_path: Path) -> None:
    found = units(
        tmp_path, "units:\n- id: a\n  names: [{name: 甲, to: 2010}, {name: 乙, from: 2020}]\n"
    )
    assert [found.units[0].name_in(year).name for year in (2010, 2015, 2020)] == ["甲", "乙", "乙"]
    assert found.units[0].name_in(2010).brief == "甲"  # no short form: the name itself


def test_the_entry_a_name_comes_from(data: Data) -> None:
    entry = data.units.name_entry("质监站党支部")
    assert entry is not None
    assert (entry.name, entry.valid_in(2020), entry.valid_in(2021)) == (OLD, True, False)
    assert data.units.name_entry("zhian") is None
    assert data.units.name_entry("没有") is None
    assert set(data.units.all_names) >= {"zhian", OLD, NEW, "质监站党支部"}


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("unit: []\n", 1, 1, "不认识的项目“unit”"),
        ("{}\n", 1, 1, "缺少“units”"),
        ("units:\n  - id: a\n", 2, 5, "要写 id 和 names"),
        ("units:\n  - id: A局\n    names: [{name: 甲}]\n", 2, 9, "只能用小写字母和数字"),
        ("units:\n  - id: a\n    names: []\n", 3, 12, "至少写一个名称"),
        ("units:\n  - id: a\n    names:\n      - {short: [甲]}\n", 4, 9, "要写 name"),
        ("units:\n  - id: a\n    names:\n      - {name: 甲, from: 去年}\n", 4, 25, "“去年”不是整数"),
        ("units:\n  - id: a\n    names: [{name: 甲, till: 2020}]\n", 3, 23, "不认识的项目“till”"),
        (
            "units:\n  - {id: a, names: [{name: 甲}]}\n  - {id: b, names: [{name: 乙, short: [甲]}]}\n",
            3, 5, "名称“甲”已用于单位“a”",
        ),
        ("units:\n  - {id: a, names: [{name: 甲}]}\n  - {id: a, names: [{name: 乙}]}\n", 3, 10, "“a”已用过"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_place(
    text: str, line: int, column: int, says: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        units(tmp_path, text)
    assert str(caught.value).startswith(f"{SHOWN}:{line}:{column}: ")
    assert says in caught.value.message
