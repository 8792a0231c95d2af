"""Styles: what a paragraph or a run has from its style and the styles that is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tree import Node, number, on

MAX_CHAIN = 40
#: The style of the 落款 an exported report has from its front matter: no text of the report, and not to come back as such.
FRONT_SIGNATURE = "报告库落款"
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$")
_HAN_HEADING = re.compile(r"([一二三四五])级标题$")
_ID = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """A style with what it inherits. ``chain`` are its id and those it is based on; ``outline`` 0 for body text;
    ``front`` for what an exported report has from its front matter (:data:`FRONT_SIGNATURE`)."""

    chain: tuple[str, ...] = ()
    outline: int = 0
    title: bool = False
    contents: bool = False
    list_id: str | None = None
    list_level: int | None = None
    hidden: bool = False
    centred: bool = False
    front: bool = False


class Styles:
    """The styles of a document."""

    def __init__(self, root: Node | None) -> None:
        self._nodes: dict[str, Node] = {}
        self._made: dict[str, Style] = {}
        self._default = ""
        for node in root or ():
            if node.tag == "w:style":
                name = node.get("w:styleId") or ""
                self._nodes[name] = node
                if node.get("w:type") == "paragraph" and node.get("w:default") in (
                    "1",
                    "true",
                    "on",
                ):
                    self._default = name

    def paragraph(self, name: str | None) -> Style:
        """The style of a paragraph that names it, or names none."""
        return self.get(name if name is not None else self._default)

    def get(self, name: str) -> Style:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._make(name)
        return made

    def list_of(self, name: str) -> str | None:
        """The list a numbering style stands for."""
        node = self._nodes.get(name)
        return node.value("w:pPr", "w:numPr", "w:numId") if node is not None else None

    def _make(self, name: str) -> Style:
        chain: list[str] = []
        at: str | None = name
        while (
            at is not None and at in self._nodes and at not in self._made and len(chain) < MAX_CHAIN
        ):
            if at in chain:
                break
            chain.append(at)
            at = self._nodes[at].value("w:basedOn")
        base = self._made.get(at or "", Style()) if chain else _by_id(name)
        for link in reversed(chain):
            base = self._made[link] = _derived(link, self._nodes[link], base)
        return base


def _by_id(name: str) -> Style:
    """A style that is not defined: its id may still say what it is."""
    found = _ID.match(name)
    return Style((name,), int(found[1]) if found else 0, name.lower() == "title")


def _derived(name: str, node: Node, base: Style) -> Style:
    """What a style says itself, and for the rest the style it is based on."""
    title = (node.value("w:name") or "").lower()
    outline = outline_level(node.value("w:pPr", "w:outlineLvl"))
    list_id = node.value("w:pPr", "w:numPr", "w:numId")
    list_level = node.value("w:pPr", "w:numPr", "w:ilvl")
    hidden = on(node.find("w:rPr", "w:vanish"))
    align = node.value("w:pPr", "w:jc")
    return Style(
        (name, *base.chain[: MAX_CHAIN - 1]),
        _named_outline(title, base.outline) if outline is None else outline,
        title in ("title", "标题") or base.title,
        title.startswith(("toc ", "目录 ")),
        base.list_id if list_id is None else list_id if list_id != "0" else None,
        base.list_level if list_level is None else number(list_level, 0, 8, 0),
        base.hidden if hidden is None else hidden,
        base.centred if align is None else align == "center",
        title == FRONT_SIGNATURE or base.front,
    )


def _named_outline(title: str, otherwise: int) -> int:
    heading = _HEADING.match(title)
    if heading:
        return int(heading[1])
    han = _HAN_HEADING.match(title)
    return "一二三四五".index(han[1]) + 1 if han else otherwise


def outline_level(text: str | None) -> int | None:
    """``w:outlineLvl`` as a level from 1; 0 for 正文文本."""
    if text is None:
        return None
    return (number(text, 0, 9, 9) + 1) % 10
