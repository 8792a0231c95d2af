"""Sections and their items: roles, levels, titles, anchors, ids and spans."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.corpus import Data, Report, Section

from .texts import BODY, bodies, front, parse, report, thorough


def outline(found: Report) -> list[tuple[str, str | None, int, str]]:
    return [(s.anchor, s.role, s.level, s.title) for s in found.walk()]


def anchors(found: Report) -> list[str]:
    return [section.anchor for section in found.walk()]


def ids(found: Report) -> list[str]:
    return [item.id for item in found.items]


# Sections


def test_the_outline_of_a_report(data: Data) -> None:
    found = report(data, BODY)
    assert outline(found) == [
        ("practice", "practice", 1, "主要做法及成效"),
        ("practice-1", "practice", 2, "加强政治建设"),
        ("practice-2", "practice", 2, "服务中心大局"),
        ("problem", "problem", 1, "存在问题及原因分析"),
        ("plan", "plan", 1, "下步工作打算"),
    ]
    assert [block.plain for block in found.lead] == ["现将我2022年度抓机关党建工作情况报告如下。"]
    assert found.outline.title is None
    first = found.sections[0]
    assert (first.depth, first.run_in, first.own_role) == (2, False, True)
    assert first.ordinal is not None
    assert (first.ordinal.level, first.ordinal.number) == (1, 1)
    inner = first.children[0]
    assert (inner.depth, inner.own_role, inner.heading_text) == (3, False, "（一）加强政治建设。")
    assert inner.own_text() == "组织专题学习12次。"
    assert first.full_text() == (
        "（一）加强政治建设。\n组织专题学习12次。\n（二）服务中心大局。\n办实事32件。"
    )


RUN_IN = """## 一、主要做法及成效

（一）加强政治建设。组织学习12次。

又办班2期。

1.抓班子。开会。

（二）服务中心大局。办实事。

## 二、存在问题及原因分析
"""


def test_run_in_headings(data: Data) -> None:
    found = report(data, RUN_IN)
    assert outline(found) == [
        ("practice", "practice", 1, "主要做法及成效"),
        ("practice-1", "practice", 2, "加强政治建设"),
        ("practice-1-1", "practice", 3, "抓班子"),
        ("practice-2", "practice", 2, "服务中心大局"),
        ("problem", "problem", 1, "存在问题及原因分析"),
    ]
    inner = found.sections[0].children[0]
    assert inner.run_in
    assert inner.heading_text == "（一）加强政治建设。"
    assert inner.own_text() == "组织学习12次。\n又办班2期。"
    assert inner.full_text() == "组织学习12次。\n又办班2期。\n1.抓班子。\n开会。"
    text = found.source.text
    assert text[inner.start : inner.end].startswith("（一）加强")
    assert text[inner.start : inner.end].endswith("开会。")


@pytest.mark.parametrize(
    "paragraph",
    [
        "（一）加强政治建设。",  # nothing follows
        "（一）加强政治建设",
        "（一）强。学习。",
        "（一）做到：学习。落实。",
        "（一）加强建设；抓好落实。学习。",
        f"（一）{'长' * 51}。学习。",
        "一、加强政治建设。学习。",
        "加强政治建设。学习。",
        "（一）落实“加强学习。”的要求",
        "- （一）加强政治建设。学习。",
    ],
)
def test_what_is_no_run_in_heading(paragraph: str, data: Data) -> None:
    found = report(data, f"## 一、主要做法及成效\n\n{paragraph}\n")
    assert anchors(found) == ["practice"]
    assert found.sections[0].own_text() == paragraph.removeprefix("- ")


def test_the_longest_run_in_heading(data: Data) -> None:
    found = report(data, f"## 一、主要做法及成效\n\n（一）{'长' * 50}。学习。\n")
    assert anchors(found) == ["practice", "practice-1"]


def test_before_the_first_heading_nothing_is_a_section(data: Data) -> None:
    found = report(data, "（一）加强政治建设。学习。\n\n## 一、主要做法\n")
    assert anchors(found) == ["practice"]
    assert [block.plain for block in found.lead] == ["（一）加强政治建设。学习。"]


def test_a_title_in_the_body_is_no_section(data: Data) -> None:
    found = report(data, "# 述职报告\n\n引言。\n\n## 一、主要做法\n")
    assert found.outline.title is not None
    assert found.outline.title.plain == "述职报告"
    assert anchors(found) == ["practice"]
    assert [block.plain for block in found.lead] == ["引言。"]


def test_a_first_heading_with_an_ordinal_is_a_section(data: Data) -> None:
    found = report(data, "# 一、主要做法\n\n甲\n\n# 二、存在问题\n")
    assert found.outline.title is None
    assert outline(found) == [
        ("practice", "practice", 1, "主要做法"),
        ("problem", "problem", 1, "存在问题"),
    ]


def test_titles_lose_ordinal_and_final_stop_but_headings_keep_them(data: Data) -> None:
    found = report(data, "## 一、主要做法及成效：\n\n### 没有序号的小标题。\n")
    assert [s.title for s in found.walk()] == ["主要做法及成效", "没有序号的小标题"]
    assert [s.heading_text for s in found.walk()] == ["一、主要做法及成效：", "没有序号的小标题。"]
    assert [s.ordinal is None for s in found.walk()] == [False, True]


def test_an_unknown_heading_is_not_recognised_and_not_dropped(data: Data) -> None:
    found = report(data, "## 一、聚焦主责主业，压紧压实责任\n\n甲\n\n## 二、存在问题\n")
    assert outline(found)[0] == ("section-1", None, 1, "聚焦主责主业，压紧压实责任")
    assert ids(found) == []


def test_the_author_says_in_the_front_matter_what_a_section_is(data: Data) -> None:
    body = "## 一、聚焦主责主业\n\n甲\n\n## 二、补短板。\n\n乙\n"
    override = "{一、聚焦主责主业: practice, 补短板: problem}"
    assert anchors(report(data, body, sections=override)) == ["practice", "problem"]
    assert anchors(report(data, body, sections="{聚焦主责主业: nonsense}")) == [
        "section-1",
        "section-2",
    ]
    assert anchors(report(data, body, sections="practice")) == ["section-1", "section-2"]


def test_the_attribute_of_a_heading_wins(data: Data) -> None:
    body = "## 一、聚焦主责主业 {data-section=problem}\n\n## 二、存在问题 {data-section=nonsense}\n"
    found = report(data, body, sections="{一、聚焦主责主业: practice}")
    assert outline(found) == [
        ("problem", "problem", 1, "聚焦主责主业"),
        ("problem-r2", "problem", 1, "存在问题"),
    ]


def test_causes_may_have_a_heading_inside_the_problems(data: Data) -> None:
    found = report(
        data,
        "## 二、存在问题及原因分析\n\n### （一）存在问题\n\n一是甲。二是乙。\n\n"
        "### （二）原因分析\n\n一是丙。二是丁。三是戊。\n",
    )
    assert [(s.anchor, s.role, s.own_role) for s in found.walk()] == [
        ("problem", "problem", True),
        ("problem-1", "problem", False),  # the problems of the problems, nothing else
        ("problem-2", "cause", True),
    ]
    assert ids(found) == ["P2022-1", "P2022-2", "C2022-1", "C2022-2", "C2022-3"]
    assert [s.anchor for s in found.with_role("cause")] == ["problem-2"]


def test_inside_a_section_a_longer_heading_is_no_section_of_its_own(data: Data) -> None:
    found = report(
        data,
        "## 一、存在问题\n\n### （一）对原因分析不够深入\n\n甲。\n\n### （二）努力方向\n\n乙。\n",
    )
    assert [(s.anchor, s.role, s.own_role) for s in found.walk()] == [
        ("problem", "problem", True),
        ("problem-1", "problem", False),
        ("problem-2", "problem", False),
    ]
    assert ids(found) == ["P2022-1", "P2022-2"]


def test_every_heading_of_a_kind_that_says_so_is_recognised(data: Data) -> None:
    found = report(
        data, "总体要求是：甲。\n\n## 一、突出政治建设\n\n1.甲乙。丙。\n\n## 二、夯实基础\n\n## 三、工作要求\n",
        kind="党建工作要点", role=None,
    )  # fmt: skip
    assert outline(found) == [
        ("tasks-1", "tasks", 1, "突出政治建设"),
        ("tasks-1-1", "tasks", 3, "甲乙"),
        ("tasks-2", "tasks", 1, "夯实基础"),
        ("org", "org", 1, "工作要求"),
    ]


def test_without_a_known_kind_nothing_is_recognised_and_nothing_lost(data: Data) -> None:
    found = report(data, BODY, kind="说明书")
    assert [role for _, role, _, _ in outline(found)] == [None] * 5
    assert anchors(found) == ["section-1", "section-1-1", "section-1-2", "section-2", "section-3"]
    assert found.items == ()


def test_walk_is_in_the_order_of_the_file(data: Data) -> None:
    found = report(data, RUN_IN)
    starts = [section.start for section in found.walk()]
    assert starts == sorted(starts)


# Anchors


def test_anchors_follow_role_and_ordinal_and_not_the_place(data: Data) -> None:
    moved = BODY.replace("### （一）加强政治建设。\n\n组织专题学习12次。\n\n", "")
    assert anchors(report(data, moved)) == ["practice", "practice-2", "problem", "plan"]


def test_anchors_of_repeated_headings_stay_unique(data: Data) -> None:
    found = report(
        data, "## 一、主要做法\n\n### （一）甲\n\n### （一）乙\n\n## 二、主要做法\n\n### （一）丙\n"
    )
    assert anchors(found) == [
        "practice",
        "practice-1",
        "practice-1-r2",
        "practice-r2",
        "practice-r2-1",
    ]


_heading = st.builds(
    lambda marks, ordinal, title: f"{marks} {ordinal}{title}",
    st.sampled_from(["#", "##", "###", "####"]),
    st.sampled_from(["", "一、", "二、", "（一）", "（二）", "1.", "（1）"]),
    st.sampled_from(
        ["主要做法", "存在问题", "原因分析", "下步工作打算", "甲", "乙 {data-section=problem}"]
    ),
)
_paragraph = st.sampled_from(
    [
        "甲。",
        "一是甲。二是乙。",
        "（一）甲乙。丙。",
        "（二）丁戊。己。",
        "1.庚辛。壬。",
        "究其原因：一是甲。",
        "- 癸",
    ]
)
_structures = st.lists(_heading | _paragraph, max_size=12)


def assert_sound(found: Report) -> None:
    text = found.source.text
    sections = list(found.walk())
    names = [section.anchor for section in sections]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-r?\d+)*", name) for name in names)
    assert_nested(found.sections, found.front.body, len(text))
    for section in sections:
        heading = section.heading
        assert section.heading_text == heading.plain[: section.heading_length]
        assert section.title in section.heading_text
    items = [item.id for item in found.items]
    assert len(set(items)) == len(items)
    for item in found.items:
        assert found.front.body <= item.start < item.end <= len(text)
        assert item.text
        letter = found.data.kinds.roles[item.role].item
        assert item.id == f"{letter}{found.year or 0}-{item.number}"


def assert_nested(sections: tuple[Section, ...], start: int, end: int) -> None:
    for section in sections:
        assert start <= section.start <= section.end <= end
        assert_nested(section.children, section.start, section.end)
        start = section.end
        if section.children:
            assert all(child.level > section.level for child in section.children)


@thorough
@given(blocks=_structures)
def test_any_structure_is_sound(blocks: list[str], data: Data) -> None:
    assert_sound(report(data, "\n\n".join(blocks)))


@thorough
@given(body=bodies)
def test_any_body_is_sound(body: str, data: Data) -> None:
    assert_sound(report(data, body))


@thorough
@given(
    blocks=st.lists(_heading | _paragraph, min_size=1, max_size=10),
    place=st.integers(0, 10),
    new=st.text(alphabet="甲乙，。XX2", min_size=1).map(lambda text: "又" + text),
    lines=st.integers(0, 3),
)
def test_text_added_elsewhere_changes_no_anchor_and_no_id(
    blocks: list[str], place: int, new: str, lines: int, data: Data
) -> None:
    before = report(data, "\n\n".join(blocks))
    longer = [*blocks[:place], new, *blocks[place:]]
    after = report(data, "\n" * lines + "\n\n".join(longer), notes="改过一次")
    assert anchors(after) == anchors(before)
    assert [(s.title, s.role) for s in after.walk()] == [(s.title, s.role) for s in before.walk()]
    assert ids(after) == ids(before)


def test_editing_one_section_leaves_the_others_as_they_were(data: Data) -> None:
    before = report(data, BODY)
    after = report(
        data,
        BODY.replace("组织专题学习12次。", "组织专题学习12次。\n\n1.办班。两期。\n\n| 甲 | 乙 |"),
    )
    assert anchors(after) == [
        "practice", "practice-1", "practice-1-1", "practice-2", "problem", "plan",
    ]  # fmt: skip
    assert set(anchors(before)) < set(anchors(after))


# Items


def test_items_of_a_report(data: Data) -> None:
    found = report(data, BODY)
    assert ids(found) == [
        "M2022-1", "M2022-2", "P2022-1", "P2022-2", "P2022-3", "C2022-1", "C2022-2", "C2022-3", "C2022-4",
        "A2022-1", "A2022-2", "A2022-3", "A2022-4",
    ]  # fmt: skip
    texts = {item.id: item.text for item in found.items}
    assert texts["P2022-2"] == "二是办法不多。"
    assert texts["P2022-3"] == "三是性子急。"
    assert texts["C2022-1"] == "一是统筹不够。"
    assert texts["C2022-4"] == "四是斗争精神不强。"
    assert texts["A2022-4"] == "四是改作风。"
    assert texts["M2022-2"] == "（二）服务中心大局。\n办实事32件。"
    assert [item.number for item in found.items_of("cause")] == [1, 2, 3, 4]


def test_items_know_where_they_stand(data: Data) -> None:
    found = report(data, BODY)
    for item in found.items:
        written = found.source.text[item.start : item.end]
        if item.role == "practice":
            assert written.startswith("### （")
            assert written.endswith(item.text[-4:])
        else:
            assert written == item.text


def test_items_stand_where_they_are_written_under_markup_too(data: Data) -> None:
    found = report(
        data, "## 三、下步工作打算\n\n\u3000\u3000**一是**学\\*习\n　好。二是[干](a.md)。\n"
    )
    first, second = found.items
    text = found.source.text
    assert (first.text, second.text) == ("一是学*习好。", "二是干。")
    assert text[first.start : first.end] == "一是**学\\*习\n　好。"
    assert text[second.start : second.end] == "二是[干](a.md)。"
    found = report(data, "## 三、下步工作打算\n\n一是学。**二是干。**\n")
    text = found.source.text
    assert [text[item.start : item.end] for item in found.items] == ["一是学。", "二是干。"]


@pytest.mark.parametrize(
    "body",
    [
        "一是甲。二是乙。造成上述问题的主要原因是：一是丙。二是丁。",
        "一是甲。二是乙。\n\n造成上述问题的主要原因是：一是丙。二是丁。",
        "一是甲。二是乙。\n\n究其原因，有以下几点。\n\n一是丙。二是丁。",
        "一是甲。\n\n二是乙。\n\n造成上述问题的主要原因是：\n\n一是丙。\n\n二是丁。",
        "一是甲；二是乙；究其原因：一是丙；二是丁。",
    ],
)
def test_causes_begin_at_their_cue(body: str, data: Data) -> None:
    found = report(data, f"## 二、存在问题及原因分析\n\n{body}\n")
    assert ids(found) == ["P2022-1", "P2022-2", "C2022-1", "C2022-2"]
    assert [item.text.rstrip("。；") for item in found.items] == [
        "一是甲",
        "二是乙",
        "一是丙",
        "二是丁",
    ]


def test_a_cue_counts_in_the_problems_only(data: Data) -> None:
    found = report(data, "## 三、下步工作打算\n\n一是甲。造成上述问题的主要原因是：一是乙。\n")
    assert ids(found) == ["A2022-1", "A2022-2"]


def test_numbered_paragraphs_and_bullets_are_items(data: Data) -> None:
    found = report(data, "## 三、下步工作打算\n\n今后：\n\n1.抓学习\n\n2.抓落实\n\n- 抓作风\n")
    assert [(item.id, item.text) for item in found.items] == [
        ("A2022-1", "1.抓学习"),
        ("A2022-2", "2.抓落实"),
        ("A2022-3", "抓作风"),
    ]


def test_subsections_are_items_with_everything_in_them(data: Data) -> None:
    found = report(
        data,
        "## 二、存在问题\n\n（一）学习不深。一是少。二是浅。\n\n又不透。\n\n（二）作风不实。飘。\n",
    )
    assert [(item.id, item.text) for item in found.items] == [
        ("P2022-1", "（一）学习不深。\n一是少。二是浅。\n又不透。"),
        ("P2022-2", "（二）作风不实。\n飘。"),
    ]


def test_numbers_run_on_through_sections_of_one_role(data: Data) -> None:
    found = report(
        data, "## 一、存在问题\n\n一是甲。\n\n## 二、主要做法\n\n## 三、问题短板\n\n一是乙。\n"
    )
    assert ids(found) == ["P2022-1", "P2022-2"]


def test_items_carry_the_year_assessed(data: Data) -> None:
    assert ids(report(data, "## 一、存在问题\n\n一是甲。\n", year="2019")) == ["P2019-1"]
    assert ids(report(data, "## 一、存在问题\n\n一是甲。\n", year=None)) == ["P0-1"]


def test_a_letter_for_every_role(data: Data) -> None:
    letters = {role.id: role.item for role in data.kinds.roles.values()}
    assert (letters["problem"], letters["cause"], letters["plan"]) == ("P", "C", "A")
    assert len(set(letters.values())) == len(letters)


# The whole report


def test_text_and_length(data: Data) -> None:
    found = parse(data, front() + "## 一、甲 A\n\n乙，**丙**。\n\n<!-- 丁 -->\n\n---\n")
    assert found.text == "一、甲 A\n乙，丙。"
    assert (found.length.characters, found.length.han) == (8, 4)
