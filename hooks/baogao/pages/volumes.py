"""年度汇编: all reports of a year on one page, to read through or to print; several pages where one would be too heavy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from ..corpus import Corpus, Report
from .indexes import by_place
from .page import (
    PAGE_LIMIT,
    LatePage,
    Page,
    TocEntry,
    key_of,
    link,
    number,
    paginate,
    report_uri,
    table,
    year_uri,
)
from .report import text_html

INDEX = "volumes/index.html"
STYLE = "assets/volumes.css"
#: What the contents of a report and its line in the list of all parts weigh, in bytes.
_ENTRY = 900
#: What the tags around a line of a report weigh, and those around a placeholder.
_LINE, _GAP = 160, 70
_NO_ANCHOR = re.compile(r"[^0-9A-Za-z-]")
#: Signs placeholders are made of.
_GAP_SIGNS = "XxＸ×某□○_【此*Z"


@dataclass(frozen=True)
class Part:
    """One page of a volume: ``number`` from 1 of ``total``; its ``reports``, of which the first is number ``first`` of the year."""

    year: int
    number: int
    total: int
    first: int
    reports: tuple[Report, ...]

    @property
    def uri(self) -> str:
        return volume_uri(self.year, self.number)

    @property
    def title(self) -> str:
        return f"{self.year}年度报告汇编" + (f"（第{self.number}册）" if self.total > 1 else "")


def volume_uri(year: int, part: int = 1) -> str:
    return f"volumes/{year}.html" if part == 1 else f"volumes/{year}-{part}.html"


def volume_pages(corpus: Corpus) -> Iterator[Page | LatePage]:
    """The list of volumes and all their pages; ``corpus`` is what readers may see."""
    volumes = {year: _parts(corpus, year) for year in corpus.by_year}
    yield _index(volumes)
    for year, parts in volumes.items():
        key = key_of(corpus.by_year[year])
        for part in parts:
            yield LatePage(part.uri, part.title, partial(_page, part, parts), key)


def weight(report: Report) -> int:
    """No less than what the text of a report weighs as HTML, in bytes, told without reading it."""
    text = report.source.text
    # & and < grow to five bytes at most, ** ** to what strong takes.
    marks = sum(text.count(sign) for sign in "&<>*[")
    gaps = sum(text.count(sign) for sign in _GAP_SIGNS)
    return (
        len(text.encode("utf-8", "replace")) + _LINE * text.count("\n") + 20 * marks + _GAP * gaps
        + 40 * text.count("|") + _ENTRY
    )  # fmt: skip


def _parts(corpus: Corpus, year: int) -> tuple[Part, ...]:
    reports = by_place(corpus, corpus.by_year[year])
    # The first page lists the reports of all of them.
    room = PAGE_LIMIT - min(_ENTRY // 3 * len(reports), PAGE_LIMIT // 2)
    runs = paginate(reports, weight, room)
    parts = []
    first = 1
    for index, run in enumerate(runs, 1):
        parts.append(Part(year, index, len(runs), first, tuple(run)))
        first += len(run)
    return tuple(parts)


def _index(volumes: dict[int, tuple[Part, ...]]) -> Page:
    rows = []
    for year, parts in volumes.items():
        reports = [report for part in parts for report in part.reports]
        cell = link(INDEX, parts[0].uri, f"{year}年度报告汇编")
        if len(parts) > 1:
            cell += "：" + "、".join(link(INDEX, part.uri, f"第{part.number}册") for part in parts)
        units = len({report.unit.id for report in reports if report.unit})
        rows.append([cell, str(len(reports)), str(units)])
    html = (
        "<h1>年度汇编</h1>\n<p>每个年度的全部报告，按单位、文种排在一页上，可以通读，也可以打印装订："
        "打开一册，用浏览器的“打印”，目录在前，每份报告另起一页。</p>\n"
        + table(["汇编", "报告（份）", "单位（个）"], rows, "bg-counts")
    )
    return Page(INDEX, "年度汇编", html)


def _anchor(report: Report) -> str:
    """The anchor of a report in its volume: its name, with what the theme's script takes for no anchor (in a name no report should
    have) written as numbers."""
    return _NO_ANCHOR.sub(lambda sign: f"_{ord(sign[0]):x}", report.name.replace("/", "-"))


def _page(part: Part, parts: Sequence[Part]) -> Page:
    uri = part.uri
    total = sum(len(p.reports) for p in parts)
    characters = sum(report.length.characters for report in part.reports)
    html = [
        '<div class="bg-volume">',
        f"<h1>{escape(part.title)}</h1>",
        f'<p class="bg-volume-note">共{total}份报告'
        + (
            f"，本册第{part.first}至{part.first + len(part.reports) - 1}份"
            if part.total > 1
            else ""
        )
        + f'，{number(characters)}字。<span class="bg-volume-links">'
        f"{link(uri, year_uri(part.year), f'{part.year}年度报告列表')} {link(uri, INDEX, '其他年度的汇编')}</span></p>",
        _contents(part, parts),
    ]
    toc: list[TocEntry] = []
    entries: list[TocEntry] = []
    place: tuple[str, str] | None = None
    for index, report in enumerate(part.reports, part.first):
        here = (report.unit_name, report.kind.name if report.kind else "")
        anchor = _anchor(report)
        if place is None or here[0] != place[0]:
            unit = f"unit-{report.unit.id if report.unit else index}"
            html.append(f'<h2 id="{unit}">{escape(here[0])}</h2>')
            if entries:
                toc[-1] = TocEntry(toc[-1].title, toc[-1].anchor, 2, tuple(entries))
            toc.append(TocEntry(here[0], unit, 2))
            entries = []
        place = here
        entries.append(TocEntry(f"{index}. {report.title}", anchor, 3))
        html.append(_report(uri, report, index, anchor))
    if entries:
        toc[-1] = TocEntry(toc[-1].title, toc[-1].anchor, 2, tuple(entries))
    html.append("</div>")
    return Page(uri, part.title, "\n".join(html), tuple(toc), styles=(STYLE,))


def _report(uri: str, report: Report, index: int, anchor: str) -> str:
    facts = [report.unit_name, report.kind.name if report.kind else ""]
    if report.author:
        facts.append(report.author.name)
    if report.date:
        facts.append(f"{report.date.year}年{report.date.month}月{report.date.day}日")
    if report.status != "published":
        facts.append(report.data.fields.label("status", report.status or ""))
    return (
        f'<section class="bg-volume-report">'
        f'<h3 id="{escape(anchor)}"><span class="bg-volume-number">{index}. </span>{escape(report.title)}</h3>\n'
        f'<p class="bg-volume-facts">{escape(" · ".join(facts))} '
        f'<span class="bg-volume-links">{link(uri, report_uri(report), "单独打开")} <a href="#contents">回目录</a></span></p>\n'
        f'<div class="bg-text" data-report="{escape(report.name)}">\n{text_html(report, 2, alone=False)}\n</div></section>'
    )


def _contents(part: Part, parts: Sequence[Part]) -> str:
    """The contents of this page, and on the first page those of the others too."""
    shown = parts if part.number == 1 else (part,)
    lists = []
    for each in shown:
        if len(shown) > 1:
            lists.append(f"<h3>第{each.number}册</h3>")
        place = ""
        items: list[str] = []
        for index, report in enumerate(each.reports, each.first):
            if report.unit_name != place:
                if items:
                    lists.append(f'<ol start="{index - len(items)}">{"".join(items)}</ol>')
                items = []
                place = report.unit_name
                lists.append(f"<p>{escape(place)}</p>")
            target = link(part.uri, each.uri, report.title, _anchor(report))
            items.append(f"<li>{target}</li>")
        lists.append(
            f'<ol start="{each.first + len(each.reports) - len(items)}">{"".join(items)}</ol>'
        )
    if part.number > 1:
        lists.append(f"<p>{link(part.uri, parts[0].uri, '全部各册的目录', 'contents')}</p>")
    return f'<nav class="bg-contents" aria-labelledby="contents"><h2 id="contents">目录</h2>\n{"".join(lists)}</nav>'
