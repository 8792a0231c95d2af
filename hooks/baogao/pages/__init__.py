"""The pages and blocks made from the corpus, as HTML text; the hooks put them in place."""

from .guide import kinds_page, rules_page
from .indexes import home_block, index_pages
from .initiatives import InitiativeName, initiative_names
from .insight import insight_downloads, insight_pages, report_pages
from .moved import redirect_files, redirects, withdrawn_pages
from .page import Download, LateDownload, LatePage, Page, TocEntry, word_uri
from .report import report_page

__all__ = [
    "Download",
    "InitiativeName",
    "LateDownload",
    "LatePage",
    "Page",
    "TocEntry",
    "home_block",
    "index_pages",
    "initiative_names",
    "insight_downloads",
    "insight_pages",
    "kinds_page",
    "redirect_files",
    "redirects",
    "report_page",
    "report_pages",
    "rules_page",
    "withdrawn_pages",
    "word_uri",
]
