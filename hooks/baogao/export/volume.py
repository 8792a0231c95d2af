"""A report as a Word file, and many of them as one: a series, or a year with contents."""

from __future__ import annotations

from dataclasses import dataclass

from ..corpus import Corpus, Report
from .document import contents, document, paragraph, report_body
from .package import package
from .paper import Run, lines
from .template import parts


@dataclass(frozen=True)
class Volume:
    """Reports bound together; ``title`` stands above the contents."""

    title: str
    reports: tuple[Report, ...]


def report_docx(report: Report) -> bytes:
    """The Word file of one report. Raises ValueError for a report readers may not see."""
    _must_be_visible(report)
    written = report.date.isoformat() if report.date else ""
    return package(document(report_body(lines(report))), parts(False), report.title, written)


def year_volume(corpus: Corpus, year: int) -> Volume:
    """The reports of a year, by unit and kind as the lists of the office have them."""
    visible = corpus.visible
    units = {unit: at for at, unit in enumerate(visible.by_unit)}
    kinds = {kind: at for at, kind in enumerate(visible.by_kind)}

    def order(report: Report) -> tuple[int, int, str]:
        unit, kind = (report.unit, report.kind)
        return units[unit.id] if unit else 0, kinds[kind.id] if kind else 0, report.name

    return Volume(f"{year}年度报告汇编", tuple(sorted(visible.by_year.get(year, ()), key=order)))


def series_volume(corpus: Corpus, report: Report) -> Volume:
    """历年同类报告, oldest first, from the report of any year."""
    reports = corpus.visible.series(report)
    kind = report.kind.name if report.kind else ""
    name = report.author.name if report.author else ""
    return Volume(f"{report.unit_brief}{name}历年{kind}汇编", reports)


def volume_docx(volume: Volume) -> bytes:
    """The Word file of a volume: title, contents with page numbers, each report on a new page. Raises ValueError for a report readers may not see."""
    bodies, entries = [], []
    for number, report in enumerate(volume.reports, 1):
        _must_be_visible(report)
        bookmark = f"_r{number}"
        entries.append((_entry(report, volume), bookmark))
        bodies.append(report_body(lines(report), "ReportTitle", bookmark))
    front = paragraph("Title", "", [Run(volume.title)])
    written = max((r.date.isoformat() for r in volume.reports if r.date), default="")
    content = document(front + contents(entries) + "".join(bodies))
    return package(content, parts(True), volume.title, written)


def _entry(report: Report, volume: Volume) -> str:
    """How contents call a report: its title, with the unit where others have the same title."""
    same = sum(1 for other in volume.reports if other.title == report.title)
    return f"{report.title}（{report.unit_brief}）" if same > 1 else report.title


def _must_be_visible(report: Report) -> None:
    if not report.visible:
        raise ValueError(report.name)
