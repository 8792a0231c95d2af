"""``baogao bench build``: how long a site takes from nothing, again, after one edit, and in a preview; beside others."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click

from baogao.fulltext import INDEX

from ..mkdocs_process import require_project
from ..ui import Command, Failure, say
from .copies import copy_project, environment_of
from .formulaic import write_formulaic
from .peers.material import write_config, write_reports
from .watched import Ran, run_watched, tree_memory

_EDIT = "量一量改了多久才看得到"
_PATIENCE = 600


@dataclass(frozen=True)
class Line:
    """One row of the table: seconds by the clock, processor seconds of all processes, peak memory in bytes."""

    name: str
    seconds: float
    cpu: float
    peak: int

    def __str__(self) -> str:
        memory = f"{self.peak / 1e6:7.0f} MB" if self.peak else "      —"
        return f"{self.name:　<14}{self.seconds:8.1f} 秒{self.cpu:8.1f} 秒{memory}"


@click.command("build", cls=Command)
@click.option("--reports", default=1000, help="报告份数（默认 1000）")
@click.option("--characters", default=3000, help="每份字数（默认 3000）")
@click.option("--per-year", type=int, help="每个年度几份（默认：1,000 份时 100，10,000 份时 700）")
@click.option(
    "--peer", "peers", multiple=True, type=click.Choice(["material", "zensical"]),
    help="同时量别的工具（可写几次）：material 是 Material 加 jieba 检索，不带本项目的钩子",
)  # fmt: skip
@click.option("--no-serve", is_flag=True, help="不量预览")
def bench_build(
    reports: int, characters: int, per_year: int | None, peers: tuple[str, ...], no_serve: bool
) -> None:
    """生成网站要多久：第一次、再来一次、改了一份报告、预览里改一份；与别的工具比较。"""
    project = require_project(Path()).resolve()
    with tempfile.TemporaryDirectory(prefix="baogao-bench-") as name:
        folder = Path(name)
        copy = folder / "library"
        copy_project(project, copy, "reports")
        write_formulaic(copy / "docs", reports, characters, per_year or usual_year(reports))
        size = sum(f.stat().st_size for f in (copy / "docs/reports").rglob("*.md"))
        say(f"{reports} 份报告，每份约 {characters} 字，原稿共 {size / 1e6:.1f} MB")
        say(f"{'':　<14}{'用时':>9}{'处理器':>8}{'内存峰值':>8}")
        for line in _ours(copy):
            say(str(line))
        say(_weight(copy / "site", reports))
        if not no_serve:
            say(f"{'预览里看到改动':　<14}{_seen(copy):8.1f} 秒")
        for peer in peers:
            say(str(_PEERS[peer](copy, folder / peer)))


def usual_year(reports: int) -> int:
    """So many reports a year has in a library of that size: ten years of an office, fourteen of a city."""
    return max(1, min(reports // 10, 700))


def _ours(copy: Path) -> Iterator[Line]:
    edited = sorted((copy / "docs/reports").rglob("*.md"))[0]
    yield _built("第一次", copy)
    yield _built("没有改动", copy)
    yield _built("没有改动，再一次", copy)
    _append(edited, "补充一句，全年开展夜查7次。")
    yield _built("改了一份", copy)
    shutil.rmtree(copy / ".cache")
    yield _built("缓存删去以后", copy)


def _built(name: str, copy: Path) -> Line:
    ran, cpu = _timed([sys.executable, "-m", "baogao_cli.main", "build"], copy)
    if ran.code:
        raise Failure(f"网站没有生成：\n{ran.output[-2000:]}")
    return Line(name, ran.seconds, cpu, ran.peak)


def _timed(command: Sequence[str], folder: Path) -> tuple[Ran, float]:
    """Run ``command`` in ``folder``; what it did and the processor seconds it and its children took."""
    before = os.times()
    ran = run_watched(command, environment_of(folder), folder=folder)
    after = os.times()
    cpu = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return ran, cpu


def _append(report: Path, sentence: str) -> None:
    report.write_text(report.read_text(encoding="utf-8") + f"\n{sentence}\n", encoding="utf-8")


def _weight(site: Path, reports: int) -> str:
    """What the site weighs, Word files apart."""
    sizes: dict[str, int] = {}
    for file in site.rglob("*"):
        if file.is_file():
            inner = file.relative_to(site)
            part = "Word 文件" if file.suffix == ".docx" else inner.parts[0]
            if inner.as_posix().startswith(INDEX):
                part = "检索数据"
            sizes[part] = sizes.get(part, 0) + file.stat().st_size
    whole = sum(size for part, size in sizes.items() if part != "Word 文件")
    largest = sorted(sizes.items(), key=lambda entry: -entry[1])[:8]
    parts = "，".join(f"{part} {size / 1e6:.1f} MB" for part, size in largest)
    pages = max((f.stat().st_size for f in site.rglob("*.html")), default=0)
    return (
        f"网站 {whole / 1e6:.1f} MB（不含 Word 文件），每份报告 {whole / reports / 1e3:.1f} kB；"
        f"最大的网页 {pages / 1e3:.0f} kB\n  {parts}"
    )


def _seen(copy: Path) -> float:
    """Seconds from saving a report until the preview shows the change."""
    report = sorted((copy / "docs/reports").rglob("*.md"))[1]
    name = report.relative_to(copy / "docs").with_suffix(".html").as_posix()
    with _preview(copy) as root:
        _wait_for(f"{root}/{name}", "")
        _append(report, f"{_EDIT}一。")
        _wait_for(f"{root}/{name}", f"{_EDIT}一")
        _append(report, f"{_EDIT}二。")
        started = time.perf_counter()
        _wait_for(f"{root}/{name}", f"{_EDIT}二")
        return time.perf_counter() - started


@contextmanager
def _preview(copy: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "baogao_cli.main", "serve", "--port", str(port)], cwd=copy,
        env=environment_of(copy), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}"
        say(f"{'预览的内存':　<14}{tree_memory(process.pid) / 1e6:8.0f} MB")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        # What it started may outlive it and still write into the folder that is about to go.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _wait_for(address: str, text: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                if text in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.02)
    raise Failure(f"等了 {_PATIENCE} 秒，预览里还没有改动。")


# Others, over the same reports


def _peer(title: str, command: Sequence[str], copy: Path, folder: Path) -> Line:
    write_reports(copy / "docs", folder)
    write_config(folder, ["search"])
    ran, cpu = _timed(command, folder)
    if ran.code:
        raise Failure(f"{title}没有建成网站：\n{ran.output[-2000:]}")
    return Line(title, ran.seconds, cpu, ran.peak)


def _material(copy: Path, folder: Path) -> Line:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return _peer("Material 加 jieba", command, copy, folder)


def _zensical(copy: Path, folder: Path) -> Line:
    beside = str(Path(sys.executable).parent)
    program = shutil.which("zensical", path=beside) or shutil.which("zensical")
    if program is None:
        raise Failure("没有安装 Zensical，不能与它比较。请运行 pip install zensical。")
    return _peer("Zensical", [program, "build"], copy, folder)


_PEERS: dict[str, Callable[[Path, Path], Line]] = {"material": _material, "zensical": _zensical}
