"""Search: the index of what readers may see, written into the built site."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from baogao import build as builds
from baogao.fulltext.build import build_search, find_tools
from baogao.fulltext.progress import Bar


def on_post_build(config: MkDocsConfig) -> None:
    docs = Path(config.docs_dir)
    build = builds.current(docs)
    cache = Path(config.config_file_path).parent / ".cache"
    tools = find_tools(build.corpus, cache)
    for line in tools.missing:
        logging.getLogger("mkdocs.baogao").info(line)
    with Bar() as bar:
        scripts = docs / "assets" / "search"
        build_search(build.corpus, Path(config.site_dir), scripts, cache, tools, bar.show)
    build.ran.append("search")
