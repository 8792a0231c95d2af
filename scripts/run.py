#!/usr/bin/env python3
"""One command from a fresh clone: makes the environment, installs the pinned dependencies, then does what was asked.

    python3 scripts/run.py serve      build the site and preview it
    python3 scripts/run.py test       run the whole suite (test --all: also what takes long)
    python3 scripts/run.py rehearse   see whether the newest Zensical and ProperDocs build the same site still
    python3 scripts/run.py VERB …     any other verb of the ``baogao`` command

Standard library only: it must run before anything is installed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: A rehearsal has an environment of its own: what it installs is newer than the locks.
_FOLDER = ".venv-rehearsal" if sys.argv[1:2] == ["rehearse"] else ".venv"
VENV = Path(os.environ.get("BAOGAO_VENV") or ROOT / _FOLDER)
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = (3, 11, 5)
BUILD_LOCK, RUN_LOCK, TEST_LOCK = (
    ROOT / name
    for name in ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")
)
#: Verbs that want the browser files from npm; a preview does not ask again for what could not be fetched once.
WITH_VENDOR = ("build", "serve", "test", "rehearse")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: The same Chromium without the windows nobody sees: a page of the suite costs it less than half the time.
SHELL = "chromium-headless-shell"
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


def find_wheelhouse(lock: Path) -> Path | None:
    """The folder ``baogao wheelhouse`` made, when there is one: everything is installed from it and no index asked.

    It must fit this machine and these locks.
    """
    named = os.environ.get("BAOGAO_WHEELHOUSE")
    folder = Path(named) if named else ROOT / "wheelhouse"
    try:
        note = json.loads((folder / "wheelhouse.json").read_text(encoding="utf-8"))
        locks, platforms, pythons = (
            dict(note["locks"]),
            list(note["platforms"]),
            list(note["pythons"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        if named or folder.exists():
            stop(
                f"{folder} 不是 baogao wheelhouse 做的离线安装包（没有 wheelhouse.json，或者读不了）。"
            )
        return None
    for file in (BUILD_LOCK, lock):
        if file.name not in locks:
            stop(
                f"离线安装包 {folder} 里只有运行要用的，没有测试要用的；重新做一份，不加 --run-only。"
            )
        if locks[file.name] != hashlib.sha256(file.read_bytes()).hexdigest():
            stop(
                f"离线安装包 {folder} 不是照现在的 {file.name} 做的：请在能上网的电脑上重新运行 baogao wheelhouse。"
            )
    machine = {"amd64": "x64", "x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}
    system = "windows" if os.name == "nt" else sys.platform
    here = f"{system}-{machine.get(platform.machine().lower(), platform.machine())}"
    python = ".".join(map(str, sys.version_info[:2]))
    if here not in platforms or python not in pythons:
        stop(
            f"离线安装包 {folder} 适用于 {'、'.join(platforms)}，Python {'、'.join(pythons)}；"
            f"这台电脑是 {here}，Python {python}。请重新运行 baogao wheelhouse，用 --platform、--python 指明。"
        )
    return folder.resolve()


def stamp(lock: Path) -> str:
    """What the environment was made from; a change of any of it means installing again."""
    digest = hashlib.sha256()
    for file in (BUILD_LOCK, lock, ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def pip(*arguments: str, wheelhouse: Path | None = None) -> None:
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        *([] if wheelhouse is None else ["--no-index", "--find-links", str(wheelhouse)]),
        *arguments,
    ]
    if subprocess.call(command, cwd=ROOT):
        if wheelhouse is not None:
            stop(
                f"依赖没有装上：离线安装包 {wheelhouse} 不完整，请重新复制，或重新运行 baogao wheelhouse。"
            )
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
    wheelhouse = find_wheelhouse(lock)
    locks = ROOT if wheelhouse is None else wheelhouse
    say("正在准备运行环境（只在第一次和依赖变化时需要，约一两分钟）……")
    if not PYTHON.is_file() and subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
        shutil.rmtree(VENV, ignore_errors=True)
        stop(f"建立不了运行环境 {VENV}：请检查目录是否可写、磁盘是否已满、venv 模块是否完整。")
    # jieba comes as source only: the build backend is pinned too, and used for everything that is built.
    pip("--require-hashes", "-r", str(locks / BUILD_LOCK.name), wheelhouse=wheelhouse)
    # Python compiles what it imports; of what only the suite has that is a small part.
    lazily = ["--no-compile"] if lock == TEST_LOCK else []
    pip(
        "--require-hashes", "--no-build-isolation", *lazily, "-r", str(locks / lock.name), wheelhouse=wheelhouse
    )  # fmt: skip
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT), wheelhouse=wheelhouse)
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


def find_server(name: str) -> str | None:
    """A program that Debian may keep where ordinary users do not look."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def install_programs(everything: bool = False, browser_only: bool = False) -> None:
    """On Debian as root, install what the suite drives; elsewhere say what will be skipped."""
    wanted = []
    if sys.platform == "linux" and shutil.which(SHELL) is None:
        wanted.append(SHELL)
    if find_browser() is None:
        wanted.append("chromium")
    if sys.platform == "linux" and find_office() is None and not browser_only:
        wanted.append("libreoffice-writer-nogui")
    if sys.platform == "linux" and not FONTS.is_dir():
        wanted.append("fonts-noto-cjk")
    if sys.platform == "linux" and find_server("nginx") is None and not browser_only:
        wanted.append("nginx-light")
    if everything and sys.platform == "linux" and find_server("wrk") is None:
        wanted.append("wrk")
    if not wanted:
        return
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if Path("/etc/debian_version").is_file() and root and shutil.which("apt-get"):
        say(f"正在安装测试要用的软件：{'、'.join(wanted)}……")
        # Offline for systemd: the suite runs a web server of its own, the system's need not be started.
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "SYSTEMD_OFFLINE": "1"}
        quiet = {"stdout": subprocess.DEVNULL, "env": environment}
        if subprocess.call(["apt-get", "update", "-qq"], **quiet) == 0:
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
            if subprocess.call([*install, *wanted], **quiet) and SHELL in wanted:
                wanted.remove(SHELL)  # older systems do not have it apart
                subprocess.call([*install, *wanted], **quiet)
    if find_browser() is None:
        say(
            "没有找到 Chromium，也不能自动安装（只在 Debian 上以 root 身份才会）：浏览器测试将跳过。"
        )
    if browser_only:
        return
    if find_office() is None:
        say("没有找到 LibreOffice，也不能自动安装：Word 文件的版面测试将跳过。")
    if find_server("nginx") is None:
        say("没有找到 nginx，也不能自动安装：网站服务器的测试将跳过。")


#: What the commands say most of; the others print through the same functions.
GBK_TESTS = [
    f"tests/cli/test_{name}.py" for name in ("check", "import", "import_docx", "mending", "new")
]


def run_tests(arguments: list[str]) -> int:
    """Lint, types, the suite, and the command-line tests once more under a GBK console."""
    if arguments and arguments != ["--all"]:
        return subprocess.call([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT)
    steps: list[tuple[list[str], dict[str, str]]] = [
        (["ruff", "check", "."], {}),
        (["ruff", "format", "--check", "."], {}),
        (["mypy"], {}),
        (["pytest", "-q", "-n", "2", "--dist", "loadgroup", *arguments], {}),
        (["pytest", "-q", "-n", "2", "-m", "cli", *GBK_TESTS], {"PYTHONIOENCODING": "gbk"}),
    ]
    failed = []
    for step, extra in steps:
        say(f"== {' '.join([*(f'{k}={v}' for k, v in extra.items()), *step])}")
        if subprocess.call([str(PYTHON), "-m", *step], cwd=ROOT, env={**os.environ, **extra}):
            failed.append(step[0])
    say(f"没有通过：{'、'.join(failed)}" if failed else "全部通过。")
    return 1 if failed else 0


#: The ways out of Material (docs/guide/exit.md), the newest of each, and what is tried with them.
NEWEST = ("zensical", "properdocs")
REHEARSAL = (
    "tests/site/test_prepare.py",
    "tests/browser/test_prepared.py",
    "tests/site/test_build.py::test_properdocs_builds_the_same_site",
)
_VERSIONS = "import sys; from importlib.metadata import version; print('、'.join(f'{n} {version(n)}' for n in sys.argv[1:]))"


def rehearse() -> int:
    """Install the newest tools and run the tests of leaving Material; 1 when one of them fails. Nothing may be skipped."""
    pip("--upgrade", *NEWEST)
    install_programs(browser_only=True)
    command = [str(PYTHON), "-m", "pytest", "-q", *REHEARSAL]
    failed = subprocess.call(command, cwd=ROOT, env={**os.environ, "BAOGAO_NO_SKIP": "1"})
    asked = [str(PYTHON), "-X", "utf8", "-c", _VERSIONS, *NEWEST]
    versions = subprocess.run(asked, stdout=subprocess.PIPE, check=False).stdout.decode().strip()
    if not failed:
        say(f"演练通过：{versions}。")
        return 0
    said = f"演练没有通过：{versions}。怎么办见“指南 → 离开 Material 以后”。"
    say(said)
    if os.environ.get("GITHUB_ACTIONS"):  # Gitea says so, too
        print(f"::warning title=rehearsal::{said}", flush=True)
    return 1


def main() -> int:
    check_python()
    verb, *arguments = sys.argv[1:] or ["--help"]
    with ThreadPoolExecutor(1) as beside:  # apt and pip use one core each
        programs = (
            beside.submit(install_programs, arguments == ["--all"]) if verb == "test" else None
        )
        make_environment(TEST_LOCK if verb in ("test", "rehearse") else RUN_LOCK)
        if verb in WITH_VENDOR:
            fetch_vendor(verb)
    if programs:
        programs.result()  # raises what went wrong there
    if verb == "test":
        return run_tests(arguments)
    if verb == "rehearse":
        return rehearse()
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.call([str(PYTHON), "-m", "baogao_cli.main", verb, *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main())
