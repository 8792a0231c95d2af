"""Workbooks and comma-separated files hold what was put into them, as text where it is text."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from baogao.insight import Column, Sheet, csv_bytes, xlsx_bytes

SHEET = Sheet(
    "问题台账",
    (Column("序号", 6), Column("问题", 40), Column("人次", 8)),
    [[1, "=1+1", 320], [2, "深入基层不够，\n调研不多", None], [3, "0123", 98.5]],
)


def test_the_workbook_reads_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(SHEET)))
    page = book["问题台账"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["序号", "问题", "人次"]
    assert rows[1:] == [list(row) for row in SHEET.rows]
    assert page["B2"].data_type == "s"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:C4"
    assert page.column_dimensions["B"].width > 40
    assert len(book.worksheets) == 1


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert xlsx_bytes(SHEET) == xlsx_bytes(SHEET)


def test_the_csv_has_a_mark_and_no_formula() -> None:
    content = csv_bytes(SHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1] == ["1", "'=1+1", "320"]
    assert rows[2] == ["2", "深入基层不够，\n调研不多", ""]


@pytest.mark.parametrize("sign", list("=+-@＝＋－＠\t\r\n\0"))
def test_whatever_begins_a_formula_is_text(sign: str) -> None:
    evil = f"{sign}HYPERLINK(1)"
    sheet = Sheet("表", (Column(evil, 9),), [[evil]])
    cells = list(csv.reader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig"), newline="")))
    assert cells == [[f"'{evil}"], [f"'{evil}"]]
    if sign != "\0":  # which no workbook can hold
        page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheet))).active
        assert page is not None and page["A2"].data_type == "s"


def test_an_empty_sheet_is_a_header() -> None:
    empty = Sheet("空", SHEET.columns, [])
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(empty))).active
    assert page is not None and page.max_row == 1
