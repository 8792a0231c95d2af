"""Running the command as a user does: a process of its own, in a library of its own."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from baogao_cli.main import main

ROOT = Path(__file__).resolve().parent.parent.parent
PATHS = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))


@dataclass(frozen=True)
class Ran:
    """What a command did: exit code, and both streams decoded with the console's encoding."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def library(tmp_path: Path, data_folder: Path) -> Path:
    """An empty library: ``docs/_data`` and nothing else."""
    shutil.copytree(data_folder, tmp_path / "docs/_data")
    return tmp_path


@pytest.fixture
def run(library: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``baogao …`` in the library, in this process: all but the start of Python, which takes longer than most verbs.

    The console's encoding is what PYTHONIOENCODING says.
    """
    monkeypatch.setenv("PYTHONPATH", PATHS)

    def call(*arguments: str | Path, cwd: Path | None = None) -> Ran:
        # As Python opens them.
        out, err = (
            io.TextIOWrapper(io.BytesIO(), console(), errors)
            for errors in ("strict", "backslashreplace")
        )
        with (
            contextlib.chdir(cwd or library),
            open(os.devnull, encoding="utf-8") as nothing,  # noqa: PTH123
            monkeypatch.context() as patch,
            pytest.raises(SystemExit) as left,
        ):
            for name, stream in (("stdin", nothing), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            main([*map(str, arguments)])
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, *map(_read, (out, err)))

    return call


@pytest.fixture
def start(library: Path) -> Run:
    """As ``run``, in a process of its own: each verb is started so at least once."""

    def call(*arguments: str | Path, cwd: Path | None = None) -> Ran:
        environment = {**os.environ, "PYTHONPATH": PATHS, "PYTHONIOENCODING": console()}
        done = subprocess.run(
            [sys.executable, "-m", "baogao_cli.main", *map(str, arguments)],
            cwd=cwd or library, env=environment, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        out, err = (stream.decode(console()) for stream in (done.stdout, done.stderr))
        assert "Traceback" not in err, err
        return Ran(done.returncode, out.replace("\r\n", "\n"), err.replace("\r\n", "\n"))

    return call


def console() -> str:
    return os.environ.get("PYTHONIOENCODING", "utf-8")


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode(console())
