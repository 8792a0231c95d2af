"""A Word file beside each report readers may see."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from baogao import build as builds
from baogao import parts
from baogao.export import WordMemory

_memories: dict[Path, WordMemory] = {}


def on_post_build(config: MkDocsConfig) -> None:
    build = builds.current(Path(config.docs_dir))
    folder = parts.word_folder(Path(config.config_file_path).parent)
    memory = _memories.setdefault(folder, WordMemory(folder))
    parts.put_word_files(build, build.output(Path(config.site_dir)), memory)
    build.ran.append("word")
