"""A page as data, and the few pieces of HTML all pages are made of."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TypeVar
from urllib.parse import quote

from ..corpus import Report

T = TypeVar("T")


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
    plain text, ``html`` its content; ``styles`` are style sheets (addresses below the root) that this page alone needs."""

    uri: str
    title: str
    html: str
    toc: tuple[TocEntry, ...] = ()
    description: str = ""
    styles: tuple[str, ...] = ()


@dataclass(frozen=True)
class LatePage:
    """A page that is made when it is written: there are thousands of its kind, and none is needed before. ``make`` gives the page,
    the same one every time; ``key`` names what it depends on beside data files and program (empty: on everything)."""

    uri: str
    title: str
    make: Callable[[], Page]
    key: str = ""


def key_of(reports: Iterable[Report]) -> str:
    """The key of a page that depends on these reports and no others."""
    return " ".join(report.key for report in reports)


#: What stands in a cell that has nothing to say, and what marks a line the program guessed.
NONE = '<span class="bg-none">—</span>'
GUESS = '<span class="bg-guess">推测</span>'


def report_uri(report: Report) -> str:
    return f"reports/{report.name}.html"


def word_uri(report: Report) -> str:
    """Where the Word file of a report is."""
    return f"reports/{report.name}.docx"


def year_uri(year: int) -> str:
    return f"years/{year}.html"


def unit_uri(unit_id: str) -> str:
    return f"units/{unit_id}.html"


def kind_uri(kind_id: str, page: int = 1) -> str:
    return f"kinds/{kind_id}{f'.{page}' if page > 1 else ''}.html"


def relative(here: str, to: str) -> str:
    """The address of page ``to`` as page ``here`` links to it (both below the root)."""
    return _from_folder(posixpath.dirname(here) or ".", to)


@lru_cache(maxsize=4096)
def _from_folder(folder: str, to: str) -> str:
    # posixpath asks for the working directory each time, and pages hold a hundred thousand links.
    path = posixpath.relpath(to, folder)
    # What stands before a colon would be a scheme: a file may be called javascript:….
    return f"./{path}" if ":" in path.split("/")[0] else path


def link(here: str, to: str, text: str, fragment: str = "", title: str = "") -> str:
    """A link from page ``here`` to page ``to`` (both addresses below the root); ``text`` is plain."""
    address = relative(here, to)
    if fragment:
        address += f"#{fragment}"
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}"{hint}>{escape(text)}</a>'


#: So many characters of a sentence are enough to find it in its report; an address with more is heavier than the sentence.
_LONGEST_MARK = 14
#: What an address cannot hold as it is. Browsers write Chinese characters as bytes themselves.
_ASKED = str.maketrans({sign: quote(sign) for sign in " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}\t\n\r\x7f"})


def sentence_link(here: str, report: Report, anchor: str, words: str, text: str) -> str:
    """A link to a section of a report where the reader's page marks ``words``; ``text`` is what the link says."""
    address = relative(here, report_uri(report))
    asked = f"?h={asked_for(words[:_LONGEST_MARK].rstrip())}" if words else ""
    fragment = f"#{anchor}" if anchor else ""
    return f'<a href="{escape(address + asked + fragment)}">{escape(text)}</a>'


def asked_for(words: str) -> str:
    """``words`` as the value of a parameter in an address, as short as can be."""
    return words.translate(_ASKED)


def search_uri(words: str) -> str:
    """The address, below the root, of the search for exactly these words."""
    return f"search.html?q={asked_for(words)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """A table in a scroller of its own; ``head`` is plain text, cells are HTML. A page may have several with the same head, so the
    scroller is no landmark."""
    header = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="bg-scroll" tabindex="0" role="group" aria-label="{escape("、".join(head))}">'
        f'<table class="bg-table {css}"><thead><tr>{header}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'
    )


@dataclass(frozen=True)
class DataColumn:
    """A column of a table that sorts and filters: ``sort`` is ``text``, ``number`` or empty (does not sort), ``choose`` puts
    the values of the column into a list to choose from, with ``filled`` for all cells that say something and ``empty`` for those
    that do not, where these are given."""

    name: str
    sort: str = "text"
    choose: bool = False
    filled: str = ""
    empty: str = ""


def data_table(
    columns: Sequence[DataColumn], rows: Iterable[Sequence[str]], label: str, css: str = ""
) -> str:
    """A plain table that ``assets/tables.js`` lets readers sort and filter; cells are HTML.

    Its first column stays in place while the others scroll. ``label`` names it to a screen reader. A cell sorts and filters by
    its text unless an element in it has ``data-value``; the style sheet puts a dash into an empty one.
    """
    head = "".join(
        f'<th scope="col"{f" data-sort={column.sort}" if column.sort else ""}'
        f"{' data-choose' if column.choose else ''}{_named('filled', column.filled)}{_named('empty', column.empty)}>{escape(column.name)}</th>"
        for column in columns
    )
    # A blank in the last cell would leave it not empty.
    body = "".join(
        f"<tr><th scope=row>{row[0]}</th>"
        + "".join(f"<td>{cell}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="bg-scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="bg-table bg-data {css}"><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>'
    )


def _named(name: str, value: str) -> str:
    return f' data-{name}="{escape(value)}"' if value else ""


#: What a page may weigh (bytes of its HTML): issue 6 says 1 MB, and the theme's frame comes on top.
PAGE_LIMIT = 900_000


def paginate(
    parts: Iterable[T], size: Callable[[T], int], limit: int = PAGE_LIMIT
) -> list[list[T]]:
    """``parts`` in runs whose sizes (bytes) add up to at most ``limit``; a part that is larger stands alone."""
    runs: list[list[T]] = []
    used = 0
    for part in parts:
        weight = size(part)
        if not runs or used + weight > limit:
            runs.append([])
            used = 0
        runs[-1].append(part)
        used += weight
    return runs


@dataclass(frozen=True)
class Download:
    """A file beside the pages: ``uri`` below the site's root."""

    uri: str
    content: bytes


@dataclass(frozen=True)
class LateDownload:
    """A file beside the pages that is made when it is written; ``make`` and ``key`` as for a late page."""

    uri: str
    make: Callable[[], bytes]
    key: str = ""


def year_ranges(years: Sequence[int]) -> str:
    """Years in ascending order as they are told: 2005—2011、2013."""
    runs: list[list[int]] = []
    for year in years:
        if not runs or year != runs[-1][-1] + 1:
            runs.append([])
        runs[-1].append(year)
    return "、".join(
        f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs
    )


def number(value: int) -> str:
    """A number with thousands separators."""
    return f"{value:,}"
