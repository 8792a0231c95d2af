"""``baogao build``: build the site and make sure every hook did its work."""

from __future__ import annotations

from pathlib import Path

import click

from .mkdocs_process import require_project, run_mkdocs
from .ui import Command, say
from .verify import verify_site


@click.command(cls=Command)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    help="生成到哪个目录（默认 site）",
)
@click.pass_context
def build(ctx: click.Context, site: Path) -> None:
    """检查并生成网站。"""
    project = require_project(Path())
    code = run_mkdocs(["build", "--site-dir", str(site.resolve())], project)
    if code:
        ctx.exit(1)
    verify_site(site, project)
    say(f"网站已生成：{site}（入口 {site / 'index.html'}）")
