"""The way of a report from the clerk to the site, rehearsed in a repository of its own: package, receive, review, merge, build."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from baogao.corpus import load
from baogao.corpus.intake.package import write_package
from tests.builder import ROOT, copy_project, environment, report_text
from tests.cli.repository import commit, git

NAME = "2024/jiguan-shuzhi-fenguan"


def _baogao(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
    return subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", *arguments], cwd=project, timeout=300,
        env={**environment(), "PYTHONPATH": path}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def _written(skeleton: str) -> str:
    """The skeleton as a clerk hands it in: the reminder gone, the gaps filled, last year answered."""
    text = re.sub(r"<!--.*?-->\n\n", "", skeleton, flags=re.S)
    text = text.replace("status: draft", "status: review").replace(
        "status: 未完成", "status: 已完成"
    )
    words = iter(f"第{n}件实事按期办结，群众到场验收" for n in range(1, 99))
    text = re.sub(r"【[^】]*】", lambda _: next(words), text)
    return re.sub(r"^date: .*$", "date: 2025-01-10", text, flags=re.M)


def test_from_the_package_to_the_page(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "library")
    (project / ".gitignore").write_text(
        "/site/\n*.zip\n审核单.html\n__pycache__/\n.cache/\n", encoding="utf-8"
    )
    git(project, "init", "-q", "-b", "main")
    git(project, "config", "user.name", "t")
    git(project, "config", "user.email", "t@example.org")
    commit(project, "开始")

    options = ("--year", "2024", "--unit", "局机关党委", "--kind", "述职报告", "--role", "分管领导")
    skeleton = _baogao(project, "new", *options, "--dry-run")
    assert skeleton.returncode == 0, skeleton.stderr
    text = _written(skeleton.stdout)
    package = write_package("2024年述职报告.md", text, ("述职报告.docx", b"PK"), "<!doctype html>")
    (project / "投稿包.zip").write_bytes(package)

    received = _baogao(project, "receive", "投稿包.zip")
    assert received.returncode == 0, received.stdout + received.stderr
    assert git(project, "branch", "--show-current") == f"投稿/{NAME}"
    reviewed = _baogao(project, "review", f"main..投稿/{NAME}")
    assert reviewed.returncode == 0, reviewed.stdout + reviewed.stderr
    assert "上年问题 4 个，已注明回应 4 个" in reviewed.stdout
    assert (project / "审核单.html").read_text(encoding="utf-8").count("P2023-") >= 4

    git(project, "switch", "-q", "main")
    git(project, "merge", "-q", "--no-edit", f"投稿/{NAME}")
    assert git(project, "status", "--porcelain") == ""
    built = _baogao(project, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    page = (project / f"site/reports/{NAME}.html").read_text(encoding="utf-8")
    report = load(project / "docs").find(NAME)
    assert report and report_text(page)[0] == report.text
    assert NAME in (project / "site/years/2024.html").read_text(encoding="utf-8")
    assert "第1件实事按期办结" in page
