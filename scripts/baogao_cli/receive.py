"""``baogao receive``: a hand-in package becomes a report on a branch of its own, ready for review."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from baogao.corpus import (
    Corpus,
    Report,
    Source,
    UndecodableError,
    decode,
    load,
    parse_report,
    reason_of,
)
from baogao.corpus.intake.package import MAX_PACKAGE, SLIP, Package, PackageError, read_package
from baogao.corpus.intake.settle import UnsettledError, read_slip
from baogao.corpus.intake.write import ReportFile
from baogao.rules import Finding, Severity, exit_code
from baogao.rules.engine import CONFIDENTIAL
from baogao.rules.render import summary

from . import git
from .check import examine
from .import_ import Options, find_kind, read_import, refuse_existing, tell, write_new
from .ui import Command, Failure, docs_option, require_docs, say

BRANCH = "投稿/"


@click.command(cls=Command)
@click.argument("package", metavar="投稿包.zip", type=click.Path(path_type=Path))
@click.option("--no-branch", is_flag=True, help="不建分支，直接放进当前目录的报告库")
@docs_option
@click.pass_context
def receive(ctx: click.Context, package: Path, no_branch: bool, docs: Path) -> None:
    """收下投稿包：重新检查，把报告放到它该在的位置，给出审核摘要。

    报告放在新分支“投稿/…”上；原稿和自查结果留在投稿包里。已有的报告不会被覆盖。
    退出码：0 收下了，没有必须改的；1 有必须改的；2 不能收。
    """
    require_docs(docs)
    try:
        handed = read_package(_bytes(package))
    except PackageError as error:
        raise Failure(f"{package}：{error}") from None
    root = None if no_branch else _require_clean(docs)
    corpus = load(docs)
    if handed.report is None:
        handed = _made(corpus, handed)
    report = _place(corpus, handed)
    target = docs / "reports" / f"{report.name}.md"
    refuse_existing(target)
    whole = _with(corpus, report)
    findings = examine(whole, docs, (report,)).new
    _account(handed, report)
    say(summary.render(whole, (report,), findings), end="")
    say()
    file = ReportFile(f"{report.name}.md", report.source.text)
    if root is None:
        write_new(target, file)
        say(f"已放在 {target}\n打印审核单：baogao review {target}")
    else:
        _refuse_secret(findings)
        before, branch = _branch(root, docs, report)
        say(f"已放在新分支 {branch} 上：{target}")
        say(f"打印审核单：baogao review {before}..{branch}")
    ctx.exit(exit_code(findings, strict=False))


def _bytes(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise Failure(f"{file} 是目录，请指明一个投稿包（.zip）")
        if file.stat().st_size > MAX_PACKAGE:
            raise Failure(f"{file} 超过 {MAX_PACKAGE // 1_000_000} MB，不像投稿包")
        return file.read_bytes()
    except OSError as error:
        raise Failure(f"读不了 {file}：{reason_of(error)}") from None


def _made(corpus: Corpus, handed: Package) -> Package:
    """The package with the report made of its original, as ``baogao import`` does it, by what the slip says."""
    assert handed.original is not None and handed.slip is not None
    name, content = handed.original
    try:
        slip = decode(handed.slip)
        choices = read_slip(slip, corpus.data)
        kind = find_kind(corpus.data, choices.kind) if choices.kind else None
        made = read_import(
            content, name, f"原稿 {name}", Options(choices, kind, False), corpus.data, Path()
        )
    except UndecodableError:
        raise Failure(f"投稿包里的{SLIP}不是 UTF-8 编码，请对方重新生成投稿包") from None
    except UnsettledError as error:
        raise Failure(
            f"投稿包里的{SLIP}写着“{error.value}”，读不懂；请对方重新生成投稿包"
        ) from None
    say("这个投稿包没有自查过，报告由原稿现做：")
    tell(made, choices.title)
    say()
    return replace(handed, name=made.report.name, report=made.report.text.encode())


def _place(corpus: Corpus, handed: Package) -> Report:
    """The report, with the name its front matter gives it. The name in the package counts for nothing."""
    assert handed.report is not None
    try:
        text = decode(handed.report)
    except UndecodableError as error:
        guess = f"，看起来是 {error.guess}" if error.guess else ""
        raise Failure(f"投稿包里的报告不是 UTF-8 编码{guess}，请对方重新生成投稿包") from None
    found = parse_report("", Source(handed.name, text), corpus.data)
    if not found.readable:
        fault = (
            found.front.faults[0].message if found.front.faults else "开头没有两行 --- 之间的前言"
        )
        raise Failure(f"投稿包里的报告读不出前言：{fault}。请退回对方改好再交。")
    name = found.expected_name
    if name is None:
        raise Failure(f"不知道该放在哪里：{_lacking(found)}。请退回对方改好前言再交。")
    return parse_report(name, Source(f"{corpus.shown}/reports/{name}.md", text), corpus.data)


def _lacking(report: Report) -> str:
    if report.year is None:
        return "前言的 year 没有写年度"
    if report.unit is None:
        return f"单位“{report.front.value('unit') or ''}”不在名录（docs/_data/units.yml）里"
    if report.kind is None:
        return f"没有文种“{report.front.value('kind') or ''}”"
    return f"{report.kind.name}的角色“{report.front.value('role') or ''}”认不出"


def _with(corpus: Corpus, report: Report) -> Corpus:
    reports = sorted((*corpus.reports, report), key=lambda other: other.name)
    return replace(corpus, reports=tuple(reports))


def _account(handed: Package, report: Report) -> None:
    if handed.original is None:
        say("投稿包里没有原稿。")
    else:
        name, content = handed.original
        source = report.front.value("source")
        recorded = str(source.get("sha256", "")) if isinstance(source, dict) else ""
        if not recorded:
            same = "报告没有记录来自哪个文件，请核对"
        elif recorded == hashlib.sha256(content).hexdigest():
            same = "与报告记录的一致"
        else:
            same = "与报告记录的来源文件不一致，请核对"
        say(f"原稿：{name}（{same}）。原稿和自查结果留在投稿包里，请按规定归档。")
    if not handed.checked:
        say("投稿包里没有自查结果，以下面的检查为准。")
    if report.status == "draft":
        say("这份报告还是草稿，入库以后网站上看不到；定稿时把前言的 status 改成 published。")
    say()


def _refuse_secret(findings: tuple[Finding, ...]) -> None:
    """What is put into Git can hardly be got out again, so a report with a secret in it never goes in."""
    secret = [f for f in findings if f.rule in CONFIDENTIAL and f.severity is Severity.ERROR]
    if secret:
        raise Failure(
            f"有 {len(secret)} 处保密问题必须先处理，没有放进报告库：版本记录里的内容删不干净。请退回对方改好再交；"
            "确认不涉密、要先放进来看的，加 --no-branch。"
        )


def _require_clean(docs: Path) -> Path:
    """The root of the repository. Raises :class:`Failure` when there is none, or when something in it is not committed: switching
    branches would carry it along."""
    root = git.top(docs)
    if root is None or git.commit(root, "HEAD") is None:
        raise Failure(
            "这里不是 Git 目录（或还没有一次提交），不能建分支。要直接放进来，加 --no-branch。"
        )
    changed = git.names(root, "status", "--porcelain", "-z", "--untracked-files=no")
    fresh = git.names(docs, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    if changed is None or fresh is None:
        raise Failure("读不出 Git 目录的状态")
    if changed or fresh:
        raise Failure(
            "目录里有没提交的改动，先提交或收起来（git stash -u）再收投稿包："
            + "、".join([*(name[3:] for name in changed), *fresh][:5])
        )
    return root


def _branch(root: Path, docs: Path, report: Report) -> tuple[str, str]:
    """Put ``report`` on a new branch and switch to it; the branch before and the new one. Raises :class:`Failure`.

    The commit is made beside the working tree, so that the branch is there with the report in it or not at all.
    """
    branch = f"{BRANCH}{report.name}"
    if git.line(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}") is not None:
        raise Failure(f"已经有分支 {branch}，这份报告收过了。要重新收，先删去那个分支。")
    path = (docs.resolve() / "reports" / f"{report.name}.md").relative_to(root.resolve()).as_posix()
    head = git.commit(root, "HEAD")
    before = git.line(root, "symbolic-ref", "--quiet", "--short", "HEAD") or head
    with tempfile.TemporaryDirectory(prefix="baogao-") as folder:
        index = Path(folder) / "index"
        blob = git.git(root, "hash-object", "-w", "--stdin", data=report.source.text.encode())
        made = blob is not None and all(
            git.git(root, *step, index=index) is not None
            for step in (
                ("read-tree", "HEAD"),
                ("update-index", "--add", "--cacheinfo", f"100644,{blob.decode().strip()},{path}"),
            )
        )
        tree = git.git(root, "write-tree", index=index) if made else None
    if head is None or before is None or tree is None:
        raise Failure("Git 写不进去，什么也没有改")
    message = f"收到投稿：{' '.join(report.title.split())}\n"
    commit = git.git(
        root, "commit-tree", tree.decode().strip(), "-p", head, "-F", "-", data=message.encode()
    )
    if commit is None:
        raise Failure(
            "Git 不知道是谁在提交：先运行 git config user.name 和 user.email。什么也没有改。"
        )
    new = commit.decode().strip()
    if git.git(root, "branch", "--no-track", branch, new) is None:
        raise Failure(f"建不了分支 {branch}，什么也没有改")
    if git.git(root, "switch", "--quiet", branch) is None:
        git.git(root, "branch", "-D", branch)
        raise Failure(f"切换不到分支 {branch}，什么也没有改")
    return before, branch
