"""A report as lines on paper: what each line is, and in which face each run of it is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..corpus import Block, Report, find_placeholders
from ..corpus.blocks import cells
from ..corpus.ending import Ending, find_ending
from ..corpus.inline import joined_tokens


@dataclass(frozen=True)
class Run:
    """A piece of text alike in all: ``run_in`` of a heading that begins a paragraph, ``gap`` a place to be filled or masked."""

    text: str
    bold: bool = False
    dotted: bool = False
    gap: bool = False
    run_in: bool = False


@dataclass(frozen=True)
class Line:
    """One paragraph on paper.

    ``style``: title, body, bullet, note (of the annexes there are), name and date (the text's own 落款), front-name and front-date
    (that of the front matter); a heading is ``h1`` … ``h4``. ``annex``: ``mark`` begins an annex, on a new page, ``title`` is its title.
    """

    style: str
    runs: tuple[Run, ...]
    annex: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first is the head."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]


def lines(report: Report) -> Iterator[Line | Table]:
    """The report from its title to its end, 落款 and annexes in their places."""
    ending = find_ending(report)
    sections = {section.heading.start: section for section in report.walk()}
    yield Line("title", (Run(report.title),))
    done = False
    for block in report.blocks:
        if block is report.outline.title or block.kind in ("comment", "break"):
            continue
        if block.start == ending.before:
            yield from _front(ending)
            done = True
        annex = (
            "mark" if block.start in ending.annexes
            else "title" if block.start in ending.titles else ""
        )  # fmt: skip
        section = sections.get(block.start)
        if block.kind == "table":
            yield _table(report, block)
        elif block.kind == "heading":
            level = min(section.level if section else block.level - 1, 4)
            yield Line(f"h{max(level, 1)}", tuple(runs(report, block)), annex)
        elif block.kind == "bullet":
            yield Line("bullet", tuple(runs(report, block)))
        elif block.start in ending.signed:
            yield Line(
                "date" if block.start == ending.signed[-1] else "name", tuple(runs(report, block))
            )
        elif block.start in ending.notes:
            yield Line("note", tuple(runs(report, block)))
        else:
            # Of the run-in headings only （一） has a face of its own (GB/T 9704-2012, 7.3.3).
            head = section.heading_length if section and section.level == 2 else 0
            yield Line("body", tuple(runs(report, block, head)), annex)
    if not done:
        yield from _front(ending)


def _front(ending: Ending) -> Iterator[Line]:
    if ending.name:
        yield Line("front-name", (Run(ending.name),))
    if ending.shown_date:
        yield Line("front-date", (Run(ending.shown_date),))


def _table(report: Report, block: Block) -> Table:
    source = report.source.text
    rows = []
    for start, end in block.lines:
        row = []
        for span in cells(source, start, end):
            text = "".join(
                token.text for token in joined_tokens(source, [span]) if token.kind == "text"
            )
            row.append(tuple(_runs(source, [span], 0, _gaps(text))))
        rows.append(tuple(row))
    return Table(tuple(rows))


def runs(report: Report, block: Block, head: int = 0) -> Iterator[Run]:
    """The visible text of a block; its first ``head`` characters are a run-in heading."""
    return _runs(report.source.text, list(block.lines), head, _gaps(block.plain))


def _gaps(text: str) -> list[tuple[int, int]]:
    return [(gap.start, gap.end) for gap in find_placeholders(text)]


def _runs(
    source: str, spans: list[tuple[int, int]], head: int, gaps: list[tuple[int, int]]
) -> Iterator[Run]:
    cuts = sorted({head, *(at for gap in gaps for at in gap)})
    bold = dotted = 0
    at = 0
    for token in joined_tokens(source, spans):
        if token.kind == "text":
            end = at + len(token.text)
            bounds = [at, *(cut for cut in cuts if at < cut < end), end]
            for first, last in pairwise(bounds):
                if first < last:
                    gap = any(start <= first < stop for start, stop in gaps)
                    text = token.text[first - at : last - at]
                    yield Run(text, bold > 0, dotted > 0, gap, first < head)
            at = end
        elif token.kind in ("strong", "em"):
            bold += token.kind == "strong"
            dotted += token.kind == "em"
        elif token.kind == "close":
            bold -= token.text == "strong"
            dotted -= token.text == "em"
