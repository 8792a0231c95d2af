"""``baogao build``: build the site beside the one being read, make sure every hook did its work, and change over."""

from __future__ import annotations

from pathlib import Path

import click

from .mkdocs_process import require_project, run_mkdocs
from .switching import alone, compress, next_to, prepare, switch
from .ui import Command, Failure, say
from .verify import verify_site


@click.command(cls=Command)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    help="生成到哪个目录（默认 site）",
)
@click.option("--compress", "compressed", is_flag=True, help="另存一份 .gz，供网站服务器直接发送")
@click.option("--fresh", is_flag=True, help="全部重新生成，不沿用上一次没有变的网页")
@click.pass_context
def build(ctx: click.Context, site: Path, compressed: bool, fresh: bool) -> None:
    """检查并生成网站：先在旁边生成好，再一下子换上去；没有生成成功，原来的网站不动。"""
    project = require_project(Path())
    shown, site = site, site.resolve()
    try:
        with alone(site):
            reuse = prepare(site, project, project / ".cache" / "baogao") and not fresh
            how = "--dirty" if reuse else "--clean"
            if run_mkdocs(["build", how, "--site-dir", str(next_to(site))], project):
                ctx.exit(1)
            verify_site(next_to(site), project)
            if compressed:
                compress(next_to(site))
            switch(site)
    except OSError as error:
        raise Failure(
            f"网站没有生成：{error.strerror}（{error.filename}）。原来的网站没有动。"
        ) from None
    say(f"网站已生成：{shown}（入口 {shown / 'index.html'}）")
