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
from types import CodeType
from typing import Any, Literal
from urllib.parse import quote

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from baogao import build as builds
from baogao import parts
from baogao.corpus.memo import digest_of
from baogao.output import WORTH_A_PROCESS, Made
from baogao.pages import LatePage, Page, TocEntry, home_block
from baogao.pages.frame import SAMPLE, Frame, as_one_style, cut, sample, without_closing

FRAMED = "framed.html"
"""The template of the pages that are filled into frames."""
SCRIPTS = ("framed.js", "old-browser.js")
"""What framed pages share; the second is for engines that cannot read the first."""
STYLE = "assets/framed.css"
"""All style sheets of framed pages in one."""
LARGE = 2_000
"""With more reports than this each workbook takes seconds: one for each core."""
_SKIP = re.compile(r'(<div data-md-component="skip">).*?(</div>)', re.DOTALL)
#: What the theme brings for a search that is switched off, source maps, and templates of scripts.
_UNUSED = re.compile(r"^assets/javascripts/(lunr|workers)/|\.map$")
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_SAMPLE_URL = re.compile(rf"<url>\s*<loc>[^<]*{SAMPLE}[^<]*</loc>.*?</url>\s*", re.DOTALL)

_dirty = False
_pages: dict[str, Page | LatePage] = {}
"""Pages MkDocs makes, by their source."""
_framed: list[Page | LatePage] = []


class _Templates(BytecodeCache):
    """Compiled templates, which outlive the environment MkDocs makes for each build."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code


_templates = _Templates()
_nav: Navigation | None = None
_known: dict[str, str] = {}
"""What the pages MkDocs makes were made of in the build before, in a preview; under the template's name what frames were made of."""
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


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the reports out of MkDocs' hands, and announce the generated pages of the navigation."""
    for file in list(files):
        if file.src_uri.startswith("reports/") or _UNUSED.search(file.src_uri):
            files.remove(file)
    wanted = set(_sources(config.nav))
    _pages.clear()
    _framed.clear()
    build = builds.current(Path(config.docs_dir))
    for page in parts.generated_pages(build):
        if _source(page.uri) in wanted:
            _pages[_source(page.uri)] = page
        else:
            _framed.append(page)
    depths = {page.uri.count("/") for page in _framed}
    samples = [sample(depth, toc) for depth in sorted(depths) for toc in (True, False)]
    if _known.get(FRAMED) != build.base:
        _known.clear()
        _known[FRAMED] = build.base
        _frames.clear()
    missing = [p for p in samples if (p.uri.count("/"), bool(p.toc)) not in _frames]
    _samples.clear()
    _samples.update({_source(page.uri): page for page in missing})
    for source, made in {**_pages, **_samples}.items():
        title = json.dumps(escape(made.title), ensure_ascii=False)
        template = "main.html" if source in wanted else FRAMED
        front = f"---\ntitle: {title}\ntemplate: {template}\n---\n"
        file = File.generated(config, source, content=front)
        if source in _samples:
            file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    if _dirty:
        for file in files.documentation_pages():
            changed = _has_changed(build, file.src_uri)
            file.is_modified = partial(bool, changed)  # type: ignore[method-assign]
    return files


def _has_changed(build: builds.Build, source: str) -> bool:
    """Whether a page MkDocs makes must be made again: few, but they show what changed elsewhere. Within a preview it is known
    what each was made of."""
    if source in _samples:
        return True
    own = home_block(build.corpus.visible) if source == "index.md" else source
    key = build.page_key(_pages[source], source) if source in _pages else digest_of(own.encode())
    changed = not key or _known.get(source) != key
    _known[source] = key
    return changed


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    global _nav  # noqa: PLW0603 - MkDocs hands it over here, and templates are there later
    _nav = nav
    return nav


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Publish what framed pages share. A preview reads no template twice."""
    env.bytecode_cache = _templates
    given = {"config": config, "base_url": "", "page": None, "nav": _nav}
    theme = env.get_template("base.html")
    styles, scripts = (
        "".join(theme.blocks[name](theme.new_context(given))) for name in ("styles", "scripts")
    )
    for name in SCRIPTS:
        template = env.get_template(f"partials/{name}.html")
        script = template.render(**given, scripts=scripts)
        files.append(File.generated(config, f"assets/{name}", content=script))
    sheets = []
    for path in (*_STYLE.findall(styles), *config.extra_css):
        file = files.get_file_from_path(path)
        if file is not None:  # or it is somewhere else, and framed.html asks for it
            sheets.append((path, file.content_string))
    files.append(File.generated(config, STYLE, content=as_one_style(STYLE, sheets)))
    return env


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
        return parts.with_home(markdown, builds.current(Path(config.docs_dir)).corpus)
    return markdown


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri in _pages or page.file.src_uri in _samples:
        return html
    return parts.with_scrollers(html)


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
        "template": page.meta["template"],
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
        _frames[made.uri.count("/"), bool(made.toc)] = cut(output, made)
    elif page.meta.get("template") == FRAMED:  # only a test has such pages made one by one
        output = without_closing(output)
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
    tables = parts.tables(build)
    if build.delays:
        build.waiting.append(output.put_later(tables))
    else:
        output.put(tables, 2 if len(build.corpus.reports) > LARGE else WORTH_A_PROCESS)
    output.put(parts.redirections(build))
    build.ran.append("browse")


def _html(page: Page | LatePage) -> str:
    made = page.make() if isinstance(page, LatePage) else page
    return _frames[made.uri.count("/"), bool(made.toc)].fill(made)
