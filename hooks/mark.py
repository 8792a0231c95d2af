"""Leave a mark in the site that proves the hooks ran: some builders skip hooks in silence."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from baogao import build as builds


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    build = builds.current(Path(config.docs_dir))
    build.ran.append("mark")
    builds.write_mark(Path(config.site_dir), build)
