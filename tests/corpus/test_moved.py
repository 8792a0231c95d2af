"""redirects.tsv and withdrawn.tsv: read exactly, held against the reports there are, every slip with its place."""

from __future__ import annotations

import datetime

import pytest

from baogao.corpus import DataError, check_moved, final_name, write_withdrawn
from baogao.corpus.moved import read_redirects, read_withdrawn

A, B, C = "2020/jiguan-zongjie", "2021/jiguan-zongjie", "2022/jiguan-zongjie"
MOVES, GONE = "docs/_data/redirects.tsv", "docs/_data/withdrawn.tsv"


def moves(*rows: str) -> str:
    return "\n".join(["# 说明", "old\tnew", *rows, ""])


def gone(*rows: str) -> str:
    return "\n".join(["report\tdate\tnote", *rows, ""])


def test_read() -> None:
    (first, second) = read_redirects(moves(f"{A}\t{B}", f"{B}\t{C}"), MOVES)
    assert (first.old, first.new, first.line, first.column) == (A, B, 3, len(A) + 2)
    assert final_name(A, {m.old: m.new for m in (first, second)}) == C
    (entry,) = read_withdrawn(gone(f"{A}\t2024-03-01\t数据有误"), GONE)
    assert (entry.name, entry.date, entry.note) == (A, datetime.date(2024, 3, 1), "数据有误")


def test_windows_line_ends_and_lists_without_entries() -> None:
    assert len(read_redirects(moves(f"{A}\t{B}").replace("\n", "\r\n"), MOVES)) == 1
    assert read_redirects(moves(), MOVES) == () and read_withdrawn(gone(), GONE) == ()


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("", "1:1", "第一行应为"),
        ("旧\t新\n", "1:1", "第一行应为"),
        (moves(A), "3:1", "应有 2 列，现有 1 列"),
        (moves(f"docs/reports/{A}.md\t{B}"), "3:1", "不是报告的名称"),
        (moves(f"../../etc/passwd\t{B}"), "3:1", "不是报告的名称"),
        (moves(f'{A}\t{B}";return 200'), f"3:{len(A) + 2}", "不是报告的名称"),
        (moves(f"{A}\t{B}", f"{A}\t{C}"), "4:1", "在第 3 行已有"),
        (moves(f"{A}\t{A}"), f"3:{len(A) + 2}", "又回到原处"),
        (moves(f"{A}\t{B}", f"{B}\t{A}"), f"3:{len(A) + 2}", "又回到原处"),
    ],
)
def test_slips_in_redirects(text: str, where: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read_redirects(text, MOVES)
    assert str(caught.value).startswith(f"{MOVES}:{where}: ") and says in caught.value.message


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        (gone(f"{A}\t2024-3-1\t误"), f"2:{len(A) + 2}", "不是日期"),
        (gone(f"{A}\t2024-02-30\t误"), f"2:{len(A) + 2}", "不是日期"),
        (gone(f"{A}\t2024-03-01\t "), f"2:{len(A) + 13}", "没有写撤回的说明"),
        (gone(f"{A}\t2024-03-01\t误", f"{A}\t2024-03-02\t误"), "3:1", "在第 2 行已有"),
        (gone(f"{A}.md\t2024-03-01\t误"), "2:1", "不是报告的名称"),
    ],
)
def test_slips_in_withdrawn(text: str, where: str, says: str) -> None:
    with pytest.raises(DataError) as caught:
        read_withdrawn(text, GONE)
    assert str(caught.value).startswith(f"{GONE}:{where}: ") and says in caught.value.message


def test_held_against_the_reports() -> None:
    moved = read_redirects(moves(f"{A}\t{B}"), MOVES)
    withdrawn = read_withdrawn(gone(f"{B}\t2024-03-01\t误"), GONE)
    check_moved(moved, (), frozenset({B}), "docs/_data")
    check_moved(moved, withdrawn, frozenset({C}), "docs/_data")  # leads to the note
    for reports, gone_now, where, says in (
        ({C}, (), f"{MOVES}:3:{len(A) + 2}: ", f"没有报告“{B}”"),
        ({A, B}, (), f"{MOVES}:3:1: ", "还有一份报告"),
        ({B}, withdrawn, f"{GONE}:2:1: ", "docs/reports 里却又有它"),
    ):
        with pytest.raises(DataError) as caught:
            check_moved(moved, gone_now, frozenset(reports), "docs/_data")
        assert str(caught.value).startswith(where) and says in caught.value.message


def test_an_entry_is_added_on_a_line_of_its_own() -> None:
    day = datetime.date(2024, 3, 1)
    for text in (gone(), gone().rstrip("\n")):
        added = write_withdrawn(text, A, day, "一\t二\n三")
        (entry,) = read_withdrawn(added, GONE)
        assert entry.note == "一 二 三"
