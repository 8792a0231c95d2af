"""``baogao build``: beside the live site, at once, one at a time, and the same whether from nothing or from the last one."""

from __future__ import annotations

import filecmp
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from baogao.corpus import replace_file
from baogao_cli import switching
from baogao_cli.switching import alone, compress, next_to, old_of, switch
from baogao_cli.ui import Failure
from tests.builder import ROOT, copy_project, environment


def run(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """``baogao build`` in ``project``, with the package that lies there."""
    paths = os.pathsep.join(str(project / part) for part in ("hooks", "scripts"))
    return subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", "build", *options], cwd=project,
        env={**environment(), "PYTHONPATH": paths}, timeout=300, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = copy_project(tmp_path / "project")
    (project / "scripts").symlink_to(ROOT / "scripts")
    return project


def files(site: Path) -> dict[str, bytes]:
    return {f.relative_to(site).as_posix(): f.read_bytes() for f in site.rglob("*") if f.is_file()}


def test_a_site_brought_up_to_date_is_the_site_built_from_nothing(project: Path) -> None:
    reports = project / "docs/reports"
    for _ in range(2):  # the second build fills the other folder, too
        done = run(project, "--compress")
        assert done.returncode == 0, done.stdout
    edited = reports / "2021/zhian-shuzhi-zhibu.md"
    edited.write_text(
        edited.read_text(encoding="utf-8") + "\n补充一句，全年开展夜查7次。\n", encoding="utf-8"
    )
    (reports / "2018/dangan-zongjie.md").unlink()
    moved = (reports / "2022/jiguan-yaodian.md").read_text(encoding="utf-8")
    (reports / "2024").mkdir()
    (reports / "2024/jiguan-yaodian.md").write_text(
        moved.replace("2023", "2025").replace("2022", "2024"), encoding="utf-8"
    )
    done = run(project, "--compress")
    assert done.returncode == 0, done.stdout
    updated = files(project / "site")
    assert "reports/2018/dangan-zongjie.html" not in updated
    assert "夜查7次" in updated["reports/2021/zhian-shuzhi-zhibu.html"].decode()
    assert any(name.startswith("compare/") and "2024" in name for name in updated)
    done = run(project, "--compress", "--fresh")
    assert done.returncode == 0, done.stdout
    fresh = files(project / "site")
    assert sorted(updated) == sorted(fresh)
    assert [name for name in fresh if fresh[name] != updated[name]] == []


def test_a_build_that_fails_leaves_the_site_as_it_was(project: Path) -> None:
    assert run(project).returncode == 0
    before = files(project / "site")
    report = project / "docs/reports/2022/zhian-shuzhi-zhibu.md"
    report.write_text(
        report.read_text(encoding="utf-8").replace("## 二、", "## 附、"), encoding="utf-8"
    )
    done = run(project)
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert files(project / "site") == before


def test_a_build_that_is_killed_leaves_the_site_as_it_was(project: Path) -> None:
    assert run(project).returncode == 0
    before = files(project / "site")
    report = project / "docs/reports/2022/zhian-shuzhi-zhibu.md"
    report.write_text(report.read_text(encoding="utf-8") + "\n再加一句。\n", encoding="utf-8")
    paths = os.pathsep.join(str(project / part) for part in ("hooks", "scripts"))
    running = subprocess.Popen(
        [sys.executable, "-m", "baogao_cli.main", "build"], cwd=project, start_new_session=True,
        env={**environment(), "PYTHONPATH": paths}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    following = next_to(project / "site")
    deadline = time.monotonic() + 120
    while not following.is_dir() or not any(following.iterdir()):
        assert time.monotonic() < deadline and running.poll() is None
        os.sched_yield()
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()  # type: ignore[union-attr]
    assert files(project / "site") == before
    assert run(project).returncode == 0
    page = (project / "site/reports/2022/zhian-shuzhi-zhibu.html").read_text(encoding="utf-8")
    assert "再加一句。" in page


def test_what_is_no_site_is_not_touched(project: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("不能丢", encoding="utf-8")
    done = run(project, "--site", str(home))
    assert done.returncode == 2 and "没有动它" in done.stdout
    assert files(home) == {"letter.txt": "不能丢".encode()}


def test_two_builds_of_one_site_are_refused(tmp_path: Path) -> None:
    with (
        alone(tmp_path / "site"),
        pytest.raises(Failure, match="另一个 baogao build"),
        alone(tmp_path / "site"),
    ):
        pass
    with alone(tmp_path / "site"), alone(tmp_path / "other"):
        pass


@pytest.mark.parametrize("exchange", [True, False])
def test_changing_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    if not exchange:
        monkeypatch.setattr(switching, "_exchange", lambda one, other: False)
    site = tmp_path / "site"
    for text in ("一", "二", "三"):
        next_to(site).mkdir(exist_ok=True)
        (next_to(site) / "a.html").write_text(text, encoding="utf-8")
        switch(site)
        assert (site / "a.html").read_text(encoding="utf-8") == text
    assert (next_to(site) / "a.html").read_text(encoding="utf-8") == "二"
    assert not old_of(site).exists()


def test_a_change_over_cut_short_is_finished(project: Path) -> None:
    site = project / "site"
    assert run(project).returncode == 0
    site.rename(old_of(site))
    done = run(project)
    assert done.returncode == 0, done.stdout
    assert (site / "index.html").is_file() and not old_of(site).exists()


def test_compressed_copies_follow_their_files(tmp_path: Path) -> None:
    page, small = tmp_path / "a.html", tmp_path / "b.html"
    page.write_text("甲" * 2000, encoding="utf-8")
    small.write_text("乙", encoding="utf-8")
    (tmp_path / "gone.html.gz").write_bytes(b"")
    assert compress(tmp_path) == 1
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.html", "a.html.gz", "b.html"]
    first = (tmp_path / "a.html.gz").read_bytes()
    assert compress(tmp_path) == 0
    os.utime(page, ns=(1, 1))
    assert compress(tmp_path) == 1
    assert (tmp_path / "a.html.gz").read_bytes() == first
    assert not filecmp.cmp(page, tmp_path / "a.html.gz", shallow=False)


def test_a_site_is_taken_over_without_touching_it(tmp_path: Path) -> None:
    site, following = tmp_path / "site", tmp_path / ".site.next"
    (site / "reports/2022").mkdir(parents=True)
    page, own = site / "index.html", site / "reports/2022/a.html"
    page.write_text("首页", encoding="utf-8")
    own.write_text("报告", encoding="utf-8")
    switching._take_over(site, following, {"reports/2022/a.html"})
    (following / "index.html").write_text("新首页", encoding="utf-8")  # as MkDocs writes
    assert page.read_text(encoding="utf-8") == "首页"
    assert (following / "reports/2022/a.html").samefile(own)
    replace_file(following / "reports/2022/a.html", "新报告")  # as all else is written
    assert own.read_text(encoding="utf-8") == "报告"


def test_where_the_system_has_no_second_names_it_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    site, following = tmp_path / "site", tmp_path / ".site.next"
    site.mkdir()
    (site / "a.html").write_text("报告", encoding="utf-8")
    switching._take_over(site, following, {"a.html"})
    assert (following / "a.html").read_text(encoding="utf-8") == "报告"
    assert not (following / "a.html").samefile(site / "a.html")
