"""``baogao prepare``: the library as a plain tree that Zensical, ProperDocs or MkDocs builds without our hooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from baogao import build as builds
from baogao import parts
from baogao.corpus import reason_of
from baogao.rules import exit_code

from .mkdocs_process import read_config, require_project
from .plain_tree import is_tree, write_tree
from .switching import alone, next_to, old_of, switch
from .ui import Command, Failure, say


@click.command(cls=Command)
@click.option(
    "--out", "tree", type=click.Path(file_okay=False, path_type=Path), required=True,
    help="写到哪个目录；原来就是这个命令写的，整个换掉",
)  # fmt: skip
@click.pass_context
def prepare(ctx: click.Context, tree: Path) -> None:
    """检查并写出不用钩子也能生成网站的一个目录，交给 Zensical、ProperDocs。"""
    project = require_project(Path()).resolve()
    number = prepare_tree(project, tree)
    if number is None:
        ctx.exit(1)
    say(f"已写入 {tree}：{number} 个网页。在里面运行 zensical build，再用 baogao verify {tree / 'site'} 核对。")  # fmt: skip


def prepare_tree(project: Path, tree: Path) -> int | None:
    """Check the library of ``project`` and put its plain tree into the place of ``tree``; how many pages were made, ``None`` when
    something must be changed first. Raises :class:`Failure`, :class:`~baogao.corpus.DataError`."""
    tree = tree.resolve()
    config = read_config(project)
    docs = project / str(config.get("docs_dir", "docs"))
    aside = next_to(tree)
    try:
        parts.search_server(config.get("extra") or {})
    except ValueError as error:
        raise Failure(f"mkdocs.yml 有误：{error}") from None
    try:
        with alone(tree, "prepare"):
            _finish(tree)
            _require_own(tree, project, docs)
            build = builds.begin(docs, False, project / ".cache" / "baogao")
            say(parts.report_of_check(build, str(config.get("site_url") or "")), err=True, end="")
            build.ran.append("check")
            if exit_code(build.findings, strict=False):
                say("有必须改的问题，没有写。", err=True)
                return None
            shutil.rmtree(aside, ignore_errors=True)
            try:
                number = write_tree(build, project, aside, lambda line: say(line, err=True))
                switch(tree)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise Failure(f"没有写成：{reason_of(error)}（{error.filename}）。原来的没有动。") from None
    return number


def _finish(tree: Path) -> None:
    """Put back what stood there when a change-over was cut short between two renames."""
    old = old_of(tree)
    if old.is_dir() and not tree.exists():
        old.rename(tree)


def _require_own(tree: Path, project: Path, docs: Path) -> None:
    """Raises :class:`Failure` where ``tree`` is something this command must not replace."""
    if tree.exists() and not tree.is_dir():
        raise Failure(f"{tree} 是一个文件，请用 --out 另指一个目录。")
    own = [docs, *(project / name for name in ("hooks", "scripts", "tests", ".cache"))]
    if project.is_relative_to(tree) or any(tree.is_relative_to(folder) for folder in own):
        raise Failure(f"{tree} 是报告库自己的目录，请用 --out 另指一个目录。")
    if tree.is_dir() and any(tree.iterdir()) and not is_tree(tree):
        raise Failure(
            f"{tree} 里不是 baogao prepare 写的，没有动它。请用 --out 另指一个目录，或先把它移走。"
        )
