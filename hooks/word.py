"""A Word file beside each report readers may see."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from baogao import build as builds
from baogao.export import WordMemory
from baogao.output import Made
from baogao.pages import word_uri

_memories: dict[Path, WordMemory] = {}


def on_post_build(config: MkDocsConfig) -> None:
    build = builds.current(Path(config.docs_dir))
    folder = Path(config.config_file_path).parent / ".cache" / "baogao" / "word"
    memory = _memories.setdefault(folder, WordMemory(folder))
    reports = build.corpus.visible.reports
    keys = memory.keys(reports)
    build.output(Path(config.site_dir)).put(
        [Made(word_uri(r), keys[r.name], partial(memory.content, r, keys[r.name])) for r in reports]
    )
    memory.forget_all_but(keys.values())
    build.ran.append("word")
