"""The pages of the library: a page for each report readers may see, and the pages that list them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from baogao import build as builds
from baogao.corpus import Corpus, Report
from baogao.pages import (
    Page,
    TocEntry,
    home_block,
    index_pages,
    kinds_page,
    report_page,
    rules_page,
)

HOME = "<!-- 报告库概况 -->"
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
SCROLLER = '<div class="bg-scroll" tabindex="0" role="region" aria-label="表格">'

_pages: dict[str, Page] = {}
_reports: dict[str, Report] = {}


def _generated(corpus: Corpus) -> Iterator[Page]:
    """The pages besides those of the reports; a new one gets its line here."""
    yield from index_pages(corpus.visible)
    yield rules_page()
    yield kinds_page(corpus.data.kinds)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what readers may not see, and announce the generated pages."""
    corpus = builds.current(Path(config.docs_dir)).corpus
    _reports.clear()
    _reports.update({f"reports/{report.name}.md": report for report in corpus.visible.reports})
    for file in list(files):
        if file.src_uri.startswith("reports/") and file.src_uri not in _reports:
            files.remove(file)
    _pages.clear()
    for page in _generated(corpus):
        source = page.uri.removesuffix(".html") + ".md"
        _pages[source] = page
        front = f"---\ntitle: {json.dumps(escape(page.title), ensure_ascii=False)}\n---\n"
        files.append(File.generated(config, source, content=front))
    return files


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Reports are rendered by the corpus, not by the Markdown engine, so that their text stays as it is."""
    uri = page.file.src_uri
    build = builds.current(Path(config.docs_dir))
    report = _reports.get(uri)
    if report is not None:
        shown = build.findings_of(report.path) if build.serving else ()
        _pages[uri] = report_page(report, build.corpus.visible, shown)
    made = _pages.get(uri)
    if made is None:
        return (
            markdown.replace(HOME, home_block(build.corpus.visible))
            if uri == "index.md"
            else markdown
        )
    page.meta = {
        "title": escape(made.title),
        "description": escape(made.description),
        "hide": [] if made.toc else ["toc"],
        # What readers look for is in the reports; lists and the guide would only stand in the way.
        "search": {"exclude": report is None},
    }
    return ""


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    made = _pages.get(page.file.src_uri)
    if made is None:
        # Wide tables scroll inside themselves, by keyboard too.
        return _TABLE.sub(f'{SCROLLER}<table class="bg-table">\\1</table></div>', html)
    page.toc = TableOfContents(_anchors(made.toc))
    return made.html


def _anchors(entries: Iterable[TocEntry]) -> list[AnchorLink]:
    links = []
    for entry in entries:
        link = AnchorLink(escape(entry.title), entry.anchor, entry.level)
        link.children = _anchors(entry.children)
        links.append(link)
    return links


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    # With a repo_url on a public forge the theme would ask that forge for stars and releases from every page.
    output = output.replace(' data-md-component="source"', "")
    # Without a region browsers may pick the Japanese face of a CJK font.
    return output.replace('<html lang="zh"', '<html lang="zh-CN"', 1)


def on_post_build(config: MkDocsConfig) -> None:
    builds.current(Path(config.docs_dir)).ran.append("browse")
