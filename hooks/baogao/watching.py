"""Watching a library of thousands of reports for a preview.

MkDocs' own way (:class:`watchdog.observers.polling.PollingObserver`) takes seconds for each look at 10,000 files, and from the build that it
has started. This one looks at times and sizes alone. Looking, rather than being told by the system, also works for a folder of another machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from watchdog.events import FileModifiedEvent
from watchdog.observers.api import BaseObserver, EventEmitter

#: Seconds between two looks.
INTERVAL = 0.25

Seen = dict[str, tuple[int, int]]
"""When each file was last written (nanoseconds) and its size (bytes), by its path."""


def look(path: str, deep: bool = True) -> Seen:
    """What is at ``path`` now: a file, or all files of a folder, with those of folders in it when ``deep``. What vanishes while
    one looks is not there."""
    return dict(_files(path, deep))


def _files(path: str, deep: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                try:
                    if entry.is_dir():
                        if deep:
                            yield from _files(entry.path, deep)
                    else:
                        yield entry.path, _state(entry.stat())
                except OSError:
                    continue
    except NotADirectoryError:
        yield path, _state(Path(path).stat())
    except OSError:
        return


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_mtime_ns, status.st_size


_before: dict[str, Seen | None] = {}


def look_before(path: str) -> None:
    """Remember what is in the folder ``path`` before a preview makes its first pages, which takes minutes for a city. MkDocs begins to
    watch when they are there, and what was saved meanwhile would never be shown."""
    if path not in _before:
        _before[path] = look(path)


class Looking(EventEmitter):
    """Tells of every file that is new, gone, or written since :func:`look_before` or, without that, since this was made."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        path = self.watch.path
        before, _before[path] = _before.get(path), None
        self._seen = look(path, self.watch.is_recursive) if before is None else before

    def queue_events(self, timeout: float) -> None:
        if self.stopped_event.wait(timeout):
            return
        now = look(self.watch.path, self.watch.is_recursive)
        if now != self._seen:
            for path in sorted({path for path, _ in now.items() ^ self._seen.items()}):
                self.queue_event(FileModifiedEvent(path))
            self._seen = now


def take_over(server: Any) -> None:
    """Let MkDocs' preview ``server`` (:class:`mkdocs.livereload.LiveReloadServer`) look this way at all it watches so far and will
    watch. Called before it starts."""
    old, refs = server.observer, server._watch_refs
    server.observer = BaseObserver(Looking, timeout=INTERVAL)
    for path, ref in refs.items():
        for handler in old._handlers[ref]:
            refs[path] = server.observer.schedule(handler, ref.path, recursive=ref.is_recursive)
