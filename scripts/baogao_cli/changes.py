"""Which reports a branch changes, as Git tells."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from baogao.corpus import Corpus, Report, load, shown_path

from . import git
from .ui import Failure, say

_REGULAR = ("100644", "100755")


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
    if base.startswith("-"):
        return None
    root = git.top(docs)
    common = git.line(docs, "merge-base", base, "HEAD")
    if root is None or common is None:
        return None
    changed = git.names(docs, "diff", "--name-only", "-z", common, "--", ".")
    fresh = git.names(
        docs, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", "."
    )
    if changed is None or fresh is None:
        return None
    return {(root / name).resolve() for name in (*changed, *fresh)}


@dataclass(frozen=True)
class Request:
    """What a range of commits hands in: the ``corpus`` as it would be, read from ``docs``, the ``reports`` that are new or
    changed, and the names of reports ``gone`` and of ``other`` files touched (from the root of the repository)."""

    corpus: Corpus
    docs: Path
    reports: tuple[Report, ...]
    gone: tuple[str, ...]
    other: tuple[str, ...]


@contextmanager
def request(docs: Path, base: str, head: str) -> Iterator[Request]:
    """What ``head`` changes since it left ``base``, read from Git alone: whatever lies in the working tree does not matter.

    Raises :class:`Failure`. The files are gone when the block ends.
    """
    root = git.top(docs)
    if root is None:
        raise Failure("这里不是 Git 目录，不能比较版本。可以直接写报告的文件名。")
    first, last = git.commit(docs, base), git.commit(docs, head)
    for revision, found in ((base, first), (head, last)):
        if found is None:
            raise Failure(f"没有这个版本：{revision}")
    assert first is not None and last is not None
    common = git.line(docs, "merge-base", first, last)
    if common is None:
        raise Failure(f"{base} 和 {head} 没有共同的来历，比不出差别")
    changed = git.names(root, "diff", "--name-only", "--no-renames", "-z", common, last)
    if changed is None:
        raise Failure(f"比不出 {base} 和 {head} 的差别")
    inner = docs.resolve().relative_to(root.resolve()).as_posix()
    prefix = f"{inner}/reports/"
    with tempfile.TemporaryDirectory(prefix="baogao-") as folder:
        copy = Path(folder) / "docs"
        present = _export(root, last, inner, copy)
        corpus = load(copy, shown=shown_path(docs))
        names = {
            name.removeprefix(prefix).removesuffix(".md")
            for name in changed
            if name.startswith(prefix)
        }
        yield Request(
            corpus, copy, tuple(report for report in corpus.reports if report.name in names),
            tuple(n for n in changed if n.startswith(prefix) and n not in present),
            tuple(n for n in changed if not n.startswith(prefix)),
        )  # fmt: skip


def _export(root: Path, revision: str, inner: str, target: Path) -> set[str]:
    """Write reports and data files of ``revision`` below ``target``; the names written. Links are passed over: they would lead
    out of the request."""
    parts = (f"{inner}/reports", f"{inner}/_data")
    listed = git.names(root, "ls-tree", "-r", "-z", "--full-tree", revision, "--", *parts)
    if not listed:
        raise Failure(f"这个版本里没有 {inner}/reports 和 {inner}/_data")
    entries = []
    for entry in listed:
        facts, _, name = entry.partition("\t")
        mode, _, blob = facts.split(" ")
        if mode in _REGULAR:
            entries.append((name, blob))
    stream = git.git(
        root, "cat-file", "--batch", data="".join(f"{b}\n" for _, b in entries).encode()
    )
    if stream is None:
        raise Failure("读不出这个版本的文件")
    at = 0
    for name, _ in entries:
        end = stream.index(b"\n", at)
        size = int(stream[at:end].split()[2])
        file = target / name.removeprefix(f"{inner}/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(stream[end + 1 : end + 1 + size])
        at = end + 1 + size + 1
    return {name for name, _ in entries}
