"""Check every report before a page is built; stop the build when something must be changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority

from baogao import build as builds
from baogao import parts
from baogao.corpus import DataError
from baogao.rules import exit_code
from baogao.rules.render import console
from baogao.watching import look_before, take_over

_serving = False


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _serving  # noqa: PLW0603 - MkDocs tells the command here and nowhere else
    _serving = command == "serve"


@event_priority(100)
def on_pre_build(config: MkDocsConfig) -> None:
    if _serving:
        look_before(config.docs_dir)
    try:
        cache = Path(config.config_file_path).parent / ".cache" / "baogao"
        build = builds.begin(Path(config.docs_dir), _serving, cache)
    except DataError as error:
        raise PluginError(console.fit(f"数据文件有误：{error}", sys.stderr.encoding)) from None
    said = parts.report_of_check(build, config.site_url or "")
    print(console.fit(said, sys.stderr.encoding), file=sys.stderr, end="", flush=True)
    build.ran.append("check")
    if exit_code(build.findings, strict=False) and not _serving:
        raise PluginError(console.fit("有必须改的问题，网站没有生成。", sys.stderr.encoding))


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """A preview of thousands of reports notices a saved edit at once."""
    take_over(server)
    return server
