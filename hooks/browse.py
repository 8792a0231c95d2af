"""The pages of the library: a page for each report readers may see, and the pages that list them.

What stands in the navigation is made by MkDocs. All other pages, thousands of them, are filled into frames: pages of the theme
that MkDocs made once (see ``baogao.pages.frame``).
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from baogao import build as builds
from baogao.corpus.memo import digest_of
from baogao.output import Made
from baogao.pages import (
    Download,
    LateDownload,
    LatePage,
    Page,
    TocEntry,
    home_block,
    index_pages,
    insight_downloads,
    insight_pages,
    kinds_page,
    redirect_files,
    report_pages,
    rules_page,
    withdrawn_pages,
)
from baogao.pages.frame import SAMPLE, Frame, cut, sample

HOME = "<!-- 报告库概况 -->"
_SKIP = re.compile(r'(<div data-md-component="skip">).*?(</div>)', re.DOTALL)
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_SAMPLE_URL = re.compile(rf"<url>\s*<loc>[^<]*{SAMPLE}[^<]*</loc>.*?</url>\s*", re.DOTALL)
SCROLLER = '<div class="bg-scroll" tabindex="0" role="group" aria-label="表格">'

_dirty = False
_pages: dict[str, Page | LatePage] = {}
"""Pages MkDocs makes, by their source."""
_framed: list[Page | LatePage] = []
_samples: dict[str, Page] = {}
_frames: dict[tuple[int, bool], Frame] = {}


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _dirty  # noqa: PLW0603 - MkDocs tells it here and nowhere else
    _dirty = dirty
    if dirty:
        # What is kept is kept by content, so the warning about inaccurate sites does not hold here.
        logging.getLogger("mkdocs.commands.build").addFilter(
            lambda record: "'dirty' build" not in record.getMessage()
        )


def _generated(build: builds.Build) -> Iterator[Page | LatePage]:
    """The pages nobody wrote; a new one gets its line here."""
    corpus = build.corpus
    insight = list(insight_pages(build.insight))
    yield from report_pages(build.insight, build.findings_of if build.serving else None)
    yield from index_pages(corpus.visible, frozenset(page.uri for page in insight))
    yield from insight
    yield from withdrawn_pages(corpus.visible)
    yield rules_page()
    yield kinds_page(corpus.data.kinds)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the reports out of MkDocs' hands, and announce the generated pages of the navigation."""
    for file in list(files):
        if file.src_uri.startswith("reports/"):
            files.remove(file)
    wanted = set(_sources(config.nav))
    _pages.clear()
    _framed.clear()
    for page in _generated(builds.current(Path(config.docs_dir))):
        if _source(page.uri) in wanted:
            _pages[_source(page.uri)] = page
        else:
            _framed.append(page)
    depths = {page.uri.count("/") for page in _framed}
    samples = [sample(depth, toc) for depth in sorted(depths) for toc in (True, False)]
    _samples.clear()
    _samples.update({_source(page.uri): page for page in samples})
    _frames.clear()
    for source, made in {**_pages, **_samples}.items():
        front = f"---\ntitle: {json.dumps(escape(made.title), ensure_ascii=False)}\n---\n"
        file = File.generated(config, source, content=front)
        if source in _samples:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    if _dirty:
        for file in files.documentation_pages():
            file.is_modified = lambda: True  # type: ignore[method-assign]  # few, and they show what changed elsewhere
    return files


def _source(uri: str) -> str:
    return uri.removesuffix(".html") + ".md"


def _sources(nav: object) -> Iterator[str]:
    """The sources that the navigation of ``mkdocs.yml`` names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _sources(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from _sources(value)


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    uri = page.file.src_uri
    if uri in _pages or uri in _samples:
        return ""
    if uri == "index.md":
        corpus = builds.current(Path(config.docs_dir)).corpus
        return markdown.replace(HOME, home_block(corpus.visible))
    return markdown


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri in _pages or page.file.src_uri in _samples:
        return html
    # Wide tables scroll inside themselves, by keyboard too.
    return _TABLE.sub(f'{SCROLLER}<table class="bg-table bg-written">\\1</table></div>', html)


def on_page_context(
    context: dict[str, Any], page: MkDocsPage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Put the generated content in place just before the page is written."""
    uri = page.file.src_uri
    made = _pages.get(uri) or _samples.get(uri)
    if made is None:
        return context
    if isinstance(made, LatePage):
        made = made.make()
    page.meta = {
        "title": escape(made.title),
        "description": escape(made.description),
        "hide": [] if made.toc else ["toc"],
        "styles": list(made.styles),
    }
    page.toc = TableOfContents(_anchors(made.toc))
    page.content = made.html
    return context


def _anchors(entries: Iterable[TocEntry]) -> list[AnchorLink]:
    links = []
    for entry in entries:
        link = AnchorLink(escape(entry.title), escape(entry.anchor), entry.level)
        link.children = _anchors(entry.children)
        links.append(link)
    return links


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    output = _mended(output)
    made = _samples.get(page.file.src_uri)
    if made is not None:
        _frames[made.uri.count("/"), bool(made.toc)] = cut(
            output, made, config.site_description or ""
        )
    return output


def _mended(output: str) -> str:
    """What the theme does not do well, done on the finished page."""
    # With a repo_url on a public forge the theme would ask that forge for stars and releases from every page.
    output = output.replace(' data-md-component="source"', "")
    # Without a region browsers may pick the Japanese face of a CJK font.
    output = output.replace('<html lang="zh"', '<html lang="zh-CN"', 1)
    # The theme has a link past its navigation only where a page has contents, and leads into the middle of the page.
    output = _SKIP.sub(r'\1<a href="#bg-content" class="md-skip">跳到正文</a>\2', output, count=1)
    return output.replace("<article class", '<article id="bg-content" class', 1)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Mend the page for what is not there, and list the framed pages in the site map, in place of the samples."""
    if template_name == "404.html":
        return _mended(output)
    if template_name != "sitemap.xml":
        return output
    output = _SAMPLE_URL.sub("", output)
    root = (config.site_url or "").rstrip("/")
    listed = "".join(f"<url><loc>{root}/{quote(page.uri)}</loc></url>\n" for page in _framed)
    return output.replace("</urlset>", f"{listed}</urlset>") if root else output


def on_post_build(config: MkDocsConfig) -> None:
    build = builds.current(Path(config.docs_dir))
    site = Path(config.site_dir)
    for made in sorted(_samples.values(), key=lambda page: -page.uri.count("/")):
        (site / made.uri).unlink()
        with contextlib.suppress(OSError):  # the other one lies there still, or something else
            (site / made.uri).parent.rmdir()
    output = build.output(site)
    frames = repr(sorted(_frames.items()))
    output.put([Made(p.uri, build.page_key(p, frames), partial(_html, p)) for p in _framed])
    output.put([_download(build, download) for download in insight_downloads(build.insight)])
    output.put([_download(build, file) for file in redirect_files(build.corpus.visible)])
    build.ran.append("browse")


def _html(page: Page | LatePage) -> str:
    made = page.make() if isinstance(page, LatePage) else page
    return _frames[made.uri.count("/"), bool(made.toc)].fill(made)


def _download(build: builds.Build, download: Download | LateDownload) -> Made:
    if isinstance(download, LateDownload):
        return Made(download.uri, build.file_key(download.key), download.make)
    return Made(download.uri, digest_of(download.content), partial(_content, download))


def _content(download: Download) -> bytes:
    return download.content
