"""自查投稿: publish what its page needs to check a report in the reader's browser."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from baogao import build as builds
from baogao.selfcheck.forge import find_forge
from baogao.selfcheck.publish import Place, is_complete
from baogao.selfcheck.publish import files as made


def _place(config: MkDocsConfig) -> Place:
    extra = config.extra
    # edit_uri tells no branch: MkDocs fills it in with master where nobody wrote one.
    forge = find_forge(
        config.repo_url or "", str(extra.get("forge") or ""), str(extra.get("branch") or "")
    )
    docs = Path(config.docs_dir).relative_to(Path(config.config_file_path).parent).as_posix()
    return Place(str(extra.get("contact") or ""), forge, docs)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    docs = Path(config.docs_dir)
    vendor = Path(config.config_file_path).parent / "scripts/vendor/node_modules"
    if not is_complete(vendor):
        logging.getLogger("mkdocs.baogao").info(
            "没有从 npm 取来 Pyodide（scripts/vendor）：自查投稿页只能打包，不能在浏览器里检查"
        )
    for file in made(builds.current(docs).corpus, docs, vendor, _place(config)):
        if isinstance(file.content, bytes):
            files.append(File.generated(config, file.uri, content=file.content))
        else:
            files.append(File.generated(config, file.uri, abs_src_path=str(file.content)))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    builds.current(Path(config.docs_dir)).ran.append("selfcheck")
