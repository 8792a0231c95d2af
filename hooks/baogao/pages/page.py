"""A page as data, and the few pieces of HTML all pages are made of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from ..corpus import Report


@dataclass(frozen=True)
class TocEntry:
    """One line of a page's contents; ``title`` is plain text."""

    title: str
    anchor: str
    level: int
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True)
class Page:
    """``uri`` is its address below the site's root (``years/2022.html``); ``title`` and ``description`` are
    plain text, ``html`` its content."""

    uri: str
    title: str
    html: str
    toc: tuple[TocEntry, ...] = ()
    description: str = ""


def report_uri(report: Report) -> str:
    return f"reports/{report.name}.html"


def year_uri(year: int) -> str:
    return f"years/{year}.html"


def unit_uri(unit_id: str) -> str:
    return f"units/{unit_id}.html"


def kind_uri(kind_id: str) -> str:
    return f"kinds/{kind_id}.html"


def link(here: str, to: str, text: str, fragment: str = "", title: str = "") -> str:
    """A link from page ``here`` to page ``to`` (both addresses below the root); ``text`` is plain."""
    address = posixpath.relpath(to, posixpath.dirname(here) or ".")
    if fragment:
        address += f"#{fragment}"
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}"{hint}>{escape(text)}</a>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """A table in a scroller of its own; ``head`` is plain text, cells are HTML."""
    header = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="bg-scroll" tabindex="0" role="region" aria-label="{escape("、".join(head))}">'
        f'<table class="bg-table {css}"><thead><tr>{header}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'
    )


def number(value: int) -> str:
    """A number with thousands separators."""
    return f"{value:,}"
