"""What a preview need not wait for: done in a process of its own once the pages are there."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress

Task = Callable[[], None]


class Later:
    """One batch of tasks at a time. A new batch takes the place of one that is not done yet."""

    def __init__(self) -> None:
        self._process: int | None = None

    @staticmethod
    def is_to_be_had() -> bool:
        """Whether the system can do it: a copy of this process is needed, with all it has read."""
        return hasattr(os, "fork") and hasattr(os, "killpg")

    def start(self, tasks: Sequence[Task]) -> None:
        """Begin the tasks, one after another. What goes wrong in one ends the batch; the next build begins it anew."""
        self.stop()
        if not tasks:
            return
        process = os.fork()
        if process:
            self._process = process
            return
        code = 1
        try:
            # A group of its own, so that stopping it ends the processes it has started too.
            os.setpgid(0, 0)
            for task in tasks:
                task()
            code = 0
        except Exception as error:
            logging.getLogger("mkdocs.baogao").warning("检索数据和下载的表格没有更新：%s", error)
        finally:
            os._exit(code)

    def stop(self) -> None:
        """End a batch that is not done yet."""
        if self._process is None:
            return
        with suppress(OSError):
            os.killpg(self._process, signal.SIGKILL)
        self.wait()

    def wait(self) -> bool:
        """Wait until the batch is done; whether all went well."""
        if self._process is None:
            return True
        process, self._process = self._process, None
        with suppress(OSError):
            return os.waitpid(process, 0)[1] == 0
        return False


LATER = Later()
