"""A page of the theme made once and filled thousands of times.

A site generator renders its templates anew for each page, though between two reports only title, description, contents and text
differ. So it is given one page of each kind with marks in these places (:func:`sample`), and what it makes of that is cut at
the marks. A test holds filled frames against pages the generator made itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from .page import Page, TocEntry

#: What the addresses of samples, and all marks, begin with.
SAMPLE = _MARK = "bgframe0"
TITLE, DESCRIPTION = f"{_MARK}title", f"{_MARK}description"
#: With a heading, as every page has: the theme would add one.
CONTENT = f"<h1>{_MARK}content</h1>"
_LEAF, _NEXT, _BRANCH, _TWIG, _LAST = (
    f"{_MARK}{name}" for name in ("leaf", "next", "branch", "twig", "last")
)
#: The contents of the page to be cut: two entries, and a third with two below it.
SAMPLE_TOC = (
    TocEntry(_LEAF, f"{_LEAF}-a", 2),
    TocEntry(_NEXT, f"{_NEXT}-a", 2),
    TocEntry(
        _BRANCH, f"{_BRANCH}-a", 2,
        (TocEntry(_TWIG, f"{_TWIG}-a", 3), TocEntry(_LAST, f"{_LAST}-a", 3)),
    ),
)  # fmt: skip
_TOC = f"{_MARK}toc"
_STYLE = f"{_MARK}style"
_URI = f"{_MARK}uri"
_PLACES = re.compile(f"({TITLE}|{DESCRIPTION}|{CONTENT}|{_TOC}|{_STYLE}|{_URI})")
_DESCRIBED = f'<meta name="description" content="{DESCRIPTION}">'
_LINK = re.compile(rf'<link rel="stylesheet" href="([^"]*){_STYLE}">')
_BETWEEN = re.compile(r"(?<=>)\s*\n\s*(?=<)")
_BLANK = re.compile(r"\n\s*")
_TAG = re.compile(r"<[a-z][^<>]*>")
#: A value that needs no quotes, and is none of a place to be filled.
_QUOTED = re.compile(rf"""=\"(?![^"]*{_MARK})([^\s"'=<>`]+)"(?=[\s>])""")
_ADDRESS = re.compile(r"""url\(\s*(["']?)(?!["']?(?:[a-z]+:|/|#))([^"')]+)\1\s*\)""")
_CHARSET = re.compile(r'^\ufeff?@charset "utf-8";', re.IGNORECASE)
_MAPPED = re.compile(r"/\*# sourceMappingURL=.*?\*/")
_KEPT = re.compile(r"(<(script|style|pre|textarea)\b.*?</\2>)", re.DOTALL)


class FrameError(Exception):
    """The theme made of the sample page what cannot be cut; the message says what is missing."""


@dataclass(frozen=True)
class Frame:
    """``pieces`` of HTML with the names of places at every odd index; ``root`` is the way from the page to the site's root;
    how entries of the contents are written: ``leaf`` with marks for anchor and title, a ``branch`` as what stands before, between,
    and after the entries below it."""

    pieces: tuple[str, ...]
    root: str = ""
    leaf: str = ""
    between: str = ""
    branch: tuple[str, str, str] = ("", "", "")

    def fill(self, page: Page) -> str:
        """The whole page."""
        values = {
            TITLE: escape(page.title),
            DESCRIPTION: f'<meta name="description" content="{escape(page.description)}">'
            if page.description
            else "",
            CONTENT: page.html,
            _TOC: self.between.join(map(self._entry, page.toc)),
            _STYLE: "".join(
                f'\n<link rel="stylesheet" href="{self.root}{style}">' for style in page.styles
            ),
            _URI: escape(page.uri),
        }
        return without_closing(
            "".join(
                values[piece] if index % 2 else piece for index, piece in enumerate(self.pieces)
            )
        )

    def _entry(self, entry: TocEntry) -> str:
        title, anchor = escape(entry.title), escape(entry.anchor)
        if not entry.children:
            return self.leaf.replace(f"{_LEAF}-a", anchor).replace(_LEAF, title)
        before, between, after = self.branch
        before = before.replace(f"{_BRANCH}-a", anchor).replace(_BRANCH, title)
        return before + between.join(map(self._entry, entry.children)) + after


#: End tags HTML lets out, where what follows closes the element. Those of paragraphs stay where a line end would get into them.
_CLOSING = re.compile(
    r"</(?:"
    r"t[dh]>(?=<t[dh][ >]|</tr>|<tr>)|tr>(?=\s*(?:<tr>|</t(?:head|body)>|</table>))|t(?:head|body)>(?=\s*(?:<tbody>|</table>))"
    r"|li>(?=\s*(?:<li[ >]|</[uo]l>))|d[dt]>(?=<d[dt]>|</d(?:iv|l)>)|p>(?=<p[ >]|</(?:td|div|li)>)"
    r")"
)


def without_closing(html: str) -> str:
    """The same page without the end tags that a reader of HTML adds itself; long tables are a tenth lighter."""
    return _CLOSING.sub("", html)


def _unquoted(tag: re.Match[str]) -> str:
    return _QUOTED.sub(r"=\1", tag[0])


def as_one_style(uri: str, sheets: Iterable[tuple[str, str]]) -> str:
    """The style sheet at ``uri`` (below the site's root, as all these addresses) that says what ``sheets`` say in their order, each its address and text."""
    folder = posixpath.dirname(uri)

    def moved(path: str, text: str) -> str:
        def address(found: re.Match[str]) -> str:
            target = posixpath.join(posixpath.dirname(path), found[2].strip())
            return f"url({found[1]}{posixpath.relpath(target, folder)}{found[1]})"

        return _ADDRESS.sub(address, _MAPPED.sub("", _CHARSET.sub("", text))).strip()

    return "\n".join(moved(path, text) for path, text in sheets) + "\n"


def sample(depth: int, toc: bool) -> Page:
    """The page to have made and cut: with contents or without, ``depth`` folders below the site's root."""
    uri = f"{_MARK}/" * depth + ("toc.html" if toc else "plain.html")
    return Page(uri, TITLE, CONTENT, SAMPLE_TOC if toc else (), DESCRIPTION, (_STYLE,))


def cut(output: str, made: Page) -> Frame:
    """The frame in ``output``, what the theme made of ``made``, a :func:`sample`. Blank lines and indents of the theme's own are left out,
    and what HTML does not ask for: quotes around plain values, end tags.

    Raises :class:`FrameError`.
    """
    output = "".join(
        part if index % 3 else _BLANK.sub("\n", _BETWEEN.sub("", part))
        for index, part in enumerate(_KEPT.split(output))
        if index % 3 != 2
    )
    output = output.strip().replace(made.uri, _URI)
    style = _LINK.search(output)
    if style is None:
        raise FrameError(_STYLE)
    output = output[: style.start()].rstrip() + _STYLE + output[style.end() :]
    output = _TAG.sub(_unquoted, output.replace(_DESCRIBED, DESCRIPTION))
    frame = _cut_toc(output) if made.toc else Frame((output,))
    pieces = tuple(_PLACES.split(frame.pieces[0]))
    for place in (TITLE, DESCRIPTION, CONTENT):
        if place not in pieces[1::2]:
            raise FrameError(place)
    return replace(frame, pieces=pieces, root=style[1])


def _cut_toc(output: str) -> Frame:
    entries = {name: _span(output, name) for name in (_LEAF, _NEXT, _TWIG, _LAST)}
    (leaf, leaf_end), (second, _) = entries[_LEAF], entries[_NEXT]
    (twig, twig_end), (last, last_end) = entries[_TWIG], entries[_LAST]
    branch = _opening(output, output.find(_BRANCH), _BRANCH)
    end = output.find("</li>", last_end) + len("</li>")
    if not leaf < second < branch < twig < last < end:
        raise FrameError(_BRANCH)
    return Frame(
        (output[:leaf] + _TOC + output[end:],),
        "",
        output[leaf:leaf_end],
        output[leaf_end:second],
        (output[branch:twig], output[twig_end:last], output[last_end:end]),
    )


def _span(output: str, name: str) -> tuple[int, int]:
    """Where the entry ``name`` begins and ends."""
    begin = _opening(output, output.rfind(name), name)
    return begin, output.find("</li>", begin) + len("</li>")


def _opening(output: str, at: int, name: str) -> int:
    begin = output.rfind("<li", 0, at)
    if at < 0 or begin < 0:
        raise FrameError(name)
    return begin
