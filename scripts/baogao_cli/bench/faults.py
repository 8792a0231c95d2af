"""``baogao bench faults``: the command killed at random moments; afterwards everything must be as before, or as after.

A small library with a history in Git, a site of two states (reports as they are, and edited) known to the byte. Each kill goes to the
command and all its children (SIGKILL: nothing can be tidied up). Then the served site must be one of the two to the last file,
each source as it was or as it should be, each output whole or not there. Now and then the next run must make good whatever was left.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from baogao.build import missing_hooks
from baogao.corpus import load
from baogao.corpus.intake.package import write_package

from ..mkdocs_process import expected_hooks, require_project
from ..switching import next_to, old_of
from ..ui import Command, Failure, say
from .copies import copy_project, environment_of

SEED = 20240229
_KEPT = 6
_UNIT, _KIND, _ROLE, _YEARS = "jiguan", "述职报告", "分管领导", (1991, 1992, 1993, 1994)
#: Every so many builds one is left alone, and must be right.
_LEFT_ALONE = 8

Tree = Mapping[str, bytes]
"""The digest of each file below a folder, by its name."""


class BrokenError(Exception):
    """What was found damaged after a kill."""


@dataclass
class Tally:
    """How often a kind of work was killed while it ran, and how often it was done before the kill came."""

    killed: int = 0
    finished: int = 0


@dataclass
class Bench:
    """The library and what is known of it."""

    folder: Path
    random: random.Random
    tallies: dict[str, Tally] = field(default_factory=dict)
    sites: dict[str, Tree] = field(default_factory=dict)
    outputs: dict[str, Tree] = field(default_factory=dict)
    durations: dict[str, float] = field(default_factory=dict)
    shown: str = "a"
    builds: int = 0

    @property
    def project(self) -> Path:
        return self.folder / "library"

    @property
    def docs(self) -> Path:
        return self.project / "docs"

    @property
    def site(self) -> Path:
        return self.project / "site"

    # Running

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "baogao_cli.main", *arguments]

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        environment = {**environment_of(self.project), "PYTHONDONTWRITEBYTECODE": "1"}
        log = (self.folder / "log.txt").open("wb")
        with log:
            return subprocess.Popen(
                command, cwd=self.project, env=environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def run(self, kind: str, command: list[str], expected: tuple[int, ...] = (0,)) -> int:
        """Run to the end, and remember how long that takes. Raises :class:`BrokenError`."""
        began = time.monotonic()
        process = self._start(command)
        code = process.wait()
        self.durations[kind] = time.monotonic() - began
        if code not in expected:
            said = (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace")
            raise BrokenError(f"{' '.join(command[3:])}：退出码 {code}\n{said[-1500:]}")
        return code

    def kill(self, kind: str, command: list[str]) -> None:
        """Run, and kill at a moment drawn by chance."""
        process = self._start(command)
        tally = self.tallies.setdefault(kind, Tally())
        try:
            process.wait(self.durations[kind] * self.random.uniform(0.1, 1.05))
            tally.finished += 1
        except subprocess.TimeoutExpired:
            tally.killed += 1
        finally:
            # The group may outlive its leader: children still at work must go as well.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    # Sources

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *arguments], cwd=self.project, capture_output=True, check=True
        )  # fmt: skip
        return done.stdout.decode().strip()

    def reset(self, state: str = "a") -> None:
        """The sources of ``state``, whatever was left; sites and caches stay as they are."""
        (self.project / ".git/index.lock").unlink(missing_ok=True)
        self.git("switch", "--quiet", "--discard-changes", state)
        self.git("clean", "-fdq", "--", "docs")
        for branch in self.git(
            "for-each-ref", "--format=%(refname:short)", "refs/heads/投稿"
        ).split():
            self.git("branch", "-D", branch)
        for folder in (self.folder / "out", self.folder / "outside"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()

    # What must hold

    def check_site(self, *allowed: str) -> None:
        """The served site is one of ``allowed`` to the last file; which one is remembered."""
        there = tree(self.site)
        for state in allowed:
            if there == self.sites[state]:
                self.shown = state
                break
        else:
            apart = {state: _difference(self.sites[state], there) for state in allowed}
            raise BrokenError(f"网站不是任何一个完整的样子：{apart}")
        if missing := missing_hooks(self.site, expected_hooks(self.project)):
            raise BrokenError(f"网站没有通过核对：{missing}")

    def check_sources(self, before: Tree, after: Tree) -> None:
        """Each source is as before or as after; no name besides."""
        for name, digest in tree(self.docs).items():
            if digest not in (before.get(name), after.get(name)):
                raise BrokenError(f"docs/{name} 既不是原来的也不是应有的")
        for name in before:
            if name in after and not (self.docs / name).is_file():
                raise BrokenError(f"docs/{name} 不见了")

    def check_outputs(self, kind: str, folder: Path) -> None:
        """Each file of ``folder`` is whole."""
        for name, digest in tree(folder).items():
            if self.outputs[kind].get(name) != digest:
                raise BrokenError(f"{kind}：{name} 只写了一半")


def tree(folder: Path) -> Tree:
    """What is below ``folder``. Temporary files, which begin with a dot and end in .tmp, are nobody's and count for nothing."""
    found: dict[str, bytes] = {}
    for directory, _, names in os.walk(folder):
        for name in names:
            file = Path(directory, name)
            if not (name.startswith(".") and name.endswith(".tmp")):
                found[file.relative_to(folder).as_posix()] = hashlib.blake2b(file.read_bytes()).digest()  # fmt: skip
    return found


def _difference(one: Tree, other: Tree) -> str:
    names = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    return f"{len(names)} 个文件不同，如 {'、'.join(names[:3])}"


# The library


def make_bench(project: Path, folder: Path, seed: int, kept: int = _KEPT) -> Bench:
    """A small copy of ``project`` below ``folder``, and all its states made once without a kill."""
    bench = Bench(folder, random.Random(seed))
    copy_project(project, bench.project)
    (bench.project / ".gitignore").write_text(
        "/site/\n/.site.*\n/.cache/\n.*.tmp\n__pycache__/\n", encoding="utf-8"
    )
    visible = [r.name for r in load(bench.docs).visible.reports]
    chosen = set(visible[-kept:])
    for file in (bench.docs / "reports").rglob("*.md"):
        if file.relative_to(bench.docs / "reports").as_posix().removesuffix(".md") not in chosen:
            file.unlink()
    bench.git("init", "-q", "-b", "a")
    bench.git("config", "user.name", "bench")
    bench.git("config", "user.email", "bench@example.org")
    bench.git("add", "-A")
    bench.git("commit", "-qm", "a")
    bench.git("switch", "-qc", "b")
    first, last = min(chosen), max(chosen)
    _append(bench.docs / f"reports/{last}.md", "补充一句，全年开展夜查7次。")
    (bench.docs / f"reports/{first}.md").unlink()
    bench.git("commit", "-qam", "b")
    bench.git("switch", "-q", "a")
    # Half-width marks: what check --fix mends.
    bench.git("switch", "-qc", "spoilt")
    for name in chosen:
        _append(bench.docs / f"reports/{name}.md", "组织宣讲4场,覆盖320人次,群众满意.")
    bench.git("commit", "-qam", "spoilt")
    _make_inputs(bench)
    for state in ("b", "a"):
        bench.reset(state)
        bench.run("build", bench.command("build"))
        bench.sites[state] = tree(bench.site)
    return bench


def _append(report: Path, sentence: str) -> None:
    report.write_text(report.read_text(encoding="utf-8") + f"\n{sentence}\n", encoding="utf-8")


def _make_inputs(bench: Bench) -> None:
    """Texts to import and a hand-in package, outside the library."""
    folder = bench.folder / "in"
    folder.mkdir()
    for year in _YEARS:
        lines = [f"{year}年度述职报告", f"现将我{year}年度抓机关党建工作情况报告如下。", "一、主要做法及成效", "（一）加强政治建设。",
                 *(f"带队到基层支部宣讲{n}场，覆盖320人次。" for n in range(400)), "二、存在问题及原因分析",
                 "一是深入基层不够。二是办法不多。主要原因是：统筹不细。", "三、下步工作打算", "一是每季度调研一次。二是改进学习。"]  # fmt: skip
        (folder / f"{year}.txt").write_text("\n".join(lines), encoding="utf-8")
    bench.reset()
    # A report handed in is what import makes of the first text.
    bench.run("import-one", bench.command("import", str(folder / f"{_YEARS[0]}.txt"), *_OPTIONS))
    made = bench.docs / f"reports/{_YEARS[0]}/jiguan-shuzhi-fenguan.md"
    text = made.read_text(encoding="utf-8")
    (bench.folder / "投稿包.zip").write_bytes(write_package("报告.md", text))
    bench.reset()


_OPTIONS = ("--unit", _UNIT, "--kind", _KIND, "--role", _ROLE, "--status", "anonymized")


# The work that is killed


def _build(bench: Bench) -> None:
    target = "b" if bench.shown == "a" else "a"
    bench.reset(target)
    before = tree(bench.docs)
    bench.builds += 1
    if bench.builds % _LEFT_ALONE == 0:
        bench.run("build", bench.command("build"))
        bench.check_site(target)
        return
    bench.kill("build", bench.command("build"))
    bench.check_site(bench.shown, target)
    bench.check_sources(before, before)


def _import(bench: Bench) -> None:
    bench.reset()
    before = tree(bench.docs)
    command = bench.command("import", str(bench.folder / "in"), *_OPTIONS)
    after = _once(bench, "import", command, lambda: tree(bench.docs))
    bench.kill("import", command)
    bench.check_sources(before, after)
    bench.check_site(bench.shown)


def _once(bench: Bench, kind: str, command: list[str], look: Callable[[], Tree]) -> Tree:
    """What ``command`` leaves behind when nobody kills it; found out once."""
    if kind not in bench.outputs:
        bench.run(kind, command, (0, 1))
        bench.outputs[kind] = look()
        bench.reset(bench.git("branch", "--show-current").split("/")[0].replace("投稿", "a"))
    return bench.outputs[kind]


def _fix(bench: Bench) -> None:
    bench.reset("spoilt")
    before = tree(bench.docs)
    command = bench.command("check", "--fix")
    after = _once(bench, "fix", command, lambda: tree(bench.docs))
    if after == before:
        raise BrokenError("check --fix 没有改任何报告，这一项什么也没有量")
    bench.kill("fix", command)
    bench.check_sources(before, after)


def _receive(bench: Bench) -> None:
    bench.reset()
    head = bench.git("rev-parse", "a")
    before = tree(bench.docs)
    command = bench.command("receive", str(bench.folder / "投稿包.zip"))
    after = _once(bench, "receive", command, lambda: tree(bench.docs))
    bench.kill("receive", command)
    bench.check_sources(before, after)
    if bench.git("rev-parse", "a") != head:
        raise BrokenError("receive：原来的分支变了")
    bench.git("fsck", "--no-dangling", "--no-progress")
    for branch in bench.git("for-each-ref", "--format=%(refname:short)", "refs/heads/投稿").split():
        (name,) = bench.git("diff", "--name-only", "a", branch).split()
        content = subprocess.run(
            ["git", "show", f"{branch}:{name}"], cwd=bench.project, capture_output=True, check=True
        ).stdout
        if hashlib.blake2b(content).digest() != after[name.removeprefix("docs/")]:
            raise BrokenError(f"receive：分支 {branch} 上的报告不完整")


def _export(bench: Bench) -> None:
    bench.reset()
    out = bench.folder / "out"
    form = bench.random.choice(("docx", "text", "jsonl"))
    arguments = {"jsonl": ("--out", str(out / "all.jsonl"))}.get(form, ("docs/reports", "--out", str(out)))  # fmt: skip
    command = bench.command("export", form, *arguments)
    _once(bench, f"export {form}", command, lambda: tree(out))
    bench.kill(f"export {form}", command)
    bench.check_outputs(f"export {form}", out)


def _package(bench: Bench) -> None:
    """Over a package that is there: it is the old one or the new one."""
    bench.reset()
    out = bench.folder / "out"
    command = bench.command("package", str(out / "报告库.zip"), "--site", "site")
    kind = f"package {bench.shown}"
    _once(bench, kind, command, lambda: tree(out))
    bench.kill(kind, command)
    bench.check_outputs(kind, out)


def _withdraw(bench: Bench) -> None:
    """A report goes or stays whole, its text is saved before it goes, and the same command finishes what was cut short."""
    bench.reset()
    name = load(bench.docs).visible.reports[0].name
    report, kept = bench.docs / f"reports/{name}.md", bench.folder / "outside/kept.md"
    text = report.read_bytes()
    before = tree(bench.docs)
    command = bench.command("withdraw", name, "--reason", "内容有误", "--date", "2024-03-01", "--keep", str(kept))  # fmt: skip
    if "withdrawn" not in bench.sites:
        bench.run("withdraw", command)
        bench.outputs["withdraw"] = tree(bench.docs)
        bench.sites["withdrawn"] = tree(bench.site)
        bench.check_site("withdrawn")
        bench.reset()
    after = bench.outputs["withdraw"]
    bench.kill("withdraw", command)
    bench.check_site(bench.shown, "withdrawn")
    bench.check_sources(before, after)
    if kept.exists() and kept.read_bytes() != text:
        raise BrokenError("withdraw：另存的原文不完整")
    if not report.is_file():
        if not kept.is_file():
            raise BrokenError("withdraw：原文删去了，却没有另存")
        if tree(bench.docs) != after:
            raise BrokenError("withdraw：报告删去了，却没有登记")
    if bench.random.random() < 0.3:
        if report.is_file():
            bench.run("withdraw again", command)
        else:
            bench.run("build", bench.command("build"))
        bench.check_site("withdrawn")
        if tree(bench.docs) != after:
            raise BrokenError("withdraw：再运行一次，没有做完")


_SWITCHER = """
import sys
from pathlib import Path
from baogao_cli import switching
if sys.argv[2] == "apart":
    switching._exchange = lambda one, other: False
while True:
    switching.switch(Path(sys.argv[1]))
"""


def _switch(bench: Bench) -> None:
    """The change-over alone, over and over, in one step and (where the system has no such) in three."""
    how = bench.random.choice(("at once", "apart"))
    folder = bench.folder / "switch"
    shutil.rmtree(folder, ignore_errors=True)
    site = folder / "site"
    states = {}
    for state, place in (("old", site), ("new", next_to(site))):
        place.mkdir(parents=True)
        for number in range(20):
            (place / f"{number}.html").write_text(f"{state} {number}", encoding="utf-8")
        (place / "baogao.json").write_text("{}", encoding="utf-8")
        states[state] = tree(place)
    bench.durations.setdefault(f"switch {how}", 1.0)
    bench.kill(f"switch {how}", [sys.executable, "-c", _SWITCHER, str(site), how])
    if how == "apart" and not site.exists():
        # Killed between two renames: the next build puts back what is there, and so does this.
        if not old_of(site).is_dir():
            raise BrokenError("switch：网站不见了")
        old_of(site).rename(site)
    if tree(site) not in states.values():
        raise BrokenError("switch：网站是两个网站混在一起的")


#: The work, and how often it is chosen.
WORK: dict[Callable[[Bench], None], int] = {
    _build: 8, _import: 3, _receive: 3, _export: 3, _withdraw: 3, _fix: 2, _package: 2, _switch: 3,
}  # fmt: skip


def faults(bench: Bench, kills: int) -> Iterator[int]:
    """Kill ``kills`` times, every kind of work in turn by its weight; yields how many kills there have been. Raises :class:`BrokenError`."""
    deck = [work for work, weight in WORK.items() for _ in range(weight)]
    waiting: list[Callable[[Bench], None]] = []
    done = 0
    while done < kills:
        if not waiting:
            waiting = bench.random.sample(deck, len(deck))
        waiting.pop()(bench)
        done = sum(tally.killed for tally in bench.tallies.values())
        yield done
    for state in ("b", "a"):
        bench.reset(state)
        bench.run("build", bench.command("build"))
        bench.check_site(state)


@click.command("faults", cls=Command)
@click.option("--kills", type=click.IntRange(1), default=200, help="一共杀多少次（默认 200）")
@click.option("--seed", type=int, default=SEED, help="随机数种子")
def bench_faults(kills: int, seed: int) -> None:
    """随机的时刻杀掉正在运行的命令：网站必须完整，原稿、导出的文件不能有写了一半的。"""
    if os.name != "posix":
        raise Failure("只能在 Linux、macOS 上运行")
    project = require_project(Path()).resolve()
    with tempfile.TemporaryDirectory(prefix="baogao-faults-") as folder:
        say("先不杀，各做一遍……", err=True)
        began = time.monotonic()
        try:
            bench = make_bench(project, Path(folder), seed)
            told = 0
            for done in faults(bench, kills):
                if done - told >= 20:
                    say(f"{done} 次……", err=True)
                    told = done
        except BrokenError as error:
            raise Failure(f"种子 {seed}：{error}") from None
        say(f"杀了 {kills} 次（种子 {seed}），用了 {time.monotonic() - began:.0f} 秒：")
        for kind, tally in sorted(bench.tallies.items()):
            say(f"  {kind}：杀掉 {tally.killed} 次，还没杀就做完的 {tally.finished} 次")
        say("网站每次都完整，原稿和导出的文件没有一个是坏的；最后再生成，与从未被杀的一样。")
