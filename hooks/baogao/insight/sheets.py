"""Tables to take away: one sheet as .xlsx (opens in WPS and Excel) and as .csv with a byte order mark.

XlsxWriter makes the workbooks; with it missing there is only the .csv.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None
#: Workbooks carry a date; one that never changes keeps builds the same byte for byte.
_EPOCH = datetime.datetime(2000, 1, 1)
#: Height of a line and the greatest height of a row that Excel takes, points.
_LINE, _TALLEST = 15.0, 409.0
#: A cell that begins with one of these is a formula to a spreadsheet (in East Asia the wide forms as well); as text it is data.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n\0")


@dataclass(frozen=True)
class Column:
    """``width`` in characters of the spreadsheet (a Chinese character takes two)."""

    name: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """``title`` is the name of the sheet (31 characters at most are kept); ``rows`` have one cell for each column."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


def can_write_xlsx() -> bool:
    """Whether XlsxWriter is installed."""
    try:
        import xlsxwriter  # noqa: F401
    except ImportError:
        return False
    return True


def xlsx_bytes(sheet: Sheet) -> bytes:
    """The sheet as a workbook: header frozen, in bold and with a filter, long text wrapped.

    Raises ImportError without XlsxWriter; ask :func:`can_write_xlsx` first.
    """
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )  # fmt: skip
    book.set_properties({"created": _EPOCH})
    page = book.add_worksheet(sheet.title[:31])
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#E8EAF6", "text_wrap": True, "valign": "vcenter"}
    )
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
        page.write_string(0, index, column.name, head)
    for number, row in enumerate(sheet.rows, 1):
        lines = _lines(row, sheet.columns)
        if lines > 1:
            # Excel and WPS would find the height themselves, LibreOffice does not.
            page.set_row(number, min(lines * _LINE, _TALLEST))
        for index, cell in enumerate(row):
            if cell is None or cell == "":
                page.write_blank(number, index, None, body)
            elif isinstance(cell, str):
                page.write_string(number, index, cell, body)
            else:
                page.write_number(number, index, cell, body)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return content.getvalue()


def _lines(row: Sequence[Cell], columns: Sequence[Column]) -> int:
    """How many lines the fullest cell of a row wraps into."""
    return max(
        (
            # Half of bytes and characters: 1 for a Latin letter, 2 for a Chinese character.
            sum(
                -(-(len(line.encode()) + len(line)) // 2 // (column.width - 1)) or 1
                for line in cell.split("\n")
            )
            for cell, column in zip(row, columns, strict=True)
            if isinstance(cell, str)
        ),
        default=1,
    )


def csv_bytes(sheet: Sheet) -> bytes:
    """The sheet as comma-separated UTF-8 with a byte order mark, which Excel and WPS need to read it as UTF-8."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow([_safe(column.name) for column in sheet.columns])
    writer.writerows([_safe(cell) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + content.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
