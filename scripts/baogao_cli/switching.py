"""Building beside the site that is being read, and changing to it at once."""

from __future__ import annotations

import ctypes
import errno
import gzip
import os
import shutil
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from baogao.build import base_of
from baogao.corpus import link_or_copy
from baogao.fulltext import INDEX
from baogao.output import MARK, read_record

from .ui import Failure

_COMPRESSED = {".html", ".js", ".mjs", ".css", ".svg", ".json", ".xml", ".txt", ".csv"}
#: Smaller files fit into one packet as they are (bytes).
_WORTH_IT = 1000


def next_to(site: Path) -> Path:
    """The folder a site is built in: beside its own, so that changing over is a rename."""
    return site.with_name(f".{site.name}.next")


def old_of(site: Path) -> Path:
    """Where a site stands for the moment between two renames, on systems that cannot exchange folders."""
    return site.with_name(f".{site.name}.old")


@contextmanager
def alone(site: Path, verb: str = "build") -> Iterator[None]:
    """No other build of ``site`` (by the command ``verb``) while this one runs; the system frees the lock of a process that died. Raises :class:`Failure`."""
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(site.with_name(f".{site.name}.lock"), blocking=False)
        with lock:
            yield
    except Timeout:
        raise Failure(f"另一个 baogao {verb} 正在生成 {site}，请等它结束。") from None


def prepare(site: Path, project: Path, cache: Path) -> bool:
    """Make ready the folder the next site is built in; whether it holds an earlier site that need only be brought up to date.

    A change-over that was cut short is finished first. Where there is no earlier site aside, the one in use is taken over. Raises :class:`Failure` when ``site`` is something else than a site.
    """
    old, following = old_of(site), next_to(site)
    if old.is_dir() and not site.exists():
        old.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    if site.exists() and not site.is_dir():
        raise Failure(f"{site} 是一个文件，请用 --site 另指一个目录。")
    if site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise Failure(
            f"{site} 里不是本工具生成的网站，没有动它。请用 --site 另指一个目录，或先把它移走。"
        )
    base = base_of(project / "docs")
    record = read_record(following, cache)
    if record is not None and record.base == base:
        return True
    shutil.rmtree(following, ignore_errors=True)
    record = read_record(site, cache)
    if record is not None and record.base == base:
        _take_over(site, following, record.files)
        return True
    return False


def _take_over(site: Path, following: Path, own: Container[str]) -> None:
    """Make ``following`` another ``site``. The files in ``own`` are only ever replaced, never written into, so that a second name
    will do for them; where the system has no such, and for all others, it is a copy. The index of the search is left out: the
    build puts it in anew, from its memory where it can."""
    for directory, folders, names in os.walk(site):
        here = Path(directory)
        inner = here.relative_to(site)
        folders[:] = [name for name in folders if (inner / name).as_posix() != INDEX]
        (following / inner).mkdir()
        for name in names:
            if (inner / name).as_posix() in own:
                link_or_copy(here / name, following / inner / name)
            else:
                shutil.copy2(here / name, following / inner / name)


def switch(site: Path) -> None:
    """Put the site just built in the place of the old one. What was there before is kept aside for the next build."""
    following = next_to(site)
    if not site.exists():
        following.rename(site)
        return
    if _exchange(following, site):
        return
    old = old_of(site)
    site.rename(old)
    following.rename(site)
    old.rename(following)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux: renameat2); whether it was done."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if renameat2(here, os.fsencode(one.absolute()), here, os.fsencode(other.absolute()), exchange):
        if ctypes.get_errno() in (errno.ENOSYS, errno.EINVAL):
            return False
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return True


def compress(site: Path) -> int:
    """Write a .gz beside each text file, for web servers that send it as it is; returns how many were written. A .gz as old as
    its file is up to date; one without its file goes."""
    written = 0
    for directory, _, names in os.walk(site):
        here = Path(directory)
        for name in names:
            file = here / name
            if file.suffix == ".gz":
                if not file.with_suffix("").is_file():
                    file.unlink()
                continue
            if file.suffix in _COMPRESSED and _compress(file):
                written += 1
    return written


def _compress(file: Path) -> bool:
    status = file.stat()
    target = file.with_name(f"{file.name}.gz")
    if status.st_size < _WORTH_IT:
        target.unlink(missing_ok=True)
        return False
    times = (status.st_atime_ns, status.st_mtime_ns)
    if target.is_file() and target.stat().st_mtime_ns == status.st_mtime_ns:
        return False
    # No date and no name inside: the same file gives the same .gz.
    target.write_bytes(gzip.compress(file.read_bytes(), 6, mtime=0))
    os.utime(target, ns=times)
    return True
