"""The worked examples of 开发: taken from the page, put into a copy of the project, and run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baogao.build import missing_hooks
from baogao_cli.bench import bench
from baogao_cli.mkdocs_process import expected_hooks
from tests.builder import Built, build, copy_project, environment

from .pages import ROOT, blocks, page

pytestmark = pytest.mark.xdist_group("guide")  # one copy of the project, changed step by step

EXAMPLES = [block for block in blocks(page("develop")) if block.todo]


def apply(project: Path, changes: str, file: Path) -> None:
    """Apply a block with the todo 改: parts between --- are each found once and changed. The last line of a part may
    be the beginning of one."""
    text = file.read_text(encoding="utf-8")
    for part in changes.split("---\n"):
        lines = part.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -").rstrip("\n")
        after = "".join(line[1:] for line in lines if line[0] in " +").rstrip("\n")
        assert text.count(before) == 1, f"{file.relative_to(project)} 里没有这一处：\n{before}"
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with everything the page says done to it."""
    project = copy_project(tmp_path_factory.mktemp("develop") / "project")
    for part in ("scripts", "tests"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, project / part, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", project)
    for block in EXAMPLES:
        file = project / block.file
        if block.todo == "新建":
            assert not file.exists(), f"{block.file} 已经有了，请给指南里的例子换个名字"
            file.write_text(block.code, encoding="utf-8")
        elif block.todo == "接在末尾":
            file.write_text(file.read_text(encoding="utf-8") + block.code, encoding="utf-8")
        else:
            assert block.todo == "改", block.title
            apply(project, block.code, file)
    return project


def run(project: Path, *arguments: str) -> tuple[int, str]:
    paths = os.pathsep.join(str(project / part) for part in ("hooks", "scripts"))
    done = subprocess.run(
        [sys.executable, *arguments], cwd=project, env={**environment(), "PYTHONPATH": paths},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
        timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout


REPORT = """---
title: 2020年度调研报告
year: 2020
unit: {unit}
kind: 调研报告
date: 2020-12-20
status: published
reviews:
  - {{role: 保密审查, date: 2020-12-21, result: 通过}}
---

现将2020年度调研情况报告如下。

## 一、基本情况

走访近30人左右，开座谈会4场。

## 二、存在的问题

一是设施陈旧。二是人手不足。
"""
ADVICE = "\n## 三、对策建议\n\n一是列入明年计划。\n"


def _write(project: Path, text: str) -> tuple[Path, str]:
    """A report of the new kind by the first unit of the library; its path and its page."""
    from baogao.corpus import load_data

    unit = load_data(project / "docs/_data", "docs/_data").units.units[0]
    name = f"2020/{unit.id}-diaoyan"
    file = project / f"docs/reports/{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.format(unit=unit.id), encoding="utf-8")
    return file, f"reports/{name}.html"


@pytest.fixture(scope="module")
def built(project: Path) -> Built:
    _write(project, REPORT + ADVICE)
    return build(project, "--strict")


def test_the_examples_are_there() -> None:
    todos = [block.todo for block in EXAMPLES]
    assert todos.count("新建") == 3 and "接在末尾" in todos and "改" in todos


def test_the_rule_passes_its_own_examples(project: Path) -> None:
    code, said = run(
        project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules/test_examples.py",
        "-k", "T099 or catalogue",
    )  # fmt: skip
    assert code == 0, said
    assert "6 passed" in said


def test_the_rule_fires_and_the_kind_and_the_page_are_built(built: Built) -> None:
    assert built.code == 0, built.output
    assert "建议改 T099 约数重复" in built.output
    assert "“近30人左右”把约数说了两遍" in built.output
    rules = (built.site / "guide/rules.html").read_text(encoding="utf-8")
    assert 'id="T099"' in rules
    kinds = (built.site / "guide/kinds.html").read_text(encoding="utf-8")
    assert "调研报告" in kinds and "对策建议" in kinds
    assert "调研报告" in (built.site / "kinds/diaoyan.html").read_text(encoding="utf-8")
    lengths = (built.site / "lengths/index.html").read_text(encoding="utf-8")
    assert "篇幅一览" in lengths and "../years/2020.html" in lengths
    assert "篇幅一览" in (built.site / "index.html").read_text(encoding="utf-8")
    assert missing_hooks(built.site, expected_hooks(built.project)) == []


def test_the_kind_is_checked_and_has_a_skeleton(project: Path, built: Built) -> None:
    file, _ = _write(project, REPORT)
    try:
        code, said = run(project, "-m", "baogao_cli.main", "check", str(file))
    finally:
        file, _ = _write(project, REPORT + ADVICE)
    assert code == 1 and "缺少必备章节“对策建议”" in said
    unit = file.name.partition("-")[0]
    code, said = run(
        project, "-m", "baogao_cli.main", "new", "--year", "2024", "--unit", unit, "--kind", "调研报告", "--dry-run",
    )  # fmt: skip
    assert code == 0 and "## 三、对策建议" in said


def test_the_fix_of_the_rule_is_taken(project: Path, built: Built) -> None:
    file, _ = _write(project, REPORT + ADVICE)
    code, said = run(project, "-m", "baogao_cli.main", "check", str(file), "--fix")
    assert code == 0, said
    assert "走访近30人，" in file.read_text(encoding="utf-8")


def test_all_pages_without_mkdocs(project: Path, built: Built) -> None:
    """plain.py, with MkDocs out of reach, makes every page the hooks make."""
    site = project / "site"
    shutil.rmtree(site)
    code = "import runpy, sys; sys.modules['mkdocs'] = None; runpy.run_path('plain.py', run_name='__main__')"
    done, said = run(project, "-c", code)
    assert done == 0, said
    mark = json.loads((site / "baogao.json").read_text(encoding="utf-8"))
    assert mark["hooks"] == ["check", "browse", "mark"]
    pages = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    assert len([page for page in pages if page.startswith("reports/")]) == mark["reports"]
    assert {"years/index.html", "units/index.html", "guide/rules.html", "guide/kinds.html"} <= pages


def test_a_report_with_something_to_change_stops_plain_too(project: Path) -> None:
    file, _ = _write(project, REPORT)
    try:
        code, said = run(project, "plain.py")
    finally:
        file.unlink()
    assert code == 1 and "网站没有生成" in said


def test_every_room_is_described() -> None:
    rooms = [
        f"hooks/baogao/{folder.name}"
        for folder in (ROOT / "hooks/baogao").iterdir()
        if folder.is_dir() and (folder / "__init__.py").exists()
    ]
    assert all(f"`{room}`" in page("develop") for room in rooms), rooms


def test_locks_hold_no_addresses() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        assert f"`{lock.name}`" in page("develop")
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text and "--hash=sha256:" in text


def test_every_field_of_the_export_is_described() -> None:
    from baogao.export import FIELDS

    text = page("develop")
    part = text[text.index("{ #jsonl }") : text.index("{ #paper }")]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", part, re.M))
    assert rows == FIELDS and list(rows) == list(FIELDS)


def test_every_bench_has_a_row() -> None:
    rows = re.findall(r"^\| (.+?) \|", page("develop"), re.M)
    named = {word for row in rows for word in re.findall(r"`baogao bench (\w+)", row)}
    assert named == set(bench.commands)
