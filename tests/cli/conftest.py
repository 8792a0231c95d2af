"""Running the command as a user does: a process of its own, in a library of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


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
def run(library: Path) -> Run:
    """Run ``baogao …`` in the library; the console's encoding is what PYTHONIOENCODING says."""

    def call(*arguments: str | Path, cwd: Path | None = None) -> Ran:
        path = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
        encoding = os.environ.get("PYTHONIOENCODING", "utf-8")
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": encoding}
        done = subprocess.run(
            [sys.executable, "-m", "baogao_cli.main", *map(str, arguments)],
            cwd=cwd or library, env=environment, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        out, err = (stream.decode(encoding) for stream in (done.stdout, done.stderr))
        assert "Traceback" not in err, err
        return Ran(done.returncode, out.replace("\r\n", "\n"), err.replace("\r\n", "\n"))

    return call
