"""``baogao bench search`` and the searches it compares with: Material for real, Pagefind as far as it is not Pagefind itself."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baogao_cli.bench import search
from baogao_cli.bench.library import data_of, generated_reports, write_library
from baogao_cli.bench.peers import Made, Place, find_peers, material, pagefind, pages
from baogao_cli.bench.search_browser import Spread
from baogao_cli.bench.search_build import Measured
from baogao_cli.bench.search_lines import Line
from baogao_cli.bench.search_queries import Library, Query, Score, make_queries, score
from baogao_cli.bench.search_table import Compared, Result, table
from baogao_cli.bench.watched import run_watched
from baogao_cli.main import main
from tests.browser.conftest import find_chromium
from tests.builder import ROOT, environment

MEGABYTE = 1 << 20


def test_truth_and_score_by_section_and_by_report() -> None:
    places = (Place("a", 0), Place("a", 1), Place("b", 0))
    queries = make_queries(Library(("会计", "社会计划", "没有"), places), ["会计", "没有"])
    assert queries == [
        Query('"会计"', "会计", frozenset(places[:2])),
        Query('"没有"', "没有", frozenset(places[2:])),
    ]
    found = [[Place("a", 0)], [Place("a", 0), Place("b", 0), Place("b")]]
    assert score(queries, found, sections=True) == Score(2 / 3, 2 / 4, 2)
    assert score(queries, found, sections=False) == Score(1.0, 2 / 3, 1)


def test_titles_for_peers_are_letters_and_differ() -> None:
    titles = [pages.title(number) for number in range(2000)]
    assert len(set(titles)) == len(titles)
    assert all(title.replace(" ", "").isalpha() and title.isascii() for title in titles)


def test_peers_get_the_text_without_front_matter(tmp_path: Path) -> None:
    write_library(
        tmp_path / "docs", ROOT / "docs", iter(["## 一、甲\n\n乙。", "## 一、丙\n\n---\n\n丁。"])
    )
    assert list(pages.report_bodies(tmp_path / "docs")) == [
        ("2024/u0-shuzhi-fenguan", "report a", "## 一、甲\n\n乙。\n"),
        ("2024/u1-shuzhi-fenguan", "report b", "## 一、丙\n\n---\n\n丁。\n"),
    ]


def test_entries_of_material_are_pages_and_sections_in_turn() -> None:
    locations = [
        "index.html",
        "reports/2024/a.html",
        "reports/2024/a.html#_1",
        "reports/2024/b.html#x",
        "reports/2024/a.html#_2",
    ]
    assert material.read_entries({"docs": [{"location": each} for each in locations]}) == {
        "reports/2024/a.html": Place("2024/a"),
        "reports/2024/a.html#_1": Place("2024/a", 0),
        "reports/2024/b.html#x": Place("2024/b", 0),
        "reports/2024/a.html#_2": Place("2024/a", 1),
    }


def test_fragments_of_pagefind_tell_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "fragment"
    folder.mkdir()
    content = b'pagefind_dcd{"url":"/reports/2024/a.html","content":""}'
    (folder / "zh-cn_1f.pf_fragment").write_bytes(gzip.compress(content))
    assert pagefind.read_pages(tmp_path) == {"zh-cn_1f": "2024/a"}


def test_memory_is_that_of_all_processes() -> None:
    if not Path("/proc/self/status").is_file():
        pytest.skip("这个系统没有 /proc")
    child = f"held = bytearray({200 * MEGABYTE}); import time; time.sleep(1); print('问好')"
    parent = f"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-X', 'utf8', '-c', {child!r}]))"
    ran = run_watched([sys.executable, "-c", parent])
    assert (ran.code, ran.output) == (0, "问好\n")
    assert 200 * MEGABYTE < ran.peak < 400 * MEGABYTE


def test_a_peer_that_is_missing_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BAOGAO_PAGEFIND", raising=False)
    monkeypatch.setattr(pagefind.importlib.util, "find_spec", lambda name: None)
    docs = str(ROOT / "docs")
    with pytest.raises(SystemExit) as left:
        main(["bench", "search", "--peer", "pagefind", "--keep", str(tmp_path), "--docs", docs])
    assert left.value.code == 2
    assert 'pip install "pagefind[extended]"' in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_program_that_does_not_run_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BAOGAO_PAGEFIND", str(tmp_path / "nothing"))
    with pytest.raises(search.click.ClickException, match="Pagefind 不能运行"):
        find_peers(["pagefind"])


def test_an_unknown_peer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["bench", "search", "--peer", "lunr"])
    assert left.value.code == 2
    assert "只能是：pagefind、material" in capsys.readouterr().err


def test_the_table_has_a_row_for_each_engine_with_the_same_columns() -> None:
    line = Line(
        "本引擎", 9, Spread(100, 200), Spread(90_000, 95_000), Spread(8, 9), Spread(1, 2), Spread(3000, 4000), Spread(2, 2),
        Spread(1, 1), 150_000_000, Score(1, 0.5, 3), Score(1, 1, 0),
    )  # fmt: skip
    other = Line("别的", 9, *([Spread(1, 1)] * 7), 1, None, Score(0.25, 1, 7))
    made = Made(2_000_000, 7, 1.5, 3_000_000, "说明")
    built = Measured(1, 2, 1_000_000, 3, 4_000_000, 1, 1, 1, 1, 1, 1, 1)
    lines = list(table(Result("生成", built, (line,), (Compared("别的 1.0", made, other),))))
    rows = [text.strip("| ").split(" | ") for text in lines if text.startswith("|")]
    assert len(rows) == 4 and {len(row) for row in rows} == {9}
    assert rows[2][1:4] == ["100，p95 200", "90，p95 95／8", "1，p95 2"]
    assert rows[2][-2:] == ["1.000，0.500，3", "1.000，1.000，0"]
    assert rows[3][0] == "别的（9 条）" and rows[3][-2:] == ["只给网页", "0.250，1.000，7"]
    assert (
        "别的 1.0：索引 2.0 MB（每字 2.00 字节），7 个文件；生成 1.5 秒；内存峰值 3 MB（说明）"
        in lines
    )


#: A stand-in for the program: every page a fragment, and a script that looks for the text in all of them.
FAKE = """#!{python}
import gzip, json, re, sys, unicodedata
from pathlib import Path
if "--version" in sys.argv:
    sys.exit(print("pagefind 9.9.9"))
site = Path(sys.argv[sys.argv.index("--site") + 1])
(site / "pagefind/fragment").mkdir(parents=True)
texts = {{}}
for n, file in enumerate(sorted((site / "reports").rglob("*.html"))):
    url = "/" + file.relative_to(site).as_posix()
    data = b"pagefind_dcd" + json.dumps({{"url": url}}).encode()
    (site / f"pagefind/fragment/zh_{{n}}.pf_fragment").write_bytes(gzip.compress(data))
    text = re.sub("<[^>]+>|[“”]", "", file.read_text("utf-8"))
    texts[f"zh_{{n}}"] = unicodedata.normalize("NFKC", text).lower()
(site / "pagefind/texts.json").write_text(json.dumps(texts), "utf-8")
(site / "pagefind/pagefind.js").write_text('''
export async function search(query) {{
  const texts = await (await fetch(new URL("texts.json", import.meta.url))).json();
  const found = Object.keys(texts).filter((id) => texts[id].includes(query));
  return {{ results: found.map((id) => ({{ id, data: async () => ({{}}) }})) }};
}}
''', "utf-8")
"""


@pytest.mark.browser
def test_all_together(tmp_path: Path) -> None:
    """The whole way in Chromium over three reports: this engine, Material, and a stand-in for Pagefind. In a process of its own:
    other tests of this one may have a browser open."""
    browser = find_chromium()
    assert browser
    program = tmp_path / "pagefind"
    program.write_text(FAKE.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs/_data", docs / "_data")
    shutil.copytree(ROOT / "docs/assets/search", docs / "assets/search")
    (docs / "_data/terms.txt").write_text("三会一课\n双报到\n", encoding="utf-8")
    command = "bench search --reports 3 --characters 500 --queries 20 --pages 10 --throttle 1 --json --peer pagefind --peer material"
    paths = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
    told = subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", *command.split(), "--docs", str(docs)],
        cwd=ROOT, env={**environment(), "PYTHONPATH": paths, "BAOGAO_PAGEFIND": str(program), "BAOGAO_CHROMIUM": browser}, timeout=300,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    result = json.loads(told.stdout)
    queries = 20 + 2
    exact = {"recall": 1, "precision": 1, "wrong": 0}
    for line in result["lines"]:
        assert (line["queries"], line["sections"], line["reports"]) == (queries, exact, exact)
    stand_in, theme = result["peers"]
    assert stand_in["title"] == "Pagefind 9.9.9"
    assert stand_in["line"]["sections"] is None and stand_in["line"]["reports"] == exact
    assert stand_in["line"]["first_requests"]["median"] == 2  # its script and the texts
    # The script of the theme, its worker, the index: what is asked in the worker is counted too.
    assert theme["line"]["first_requests"]["median"] == 3
    assert theme["line"]["sections"]["recall"] > 0.5 and theme["line"]["queries"] == queries
    assert theme["made"]["size"] > 3 * 500 and theme["made"]["peak"] > 10 * MEGABYTE


def test_generated_reports_are_those_of_the_seed() -> None:
    data = data_of(ROOT / "docs")
    assert list(generated_reports(data, 2, 500)) == list(generated_reports(data, 3, 500))[:2]
