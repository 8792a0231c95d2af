"""``baogao bench load``: the site behind nginx, asked by many readers at once."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import click

from baogao.corpus import load
from baogao.fulltext import INDEX

from ..mkdocs_process import require_project
from ..nginx import serving
from ..ui import Command, Failure, docs_option, require_docs, say
from ..verify import verify_site

_SEED = 7
#: How often a kind of file is asked for, in a hundred: a reader opens a page and searches; styles and scripts are kept by browsers.
_SHARES = {"网页": 55, "检索分片": 35, "样式和脚本": 6, "Word 和表格": 4}
_ADDRESSES = 4000
_LUA = """
local addresses = {}
for line in io.lines("%s") do addresses[#addresses + 1] = line end
local at = 0
function request()
  at = at %% #addresses + 1
  return wrk.format("GET", addresses[at], {["Accept-Encoding"] = "gzip"})
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration, summary.bytes,
    e.connect, e.read, e.write, e.status, e.timeout, latency:percentile(50), latency:percentile(99), latency.max))
end
"""


@dataclass(frozen=True)
class Loaded:
    """What came of it: times in seconds, ``size`` in bytes."""

    requests: int
    duration: float
    size: int
    errors: dict[str, int]
    median: float
    slowest_percent: float
    slowest: float


@click.command("load", cls=Command)
@click.option(
    "--site", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("site"),
    help="生成好的网站（默认 site）",
)  # fmt: skip
@click.option("--seconds", type=click.IntRange(1, 3600), default=60, help="多少秒（默认 60）")
@click.option(
    "--connections", type=click.IntRange(1, 1000), default=100, help="同时多少个连接（默认 100）"
)
@docs_option
def bench_load(site: Path, seconds: int, connections: int, docs: Path) -> None:
    """网站放在 nginx 后面，许多人同时看和搜，量每秒多少次、有没有出错。要有 nginx 和 wrk。"""
    project = require_project(Path())
    verify_site(site, project)
    corpus = load(require_docs(docs)).visible
    with tempfile.TemporaryDirectory() as folder, serving(site, Path(folder), project, corpus) as address:  # fmt: skip
        say(f"{connections} 个连接，{seconds} 秒……", err=True)
        loaded = put_under_load(site, address, seconds, connections, Path(folder))
    say(
        f"{loaded.requests:,} 次，每秒 {loaded.requests / loaded.duration:,.0f} 次，{loaded.size / loaded.duration / 1e6:.0f} MB"
    )
    say(
        f"一半在 {loaded.median * 1000:.1f} 毫秒以内，99% 在 {loaded.slowest_percent * 1000:.1f} 毫秒以内，最慢 {loaded.slowest * 1000:.0f} 毫秒"
    )
    wrong = {name: number for name, number in loaded.errors.items() if number}
    if wrong:
        raise Failure("出错：" + "、".join(f"{name} {number} 次" for name, number in wrong.items()))
    say("没有一次出错。")


def put_under_load(
    site: Path, address: str, seconds: int, connections: int, folder: Path
) -> Loaded:
    """Ask the server at ``address`` for the files of ``site``. ``folder`` is for the list of addresses. Raises :class:`Failure`."""
    program = shutil.which("wrk")
    if program is None:
        raise Failure("没有找到 wrk。Debian 上请先运行：apt install wrk")
    listed, script = folder / "addresses.txt", folder / "mixed.lua"
    listed.write_text("\n".join(addresses(site)) + "\n", encoding="utf-8")
    script.write_text(_LUA % listed.as_posix(), encoding="utf-8")
    done = subprocess.run(
        [program, "-t2", f"-c{max(2, connections)}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), address],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"^RESULT (.+)$", done.stdout, re.M)
    if done.returncode or not found:
        raise Failure(f"wrk 没有运行成：{(done.stderr or done.stdout).strip()}")
    requests, duration, size, *rest = map(int, found[1].split())
    *errors, median, slowest_percent, slowest = rest
    names = ("连不上", "读不到", "写不出", "回答有误", "超时")
    return Loaded(
        requests, duration / 1e6, size, dict(zip(names, errors, strict=True)),
        median / 1e6, slowest_percent / 1e6, slowest / 1e6,
    )  # fmt: skip


def addresses(site: Path) -> list[str]:
    """Addresses to ask for, pages and shards mixed, the same ones for the same site."""
    kinds: dict[str, list[str]] = {name: [] for name in _SHARES}
    for file in sorted(site.rglob("*")):
        inner = file.relative_to(site).as_posix()
        if not file.is_file() or inner == "404.html":
            continue
        if file.suffix == ".html":
            kind = "网页"
        elif inner.startswith(f"{INDEX}/"):
            kind = "检索分片"
        elif file.suffix in (".docx", ".xlsx", ".csv"):
            kind = "Word 和表格"
        elif file.suffix in (".js", ".css"):
            kind = "样式和脚本"
        else:
            continue
        if file.suffix != ".gz":
            kinds[kind].append("/" + quote(inner))
    chance = random.Random(_SEED)
    present = {name: share for name, share in _SHARES.items() if kinds[name]}
    drawn = chance.choices(list(present), list(present.values()), k=_ADDRESSES)
    return [chance.choice(kinds[name]) for name in drawn]
