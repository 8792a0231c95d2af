"""What a preview does after its pages: in a process of its own, one batch at a time."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

import pytest

from baogao.later import Later
from baogao.output import Made, Output

pytestmark = pytest.mark.skipif(not Later.is_to_be_had(), reason="这个系统不能复制进程")


def _wait_for_ever(begun: Path) -> None:
    begun.write_text(str(os.getpid()))
    time.sleep(600)


def test_a_batch_is_done_in_another_process(tmp_path: Path) -> None:
    later = Later()
    later.start(
        [
            lambda: (tmp_path / "a").write_text(str(os.getpid())) and None,  # type: ignore[list-item]
            lambda: (tmp_path / "b").write_text("b") and None,  # type: ignore[list-item]
        ]
    )
    assert later.wait()
    assert (tmp_path / "a").read_text() != str(os.getpid()) and (tmp_path / "b").is_file()


def test_a_new_batch_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    later = Later()
    begun = tmp_path / "begun"
    later.start([partial(_wait_for_ever, begun)])
    while not (begun.is_file() and begun.read_text()):
        time.sleep(0.01)
    process = int(begun.read_text())
    later.start([])
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert later.wait()


def _fail() -> None:
    raise OSError("磁盘已满")


def test_what_fails_is_known_to_whoever_waits() -> None:
    later = Later()
    later.start([_fail])
    assert not later.wait()


def test_what_was_put_off_is_due_again_until_it_is_there(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    output = Output.open(site, cache, "")
    file = Made("a.txt", "one", lambda: "text")
    do = output.put_later([file])
    assert not (site / "a.txt").exists()
    do()
    assert (site / "a.txt").read_text() == "text"
    output.close()
    assert output.put([file]) == 1  # nobody told it that it was done
    output.close()
    assert output.put([file]) == 0
    output.put_later([file])()
    output.close()
    assert output.put([file]) == 0
