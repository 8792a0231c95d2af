"""The offline folder: its own locks, the right files for each machine, and both README commands without an index."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from packaging.tags import cpython_tags
from packaging.utils import parse_wheel_filename

from baogao.build import missing_hooks
from baogao_cli.wheelhouse import TARGETS, own_lock, read_lock, write_lock
from tests.builder import ROOT, environment
from tests.setup.test_run import _clone

HERE = {"x86_64": "linux-x64", "AMD64": "windows-x64", "aarch64": "linux-arm64"}
PYTHON = ".".join(map(str, sys.version_info[:2]))
NOWHERE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1",
    "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull, "npm_config_registry": "http://127.0.0.1:9/", "npm_config_userconfig": os.devnull,
    "npm_config_fetch_retries": "0",
}  # fmt: skip


def wheelhouse(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
    return subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", "wheelhouse", str(folder), *options], cwd=ROOT, timeout=1800,
        env={**environment(), "PYTHONPATH": paths}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def call(clone: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in environment().items() if k not in ("BAOGAO_VENV", "BAOGAO_WHEELHOUSE")}  # fmt: skip
    return subprocess.run(
        [sys.executable, "scripts/run.py", *arguments], cwd=clone, env={**clean, **NOWHERE, **more}, capture_output=True,
        text=True, encoding="utf-8", check=False, timeout=1800,
    )  # fmt: skip


def test_a_lock_written_is_the_lock_read() -> None:
    for name in ("requirements-build.lock", "requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = read_lock(text)
        assert len(entries) == len(re.findall(r"^[A-Za-z0-9]\S*==", text, re.M))
        assert all(e.hashes and all(h.startswith("sha256:") for h in e.hashes) for e in entries)
        assert read_lock(write_lock(entries)) == entries


def test_markers_are_judged_by_the_machine_meant() -> None:
    lock = 'a==1 ; sys_platform == "win32" \\\n    --hash=sha256:aa\nb==1 ; python_full_version < "3.12" \\\n    --hash=sha256:bb\nc==1 \\\n    --hash=sha256:cc\n'
    entries = read_lock(lock)

    def names(target: str, python: str) -> str:
        return "".join(e.name for e in entries if e.applies(TARGETS[target], python))

    assert names("windows-x64", "3.11") == "abc" and names("windows-x64", "3.12") == "ac"
    assert names("linux-arm64", "3.11") == "bc" and names("linux-x64", "3.13") == "c"


def test_the_own_lock_has_the_hashes_of_the_wheels(tmp_path: Path) -> None:
    (entry, other) = read_lock("jieba==0.42.1 \\\n    --hash=sha256:aa\nnumpy==2.0.0 \\\n    --hash=sha256:bb\n")  # fmt: skip
    wheel = tmp_path / "jieba-0.42.1-py3-none-any.whl"
    wheel.write_bytes(b"jieba")
    (own,) = own_lock([entry, other], [wheel])
    assert own.hashes == (f"sha256:{hashlib.sha256(b'jieba').hexdigest()}",)


# What run.py makes of a folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "scripts/run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setenv("BAOGAO_WHEELHOUSE", str(tmp_path))
    return module


def _note(folder: Path, **changed: object) -> None:
    locks = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in ("requirements-build.lock", "requirements.lock")}  # fmt: skip
    platforms = list(TARGETS)
    note = {"locks": locks, "platforms": platforms, "pythons": [PYTHON], **changed}
    (folder / "wheelhouse.json").write_text(json.dumps(note), encoding="utf-8")


def test_a_folder_that_fits_is_taken(run: ModuleType, tmp_path: Path) -> None:
    _note(tmp_path)
    assert run.find_wheelhouse(run.RUN_LOCK) == tmp_path


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"locks": {"requirements-build.lock": "0", "requirements.lock": "0"}}, "不是照现在的"),
        ({"platforms": ["windows-arm64"]}, "适用于 windows-arm64"),
        ({"pythons": ["3.99"]}, f"这台电脑是 .*Python {re.escape(PYTHON)}"),
        ({"locks": None}, "读不了"),
    ],
)
def test_a_folder_that_does_not_fit_is_refused(
    run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, object], says: str
) -> None:  # fmt: skip
    _note(tmp_path, **changed)
    with pytest.raises(SystemExit) as left:
        run.find_wheelhouse(run.RUN_LOCK)
    assert left.value.code == 2 and re.search(says, capsys.readouterr().err)


def test_what_the_suite_needs_may_be_missing(
    run: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _note(tmp_path)
    with pytest.raises(SystemExit):
        run.find_wheelhouse(run.TEST_LOCK)
    assert "--run-only" in capsys.readouterr().err


def test_no_folder_is_nothing_to_speak_of(run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # fmt: skip
    with pytest.raises(SystemExit):  # named, and nothing in it
        run.find_wheelhouse(run.RUN_LOCK)
    monkeypatch.delenv("BAOGAO_WHEELHOUSE")
    monkeypatch.setattr(run, "ROOT", tmp_path / "elsewhere")
    assert run.find_wheelhouse(run.RUN_LOCK) is None


def test_a_folder_with_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("不能丢", encoding="utf-8")
    done = wheelhouse(tmp_path)
    assert done.returncode == 2 and "没有动它" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.long
@pytest.mark.venv
def test_the_site_is_built_without_an_index(tmp_path: Path, vendored: Path) -> None:
    """For this machine: the run lock, and the browser files; pip and npm are sent where nobody answers."""
    clone = _clone(tmp_path / "clone")
    here = HERE[platform.machine()]
    done = wheelhouse(clone / "wheelhouse", "--platform", here, "--run-only")
    assert done.returncode == 0, done.stderr
    built = call(clone, "build")
    assert built.returncode == 0, built.stderr
    assert "正在准备运行环境" in built.stderr and "网站已生成" in built.stdout
    assert (
        missing_hooks(clone / "site", ["check", "browse", "search", "word", "selfcheck", "mark"])
        == []
    )
    assert list(clone.glob("site/assets/selfcheck/pyodide-*/pyodide.asm.wasm"))
    # A wheel that was changed on the way is refused.
    wheel = next((clone / "wheelhouse").glob("mkdocs-1*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    again = call(clone, "check", BAOGAO_VENV=str(tmp_path / "other"))
    assert again.returncode == 2 and "离线安装包" in again.stderr


@pytest.mark.long
@pytest.mark.venv
def test_all_machines_and_both_commands(tmp_path: Path, vendored: Path) -> None:
    """Everything for three machines; each lock can be met from the folder by each of them; here, `test` runs as well."""
    clone = _clone(tmp_path / "clone")
    done = wheelhouse(clone / "wheelhouse")
    assert done.returncode == 0, done.stderr
    folder = clone / "wheelhouse"
    wheels = {}
    for file in folder.glob("*.whl"):
        name, version, _, tags = parse_wheel_filename(file.name)
        wheels.setdefault((name, str(version)), []).append(tags)
    for target in TARGETS.values():
        version = sys.version_info[:2]
        pure = {"py3-none-any", "py2.py3-none-any", f"py{version[0]}{version[1]}-none-any"}
        fits = {str(tag) for tag in cpython_tags(version, platforms=target.platforms)} | pure
        fits |= {f"py3-none-{p}" for p in target.platforms} | {f"py2-none-{p}" for p in target.platforms}  # fmt: skip
        for lock in ("requirements-build.lock", "requirements.lock", "requirements-dev.lock"):
            for entry in read_lock((ROOT / lock).read_text(encoding="utf-8")):
                if entry.applies(target, PYTHON):
                    have = wheels.get((entry.name, entry.version), [])
                    assert any({str(t) for t in tags} & fits or any(str(t) in ("py3-none-any", "py2-none-any") for t in tags) for tags in have), (target.label, entry.name)  # fmt: skip
    ran = call(clone, "build")
    assert ran.returncode == 0, ran.stderr
    (clone / "tests").mkdir()
    (clone / "tests/test_one.py").write_text("def test_one() -> None:\n    assert True\n", encoding="utf-8")  # fmt: skip
    ran = call(clone, "test", "tests/test_one.py")
    assert ran.returncode == 0, ran.stdout + ran.stderr
