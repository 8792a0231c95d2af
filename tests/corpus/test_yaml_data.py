"""Data files: every complaint begins with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import DataError
from baogao.corpus.yaml_data import Node, read_text_file, read_yaml

SHOWN = "docs/_data/kinds.yml"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Node]:
    def read(text: str) -> Node:
        file = tmp_path / "kinds.yml"
        file.write_text(text, encoding="utf-8", newline="")
        return read_yaml(file, SHOWN)

    return read


Read = Callable[[str], Node]


def place(error: DataError) -> tuple[int, int]:
    """Line and column, after checking that the message begins with them."""
    found = re.match(rf"{re.escape(error.path)}:(\d+):(\d+): (.+)", str(error), re.DOTALL)
    assert found
    assert found[3] == error.message
    assert (int(found[1]), int(found[2])) == (error.line, error.column)
    return error.line, error.column


def test_a_message_begins_with_its_place() -> None:
    assert str(DataError("a/b.yml", 3, 7, "不对")) == "a/b.yml:3:7: 不对"


def test_values(read: Read) -> None:
    top = read("a: 甲\nb: 12\nc: true\nd: [甲, 乙]\ne:\n  - {f: internal}\n").mapping()
    assert top["a"].text() == "甲"
    assert top["b"].integer() == 12
    assert top["c"].boolean() is True
    assert top["d"].texts() == ("甲", "乙")
    assert (
        top["e"].sequence()[0].mapping("f", "g")["f"].choice("internal", "restricted") == "internal"
    )
    assert [name for name, _ in read("b: 1\na: 2\n").items()] == ["b", "a"]
    assert top["e"].line == 6


@pytest.mark.parametrize(
    ("text", "ask", "line", "column", "says"),
    [
        ("- 甲\n", lambda n: n.mapping(), 1, 1, "项目: 内容"),
        ("a: 1\nb: 2\na: 3\n", lambda n: n.mapping(), 3, 1, "“a”写了两次"),
        ("? [甲]\n: 乙\n", lambda n: n.mapping(), 1, 3, "应是文字"),
        ("a: 1\nb:\n  - 甲\n", lambda n: n.mapping("a"), 2, 1, "不认识的项目“b”，可用：a"),
        ("a: 甲\n", lambda n: n.mapping()["a"].sequence(), 1, 4, "清单"),
        ("a:\n  - 甲\n", lambda n: n.mapping()["a"].text(), 2, 3, "应是文字"),
        ("a:\n  - 甲\n  - [乙]\n", lambda n: n.mapping()["a"].texts(), 3, 5, "应是文字"),
        ("a: 二〇二二\n", lambda n: n.mapping()["a"].integer(), 1, 4, "“二〇二二”不是整数"),
        ("a: 是\n", lambda n: n.mapping()["a"].boolean(), 1, 4, "“是”应为 true 或 false"),
        ("a: 公开\n", lambda n: n.mapping()["a"].choice("甲", "乙"), 1, 4, "“公开”不在允许的写法里：甲、乙"),
    ],
)  # fmt: skip
def test_a_wrong_value_names_its_place(
    text: str, ask: Callable[[Node], object], line: int, column: int, says: str, read: Read
) -> None:
    with pytest.raises(DataError) as caught:
        ask(read(text))
    assert place(caught.value) == (line, column)
    assert says in caught.value.message


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 甲: 乙\n", 1, 5),
        ("a: 1\n\tb: 2\n", 2, 1),
        ("a: 1\nb: [甲\n", 3, 1),
        ("a: 1\nb: @甲\n", 2, 4),
        ("a: *b\n", 1, 4),
        ("", 1, 1),
        ("# 只有注释\n", 1, 1),
        ("a: \x07\n", 1, 1),
        ("a: " + "[" * 100_000, 1, 1),
        ('a: "\\U99999999"\n', 1, 1),
    ],
)
def test_yaml_that_cannot_be_read_names_its_place(
    text: str, line: int, column: int, read: Read
) -> None:
    with pytest.raises(DataError) as caught:
        read(text)
    assert place(caught.value) == (line, column)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_text_file(tmp_path / "none.yml", "docs/_data/none.yml")
    assert place(caught.value) == (1, 1)
    wrong = tmp_path / "wrong.yml"
    wrong.write_bytes("甲".encode("gb18030"))
    with pytest.raises(DataError) as caught:
        read_text_file(wrong, "docs/_data/wrong.yml")
    assert place(caught.value) == (1, 1)
    assert "UTF-8" in caught.value.message


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(b"\xef\xbb\xbf" + "a: 甲\r\nb: 乙\r\n".encode())
    assert read_text_file(file, "a.yml") == "a: 甲\nb: 乙\n"
    assert list(read_yaml(file, "a.yml").mapping()) == ["a", "b"]
