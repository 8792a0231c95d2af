"""The sentences of a report with the place each stands in: what matching and insight rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .blocks import Block
from .report import Report
from .sections import Section

_END = re.compile(r"[。！？]+[”’）」』]*")
_EDGES = " \t　\n"


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole sentence, up to its 。！？: ``text`` as a reader sees it, ``at`` where it begins in the visible text of ``block``.

    ``anchor`` is that of the innermost section (empty before the first heading), ``role`` what that section is,
    ``section`` the title of the first-level section it lies in.
    """

    text: str
    at: int
    block: Block
    anchor: str
    role: str | None
    section: str


def statements(report: Report) -> Iterator[Statement]:
    """Every sentence of the paragraphs of ``report``, in order; headings of their own line and tables are left out,
    the title sentence of a run-in heading is one."""
    for block in report.lead:
        yield from _of_block(block, "", None, "")
    for top in report.sections:
        for section in top.walk():
            yield from _of_section(section, top.title)


def _of_section(section: Section, top: str) -> Iterator[Statement]:
    if section.run_in:
        yield from _of_block(section.heading, section.anchor, section.role, top)
    for block in section.blocks:
        yield from _of_block(block, section.anchor, section.role, top)


def _of_block(block: Block, anchor: str, role: str | None, section: str) -> Iterator[Statement]:
    if block.kind not in ("paragraph", "bullet"):
        return
    for start, end in sentence_spans(block.plain):
        yield Statement(block.plain[start:end], start, block, anchor, role, section)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of ``text`` begin and end (characters), blanks around them left out."""
    begin = 0
    for found in _END.finditer(text):
        yield from _trimmed(text, begin, found.end())
        begin = found.end()
    yield from _trimmed(text, begin, len(text))


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin] in _EDGES:
        begin += 1
    while begin < end and text[end - 1] in _EDGES:
        end -= 1
    if begin < end:
        yield begin, end


def anchor_at(report: Report, offset: int) -> str:
    """The anchor of the innermost section in which the character ``offset`` of the file stands; empty before the first heading."""
    anchor = ""
    for section in report.walk():
        if section.start <= offset < section.end:
            anchor = section.anchor
    return anchor
