"""Inline Markdown: what is read of it, what stays the text it looks like, and where each character stands."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given

from baogao.corpus import Block, split_blocks
from baogao.corpus.inline import escape, escape_heading, joined_tokens, read_text, tokens

from .texts import bodies, one_line, thorough


def plain(source: str) -> str:
    return read_text(source, [(0, len(source))]).plain


def kinds(source: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(source, 0, len(source))]


@pytest.mark.parametrize(
    ("source", "visible"),
    [
        ("甲乙", "甲乙"),
        ("甲**乙**丙", "甲乙丙"),
        ("甲*乙*丙", "甲乙丙"),
        ("**甲*乙*丙**", "甲乙丙"),
        ("[甲](a.md)乙", "甲乙"),
        ("[甲**乙**](a.md)", "甲乙"),
        ("甲<!-- 注 -->乙", "甲乙"),
        ("\\*\\*镇", "**镇"),
        ("1\\. 甲", "1. 甲"),
        ("\\\\甲", "\\甲"),
        ("甲\\乙", "甲\\乙"),  # a backslash before what it cannot escape is itself
        ("甲\\", "甲\\"),
        ("&amp;&lt;&#20013;&#x4E2D;", "&<中中"),
        ("甲&nbsp;乙", "甲\u00a0乙"),
        ("\\&amp;", "&amp;"),
        ("\\[甲](a)", "[甲](a)"),
    ],
)
def test_what_is_read(source: str, visible: str) -> None:
    assert plain(source) == visible


@pytest.mark.parametrize(
    "source",
    [
        "**镇党委", "镇**", "**镇 ** 村", "* 甲 *", "2*3", "****", "*书记", "<b>甲</b>", "<script>alert(1)</script>",
        "`甲`", "~~甲~~", "_甲_", "![甲](a.png)", "[甲]", "[甲] (a)", "[甲](a b)", "&没有;", "&notit;", "&nosuch;",
        "AT&T", "a & b", "&#;", "&#1;", "<!-- 甲", "http://a.b/_c_", "$x$", "|甲|",
    ],
)  # fmt: skip
def test_what_stays_the_text_it_looks_like(source: str) -> None:
    assert plain(source) == source


def test_tokens() -> None:
    assert kinds("甲**乙*丙*丁**[戊](u)") == [
        ("text", "甲"), ("strong", ""), ("text", "乙"), ("em", ""), ("text", "丙"), ("close", "em"), ("text", "丁"),
        ("close", "strong"), ("link", "u"), ("text", "戊"), ("close", "link"),
    ]  # fmt: skip


@thorough
@given(one_line)
def test_every_token_that_opens_is_closed(source: str) -> None:
    open_kinds = []
    for token in tokens(source, 0, len(source)):
        assert 0 <= token.offset <= len(source)
        if token.kind == "close":
            assert open_kinds.pop() == token.text
        elif token.kind != "text":
            open_kinds.append(token.kind)
    assert open_kinds == []


@pytest.mark.parametrize(
    ("lines", "visible"),
    [
        (["甲乙", "丙丁"], "甲乙丙丁"),
        (["甲，", "乙"], "甲，乙"),
        (["“甲”", "“乙”"], "“甲”“乙”"),
        (["甲", "abc"], "甲 abc"),
        (["abc", "甲"], "abc 甲"),
        (["abc", "def"], "abc def"),
        (["2022", "年"], "2022 年"),
        (["**甲**", "乙"], "甲乙"),
    ],
)
def test_lines_are_joined_as_a_browser_ought_to(lines: list[str], visible: str) -> None:
    source = "\n".join(lines)
    at, spans = 0, []
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    assert read_text(source, spans).plain == visible
    said = [token.text for token in joined_tokens(source, spans) if token.kind == "text"]
    assert "".join(said) == visible


def test_an_empty_text_has_a_place() -> None:
    text = read_text("甲乙", [(1, 1)])
    assert text.plain == ""
    assert text.source_offset(0) == 1


def test_places_under_markup() -> None:
    source = "甲\\*乙**丙**丁&amp;戊[己](u)庚"
    text = read_text(source, [(0, len(source))])
    assert text.plain == "甲*乙丙丁&戊己庚"
    for index, char in enumerate(text.plain):
        assert source[text.source_offset(index)] == char
    assert text.source_offset(len(text.plain)) == len(source)


def stands_there(source: str, block: Block, index: int) -> bool:
    """Whether the visible character is the one at its place in the file."""
    char, at = block.plain[index], block.text.source_offset(index)
    if not block.start <= at < block.end:
        return False
    if source[at] == char:
        return True
    ampersand = source.rfind("&", block.start, at + 1)
    if ampersand >= 0:  # a character reference; a few stand for two characters
        meant = html.unescape(source[ampersand : source.find(";", ampersand) + 1])
        if meant[at - ampersand : at - ampersand + 1] == char:
            return True
    if block.kind == "table" and char in "\t\n":  # stands between two cells
        return True
    return char == " " and source[at].isspace()  # joins two lines


@thorough
@given(bodies)
@example("甲\\*乙 **丙** 丁&amp;戊 &acE; 己")
@example("| 甲 \\| 乙 | **丙** |\n|---|---|\n| | &lt; |")
@example("abc\ndef\n\\*甲\\*")
def test_every_visible_character_stands_where_the_text_says(source: str) -> None:
    for block in split_blocks(source):
        for index in range(len(block.plain)):
            assert stands_there(source, block, index), (block, index)


# Escaping

TRICKY = [
    "# 甲", "#", "- 甲", "-", "---", "- - -", "* 甲", "***", "* * *", "+ 甲", "1. 甲", "1) 甲", "2022. 甲", "1.5倍",
    "> 甲", "| 甲 | 乙 |", "|-|-|", "```", "```甲", "~~~", "~甲~", "_甲_", "__甲__", "___", "[甲](乙)", "![甲](乙)",
    "[甲]: 乙", "<甲>", "<!-- 甲 -->", "<!--", "<b>甲</b>", "&amp;", "&#35;", "AT&T", "&", "甲\\", "\\", "\\\\", "\\*",
    "甲\\*乙", "**镇党委", "*书记", "甲**乙**丙", "===", "= 甲", ": 甲", "{data-section=problem}", "## 一、甲 ##",
    "甲 # 乙", "\u3000甲", "甲\u3000", " 甲 ", "\t甲", "一、甲", "（一）甲。乙", "一是甲。", "$x$", "http://a.b/_c_",
    "\u200b# 甲", "\u00a0- 甲", "\u2003# 甲", "\x0b# 甲", "\x1c甲", "\u2028# 甲",
]  # fmt: skip


def assert_one_paragraph(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    for before, after in [("", ""), ("", "\n"), ("甲\n\n", "\n\n乙\n")]:
        blocks = list(split_blocks(before + escaped + after))
        block = blocks[1 if before else 0]
        assert len(blocks) == (3 if before else 1)
        assert block.kind == "paragraph"
        assert block.plain == text.strip()


@pytest.mark.parametrize("text", TRICKY)
def test_escaped_text_is_one_paragraph_that_shows_it(text: str) -> None:
    assert_one_paragraph(text)


@thorough
@given(one_line.filter(lambda text: text.strip()))
def test_any_line_escaped_is_one_paragraph_that_shows_it(text: str) -> None:
    assert_one_paragraph(text)


@thorough
@given(one_line.filter(lambda text: text.strip()))
@example("甲 {data-section=problem}")
@example("甲 ##")
@example("甲#")
@example("{}")
@example("甲\\")
def test_any_line_escaped_is_a_heading_that_shows_it(text: str) -> None:
    for level in (1, 2, 6):
        (block,) = split_blocks("#" * level + " " + escape_heading(text) + "\n")
        assert (block.kind, block.level, block.attributes) == ("heading", level, ())
        assert block.plain == text.strip()


def test_escape_leaves_ordinary_text_as_it_is() -> None:
    text = "2022年，我牵头“三会一课”12次（覆盖98.5%），见《意见》——一是学。A/B & C; 甲-乙 #1"
    assert escape(text) == text
    assert escape("1. 甲") == "1\\. 甲"
    assert escape("**镇") == "\\*\\*镇"
    assert escape("- 甲") == "\\- 甲"


def test_escape_of_nothing_is_nothing() -> None:
    assert escape("") == escape(" \u3000") == ""
