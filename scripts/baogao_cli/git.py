"""Asking Git: the few questions the command has, answered with ``None`` where Git cannot tell."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(
    folder: Path, *arguments: str, data: bytes | None = None, index: Path | None = None
) -> bytes | None:
    """What ``git …`` prints in ``folder``; ``None`` when it fails or is not there.

    ``data`` is its input, ``index`` an index file to use instead of the repository's own.
    """
    # Asking must not write: on a full disk, or where another Git is at work, git status would else fail.
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    if index is not None:
        environment["GIT_INDEX_FILE"] = str(index)
    try:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments],
            cwd=folder, input=data or b"", env=environment, capture_output=True, check=False,
        )  # fmt: skip
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def line(folder: Path, *arguments: str) -> str | None:
    """The one line ``git …`` prints."""
    said = git(folder, *arguments)
    return None if said is None else said.decode("utf-8", "replace").strip()


def names(folder: Path, *arguments: str) -> list[str] | None:
    """The names ``git … -z`` prints."""
    said = git(folder, *arguments)
    return None if said is None else [n for n in said.decode("utf-8", "replace").split("\0") if n]


def commit(folder: Path, revision: str) -> str | None:
    """The commit a person calls ``revision``. What begins with ``-`` would be read as an option."""
    if not revision or revision.startswith("-"):
        return None
    return line(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")


def top(folder: Path) -> Path | None:
    """The root of the working tree ``folder`` lies in."""
    said = line(folder, "rev-parse", "--show-toplevel")
    return Path(said) if said else None
