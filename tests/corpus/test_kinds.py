"""Kinds of reports and what each asks for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baogao.corpus import Data, DataError, Kind, Kinds, fill_year, load_data
from baogao.corpus.kinds import read_kinds
from baogao.corpus.yaml_data import read_yaml

SHOWN = "docs/_data/kinds.yml"
DATA_FILES = [
    "kinds.yml", "units.yml", "fields.yml", "terms.txt", "synonyms.tsv", "confidential.yml", "events.yml", "figures.yml", "limits.yml",
    "safety.yml", "severity.yml", "phrases.txt", "wrong_words.tsv", "sequence_verbs.txt", "initiatives.yml", "results.tsv",
    "redirects.tsv", "withdrawn.tsv",
]  # fmt: skip
ROLES = """section_roles:
  practice: {name: 做法, item: M}
  problem: {name: 问题, item: P}
  cause: {name: 原因, item: C}
heading_folding:
  - [和, 及]
kinds:
"""
KIND = """  a:
    name: 甲报告
    title: "{Y}年甲报告"
    sections:
"""


def kinds(tmp_path: Path, text: str) -> Kinds:
    file = tmp_path / "kinds.yml"
    file.write_text(text, encoding="utf-8")
    return read_kinds(read_yaml(file, SHOWN))


def shuzhi(data: Data) -> Kind:
    kind = data.kinds.find("shuzhi")
    assert kind is not None
    return kind


# The project's own kinds


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("述职报告", ["practice", "problem", "cause", "plan"]),
        ("年度工作总结", ["practice", "problem", "plan"]),
        ("党建工作要点", ["guideline", "tasks"]),
        ("问题整改报告", ["overview", "items", "plan"]),
        ("民主生活会对照检查", ["rectification", "problem", "cause", "plan"]),
        ("全面从严治党主体责任报告", ["practice", "problem", "plan"]),
        ("意识形态工作责任制报告", ["practice", "problem", "plan"]),
        ("政府工作报告", ["review", "tasks"]),
    ],
)
def test_the_eight_kinds_and_what_they_ask_for(name: str, roles: list[str], data: Data) -> None:
    kind = data.kinds.find(name)
    assert kind is not None
    assert [s.role.id for s in kind.sections_for(2022) if s.required] == roles
    assert data.kinds.find(kind.id) is kind
    assert all(data.kinds.find(alias) is kind for alias in kind.aliases)


@pytest.mark.parametrize("name", ["", "说明书", None, 1, ["shuzhi"]])
def test_what_names_no_kind(name: object, data: Data) -> None:
    assert data.kinds.find(name) is None


def test_self_criticism_and_ideology_are_restricted_by_default(data: Data) -> None:
    restricted = {kind.id for kind in data.kinds.kinds if kind.visibility == "restricted"}
    assert restricted == {"duizhao", "yishi"}


def test_every_title_and_alias_names_its_own_section(data: Data) -> None:
    for kind in data.kinds.kinds:
        for section in kind.sections_for(2022):
            for title in kind.titles(section, 2022):
                found = kind.classify(title, 2022)
                assert found is section, (kind.name, title, found and found.title)


def test_authors(data: Data) -> None:
    kind = shuzhi(data)
    for name in ("fenguan", "分管领导", "分管负责人"):
        author = kind.author(name)
        assert author is not None
        assert author.id == "fenguan"
    assert kind.author("局长") is None


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一、主要做法及成效", "practice"),
        ("主要做法和成效。", "practice"),
        ("（一） 主要 做法 与 成效：", "practice"),
        ("2022年抓党建主要做法及成效", "practice"),
        ("二、存在的问题和原因", "problem"),
        ("存在的主要问题及原因分析", "problem"),
        ("三、下一步工作打算", "plan"),
        ("下步工作打算", "plan"),
        ("下一阶段工作计划", "plan"),
        ("2023年工作计划", "plan"),
        ("原因剖析", "cause"),
        ("聚焦主责主业", None),
        ("2021年工作计划", None),
        ("问题", None),
        ("主要做法和下步打算", None),  # names two sections
        ("", None),
    ],
)
def test_a_heading_is_recognised(heading: str, role: str | None, data: Data) -> None:
    found = shuzhi(data).classify(heading, 2022)
    assert (found.role.id if found else None) == role


@pytest.mark.parametrize(
    "heading",
    [
        "主要做法及成效",
        "一、主要做法及成效",
        "（一）主要做法和成效。",
        "1. 主要做法与成效：",
        " 主要 做法、成效；",
    ],
)
def test_spellings_of_a_heading_that_count_as_one(heading: str, data: Data) -> None:
    assert shuzhi(data).folding.fold(heading) == "主要做法及成效"


def test_an_ellipsis_stands_for_any_text(data: Data) -> None:
    kind = data.kinds.find("民主生活会对照检查")
    assert kind is not None
    found = kind.classify("（一）在带头强化政治忠诚方面", 2022)
    assert found is not None
    assert found.role.id == "problem"
    assert kind.classify("在带头强化政治忠诚", 2022) is None


def test_fill_year() -> None:
    assert fill_year("{Y}年、{Y+1}年、{Y-1}年", 2022) == "2022年、2023年、2021年"
    assert fill_year("{Y}年", None) == "{Y}年"
    assert fill_year("下步打算", 2022) == "下步打算"


# A section that is asked for in some years only


SINCE = ROLES + KIND + """      - {role: practice, title: 做法成效, required: true}
      - {role: problem, title: 存在问题, required: true, until: 2019}
      - {role: problem, title: 问题清单, required: true, since: 2020}
      - {role: cause, title: 原因剖析, required: true, since: 2018, until: 2021}
"""  # fmt: skip


@pytest.mark.parametrize(
    ("year", "titles"),
    [
        (2017, ["做法成效", "存在问题"]),
        (2018, ["做法成效", "存在问题", "原因剖析"]),
        (2019, ["做法成效", "存在问题", "原因剖析"]),
        (2020, ["做法成效", "问题清单", "原因剖析"]),
        (2021, ["做法成效", "问题清单", "原因剖析"]),
        (2022, ["做法成效", "问题清单"]),
        (None, ["做法成效", "存在问题", "问题清单", "原因剖析"]),
    ],
)
def test_since_and_until(year: int | None, titles: list[str], tmp_path: Path) -> None:
    (kind,) = kinds(tmp_path, SINCE).kinds
    assert [section.title for section in kind.sections_for(year)] == titles
    for title in ("做法成效", "存在问题", "问题清单", "原因剖析"):
        assert (kind.classify(title, year) is not None) == (title in titles)


def test_what_is_not_written_has_a_default(tmp_path: Path) -> None:
    (kind,) = kinds(tmp_path, SINCE).kinds
    assert (kind.visibility, kind.opening, kind.authors, kind.aliases) == ("internal", "", (), ())
    section = kind.sections[0]
    assert (section.needs_items, section.items_severity, section.within) == (0, "warning", None)
    assert (section.lead, section.any_heading, section.guidance) == (False, False, "")
    assert kind.expected("problem") is kind.sections[1]
    assert kind.expected("plan") is None


# Mistakes


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("kinds: {}\n", 1, 1, "缺少“section_roles”"),
        ("section_roles: {}\n", 1, 1, "缺少“kinds”"),
        ("section_roles: {}\nkinds: {}\nkind: {}\n", 3, 1, "不认识的项目“kind”"),
        ("section_roles:\n  a: {name: 甲}\nkinds: {}\n", 2, 6, "角色“a”要写 name 和 item"),
        ("section_roles:\n  a: {name: 甲, item: A}\n  b: {name: 乙, item: A}\nkinds: {}\n", 3, 22, "编号字母“A”已用于“a”"),
        ("section_roles: {}\nheading_folding:\n  - [甲]\nkinds: {}\n", 3, 5, "每条写两项"),
        (ROLES + "  A报告: {name: 甲, title: 甲, sections: []}\n", 8, 8, "只能用小写字母和数字"),
        (ROLES + "  a: {name: 甲, title: 甲}\n", 8, 6, "缺少“sections”"),
        (ROLES + "  a: {name: 甲, title: 甲, sections: [], visibility: 公开}\n", 8, 52, "“公开”不在允许的写法里"),
        (ROLES + "  a:\n    name: 甲\n    titel: 甲\n    sections: []\n", 10, 5, "不认识的项目“titel”"),
        (
            ROLES + "  a: {name: 甲, title: 甲, sections: []}\n  b: {name: 乙, aliases: [甲], title: 乙, sections: []}\n",
            9, 6, "名称“甲”已用于文种“a”",
        ),
        (ROLES + KIND + "      - {title: 甲, required: true}\n", 12, 9, "章节缺少“role”"),
        (ROLES + KIND + "      - {role: plan, title: 甲, required: true}\n", 12, 16, "不认识的章节角色“plan”"),
        (ROLES + KIND + "      - role: cause\n        title: 甲\n        required: yes\n", 14, 19, "应为 true 或 false"),
        (ROLES + KIND + "      - {role: cause, title: 甲, required: true, within: plan}\n", 12, 57, "不认识的章节角色“plan”"),
        (ROLES + KIND + "      - {role: cause, title: 甲, required: true, since: 去年}\n", 12, 56, "“去年”不是整数"),
        (ROLES + KIND + "      - {role: cause, title: 甲, required: true, needs: 2}\n", 12, 49, "不认识的项目“needs”"),
        (ROLES + KIND + "      - {role: cause, title: 甲, required: true, passage: {}}\n", 12, 58, "写明写在哪一节里"),
        (
            ROLES + KIND + "      - {role: cause, title: 甲, required: true, within: cause, cues: [乙], passage: {ends: []}}\n",
            12, 85, "不认识的项目“ends”",
        ),
        (ROLES + KIND + "      - {role: cause, title: 甲, required: true, items_severity: 高}\n", 12, 65, "“高”不在允许"),
        (
            ROLES + "  a:\n    name: 甲\n    title: 甲\n    authors: {b: {aliases: [丙]}}\n    sections: []\n",
            11, 18, "角色要写 name",
        ),
    ],
)  # fmt: skip
def test_a_mistake_names_its_place(
    text: str, line: int, column: int, says: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        kinds(tmp_path, text)
    assert str(caught.value).startswith(f"{SHOWN}:{line}:{column}: ")
    assert says in caught.value.message


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("kinds.yml", "item: P}", "item: R}", "编号字母“R”"),
        ("units.yml", "id: zhian", "id: jiguan", "“jiguan”已用过"),
        ("fields.yml", "type: year", "type: 年度", "“年度”不在允许的写法里"),
        ("terms.txt", "三会一课 3 nz\n", "三会一课 nz 3\n", "词 词频 词性"),
        ("synonyms.tsv", "2022-10-16至22\teq", "2022-10-16至22\tyes", "“yes”不在允许的写法里"),
    ],
)
def test_a_mistake_in_any_data_file_names_file_and_line(
    name: str, old: str, new: str, says: str, data_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "_data"
    shutil.copytree(data_folder, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    line = text[: text.index(old) + len(old.split("\n")[0])].count("\n") + 1
    with pytest.raises(DataError) as caught:
        load_data(folder, "docs/_data")
    assert str(caught.value).startswith(f"docs/_data/{name}:{line}:")
    assert says in caught.value.message


@pytest.mark.parametrize("name", DATA_FILES)
def test_a_missing_data_file_is_named(name: str, data_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "_data"
    shutil.copytree(data_folder, folder)
    (folder / name).unlink()
    with pytest.raises(DataError) as caught:
        load_data(folder, "docs/_data")
    assert str(caught.value).startswith(f"docs/_data/{name}:1:1: ")


@pytest.mark.parametrize("name", [name for name in DATA_FILES if name.endswith(".yml")])
def test_an_unknown_entry_in_any_data_file_names_file_and_line(
    name: str, data_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "_data"
    shutil.copytree(data_folder, folder)
    text = (folder / name).read_text(encoding="utf-8").rstrip("\n") + "\n没有这一项:\n  - 甲\n"
    (folder / name).write_text(text, encoding="utf-8", newline="")
    with pytest.raises(DataError) as caught:
        load_data(folder, "docs/_data")
    line = text.count("\n") - 1
    assert str(caught.value).startswith(f"docs/_data/{name}:{line}:1: 不认识的项目“没有这一项”")


def test_a_missing_data_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load_data(tmp_path / "none", "docs/_data")
    assert str(caught.value).startswith("docs/_data:1:1: ")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  unit: {", "  unti: {", "缺少程序要用的项目“unit”"),
        ("type: kind, ", "", "要写 label 和 type"),
        ("required: true, hint: 考核", "required: 是, hint: 考核", "应为 true 或 false"),
        ("hint: 见 docs/_data/units.yml", "tip: 见 docs/_data/units.yml", "不认识的项目“tip”"),
    ],
)
def test_mistakes_in_the_fields(
    old: str, new: str, says: str, data_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "_data"
    shutil.copytree(data_folder, folder)
    text = (folder / "fields.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / "fields.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_data(folder, "docs/_data")
    assert str(caught.value).startswith("docs/_data/fields.yml:")
    assert says in caught.value.message


def test_fields_are_known_by_name_and_label(data: Data) -> None:
    status = data.fields.specs["status"]
    assert status.choice("published") == status.choice("定稿") == "published"
    assert status.choice("发布") is None
    assert status.choice(1) is None
    assert data.fields.label("status", "published") == "定稿"
    assert data.fields.label("status", "unknown") == "unknown"
    required = [name for name, spec in data.fields.specs.items() if spec.required]
    assert {"title", "year", "unit", "kind", "date", "status"} <= set(required)
