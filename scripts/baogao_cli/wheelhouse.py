"""``baogao wheelhouse``: everything ``run.py`` installs, in one folder, for machines that reach no package index.

The locks in the folder are its own: jieba comes as source only, and the wheel built of it has another hash than the source.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from baogao.corpus import replace_file

from .mkdocs_process import require_project
from .ui import Command, Failure, say

NOTE, VENDOR = "wheelhouse.json", "vendor.zip"
_BUILD, _RUN, _TEST = "requirements-build.lock", "requirements.lock", "requirements-dev.lock"
#: Published as source only; pure Python, so that one wheel is for all.
_FROM_SOURCE = frozenset({"jieba"})
_DATE = (1980, 1, 1, 0, 0, 0)
#: The date inside wheels built here: the same source gives the same wheel.
_EPOCH = "315532800"
_GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")  # 2.28 is what 统信 and 麒麟 have


@dataclass(frozen=True)
class Target:
    """Machines to install on: what pip calls them, and what markers in a lock are judged by."""

    label: str
    platforms: tuple[str, ...]
    markers: dict[str, str]


def _linux(machine: str, *older: str) -> Target:
    tags = (*(f"manylinux_{version}_{machine}" for version in _GLIBC), *older, f"linux_{machine}")
    markers = {
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": machine,
    }
    return Target(f"Linux {machine}", tags, markers)


TARGETS = {
    "windows-x64": Target(
        "Windows x64",
        ("win_amd64",),
        {
            "os_name": "nt",
            "sys_platform": "win32",
            "platform_system": "Windows",
            "platform_machine": "AMD64",
        },
    ),
    "linux-x64": _linux("x86_64", "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"),
    "linux-arm64": _linux("aarch64", "manylinux2014_aarch64"),
}  # fmt: skip


@dataclass(frozen=True)
class Pinned:
    """An entry of a lock: the requirement with its marker, and its hashes."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        return str(self.requirement.specifier).removeprefix("==")

    def applies(self, target: Target, python: str) -> bool:
        """Whether it is installed on ``target`` with this Python (``3.12``)."""
        marker = self.requirement.marker
        if marker is None:
            return True
        environment = {
            **target.markers,
            "python_version": python,
            "python_full_version": f"{python}.99",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }
        return marker.evaluate(environment)


def read_lock(text: str) -> list[Pinned]:
    """The entries of a lock with hashes."""
    found = []
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " ")):
        first, *hashes = re.split(r"\s+--hash=", entry.strip())
        if first and not first.startswith("#"):
            found.append(Pinned(Requirement(first), tuple(h.strip() for h in hashes)))
    return found


def write_lock(entries: Iterable[Pinned]) -> str:
    """The text of a lock."""
    lines = []
    for entry in entries:
        lines += [f"{entry.requirement} \\", *(f"    --hash={h} \\" for h in entry.hashes)]
        lines[-1] = lines[-1].removesuffix(" \\")
    return "\n".join(lines) + "\n"


def own_lock(entries: Iterable[Pinned], wheels: Iterable[Path]) -> list[Pinned]:
    """The entries of which there is a wheel, with the hashes of the wheels."""
    hashes: dict[tuple[str, str], list[str]] = {}
    for wheel in sorted(wheels):
        name, version, *_ = parse_wheel_filename(wheel.name)
        digest = f"sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"
        hashes.setdefault((name, str(version)), []).append(digest)
    return [
        Pinned(entry.requirement, tuple(sorted(hashes[entry.name, entry.version])))
        for entry in entries
        if (entry.name, entry.version) in hashes
    ]


@click.command(cls=Command)
@click.argument("folder", metavar="目录", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--platform", "platforms", multiple=True, type=click.Choice(list(TARGETS)),
    help="装在什么机器上，可以写几次；不写的是三种都要",
)  # fmt: skip
@click.option(
    "--python", "pythons", multiple=True, metavar="版本",
    help="那些机器上 Python 的版本，例如 3.12，可以写几次；不写的与这里相同",
)  # fmt: skip
@click.option("--run-only", is_flag=True, help="只要运行用的，不要测试用的（小得多）")
def wheelhouse(
    folder: Path, platforms: tuple[str, ...], pythons: tuple[str, ...], run_only: bool
) -> None:
    """做一个离线安装包：把它放到不能上网的机器上，run.py 就从里面安装。"""
    project = require_project(Path())
    chosen = platforms or tuple(TARGETS)
    here = ".".join(map(str, sys.version_info[:2]))
    versions = tuple(dict.fromkeys(pythons or (here,)))
    for version in versions:
        if not re.fullmatch(r"3\.(1[1-9]|[2-9]\d)", version):
            raise Failure(f"--python {version} 不对，写成 3.11、3.12 的样子（3.11 或更高）")
    if folder.exists() and any(folder.iterdir()) and not (folder / NOTE).is_file():
        raise Failure(f"{folder} 里有别的东西，没有动它，请另指一个目录。")
    names = [_BUILD, _RUN] if run_only else [_BUILD, _RUN, _TEST]
    locks = {name: (project / name).read_text(encoding="utf-8") for name in names}
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
        made = Path(temporary, "made")
        made.mkdir()
        note = fill(made, project, locks, chosen, versions)
        for name, text in locks.items():
            own = own_lock(read_lock(text), made.glob("*.whl"))
            replace_file(made / name, write_lock(own))
        replace_file(made / NOTE, json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True) + "\n")  # fmt: skip
        if folder.exists():
            folder.rename(Path(temporary, "old"))
        made.rename(folder)
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    labels = "、".join(TARGETS[name].label for name in chosen)
    say(f"已做好 {folder}（{labels}，Python {'、'.join(versions)}），{size:.0f} MB。")
    say(
        "把它和报告库一起复制过去，放在报告库目录里，名字叫 wheelhouse；或用 BAOGAO_WHEELHOUSE 指明位置。"
    )


def fill(
    folder: Path, project: Path, locks: dict[str, str], platforms: Sequence[str], pythons: Sequence[str]
) -> dict[str, object]:  # fmt: skip
    """Put wheels and browser files into ``folder``; returns the note on what is in it. Raises :class:`Failure`."""
    entries = {(e.name, e.version): e for text in locks.values() for e in read_lock(text)}
    _build([e for e in entries.values() if e.name in _FROM_SOURCE], folder)
    for platform in platforms:
        for python in pythons:
            target = TARGETS[platform]
            wanted = [
                entry
                for entry in entries.values()
                if entry.name not in _FROM_SOURCE and entry.applies(target, python)
            ]
            say(f"正在下载 {target.label}、Python {python} 的 {len(wanted)} 个软件包……", err=True)
            _download(wanted, target, python, folder)
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in locks.items()}
    note: dict[str, object] = {"locks": digests, "platforms": list(platforms), "pythons": list(pythons)}  # fmt: skip
    vendored = _pack_vendor(project, folder)
    if vendored:
        note["vendor"] = vendored
    return note


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH, "PYTHONUTF8": "1"},
    )  # fmt: skip
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-3:])
        raise Failure(f"软件包没有取到：多半是连不上软件包索引，或没有这种机器的版本。\n{last}")


def _bare(entries: Iterable[Pinned]) -> str:
    """A lock without markers: pip would judge them by the machine it runs on."""
    pinned = (Requirement(f"{e.requirement.name}=={e.version}") for e in entries)
    return write_lock(Pinned(r, e.hashes) for r, e in zip(pinned, entries, strict=True))


def _download(entries: list[Pinned], target: Target, python: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        listed = Path(temporary, "wanted.txt")
        listed.write_text(_bare(entries), encoding="utf-8")
        platforms = [part for tag in target.platforms for part in ("--platform", tag)]
        _pip(
            "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--implementation", "cp",
            "--python-version", f"{python}.99", *platforms, "--dest", str(folder), "-r", str(listed),
        )  # fmt: skip


def _build(entries: list[Pinned], folder: Path) -> None:
    """Build wheels from source, which is checked by its hash like all else."""
    with tempfile.TemporaryDirectory() as temporary:
        listed = Path(temporary, "wanted.txt")
        listed.write_text(_bare(entries), encoding="utf-8")
        say(f"正在由源码制作 {'、'.join(e.name for e in entries)}……", err=True)
        _pip(
            "wheel", "--quiet", "--no-deps", "--require-hashes", "--no-build-isolation", "--no-binary", ":all:",
            "--wheel-dir", str(folder), "-r", str(listed),
        )  # fmt: skip


def _pack_vendor(project: Path, folder: Path) -> dict[str, str] | None:
    """Pack what the site needs of npm; ``None`` where it cannot be had."""
    vendor = project / "scripts/vendor"
    if subprocess.call([sys.executable, str(vendor / "install.py")]):
        return None
    lock = (vendor / "package-lock.json").read_bytes()
    packages = json.loads(lock)["packages"]
    roots = [name for name, entry in packages.items() if name and not entry.get("dev") and not entry.get("devOptional")]  # fmt: skip
    target = folder / VENDOR
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for file in _files(vendor, roots):
            name = file.relative_to(vendor / "node_modules").as_posix()
            made.writestr(zipfile.ZipInfo(name, _DATE), file.read_bytes(), zipfile.ZIP_DEFLATED)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    return {"stamp": hashlib.sha256(lock).hexdigest(), "sha256": digest}


def _files(vendor: Path, roots: Iterable[str]) -> Iterator[Path]:
    for root in sorted(roots):
        yield from sorted(file for file in (vendor / root).rglob("*") if file.is_file())
