"""Where a sentence names initiatives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from baogao.corpus import Data, DataError, Initiatives, fold_name, load, load_data, statements
from baogao.corpus.initiatives import read_initiatives
from baogao.corpus.spelling import origins
from baogao.corpus.yaml_data import read_yaml
from baogao.fulltext.folding import fold_text
from tests.builder import ROOT

LIST = """themes: [组织, 思想]
initiatives:
  - {id: ketang, name: 大讲堂, theme: 思想, aliases: [住建夜校, 支部课堂, 行动周活动月总结]}
  - {id: sanhui, name: 三会一课, theme: 组织, aliases: [三会一课制度, 支部大会、支委会、小组会和党课]}
  - {id: shishi, name: 为群众办实事, theme: 组织, aliases: [为群众办实事十大行动]}
  - {id: xingdong, name: 十大行动, theme: 组织, aliases: [行动周, 十大行动周活动]}
  - id: qiyi
    name: 七一活动
    theme: 组织
    aliases: [{name: 七一, quoted: true, near: [慰问, 表彰], except: [七一路, 二七一带]}]
  - {id: chuangwen, name: 创文创卫, theme: 组织, aliases: [{name: 创文, except: [首创文, 创文化]}]}
  - {id: jiao19, name: 初心主题教育, theme: 思想, aliases: [{name: 主题教育, from: 2019, to: 2020}]}
  - {id: jiao23, name: 思想主题教育, theme: 思想, aliases: [{name: 主题教育, from: 2023}]}
ignored: [回头看]
"""


FIGURES = load_data(ROOT / "docs/_data", "docs/_data").figures


def read(tmp_path: Path, text: str) -> Initiatives:
    file = tmp_path / "initiatives.yml"
    file.write_text(text, encoding="utf-8")
    return read_initiatives(read_yaml(file, "docs/_data/initiatives.yml"), FIGURES)


@pytest.fixture
def small(tmp_path: Path) -> Initiatives:
    return read(tmp_path, LIST)


def found(initiatives: Initiatives, text: str, year: int | None = 2021) -> list[tuple[str, str]]:
    return [(m.initiative.id, text[m.start : m.end]) for m in initiatives.find(text, year)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("落实三会一课。", [("sanhui", "三会一课")]),
        ("落实“三会一课”制度。", [("sanhui", "三会一课”制度")]),
        ("落实《三会 一课》。", [("sanhui", "三会 一课")]),
        ("三会一课和支部大会、支委会、“小组会”和党课", [("sanhui", "三会一课"), ("sanhui", "支部大会、支委会、“小组会”和党课")]),
        ("住建夜校改为大讲堂", [("ketang", "住建夜校"), ("ketang", "大讲堂")]),
        # Of names that overlap the longest, wherever it begins.
        ("为群众办实事十大行动", [("shishi", "为群众办实事十大行动")]),
        ("“为群众办实事”“十大行动”周活动", [("shishi", "为群众办实事”“十大行动")]),
        ("十大行动周活动", [("xingdong", "十大行动周活动")]),
        ("十大行动周活动月总结", [("ketang", "行动周活动月总结")]),
        ("没有这些", []),
        ("", []),
    ],
)  # fmt: skip
def test_names(small: Initiatives, text: str, names: list[tuple[str, str]]) -> None:
    assert found(small, text) == names


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("“七一”前到社区。", True),
        ("七一前夕慰问老党员。", True),
        ("七一前到社区看望的人有很多，后来慰问。", False),  # too far
        ("走访慰问，七一", True),
        ("二七一带的楼栋，慰问户数", False),
        ("七一路慰问", False),
        ("占比七一。", False),
        ("“七一路”改造", False),
    ],
)
def test_a_short_name_counts_in_context_only(small: Initiatives, text: str, counts: bool) -> None:
    assert bool(found(small, text)) is counts


def test_a_word_that_holds_the_name_is_another(small: Initiatives) -> None:
    assert found(small, "首创文明样板，共创文化品牌") == []
    assert found(small, "首创文明样板，为创文出力") == [("chuangwen", "创文")]


@pytest.mark.parametrize(
    ("year", "key"), [(2018, None), (2019, "jiao19"), (2021, None), (2024, "jiao23"), (None, None)]
)
def test_a_name_that_means_another_thing_each_time(
    small: Initiatives, year: int | None, key: str | None
) -> None:
    assert [m[0] for m in found(small, "开展主题教育。", year)] == ([key] if key else [])


def test_the_pattern_finds_what_a_plain_search_finds(data: Data) -> None:
    """The longest spelling at each place, for texts made of pieces of spellings."""
    names = sorted({s.folded for i in data.initiatives.initiatives for s in i.spellings})
    chance = random.Random(1)
    for _ in range(400):
        pieces = [chance.choice(names) for _ in range(4)]
        text = "".join(p[: chance.randint(1, len(p))] for p in pieces)
        longest = {}
        for at in range(len(text)):
            fitting = [name for name in names if text.startswith(name, at)]
            if fitting:
                longest[at] = max(fitting, key=len)
        found, place = {}, data.initiatives._pattern.search(text)
        while place:
            found[place.start()] = place[0]
            place = data.initiatives._pattern.search(text, place.start() + 1)
        assert found == longest


# The project's own list


def test_every_spelling_leads_to_its_own_initiative(data: Data) -> None:
    for initiative in data.initiatives.initiatives:
        for spelling in initiative.spellings:
            if spelling.near or spelling.quoted:
                continue
            year = spelling.first or initiative.since
            mentions = data.initiatives.find(f"开展{spelling.text}，", year)
            assert [m.initiative.id for m in mentions] == [initiative.id], spelling.text
            assert initiative.spellings[mentions[0].spelling] is spelling


@pytest.mark.parametrize(
    "text", ["统计到二〇七一年", "十七一组", "首创文明实践", "共创文化品牌", "文化创文旅", "占四风险"]
)  # fmt: skip
def test_what_only_looks_like_one(data: Data, text: str) -> None:
    assert data.initiatives.find(text, 2022) == ()


def test_about_sixty_in_every_theme(data: Data) -> None:
    themes = {initiative.theme for initiative in data.initiatives.initiatives}
    assert themes == set(data.initiatives.themes)
    assert len(data.initiatives.initiatives) >= 60
    order = [data.initiatives.themes.index(i.theme) for i in data.initiatives.initiatives]
    assert order == sorted(order)


# The spelling


def test_names_are_spelled_as_the_search_spells_them(root: Path, data: Data) -> None:
    names = [s.text for i in data.initiatives.initiatives for s in i.spellings]
    names += ["１２３４５热线", "ＡＢＣ Abc", "“双报到”『三会』《一课》", "一　二\u00a0三\u200b", "2019—2022", "主题党日＋"]  # fmt: skip
    names += [s.text for r in load(root / "docs").visible.reports for s in statements(r)]
    for name in names:
        if "…" not in name:  # one character becomes three in the search
            assert fold_name(name) == fold_text(name)


def test_every_folded_character_has_its_origin() -> None:
    text = "“双 报到”　ＡＢ—1"
    assert [text[at] for at in origins(text)] == list("双报到ＡＢ—1")
    assert len(origins(text)) == len(fold_name(text))


# What is wrong in the file

HEAD = "themes: [组织]\ninitiatives:\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("themes: [组织]\n", "1:1: 缺少“initiatives”"),
        (HEAD + "  - {id: a, name: 甲乙丙}\n", "3:5: 每项举措要写 id、name、theme，这里缺少“theme”"),
        (HEAD + "  - {id: A, name: 甲乙丙, theme: 组织}\n", "3:10: “A”不能用作短名"),
        (HEAD + "  - {id: units, name: 甲乙丙, theme: 组织}\n", "3:10: “units”不能用作短名"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 思想}\n", "3:31: “思想”不在允许的写法里：组织"),
        (HEAD + "  - {id: a, name: 七一, theme: 组织}\n", "3:19: “七一”太短"),
        (HEAD + "  - {id: a, name: “七一”, theme: 组织}\n", "3:19: ““七一””太短"),
        (HEAD + "  - {id: a, name: “”, theme: 组织}\n", "3:19: 名称里没有字"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, aliases: [“甲乙”丙]}\n", "只差引号、空格"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织}\n  - {id: b, name: 丁戊己, theme: 组织, aliases: [甲乙丙]}\n", "4:45: “甲乙丙”已是“甲乙丙”的写法"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织}\n  - {id: a, name: 丁戊己, theme: 组织}\n", "4:5: id“a”写了两次"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, aliases: [{name: 七一, except: [八一路]}]}\n", "“八一路”里没有“七一”"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, aliases: [{near: [慰问]}]}\n", "这种写法缺少“name”"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, figure: {measure: 覆盖}}\n", "figure 要写 measure、unit，这里缺少“unit”"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, figure: {measure: 覆盖, unit: 人次}}\n", "figures.yml 里没有 id 是“覆盖”的指标"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, figure: {measure: shuangbaodao, unit: 篇}}\n", "的量词是：人、人次、次"),
        (HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, since: 去年}\n", "“去年”不是整数"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_their_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)
    assert str(caught.value).startswith("docs/_data/initiatives.yml:")


def test_an_empty_list_is_allowed(tmp_path: Path) -> None:
    empty = read(tmp_path, "themes: [组织]\ninitiatives:\n")
    assert empty.initiatives == () and empty.find("三会一课", 2022) == ()


def test_a_figure_and_what_is_ignored(tmp_path: Path) -> None:
    made = read(tmp_path, HEAD + "  - {id: a, name: 甲乙丙, theme: 组织, short: 甲, figure: {measure: shuangbaodao, unit: 人次}}\nignored: [“四个意识”]\n")  # fmt: skip
    (own,) = made.initiatives
    assert own.figure is not None and (own.figure.measure, own.figure.unit) == (
        "shuangbaodao",
        "人次",
    )
    assert own.brief == "甲" and {"四个意识", "甲乙丙"} <= made.folded
