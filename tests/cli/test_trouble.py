"""A disk that is full and folders that may not be written: a message in Chinese, exit code 2, and everything as it was."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus.intake.package import write_package
from baogao.rules.rule import NAME, standard
from tests import docx
from tests.builder import ROOT, copy_project, environment
from tests.cli.repository import begin, files_in, write
from tests.samples import PLAIN

resource = pytest.importorskip("resource", reason="只有 Unix 能限制文件大小")

#: Bytes: files larger than this break off in the middle, as on a disk that runs full.
_FULL = 100
_CAPABILITIES = (1, 2)  # DAC_OVERRIDE, DAC_READ_SEARCH: what lets root write anywhere
_DROP = 24  # PR_CAPBSET_DROP
MENDED = "2022/jiguan-shuzhi-fushuji"
NEW = ("--year", "2023", "--unit", "局机关党委", "--kind", "述职报告", "--role", "分管领导")


def full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FULL, _FULL))


def like_anybody() -> None:
    """As root, give up writing where the owner may not; takes effect with the program run next."""
    if os.geteuid() == 0:
        library = ctypes.CDLL(None)
        for capability in _CAPABILITIES:
            library.prctl(_DROP, capability, 0, 0, 0)


@pytest.fixture
def project(tmp_path: Path, data_folder: Path) -> Path:
    """A project with two reports, one of which can be mended, committed to Git, and what stands for a site."""
    project = copy_project(tmp_path / "project")
    shutil.rmtree(project / "docs/reports")
    shutil.copy(data_folder / "units.yml", project / "docs/_data/units.yml")
    (project / ".gitignore").write_text("/site/\n__pycache__/\n/out/\n", encoding="utf-8")
    write(project, standard().replace("宣讲4场，", "宣讲4场,"), NAME)
    write(project, standard(role="专职副书记").replace("宣讲4场，", "宣讲4场,"), MENDED)
    begin(project)
    (project / "site").mkdir()
    (project / "site/index.html").write_text("网站", encoding="utf-8")
    (project / "site/baogao.json").write_text("{}", encoding="utf-8")
    (project / "out").mkdir()
    (tmp_path / "原稿.txt").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "原稿.docx").write_bytes(docx.word(*map(docx.p, PLAIN.splitlines())))
    handed = standard(year="2020", title="2020年度述职报告", date="2021-01-10").replace("2022", "2020")  # fmt: skip
    (tmp_path / "投稿包.zip").write_bytes(write_package("报告.md", handed))
    return project


def baogao(
    project: Path, *arguments: str, trouble: Callable[[], None] | None
) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(str(part) for part in (project / "hooks", ROOT / "scripts"))
    return subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", *arguments], cwd=project, preexec_fn=trouble,
        env={**environment(), "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}, timeout=300,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


#: What is run, and the folder below the project that the second test locks against it.
COMMANDS = {
    "build": (("build",), "."),
    "import": (("import", "../原稿.txt", *NEW), "docs/reports"),
    "import-docx": (("import", "../原稿.docx", *NEW), "docs/reports"),
    "new": (("new", *NEW), "docs/reports"),
    "receive": (("receive", "../投稿包.zip"), ".git"),
    "receive-here": (("receive", "../投稿包.zip", "--no-branch"), "docs/reports"),
    "fix": (("check", "--fix"), "docs/reports/2022"),
    "baseline": (("baseline", "--create"), "docs/_data"),
    "export-docx": (("export", "docx", "docs/reports", "--out", "out"), "out"),
    "export-text": (("export", "text", "docs/reports", "--out", "out"), "out"),
    "export-jsonl": (("export", "jsonl", "--out", "out/all.jsonl"), "out"),
    "review": (("review", f"docs/reports/{NAME}.md"), "."),
    "withdraw": (("withdraw", NAME, "--reason", "内容有误"), "docs/_data"),
    "withdraw-keep": (("withdraw", NAME, "--reason", "内容有误", "--keep", "../kept.md"), ".."),
    "package": (("package", "out/报告库.zip", "--site", "site"), "out"),
}  # fmt: skip


def check_nothing_happened(
    project: Path, before: dict[str, bytes], done: subprocess.CompletedProcess[str]
) -> None:
    said = done.stdout + done.stderr
    assert done.returncode == 2, said
    assert "Traceback" not in said, said
    assert "错误：" in done.stderr
    after = {n: c for n, c in files_in(project).items() if not n.startswith(".cache/")}
    changed = {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
    assert {n for n in changed if not n.startswith((".site.next/", ".site.lock"))} == set()
    assert not (project.parent / "kept.md").exists()
    assert not list(project.parent.rglob(".*.tmp"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(project: Path, name: str) -> None:
    if name == "build":
        for report in (NAME, MENDED):
            write(project, standard(role="专职副书记" if report is MENDED else "分管领导"), report)
    if name == "package":  # builds no site and packs one smaller than the limit
        (project / "site/index.html").write_bytes(os.urandom(5 * _FULL))
        mark = '{"hooks": ["check", "browse", "search", "word", "selfcheck", "mark"]}'
        (project / "site/baogao.json").write_text(mark, encoding="utf-8")
    before = files_in(project)
    done = baogao(project, *COMMANDS[name][0], trouble=full_disk)
    check_nothing_happened(project, before, done)
    assert any(word in done.stderr for word in ("文件太大", "磁盘已满", "Git 写不进去")), (
        done.stderr
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_may_not_be_written(project: Path, name: str) -> None:
    arguments, locked = COMMANDS[name]
    if name == "package":
        mark = '{"hooks": ["check", "browse", "search", "word", "selfcheck", "mark"]}'
        (project / "site/baogao.json").write_text(mark, encoding="utf-8")
    before = files_in(project)
    folder = (project / locked).resolve()
    folders = [folder, *(f for f in folder.rglob("*") if f.is_dir())] if locked == ".git" else [folder]  # fmt: skip
    modes = {each: each.stat().st_mode for each in folders}
    for each in folders:
        each.chmod(0o555)
    try:
        done = baogao(project, *arguments, trouble=like_anybody)
    finally:
        for each, mode in modes.items():
            each.chmod(mode)
    check_nothing_happened(project, before, done)
    assert any(word in done.stderr for word in ("没有权限", "Git 写不进去")), done.stderr
