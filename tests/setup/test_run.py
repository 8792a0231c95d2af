"""The bootstrap: says in Chinese what is missing, installs once, passes every verb through."""

from __future__ import annotations

import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from baogao.build import missing_hooks
from tests.builder import ROOT, build, copy_project, environment

FOUR = (
    "mkdocs>=1.6.1,<2",
    "mkdocs-material>=9.8.1,<10",
    "pymdown-extensions>=13.1,<14",
    "jieba==0.42.1",
)
REPOSITORY = ("README.md", "LICENSE", "pyproject.toml", "scripts", "requirements.lock", "requirements-build.lock", "requirements-dev.lock", "requirements-vendor.lock")  # fmt: skip


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_script", ROOT / "scripts/run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_named(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as left:
        run.check_python()
    assert left.value.code == 2
    assert "需要 Python 3.11.5 或更高版本，现在是 3.9.2" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_is_named(
    run: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    module: str,
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == module else find(name)
    )
    with pytest.raises(SystemExit) as left:
        run.check_python()
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert f"缺少 {module} 模块" in said and "apt install python3-venv" in said


def test_no_network_is_said(tmp_path: Path) -> None:
    """With an index nobody answers at, installing fails: the message says what to do, exit code 2."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/run.py"), "check"], cwd=tmp_path, capture_output=True, timeout=300, check=False,
        env={
            **environment(), "BAOGAO_VENV": str(tmp_path / "venv"), "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
            "PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "", "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull,
        },
    )  # fmt: skip
    assert done.returncode == 2
    assert "依赖没有装上" in done.stderr.decode("utf-8")


def test_no_browser_and_no_office_is_said(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, **_: None)
    monkeypatch.delenv("BAOGAO_CHROMIUM", raising=False)
    run.install_programs()
    said = capsys.readouterr().err
    assert "浏览器测试将跳过" in said and "Word 文件的版面测试将跳过" in said
    assert "网站服务器的测试将跳过" in said


def test_on_debian_as_root_both_are_installed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(shutil, "which", lambda name, **_: name if name == "apt-get" else None)
    monkeypatch.delenv("BAOGAO_CHROMIUM", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(Path, "is_file", lambda self: True)
    monkeypatch.setattr(run, "FONTS", tmp_path / "none")

    def call(command: list[str], **rest: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    run.install_programs()
    assert commands[0][:2] == ["apt-get", "update"]
    programs = ["chromium", "libreoffice-writer-nogui", "fonts-noto-cjk", "nginx-light"]
    assert commands[1][-4:] == programs
    run.install_programs(everything=True)
    assert commands[3][-5:] == [*programs, "wrk"]


def test_all_is_installed_before_the_suite_begins(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs and packages at the same time; what goes wrong with either is told."""
    done: list[str] = []
    installing = ("install_programs", "make_environment", "fetch_vendor")
    for name in (*installing, "run_tests"):
        monkeypatch.setattr(run, name, lambda *_, name=name: done.append(name))
    monkeypatch.setattr(sys, "argv", ["run.py", "test"])
    run.main()
    assert sorted(done[:-1]) == sorted(installing) and done[-1] == "run_tests"

    def fail(everything: bool) -> None:
        raise OSError("磁盘已满")

    monkeypatch.setattr(run, "install_programs", fail)
    with pytest.raises(OSError, match="磁盘已满"):
        run.main()
    assert done.count("run_tests") == 1


@pytest.mark.parametrize("code", [0, 1])
def test_a_rehearsal_takes_what_is_newest_and_says_how_it_went(
    run: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: int,
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str], **rest: object) -> int:
        commands.append(command)
        return code if "pytest" in command else 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(run, "install_programs", lambda **_: None)
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run.rehearse() == code
    install, test = commands
    assert install[-3:] == [
        "--upgrade",
        "zensical",
        "properdocs",
    ]  # no version: the newest there is
    assert all((ROOT / name.partition("::")[0]).is_file() for name in test[4:]) and len(test) > 5
    said = capsys.readouterr()
    assert ("演练没有通过：zensical " if code else "演练通过：zensical ") in said.err
    assert said.out.startswith("::warning") == bool(code)


def test_a_rehearsal_leaves_the_pinned_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BAOGAO_VENV", raising=False)
    for verb, folder in (("rehearse", ".venv-rehearsal"), ("test", ".venv")):
        monkeypatch.setattr(sys, "argv", ["run.py", verb])
        assert runpy.run_path(str(ROOT / "scripts/run.py"))["VENV"] == ROOT / folder


def test_locks_are_hashed_and_name_no_place() -> None:
    for file in ROOT.glob("requirements*.lock"):
        text = file.read_text(encoding="utf-8")
        assert "://" not in text and "--index" not in text and "--find-links" not in text
        wanted = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert wanted and all("==" in line for line in wanted)
        assert text.count("--hash=sha256:") >= len(wanted)


def test_mkdocs_stays_below_2() -> None:
    from importlib.metadata import version

    assert version("mkdocs").startswith("1.")


def test_top_level_holds_what_the_card_says() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("不是 Git 工作区，无法列出版本库里的文件")
    top = {line.split("/")[0].strip('"') for line in listed.stdout.splitlines()}
    shown = {name for name in top if not name.startswith(".") and not name.endswith(".lock")}
    assert shown == {
        "mkdocs.yml",
        "pyproject.toml",
        "docs",
        "hooks",
        "scripts",
        "tests",
        "README.md",
        "LICENSE",
    }


def _venv(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def _install(python: str, *what: str, cwd: Path) -> None:
    """By the pip that is here: putting one into each environment, and compiling what is never imported, takes longer than the rest."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile", "--disable-pip-version-check", *what],
        cwd=cwd, env=environment(), capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _clone(target: Path) -> Path:
    """A copy of the repository as a fresh clone has it."""
    copy_project(target)
    for name in REPOSITORY:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, target / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
            )
        else:
            shutil.copy(source, target / name)
    return target


@pytest.mark.venv
def test_one_command_on_a_fresh_clone(tmp_path: Path) -> None:
    """``python3 scripts/run.py build`` makes the environment from the lock and builds; the next verb installs nothing."""
    clone = _clone(tmp_path / "clone")

    def call(verb: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in environment().items() if k != "BAOGAO_VENV"}
        return subprocess.run(
            [sys.executable, "scripts/run.py", verb], cwd=clone, env=clean, capture_output=True, text=True,
            encoding="utf-8", check=False, timeout=900,
        )  # fmt: skip

    first = call("build")
    assert first.returncode == 0, first.stderr
    assert "网站已生成" in first.stdout and "正在准备运行环境" in first.stderr
    assert (
        missing_hooks(clone / "site", ["check", "browse", "search", "word", "selfcheck", "mark"])
        == []
    )
    again = call("check")
    assert again.returncode == 0 and "正在准备运行环境" not in again.stderr


@pytest.mark.venv
def test_editable_install_then_mkdocs(tmp_path: Path) -> None:
    clone = _clone(tmp_path / "clone")
    python = _venv(tmp_path / "venv")
    _install(python, "-e", ".", cwd=clone)
    done = build(clone, "--strict", python=python)
    assert done.code == 0, done.output
    assert (
        missing_hooks(done.site, ["check", "browse", "search", "word", "selfcheck", "mark"]) == []
    )


@pytest.mark.venv
def test_the_four_packages_alone(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    python = _venv(tmp_path / "venv")
    _install(python, *FOUR, cwd=project)
    done = build(project, python=python)
    assert done.code == 0, done.output
    assert (
        missing_hooks(done.site, ["check", "browse", "search", "word", "selfcheck", "mark"]) == []
    )
