"""Front matter: exact places, the line as it should be, what was meant, and nothing that raises."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from baogao.corpus import Data, FrontMatter, Source, front_matter, read_front_matter
from baogao.corpus.front_matter import write_front_matter

from .texts import files, parse, thorough, touch

GOOD = """---
title: 2022年度述职报告
year: 2022
unit: 局机关党委
sections:
  一、聚焦主业: practice
date: 2023-01-10
---

现将情况报告如下。
"""
MEANT = {
    "title": "2022年度述职报告",
    "year": 2022,
    "unit": "局机关党委",
    "sections": {"一、聚焦主业": "practice"},
    "date": datetime.date(2023, 1, 10),
}


def read(text: str) -> FrontMatter:
    return read_front_matter(Source("a.md", text))


def values(front: FrontMatter) -> dict[str, object]:
    return {field.name: field.value for field in front.fields}


def mend(text: str) -> str:
    """The text with every edit made that the faults offer."""
    for fault in sorted(read(text).faults, key=lambda fault: fault.offset, reverse=True):
        if fault.edit:
            start, end, new = fault.edit
            text = text[:start] + new + text[end:]
    return text


def test_good_front_matter() -> None:
    front = read(GOOD)
    assert front.present
    assert front.faults == ()
    assert values(front) == MEANT
    assert list(values(front)) == ["title", "year", "unit", "sections", "date"]  # as written
    assert GOOD[front.body :] == "\n现将情况报告如下。\n"
    assert front.value("year") == 2022
    assert front.value("role") is None
    assert front.field("role") is None


def test_fields_know_where_they_stand() -> None:
    for field in read(GOOD).fields:
        assert GOOD[field.offset :].startswith(f"{field.name}:")
    front = read(GOOD)
    written = {field.name: GOOD[field.value_offset : field.value_end] for field in front.fields}
    assert written == {
        "title": "2022年度述职报告",
        "year": "2022",
        "unit": "局机关党委",
        "sections": "一、聚焦主业: practice",
        "date": "2023-01-10",
    }
    year = front.field("year")
    assert year is not None
    assert year.raw == "2022"


@pytest.mark.parametrize("end", ["---", "...", "---  "])
def test_ends_of_front_matter(end: str) -> None:
    assert read(f"---\nyear: 2022\n{end}\n正文").body == len(f"---\nyear: 2022\n{end}\n")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "正文", "----\nyear: 2022\n---\n", "## 一、甲\n\n---\n"]
)
def test_files_without_front_matter(text: str) -> None:
    front = read(text)
    assert not front.present
    assert (front.fields, front.faults, front.body) == ((), (), 0)


# One mistake, one fault: name, the good text's piece, the mistake, code, line, column, corrected

MISTAKES = {
    "byte order mark": ("---\ntitle", "\ufeff---\ntitle", "bom", 1, 1, None),
    "blank line before": ("---\ntitle", "\n---\ntitle", "blank-before", 1, 1, "---"),
    "blanks before": ("---\ntitle", "  ---\ntitle", "blank-before", 1, 1, "---"),
    "no end": ("10\n---\n\n", "10\n\n", "missing-end", 8, 1, "---"),
    "no end before text": ("10\n---\n\n", "10\n", "missing-end", 8, 1, "---"),
    "full-width colon": ("year: 2022", "year：2022", "full-width-colon", 3, 5, "year: 2022"),
    "full-width colon and blank": ("year: 2022", "year： 2022", "full-width-colon", 3, 5, "year: 2022"),
    "full-width colon inside": (
        "  一、聚焦主业: practice", "  一、聚焦主业：practice", "full-width-colon", 6, 9, "  一、聚焦主业: practice",
    ),
    "no blank": ("year: 2022", "year:2022", "no-blank", 3, 5, "year: 2022"),
    "tab as indent": (
        "  一、聚焦主业: practice", "\t一、聚焦主业: practice", "tab", 6, 1, "  一、聚焦主业: practice",
    ),
    "tab after the colon": ("year: 2022", "year:\t2022", "tab", 3, 6, "year: 2022"),
    "tab at the end": ("year: 2022", "year: 2022\t", "tab", 3, 11, "year: 2022"),
    "tab after a quotation": ("unit: 局机关党委", 'unit: "局机关党委"\t', "tab", 4, 14, 'unit: "局机关党委"'),
    "tab on an empty line": ("year: 2022\n", "year: 2022\n\t\n", "tab", 4, 1, ""),
    "written twice": ("year: 2022", "year: 2022\nyear: 2021", "duplicate-key", 4, 1, None),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_gives_one_fault_and_what_was_meant(name: str) -> None:
    good, bad, code, line, column, corrected = MISTAKES[name]
    assert GOOD.count(good) == 1
    text = GOOD.replace(good, bad)
    front = read(text)
    assert [fault.code for fault in front.faults] == [code]
    (fault,) = front.faults
    position = Source("a.md", text).position(fault.offset)
    assert (position.line, position.column) == (line, column)
    assert fault.corrected == corrected
    assert fault.message
    assert fault.help
    assert front.present
    assert values(front) == MEANT
    assert text[front.body :].lstrip() == "现将情况报告如下。\n"


@pytest.mark.parametrize("name", [n for n in MISTAKES if n != "written twice"])
def test_the_edit_of_a_fault_mends_it(name: str) -> None:
    good, bad, *_ = MISTAKES[name]
    mended = read(mend(GOOD.replace(good, bad)))
    assert mended.faults == ()
    assert values(mended) == MEANT


@pytest.mark.parametrize(
    ("written", "column", "corrected", "meant"),
    [
        ("title: 甲: 乙", 9, 'title: "甲: 乙"', "甲: 乙"),
        ("title: 甲:", 9, 'title: "甲:"', "甲:"),
        ("title: 甲 # 乙", 9, 'title: "甲 # 乙"', "甲 # 乙"),
        ('title: 甲: “乙"丙', 9, 'title: "甲: “乙\\"丙"', '甲: “乙"丙'),
        ("title: 甲\\: 乙", 10, 'title: "甲\\\\: 乙"', "甲\\: 乙"),
        ("title: 甲: 乙  ", 9, 'title: "甲: 乙"', "甲: 乙"),
    ],
)
def test_a_text_that_needs_quotation_marks(
    written: str, column: int, corrected: str, meant: str
) -> None:
    text = GOOD.replace("title: 2022年度述职报告", written)
    front = read(text)
    (fault,) = front.faults
    assert fault.code == "unquoted"
    assert fault.corrected == corrected
    assert Source("a.md", text).position(fault.offset).column == column
    assert values(front) == {**MEANT, "title": meant}
    title = front.field("title")
    assert title is not None
    assert text[title.value_offset : title.value_end] == written.removeprefix("title: ").rstrip()
    assert read(mend(text)).faults == ()


def test_full_width_colon_before_a_text_that_needs_quotation_marks() -> None:
    front = read("---\ntitle：甲: 乙\n---\n")
    assert [(f.code, f.corrected) for f in front.faults] == [
        ("full-width-colon", 'title: "甲: 乙"')
    ]
    assert values(front) == {"title": "甲: 乙"}


def test_places_after_a_mended_line_are_those_of_the_file() -> None:
    text = GOOD.replace("title: ", "title：   ").replace(
        "局机关党委", "局: 机关\ndate: 2023-01-10", 1
    )
    front = read(text)
    assert [fault.code for fault in front.faults] == [
        "full-width-colon",
        "unquoted",
        "duplicate-key",
    ]
    for field in front.fields:
        assert text[field.offset :].startswith(field.name)
    written = {f.name: text[f.value_offset : f.value_end] for f in front.fields}
    assert written["title"] == "2022年度述职报告"
    assert written["unit"] == "局: 机关"
    assert written["sections"] == "一、聚焦主业: practice"
    twice = front.faults[-1]
    assert Source("a.md", text).position(twice.offset).line == 8


def test_a_file_that_is_cut_off() -> None:
    for text, meant in [("---", {}), ("---\n", {}), ("---\nyear: 2022", {"year": 2022})]:
        front = read(text)
        assert [fault.code for fault in front.faults] == ["missing-end"]
        assert values(front) == meant
        assert front.body == len(text)
        assert read(mend(text)).faults == ()


def test_the_help_for_a_missing_end_names_the_line() -> None:
    assert "第 3 行之前" in read("---\nyear: 2022\n\n正文").faults[0].help
    assert "第 3 行之前" in read("---\nyear: 2022\n## 一、甲\n---\n").faults[0].help
    assert "第 2 行之后" in read("---\nyear: 2022").faults[0].help


def test_a_key_written_twice_shows_both_lines_and_keeps_the_first() -> None:
    front = read("---\nyear: 2022\ntitle: 甲\nyear: 2021\n---\n")
    (fault,) = front.faults
    assert "第 2 行已有" in fault.message
    assert "year: 2022" in fault.help
    assert "year: 2021" in fault.help
    assert values(front) == {"year": 2022, "title": "甲"}


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        ("notes: 第一行\n  说明：第二行", "第一行 说明：第二行"),
        ('notes: "第一行\n  说明：第二行: 三"', "第一行 说明：第二行: 三"),
        ("notes: '第一行\n\n  说明：第二行'", "第一行\n说明：第二行"),
        ("notes: |\n  说明：第一行\n  a:b\tc # d", "说明：第一行\na:b\tc # d"),
        ("notes: >-\n  说明：第一行\n  第二行", "说明：第一行 第二行"),
        ("notes:\n  - 见附件：名单\n  - 比例1:2\n  - 甲\n    乙：丙", ["见附件：名单", "比例1:2", "甲 乙：丙"]),
        ("notes:\n  - |\n    说明：甲\n  - 乙", ["说明：甲\n", "乙"]),
        ('notes: {甲: "乙：丙", "丁": 戊}', {"甲": "乙：丙", "丁": "戊"}),
        ("notes: 见 http://a.b/c", "见 http://a.b/c"),
        ("# 说明：注释\nnotes: 甲", "甲"),
        ('notes: "甲\t乙"', "甲\t乙"),
    ],
)  # fmt: skip
def test_what_yaml_reads_as_meant_is_left_alone(lines: str, meant: object) -> None:
    front = read(f"---\n{lines}\nyear: 2022\n---\n")
    assert front.faults == ()
    value = front.value("notes")
    assert (value.rstrip("\n") if isinstance(value, str) else value) == meant
    assert front.value("year") == 2022


def test_mistakes_inside_a_list_of_records() -> None:
    text = "---\nrectifies:\n  - ref：P2021-1\n    status:已完成\n  - ref: P2021-2\n---\n"
    front = read(text)
    assert [(f.code, f.corrected) for f in front.faults] == [
        ("full-width-colon", "  - ref: P2021-1"),
        ("no-blank", "    status: 已完成"),
    ]
    assert front.value("rectifies") == [
        {"ref": "P2021-1", "status": "已完成"},
        {"ref": "P2021-2"},
    ]


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("title: @局", 8, "@"),
        ("title: *局", 8, "*"),
        ('title: "甲', 8, "没有配对"),
        ("title: [甲", 8, "没有配对"),
        ("title: &局", 8, "&"),
        ("title: **镇党委报告", 8, "*"),
        ("title: {甲: [乙}", 12, "没有配对"),
        ("title: 甲\x07", 9, "控制字符"),
        ('title: "C:\\报告"', 12, "反斜杠"),
        ("没有冒号的一行", 1, "没有冒号"),
        ("? [甲]\n: 乙", 3, "项目名"),
    ],
)
def test_what_cannot_be_read_is_one_fault_with_its_place(line: str, column: int, says: str) -> None:
    text = f"---\nyear: 2022\n{line}\n---\n正文"
    front = read(text)
    (fault,) = front.faults
    assert fault.code == "unreadable"
    assert says in fault.message
    position = Source("a.md", text).position(fault.offset)
    assert (position.line, position.column) == (3, column)
    assert text[front.body :] == "正文"


@pytest.mark.parametrize("body", ["- 甲\n- 乙", "甲", "2022"])
def test_front_matter_that_is_no_mapping(body: str) -> None:
    front = read(f"---\n{body}\n---\n")
    assert [fault.code for fault in front.faults] == ["unreadable"]
    assert front.fields == ()


def test_empty_front_matter_has_no_fault() -> None:
    front = read("---\n---\n正文")
    assert (front.present, front.fields, front.faults) == (True, (), ())


# Hostile input

BOMB = "a: &a [甲, 甲]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "nested lists": "title: " + "[" * 100_000,
    "nested maps": "title: " + "{a: " * 5_000,
    "nested dashes": "title:\n" + "- " * 5_000,
    "deep but closed": "title: " + "[" * 200 + "]" * 200,
    "aliases that grow": BOMB + "title: *i",
    "alias of itself": "title: &a [*a]",
    "merge of itself": "title: &a {<<: *a}",
    "key of lists": "? [[甲], {乙: 丙}]\n: 丁",
    "null character": "title: 甲\x00乙",
    "control characters": "title: \x01\x1b[31m\x7f",
    "line separators": "title: 甲\u2028乙\x85丙",
    "not a date": "date: 2022-13-45",
    "no such day": "date: 2022-02-30",
    "no such hour": "date: 2022-01-01 99:99:99",
    "no such zone": "date: 2001-12-14t21:59:43.10-99:99",
    "python object": "title: !!python/object:os.system {}",
    "python call": "title: !!python/object/apply:os.system [ls]",
    "unknown tag": "title: !甲 乙",
    "bool of nothing": "title: !!bool 甲",
    "int of nothing": "title: !!int ''",
    "float of nothing": "title: !!float ''",
    "timestamp of nothing": "title: !!timestamp 甲",
    "binary of nothing": "title: !!binary 甲",
    "set": "title: !!set [甲]",
    "omap": "title: !!omap [甲]",
    "long decimal": "year: " + "9" * 5_000,
    "long hexadecimal": "title: 0x" + "f" * 5_000,
    "long sexagesimal": "title: " + "1:" * 300 + "1.5",
    "nested long number": "rectifies: [{ref: 0x" + "f" * 5_000 + "}]",
    "character out of range": 'title: "\\U99999999"',
    "half a character": 'title: "\\ud800"',
    "long version": "%YAML 1." + "9" * 5_000,
    "two documents": "--- 甲\n--- 乙",
    "many mistakes": "".join(f"k{n}：v\n" for n in range(2_000)),
    "many fields": "".join(f"k{n}: v\n" for n in range(2_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_front_matter_raises_nothing(name: str, data: Data) -> None:
    text = f"---\n{HOSTILE[name]}\nkind: 述职报告\n---\n\n## 一、主要做法\n"
    report = parse(data, text)
    front = report.front
    assert front.present
    assert text[front.body :] == "\n## 一、主要做法\n"
    assert sum(fault.code == "unreadable" for fault in front.faults) <= 1
    assert_inside(text, front)
    touch(report)
    for field in front.fields:
        # What is shown of a value can be written in a page.
        assert len(repr(field.value)) < 50_000
        str(field.value).encode()


def test_no_python_object_is_made() -> None:
    front = read("---\nx: !!python/object/apply:os.getcwd []\ny: !!python/name:os.system\n---\n")
    assert values(front) == {"x": None, "y": ""}


def test_a_date_that_does_not_exist_is_kept_as_text() -> None:
    assert values(read("---\ndate: 2022-02-30\n---\n")) == {"date": "2022-02-30"}


def assert_inside(text: str, front: FrontMatter) -> None:
    source = Source("a.md", text)
    assert 0 <= front.body <= len(text)
    offsets = [0]
    for fault in front.faults:
        assert 0 <= fault.offset <= fault.end <= len(text)
        assert source.offset(source.position(fault.offset)) == fault.offset
        offsets.append(fault.offset)
        if fault.edit:
            assert 0 <= fault.edit[0] <= fault.edit[1] <= len(text)
    assert offsets == sorted(offsets)
    for field in front.fields:
        assert 0 <= field.offset <= field.value_offset <= field.value_end <= len(text)


@thorough
@given(files)
def test_any_text_can_be_read_and_every_place_lies_in_it(text: str) -> None:
    assert_inside(text, read(text))


@thorough
@given(text=files)
def test_any_text_is_a_report(text: str, data: Data) -> None:
    touch(parse(data, text))


_lines = st.lists(
    st.tuples(
        st.sampled_from(["title", "year", "标题"]),
        st.sampled_from([": ", ":", "：", "： ", ":\t", " : "]),
        st.lists(
            st.sampled_from(["甲", "：", ":", ": ", " #", "#", " ", "\t", '"', "'", "[", "]", "-", "- "])
            | st.sampled_from(["\\", "，", "2", "{", "}", "|", ">", "*", "@", "%", "&", "!"]),
            max_size=7,
        ).map("".join),
    ),
    max_size=3,
    unique_by=lambda line: line[0],
)  # fmt: skip


@thorough
@given(_lines)
@example([("title", ":", "甲: 乙")])
@example([("title", ": ", "- \t#")])
def test_mending_changes_no_meaning_and_leaves_nothing_to_mend(
    lines: list[tuple[str, str, str]],
) -> None:
    text = "---\n" + "".join("".join(line) + "\n" for line in lines) + "---\n甲"
    front, mended = read(text), read(mend(text))
    assert values(mended) == values(front)
    assert not [fault for fault in mended.faults if fault.edit]
    corrected = {fault.corrected for fault in front.faults if fault.edit}
    assert corrected <= set(mend(text).split("\n"))
    assert len(front.faults) <= len(lines) + 1


# Writing

_text = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("甲:： #\"'[]{}-\\\t\n@*&!%|>`~?"), max_size=12
)  # fmt: skip
_scalars = _text | st.integers(-(10**9), 10**9) | st.dates()
_names = st.sampled_from(["title", "year", "sections", "一、甲"])


@thorough
@given(
    st.dictionaries(
        _names,
        _scalars
        | st.dictionaries(_names, _scalars, min_size=1)
        | st.lists(st.dictionaries(_names, _scalars, min_size=1), min_size=1),
        min_size=1,
    )
)
@example({"title": "!!bool 甲"})
@example({"title": "[" * 2_000})
@example({"title": "\x7f\ufffe\u2028"})
def test_what_is_written_is_read_back(fields: dict[str, object]) -> None:
    text = write_front_matter(fields) + "\n甲"
    front = read(text)
    assert front.faults == ()
    assert values(front) == fields
    assert text[front.body :] == "\n甲"


def test_text_is_quoted_only_where_it_must_be() -> None:
    fields = {"title": "2022年度报告", "year": 2022, "notes": "甲: 乙", "retention": "30"}
    assert write_front_matter(fields) == (
        '---\ntitle: 2022年度报告\nyear: 2022\nnotes: "甲: 乙"\nretention: "30"\n---\n'
    )


_PIECES = st.sampled_from(
    ["a", "year", ": ", "\n", "- ", "  ", '"', "'", "[", "]", "{", "}", ",", "#", " # x", "|\n", "年", "报告：",
     "2022", "?", ":", "-", "---\n", "~", "null", "2022-01-01", "\u3000", "\xa0", "“", "\r", "\x0b", "\u2028", "\x85",
     "0x1", "1_0", "*a", "&a ", "!x ", "\\", "\t"]
)  # fmt: skip


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML 没有带 libyaml")
@settings(max_examples=1000, deadline=None)
@given(st.lists(_PIECES, max_size=14))
def test_both_composers_read_alike_what_the_fast_one_is_given(pieces: list[str]) -> None:
    text = "".join(pieces)
    fast = front_matter._compose_fast(text)
    if fast is not None:
        assert _tree(fast) == _tree(front_matter._Loader(text).get_single_node())


def test_the_samples_are_read_by_the_fast_composer(root: Path) -> None:
    if not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML 没有带 libyaml")
    for file in sorted((root / "docs/reports").rglob("*.md")):
        text = file.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n") + "\n"
        fast = front_matter._compose_fast(text)
        assert fast is not None
        assert _tree(fast) == _tree(front_matter._Loader(text).get_single_node())


def _tree(node: yaml.Node) -> object:
    """A node as data, its place in the text included."""
    place = node.tag, node.start_mark.index, node.end_mark.index, node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        return place, [(_tree(key), _tree(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return place, [_tree(child) for child in node.value]
    return place, node.value
