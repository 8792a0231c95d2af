#!/usr/bin/env python3
"""One command from a fresh clone: makes the environment, installs the pinned dependencies, then does what was asked.

    python3 scripts/run.py serve      build the site and preview it
    python3 scripts/run.py test       run the whole suite
    python3 scripts/run.py VERB …     any other verb of the ``baogao`` command

Standard library only: it must run before anything is installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("BAOGAO_VENV") or ROOT / ".venv")
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = (3, 11, 5)
BUILD_LOCK, RUN_LOCK, TEST_LOCK = (
    ROOT / name
    for name in ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")
)
#: Verbs that want the browser files from npm; a preview does not ask again for what could not be fetched once.
WITH_VENDOR = ("build", "serve", "test")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OFFICES = ("soffice", "libreoffice")
FONTS = Path("/usr/share/fonts/opentype/noto")


def say(text: str) -> None:
    """Print to standard error whatever its encoding can hold."""
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)


def stop(text: str) -> None:
    say(text)
    sys.exit(2)


def check_python() -> None:
    if sys.version_info < NEEDED:
        have = ".".join(str(part) for part in sys.version_info[:3])
        stop(f"需要 Python 3.11.5 或更高版本，现在是 {have}。请安装新版 Python 再运行。")
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            stop(
                f"这个 Python 缺少 {module} 模块，不能建立运行环境。"
                "Debian、Ubuntu 上请先运行：apt install python3-venv"
            )


def stamp(lock: Path) -> str:
    """What the environment was made from; a change of any of it means installing again."""
    digest = hashlib.sha256()
    for file in (BUILD_LOCK, lock, ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def pip(*arguments: str) -> None:
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        *arguments,
    ]
    if subprocess.call(command, cwd=ROOT):
        stop(
            "依赖没有装上。多半是连不上软件包索引：请检查网络，"
            "内网请用 pip config set global.index-url 指明本单位的索引，再运行一次。"
        )


def make_environment(lock: Path) -> None:
    """Make ``.venv`` and install ``lock`` unless that has been done. The test lock contains the other."""
    marker = VENV / "baogao-installed"
    done = marker.read_text().split() if marker.is_file() and PYTHON.is_file() else []
    if stamp(lock) in done:
        return
    say("正在准备运行环境（只在第一次和依赖变化时需要，约一两分钟）……")
    if not PYTHON.is_file() and subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        stop(f"建立不了运行环境 {VENV}：请检查目录是否可写、磁盘是否已满、venv 模块是否完整。")
    # jieba comes as source only: the build backend is pinned too, and used for everything that is built.
    pip("--require-hashes", "-r", str(BUILD_LOCK))
    pip("--require-hashes", "--no-build-isolation", "-r", str(lock))
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamps = {stamp(lock), stamp(RUN_LOCK)}
    marker.write_text("\n".join(sorted(stamps)) + "\n")


def fetch_vendor(verb: str) -> None:
    """Fetch the browser files from npm. Without them the site is built all the same; the script says so."""
    script = ROOT / "scripts/vendor/install.py"
    given_up = VENV / "baogao-vendor-missing"
    tried = hashlib.sha256((script.parent / "package-lock.json").read_bytes()).hexdigest()
    if verb == "serve" and given_up.is_file() and given_up.read_text().strip() == tried:
        return
    for_the_suite = ["--dev"] if verb == "test" else []
    if subprocess.call([str(PYTHON), str(script), *for_the_suite], cwd=ROOT):
        given_up.write_text(tried + "\n")
    else:
        given_up.unlink(missing_ok=True)


def find_browser() -> str | None:
    named = os.environ.get("BAOGAO_CHROMIUM")
    return named or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def find_office() -> str | None:
    return next((found for name in OFFICES if (found := shutil.which(name))), None)


def install_programs() -> None:
    """On Debian as root, install what the suite drives; elsewhere say what will be skipped."""
    wanted = []
    if find_browser() is None:
        wanted.append("chromium")
    if sys.platform == "linux" and find_office() is None:
        wanted.append("libreoffice-writer-nogui")
    if sys.platform == "linux" and not FONTS.is_dir():
        wanted.append("fonts-noto-cjk")
    if not wanted:
        return
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if Path("/etc/debian_version").is_file() and root and shutil.which("apt-get"):
        say(f"正在安装测试要用的软件：{'、'.join(wanted)}……")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet = {"stdout": subprocess.DEVNULL, "env": environment}
        if subprocess.call(["apt-get", "update", "-qq"], **quiet) == 0:
            subprocess.call(
                ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted], **quiet
            )
    if find_browser() is None:
        say(
            "没有找到 Chromium，也不能自动安装（只在 Debian 上以 root 身份才会）：浏览器测试将跳过。"
        )
    if find_office() is None:
        say("没有找到 LibreOffice，也不能自动安装：Word 文件的版面测试将跳过。")


def run_tests(arguments: list[str]) -> int:
    """Lint, types, the suite, and the command-line tests once more under a GBK console."""
    install_programs()
    if arguments:
        return subprocess.call([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT)
    steps: list[tuple[list[str], dict[str, str]]] = [
        (["ruff", "check", "."], {}),
        (["ruff", "format", "--check", "."], {}),
        (["mypy"], {}),
        (["pytest", "-q", "-n", "2", "--dist", "loadgroup"], {}),
        (["pytest", "-q", "-n", "2", "-m", "cli"], {"PYTHONIOENCODING": "gbk"}),
    ]
    failed = []
    for step, extra in steps:
        say(f"== {' '.join([*(f'{k}={v}' for k, v in extra.items()), *step])}")
        if subprocess.call([str(PYTHON), "-m", *step], cwd=ROOT, env={**os.environ, **extra}):
            failed.append(step[0])
    say(f"没有通过：{'、'.join(failed)}" if failed else "全部通过。")
    return 1 if failed else 0


def main() -> int:
    check_python()
    verb, *arguments = sys.argv[1:] or ["--help"]
    make_environment(TEST_LOCK if verb == "test" else RUN_LOCK)
    if verb in WITH_VENDOR:
        fetch_vendor(verb)
    if verb == "test":
        return run_tests(arguments)
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.call([str(PYTHON), "-m", "baogao_cli.main", verb, *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main())
