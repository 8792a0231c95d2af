"""Offsets, lines and columns, and bytes that are no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.corpus import Position, Source, UndecodableError, decode, read_source

from .texts import thorough


def test_lines_and_columns_count_characters_from_one() -> None:
    source = Source("a.md", "甲乙\n\n丙😀丁")
    assert source.position(0) == Position(1, 1)
    assert source.position(1) == Position(1, 2)
    assert source.position(2) == Position(1, 3)  # the line end belongs to its line
    assert source.position(3) == Position(2, 1)
    assert source.position(6) == Position(3, 3)
    assert source.line_count == 3


@pytest.mark.parametrize("offset", [-1, -100])
def test_an_offset_before_the_text_is_its_beginning(offset: int) -> None:
    assert Source("a.md", "甲").position(offset) == Position(1, 1)


def test_an_offset_past_the_text_is_its_end() -> None:
    assert Source("a.md", "甲\n乙").position(99) == Position(2, 2)
    assert Source("a.md", "").position(99) == Position(1, 1)


@thorough
@given(st.text(alphabet="甲a\n😀\t", max_size=40))
def test_position_and_offset_are_inverse(text: str) -> None:
    source = Source("a.md", text)
    for offset in range(len(text) + 1):
        position = source.position(offset)
        assert source.offset(position) == offset
        assert source.line(position.line)[: position.column - 1] == text[:offset].split("\n")[-1]


@thorough
@given(st.text(alphabet="甲a\n", max_size=40))
def test_lines_are_those_of_the_text(text: str) -> None:
    source = Source("a.md", text)
    lines = text.split("\n")
    assert source.line_count == len(lines)
    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines
    assert source.line(0) == source.line(len(lines) + 1) == ""


def test_positions_are_ordered_as_in_the_file() -> None:
    assert Position(2, 9) < Position(10, 1) < Position(10, 2)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_decode_makes_one_kind_of_line_end(ending: str) -> None:
    assert decode(f"甲{ending}{ending}乙".encode()) == "甲\n\n乙"


def test_decode_keeps_the_byte_order_mark_for_checks() -> None:
    assert decode("\ufeff甲".encode()) == "\ufeff甲"


def test_decode_tells_where_and_what_it_may_be() -> None:
    with pytest.raises(UndecodableError) as caught:
        decode(b"abc" + "报告".encode("gb18030"))
    assert (caught.value.offset, caught.value.guess) == (3, "GB18030")


def test_decode_does_not_guess_at_rubbish() -> None:
    with pytest.raises(UndecodableError) as caught:
        decode(b"\xff\xff")
    assert (caught.value.offset, caught.value.guess) == (0, None)


def test_read_source_names_the_file_as_told(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes("甲\r\n乙".encode())
    assert read_source(file, "docs/reports/a.md") == Source("docs/reports/a.md", "甲\n乙")


def test_read_source_raises_for_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_source(tmp_path / "none.md", "none.md")
