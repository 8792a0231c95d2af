"""Running MkDocs as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from .ui import Failure

#: What switches off notices about the future of MkDocs.
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def run_mkdocs(arguments: list[str], project: Path) -> int:
    """Run ``mkdocs`` in ``project``; its exit code, or :data:`~.generator.UNWRITTEN`."""
    command = [sys.executable, "-m", "baogao_cli.generator", *arguments]
    return subprocess.call(command, cwd=project, env={**os.environ, **QUIET})


def require_project(project: Path) -> Path:
    """``project`` if it holds an ``mkdocs.yml``. Raises :class:`Failure`."""
    if not (project / "mkdocs.yml").is_file():
        raise Failure(f"{project.resolve()} 里没有 mkdocs.yml。请在报告库的目录里运行。")
    return project


class _Loader(yaml.SafeLoader):
    """``mkdocs.yml`` has tags of MkDocs' own; only plain parts of it are wanted here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def read_config(project: Path) -> dict[str, Any]:
    """The plain parts of ``mkdocs.yml``; what has a tag of MkDocs' own is ``None``."""
    content = yaml.load((project / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)
    return dict(content)


def expected_hooks(project: Path) -> list[str]:
    """The names of the hooks ``mkdocs.yml`` lists."""
    return [Path(str(entry)).stem for entry in read_config(project).get("hooks", [])]
