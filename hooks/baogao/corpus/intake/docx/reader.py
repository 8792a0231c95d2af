"""A Word file as a manuscript: its text in order, and all that is told besides."""

from __future__ import annotations

from collections.abc import Iterable

from ..manuscript import Hint, Manuscript, Piece
from .numbering import Numbering
from .package import DamagedError, Link, Package
from .properties import read_properties
from .runs import raw_text
from .story import Notes, Shared, Story
from .styles import Styles
from .telling import Telling, excerpt
from .tree import Node


def read_docx(content: bytes) -> Manuscript:
    """The lines of a Word file, with the number of the paragraph each stands in.

    Raises :class:`UnreadableError` for what is no Word file, is damaged, locked, too large or hostile.
    """
    return _Reader(Package(content)).manuscript()


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.links = package.links(package.main)
        self.telling = Telling()

    def manuscript(self) -> Manuscript:
        document = self.package.tree(self.package.main)
        body = document.find("w:body")
        if document.tag != "w:document" or body is None:
            raise DamagedError
        styles = Styles(self._part("styles"))
        settings = self._part("settings")
        shared = Shared(
            styles,
            Numbering(self._part("numbering"), styles),
            self._notes("footnote", "decimal", body, settings),
            self._notes("endnote", "lowerRoman", body, settings),
        )
        story = Story(body, shared, self.links, self.telling)
        pieces = story.pieces()
        pieces += self._note_texts(shared.footnotes, "footnotes", "脚注", shared)
        pieces += self._note_texts(shared.endnotes, "endnotes", "尾注", shared)
        self._margins(shared)
        self._comments(shared)
        read_properties(self.package, self.telling)
        return Manuscript(
            tuple(pieces), "Word 文件", "段", self.telling.notes("recognised"), self.telling.notes("guesses"),
            self.telling.aside(),
        )  # fmt: skip

    def _targets(self, kind: str) -> list[Link]:
        return [
            link for link in self.links.values()
            if link.kind == kind and not link.external and link.target in self.package
        ]  # fmt: skip

    def _part(self, kind: str) -> Node | None:
        targets = self._targets(kind)
        return self.package.tree(targets[0].target) if targets else None

    def _notes(self, name: str, form: str, body: Node, settings: Node | None) -> Notes:
        root = self._part(f"{name}s")
        texts = {
            node.get("w:id") or "": node
            for node in root or ()
            if node.tag == f"w:{name}" and node.get("w:type") in (None, "normal")
        }
        section = body.find("w:sectPr")
        for place in (section, settings):
            said = place.value(f"w:{name}Pr", "w:numFmt") if place is not None else None
            if said:
                return Notes(texts, said)
        return Notes(texts, form)

    def _note_texts(self, notes: Notes, kind: str, name: str, shared: Shared) -> Iterable[Piece]:
        """Notes follow the text, in the order they are referred to, each with its mark."""
        targets = self._targets(kind)
        links = self.package.links(targets[0].target) if targets else {}
        done: set[str] = set()
        for reference, mark in list(notes.used):
            if reference in done:
                continue
            done.add(reference)
            story = Story(
                notes.texts[reference], shared, links, self.telling, boxed=True, body=True
            )
            for index, piece in enumerate(story.pieces()):
                if index == 0 and mark and not piece.rows:
                    piece = Piece(0, f"{mark} {piece.text}", 0, Hint(body=True))  # noqa: PLW2901
                yield piece
            self.telling.add(
                "guesses",
                0,
                f"{name}{mark}放在全文之后：{excerpt(raw_text(notes.texts[reference]))}",
            )
        for reference, node in notes.texts.items():
            text = raw_text(node)
            if reference not in done and text.strip():
                self.telling.add("left_out", 0, f"没有引用的{name}{excerpt(text)}")

    def _margins(self, shared: Shared) -> None:
        told: set[str] = set()
        for kind, name in (("header", "页眉"), ("footer", "页脚")):
            for link in self._targets(kind):
                telling = Telling()
                root = self.package.tree(link.target)
                inside = Story(root, shared, self.package.links(link.target), telling, boxed=True)
                text = " ".join(piece.content for piece in inside.pieces())
                said = [name + excerpt(text)] if text.strip(" -—－·/第页共") else []
                for sort, verb in (("left_out", ""), ("hidden", "隐藏文字"), ("tracked", "修订：")):
                    said += [
                        f"{name}里的{verb}{note.text}" for note in telling.notes(sort)
                        if not note.text.startswith("页码")
                    ]  # fmt: skip
                for line in said:
                    if line not in told:
                        told.add(line)
                        self.telling.add("left_out", 0, line)

    def _comments(self, shared: Shared) -> None:
        for node in self._part("comments") or ():
            if node.tag == "w:comment":
                author = node.get("w:author") or "未署名"
                place = shared.comments.get(node.get("w:id") or "", 0)
                self.telling.add("comments", place, f"{author}：{excerpt(raw_text(node))}")
