"""``baogao initiatives``: what is kept track of, and what may be added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.insight.test_initiatives import report

from .conftest import Run
from .repository import write

pytestmark = pytest.mark.cli
BODY = "## 一、主要做法\n\n推行“红心管家”服务。“红心管家”与智慧工地、三会一课并进。\n"


@pytest.fixture
def docs(library: Path) -> Path:
    for year in (2020, 2021):
        write(library, report(year, body=BODY), f"{year}/jiguan-shuzhi-fenguan")
    secret = report(2022, body=BODY.replace("红心", "暗中"), visibility="restricted")
    write(library, secret, "2022/jiguan-shuzhi-fenguan")
    write(library, secret.replace("2022", "2023"), "2023/jiguan-shuzhi-fenguan")
    return library


def test_list(start: Run, docs: Path) -> None:
    done = start("initiatives", "list")
    assert done.code == 0 and done.err == ""
    lines = done.out.splitlines()
    assert "  三会一课  sanhui-yike  2处，1个单位，2020—2021年度" in lines
    assert lines[-1].endswith("报告提到的1项。")
    rows = json.loads(start("initiatives", "list", "--json").out)["initiatives"]
    (own,) = [row for row in rows if row["id"] == "sanhui-yike"]
    assert own["years"] == {"2020": 1, "2021": 1} and own["theme"] == "组织"


def test_suggest(run: Run, docs: Path) -> None:
    done = run("initiatives", "suggest", "--min-count", "2")
    assert done.code == 0
    assert "  “红心管家”  4处，2020—2021年度，局机关党委" in done.out
    assert "    例：推行“红心管家”服务。（2020/jiguan-shuzhi-fenguan）" in done.out
    assert "  智慧工地  2处" in done.out
    assert "暗中" not in done.out and "三会一课  " not in done.out
    rows = json.loads(run("initiatives", "suggest", "--min-count", "2", "--json").out)["candidates"]
    assert {row["name"]: row["count"] for row in rows}["“红心管家”"] == 4
    # Nothing was written for readers.
    assert not (docs / "site").exists()


def test_thresholds(run: Run, docs: Path) -> None:
    done = run("initiatives", "suggest", "--min-years", "3")
    assert done.code == 0 and "没有找到" in done.out
    one = json.loads(
        run("initiatives", "suggest", "--min-count", "1", "--limit", "1", "--json").out
    )
    kinds = [row["kind"] for row in one["candidates"]]
    assert len(kinds) == len(set(kinds)) > 1


def test_what_cannot_be(run: Run, library: Path) -> None:
    assert run("initiatives", "suggest", "--min-count", "0").code == 2
    done = run("initiatives", "list", "--docs", "nirgends")
    assert done.code == 2 and "没有目录" in done.err
    (library / "docs/_data/initiatives.yml").write_text("themes: []\n", encoding="utf-8")
    done = run("initiatives", "list")
    assert done.code == 2 and "initiatives.yml:1:1: 缺少“initiatives”" in done.err
