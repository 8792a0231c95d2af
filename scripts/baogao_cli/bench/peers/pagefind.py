"""Pagefind: an index over the built pages in chunks of words, searched by WebAssembly in the browser. It tells pages."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import markdown

from ...ui import Failure
from ..search_browser import Client
from ..watched import run_watched
from . import Made, Place
from .pages import report_bodies

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main data-pagefind-body><h1>{title}</h1>
{body}
</main></body></html>
"""
_INDEX = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>检索</title></head>
<body><script type="module">window.pagefind = await import("./pagefind/pagefind.js");</script></body></html>
"""
#: As its own interface asks: the numbers of all pages at once, the content of the first ten.
_ASK = """async ([query, options]) => {
  const begun = performance.now();
  const { results } = await pagefind.search(query);
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  const since = performance.now();
  return { time: since - begun, since, total: results.length, ids: options.ids ? results.map((result) => result.id) : [], hits: shown.length };
}"""
_HEAD = b"pagefind_dcd"


@dataclass
class Pagefind:
    command: tuple[str, ...]
    title: str
    pages: dict[str, str] = field(default_factory=dict)
    sections = False
    client = Client("index.html", "window.pagefind", _ASK)

    @classmethod
    def find(cls) -> Pagefind:
        """The program named by ``BAOGAO_PAGEFIND``, else the one of the Python package."""
        named = os.environ.get("BAOGAO_PAGEFIND")
        if not named and not all(
            map(importlib.util.find_spec, ("pagefind", "pagefind_bin_extended"))
        ):
            raise Failure(
                '没有安装 Pagefind，不能与它比较。请运行 pip install "pagefind[extended]"，'
                "或用 BAOGAO_PAGEFIND 指明 pagefind_extended 程序的路径。"
            )
        command = (named,) if named else (sys.executable, "-m", "pagefind")
        try:
            told = subprocess.run(
                [*command, "--version"], capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            raise Failure(f"Pagefind 不能运行：{' '.join(command)}") from None
        return cls(command, f"Pagefind {told.stdout.split()[-1]}")

    def build(self, library: Path, folder: Path) -> Made:
        site = folder / "site"
        converter = markdown.Markdown(extensions=["toc"])
        for name, title, body in report_bodies(library):
            file = site / "reports" / f"{name}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            page = _PAGE.format(title=title, body=converter.reset().convert(body))
            file.write_text(page, encoding="utf-8")
        ran = run_watched([*self.command, "--site", str(site)])
        if ran.code:
            raise Failure(f"Pagefind 没有建成索引：\n{ran.output[-2000:]}")
        (site / "index.html").write_text(_INDEX, encoding="utf-8")
        index = site / "pagefind"
        self.pages = read_pages(index)
        files = [
            file
            for pattern in ("*/*.pf_*", "*.pf_*", "pagefind-entry.json")
            for file in index.glob(pattern)
        ]
        return Made(
            sum(file.stat().st_size for file in files),
            len(files),
            ran.seconds,
            ran.peak,
            "生成网页的用时不计",
        )

    def places(self, ids: Sequence[str]) -> list[Place]:
        return [Place(self.pages[each]) for each in ids]


def read_pages(index: Path) -> dict[str, str]:
    """The reports by the ids under which Pagefind tells pages, from the fragments of its index."""
    pages = {}
    for file in (index / "fragment").glob("*.pf_fragment"):
        content = json.loads(gzip.decompress(file.read_bytes()).removeprefix(_HEAD))
        pages[file.stem] = content["url"].removeprefix("/reports/").removesuffix(".html")
    return pages
