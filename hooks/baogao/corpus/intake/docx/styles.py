"""Styles: what a paragraph or a run has from its style and the styles that is based on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .tree import Node, number, on

MAX_CHAIN = 40
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$")
_HAN_HEADING = re.compile(r"([一二三四五])级标题$")
_ID = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """A style with what it inherits. ``chain`` are its id and those it is based on; ``outline`` 0 for body text."""

    chain: tuple[str, ...] = ()
    outline: int = 0
    title: bool = False
    contents: bool = False
    list_id: str | None = None
    list_level: int | None = None
    hidden: bool = False
    centred: bool = False


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
        while at is not None and at in self._nodes and at not in chain and len(chain) < MAX_CHAIN:
            chain.append(at)
            at = self._nodes[at].value("w:basedOn")
        if not chain:
            found = _ID.match(name)
            return Style((name,), int(found[1]) if found else 0, name.lower() == "title")
        nodes = [self._nodes[link] for link in chain]
        names = [(node.value("w:name") or "").lower() for node in nodes]
        list_id = _first(node.value("w:pPr", "w:numPr", "w:numId") for node in nodes)
        list_level = _first(node.value("w:pPr", "w:numPr", "w:ilvl") for node in nodes)
        align = _first(node.value("w:pPr", "w:jc") for node in nodes)
        return Style(
            tuple(chain),
            _outline(nodes, names),
            any(n in ("title", "标题") for n in names),
            names[0].startswith(("toc ", "目录 ")),
            list_id if list_id != "0" else None,
            None if list_level is None else number(list_level, 0, 8, 0),
            next((v for node in nodes if (v := on(node.find("w:rPr", "w:vanish"))) is not None), False),
            align == "center",
        )  # fmt: skip


def outline_level(text: str | None) -> int | None:
    """``w:outlineLvl`` as a level from 1; 0 for 正文文本."""
    if text is None:
        return None
    return (number(text, 0, 9, 9) + 1) % 10


def _outline(nodes: list[Node], names: list[str]) -> int:
    for node, name in zip(nodes, names, strict=True):
        said = outline_level(node.value("w:pPr", "w:outlineLvl"))
        if said is not None:
            return said
        heading = _HEADING.match(name)
        if heading:
            return int(heading[1])
        han = _HAN_HEADING.match(name)
        if han:
            return "一二三四五".index(han[1]) + 1
    return 0


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)
