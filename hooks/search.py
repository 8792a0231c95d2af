"""Search, for now Material's own with jieba: keep jieba quiet and its cache inside the project."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from baogao import build as builds


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    try:
        import jieba
    except ImportError:
        logging.getLogger("mkdocs.baogao").warning("没有安装 jieba，中文检索不可用")
        return config
    jieba.setLogLevel(logging.WARNING)
    cache = Path(config.config_file_path).parent / ".cache" / "jieba"
    cache.mkdir(parents=True, exist_ok=True)
    jieba.dt.tmp_dir = str(cache)
    return config


def on_post_build(config: MkDocsConfig) -> None:
    # From a folder (file://) Material asks for the index as a script instead.
    index = Path(config.site_dir) / "search" / "search_index.json"
    if index.is_file():
        builds.replace_file(
            index.with_suffix(".js"), f"var __index = {index.read_text(encoding='utf-8')}"
        )
    builds.current(Path(config.docs_dir)).ran.append("search")
