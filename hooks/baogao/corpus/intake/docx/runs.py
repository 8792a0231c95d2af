"""The text of one paragraph: what of its runs is text, and what is only told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .fields import DATES, LEFT_OUT, Field, Fields, shown_without_result
from .styles import Style
from .symbols import UNKNOWN, symbol
from .telling import excerpt
from .tree import Node, on

if TYPE_CHECKING:
    from .story import Story

#: In text these are blanks; lines are broken by ``w:br``.
_LINE_ENDS = re.compile("[\t\n\r\x85\u2028\u2029]")
#: Prefixes of alternate content that are read here as Word reads them.
_UNDERSTOOD = frozenset({
    "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex", "w16du", "a14", "a16", "am3d",
    "aink", "cx", "cx1", "c14", "p14", "v2",
})  # fmt: skip
_MEANINGFUL = frozenset(
    {
        "w:t",
        "w:txbxContent",
        "w:p",
        "a:blip",
        "v:imagedata",
        "v:textpath",
        "w:object",
        "w:sym",
        "w:tab",
        "w:br",
    }
)
_SKIPPED = frozenset(
    {
        "w:pPr",
        "w:rPr",
        "w:sectPr",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:smartTagPr",
        "w:customXmlPr",
        "w:rubyPr",
        "m:ctrlPr",
        "w:fldData",
        "w:ffData",
    }
)
MAX_KEPT = 200
#: Drawn things that are left out: element → what it is called.
_DRAWN = {
    "a:blip": "图片",
    "v:imagedata": "图片",
    "c:chart": "图表",
    "dgm:relIds": "SmartArt 图形",
    "w:contentPart": "手写墨迹",
}


def chosen(node: Node) -> Iterable[Node]:
    """What counts of alternate content: the first choice that is understood, else the fallback; never both."""
    choices = [child for child in node if child.tag == "mc:Choice"]
    for choice in choices:
        if set((choice.get("Requires") or "").split()) <= _UNDERSTOOD and any(
            inner.tag in _MEANINGFUL for inner in choice.walk()
        ):
            return choice
    fallback = node.find("mc:Fallback")
    if fallback is not None:
        return fallback
    return choices[0] if choices else ()


def raw_text(node: Node) -> str:
    """All text in an element, deleted text included, text boxes too."""
    return "".join(inner.text for inner in node.walk() if inner.tag in ("w:t", "w:delText"))


class Runs:
    """Reads the content of one paragraph. ``text`` has ``\\n`` for line breaks; ``boxes`` are its text boxes."""

    def __init__(self, story: Story, style: Style, place: int) -> None:
        self._story = story
        self._fields: Fields = story.fields
        self._style = style
        self._place = place
        self._parts: list[str] = []
        self._hidden: list[str] = []
        self._tracked: list[tuple[str, str, list[str]]] = []
        self.boxes: list[Node] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def tell(self, sort: str, text: str) -> None:
        self._story.telling.add(sort, self._place, text)

    def finish(self) -> None:
        """Tell of hidden and tracked text, once for the paragraph."""
        hidden = "".join(self._hidden)
        if hidden.strip():
            self.tell("hidden", excerpt(hidden))
        for verb, author, parts in self._tracked:
            text = "".join(parts)
            if text.strip():
                self.tell(
                    "tracked", f"{verb}{excerpt(text)}" + (f"（修订人 {author}）" if author else "")
                )

    # Elements

    def read(self, nodes: Iterable[Node], tracked: tuple[str, str] | None = None) -> None:
        """Read inline elements; ``tracked`` the verb and author of the change that put them in."""
        for node in nodes:
            tag = node.tag
            if tag == "w:r":
                self._run(node, tracked)
            elif tag in _SKIPPED:
                continue
            elif tag in ("w:ins", "w:moveTo"):
                verb = "插入" if tag == "w:ins" else "移入"
                self.read(node, (verb, node.get("w:author") or ""))
            elif tag in ("w:del", "w:moveFrom"):
                verb = "删去" if tag == "w:del" else "移走"
                self._track(verb, node.get("w:author") or "", raw_text(node))
            elif tag == "w:fldSimple":
                self._fields.begin(None, self._place)
                self._fields.code(node.get("w:instr") or "")
                self._fields.separate()
                self.read(node, tracked)
                self._end_field(tracked)
            elif tag == "w:hyperlink":
                self._link(node)
                self.read(node, tracked)
            elif tag == "w:sdt":
                self.read(self._story.control(node, self._place), tracked)
            elif tag == "mc:AlternateContent":
                self.read(chosen(node), tracked)
            elif tag in ("m:oMath", "m:oMathPara"):
                self._math(node, tracked)
            elif tag in ("w:commentRangeStart", "w:commentRangeEnd"):
                self._story.comment_at(node.get("w:id"), self._place)
            elif tag == "w:txbxContent":
                self.boxes.append(node)
            elif tag == "w:ruby":
                self._ruby(node, tracked)
            elif tag in ("w:drawing", "w:pict", "w:object"):
                self._drawing(node)
            else:
                self.read(node, tracked)

    def _run(self, run: Node, tracked: tuple[str, str] | None) -> None:
        hidden = self._is_hidden(run.find("w:rPr"))
        for node in run:
            self._in_run(node, hidden, tracked)

    def _in_run(self, node: Node, hidden: bool, tracked: tuple[str, str] | None) -> None:
        tag = node.tag
        if tag == "w:t":
            self._emit(_LINE_ENDS.sub(" ", node.text), hidden, tracked)
        elif tag == "w:fldChar":
            self._field_character(node, hidden, tracked)
        elif tag == "w:instrText":
            self._fields.code(node.text)
        elif tag in ("w:tab", "w:ptab"):
            self._emit("\t", hidden, tracked)
        elif tag in ("w:br", "w:cr"):
            self._emit("\n", hidden, tracked)
        elif tag == "w:noBreakHyphen":
            self._emit("-", hidden, tracked)
        elif tag == "w:sym":
            self._symbol(node, hidden, tracked)
        elif tag in ("w:footnoteReference", "w:endnoteReference"):
            if not hidden and not self._fields.in_code and not self._fields.left_out:
                self._emit(self._story.note_mark(node, self._place), hidden, tracked)
        elif tag == "w:commentReference":
            self._story.comment_at(node.get("w:id"), self._place)
        elif tag == "mc:AlternateContent":
            for inner in chosen(node):
                self._in_run(inner, hidden, tracked)
        elif tag in ("w:drawing", "w:pict", "w:object"):
            if hidden:
                self._hidden.append(raw_text(node) or "（图形）")
            else:
                self._drawing(node)
        elif tag == "w:ruby":
            self._ruby(node, tracked)
        elif tag == "w:contentPart":
            self.tell("left_out", "手写墨迹")

    def _is_hidden(self, properties: Node | None) -> bool:
        if properties is None:
            return self._style.hidden
        said = on(properties.find("w:vanish"))
        if said is not None:
            return said
        name = properties.value("w:rStyle")
        # A toggle: set in the style of the paragraph and of the run, it is off.
        return self._style.hidden != (self._story.styles.get(name).hidden if name else False)

    def _emit(self, text: str, hidden: bool, tracked: tuple[str, str] | None) -> None:
        if not text or self._fields.in_code:
            return
        if self._fields.left_out:
            self._fields.lose(text)
        elif hidden:
            self._hidden.append(text)
        else:
            self._parts.append(text)
            self._fields.keep(text)
            if tracked:
                self._track(*tracked, text)

    def _track(self, verb: str, author: str, text: str) -> None:
        if self._tracked and self._tracked[-1][:2] == (verb, author):
            self._tracked[-1][2].append(text)
        else:
            self._tracked.append((verb, author, [text]))

    # Fields

    def _field_character(self, node: Node, hidden: bool, tracked: tuple[str, str] | None) -> None:
        if id(node) in self._fields.broken:
            self.tell("guesses", "这里的域不完整，其中的文字照原样带入，请核对")
            return
        kind = node.get("w:fldCharType")
        if kind == "begin":
            self._fields.begin(node, self._place)
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._end_field(tracked, hidden)

    def _end_field(self, tracked: tuple[str, str] | None, hidden: bool = False) -> None:
        ended = self._fields.end()
        if ended is None or self._fields.in_code or self._fields.left_out:
            return
        kind, kept = ended.kind, "".join(ended.kept)[:MAX_KEPT]
        if ended.left_out or (kind in LEFT_OUT and not ended.result):
            self._left_out_field(ended)
        elif not kept:
            shown, said = shown_without_result(ended)
            self._emit(shown, hidden, tracked)
            if said:
                self.tell("guesses" if shown else "left_out", said)
        else:
            self._fields.keep(kept)
            if kind in DATES:
                self.tell(
                    "guesses", f"日期域会随打开的日子变，取的是存盘时的{excerpt(kept)}，请核对"
                )
            elif kind == "PAGEREF":
                self.tell("guesses", f"引用页码的域，取的是存盘时的{excerpt(kept)}，请核对")
            elif kind not in ("HYPERLINK", ""):
                self.tell("recognised", f"域 {kind} 取其结果{excerpt(kept)}")

    def _left_out_field(self, ended: Field) -> None:
        lost = "".join(ended.lost)
        if ended.kind == "TOC":
            self._story.contents(ended.place)
        name = LEFT_OUT[ended.kind]
        self._story.telling.add(
            "left_out", ended.place, name + (excerpt(lost) if lost.strip() else "")
        )

    # Things in a line

    def _symbol(self, node: Node, hidden: bool, tracked: tuple[str, str] | None) -> None:
        font, code = node.get("w:font") or "", node.get("w:char") or ""
        found = symbol(font, code)
        self._emit(found or UNKNOWN, hidden, tracked)
        if found is None and not hidden:
            self.tell("guesses", f"字体 {font} 的符号 {code} 不认识，暂写作“{UNKNOWN}”，请核对")

    def _ruby(self, node: Node, tracked: tuple[str, str] | None) -> None:
        base, over = node.find("w:rubyBase"), node.find("w:rt")
        if over is not None:
            self.tell("left_out", f"注音{excerpt(raw_text(over))}")
        self.read(base or (), tracked)

    def _math(self, node: Node, tracked: tuple[str, str] | None) -> None:
        text = "".join(n.text for n in node.walk() if n.tag in ("m:t", "w:t"))
        self._emit(text, False, tracked)
        self.tell("guesses", f"公式写成一行文字{excerpt(text)}，请核对")

    def _link(self, node: Node) -> None:
        link = self._story.links.get(node.get("r:id") or "")
        if link is not None and link.external and not self._fields.left_out:
            self.tell("left_out", f"链接地址 {link.target[:80]}（文字已带入）")

    def _drawing(self, node: Node) -> None:
        """Text boxes are read later; all else that is drawn is named."""
        names: list[str] = []
        lost: list[str] = []
        label = ""
        waiting: list[Node] = [node]
        while waiting:
            at = waiting.pop()
            if at.tag == "w:txbxContent":
                self.boxes.append(at)
                continue
            if at.tag == "mc:AlternateContent":
                waiting.extend(reversed(list(chosen(at))))
                continue
            if at.tag == "wp:docPr":
                label = at.get("descr") or at.get("title") or at.get("name") or ""
            elif at.tag == "v:textpath" and (at.get("string") or "").strip():
                self.tell("left_out", f"艺术字或水印{excerpt(at.get('string') or '')}")
            elif at.tag == "o:OLEObject":
                names.append(f"嵌入的对象 {at.get('ProgID') or ''}".strip())
            elif at.tag in _DRAWN:
                names.append(_DRAWN[at.tag])
            elif at.tag == "a:t":
                lost.append(at.text)
            waiting.extend(reversed(at.children or ()))
        if any(name.startswith("嵌入的对象") for name in names):
            names = [name for name in names if name != "图片"]  # its preview
        for name in dict.fromkeys(names):
            self.tell("left_out", name + (excerpt(label) if label else ""))
        if "".join(lost).strip():
            self.tell("left_out", f"图形里的文字{excerpt(''.join(lost))}")
