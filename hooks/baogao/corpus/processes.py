"""Sharing work out among the cores, where the system can fork."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_shared: tuple[Callable[[Sequence[Any]], Any], Sequence[Any]] | None = None


def cores() -> int:
    """How many cores this process may use; 1 where that cannot be told."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def in_processes(
    work: Callable[[Sequence[T]], R], items: Sequence[T], least: int, runs: int = 4, most: int = 0
) -> Iterator[R]:
    """What ``work`` makes of the items, run by run, in their order.

    Each core is given about ``runs`` runs of neighbours. With fewer than ``least`` items (starting processes would cost more than it
    saves), one core, or inside such a process, all is one run in this one. Only what ``work`` returns is sent between processes.
    With ``most`` no run has more items, and each has a process of its own: what reports remember of themselves while they are worked
    on goes with it, where one process for all would in the end hold all of it.
    """
    number = cores()
    if len(items) < least or number < 2 or _is_a_share():
        yield work(items)
        return
    import multiprocessing  # not to be had in the browser, where this branch is never reached

    global _shared  # noqa: PLW0603 - forked children read the work from here: it cannot be sent
    _shared = (work, items)
    # A collection of garbage writes into every object it looks at, and what a process writes into it has for itself from then on:
    # what is there now is left out of it.
    gc.freeze()
    try:
        size = -(-len(items) // (number * runs))
        size = min(size, most) if most else size
        spans = [(at, at + size) for at in range(0, len(items), size)]
        tasks = 1 if most else None
        with multiprocessing.get_context("fork").Pool(number, maxtasksperchild=tasks) as pool:
            yield from pool.imap(_work_span, spans)
    finally:
        _shared = None
        gc.unfreeze()


def _is_a_share() -> bool:
    """Whether this is already one of the processes, which may have none of its own."""
    return _shared is not None


def _work_span(span: tuple[int, int]) -> Any:
    assert _shared is not None
    work, items = _shared
    return work(items[slice(*span)])
