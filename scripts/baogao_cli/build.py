"""``baogao build``: build the site beside the one being read, make sure every hook did its work, and change over."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Callable
from pathlib import Path

import click

from baogao.corpus import load_data, reason_of
from baogao.output import forget_all_records_but

from .deploy import write_web_config
from .generator import UNWRITTEN
from .mkdocs_process import require_project, run_mkdocs
from .switching import alone, compress, next_to, old_of, prepare, switch
from .ui import Command, Failure, say
from .verify import verify_site

#: More names than this nobody reads.
_MOST = 10


@click.command(cls=Command)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    help="生成到哪个目录（默认 site）",
)
@click.option("--compress", "compressed", is_flag=True, help="另存一份 .gz，供网站服务器直接发送")
@click.option("--iis", is_flag=True, help="另写一份 web.config，网站由 IIS 发布时用")
@click.option("--fresh", is_flag=True, help="全部重新生成，不沿用上一次没有变的网页")
@click.pass_context
def build(ctx: click.Context, site: Path, compressed: bool, iis: bool, fresh: bool) -> None:
    """检查并生成网站：先在旁边生成好，再一下子换上去；没有生成成功，原来的网站不动。"""
    project = require_project(Path())

    def finish(made: Path) -> None:
        config = made / "web.config"
        if iis:
            write_web_config(made, project, config)
        else:  # of an earlier build: its policy is not that of this site
            config.unlink(missing_ok=True)
        if compressed:
            compress(made)

    if not make_site(project, site, fresh, finish):
        ctx.exit(1)
    say(f"网站已生成：{site}（入口 {site / 'index.html'}）")


def make_site(
    project: Path, site: Path, fresh: bool = False, finish: Callable[[Path], None] | None = None
) -> bool:
    """Build the site of ``project`` and put it into the place of ``site``; whether that went well.

    ``finish`` is given the folder of the new site just before. Raises :class:`Failure`.
    """
    site = site.resolve()
    try:
        with alone(site):
            reuse = prepare(site, project, project / ".cache" / "baogao") and not fresh
            how = "--dirty" if reuse else "--clean"
            code = run_mkdocs(["build", how, "--site-dir", str(next_to(site))], project)
            if code == UNWRITTEN:
                raise Failure("网站没有生成，原因见上一行。原来的网站没有动。")
            if code:
                return False
            verify_site(next_to(site), project)
            if finish is not None:
                finish(next_to(site))
            vanished = _vanished(site, next_to(site), project)
            switch(site)
            if vanished is not None:
                # The site before is kept beside this one to save work; what readers may no longer see is not kept there.
                shutil.rmtree(next_to(site), ignore_errors=True)
                forget_what_vanished(site, project / ".cache" / "baogao")
    except OSError as error:
        raise Failure(
            f"网站没有生成：{reason_of(error)}（{error.filename}）。原来的网站没有动。"
        ) from None
    if vanished:
        listed = "、".join(vanished[:_MOST]) + ("等" if len(vanished) > _MOST else "")
        say(
            f"有 {len(vanished)} 份报告以前有网页，现在没有了：{listed}。改了名称的，在 docs/_data/redirects.tsv 里写明转到哪里；"
            "要撤回的，用 baogao withdraw；改成草稿或限制公开的，不用管。",
            err=True,
        )
    return True


def forget_what_vanished(site: Path, cache: Path) -> None:
    """Delete what the cache keeps of sites from before: the one that was packed (unless it is ``site``), and the lists of pages."""
    forget_all_records_but(site, cache)
    packed = packed_site(cache)
    if site != packed.resolve():
        for folder in (packed, next_to(packed), old_of(packed)):
            shutil.rmtree(folder, ignore_errors=True)


def packed_site(cache: Path) -> Path:
    """Where ``baogao package`` builds the site it packs."""
    return cache / "package" / "site"


def _vanished(old: Path, new: Path, project: Path) -> list[str] | None:
    """The names of reports with a page in ``old`` and none in ``new``; ``None`` when no text has gone from the site, an empty list when
    all that has was withdrawn or moved."""
    before = {file.relative_to(old).as_posix() for file in (old / "reports").rglob("*.html")}
    names = [uri for uri in sorted(before) if not (new / uri).is_file()]
    data = load_data(project / "docs/_data", "docs/_data")
    replaced = [f"reports/{entry.name}.html" for entry in data.withdrawn]
    replaced += [f"reports/{moved.old}.html" for moved in data.redirects]
    gone = any(
        uri in before
        and (new / uri).is_file()
        and not filecmp.cmp(old / uri, new / uri, shallow=False)
        for uri in replaced
    )
    if not names and not gone:
        return None
    return [uri.removeprefix("reports/").removesuffix(".html") for uri in names]
