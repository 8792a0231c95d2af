"""HTML in a report's source: tags and comments, wherever they stand.

Names are those of the HTML Living Standard; the rest is what Word leaves behind (``o:p``). Anything else in angle brackets, such as
``<单位名称>``, is the text it looks like. An escaped ``\\<b>`` was meant.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TAG = re.compile(
    r"(?P<comment><!--)|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:\-]*)(?P<rest>(?:[\s/][^<>]*)?)(?P<end>>?)"
)
#: Formatting: the text is the same without it.
FORMATTING = frozenset((
    "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "small", "big", "font", "span",
    "center", "mark", "tt", "p", "div",
))  # fmt: skip
_TEXT = FORMATTING | frozenset((
    "a", "abbr", "acronym", "address", "article", "aside", "bdi", "bdo", "blockquote", "body",
    "br", "caption", "cite", "code", "col", "colgroup", "data", "dd", "details", "dfn", "dir",
    "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "kbd", "label", "legend", "li", "main", "map", "marquee",
    "menu", "meter", "nav", "nobr", "ol", "output", "pre", "progress", "q", "rp", "rt", "ruby",
    "samp", "section", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "title", "tr", "ul", "var", "wbr",
))  # fmt: skip
#: What runs, loads something or takes input.
ACTIVE = frozenset((
    "script", "noscript", "style", "iframe", "frame", "frameset", "object", "embed", "applet",
    "param", "form", "input", "button", "select", "option", "textarea", "link", "meta", "base",
    "template", "slot", "portal", "dialog", "fieldset",
))  # fmt: skip
#: What shows a picture or plays.
MEDIA = frozenset((
    "img", "image", "picture", "source", "svg", "math", "canvas", "video", "audio", "track",
    "area",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag with its span. ``sort``: text, media or active; one with an event handler or a script for an address is active, and
    an end tag is what its beginning was."""

    name: str
    sort: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; ``end`` is ``None`` when it is never closed."""

    start: int
    end: int | None
    content: str


@dataclass(frozen=True, slots=True)
class Markup:
    tags: tuple[Tag, ...]
    comments: tuple[Comment, ...]


_NOTHING = Markup((), ())


@lru_cache(maxsize=4)
def find_markup(text: str, body: int) -> Markup:
    """All tags of a text and the comments from offset ``body`` on (front matter knows none). Every rule of the family asks for
    them, so the last texts are remembered."""
    if "<" not in text:
        return _NOTHING
    tags: list[Tag] = []
    comments: list[Comment] = []
    opened: dict[str, str] = {}
    at = 0
    while found := _TAG.search(text, at):
        at = found.end()
        if _escaped(text, found.start()):
            at = found.start() + 1
        elif found["comment"]:
            if found.start() < body:
                continue
            close = text.find("-->", at)
            end = None if close < 0 else close + 3
            comments.append(Comment(found.start(), end, text[at : close if end else len(text)]))
            if end is None:
                break
            at = end
        elif sort := _sort(found["name"].lower(), found["rest"], bool(found["end"])):
            name = found["name"].lower()
            if found["close"]:
                sort = opened.pop(name, sort)
            else:
                opened[name] = sort
            tags.append(Tag(name, sort, found.start(), found.end()))
    return Markup(tuple(tags), tuple(comments))


def _sort(name: str, attributes: str, ended: bool) -> str | None:
    if name in ACTIVE:
        return "active"
    if not ended or not (name in _TEXT or name in MEDIA or ":" in name or "-" in name):
        return None
    if handler(attributes) or script_address(attributes):
        return "active"
    return "media" if name in MEDIA else "text"


def _escaped(text: str, at: int) -> bool:
    count = 0
    while at > count and text[at - count - 1] == "\\":
        count += 1
    return count % 2 == 1


_HANDLER = re.compile(r"(?:^|[\s/\"'])(on[a-z]{3,24})\s*=", re.IGNORECASE)
_SCRIPT_ADDRESS = re.compile(r"=\s*[\"']?\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)


def handler(attributes: str) -> str | None:
    """The first event handler among attributes."""
    found = _HANDLER.search(attributes) if "=" in attributes else None
    return found[1] if found else None


def script_address(attributes: str) -> bool:
    """Whether an attribute has an address that runs."""
    if ":" not in attributes and "&" not in attributes:
        return False
    return _SCRIPT_ADDRESS.search(re.sub(r"[\x00-\x1f]", "", html.unescape(attributes))) is not None


def by_line(text: str, tags: Iterator[Tag]) -> Iterator[list[Tag]]:
    """Tags of one line together: what was pasted at once is one finding."""
    group: list[Tag] = []
    for tag in tags:
        if group and "\n" in text[group[-1].end : tag.start]:
            yield group
            group = []
        group.append(tag)
    if group:
        yield group


def listed(text: str, tags: list[Tag], most: int = 6) -> str:
    """Tags as a message quotes them, each once."""
    written = list(dict.fromkeys(text[tag.start : tag.end] for tag in tags))
    short = [w if len(w) <= 40 else w[:38] + "…>" for w in written[:most]]
    return "、".join(short) + ("等" if len(written) > most else "")
