"""Tables: rows of cells, and what their shape loses on the way into a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..manuscript import Piece
from .tree import Node, number

#: Word has no tables wider than this.
MAX_COLUMNS = 63


@dataclass
class Rows:
    """A table as it is read: cells merged in Word leave empty ones, as Word's own columns go on."""

    rows: list[list[str]] = field(default_factory=list)
    merged: bool = False
    nested: bool = False
    several: bool = False

    def begin_row(self, row: Node) -> None:
        properties = row.find("w:trPr")
        before = properties.value("w:gridBefore") if properties is not None else None
        self.rows.append([""] * number(before, 0, MAX_COLUMNS, 0))

    def add(self, cell: Node, inside: list[Piece]) -> None:
        """A cell with what stands in it."""
        shape = cell.find("w:tcPr")
        span = number(shape.value("w:gridSpan") if shape is not None else None, 1, MAX_COLUMNS, 1)
        self.merged |= span > 1 or (shape is not None and shape.find("w:vMerge") is not None)
        self.nested |= any(piece.rows for piece in inside)
        self.several |= len(inside) > 1
        self.rows[-1].append(" ".join(" ".join(piece.content.split()) for piece in inside))
        self.rows[-1] += [""] * (span - 1)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    @property
    def single(self) -> bool:
        return len(self.rows) == 1 and self.width == 1

    @property
    def empty(self) -> bool:
        return not any(cell for row in self.rows for cell in row)

    def filled(self) -> tuple[tuple[str, ...], ...]:
        """The rows, equally long."""
        width = min(self.width, MAX_COLUMNS)
        return tuple((*row, *[""] * (width - len(row))) for row in self.rows)

    def doubts(self) -> Iterator[str]:
        if self.merged:
            yield "表格里有合并的单元格：文字放在左上一格，其余空着"
        if self.nested:
            yield "表格里套着表格：里面的文字并在一格里，请核对"
        elif self.several:
            yield "表格里有的格写了几段，并成一行"


def below(node: Node, tag: str) -> Iterator[Node]:
    """The rows of a table or cells of a row, content controls and the like seen through."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag not in ("w:tc", "w:tr", "w:sdtPr", "w:p", "w:tbl"):
            yield from below(child, tag)
