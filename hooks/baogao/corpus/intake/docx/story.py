"""The blocks of a document, a note, a header or a text box: paragraphs and tables, as pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...ordinals import match_ordinal
from ..manuscript import BLANKS, Hint, Piece
from .fields import Fields
from .numbering import Label, Numbering
from .numerals import write_number
from .package import Link
from .runs import Runs, chosen, raw_text
from .styles import Style, Styles, outline_level
from .tables import Rows, below
from .telling import Telling, excerpt
from .tree import Node, number, on

#: Lines broken by hand where the page ended are at least this long, and all about as long as each other.
WRAPPED = 20
HEADING_LINE = 40
_ENDED = "。！？；：.!?;:”’）》…"


@dataclass
class Notes:
    """Footnotes or endnotes: their texts by id, how their numbers are written, which have been referred to."""

    texts: dict[str, Node]
    form: str
    used: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0


@dataclass
class Shared:
    """What all stories of a document have in common."""

    styles: Styles
    numbering: Numbering
    footnotes: Notes
    endnotes: Notes
    comments: dict[str, int] = field(default_factory=dict)


class Story:
    """Reads blocks in order. ``number`` is the number of the last paragraph; in a ``boxed`` story that does not change."""

    def __init__(
        self, root: Node, shared: Shared, links: dict[str, Link], telling: Telling, *,
        number: int = 0, boxed: bool = False, body: bool = False,
    ) -> None:  # fmt: skip
        self.root = root
        self.shared = shared
        self.styles = shared.styles
        self.links = links
        self.telling = telling
        self.number = number
        self.boxed = boxed
        self.body = body
        self.fields = Fields(root)
        self.contents_at: list[int] = []
        self._shown = (
            ""  # text of paragraphs whose mark is hidden: the next goes on in the same line
        )
        self._kept: list[str] = []  # text of paragraphs whose mark is deleted
        self._tables = 0  # how many tables this place is inside of

    def pieces(self) -> list[Piece]:
        """All of it."""
        made = list(self._blocks(self.root))
        made += self._pending()
        return self._without_contents_title(made)

    # What runs ask for

    def contents(self, place: int) -> None:
        self.contents_at.append(place)

    def comment_at(self, name: str | None, place: int) -> None:
        self.shared.comments.setdefault(name or "", place)

    def note_mark(self, reference: Node, place: int) -> str:
        """The mark of a foot- or endnote, as Word writes it when it saves plain text."""
        notes = (
            self.shared.footnotes
            if reference.tag == "w:footnoteReference"
            else self.shared.endnotes
        )
        name = reference.get("w:id") or ""
        if name not in notes.texts:
            self.telling.add("guesses", place, "这里引用的注释不存在，请核对")
            return ""
        if on(_mark(reference)) is True:
            notes.used.append((name, ""))
            return ""
        notes.count += 1
        mark = f"[{write_number(notes.form, notes.count) or notes.count}]"
        notes.used.append((name, mark))
        return mark

    def control(self, node: Node, place: int) -> Iterable[Node]:
        """What is read of a content control: its content, unless that is a prompt or the contents of the document."""
        properties, content = node.find("w:sdtPr"), node.find("w:sdtContent")
        if content is None:
            return ()
        if properties is not None:
            if on(properties.find("w:showingPlcHdr")):
                text = raw_text(content)
                if text.strip():
                    self.telling.add("left_out", place, f"内容控件里的提示文字{excerpt(text)}")
                return ()
            gallery = properties.value("w:docPartObj", "w:docPartGallery")
            if gallery == "Table of Contents":
                self.telling.add("left_out", place, "目录" + excerpt(raw_text(content)))
                self.contents(place)
                return ()
        return content

    # Blocks

    def _blocks(self, nodes: Iterable[Node]) -> Iterator[Piece]:
        for node in nodes:
            tag = node.tag
            if tag == "w:p":
                yield from self._paragraph(node)
            elif tag == "w:tbl":
                yield from self._pending()
                yield from self._table(node)
            elif tag == "w:sdt":
                before = self.number
                inside = self.control(node, before + 1)
                yield from self._blocks(inside)
                if not self.boxed and not inside:
                    self.number = before + sum(1 for inner in node.walk() if inner.tag == "w:p")
            elif tag == "mc:AlternateContent":
                yield from self._blocks(chosen(node))
            elif tag == "w:altChunk":
                self.telling.add("left_out", self.number, "插入的整个文件（altChunk）")
            elif tag in ("w:moveFrom", "w:del"):
                self.telling.add("tracked", self.number, f"删去{excerpt(raw_text(node))}")
            elif tag not in ("w:sectPr", "w:sdtPr", "w:tblPr"):
                yield from self._blocks(node)

    def _paragraph(self, node: Node) -> Iterator[Piece]:
        if not self.boxed:
            self.number += 1
        place = self.number
        properties = node.find("w:pPr") or Node("w:pPr", None)
        style = self.styles.paragraph(properties.value("w:pStyle"))
        runs = Runs(self, style, place)
        runs.read(node)
        runs.finish()
        text = runs.text
        mark = properties.find("w:rPr")
        if style.contents and not self.boxed:
            if text.strip():
                self.contents(place)
                self.telling.add("left_out", place, "目录" + excerpt(text))
        elif style.front:
            if text.strip():
                self.telling.add("left_out", place, f"导出时由前言写成的落款{excerpt(text)}")
        elif mark is not None and (mark.find("w:del") or mark.find("w:moveFrom")):
            if text.strip():
                self.telling.add("tracked", place, "删去段落标记，与下一段并成一段")
                self._kept.append(text)
        elif _mark_hidden(mark, style):
            if text.strip():
                self._shown += (
                    "".join(self._kept)
                    + self._tell_label(self._count(properties, style), text, place)
                    + text
                )
                self._kept.clear()
        else:
            yield from self._lines(text, properties, style, place)
        for box in runs.boxes:
            yield from self._box(box, place)

    def _lines(self, text: str, properties: Node, style: Style, place: int) -> Iterator[Piece]:
        before, self._shown = self._shown, ""
        kept = "".join(self._kept)
        self._kept.clear()
        label = self._count(properties, style)
        text = kept + text
        if not (before + text).strip(BLANKS + "\n"):
            if label and label.text.strip() and not label.bullet:
                self.telling.add(
                    "guesses", place, f"只有自动编号“{label.text.strip()}”，没有文字，没有带入"
                )
            return
        text = before + self._tell_label(label, text, place) + text
        outline = outline_level(properties.value("w:outlineLvl"))
        align = properties.value("w:jc")
        hint = Hint(
            style.outline if outline is None else outline,
            style.title,
            align == "center" if align else style.centred,
            label is not None and label.bullet,
            self.body,
        )
        lines = list(self._cut(text, hint, place))
        for index, line in enumerate(lines):
            yield Piece(
                0,
                line,
                place,
                hint if index == 0 or hint.title or hint.centred else Hint(body=hint.body),
            )

    def _cut(self, text: str, hint: Hint, place: int) -> Iterator[str]:
        """The lines between soft breaks; a heading, or a sentence, that only goes on is one line."""
        lines = [line.strip(BLANKS) for line in text.split("\n")]
        lines = [line for line in lines if line]
        wrapped = len(lines) > 2 and min(map(len, lines[:-1])) >= max(
            WRAPPED, max(map(len, lines)) - 4
        )
        at = 0
        while at < len(lines):
            joined = [lines[at]]
            while at + 1 < len(lines) and _goes_on(lines[at], lines[at + 1], hint, wrapped):
                at += 1
                if joined[-1][-1].isascii() and lines[at][0].isascii():
                    joined.append(" ")
                joined.append(lines[at])
            line = "".join(joined)
            if len(joined) > 1:
                self.telling.add("guesses", place, f"软回车处一句没有完，接成一行：{excerpt(line)}")
            yield line
            at += 1

    def _box(self, box: Node, place: int) -> Iterator[Piece]:
        inside = Story(
            box, self.shared, self.links, self.telling, number=place, boxed=True, body=self.body
        )
        pieces = inside.pieces()
        if pieces:
            text = "".join(piece.content for piece in pieces)
            self.telling.add("guesses", place, f"文本框里的文字放在这一段之后：{excerpt(text)}")
        yield from pieces

    def _pending(self) -> Iterator[Piece]:
        """Text whose paragraph mark is gone, with no paragraph after it to join."""
        text = (self._shown + "".join(self._kept)).strip(BLANKS + "\n")
        self._shown = ""
        self._kept.clear()
        for line in text.split("\n"):
            if line.strip(BLANKS):
                yield Piece(0, line.strip(BLANKS), self.number, Hint(body=self.body))

    def _without_contents_title(self, pieces: list[Piece]) -> list[Piece]:
        """Without the line 目录 that stands right before contents that were left out."""
        for place in self.contents_at[:1]:
            before = [at for at, piece in enumerate(pieces) if piece.line < place]
            if before and re.sub(r"\s", "", pieces[before[-1]].content) in ("目录", "目次"):
                self.telling.add("left_out", pieces[before[-1]].line, "目录的标题")
                del pieces[before[-1]]
        return pieces

    # Automatic numbers

    def _count(self, properties: Node, style: Style) -> Label | None:
        """The label of a paragraph; counting goes on by one."""
        own = properties.find("w:numPr")
        list_id = own.value("w:numId") if own is not None else None
        if list_id == "0":
            return None
        level = own.value("w:ilvl") if own is not None else None
        numbering = self.shared.numbering
        if list_id is None:
            list_id = style.list_id
            if list_id is None:
                return None
            if level is None:
                linked = numbering.level_of_style(list_id, style.chain)
                return numbering.next(list_id, style.list_level or 0 if linked is None else linked)
        return numbering.next(list_id, number(level, 0, 8, 0))

    def _tell_label(self, label: Label | None, text: str, place: int) -> str:
        if label is None or not label.text:
            return ""
        shown = label.text.strip()
        self.telling.add("recognised", place, f"自动编号写成文字：{shown}")
        if label.doubt:
            self.telling.add("guesses", place, f"自动编号“{shown}”：{label.doubt}，请核对")
        elif match_ordinal(shown) and match_ordinal(text.strip(BLANKS)):
            self.telling.add(
                "guesses", place, f"自动编号“{shown}”之后，文中又写了序号，照原样带入，请核对"
            )
        return label.text

    # Tables

    def _table(self, table: Node) -> Iterator[Piece]:
        first = self.number + (0 if self.boxed else 1)
        made = Rows()
        inside: list[Piece] = []
        self._tables += 1
        for row in below(table, "w:tr"):
            if row.find("w:trPr", "w:del"):
                self._skip(row, "删去表格的一行")
                continue
            made.begin_row(row)
            for cell in below(row, "w:tc"):
                if cell.find("w:tcPr", "w:cellDel"):
                    self._skip(cell, "删去表格的一格")
                    continue
                inside = [*self._blocks(cell), *self._pending()]
                made.add(cell, inside)
        self._tables -= 1
        if made.single:
            if inside:
                self.telling.add("guesses", first, "只有一格的表格，格里的文字当作正文")
            yield from inside
        elif not made.empty:
            if not self._tables:  # of a table inside another, the other tells
                self.telling.add("recognised", first, f"表格：{len(made.rows)} 行 {made.width} 列")
                for doubt in made.doubts():
                    self.telling.add("guesses", first, doubt)
            yield Piece(0, "", first, Hint(body=self.body), made.filled())

    def _skip(self, node: Node, verb: str) -> None:
        if not self.boxed:
            self.number += sum(1 for inner in node.walk() if inner.tag == "w:p")
        self.telling.add("tracked", self.number, verb + excerpt(raw_text(node)))


def _mark(reference: Node) -> Node | None:
    """``w:customMarkFollows`` as a property."""
    said = reference.get("w:customMarkFollows")
    return None if said is None else Node("w:customMarkFollows", {"w:val": said})


def _mark_hidden(mark: Node | None, style: Style) -> bool:
    """Whether the paragraph mark is hidden, so that the next paragraph goes on in the same line."""
    said = on(mark.find("w:vanish")) if mark is not None else None
    return style.hidden if said is None else said


def _goes_on(line: str, following: str, hint: Hint, wrapped: bool) -> bool:
    if match_ordinal(following) or line[-1] in _ENDED or hint.bullet:
        return False
    if hint.outline and match_ordinal(line):
        return len(line) + len(following) <= HEADING_LINE
    return wrapped or line[-1] in "，、"
