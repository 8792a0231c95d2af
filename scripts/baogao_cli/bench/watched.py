"""Running a command with an eye on the memory of all its processes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.05
_PROC = Path("/proc")


@dataclass(frozen=True)
class Ran:
    """``seconds`` by the clock, ``peak`` memory in bytes (0 where the system does not tell), what was printed."""

    code: int
    seconds: float
    peak: int
    output: str


def run_watched(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    *,
    apart: bool = True,
    folder: Path | None = None,
) -> Ran:
    """Run ``command`` to its end, in ``folder`` or here. ``apart``: its messages are kept out of sight and stand in ``output`` as well."""
    started = time.perf_counter()
    errors = subprocess.STDOUT if apart else None
    with subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        peak = 0
        while True:
            looked = time.perf_counter()
            peak = max(peak, tree_memory(process.pid))
            # Reading what gigabytes are shared takes a while: a twentieth of the time at most.
            rest = max(_INTERVAL, 20 * (time.perf_counter() - looked))
            try:
                output, _ = process.communicate(timeout=rest)
            except subprocess.TimeoutExpired:
                continue
            break
    return Ran(process.returncode, time.perf_counter() - started, peak, output or "")


def tree_memory(root: int) -> int:
    """Bytes in memory of a process and all that descend from it: their sum now, or the most that the first alone has had.

    What several share (a process and those it forked) counts once where the system tells it: each has its proportional share.
    """
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        children.setdefault(parent, []).append(int(folder.name))
    total = 0
    waiting = [root]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        total += _share(process)
    return max(total, _told(root, "status").get("VmHWM", 0))


def _share(process: int) -> int:
    """The proportional set size of a process, or where that cannot be read what it has in memory, shared or not."""
    return _told(process, "smaps_rollup").get("Pss") or _told(process, "status").get("VmRSS", 0)


def _told(process: int, name: str) -> dict[str, int]:
    """The sizes (bytes) in a file of ``/proc``; empty where it cannot be read."""
    try:
        lines = (_PROC / str(process) / name).read_text().splitlines()
    except OSError:
        return {}
    parts = (line.split() for line in lines)
    return {p[0].rstrip(":"): int(p[1]) * 1024 for p in parts if len(p) == 3 and p[2] == "kB"}
