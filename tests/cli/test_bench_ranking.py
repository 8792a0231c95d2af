"""``baogao bench ranking``, on a benchmark small enough to reckon by hand."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from baogao.fulltext.counting import find_grams
from baogao.fulltext.scoring import SCORING, rarity
from baogao.fulltext.stream import make_stream, passage_lengths
from baogao.fulltext.weighing import Weigher, grams_of
from baogao_cli.bench.ranking import gain
from baogao_cli.main import main

ARTICLES = {"g1": "承包地可以收回", "g2": "商标的使用", "g3": "劳动合同的解除"}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "stard"
    folder.mkdir()
    rows = [
        json.dumps({"id": key, "name": f"某法第{n}条", "text": text}, ensure_ascii=False)
        for n, (key, text) in enumerate(ARTICLES.items())
    ]
    (folder / "corpus.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    (folder / "queries.tsv").write_text("0\t承包地怎么收回\n2\t商标\n", encoding="utf-8")
    (folder / "qrels.tsv").write_text("0\t0\tg1\t1\n2\t0\tg3\t1\n", encoding="utf-8")
    return tmp_path


def test_the_command(
    corpora: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(data_folder, docs / "_data")
    with pytest.raises(SystemExit) as left:
        main(["bench", "ranking", "--corpora", str(corpora), "--docs", str(docs)])
    printed = capsys.readouterr().out
    assert left.value.code == 0, printed
    assert "3 条法规，2 个问题" in printed
    line = next(line for line in printed.splitlines() if line.startswith("按网站的参数"))
    assert line.split()[1:] == ["0.5000", "1.0000", "0.0000", "0.5000"]


def test_without_the_corpora_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["bench", "ranking", "--corpora", str(tmp_path)])
    assert left.value.code == 2
    assert "读不到" in capsys.readouterr().err


def test_gain() -> None:
    assert gain([True], 1) == 1
    assert gain([False, True], 1) == pytest.approx(1 / np.log2(3))
    assert gain([True] + [False] * 9 + [True], 2) == pytest.approx(1 / (1 + 1 / np.log2(3)))
    assert gain([], 3) == 0


def test_weights_are_bm25() -> None:
    texts = ["会计会计", "社会计划", "计划"]
    stream = make_stream(texts, [0, 0, 0], None)
    weigher = Weigher(find_grams(stream).postings, passage_lengths(stream))
    docs, weights = weigher.find("会计")
    assert docs.tolist() == [0, 1]
    assert (weights & 7).tolist() == [1, 0]  # the classes of two occurrences and of one
    assert weigher.find("没有")[0].tolist() == []
    mean = 10 / 3

    def saturate(often: float, length: int) -> float:
        held_back = SCORING.k1 * (1 - SCORING.b + SCORING.b * length / mean)
        return often * (SCORING.k1 + 1) / (often + held_back)

    assert weigher.weigh(["会计"])[2] == pytest.approx(rarity(3, 3) * saturate(1, 2))
    assert weigher.weigh(["会计"])[0] == pytest.approx(
        (rarity(2, 3) * 2 + rarity(3, 3)) * saturate(2, 4)
    )
    assert grams_of(["会会", "计"]) == {"会": 2, "会会": 1, "计": 1}
