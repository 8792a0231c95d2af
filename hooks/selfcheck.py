"""自查投稿: publish what its page needs to check a report in the reader's browser."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from baogao import build as builds
from baogao import parts


def on_files(files: Files, config: MkDocsConfig) -> Files:
    docs = Path(config.docs_dir)
    build = builds.current(docs)
    project = Path(config.config_file_path).parent
    tell = logging.getLogger("mkdocs.baogao").info
    for file in parts.self_check_files(
        build, project, docs, config.extra, config.repo_url or "", tell
    ):
        if isinstance(file.content, bytes):
            files.append(File.generated(config, file.uri, content=file.content))
        else:
            files.append(File.generated(config, file.uri, abs_src_path=str(file.content)))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    builds.current(Path(config.docs_dir)).ran.append("selfcheck")
