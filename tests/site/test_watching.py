"""A preview notices every file that is written, new or gone, and nothing else."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEventHandler
from watchdog.observers.api import BaseObserver, ObservedWatch

from baogao.watching import Looking, look, look_before, take_over


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2022").mkdir()
    (tmp_path / "2022/a.md").write_text("一", encoding="utf-8")
    (tmp_path / "b.yml").write_text("二", encoding="utf-8")
    return tmp_path


def test_looking_sees_files_their_times_and_sizes(folder: Path) -> None:
    first = look(str(folder))
    assert sorted(first) == [str(folder / "2022/a.md"), str(folder / "b.yml")]
    assert look(str(folder)) == first
    (folder / "2022/a.md").read_text(encoding="utf-8")
    assert look(str(folder)) == first, "reading is no change"
    os.utime(folder / "b.yml", ns=(0, 5))
    assert look(str(folder)) != first
    assert list(look(str(folder), deep=False)) == [str(folder / "b.yml")]
    assert list(look(str(folder / "b.yml"))) == [str(folder / "b.yml")]
    assert look(str(folder / "gone")) == {}


class Server:
    """What of MkDocs' preview is taken over."""

    def __init__(self, folder: Path, told: queue.Queue[str]) -> None:
        handler = FileSystemEventHandler()
        handler.on_any_event = lambda event: told.put(event.src_path)  # type: ignore[method-assign]
        self.observer = BaseObserver(Looking, timeout=0.01)
        self._watch_refs = {
            str(folder): self.observer.schedule(handler, str(folder), recursive=True)
        }


@pytest.fixture
def told(folder: Path) -> Iterator[queue.Queue[str]]:
    events: queue.Queue[str] = queue.Queue()
    server = Server(folder, events)
    before = server.observer
    take_over(server)
    assert server.observer is not before
    server.observer.start()
    yield events
    server.observer.stop()
    server.observer.join(10)


def test_what_is_written_new_or_gone_is_told(folder: Path, told: queue.Queue[str]) -> None:
    for change in (
        lambda: (folder / "2022/a.md").write_text("一二", encoding="utf-8"),
        (folder / "2022/a.md").unlink,
        lambda: (folder / "2022/a.md").write_text("三", encoding="utf-8"),
    ):
        change()
        assert told.get(timeout=30) == str(folder / "2022/a.md")


def test_what_is_saved_while_the_first_pages_are_made_is_told(folder: Path) -> None:
    look_before(str(folder))
    (folder / "b.yml").write_text("二三", encoding="utf-8")
    events: queue.Queue[str] = queue.Queue()
    server = Server(folder, events)
    server.observer.start()
    assert events.get(timeout=30) == str(folder / "b.yml")
    server.observer.stop()
    server.observer.join(10)
    assert Looking(queue.Queue(), ObservedWatch(str(folder), recursive=True))._seen == look(
        str(folder)
    )
