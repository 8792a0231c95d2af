"""``baogao bench fuzz``: hostile and broken input for everything that reads what people write or hand in.

An input is made by chance from the target's name, a seed and its number alone, so any of them can be made again. The work is done in a
process of its own that tells the number it is at: if it dies (the C library that reads YAML has a stack to exhaust) or stays at
one number too long, the number is known, too. What must not happen: an exception that nobody expects, an end of the process, a wait.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import random
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..ui import Command, Failure, docs_option, require_docs, say
from .fuzz_targets import TARGETS, Ground, Target, make_ground

SEED = 20240501
#: Seconds for one input; the longest real report is read and checked in a tenth of one.
PATIENCE = 10.0
_POLL = 0.1
#: More findings than this of one target are one finding.
_MOST = 5
_SHOWN = 200


@dataclass(frozen=True)
class Finding:
    """What went wrong with the input ``number`` of a target."""

    target: str
    seed: int
    number: int
    what: str

    def __str__(self) -> str:
        again = f"baogao bench fuzz --target {self.target} --seed {self.seed} --only {self.number}"
        return f"{self.target} 第 {self.number} 个：{self.what}\n  再来一次：{again}"


@dataclass(frozen=True)
class Result:
    """How many inputs a target was given, in how many seconds, and what was found."""

    target: str
    inputs: int
    seconds: float
    findings: tuple[Finding, ...]


def chance(target: Target, seed: int, number: int) -> random.Random:
    return random.Random(f"{target.name} {seed} {number}")


def attempt(target: Target, ground: Ground, seed: int, number: int) -> None:
    """Give ``target`` its input ``number``. Raises whatever should not be raised."""
    target.check(ground, target.make(ground, chance(target, seed, number)))


def fuzz(
    target: Target,
    ground: Ground,
    seed: int,
    count: int,
    budget: float | None = None,
    patience: float = PATIENCE,
) -> Result:
    """Give ``target`` ``count`` inputs, no longer than ``budget`` seconds."""
    began = time.monotonic()
    deadline = None if budget is None else began + budget
    findings: list[Finding] = []
    number = 0
    while number < count and len(findings) < _MOST:
        number, what = _run(target, ground, seed, number, count, deadline, patience)
        if not what:
            break
        findings.append(Finding(target.name, seed, number, what))
        number += 1
    return Result(target.name, min(number, count), time.monotonic() - began, tuple(findings))


def _run(
    target: Target, ground: Ground, seed: int, first: int, count: int, deadline: float | None, patience: float
) -> tuple[int, str]:  # fmt: skip
    """Inputs from ``first`` on in a process of their own: the number it came to, and what went wrong with that one."""
    context = multiprocessing.get_context("fork")
    at = context.Value("Q", first, lock=False)
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(target, ground, seed, first, count, deadline, at, there))  # fmt: skip
    process.start()
    there.close()
    last, since = first, time.monotonic()
    try:
        while process.is_alive():
            multiprocessing.connection.wait([process.sentinel, here], _POLL)
            if here.poll():
                break
            if at.value != last:
                last, since = at.value, time.monotonic()
            elif time.monotonic() - since > patience:
                return last, f"超过 {patience:g} 秒没有做完"
        said = here.recv() if here.poll() else None
        process.join()
    except EOFError:
        process.join()
        said = None
    finally:
        if process.is_alive():
            process.kill()
            process.join()
        here.close()
    if process.exitcode:
        return int(at.value), f"进程死了（{process.exitcode}）"
    return int(at.value), said or ""


def _work(
    target: Target, ground: Ground, seed: int, first: int, count: int, deadline: float | None, at: Any,
    out: multiprocessing.connection.Connection,
) -> None:  # fmt: skip
    for number in range(first, count):
        at.value = number
        try:
            attempt(target, ground, seed, number)
        except Exception:
            out.send(traceback.format_exc()[-1500:])
            return
        if deadline is not None and time.monotonic() > deadline:
            at.value = number + 1
            return
    at.value = count


@click.command("fuzz", cls=Command)
@click.option(
    "--inputs", type=click.IntRange(1), default=1_000_000,
    help="给认文字的程序一共多少份输入（默认一百万）；Word 文件等按比例少些",
)  # fmt: skip
@click.option("--seconds", type=click.IntRange(1), help="一共最多多少秒，按各项的份额分")
@click.option("--target", "names", multiple=True, type=click.Choice([t.name for t in TARGETS]), help="只做这一项（可写几次）")  # fmt: skip
@click.option("--seed", type=int, default=SEED, help="随机数种子")
@click.option(
    "--only", type=click.IntRange(0), help="只做这一份输入，并把它打印出来（要写 --target）"
)
@docs_option
@click.pass_context
def bench_fuzz(
    ctx: click.Context, inputs: int, seconds: int | None, names: tuple[str, ...], seed: int, only: int | None, docs: Path
) -> None:  # fmt: skip
    """拿大量写坏的、有害的文字和文件去试：不许崩溃，不许卡住，不许把坏的当成好的。"""
    if os.name != "posix":
        raise Failure("只能在 Linux、macOS 上运行")
    chosen = [target for target in TARGETS if not names or target.name in names]
    with tempfile.TemporaryDirectory(prefix="baogao-fuzz-") as folder:
        ground = make_ground(require_docs(docs), Path(folder))
        if only is not None:
            if len(chosen) != 1:
                raise Failure("--only 要和一个 --target 一起写")
            made = chosen[0].make(ground, chance(chosen[0], seed, only))
            say(repr(made))
            chosen[0].check(ground, made)
            say("没有问题。")
            return
        bad = 0
        for result in _results(chosen, ground, seed, inputs, seconds):
            rate = result.inputs / max(result.seconds, 0.001)
            say(f"{result.target}：{result.inputs:,} 份，{result.seconds:.0f} 秒，每秒 {rate:,.0f} 份，种子 {seed}")  # fmt: skip
            for finding in result.findings:
                say(str(finding))
            bad += len(result.findings)
    say(f"找到 {bad} 处问题。" if bad else "没有找到问题。")
    ctx.exit(1 if bad else 0)


def _results(
    chosen: list[Target], ground: Ground, seed: int, inputs: int, seconds: int | None
) -> Iterator[Result]:
    whole = sum(target.time for target in chosen)
    for target in chosen:
        count = max(1, inputs * target.share // 1000)
        budget = None if seconds is None else seconds * target.time / whole
        yield fuzz(target, ground, seed, count, budget)
