"""The pages of the library: a page for each report readers may see, and the pages that list them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from baogao import build as builds
from baogao.corpus import Report
from baogao.pages import (
    LatePage,
    Page,
    TocEntry,
    home_block,
    index_pages,
    insight_downloads,
    insight_pages,
    kinds_page,
    report_block,
    report_page,
    rules_page,
)

HOME = "<!-- 报告库概况 -->"
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
SCROLLER = '<div class="bg-scroll" tabindex="0" role="region" aria-label="表格">'

_pages: dict[str, Page | LatePage] = {}
_reports: dict[str, Report] = {}


def _generated(build: builds.Build) -> Iterator[Page | LatePage]:
    """The pages besides those of the reports; a new one gets its line here."""
    corpus = build.corpus
    insight = list(insight_pages(build.insight))
    yield from index_pages(corpus.visible, frozenset(page.uri for page in insight))
    yield from insight
    yield rules_page()
    yield kinds_page(corpus.data.kinds)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what readers may not see, and announce the generated pages."""
    build = builds.current(Path(config.docs_dir))
    corpus = build.corpus
    _reports.clear()
    _reports.update({f"reports/{report.name}.md": report for report in corpus.visible.reports})
    for file in list(files):
        if file.src_uri.startswith("reports/") and file.src_uri not in _reports:
            files.remove(file)
    _pages.clear()
    for page in _generated(build):
        source = page.uri.removesuffix(".html") + ".md"
        _pages[source] = page
        front = f"---\ntitle: {json.dumps(escape(page.title), ensure_ascii=False)}\n---\n"
        files.append(File.generated(config, source, content=front))
    return files


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Reports are rendered by the corpus, not by the Markdown engine, so that their text stays as it is."""
    uri = page.file.src_uri
    if uri in _reports or uri in _pages:
        return ""
    if uri == "index.md":
        return markdown.replace(
            HOME, home_block(builds.current(Path(config.docs_dir)).corpus.visible)
        )
    return markdown


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri in _reports or page.file.src_uri in _pages:
        return html
    # Wide tables scroll inside themselves, by keyboard too.
    return _TABLE.sub(f'{SCROLLER}<table class="bg-table">\\1</table></div>', html)


def on_page_context(
    context: dict[str, Any], page: MkDocsPage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Put the generated content in place just before the page is written: MkDocs reads all pages first and would
    hold thousands of them."""
    uri = page.file.src_uri
    report, made = _reports.get(uri), _pages.get(uri)
    if report is not None:
        build = builds.current(Path(config.docs_dir))
        shown = build.findings_of(report.path) if build.serving else ()
        against = report_block(report, build.insight)
        made = report_page(report, build.corpus.visible, shown, against)
    if made is None:
        return context
    if isinstance(made, LatePage):
        made = made.make()
    page.meta = {
        "title": escape(made.title),
        "description": escape(made.description),
        "hide": [] if made.toc else ["toc"],
        # What readers look for is in the reports; lists and the guide would only stand in the way.
        "search": {"exclude": report is None},
        "styles": list(made.styles),
    }
    page.toc = TableOfContents(_anchors(made.toc))
    page.content = made.html
    return context


def _anchors(entries: Iterable[TocEntry]) -> list[AnchorLink]:
    links = []
    for entry in entries:
        link = AnchorLink(escape(entry.title), entry.anchor, entry.level)
        link.children = _anchors(entry.children)
        links.append(link)
    return links


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    if page.file.src_uri in _reports or page.file.src_uri in _pages:
        page.content = None
    # Without a region browsers may pick the Japanese face of a CJK font.
    return output.replace('<html lang="zh"', '<html lang="zh-CN"', 1)


def on_post_build(config: MkDocsConfig) -> None:
    build = builds.current(Path(config.docs_dir))
    for download in insight_downloads(build.insight):
        builds.replace_file(Path(config.site_dir) / download.uri, download.content)
    build.ran.append("browse")
