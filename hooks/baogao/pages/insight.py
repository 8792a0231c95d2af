"""Everything the site shows of insight: the pages and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator

from ..insight import Insight
from .compare import compare_pages
from .page import Download, LatePage, Page
from .phrases import phrase_pages
from .volumes import volume_pages


def insight_pages(insight: Insight) -> Iterator[Page | LatePage]:
    """All pages of insight; a new kind of page gets its line here."""
    yield from compare_pages(insight)
    yield from phrase_pages(insight)
    yield from volume_pages(insight.corpus)


def insight_downloads(insight: Insight) -> Iterator[Download]:
    """All tables to take away."""
    yield from ()
