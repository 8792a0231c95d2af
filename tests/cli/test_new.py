"""``baogao new``: what it writes is a report the checker accepts as a draft, for every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from baogao.corpus import load, load_data
from baogao.rules import Severity, check_corpus

from .conftest import Run

pytestmark = pytest.mark.cli


def test_every_kind_has_a_skeleton_without_errors(run: Run, library: Path) -> None:
    data = load_data(library / "docs/_data", "docs/_data")
    for kind in data.kinds.kinds:
        role = ("--role", kind.authors[0].name) if kind.authors else ()
        done = run("new", "--year", "2022", "--unit", "局机关党委", "--kind", kind.name, *role)
        assert done.code == 0, done.err
    corpus = load(library / "docs")
    assert len(corpus.reports) == len(data.kinds.kinds)
    worse = [f for f in check_corpus(corpus) if f.severity is not Severity.INFO]
    assert worse == []
    assert not corpus.visible.reports


def test_the_skeleton_has_the_sections_in_order(run: Run, library: Path) -> None:
    done = run(
        "new", "--year", "2022", "--unit", "局机关党委", "--kind", "年度工作总结", "--dry-run"
    )
    headings = [line for line in done.out.splitlines() if line.startswith("## ")]
    assert headings == ["## 一、2022年工作开展情况", "## 二、存在的问题", "## 三、2023年工作思路"]


def test_it_does_not_overwrite(run: Run) -> None:
    options = ("new", "--year", "2022", "--unit", "局机关党委", "--kind", "年度工作总结")
    assert run(*options).code == 0
    done = run(*options)
    assert done.code == 2 and "没有覆盖" in done.err
