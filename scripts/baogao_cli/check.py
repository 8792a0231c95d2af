"""``baogao check``: check reports, and mend what can be mended safely."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from baogao.corpus import Corpus, Report, load, reason_of, replace_file, shown_path
from baogao.corpus.load import check_lists
from baogao.rules import Finding, exit_code
from baogao.rules.baseline import Judged, judge, load_baseline
from baogao.rules.engine import CONFIDENTIAL
from baogao.rules.fix import Mended, mend
from baogao.rules.parallel import WORTH_IT, check_corpus_parallel
from baogao.rules.render import as_json, github, gitlab, sarif, summary, text

from .changes import changed_reports
from .ui import Command, Failure, docs_option, require_docs, say

FORMATS = ("text", "json", "github", "gitlab", "sarif", "summary")


@click.command(cls=Command)
@click.argument("paths", nargs=-1, metavar="[文件或目录]…", type=click.Path(path_type=Path))
@docs_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text",
    help="输出形式：text 给人看（默认）、summary 给审核人的摘要、json 给程序、github/gitlab/sarif 给代码平台",
)  # fmt: skip
@click.option("--json", "json_", is_flag=True, help="同 --format json")
@click.option(
    "--link", default="", metavar="网址",
    help="摘要里的行号链接到代码平台：网址里写 {path} 和 {line}（只用于 --format summary）",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="有“建议改”的也算不通过")
@click.option("--changed", metavar="版本", help="只检查与这个版本不同的报告，例如 origin/main")
@click.option("--fix", is_flag=True, help="改掉可以放心改的（标点、序号写法等），再检查")
@click.option("--diff", is_flag=True, help="只显示 --fix 会改什么，不写文件")
@click.pass_context
def check(
    ctx: click.Context, paths: tuple[Path, ...], docs: Path, form: str, json_: bool, link: str,
    strict: bool, changed: str | None, fix: bool, diff: bool,
) -> None:  # fmt: skip
    """检查报告；不指明文件时检查全部。

    退出码：0 没有必须改的，1 有，2 无法检查。
    """
    if changed and paths:
        raise Failure("--changed 和文件名只用一个")
    if link and (json_ or form != "summary"):
        raise Failure("--link 只和 --format summary 一起用")
    corpus = load(require_docs(docs))
    check_lists(corpus, docs)
    whole = not paths and changed is None
    chosen = choose(corpus, docs, paths) if paths else corpus.reports
    if changed is not None:
        chosen = changed_reports(corpus, docs, changed)
    if fix or diff:
        _mend(corpus, docs, chosen, write=fix and not diff)
        if diff:
            return
        names = {report.name for report in chosen}
        corpus = load(docs, corpus)
        chosen = tuple(report for report in corpus.reports if report.name in names)
    judged = examine(corpus, docs, None if whole else chosen)
    findings = judged.new
    say(_render("json" if json_ else form, corpus, chosen, findings, link), end="")
    if judged.known:
        say(f"另有存量问题 {judged.known} 处（见 {docs}/_data/baseline.tsv），不计在内。", err=True)
    if judged.shrinkable:
        say(
            f"存量问题清单里有 {len(judged.shrinkable)} 条已经改好，请运行 baogao baseline 把它们从清单里去掉。",
            err=True,
        )
    ctx.exit(1 if judged.shrinkable else exit_code(findings, strict))


def examine(corpus: Corpus, docs: Path, only: tuple[Report, ...] | None) -> Judged:
    """Check, and hold the findings against the list of 存量问题."""
    number = len(corpus.reports if only is None else only)
    if number >= WORTH_IT:
        say(f"正在检查 {number} 份报告……", err=True)
    findings = check_corpus_parallel(corpus, only)
    entries = load_baseline(docs / "_data", f"{shown_path(docs)}/_data")
    checked = [report.path for report in (corpus.reports if only is None else only)]
    return judge(findings, entries or (), CONFIDENTIAL, checked)


def _render(
    form: str, corpus: Corpus, chosen: tuple[Report, ...], findings: tuple[Finding, ...], link: str
) -> str:
    if form == "summary":
        return summary.render(corpus, chosen, findings, link)
    programs = {
        "json": as_json.render,
        "github": github.render,
        "gitlab": gitlab.render,
        "sarif": sarif.render,
    }
    if form in programs:
        return programs[form](findings, len(chosen))
    return text.render(
        findings,
        corpus.line,
        len(chosen),
    )


def _mend(corpus: Corpus, docs: Path, chosen: tuple[Report, ...], write: bool) -> None:
    """Mend reports, or show what mending would change."""
    count = files = 0
    for report in chosen:
        if report.damage is not None:
            continue
        mended = mend(report, corpus.predecessor(report))
        if mended.refused:
            say(f"{report.path}：{mended.refused}", err=True)
        if mended.text == report.source.text:
            continue
        count += len(mended.done)
        files += 1
        if write:
            _write(docs / "reports" / f"{report.name}.md", report, mended)
            say(f"{report.path}：改了 {len(mended.done)} 处", err=True)
        else:
            say(_diff(report, mended), end="")
    if write:
        say(f"共改 {files} 份、{count} 处。" if files else "没有可以放心改的。", err=True)
    elif not files:
        say("没有可以放心改的。", err=True)


def _write(file: Path, report: Report, mended: Mended) -> None:
    try:
        if file.read_bytes().replace(b"\r\n", b"\n").decode("utf-8") != report.source.text:
            raise Failure(f"{file} 在检查期间变了，没有改")
        replace_file(file, mended.text)
    except OSError as error:
        raise Failure(f"写不了 {file}：{reason_of(error)}") from None


def _diff(report: Report, mended: Mended) -> str:
    before, after = (t.splitlines(keepends=True) for t in (report.source.text, mended.text))
    return "".join(difflib.unified_diff(before, after, report.path, report.path, n=0))


def choose(corpus: Corpus, docs: Path, paths: tuple[Path, ...]) -> tuple[Report, ...]:
    """The reports a person names, by file or folder. Raises :class:`Failure`."""
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
