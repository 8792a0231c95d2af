"""``baogao review``: what a reviewer wants to know, on the terminal and on paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import click

from baogao.corpus import Corpus, Report, load, reason_of, replace_file
from baogao.pages.review import review_html
from baogao.rules import Finding, exit_code
from baogao.rules.render import summary
from baogao.rules.sheet import make_sheet

from .changes import Request, request
from .check import choose, examine
from .ui import Command, Failure, docs_option, require_docs, say

OUT = Path("审核单.html")
_LISTED = 10


@click.command(cls=Command)
@click.argument("what", nargs=-1, required=True, metavar="版本..版本 | 文件或目录…")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=OUT,
    help=f"审核单写到哪里（默认 {OUT}）",
)  # fmt: skip
@docs_option
@click.pass_context
def review(ctx: click.Context, what: tuple[str, ...], out: Path, docs: Path) -> None:
    """审核：在屏幕上给出摘要，并写出可打印的审核单（每份报告一页 A4）。

    可以写版本的范围，例如 main..投稿/2023/jiguan-shuzhi-fenguan，看这次提交审核的报告；也可以写报告的文件名。
    退出码：0 没有必须改的，1 有，2 无法检查。
    """
    require_docs(docs)
    if out.suffix.lower() not in (".html", ".htm"):
        raise Failure(f"--out 要写成 .html 文件，现在是 {out}")
    versions = _range(what)
    if versions is None:
        corpus = load(docs)
        chosen = choose(corpus, docs, tuple(Path(name) for name in what))
        findings = examine(corpus, docs, chosen).new
        _show(corpus, chosen, findings, out)
        ctx.exit(exit_code(findings, strict=False))
    with request(docs, *versions) as asked:
        _warn(asked, docs)
        if not asked.reports:
            say("这次提交没有新增或改动报告。")
            return
        findings = examine(asked.corpus, asked.docs, asked.reports).new
        _show(asked.corpus, asked.reports, findings, out)
    ctx.exit(exit_code(findings, strict=False))


def _range(what: tuple[str, ...]) -> tuple[str, str] | None:
    """The two versions of ``BASE..HEAD``; ``None`` when files are named."""
    if len(what) != 1 or ".." not in what[0] or Path(what[0]).exists():
        return None
    base, _, head = what[0].partition("..")
    head = head.removeprefix(".")  # main...branch means the same here
    if "/" in (base[-1:], head[:1]):  # ../elsewhere/report.md
        return None
    return base or "HEAD", head or "HEAD"


def _warn(asked: Request, docs: Path) -> None:
    """What the sheet does not show and the reviewer must know: files besides the reports."""
    data = [name for name in asked.other if f"/{docs.name}/_data/" in f"/{name}"]
    if data:
        say(
            f"注意：这次提交还改了检查依据的数据文件，下面是按改后的数据检查的：{_names(data)}",
            err=True,
        )
    rest = [name for name in asked.other if name not in data]
    if rest:
        say(f"注意：这次提交还改了报告以外的文件 {len(rest)} 个：{_names(rest)}", err=True)
    if asked.gone:
        say(f"注意：这次提交删去了报告 {len(asked.gone)} 份：{_names(asked.gone)}", err=True)


def _names(names: Iterable[str]) -> str:
    names = list(names)
    return "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")


def _show(
    corpus: Corpus, chosen: tuple[Report, ...], findings: tuple[Finding, ...], out: Path
) -> None:
    say(summary.render(corpus, chosen, findings), end="")
    sheets = [make_sheet(corpus, report, findings) for report in chosen]
    try:
        replace_file(out, review_html(sheets, datetime.date.today()))
    except OSError as error:
        raise Failure(f"写不了 {out}：{reason_of(error)}") from None
    say(f"\n审核单已写到 {out}：{len(sheets)} 页，用浏览器打开，按 Ctrl+P 打印。")
