#!/usr/bin/env python3
"""Take the reports of a request into the working tree of the base branch, and nothing else.

    python3 scripts/forge/take_reports.py --base HEAD --head SHA [--notes notes.md] [--taken taken]

Whoever hands in a request can write anything into it: scripts, hooks, data files, links. So what runs is the base branch, and of the
request only regular files below ``docs/reports`` are taken, by content: no checkout, no filter, no link. Everything else it
touches is named for the reviewer. Standard library only. Exit codes: 0 taken, 1 something was refused, 2 could not run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path, PurePosixPath

FOLDER = "docs/reports/"
REGULAR = ("100644", "100755")
MAX_BYTES = 5_000_000
LISTED = 10


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout


def changes(base: str, head: str) -> list[tuple[str, str, str]]:
    """(mode, blob, name) of every file the request changes since it left the base; mode ``000000`` is one it deletes."""
    common = git("merge-base", base, head).decode().strip()
    fields = git("diff", "--raw", "-z", "--no-renames", "--no-abbrev", common, head).decode(
        "utf-8", "surrogateescape"
    )
    parts = fields.split("\0")
    found = []
    for facts, name in zip(parts[::2], parts[1::2], strict=False):
        _, mode, _, blob, _ = facts.split(" ")
        found.append((mode, blob, name))
    return found


def take(mode: str, blob: str, name: str) -> str:
    """Take one file; why not, or an empty text."""
    file = Path(name)
    if mode == "000000":
        file.unlink(missing_ok=True)
        return ""
    if mode not in REGULAR:
        return "不是普通文件"
    if any(part.startswith(".") for part in PurePosixPath(name).parts):
        return "名称以点开头"
    if int(git("cat-file", "-s", blob)) > MAX_BYTES:
        return f"超过 {MAX_BYTES // 1_000_000} MB"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(git("cat-file", "blob", blob))
    except (OSError, UnicodeError):
        return "写不了"
    return ""


def shown(names: list[str]) -> str:
    """Names as Markdown that cannot be anything but names."""
    clean = [
        "".join(c for c in name if c.isprintable() and c not in "`|\\") for name in names[:LISTED]
    ]
    return "、".join(f"`{name}`" for name in clean) + ("等" if len(names) > LISTED else "")


def main() -> int:
    parser = argparse.ArgumentParser(description="只取这次提交审核里的报告")
    parser.add_argument("--base", required=True, help="目标分支的版本")
    parser.add_argument("--head", required=True, help="提交审核的版本")
    parser.add_argument("--notes", type=Path, help="把要告诉审核人的话写到这个文件")
    parser.add_argument("--taken", type=Path, help="把取来的报告名写到这个文件，以 NUL 分隔")
    options = parser.parse_args()
    try:
        listed = changes(options.base, options.head)
    except (OSError, subprocess.CalledProcessError):
        print("比不出这次提交和目标分支的差别。", file=sys.stderr)
        return 2
    inside = [change for change in listed if change[2].startswith(FOLDER)]
    inside.sort(key=lambda change: change[0] != "000000")  # what is deleted makes room first
    refused = [f"{name}（{why}）" for mode, blob, name in inside if (why := take(mode, blob, name))]
    other = [name for _, _, name in listed if not name.startswith(FOLDER)]
    notes = []
    if refused:
        notes.append(f"**❌ 有不能收的文件**：{shown(refused)}")
    if other:
        notes.append(
            f"**注意**：这次还改了报告以外的文件 {len(other)} 个，检查没有用它们：{shown(other)}"
        )
    if options.notes:
        options.notes.write_text("".join(f"\n{note}\n" for note in notes), encoding="utf-8")
    if options.taken:
        names = [
            n
            for mode, _, n in inside
            if mode in REGULAR and n.endswith(".md") and Path(n).is_file()
        ]
        options.taken.write_bytes("\0".join(names).encode("utf-8", "surrogateescape"))
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
