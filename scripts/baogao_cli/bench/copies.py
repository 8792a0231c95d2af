"""A copy of the project to work in, and the command run on it with the copy's own package."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..mkdocs_process import QUIET

_PARTS = ("mkdocs.yml", "hooks", "docs")


def copy_project(project: Path, target: Path, *left_out: str) -> None:
    """What a site is made of, in the new folder ``target``, without what is called by one of the names ``left_out``."""
    target.mkdir()
    for part in _PARTS:
        source = project / part
        if source.is_file():
            shutil.copy(source, target / part)
        else:
            ignored = shutil.ignore_patterns("__pycache__", *left_out)
            shutil.copytree(source, target / part, ignore=ignored)


def environment_of(copy: Path) -> dict[str, str]:
    """The environment for commands in ``copy``: its own package, and this command."""
    paths = os.pathsep.join([str(copy / "hooks"), str(Path(__file__).resolve().parents[2])])
    return {**os.environ, **QUIET, "PYTHONPATH": paths}
