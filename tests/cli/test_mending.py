"""``baogao check --fix/--diff/--changed`` and ``baogao baseline``."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from baogao.rules.rule import NAME, standard

from .conftest import Run

pytestmark = pytest.mark.cli
SLIPS = standard().replace("带队到基层支部宣讲4场，", "带队到基层支部宣讲4场, 建立台帐，")


def _write(library: Path, text: str, name: str = NAME) -> Path:
    file = library / "docs/reports" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_diff_shows_and_writes_nothing(run: Run, library: Path) -> None:
    file = _write(library, SLIPS)
    done = run("check", "--diff")
    assert done.code == 0
    assert (
        "-带队到基层支部宣讲4场, 建立台帐，" in done.out
        and "+带队到基层支部宣讲4场，建立台账，" in done.out
    )
    assert file.read_text(encoding="utf-8") == SLIPS


def test_fix_mends_and_then_has_nothing_to_do(start: Run, library: Path) -> None:
    file = _write(library, SLIPS)
    done = start("check", "--fix")
    assert done.code == 0 and "共改 1 份" in done.err
    mended = file.read_text(encoding="utf-8")
    assert "宣讲4场，建立台账，" in mended
    assert "没有可以放心改的" in start("check", "--fix").err
    assert file.read_text(encoding="utf-8") == mended


def test_fix_leaves_other_files_untouched(run: Run, library: Path) -> None:
    odd = _write(library, "没有前言的文字, 还有半角逗号。\n", "2022/odd")
    broken = _write(library, "---\n{{{\n---\n\n文字, 文字。\n", "2022/broken")
    before = [odd.read_bytes(), broken.read_bytes()]
    run("check", "--fix")
    assert [odd.read_bytes(), broken.read_bytes()] == before


def _git(library: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments], cwd=library, check=True, capture_output=True
    )  # fmt: skip


def test_changed_checks_what_differs_with_the_whole_corpus_around_it(
    run: Run, library: Path
) -> None:
    _write(library, SLIPS)
    _git(library, "init", "-q")
    _git(library, "add", ".")
    _git(library, "commit", "-qm", "a")
    assert "共检查 0 份报告" in run("check", "--changed", "HEAD").out
    other = "2022/jiguan-shuzhi-fushuji"
    _write(library, standard(role="专职副书记"), other)
    done = run("check", "--changed", "HEAD")
    assert "共检查 1 份报告" in done.out and "台帐" not in done.out
    _write(library, standard(), f"{NAME}-2")
    assert "已有一份" in run("check", "--changed", "HEAD").out
    done = run("check", "--changed", "没有这个版本")
    assert "改为检查全部" in done.err and "共检查 3 份报告" in done.out
    (library / "docs/_data/events.yml").open("a", encoding="utf-8").write("\n# 注\n")
    assert "数据文件有改动，检查全部" in run("check", "--changed", "HEAD").err


def test_baseline_hides_old_findings_and_only_shrinks(run: Run, library: Path) -> None:
    slips = standard().replace("宣讲4场，", "宣讲4场, ").replace("12次，", "12次，建立台帐，")
    file = _write(library, slips)
    assert run("check").code == 1
    assert run("baseline", "--create").code == 0
    done = run("check")
    assert done.code == 0 and "另有存量问题 2 处" in done.err
    assert run("baseline", "--create").code == 2
    file.write_text(slips.replace("台帐", "台账"), encoding="utf-8")
    done = run("check")
    assert done.code == 1 and "有 1 条已经改好，请运行 baogao baseline" in done.err
    assert "存量问题 1 处（原有 2 处）" in run("baseline").out
    assert run("check").code == 0
    file.write_text(standard(), encoding="utf-8")
    assert "清单已删去" in run("baseline").out
    assert not (library / "docs/_data/baseline.tsv").exists()
    assert run("check").code == 0


def test_summary_survives_the_console(run: Run, library: Path) -> None:
    _write(library, standard())
    done = run("check", "--format", "summary")
    assert done.code == 0 and done.out.startswith(("# 检查结果：✅", "# 检查结果：√"))


def test_forms_and_options_that_do_not_go_together(run: Run, library: Path) -> None:
    _write(library, standard())
    assert run("check", "--format", "xml").code == 2
    done = run("check", "--changed", "HEAD", "docs/reports")
    assert done.code == 2 and "只用一个" in done.err
