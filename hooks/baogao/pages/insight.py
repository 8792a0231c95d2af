"""Everything the site shows of insight: the pages and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator

from ..insight import Insight
from .initiatives import initiative_pages
from .page import Download, Page


def insight_pages(insight: Insight) -> Iterator[Page]:
    """All pages of insight; a new kind of page gets its line here."""
    yield from initiative_pages(insight)


def insight_downloads(insight: Insight) -> Iterator[Download]:
    """All tables to take away."""
    yield from ()
