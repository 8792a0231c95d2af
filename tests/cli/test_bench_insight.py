"""``baogao bench insight`` on a handful of generated reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baogao.corpus import Memo, load, open_memo
from baogao.insight import Insight
from baogao_cli.bench.formulaic import write_formulaic
from baogao_cli.bench.insight_run import PARTS, run
from baogao_cli.main import main


def test_the_command(data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--reports", "6", "--characters", "300", "--per-year", "2"]
    with pytest.raises(SystemExit) as ended:
        main(["bench", "insight", *options, "--docs", str(data_folder.parent)])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "6 份报告，每份约 300 字，每个年度 2 份" in told
    assert [line.split("　")[0] for line in told.splitlines()[2:5]] == [
        "第一次",
        "没有改动",
        "改了一份",
    ]


def test_everything_is_worked_out_and_remembered(data_folder: Path, tmp_path: Path) -> None:
    docs, cache = tmp_path / "docs", tmp_path / "cache"
    shutil.copytree(data_folder, docs / "_data")
    write_formulaic(docs, 4, 300, 2)
    assert [part for part, _, _ in run(docs, cache)] == ["load", "read", *PARTS]
    files = {file.name: file.stat().st_mtime_ns for file in cache.iterdir()}
    list(run(docs, cache))
    assert {file.name: file.stat().st_mtime_ns for file in cache.iterdir()} == files
    # What the second run was told, it was told by the memory, which is what the first one found.
    corpus = load(docs).visible
    fresh, again = Insight(corpus, Memo(None, "")), Insight(corpus, open_memo(docs, cache))
    for part in PARTS:
        told = [getattr(insight, part) for insight in (fresh, again)]
        assert told[0] == told[1], part
