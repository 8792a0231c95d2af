"""The pages and blocks made from the corpus, as HTML text; the hooks put them in place."""

from .guide import kinds_page, rules_page
from .indexes import home_block, index_pages
from .insight import insight_downloads, insight_pages, report_pages
from .page import Download, LatePage, Page, TocEntry
from .report import report_page

__all__ = [
    "Download",
    "LatePage",
    "Page",
    "TocEntry",
    "home_block",
    "index_pages",
    "insight_downloads",
    "insight_pages",
    "kinds_page",
    "report_page",
    "report_pages",
    "rules_page",
]
