"""What a site has beside the pages people wrote: pages, tables, Word files, search, the files of 自查投稿.

The hooks put it in MkDocs' hands, ``baogao prepare`` into a plain tree for any other builder: both take it from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from .build import Build
from .corpus import Corpus
from .corpus.memo import digest_of
from .export import WordMemory
from .fulltext.server import Server, read_server
from .output import Made, Output
from .pages import (
    Download,
    LateDownload,
    LatePage,
    Page,
    home_block,
    index_pages,
    initiative_names,
    insight_downloads,
    insight_pages,
    kinds_page,
    redirect_files,
    report_pages,
    rules_page,
    withdrawn_pages,
    word_uri,
)
from .rules.render import text
from .selfcheck.forge import find_forge
from .selfcheck.publish import File, Place, is_complete
from .selfcheck.publish import files as published

try:
    from .fulltext.build import build_search, find_tools, page_script
    from .fulltext.progress import Bar
    from .fulltext.suggestions import Offer
except ModuleNotFoundError as error:
    if error.name != "numpy":
        raise
    SEARCHES = False  # MkDocs and its theme alone: a site without search
else:
    SEARCHES = True

#: More findings than this nobody reads while a site is built; ``baogao check`` prints them all.
_MOST = 100
#: Where the home page says what there is.
HOME = "<!-- 报告库概况 -->"
#: What wide tables scroll in, by keyboard too.
SCROLLER = '<div class="bg-scroll" tabindex="0" role="group" aria-label="表格">'
#: What a table of a page people wrote begins with.
WRITTEN = f'{SCROLLER}<table class="bg-table bg-written">'
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
#: Of the client's scripts pages load one, as ``mkdocs.yml`` names it; the worker's travel with the index.
SCRIPTS = "assets/search/"
SCRIPT = f"{SCRIPTS}search.js"
NO_SEARCH = "没有安装 numpy：网站不含全文检索，其余照常"
NO_RUNTIME = "没有从 npm 取来 Pyodide（scripts/vendor）：自查投稿页只能打包，不能在浏览器里检查"


def report_of_check(build: Build, site_url: str = "") -> str:
    """What a person is told of the check before a site is made; ``site_url`` is that of ``mkdocs.yml``."""
    guide = f"{site_url.rstrip('/')}/{text.GUIDE}".lstrip("/")
    return text.render(build.findings, build.corpus.line, len(build.corpus.reports), guide, _MOST)


def generated_pages(build: Build) -> Iterator[Page | LatePage]:
    """The pages nobody wrote; a new one gets its line here."""
    corpus = build.corpus
    insight = list(insight_pages(build.insight))
    yield from report_pages(build.insight, build.findings_of if build.serving else None)
    yield from index_pages(corpus.visible, frozenset(page.uri for page in insight))
    yield from insight
    yield from withdrawn_pages(corpus.visible)
    yield rules_page()
    yield kinds_page(corpus.data.kinds)


def with_home(markdown: str, corpus: Corpus) -> str:
    """The home page with what there is, of what readers may see, put into its place."""
    return markdown.replace(HOME, home_block(corpus.visible))


def with_scrollers(html: str) -> str:
    """A page people wrote with its tables in scrollers."""
    return _TABLE.sub(f"{WRITTEN}\\1</table></div>", html)


def tables(build: Build) -> list[Made]:
    """The tables to download."""
    return [_download(build, download) for download in insight_downloads(build.insight)]


def redirections(build: Build) -> list[Made]:
    """What stands at the addresses reports had before."""
    return [_download(build, file) for file in redirect_files(build.corpus.visible)]


def _download(build: Build, download: Download | LateDownload) -> Made:
    if isinstance(download, LateDownload):
        return Made(download.uri, build.file_key(download.key), download.make)
    return Made(download.uri, digest_of(download.content), partial(_content, download))


def _content(download: Download) -> bytes:
    return download.content


def put_word_files(build: Build, output: Output, memory: WordMemory) -> None:
    """Write a Word file beside each report readers may see, and forget those not called for any more."""
    reports = build.corpus.visible.reports
    keys = memory.keys(reports)
    output.put(
        [Made(word_uri(r), keys[r.name], partial(memory.content, r, keys[r.name])) for r in reports]
    )
    memory.forget_all_but(keys.values())


def word_folder(project: Path) -> Path:
    """Where Word files are remembered between builds of ``project``."""
    return project / ".cache" / "baogao" / "word"


def search_server(extra: Mapping[str, object]) -> Server | None:
    """The server that answers in place of the static index, where ``extra`` of ``mkdocs.yml`` names one. Raises ValueError, in Chinese."""
    return read_server(extra.get("search"))


def client_script(docs: Path, server: Server | None) -> str:
    """The one script of the search that every page loads; without search one that says so."""
    folder = docs / SCRIPTS
    if not SEARCHES:
        return (folder / "absent.js").read_text(encoding="utf-8")
    return page_script(folder, server)


def wants_index(build: Build, server: Server | None) -> bool:
    """Whether the static index is to be made; that pages ask a ``server`` elsewhere is noted for the mark."""
    if server is not None and server.origin is not None:
        build.asks.append(server.origin)
    return server is None or server.index


def make_index(
    build: Build, docs: Path, cache: Path, target: Path, tell: Callable[[str], None]
) -> None:
    """Write the search index of what readers may see below ``target``; ``cache`` is the project's ``.cache``. ``tell`` is given a
    sentence for each tool that is not there."""
    tools = find_tools(build.corpus, cache)
    for line in tools.missing:
        tell(line)
    with Bar() as bar:
        named = [
            Offer("i", each.name, each.uri.removesuffix(".html"), each.shown, each.facts)
            for each in initiative_names(build.insight)
        ]
        build_search(
            build.corpus, target, docs / SCRIPTS, cache, tools, bar.show, named, build.insight.memo
        )


def self_check_files(
    build: Build, project: Path, docs: Path, extra: Mapping[str, object], repository: str,
    tell: Callable[[str], None],
) -> Iterator[File]:  # fmt: skip
    """What the page 自查投稿 needs. ``extra`` and ``repository`` (its address) are those of ``mkdocs.yml``; ``tell`` is given a sentence
    when the runtime is not there."""
    vendor = project / "scripts/vendor/node_modules"
    if not is_complete(vendor):
        tell(NO_RUNTIME)
    # edit_uri tells no branch: MkDocs fills it in with master where nobody wrote one.
    forge = find_forge(repository, str(extra.get("forge") or ""), str(extra.get("branch") or ""))
    place = Place(str(extra.get("contact") or ""), forge, docs.relative_to(project).as_posix())
    yield from published(build.corpus, docs, vendor, place)
