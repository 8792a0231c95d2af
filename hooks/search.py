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
from baogao import parts
from baogao.fulltext import INDEX
from baogao.fulltext.server import Server


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the client's scripts as the one file that pages load; the worker's travel with the index."""
    for file in list(files):
        if file.src_uri.startswith(parts.SCRIPTS):
            files.remove(file)
    script = parts.client_script(Path(config.docs_dir), _server(config))
    files.append(File.generated(config, parts.SCRIPT, content=script))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    docs = Path(config.docs_dir)
    build = builds.current(docs)
    build.ran.append("search")
    if not parts.SEARCHES:
        logging.getLogger("mkdocs.baogao").info(parts.NO_SEARCH)
        return
    if not parts.wants_index(build, _server(config)):
        shutil.rmtree(Path(config.site_dir) / INDEX, ignore_errors=True)
        return
    if build.delays:
        build.waiting.append(partial(_replace, build, config))
        return
    _make(build, config, Path(config.site_dir))


def _server(config: MkDocsConfig) -> Server | None:
    """The server that answers in place of the static index, where mkdocs.yml names one."""
    try:
        return parts.search_server(config.extra)
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


def _make(build: builds.Build, config: MkDocsConfig, target: Path) -> None:
    cache = Path(config.config_file_path).parent / ".cache"
    tell = logging.getLogger("mkdocs.baogao").info
    parts.make_index(build, Path(config.docs_dir), cache, target, tell)
