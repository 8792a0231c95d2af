"""``baogao figures suggest``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.insight.test_figures import report

from .conftest import Run

pytestmark = pytest.mark.cli


def _write(library: Path) -> None:
    for year, count in ((2021, 14), (2022, 9)):
        file = library / f"docs/reports/{year}/jiguan-shuzhi-fenguan.md"
        file.parent.mkdir(parents=True)
        file.write_text(report(year, f"接受采访{count}次。“双报到”70人次。"), encoding="utf-8")


def test_what_recurs_is_listed_with_counts(start: Run, library: Path) -> None:
    _write(library)
    done = start("figures", "suggest")
    assert done.code == 0
    assert "接受采访（次）  2 次，2 个年度，1 个单位" in done.out
    assert "双报到" not in done.out.replace("“双报到”70人次", "").splitlines()[0]
    assert "docs/_data/figures.yml" in done.out


def test_for_programs(run: Run, library: Path) -> None:
    _write(library)
    (one,) = json.loads(run("figures", "suggest", "--json").out)
    assert one["label"] == "接受采访" and one["count"] == 2 and one["year"] == 2022


def test_nothing_to_list_and_a_wrong_number(run: Run, library: Path) -> None:
    _write(library)
    assert run("figures", "suggest", "--years", "3").out.startswith("没有：")
    done = run("figures", "suggest", "--years", "1")
    assert done.code == 2 and "--years 至少是 2" in done.err
