"""Search: the index of what readers may see, written into the built site."""

from __future__ import annotations

import logging
import shutil
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from baogao import build as builds
from baogao.fulltext import INDEX
from baogao.pages import initiative_names

try:
    from baogao.fulltext.build import build_search, find_tools, page_script
    from baogao.fulltext.progress import Bar
    from baogao.fulltext.server import Server, read_server
    from baogao.fulltext.suggestions import Offer
except ModuleNotFoundError as error:
    if error.name != "numpy":
        raise
    HERE = False  # the card's four packages alone: a site without search
else:
    HERE = True

SCRIPTS = "assets/search/"
PAGE = f"{SCRIPTS}search.js"  # as mkdocs.yml names it


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the client's scripts as the one file that pages load; the worker's travel with the index."""
    for file in list(files):
        if file.src_uri.startswith(SCRIPTS):
            files.remove(file)
    folder = Path(config.docs_dir) / SCRIPTS
    absent = folder / "absent.js"
    script = page_script(folder, _server(config)) if HERE else absent.read_text(encoding="utf-8")
    files.append(File.generated(config, PAGE, content=script))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    docs = Path(config.docs_dir)
    build = builds.current(docs)
    build.ran.append("search")
    if not HERE:
        logging.getLogger("mkdocs.baogao").info("没有安装 numpy：网站不含全文检索，其余照常")
        return
    server = _server(config)
    if server is not None and server.origin is not None:
        build.asks.append(server.origin)
    if server is not None and not server.index:
        shutil.rmtree(Path(config.site_dir) / INDEX, ignore_errors=True)
        return
    if build.delays:
        build.waiting.append(partial(_replace, build, config))
        return
    _make(build, config, Path(config.site_dir))


def _server(config: MkDocsConfig) -> Server | None:
    """The server that answers in place of the static index, where mkdocs.yml names one."""
    try:
        return read_server(config.extra.get("search"))
    except ValueError as error:
        raise PluginError(f"mkdocs.yml 有误：{error}") from None


def _replace(build: builds.Build, config: MkDocsConfig) -> None:
    """Make the index beside the one in use, and change over."""
    site = Path(config.site_dir)
    aside = site / ".search-next"
    shutil.rmtree(aside, ignore_errors=True)
    _make(build, config, aside)
    shutil.rmtree(site / INDEX, ignore_errors=True)
    (aside / INDEX).rename(site / INDEX)
    shutil.rmtree(aside)


def _make(build: builds.Build, config: MkDocsConfig, site: Path) -> None:
    docs = Path(config.docs_dir)
    cache = Path(config.config_file_path).parent / ".cache"
    tools = find_tools(build.corpus, cache)
    for line in tools.missing:
        logging.getLogger("mkdocs.baogao").info(line)
    with Bar() as bar:
        scripts = docs / "assets" / "search"
        named = [
            Offer("i", each.name, each.uri.removesuffix(".html"), each.shown, each.facts)
            for each in initiative_names(build.insight)
        ]
        build_search(build.corpus, site, scripts, cache, tools, bar.show, named, build.insight.memo)
