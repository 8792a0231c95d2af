"""Which reports a branch changes, as Git tells."""

from __future__ import annotations

import subprocess
from pathlib import Path

from baogao.corpus import Corpus, Report

from .ui import say


def changed_reports(corpus: Corpus, docs: Path, base: str) -> tuple[Report, ...]:
    """The reports that differ from ``base``, uncommitted and new files included.

    All reports when a data file differs too, or when Git cannot tell: a check must never silently vanish.
    """
    listed = _changed_files(docs, base)
    if listed is None:
        say(f"比不出与 {base} 的差别（不是 Git 目录，或没有这个版本），改为检查全部。", err=True)
        return corpus.reports
    data = (docs / "_data").resolve()
    if any(data in file.parents for file in listed):
        say("数据文件有改动，检查全部。", err=True)
        return corpus.reports
    root = (docs / "reports").resolve()
    names = {
        file.relative_to(root).as_posix().removesuffix(".md")
        for file in listed
        if root in file.parents
    }
    return tuple(report for report in corpus.reports if report.name in names)


def _changed_files(docs: Path, base: str) -> set[Path] | None:
    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(
                ["git", "-c", "core.quotepath=off", *arguments],
                cwd=docs,
                capture_output=True,
                check=False,
            )
        except OSError:
            return None
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

    if base.startswith("-"):
        return None
    top = git("rev-parse", "--show-toplevel")
    common = git("merge-base", base, "HEAD")
    if top is None or common is None:
        return None
    changed = git("diff", "--name-only", "-z", common.strip(), "--", ".")
    fresh = git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ".")
    if changed is None or fresh is None:
        return None
    root = Path(top.strip())
    return {(root / name).resolve() for name in (changed + fresh).split("\0") if name}
