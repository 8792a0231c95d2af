"""XML into small trees, within limits.

The parser is expat alone: no document type, no entities of the file's own, nothing fetched. Elements that only say what text
looks like are not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from ..decode import UnreadableError

MAX_DEPTH = 100
#: A start tag longer than this is no office program's.
MAX_TAG = 4_000_000
_MAIN = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_MICROSOFT = "http://schemas.microsoft.com/office"

#: Namespace → the short name tags are given here. Strict and transitional files read alike.
NAMESPACES = {
    f"{_MAIN}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_MAIN}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_MAIN}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_MAIN}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_MAIN}/drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}/drawingml/wordprocessingDrawing": "wp",
    f"{_MAIN}/drawingml/2006/picture": "pic",
    f"{_STRICT}/drawingml/picture": "pic",
    f"{_MAIN}/drawingml/2006/chart": "c",
    f"{_STRICT}/drawingml/chart": "c",
    f"{_MAIN}/drawingml/2006/diagram": "dgm",
    f"{_STRICT}/drawingml/diagram": "dgm",
    f"{_MAIN}/markup-compatibility/2006": "mc",
    f"{_MAIN}/package/2006/content-types": "ct",
    f"{_MAIN}/package/2006/relationships": "rel",
    f"{_MAIN}/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    f"{_MICROSOFT}/word/2010/wordprocessingShape": "wps",
    f"{_MICROSOFT}/word/2010/wordml": "w14",
}

#: Elements left away with everything in them: looks, and the state before a tracked change of looks.
_DROPPED = frozenset({
    "w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:tblPrExChange", "w:tcPrChange", "w:trPrChange",
    "w:tblGridChange", "w:numberingChange", "w:rFonts", "w:sz", "w:szCs", "w:lang", "w:b", "w:bCs", "w:i", "w:iCs",
    "w:u", "w:kern", "w:spacing", "w:ind", "w:proofErr", "w:bookmarkStart", "w:bookmarkEnd", "w:lastRenderedPageBreak",
    "w:latentStyles", "w:tblStylePr", "w:tblBorders", "w:tcBorders", "w:pBdr", "w:tblGrid", "w:tblCellMar", "w:tcMar",
    "w:shd", "w:rsids", "w:tabs", "w:widowControl", "w:snapToGrid", "w:adjustRightInd", "w:wordWrap", "w:fitText",
    "w:noProof", "w:pgSz", "w:pgMar", "w:cols", "w:docGrid",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "w:val", "w:id", "w:author", "w:type", "w:fldCharType", "w:instr", "w:styleId", "w:default", "w:numId",
    "w:abstractNumId", "w:ilvl", "w:font", "w:char", "w:name", "w:format", "w:customMarkFollows", "r:id", "name",
    "descr", "title", "string", "Requires", "Target", "TargetMode", "Type", "Id", "PartName", "ContentType",
    "Extension", "ProgID",
})  # fmt: skip
_TEXT = frozenset({"w:t", "w:delText", "w:instrText", "a:t", "m:t"})


class Node:
    """An element: ``tag`` like ``w:p``, the attributes that matter, its children, its text if it is one that holds text."""

    __slots__ = ("attributes", "children", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str] | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node] | None = None
        self.text = ""

    def __iter__(self) -> Iterator[Node]:
        return iter(self.children or ())

    def get(self, name: str) -> str | None:
        return self.attributes.get(name) if self.attributes else None

    def find(self, *path: str) -> Node | None:
        """The first child with the first tag, its first child with the second, …"""
        node: Node | None = self
        for tag in path:
            node = next((child for child in node or () if child.tag == tag), None)
        return node

    def value(self, *path: str) -> str | None:
        """``w:val`` of what :meth:`find` finds."""
        found = self.find(*path)
        return found.get("w:val") if found is not None else None

    def walk(self) -> Iterator[Node]:
        """Itself and everything in it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting.extend(reversed(node.children))


def on(node: Node | None) -> bool | None:
    """An on/off property: ``None`` where it is not said."""
    if node is None:
        return None
    return node.get("w:val") not in ("0", "false", "off")


def number(text: str | None, least: int, most: int, default: int) -> int:
    """A number in an attribute; what is none, or beyond reason, is ``default``."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return default
    return int(text) if least <= int(text) <= most else default


@dataclass
class Budget:
    """What may still be read of one file, all its parts together."""

    octets: int = 80_000_000
    elements: int = 600_000
    kept: int = 150_000
    characters: int = 500_000

    def spend(self, name: str, amount: int) -> None:
        left = getattr(self, name) - amount
        setattr(self, name, left)
        if left < 0:
            raise UnreadableError(
                "这个 Word 文件展开以后太大，不像一份报告，没有读。请在 Word 里把正文复制到新文档，另存为 .docx 再导入。"
            )


class _Builder:
    """The handlers of one parse."""

    def __init__(self, budget: Budget, all_text: bool) -> None:
        self.budget = budget
        self.all_text = all_text
        self.root: Node | None = None
        self.open: list[Node] = []
        self.skipping = 0
        self.depth = 0
        self.text: list[str] = []
        self.names: dict[str, str] = {}

    def short(self, name: str) -> str:
        known = self.names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            known = f"{NAMESPACES.get(space, '?')}:{local}" if space else local
            self.names[name] = known
        return known

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.budget.spend("elements", 1)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnreadableError("这个 Word 文件里的内容套了太多层，不是办公软件写的，没有读。")
        if self.skipping:
            self.skipping += 1
            return
        tag = self.short(name)
        if tag in _DROPPED:
            self.skipping = 1
            return
        self.budget.spend("kept", 1)
        kept = {
            short: value for key, value in attributes.items() if (short := self.short(key)) in _ATTRIBUTES
        }  # fmt: skip
        node = Node(tag, kept or None)
        if self.open:
            parent = self.open[-1]
            if parent.children is None:
                parent.children = [node]
            else:
                parent.children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.text = []

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.skipping:
            self.skipping -= 1
            return
        node = self.open.pop()
        if self.text:
            node.text = "".join(self.text)
            self.text = []

    def characters(self, text: str) -> None:
        if not self.skipping and self.open and (self.all_text or self.open[-1].tag in _TEXT):
            self.budget.spend("characters", len(text))
            self.text.append(text)

    def forbidden(self, *_: object) -> None:
        raise UnreadableError(
            "这个 Word 文件里声明了 XML 实体，办公软件不会这样写，可能有害，没有读。"
        )


def parse(chunks: Iterable[bytes], budget: Budget, *, all_text: bool = False) -> Node:
    """The tree of one part. Raises :class:`UnreadableError`, and expat's own error for what is no XML.

    ``all_text``: keep the text of every element, not only of those that hold text in a document.
    """
    builder = _Builder(budget, all_text)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = builder.forbidden
    parser.EntityDeclHandler = builder.forbidden
    fed = 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > MAX_TAG:
            raise UnreadableError("这个 Word 文件里有一处标记长得不正常，没有读。")
    parser.Parse(b"", True)
    if builder.root is None:
        raise UnreadableError("这个 Word 文件已损坏。")
    return builder.root
