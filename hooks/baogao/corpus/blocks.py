"""The blocks of a report: headings, paragraphs, tables, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .inline import Text, read_text
from .ordinals import match_ordinal

_HEADING = re.compile(
    r"[ ]{0,3}(#{1,6})[ \t　]*(.*?)[ \t　]*(?:[ \t]#+[ \t]*)?((?<!\\)\{[^{}\n]*\})?[ \t　]*$"
)
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_BAR = re.compile(r"\\.|\|", re.DOTALL)
_BREAK = re.compile(r"^ {0,3}([-*_])[ \t]*(\1[ \t]*){2,}$")
_BULLET = re.compile(r"^[ ]{0,3}[-*+][ \t]+(?=\S)")
_BLANKS = " \t　\u2003\u2002\u00a0"
_ATTRIBUTE = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s}]+))")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. ``kind``: heading, paragraph, bullet, table, comment or break.

    ``start``/``end`` are its span in the file, ``text`` what a reader sees (a table's cells are joined by tabs
    and line ends), ``lines`` the span of each line without indent, ``level`` the number of ``#``
    of a heading, ``attributes`` its ``{data-section=problem}``.
    """

    kind: str
    start: int
    end: int
    text: Text
    lines: tuple[tuple[int, int], ...]
    level: int = 0
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def plain(self) -> str:
        return self.text.plain


def split_blocks(source: str, start: int = 0) -> Iterator[Block]:
    """The blocks of ``source`` from offset ``start`` on, in order."""
    lines = list(_lines(source, start))
    index = 0
    paragraph: list[tuple[int, int]] = []

    def flush() -> Iterator[Block]:
        if paragraph:
            spans = tuple(paragraph)
            paragraph.clear()
            yield Block(
                "paragraph", spans[0][0], spans[-1][1], read_text(source, list(spans)), spans
            )

    while index < len(lines):
        first, last = lines[index]
        line = source[first:last]
        stripped = line.strip(_BLANKS)
        if not stripped:
            yield from flush()
            index += 1
            continue
        head = stripped[0]
        if head == "<" and stripped.startswith("<!--"):
            yield from flush()
            close = source.find("-->", first)
            end = len(source) if close < 0 else close + 3
            begin = first + line.index("<!--")
            yield Block("comment", begin, end, Text("", ((0, begin),)), ((begin, end),))
            while index < len(lines) and lines[index][0] < end:
                index += 1
            if index and lines[index - 1][1] > end:
                lines[index - 1] = (end, lines[index - 1][1])
                index -= 1
            continue
        if head == "#" and (heading := _heading(source, first, last)):
            yield from flush()
            yield heading
            index += 1
            continue
        if "|" in line and index + 1 < len(lines) and not paragraph:
            next_line = source[lines[index + 1][0] : lines[index + 1][1]]
            if "-" in next_line and "|" in next_line and _TABLE_RULE.fullmatch(next_line.strip()):
                stop = index + 2
                while stop < len(lines) and "|" in source[lines[stop][0] : lines[stop][1]]:
                    stop += 1
                yield _table(source, lines[index:stop])
                index = stop
                continue
        if head in "-*_" and _BREAK.match(line):
            yield from flush()
            yield Block("break", first, last, Text("", ((0, first),)), ((first, last),))
            index += 1
            continue
        if head in "-*+" and (bullet := _BULLET.match(line)):
            yield from flush()
            span = (first + bullet.end(), first + len(line.rstrip(_BLANKS)))
            yield Block("bullet", first, last, read_text(source, [span]), (span,))
            index += 1
            continue
        if paragraph and match_ordinal(stripped):
            yield from flush()  # numbered lines are paragraphs of their own, blank line or not
        begin = first + len(line) - len(line.lstrip(_BLANKS))
        paragraph.append((begin, first + len(line.rstrip(_BLANKS))))
        index += 1
    yield from flush()


def _lines(source: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(source):
        end = source.find("\n", start)
        if end < 0:
            end = len(source)
        yield start, end
        start = end + 1


def _heading(source: str, first: int, last: int) -> Block | None:
    found = _HEADING.match(source[first:last])
    if not found or not found[2]:
        return None
    span = (first + found.start(2), first + found.end(2))
    attributes = tuple(
        (m[1], m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(found[3] or "")
    )
    text = read_text(source, [span])
    return Block("heading", first, last, text, (span,), len(found[1]), attributes)


def cells(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the cells of one table row."""
    row = source[start:end]
    at = start + len(row) - len(row.lstrip())
    stop = start + len(row.rstrip())
    if source[at:stop].startswith("|"):
        at += 1
    bars = [found.start() for found in _BAR.finditer(source, at, stop) if found[0] == "|"]
    if bars and bars[-1] == stop - 1:
        stop = bars.pop()
    spans = []
    for first, last in zip([at, *(bar + 1 for bar in bars)], [*bars, stop], strict=True):
        cell = source[first:last]
        begin = first + len(cell) - len(cell.lstrip())
        spans.append((begin, begin + len(cell.strip())))
    return spans


def _table(source: str, lines: list[tuple[int, int]]) -> Block:
    rows = [lines[0], *lines[2:]]
    plain: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for number, (start, end) in enumerate(rows):
        for column, (begin, stop) in enumerate(cells(source, start, end)):
            separator = "\n" if number and not column else "\t" if column else ""
            if separator:
                runs.append((length, begin))
                plain.append(separator)
                length += 1
            text = read_text(source, [(begin, stop)])
            runs.extend((length + index, offset) for index, offset in text.runs)
            plain.append(text.plain)
            length += len(text.plain)
    return Block(
        "table",
        lines[0][0],
        lines[-1][1],
        Text("".join(plain), tuple(runs) or ((0, lines[0][0]),)),
        tuple(rows),
    )
