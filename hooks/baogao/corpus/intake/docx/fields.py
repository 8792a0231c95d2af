"""Fields: their codes are left out, their results kept, but for contents and page numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .symbols import symbol
from .tree import Node, number, on

#: Fields whose result is no text of the report.
LEFT_OUT = {
    "TOC": "目录", "TOA": "引文目录", "INDEX": "索引", "PAGE": "页码", "NUMPAGES": "页码", "SECTIONPAGES": "页码",
    "SECTION": "页码",
}  # fmt: skip
DATES = frozenset({"DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE"})
MAX_CODE = 2000
_ENCLOSED = re.compile(r"\\o\s*\\ac\(\s*([^,，]*?)\s*[,，]\s*(.*?)\s*\)", re.IGNORECASE | re.DOTALL)
_RUBY = re.compile(
    r"\\o\s*\\ad\(\\s\\up\s*\d+\(([^()]*)\)\s*[,，]\s*([^()]*)\)", re.IGNORECASE | re.DOTALL
)


@dataclass
class Field:
    """A field that has begun: in which paragraph, its code so far, whether its result has begun, and whether that is left out."""

    begin: Node | None = None
    place: int = 0
    code: list[str] = field(default_factory=list)
    result: bool = False
    left_out: str = ""
    lost: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def instruction(self) -> str:
        return "".join(self.code).strip()[:MAX_CODE]

    @property
    def kind(self) -> str:
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""


class Fields:
    """The fields open at one point of a text. Field characters without their counterpart are ignored."""

    def __init__(self, story: Node) -> None:
        self._stack: list[Field] = []
        self._in_code = 0
        self._outermost: Field | None = None
        self.broken = _unmatched(story)

    @property
    def in_code(self) -> bool:
        return self._in_code > 0

    @property
    def left_out(self) -> bool:
        return self._outermost is not None

    def begin(self, node: Node | None, place: int) -> None:
        self._stack.append(Field(node, place))
        self._in_code += 1

    def code(self, text: str) -> None:
        if self._stack and not self._stack[-1].result:
            self._stack[-1].code.append(text)

    def separate(self) -> None:
        if not self._stack or self._stack[-1].result:
            return
        top = self._stack[-1]
        top.result = True
        self._in_code -= 1
        top.left_out = LEFT_OUT.get(top.kind, "")
        if top.left_out and self._outermost is None:
            self._outermost = top

    def end(self) -> Field | None:
        """The field that ends here."""
        if not self._stack:
            return None
        top = self._stack.pop()
        if not top.result:
            self._in_code -= 1
        if top is self._outermost:
            self._outermost = None
        return top

    def keep(self, text: str) -> None:
        """Text that is part of a result and goes into the report."""
        if self._stack and self._stack[-1].result:
            self._stack[-1].kept.append(text)

    def lose(self, text: str) -> None:
        """Text of a result that is left out: put down with the outermost such field."""
        if self._outermost is not None:
            self._outermost.lost.append(text)


def shown_without_result(ended: Field) -> tuple[str, str]:
    """What a field shows that has no result of its own, and what there is to say about it."""
    kind, code = ended.kind, ended.instruction
    if kind == "EQ":
        ruby = _RUBY.search(code)
        if ruby:
            return ruby[2], f"“{ruby[2]}”的拼音“{ruby[1]}”没有带入"
        enclosed = _ENCLOSED.search(code)
        if enclosed:
            inner = enclosed[2]
            if inner.isascii() and inner.isdigit() and 1 <= int(inner) <= 20:
                return chr(ord("①") + int(inner) - 1), ""
            return inner, f"带圈字符“{inner}”带入时没有圈"
        return "", f"公式域没有带入：{code}"
    if kind == "SYMBOL":
        words = code.split()
        font = re.search(r"\\f\s*\"?([^\"\\]+)", code)
        if len(words) > 1 and words[1].isdigit() and len(words[1]) < 7:
            found = symbol(font[1].strip() if font else "", hex(int(words[1])))
            if found:
                return found, ""
        return "", f"符号域没有带入：{code}"
    data = ended.begin.find("w:ffData") if ended.begin is not None else None
    if kind == "FORMDROPDOWN" and data is not None:
        chosen = number(data.value("w:ddList", "w:result"), 0, 200, 0)
        entries = [
            n.get("w:val") or "" for n in data.find("w:ddList") or () if n.tag == "w:listEntry"
        ]
        return (entries[chosen], "") if chosen < len(entries) else ("", "")
    if kind == "FORMCHECKBOX" and data is not None:
        box = data.find("w:checkBox")
        states = (
            [on(box.find(tag)) for tag in ("w:checked", "w:default")] if box is not None else []
        )
        return ("☑" if next((s for s in states if s is not None), False) else "☐"), ""
    return "", ""


def _unmatched(story: Node) -> set[int]:
    """The field characters (by identity) that begin what never ends, or end what never began."""
    open_ones: list[int] = []
    broken: set[int] = set()
    waiting = [story]
    while waiting:
        node = waiting.pop()
        if node.tag == "w:fldChar":
            kind = node.get("w:fldCharType")
            if kind == "begin":
                open_ones.append(id(node))
            elif kind == "end":
                if open_ones:
                    open_ones.pop()
                else:
                    broken.add(id(node))
        if node.children:
            # a text box is a story of its own; deleted text is not read
            waiting.extend(
                child for child in reversed(node.children)
                if child.tag not in ("w:txbxContent", "w:del", "w:moveFrom")
            )  # fmt: skip
    broken.update(open_ones)
    return broken
