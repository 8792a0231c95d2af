"""Everything the site shows of insight: the pages and the files beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ..corpus import Report
from ..insight import Insight
from ..rules import Finding
from .compare import ExtraPart, compare_pages, report_block
from .figures import figure_downloads, figure_pages, figures_part
from .initiatives import initiative_pages, initiatives_part
from .ledger import ledger_downloads, ledger_pages
from .page import Download, LateDownload, LatePage, Page, key_of, report_uri, word_uri
from .phrases import phrase_pages
from .report import report_page
from .volumes import volume_pages


def _extras(insight: Insight) -> tuple[ExtraPart, ...]:
    """What other views say of two reports of a series: parts of their comparison, each with a line on the report page. They may
    depend on the two reports and the data files only; pages are kept by these."""
    return (partial(initiatives_part, insight), partial(figures_part, insight))


def insight_pages(insight: Insight) -> Iterator[Page | LatePage]:
    """All pages of insight; a new kind of page gets its line here."""
    insight.read()
    yield from initiative_pages(insight)
    yield from compare_pages(insight, _extras(insight))
    yield from phrase_pages(insight)
    yield from figure_pages(insight)
    yield from volume_pages(insight.corpus)
    yield from ledger_pages(insight)


def insight_downloads(insight: Insight) -> Iterator[Download | LateDownload]:
    """All tables to take away."""
    yield from figure_downloads(insight)
    yield from ledger_downloads(insight)


def report_pages(
    insight: Insight, findings_of: Callable[[str], tuple[Finding, ...]] | None = None
) -> Iterator[LatePage]:
    """The pages of all reports readers may see; with ``findings_of`` (by path) each shows what the check found in it."""
    corpus = insight.corpus
    for report in corpus.reports:
        findings = findings_of(report.path) if findings_of else ()
        key = f"{key_of((report, *corpus.series(report)))} {findings}"
        yield LatePage(
            report_uri(report), report.title, partial(_late, report, insight, findings), key
        )


def _late(report: Report, insight: Insight, findings: tuple[Finding, ...]) -> Page:
    block = report_block(report, insight, _extras(insight))
    return report_page(report, insight.corpus, findings, block, word_uri(report))
