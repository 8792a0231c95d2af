"""The sentences of a report with the place each stands in: what matching and insight rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .blocks import Block
from .report import Report
from .sections import Section, Told

_END = re.compile(r"[。！？]+[”’）」』]*")
_EDGES = " \t　\n"


class Statement(NamedTuple):
    """A whole sentence, up to its 。！？: ``text`` as a reader sees it, ``at`` where it begins in the visible text of ``block``.

    ``anchor`` is that of the innermost section (empty before the first heading), ``role`` what that section is, or the passage in it
    that tells something else (``Report.told``),
    ``section`` the title of the first-level section it lies in.
    """

    text: str
    at: int
    block: Block
    anchor: str
    role: str | None
    section: str


@lru_cache(maxsize=8)
def statements(report: Report) -> tuple[Statement, ...]:
    """Every sentence of the paragraphs of ``report``, in order; headings of their own line and tables are left out,
    the title sentence of a run-in heading is one."""
    found: list[Statement] = []
    for block in report.lead:
        found += _of_block(block, "", None, "")
    for top in report.sections:
        for section in top.walk():
            found += _of_section(section, top.title)
    if report.told:
        found = [_in_passage(statement, report.told) for statement in found]
    return tuple(found)


def _in_passage(statement: Statement, told: Iterable[Told]) -> Statement:
    at = statement.block.text.source_offset(statement.at)
    role = next((t.role for t in told if t.start <= at < t.end), statement.role)
    return statement._replace(role=role)


def _of_section(section: Section, top: str) -> Iterator[Statement]:
    if section.run_in:
        yield from _of_block(section.heading, section.anchor, section.role, top)
    for block in section.blocks:
        yield from _of_block(block, section.anchor, section.role, top)


def _of_block(block: Block, anchor: str, role: str | None, section: str) -> list[Statement]:
    if block.kind not in ("paragraph", "bullet"):
        return []
    plain = block.plain
    return [
        Statement(plain[start:end], start, block, anchor, role, section)
        for start, end in sentence_spans(plain)
    ]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of ``text`` begin and end (characters), blanks around them left out."""
    begin = 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        start, stop = begin, end
        while start < stop and text[start] in _EDGES:
            start += 1
        while start < stop and text[stop - 1] in _EDGES:
            stop -= 1
        if start < stop:
            yield start, stop
        begin = end


def anchor_at(report: Report, offset: int) -> str:
    """The anchor of the innermost section in which the character ``offset`` of the file stands; empty before the first heading."""
    anchor = ""
    for section in report.walk():
        if section.start <= offset < section.end:
            anchor = section.anchor
    return anchor
