"""``baogao withdraw``: take a report out of the library, and leave a note at its address."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import click

from baogao.corpus import Corpus, DataError, Report, load, reason_of, replace_file, write_withdrawn
from baogao.rules.baseline import FILE as BASELINE
from baogao.rules.baseline import load_baseline, write_baseline

from .build import make_site
from .git import git, top
from .mkdocs_process import require_project
from .switching import next_to, old_of
from .ui import Command, Failure, say

_LIST = "withdrawn.tsv"


@click.command(cls=Command)
@click.argument("report", metavar="报告")
@click.option("--reason", required=True, help="说明，显示在原来的网址上，例如：内容有误，另行公布")
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), help="撤回日期，例如 2024-03-01；不写的是今天"
)
@click.option(
    "--keep", type=click.Path(path_type=Path), metavar="文件",
    help="把原文另存到这里（要在报告库以外）；还没有入库的报告必须写",
)  # fmt: skip
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), default=Path("site"),
    help="网站在哪个目录（默认 site）",
)  # fmt: skip
@click.pass_context
def withdraw(
    ctx: click.Context, report: str, reason: str, date: datetime.datetime | None, keep: Path | None,
    site: Path,
) -> None:  # fmt: skip
    """撤回一份报告：从网站、检索、导出和缓存里去掉，原来的网址注明何时撤回。"""
    project = require_project(Path())
    docs = project / "docs"
    corpus = load(docs)
    found = _find(corpus, report)
    if not reason.strip():
        raise Failure("--reason 要写明说明，它显示在原来的网址上")
    source = docs / "reports" / f"{found.name}.md"
    _keep(source, keep, project)
    day = date.date() if date else datetime.date.today()
    listed = docs / "_data" / _LIST
    try:
        _drop_from_baseline(docs, found)
        if not any(entry.name == found.name for entry in corpus.data.withdrawn):
            replace_file(
                listed, write_withdrawn(listed.read_text(encoding="utf-8"), found.name, day, reason)
            )  # else an earlier run was cut short here
        source.unlink()
        # What was remembered of it, and the site before the present one, which holds its page.
        for folder in (project / ".cache", next_to(site.resolve()), old_of(site.resolve())):
            if folder.is_dir():
                shutil.rmtree(folder)
    except OSError as error:
        raise Failure(
            f"没有全部撤下：{error.filename}（{reason_of(error)}）。排除以后再运行 baogao build；docs 里改了什么见 git status。"
        ) from None
    say(f"已撤回 {found.name}（{day.isoformat()}）。", err=True)
    if site.exists() and not make_site(project, site):
        say(
            f"网站没有重新生成，{site} 里还有这份报告：先改好上面的问题，再运行 baogao build。",
            err=True,
        )
        ctx.exit(1)
    say("还要做三件事：")
    say(f"1. 提交 docs/reports 和 docs/_data/{_LIST} 的改动，让服务器上的网站也更新。")
    say("2. 收回已经发出去的压缩包、导出的 Word 和汇编。")
    say("3. 版本库的历史里还有原文。属于泄密的，要从历史里清除，见“指南 → 管理员 → 从历史里清除”。")


def _find(corpus: Corpus, given: str) -> Report:
    """The report a person means by its path or its name. Raises :class:`Failure`."""
    name = given.replace("\\", "/").removesuffix(".md")
    name = name.rpartition("reports/")[2].removesuffix(".html")
    found = corpus.find(name)
    if found is None:
        if any(entry.name == name for entry in corpus.data.withdrawn):
            raise Failure(f"{name} 已经撤回过了。网站上还有的，运行 baogao build 更新。")
        raise Failure(f"没有报告 {given}。写成 docs/reports/2022/jiguan-shuzhi-fenguan.md 的样子")
    return found


def _keep(source: Path, keep: Path | None, project: Path) -> None:
    """Save the text elsewhere where that was asked for, or where nothing else has it. Raises :class:`Failure`."""
    if keep is None:
        name = source.resolve()
        root = top(project)
        said = git(project, "status", "--porcelain", "--", str(name)) if root else None
        known = git(project, "ls-files", "--error-unmatch", "--", str(name)) if root else None
        if said is None or said.strip() or known is None:
            raise Failure(
                "这份报告还没有入库，或者入库以后改过，删了就找不回来：请用 --keep 指明把原文另存到哪里（报告库以外）"
            )
        return
    if keep.resolve().is_relative_to(project.resolve()):
        raise Failure("--keep 要指到报告库以外，不然原文还在库里")
    try:
        if keep.is_file() and keep.read_bytes() == source.read_bytes():
            return  # an earlier run was cut short
    except OSError as error:
        raise Failure(f"读不了 {keep}：{reason_of(error)}") from None
    if keep.exists():
        raise Failure(f"{keep} 已经有了，没有覆盖；请另取一个名字")
    try:
        replace_file(keep, source.read_bytes())
    except OSError as error:
        raise Failure(f"写不了 {keep}：{reason_of(error)}") from None


def _drop_from_baseline(docs: Path, report: Report) -> None:
    """Take the report out of the list of 存量问题, whose messages quote it."""
    try:
        entries = load_baseline(docs / "_data", "docs/_data")
    except DataError:
        return  # the build will say what is wrong with it
    mine = f"{report.name}.md"
    if entries and any(entry.path == mine for entry in entries):
        replace_file(
            docs / "_data" / BASELINE,
            write_baseline(entry for entry in entries if entry.path != mine),
        )
