"""``baogao withdraw``, and what becomes of reports that have gone: their text is in no file that is built, kept or packed."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from baogao.fulltext.reader import Reader
from baogao_cli.switching import next_to
from tests.builder import ROOT, copy_project, environment

from .repository import git

NAME, SERIES = "2021/zhian-shuzhi-zhibu", "zhian-shuzhi-zhibu"
MARKER = "鹭栖坝上撤回标记"
REASON = "数据有误，另行公布"


def run(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(str(project / part) for part in ("hooks", "scripts"))
    return subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", *map(str, arguments)], cwd=project, timeout=300, check=False,
        env={**environment(), "PYTHONPATH": paths}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library under Git, with a marker in one report, built twice: the second time there is a site beside the one on show."""
    project = copy_project(tmp_path_factory.mktemp("withdraw") / "library")
    (project / "scripts").symlink_to(ROOT / "scripts")
    report = project / f"docs/reports/{NAME}.md"
    text = report.read_text(encoding="utf-8")
    report.write_text(f"{text.rstrip()}\n\n{MARKER}，开展夜查7次。\n", encoding="utf-8")
    for file in (project / "docs/reports").glob("*/*.md"):
        if SERIES not in file.name:  # a small library is built sooner
            file.unlink()
    (project / ".gitignore").write_text("/site/\n/.site.*\n/.cache/\n/scripts\n", encoding="utf-8")
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "-c", "user.name=a", "-c", "user.email=a@example.gov.cn", "commit", "-qm", "一")
    for _ in range(2):
        done = run(project, "build", "--compress")
        assert done.returncode == 0, done.stdout
    return project


def hold(folder: Path, words: str = MARKER) -> Iterator[str]:
    """The files below ``folder`` with ``words`` in them: plain, escaped, compressed, in a zip or a Word file. For the index see :func:`found`."""
    spelled = [words.encode(), words.encode("unicode_escape"), words.encode("utf-16-le")]
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        contents = [file.read_bytes()]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                contents = [archive.read(name) for name in archive.namelist()]
        if file.suffix == ".gz":
            contents = [gzip.decompress(contents[0])]
        if any(form in content for content in contents for form in spelled):
            yield file.relative_to(folder).as_posix()


def found(project: Path, words: str) -> int:
    """How many passages of the site's index have these words: it packs its text in a way of its own."""
    return len(Reader(project / "site/assets/search-index").sections(words))


def places(project: Path) -> list[Path]:
    return [project / "site", next_to(project / "site"), project / ".cache", project / "docs"]


def test_withdrawn_from_everywhere(project: Path, tmp_path: Path) -> None:
    before = {folder.name: list(hold(folder)) for folder in places(project) if folder.is_dir()}
    site = before["site"]
    # The search looks into everything there is: page, compressed page, Word file, index.
    assert f"reports/{NAME}.html" in site and f"reports/{NAME}.html.gz" in site
    assert f"reports/{NAME}.docx" in site
    assert found(project, MARKER)
    assert before[".site.next"] and before[".cache"]

    done = run(project, "withdraw", f"docs/reports/{NAME}.md", "--reason", REASON, "--date", "2024-03-01")  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "版本库的历史里还有原文" in done.stdout
    for folder in places(project):
        assert not folder.is_dir() or list(hold(folder)) == [], folder
    page = (project / f"site/reports/{NAME}.html").read_text(encoding="utf-8")
    assert "本报告已于2024年3月1日撤回" in page and REASON in page
    assert not (project / f"site/reports/{NAME}.docx").exists()
    assert not (project / "site/years/2021.html").exists()  # it was the only one of that year
    # Next year's report answers problems by numbers that are gone now; it need not be changed, or nothing would have been built.
    assert "P2021-" in (project / f"docs/reports/2022/{SERIES}.md").read_text(encoding="utf-8")

    assert not found(project, MARKER)
    done = run(project, "package", tmp_path / "报告库.zip", "--site", "site")
    assert done.returncode == 0, done.stdout
    done = run(project, "export", "jsonl", "--out", tmp_path / "全部.jsonl")
    assert done.returncode == 0, done.stdout
    for folder in (*places(project), tmp_path):
        assert not folder.is_dir() or list(hold(folder)) == [], folder
    again = run(project, "withdraw", NAME, "--reason", REASON)
    assert again.returncode == 2 and "已经撤回过了" in again.stdout


def test_what_readers_may_no_longer_see_is_not_kept_beside_the_site(project: Path) -> None:
    """A report made a draft, or deleted: the next build tells, and the site before is not kept."""
    report = project / "docs/reports/2019/zhian-shuzhi-zhibu.md"
    text = report.read_text(encoding="utf-8")
    words = next(line for line in text.split("\n") if len(line) > 60)[:24]
    assert list(hold(project / "site", words)) and found(project, words)
    report.write_text(re.sub(r"(?m)^status: .*$", "status: draft", text), encoding="utf-8")
    done = run(project, "build", "--compress")
    assert done.returncode == 0, done.stdout
    assert "有 1 份报告以前有网页，现在没有了：2019/zhian-shuzhi-zhibu。" in done.stdout
    assert list(hold(project / "site", words)) == [] and not found(project, words)
    assert not next_to(project / "site").exists()
    report.write_text(text, encoding="utf-8")


def test_what_only_this_folder_has_is_not_deleted(project: Path, tmp_path: Path) -> None:
    name = "2022/zhian-shuzhi-zhibu"
    report = project / f"docs/reports/{name}.md"
    text = report.read_text(encoding="utf-8")
    report.write_text(text + "\n还没有提交的一句。\n", encoding="utf-8")
    listed = (project / "docs/_data/withdrawn.tsv").read_bytes()
    refused = run(project, "withdraw", name, "--reason", REASON)
    assert refused.returncode == 2 and "还没有入库" in refused.stdout
    inside = run(project, "withdraw", name, "--reason", REASON, "--keep", "原文.md")
    assert inside.returncode == 2 and "报告库以外" in inside.stdout
    there = tmp_path / "有了.md"
    there.write_text("别的", encoding="utf-8")
    taken = run(project, "withdraw", name, "--reason", REASON, "--keep", there)
    assert taken.returncode == 2 and there.read_text(encoding="utf-8") == "别的"
    assert report.exists() and (project / "docs/_data/withdrawn.tsv").read_bytes() == listed
    nobody = run(project, "withdraw", "2022/nobody", "--reason", REASON)
    assert nobody.returncode == 2 and "没有报告 2022/nobody" in nobody.stdout

    kept = tmp_path / "原文.md"
    done = run(project, "withdraw", name, "--reason", REASON, "--keep", kept, "--site", tmp_path / "none")  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "还没有提交的一句。" in kept.read_text(encoding="utf-8") and not report.exists()
