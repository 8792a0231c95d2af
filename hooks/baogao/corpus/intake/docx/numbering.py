"""Automatic numbering: its definitions, and the counting that gives each paragraph its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .numerals import write_number
from .styles import Styles
from .tree import Node, number, on

LEVELS = 9
MAX_TEXT = 60


@dataclass(frozen=True)
class Level:
    """One level of a list; ``restart`` the level (from 1) that must be used for it to start anew, 0: never, ``None``: any above."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str | None = None


@dataclass
class List:
    """A list as paragraphs name it: the definition it counts in, and what it overrides."""

    definition: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Label:
    """What Word writes before a paragraph; ``doubt`` why it may not be that."""

    text: str
    bullet: bool = False
    doubt: str = ""


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Node | None, styles: Styles) -> None:
        self._definitions: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        linked: dict[str, str] = {}
        for node in root or ():
            if node.tag == "w:abstractNum":
                name = node.get("w:abstractNumId") or ""
                self._definitions[name] = _levels(node)
                style = node.value("w:numStyleLink")
                if style:
                    linked[name] = style
            elif node.tag == "w:num":
                self._lists[node.get("w:numId") or ""] = _list(node)
        for name, style in linked.items():
            owner = self._lists.get(styles.list_of(style) or "")
            if owner and owner.definition != name and not self._definitions[name]:
                self._definitions[name] = self._definitions.get(owner.definition, {})

    def level_of_style(self, list_id: str, styles: tuple[str, ...]) -> int | None:
        """The level that is linked with the first of ``styles`` that any level is linked with."""
        found = self._lists.get(list_id)
        if found is None:
            return None
        levels = self._definitions.get(found.definition, {})
        for style in styles:
            for at, level in levels.items():
                if level.style == style:
                    return at
        return None

    def next(self, list_id: str, at: int) -> Label | None:
        """Count one paragraph of a list at a level (from 0)."""
        used = self._lists.get(list_id)
        if used is None or used.definition not in self._definitions:
            return None
        levels: Mapping[int, Level] = {**self._definitions[used.definition], **used.levels}
        level = levels.get(at)
        if level is None:
            return None
        counts = self._counts.setdefault(used.definition, {})
        doubt = ""
        if at in used.starts and (list_id, at) not in self._started:
            counts[at] = used.starts[at]
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = used.starts.get(at, level.start)
        self._started.add((list_id, at))
        for above in range(at):
            if above not in counts and above in levels:
                # Word takes a level that was passed over as used once.
                counts[above] = used.starts.get(above, levels[above].start)
                if f"%{above + 1}" in level.text:
                    doubt = "上一级编号还没有出现过"
        for below in [key for key in counts if key > at]:
            restart = levels[below].restart if below in levels else None
            if restart is None or at < restart:
                del counts[below]
        if level.form == "bullet":
            return Label("", bullet=True)
        if level.hidden:
            return Label("")
        text, unknown = _write(level, levels, counts)
        if unknown:
            doubt = f"编号格式 {unknown} 不认识，按阿拉伯数字写出"
        if text and level.suffix != "nothing" and text[-1].isascii():
            text += " "
        return Label(text, doubt=doubt)


def _write(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> tuple[str, str]:
    unknown = ""

    def one(found: re.Match[str]) -> str:
        nonlocal unknown
        at = int(found[1]) - 1
        if at not in counts:
            return ""
        form = "decimal" if level.legal else levels[at].form if at in levels else "decimal"
        written = write_number(form, counts[at])
        if written is None:
            unknown = form
            return str(counts[at])
        return written

    return re.sub(r"%([1-9])", one, level.text), unknown


def _list(node: Node) -> List:
    made = List(node.value("w:abstractNumId") or "")
    for override in node:
        if override.tag != "w:lvlOverride":
            continue
        at = number(override.get("w:ilvl"), 0, LEVELS - 1, -1)
        if at < 0:
            continue
        level = override.find("w:lvl")
        if level is not None:
            made.levels[at] = _level(level)
        start = override.value("w:startOverride")
        if start is not None:
            made.starts[at] = number(start, 0, 32767, 1)
    return made


def _levels(node: Node) -> dict[int, Level]:
    found = {}
    for child in node:
        if child.tag == "w:lvl":
            at = number(child.get("w:ilvl"), 0, LEVELS - 1, -1)
            if at >= 0:
                found[at] = _level(child)
    return found


def _level(node: Node) -> Level:
    level = Level(
        number(node.value("w:start"), 0, 32767, 1 if node.find("w:start") else 0),
        _form(node),
        (node.value("w:lvlText") or "")[:MAX_TEXT],
        node.value("w:suff") or "tab",
        None,
        on(node.find("w:isLgl")) is True,
        on(node.find("w:rPr", "w:vanish")) is True,
        node.value("w:pStyle"),
    )
    restart = node.value("w:lvlRestart")
    return level if restart is None else replace(level, restart=number(restart, 0, LEVELS, 0))


def _form(node: Node) -> str:
    """The number format; newer ones stand in alternate content beside one that old programs know."""
    found = node.find("w:numFmt") or node.find("mc:AlternateContent", "mc:Fallback", "w:numFmt")
    choice = node.find("mc:AlternateContent", "mc:Choice", "w:numFmt")
    if choice is not None and (choice.get("w:format") or "").startswith("01,"):
        return "decimalZero"
    return (found.get("w:val") if found is not None else None) or "decimal"
