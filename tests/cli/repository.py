"""A library in a Git repository of its own, for the verbs that ask Git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from baogao.rules.rule import NAME, standard
from baogao.rules.series.pair import LAST

THIS = standard(rectifies="[{ref: P2021-1, status: 已完成, evidence: 第二部分第一条}]")
LAST_NAME = "2021/jiguan-shuzhi-fenguan"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "core.quotepath=off", *arguments], cwd=folder, check=True, capture_output=True
    )
    return done.stdout.decode().strip()


def write(library: Path, text: str, name: str = NAME) -> Path:
    file = library / "docs/reports" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def begin(library: Path) -> None:
    """Last year's report on ``main``, committed."""
    write(library, LAST, LAST_NAME)
    git(library, "init", "-q", "-b", "main")
    git(library, "config", "user.name", "测试")
    git(library, "config", "user.email", "t@example.org")
    commit(library, "开始")


def commit(library: Path, message: str) -> str:
    git(library, "add", "-A")
    git(library, "commit", "-qm", message)
    return git(library, "rev-parse", "HEAD")


def files_in(library: Path) -> dict[str, bytes]:
    """Every file outside ``.git``, to see that nothing changed."""
    return {
        file.relative_to(library).as_posix(): file.read_bytes()
        for file in sorted(library.rglob("*"))
        if file.is_file() and ".git" not in file.relative_to(library).parts
    }


CAN_LINK = os.name != "nt"
