"""``baogao bench clickhouse``: the whole way over a few hundred sections, and what it says of them."""

from __future__ import annotations

import json
import sys

import pytest

from baogao_cli.bench import clickhouse_local
from baogao_cli.bench.clickhouse import Result, Spread, table
from baogao_cli.main import main
from baogao_cli.ui import Failure
from tests.builder import ROOT


@pytest.mark.xdist_group("clickhouse")
def test_all_together(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("chdb", reason="没有安装 chdb（Windows 上没有）")
    command = "bench clickhouse --sections 500 --queries 8 --json --docs"
    with pytest.raises(SystemExit) as left:
        main([*command.split(), str(ROOT / "docs")])
    assert not left.value.code
    told = json.loads(capsys.readouterr().out)
    assert told["sections"] == 500 and told["rows"] == 500 + 63 and told["questions"] == 8
    assert told["wrong"] == 0 and 0 < told["read"] <= 1
    assert min(told[size] for size in ("export_size", "text_size", "index_size")) > 10_000
    assert set(told["times"]) == {"原文相符", "筛选数字", "排序", "摘录"}


def test_the_table() -> None:
    spread = Spread(12.4, 80.6)
    result = Result(
        10, 2_000_000, 1, 3_000_000, 2, 12, 4_000_000, 5_000_000, {"排序": spread}, 9, 0.125, 1
    )
    lines = list(table(result))
    assert "问 9 条，索引使要读的数据降到 12.5%；查错的 1 条" in lines
    assert lines[-1] == "| 排序 | 12 | 81 |"


def test_without_the_engine_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chdb", None)
    with pytest.raises(Failure, match="pip install"):
        clickhouse_local.open_engine(ROOT)
