"""``baogao check``: check reports."""

from __future__ import annotations

from pathlib import Path

import click

from baogao.corpus import Corpus, Report, load
from baogao.rules import check_corpus, exit_code
from baogao.rules.render import as_json, text

from .ui import Command, Failure, docs_option, require_docs, say


@click.command(cls=Command)
@click.argument("paths", nargs=-1, metavar="[文件或目录]…", type=click.Path(path_type=Path))
@docs_option
@click.option("--json", "json_", is_flag=True, help="输出 JSON，供程序读取")
@click.option("--strict", is_flag=True, help="有“建议改”的也算不通过")
@click.pass_context
def check(
    ctx: click.Context, paths: tuple[Path, ...], docs: Path, json_: bool, strict: bool
) -> None:
    """检查报告；不指明文件时检查全部。

    退出码：0 没有必须改的，1 有，2 无法检查。
    """
    corpus = load(require_docs(docs))
    chosen = _choose(corpus, docs, paths) if paths else corpus.reports
    findings = check_corpus(corpus, None if not paths else chosen)
    if json_:
        say(as_json.render(findings, len(chosen)), end="")
    else:
        sources = {report.path: report.source for report in corpus.reports}
        said = text.render(
            findings,
            lambda path, line: sources[path].line(line) if path in sources else "",
            len(chosen),
        )
        say(said, end="")
    ctx.exit(exit_code(findings, strict))


def _choose(corpus: Corpus, docs: Path, paths: tuple[Path, ...]) -> tuple[Report, ...]:
    root = (docs / "reports").resolve()
    by_file = {(root / f"{report.name}.md").resolve(): report for report in corpus.reports}
    chosen: dict[str, Report] = {}
    for path in paths:
        full = path.resolve()
        found = [r for file, r in by_file.items() if file == full or full in file.parents]
        if not found:
            if not path.exists():
                raise Failure(f"没有这个文件或目录：{path}")
            raise Failure(f"{path} 不在 {docs}/reports 里，或里面没有报告")
        chosen.update((report.path, report) for report in found)
    return tuple(chosen[path] for path in sorted(chosen))
