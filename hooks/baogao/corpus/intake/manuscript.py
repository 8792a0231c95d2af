"""A text as it came in, before anything in it is recognised: the one form text and Word files share."""

from __future__ import annotations

from dataclasses import dataclass

#: What office programs indent and pad with, besides ordinary blanks.
BLANKS = " \t\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u00a0\u200b\ufeff\x0b\x0c"


@dataclass(frozen=True)
class Note:
    """Something to tell the importer's user: ``line`` of the original text, or paragraph of the Word file (0: of the whole)."""

    line: int
    text: str


@dataclass(frozen=True)
class Hint:
    """What Word says of a paragraph.

    ``outline`` its outline level (0: body), ``title`` that it has the style for titles, ``centred``, ``bullet`` that it is
    an item of a bulleted list, ``body`` that it is no heading whatever it looks like.
    """

    outline: int = 0
    title: bool = False
    centred: bool = False
    bullet: bool = False
    body: bool = False


NO_HINT = Hint()


@dataclass(frozen=True)
class Piece:
    """A block of the report to be: heading ``level`` (0: paragraph), its text, its line in the original; ``rows`` of a table."""

    level: int
    text: str
    line: int
    hint: Hint = NO_HINT
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def content(self) -> str:
        """Its text, or that of its cells."""
        return "\n".join("\t".join(row) for row in self.rows) if self.rows else self.text


@dataclass(frozen=True)
class Aside:
    """What stands in a Word file and is no part of its text, to be told and never imported.

    ``tracked`` are the changes that were taken as accepted; what they inserted is in the text.
    """

    left_out: tuple[Note, ...] = ()
    hidden: tuple[Note, ...] = ()
    tracked: tuple[Note, ...] = ()
    comments: tuple[Note, ...] = ()
    properties: tuple[Note, ...] = ()


NO_ASIDE = Aside()
#: How people are told of each part of an :class:`Aside`.
ASIDE_NAMES = {
    "left_out": "没有带入的",
    "hidden": "隐藏文字，没有带入",
    "tracked": "修订，已按“接受”处理",
    "comments": "批注，没有带入",
    "properties": "文档属性，没有带入",
}


@dataclass(frozen=True)
class Manuscript:
    """``lines`` without indents and empty ones; ``form`` what it was read as; ``unit`` what is counted: 行 or 段."""

    lines: tuple[Piece, ...]
    form: str = ""
    unit: str = "行"
    recognised: tuple[Note, ...] = ()
    guesses: tuple[Note, ...] = ()
    aside: Aside = NO_ASIDE


def from_text(text: str, form: str = "") -> Manuscript:
    """The lines of a plain text."""
    return Manuscript(
        tuple(
            Piece(0, line.strip(BLANKS), number)
            for number, line in enumerate(text.split("\n"), 1)
            if line.strip(BLANKS)
        ),
        form,
    )
