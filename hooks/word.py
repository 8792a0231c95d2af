"""A Word file beside each report readers may see."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from baogao import build as builds
from baogao.export import WordFiles

_kept: dict[Path, WordFiles] = {}


def on_post_build(config: MkDocsConfig) -> None:
    build = builds.current(Path(config.docs_dir))
    cache = Path(config.config_file_path).parent / ".cache" / "baogao" / "word"
    # Kept while a preview runs: what it wrote once it need not write again.
    files = _kept.setdefault(cache, WordFiles(cache))
    files.write(build.corpus.visible.reports, Path(config.site_dir))
    build.ran.append("word")
