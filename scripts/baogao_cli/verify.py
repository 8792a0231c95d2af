"""``baogao verify``: look for the mark that proves the hooks ran."""

from __future__ import annotations

from pathlib import Path

import click

from baogao.build import missing_hooks, missing_pages

from .mkdocs_process import expected_hooks, require_project
from .ui import Command, Failure, say


def verify_site(site: Path, project: Path) -> None:
    """Raises :class:`Failure` when a hook left no trace in ``site``, or pages of reports are not there."""
    missing = missing_hooks(site, expected_hooks(project))
    if missing:
        raise Failure(
            f"{site} 里没有这些钩子运行过的记号：{'、'.join(missing)}。"
            "多半是换了不支持 hooks 的生成工具，报告没有检查，请勿发布。"
        )
    if number := missing_pages(site):
        raise Failure(f"{site} 里少了 {number} 份报告的网页：生成工具没有把它们做出来，请勿发布。")


@click.command(cls=Command)
@click.argument("site", metavar="[网站目录]", default="site", type=click.Path(path_type=Path))
def verify(site: Path) -> None:
    """核对生成的网站：检查等钩子是否都运行过。"""
    verify_site(site, require_project(Path()))
    say(f"{site}：钩子都已运行。")
