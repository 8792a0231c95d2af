r"""Inline Markdown as reports use it.

A report is text first. Of Markdown only backslash escapes, character references, ``**bold**``, ``*italic*``,
``[links](…)`` and comments are read (CommonMark 0.31, 2.4, 2.5, 6.2, 6.3); everything else, raw HTML included, is the
text it looks like. So a mask such as ``**镇`` keeps its asterisks, and nothing written in a report can run in a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

_PUNCTUATION = r"!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~"
_SPECIAL = re.compile(
    rf"\\(?P<escaped>[{_PUNCTUATION}])"
    r"|(?P<entity>&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<stars>\*{1,2})"
    r"|(?<!!)\[(?P<label>[^\[\]\n]*)\]\((?P<url>[^()\s]*)\)",
    re.DOTALL,
)
#: What any of these begins with. Most lines of a report have none, and looking for these takes a fraction of the time.
_SPECIAL_BEGINS = re.compile(r"[\\&<*\[]")


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader sees of a piece of source.

    ``plain`` is the visible text. ``runs`` are pairs (offset into ``plain``, offset into the file),
    one for each place where the two stop going in step.
    """

    plain: str
    runs: tuple[tuple[int, int], ...]

    def source_offset(self, index: int) -> int:
        """The offset in the file of ``plain[index]`` (of the end, for ``len(plain)``)."""
        at = bisect_right(self.runs, (index, 1 << 60)) - 1
        start, offset = self.runs[max(at, 0)]
        return offset + index - start

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the file of ``plain[start:end]``, which is not empty."""
        return self.source_offset(start), self.source_offset(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` text, strong, em, link, or close (ends the innermost); ``text`` for text, the
    address for link; ``offset`` into the file."""

    kind: str
    text: str
    offset: int


def tokens(source: str, start: int, end: int) -> Iterator[Token]:
    """The inline tokens of ``source[start:end]``; text tokens map one to one onto the file but for
    character references, which are tokens of their own."""
    if not _SPECIAL_BEGINS.search(source, start, end):
        if start < end:
            yield Token("text", source[start:end], start)
        return
    open_stars: list[str] = []
    pairs = _pair_stars(source, start, end)
    at = start
    for found in _SPECIAL.finditer(source, start, end):
        if found.start() < at:
            continue
        if found["stars"] and found.start() not in pairs:
            continue
        if found.start() > at:
            yield Token("text", source[at : found.start()], at)
        at = found.end()
        if found["escaped"]:
            yield Token("text", found["escaped"], found.start() + 1)
        elif found["entity"]:
            yield Token("text", _character(found["entity"]), found.start())
        elif found["stars"]:
            kind = "strong" if len(found["stars"]) == 2 else "em"
            if open_stars and open_stars[-1] == kind and pairs[found.start()] == "close":
                open_stars.pop()
                yield Token("close", kind, found.start())
            else:
                open_stars.append(kind)
                yield Token(kind, "", found.start())
        elif found["label"] is not None:
            yield Token("link", found["url"], found.start())
            yield from tokens(source, found.start() + 1, found.start() + 1 + len(found["label"]))
            yield Token("close", "link", found.end())
    if at < end:
        yield Token("text", source[at:end], at)


def _character(reference: str) -> str:
    """What a character reference stands for; one that names nothing is the text it looks like."""
    if reference[1] != "#":
        return html5.get(reference[1:], reference)
    return unescape(reference) or reference


def _pair_stars(source: str, start: int, end: int) -> dict[int, str]:
    """Which runs of asterisks open and close emphasis: ``{offset: "open" | "close"}``.

    Two runs pair when they are equally long, the first is not followed by a blank, the second is not
    preceded by one, and no other pair crosses them.
    """
    pairs: dict[int, str] = {}
    if "*" not in source[start:end]:
        return pairs
    stack: list[tuple[int, int]] = []
    skip = start
    for found in _SPECIAL.finditer(source, start, end):
        if found.start() < skip or not found["stars"]:
            continue
        skip = found.end()
        length = len(found["stars"])
        before = source[found.start() - 1] if found.start() > start else " "
        after = source[found.end()] if found.end() < end else " "
        depth = next(
            (i for i in range(len(stack) - 1, -1, -1) if stack[i][1] == length),
            None,
        )
        if depth is not None and not before.isspace() and stack[depth][0] + length < found.start():
            pairs[stack[depth][0]] = "open"
            pairs[found.start()] = "close"
            del stack[depth:]
        elif not after.isspace():
            stack.append((found.start(), length))
    return pairs


def joined_tokens(source: str, spans: Iterable[tuple[int, int]]) -> Iterator[Token]:
    """The tokens of the lines of a paragraph, given as spans of the file.

    Lines are joined without a blank where both neighbours are East Asian wide characters, else with one
    (kind ``text``): the way a browser ought to show them.
    """
    last = ""
    previous_end = 0
    for start, end in spans:
        if last and not (_is_wide(last) and _is_wide(source[start : start + 1])):
            yield Token("text", " ", previous_end)
        previous_end = end
        for token in tokens(source, start, end):
            if token.kind == "text" and token.text:
                last = token.text[-1]
            yield token


def read_text(source: str, spans: Iterable[tuple[int, int]]) -> Text:
    """The visible text of the lines of a paragraph."""
    spans = list(spans)
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    expected = -1
    for token in joined_tokens(source, spans):
        if token.kind != "text" or not token.text:
            continue
        if token.offset != expected:
            runs.append((length, token.offset))
        pieces.append(token.text)
        length += len(token.text)
        expected = token.offset + len(token.text)
    if not runs:
        runs.append((0, spans[0][0] if spans else 0))
    return Text("".join(pieces), tuple(runs))


def _is_wide(char: str) -> bool:
    return bool(char) and (
        "⺀" <= char <= "鿿" or "　" <= char <= "〿" or "豈" <= char <= "￯" or char in "“”‘’—…"
    )


_LINE_START = re.compile(r"(?P<list>\d{1,9})(?=[.)])|(?P<mark>[+\-=#>|:]|`{3})")


def escape(text: str) -> str:
    r"""Plain text as report Markdown that shows exactly that text, here and in a forge's preview.

    One line in, one line out; blanks at either end are not kept. ``1.`` becomes ``1\.``, ``**镇`` ``\*\*镇``.
    """
    escaped = _escape_inline(text.strip())
    found = _LINE_START.match(escaped)
    if found and found["list"]:
        at = found.end("list")
        return escaped[:at] + "\\" + escaped[at:]
    if found and found["mark"]:
        return "\\" + escaped
    return escaped


def escape_heading(text: str) -> str:
    """Plain text as the text of a heading; nothing at its end is read as attributes or a closing ``#``."""
    return re.sub(r"([{#])", r"\\\1", _escape_inline(text.strip()))


def escape_cell(text: str) -> str:
    """Plain text as the text of a table's cell."""
    return _escape_inline(text.strip()).replace("|", "\\|")


def _escape_inline(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]<>~])", r"\\\1", text)
    return re.sub(r"&(?=[a-zA-Z#])", r"\\&", escaped)
