"""Headings, paragraphs, bullets, tables, comments and breaks, each with its span."""

from __future__ import annotations

import pytest
from hypothesis import given

from baogao.corpus import Block, split_blocks
from baogao.corpus.blocks import cells

from .texts import bodies, thorough


def blocks(source: str, start: int = 0) -> list[Block]:
    return list(split_blocks(source, start))


def shape(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.plain) for block in blocks(source)]


def only(source: str) -> Block:
    (block,) = blocks(source)
    return block


# Headings


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_headings_of_every_level(level: int) -> None:
    block = only("#" * level + " 一、主要做法\n")
    assert (block.kind, block.level, block.plain) == ("heading", level, "一、主要做法")


@pytest.mark.parametrize(
    "source",
    [
        "## 一、甲",
        "##一、甲",
        "##\u3000一、甲",
        "  ## 一、甲 ",
        "## 一、甲 ##",
        "## 一、甲\u3000",
        "##\t一、甲",
        "## **一、甲**",
    ],
)
def test_spellings_of_a_heading(source: str) -> None:
    block = only(source)
    assert (block.kind, block.level, block.plain) == ("heading", 2, "一、甲")


@pytest.mark.parametrize("source", ["#", "##  ", "    ## 甲", "\\# 甲", "第#1号"])
def test_what_is_no_heading(source: str) -> None:
    assert only(source).kind == "paragraph"


@pytest.mark.parametrize(
    ("source", "attributes"),
    [
        ("## 甲 {data-section=problem}", (("data-section", "problem"),)),
        ('## 甲 {data-section="problem"}', (("data-section", "problem"),)),
        ("## 甲{data-section='problem' id=a}", (("data-section", "problem"), ("id", "a"))),
        ("## 甲 ## {data-section=problem}", (("data-section", "problem"),)),
        ("## 甲 {}", ()),
        ("## 甲 {: .b }", ()),
    ],
)
def test_attributes_of_a_heading(source: str, attributes: tuple[tuple[str, str], ...]) -> None:
    block = only(source)
    assert block.plain == "甲"
    assert block.attributes == attributes


def test_braces_in_a_heading_that_are_escaped_or_not_last_are_text() -> None:
    assert only("## 甲 \\{a=b}").plain == "甲 {a=b}"
    assert only("## 甲{a=b}乙").plain == "甲{a=b}乙"


def test_a_heading_ends_the_paragraph_before_it() -> None:
    assert shape("甲\n## 乙\n丙") == [("paragraph", "甲"), ("heading", "乙"), ("paragraph", "丙")]


# Paragraphs


def test_empty_lines_part_paragraphs() -> None:
    assert shape("甲\n\n乙\n \u3000\n丙\n\n\n") == [
        ("paragraph", "甲"),
        ("paragraph", "乙"),
        ("paragraph", "丙"),
    ]


@pytest.mark.parametrize(
    "indent", ["\u3000\u3000", "\u2003\u2003", "\u00a0\u00a0", "    ", "\t", " \u3000\t"]
)
def test_indents_are_no_part_of_a_paragraph(indent: str) -> None:
    block = only(f"{indent}甲乙{indent}\n{indent}丙\n")
    assert (block.kind, block.plain) == ("paragraph", "甲乙丙")
    assert block.start == len(indent)
    assert [block.plain[i] for i in range(3)] == ["甲", "乙", "丙"]


def test_lines_of_a_paragraph() -> None:
    source = "　甲乙\n　丙 \n\n丁"
    first, second = blocks(source)
    assert [source[a:b] for a, b in first.lines] == ["甲乙", "丙"]
    assert source[first.start : first.end] == "甲乙\n　丙"
    assert source[second.start : second.end] == "丁"


def test_raw_html_and_code_are_text() -> None:
    assert shape("<script>a</script>\n\n```\n\n> 甲\n\n===") == [
        ("paragraph", "<script>a</script>"),
        ("paragraph", "```"),
        ("paragraph", "> 甲"),
        ("paragraph", "==="),
    ]


def test_numbered_lines_are_paragraphs() -> None:
    assert shape("1. 甲\n\n1) 乙\n\n（1）丙") == [
        ("paragraph", "1. 甲"),
        ("paragraph", "1) 乙"),
        ("paragraph", "（1）丙"),
    ]


def test_reading_may_begin_after_the_front_matter() -> None:
    source = "---\na: b\n---\n甲"
    (block,) = blocks(source, source.index("甲"))
    assert (block.start, block.end, block.plain) == (13, 14, "甲")


# Bullets and breaks


@pytest.mark.parametrize("mark", ["-", "*", "+"])
def test_bullets(mark: str) -> None:
    first, second = blocks(f"{mark} 甲\n{mark}  **乙**\n")
    assert (first.kind, first.plain, second.kind, second.plain) == ("bullet", "甲", "bullet", "乙")


@pytest.mark.parametrize("source", ["-甲", "*书记", "**镇", "+5", "-", "—— 甲"])
def test_what_is_no_bullet(source: str) -> None:
    assert only(source).kind == "paragraph"


@pytest.mark.parametrize("source", ["---", "***", "___", "- - -", " * * *", "-----"])
def test_breaks(source: str) -> None:
    block = only(source)
    assert (block.kind, block.plain) == ("break", "")


# Comments


def test_a_comment_is_a_block_without_text() -> None:
    source = "甲\n<!-- 乙\n\n## 丙 -->\n丁"
    assert shape(source) == [("paragraph", "甲"), ("comment", ""), ("paragraph", "丁")]
    comment = blocks(source)[1]
    assert source[comment.start : comment.end] == "<!-- 乙\n\n## 丙 -->"


def test_what_follows_a_comment_on_its_line_is_kept() -> None:
    source = "  <!-- 甲 --> 乙\n<!-- 丙 --><!-- 丁 -->"
    assert shape(source) == [("comment", ""), ("paragraph", "乙"), ("comment", ""), ("comment", "")]
    assert source[blocks(source)[1].start] == "乙"


def test_a_comment_that_is_not_closed_reaches_to_the_end() -> None:
    source = "甲\n\n<!-- 乙\n\n丙"
    assert shape(source) == [("paragraph", "甲"), ("comment", "")]
    assert blocks(source)[1].end == len(source)


# Tables


def test_a_table() -> None:
    source = "| 问题 | 措施 |\n|---|:-:|\n| 甲 | **乙** |\n| 丙 | 丁 |\n\n戊"
    table, after = blocks(source)
    assert table.kind == "table"
    assert table.plain == "问题\t措施\n甲\t乙\n丙\t丁"
    assert source[table.start : table.end].endswith("| 丙 | 丁 |")
    assert [source[a:b] for a, b in table.lines][1] == "| 甲 | **乙** |"
    assert after.plain == "戊"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| 甲 | 乙 |", ["甲", "乙"]),
        ("甲 | 乙", ["甲", "乙"]),
        ("|甲|乙|", ["甲", "乙"]),
        ("| 甲 | |", ["甲", ""]),
        ("| | 乙 |", ["", "乙"]),
        ("||乙|", ["", "乙"]),
        ("|甲||丙|", ["甲", "", "丙"]),
        ("|甲||", ["甲", ""]),
        ("| 甲 \\| 乙 | 丙 |", ["甲 \\| 乙", "丙"]),
        ("| 甲 | 乙 \\|", ["甲", "乙 \\|"]),
        ("| 甲 | 乙 \\\\|", ["甲", "乙 \\\\"]),
        ("| 甲 | 乙 \\", ["甲", "乙 \\"]),
        ("  | 甲 |  ", ["甲"]),
        ("|", [""]),
    ],
)
def test_cells_of_a_row(row: str, expected: list[str]) -> None:
    source = f"前{row}后"
    assert [source[a:b] for a, b in cells(source, 1, 1 + len(row))] == expected


def test_bars_in_text_make_no_table() -> None:
    assert shape("甲 | 乙\n\n丙") == [("paragraph", "甲 | 乙"), ("paragraph", "丙")]
    assert shape("甲 | 乙\n丙丁") == [("paragraph", "甲 | 乙丙丁")]


# Everything


@thorough
@given(bodies)
def test_blocks_lie_in_order_in_the_file_and_cover_its_text(source: str) -> None:
    at = 0
    for block in blocks(source):
        assert at <= block.start <= block.end <= len(source)
        # Between two blocks nothing is lost but blanks.
        assert not source[at : block.start].strip()
        assert block.lines
        assert all(block.start <= a <= b <= block.end for a, b in block.lines)
        assert block.start <= block.text.source_offset(0) <= block.end
        assert block.kind != "heading" or 1 <= block.level <= 6
        at = block.end
    assert not source[at:].strip()
