"""Where the characters of a printed page stand, read out of its PDF by pdfium."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
#: 版心 of GB/T 9704-2012 in mm from the upper left corner: left, top, right, bottom.
LEFT, TOP, RIGHT, BOTTOM = 28.0, 37.0, 184.0, 262.0
HAN = re.compile(r"[㐀-䶿一-鿿]")
#: What may hang out of a line, or makes it hold more than 28: half-width characters.
_CLOSING = "，。、；：！？”’）》〉】…"


@dataclass(frozen=True)
class Glyph:
    """A character, its origin on the base line and its ink; mm from the upper left corner of the page."""

    char: str
    x: float
    base: float
    ink: tuple[float, float, float, float]


@dataclass(frozen=True)
class PrintedLine:
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def base(self) -> float:
        return self.glyphs[0].base

    @property
    def left(self) -> float:
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        return self.glyphs[-1].ink[2]

    @property
    def full_width(self) -> bool:
        """Whether it holds nothing but full-width characters, so that they can be counted."""
        return all(HAN.match(char) or char in "，。、；：！？“”‘’（）《》〈〉【】—…" for char in self.text)  # fmt: skip

    @property
    def count(self) -> int:
        """How many characters it holds, without the mark that hangs out at its end."""
        hanging = self.text[-1] in _CLOSING and self.glyphs[-1].x > RIGHT - 3
        return len(self.text) - hanging


@dataclass(frozen=True)
class PrintedPage:
    """``number`` counts from 1; ``width`` and ``height`` in mm."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]

    @cached_property
    def lines(self) -> tuple[PrintedLine, ...]:
        """All lines from the top, page number included: characters with base lines less than 2 mm apart."""
        rows: list[list[Glyph]] = []
        for glyph in sorted(self.glyphs, key=lambda g: g.base):
            if not rows or glyph.base - rows[-1][0].base > 2:
                rows.append([])
            rows[-1].append(glyph)
        return tuple(PrintedLine(tuple(sorted(row, key=lambda g: g.x))) for row in rows)

    @property
    def body(self) -> tuple[PrintedLine, ...]:
        """The lines inside the 版心."""
        return tuple(line for line in self.lines if line.base < BOTTOM)

    @property
    def foot(self) -> tuple[PrintedLine, ...]:
        return tuple(line for line in self.lines if line.base >= BOTTOM)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.body)


def read_pdf(file: Path) -> list[PrintedPage]:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(file)
    try:
        return [_page(number, page) for number, page in enumerate(document, 1)]
    finally:
        document.close()


def _page(number: int, page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    text = page.get_textpage()
    glyphs = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char.isspace() or char in "\x00\x02\ufffe":
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, bottom, right, top = text.get_charbox(index)
        ink = (left * MM, (height - top) * MM, right * MM, (height - bottom) * MM)
        glyphs.append(Glyph(char, x.value * MM, (height - y.value) * MM, ink))
    return PrintedPage(number, width * MM, height * MM, tuple(glyphs))


def check_frame(pages: list[PrintedPage]) -> None:
    """What paper must be like whoever made it: A4, all text inside the 版心 but for hanging marks, page numbers in their places."""
    for page in pages:
        assert abs(page.width - 210) < 0.5 and abs(page.height - 297) < 0.5
        for line in page.body:
            inner = [g for g in line.glyphs if not (g.char in _CLOSING and g.x > RIGHT - 3)]
            assert min(g.ink[0] for g in inner) >= LEFT - 0.5, line.text
            assert max(g.ink[2] for g in inner) <= RIGHT + 0.5, line.text
        assert page.body[0].glyphs[0].ink[1] >= TOP - 0.5
        (foot,) = page.foot
        assert foot.text == f"—{page.number}—"
        dash = foot.glyphs[0].ink
        # 一字线 7 mm below the 版心; one character (14 pt, 4.94 mm) in from the outer edge.
        assert abs((dash[1] + dash[3]) / 2 - (BOTTOM + 7)) < 0.7, dash
        if page.number % 2:
            assert abs(RIGHT - foot.right - 4.94) < 1.2, foot.right
        else:
            assert abs(foot.left - LEFT - 4.94) < 1.2, foot.left


def check_grid(pages: list[PrintedPage]) -> None:
    """22 lines to the page, 28 characters to the line."""
    pitch = 225 / 22
    full = [page for page in pages[:-1] if len(page.body) >= 20]
    assert full
    single = []
    for page in full:
        for line, following in pairwise(page.body):
            steps = (following.base - line.base) / pitch
            # two faces need not have the same base line: a quarter of a line is for that
            assert abs(steps - round(steps)) < 0.25, (page.number, line.text, steps)
            if round(steps) == 1:
                single.append(following.base - line.base)
        rows = 1 + round((page.body[-1].base - page.body[0].base) / pitch)
        assert rows <= 22
    assert abs(fmean(single) - pitch) < 0.06, fmean(single)
    # A page whose next one begins with a heading may have given up its last lines to it.
    rows_used = [1 + round((p.body[-1].base - p.body[0].base) / pitch) for p in full]
    assert rows_used.count(22) >= len(full) - 1, rows_used
    lines = [line for page in pages for line in page.body]
    whole = [line for line in lines if line.full_width and abs(line.left - LEFT) < 1.5 and line.right > RIGHT - 6]  # fmt: skip
    counts = [line.count for line in whole]
    assert len(counts) >= 10
    # Marks that must not begin a line take one down with them: 27 there.
    assert set(counts) <= {27, 28}, counts
    assert counts.count(28) > len(counts) * 0.6, counts


def line_with(pages: list[PrintedPage], text: str) -> tuple[PrintedPage, PrintedLine]:
    """The page and the line that begin with ``text``."""
    return next((page, line) for page in pages for line in page.body if line.text.startswith(text))
