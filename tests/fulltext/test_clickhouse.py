"""The export for ClickHouse on the engine of ClickHouse: the same hits as the static index, the index used, nothing let in."""

from __future__ import annotations

import gzip
import json
import random
import re
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from baogao.corpus import Corpus, Data, load
from baogao.fulltext.build import find_tools
from baogao.fulltext.clickhouse import QUERIES, Names, export_clickhouse, query, statement
from baogao.fulltext.clickhouse import export as exports
from baogao.fulltext.clickhouse.export import ForeignFolderError, write_export
from baogao.fulltext.clickhouse.parameters import parameters, written
from baogao.fulltext.clickhouse.rows import pack_bits
from baogao.fulltext.folding import fold_text
from baogao.fulltext.index import fold_documents, prepare, stream_of, write_index
from baogao.fulltext.passages import Document
from baogao.fulltext.reader import Reader
from baogao.rules.rule import standard
from baogao_cli.bench.clickhouse_local import Local, open_engine
from tests.clickhouse import read_rules, serving

from .small import brute_force, document, passages_of, queries, ranked_documents

pytest.importorskip("chdb", reason="没有安装 chdb（Windows 上没有）")
pytestmark = pytest.mark.xdist_group("clickhouse")


ONE = Names()


def quiet(what: str, share: float) -> None:
    return


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    opened = open_engine(tmp_path_factory.mktemp("clickhouse") / "database")
    yield opened
    opened.close()


def exported(folder: Path, documents: list[Document], data: Data, names: Names = ONE, starts: Any = None) -> Path:  # fmt: skip
    write_export(fold_documents(documents, quiet), starts, data, folder, names, quiet)
    return folder


@pytest.fixture
def loaded(engine: Any, tmp_path: Path, data: Data) -> Iterator[Callable[..., Local]]:
    """Loads given documents into a database of their own."""
    made: list[Local] = []

    def load_documents(documents: list[Document], starts: Any = None) -> Local:
        local = Local(engine, Names(f"small{len(made)}"))
        made.append(local)
        folder = exported(tmp_path / f"export{len(made)}", documents, data, local.names, starts)
        local.make_tables(folder)
        local.load(folder)
        return local

    yield load_documents
    for local in made:
        local.run(f"DROP DATABASE {local.names.database}")


@dataclass(frozen=True)
class Samples:
    """The samples in the database, as they stand in the static index, and folded."""

    local: Local
    export: Path
    reader: Reader
    folded: tuple[str, ...]
    documents: tuple[Document, ...]


@pytest.fixture(scope="module")
def samples(engine: Any, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder = tmp_path_factory.mktemp("samples")
    corpus = load(root / "docs")
    prepared = prepare(corpus, quiet)
    write_index(
        prepared.documents,
        prepared.counts,
        stream_of(prepared, None),
        corpus.data,
        folder / "index",
        {},
        {},
        quiet,
    )
    tools = find_tools(corpus, folder / "cache")
    local = Local(engine, Names("samples"))
    export_clickhouse(corpus, folder / "export", local.names, tools.segmenter, quiet)
    local.make_tables(folder / "export")
    local.load(folder / "export")
    return Samples(
        local, folder / "export", Reader(folder / "index"), prepared.folded, prepared.documents
    )


def found(local: Local, *words: str, **more: Any) -> list[int]:
    return local.sections(words=sorted(words, key=len, reverse=True), **more)


# The same hits


def test_the_samples_give_the_hits_of_the_static_index(samples: Samples) -> None:
    sections = [n for n, (_, inner) in enumerate(samples.reader.report_of) if inner]
    for text in queries(samples.folded, random.Random(21), 70):
        expected = [n for n in brute_force(samples.folded, text) if samples.reader.report_of[n][1]]
        assert (
            found(samples.local, text)
            == expected
            == sorted(set(samples.reader.having(text)) & set(sections))
        ), text
        (told,) = samples.local.ask("hits", words=[text])
        if len(text) % 6 == 1:
            assert sorted(samples.local.ordered(words=[text])) == expected, text
        reports = {samples.reader.report_of[n][0] for n in expected}
        assert (told["total"], told["reports"]) == (len(expected), len(reports)), text


def test_several_words_and_unwanted_ones(samples: Samples) -> None:
    rng = random.Random(22)
    sections = [n for n, (_, inner) in enumerate(samples.reader.report_of) if inner]
    for count in (2, 3, 5, 7):
        for _ in range(12):
            text = samples.folded[rng.choice(sections)]
            words = [w for w in queries([text], rng, count) if w]
            unwanted = queries(samples.folded, rng, rng.randint(0, 2))
            expected = [
                n for n in sections
                if all(w in samples.folded[n] for w in words) and not any(w in samples.folded[n] for w in unwanted)
            ]  # fmt: skip
            assert found(samples.local, *words, without=unwanted) == expected, (words, unwanted)


def test_facets_count_the_hits_of_each_value(samples: Samples) -> None:
    def values(number: int) -> dict[str, str]:
        report, inner = samples.reader.report_of[number]
        document = samples.documents[report]
        return {
            "year": str(document.year), "unit": document.unit, "kind": document.kind, "role": document.role,
            "part": document.passages[inner - 1].part,
        }  # fmt: skip

    sections = [n for n, (_, inner) in enumerate(samples.reader.report_of) if inner]
    for text, chosen in (
        ("党", {}),
        ("学习", {"year": ["2021", "2022"]}),
        ("整改", {"kind": ["shuzhi"], "year": ["2022"]}),
        ("会", {"part": ["problem"], "unit": ["jiguan", "dangzu"]}),
    ):
        rows = samples.local.ask("facets", words=[text], **_given(chosen))
        expected: Counter[tuple[str, str]] = Counter()
        for number in sections:
            own = values(number)
            if text in samples.folded[number]:
                for facet, value in own.items():
                    others = (own[f] in v for f, v in chosen.items() if f != facet)
                    expected[facet, value] += bool(value) and all(others)
        assert {(r["name"], r["value"]): r["count"] for r in rows} == +expected, text
        kept = [n for n in sections if text in samples.folded[n] and all(values(n)[f] in v for f, v in chosen.items())]  # fmt: skip
        assert found(samples.local, text, **_given(chosen)) == kept


def _given(chosen: dict[str, list[str]]) -> dict[str, Any]:
    return {f: [int(v) for v in vs] if f == "year" else vs for f, vs in chosen.items()}


@pytest.mark.parametrize("alphabet", ["甲乙", "甲乙丙丁", "三会一课😀x%_\\"])
def test_few_characters_make_many_candidates(loaded: Callable[..., Local], alphabet: str) -> None:
    """Signs that mean something in a pattern stand for themselves; characters of two units are one."""
    rng = random.Random(alphabet)
    documents = [
        document(n, ["".join(rng.choices(alphabet, k=rng.randint(1, 60))) for _ in range(4)])
        for n in range(40)
    ]
    local = loaded(documents)
    texts = passages_of(documents)
    abouts = set(range(0, len(texts), 5))
    for text in [*queries(texts, rng, 40), *alphabet]:
        assert found(local, text) == [n for n in brute_force(texts, text) if n not in abouts], text


def test_nothing_matches_across_pieces(loaded: Callable[..., Local]) -> None:
    local = loaded([document(0, ["主要做法\n加强学习", "学习\n三会一课"])])
    assert found(local, "法加") == found(local, "做法加强") == found(local, "习三会") == []
    assert found(local, "加强学习") == [1]


def test_an_empty_library(loaded: Callable[..., Local]) -> None:
    local = loaded([])
    assert found(local, "党日") == []
    assert local.ask("facets", words=["党"]) == []


# The index is used


def _plan(local: Local, name: str, **given: Any) -> str:
    sql = query(name, local.names).replace("FORMAT JSON", "FORMAT TSVRaw")
    return local.run(f"EXPLAIN indexes = 1 {sql}", given=parameters(local.build, given))


_INDEX = r"Name: {name}\n.*?Condition: \(mode: All; tokens: \[(.*?)\]\)\n.*?Granules: (\d+)/(\d+)"


def test_the_index_names_the_pairs_and_leaves_out_granules(
    loaded: Callable[..., Local],
) -> None:
    """30,000 sections in more than a hundred granules; what is looked for stands in one of them."""
    passages = [f"第{n}节开展主题党日" for n in range(30_000)]
    passages[20_500] += "，双报到%，嵚"
    documents = [document(n, passages[n : n + 100]) for n in range(0, len(passages), 100)]
    local = loaded(documents)
    for name in ("hits", "facets"):
        pairs = re.search(_INDEX.format(name="pairs"), _plan(local, name, words=["双报到%"]), re.S)
        assert pairs and set(pairs[1].split(", ")) == {'"双报"', '"报到"', '"到%"'}
        assert int(pairs[2]) == 1 and int(pairs[3]) > 100, name
        single = re.search(_INDEX.format(name="singles"), _plan(local, name, words=["嵚"]), re.S)
        assert single and single[1] == '"嵚"' and int(single[2]) == 1, name
    assert len(found(local, "双报到%")) == len(found(local, "嵚")) == 1
    assert found(local, "双报到_") == found(local, "双报%到") == []


# The order


def test_the_order_of_hits(loaded: Callable[..., Local]) -> None:
    """As tests/browser/test_search_exact.py has it of the static index."""
    documents, starts = ranked_documents()
    local = loaded(documents, starts)
    rows = local.ask("snippets", sections=local.ordered(words=["会计"]))
    names = {row["section"]: row["name"] for row in rows}
    assert [names[n] for n in local.ordered(words=["会计"])] == [
        "2020/t", "2020/h", "2020/r2", "2020/r1", "2020/r3", "2020/r0"
    ]  # fmt: skip
    assert [row["title"] for row in local.ask("titles", words=["会计"])] == ["会计报告"]


def test_the_newest_comes_first_where_all_else_is_equal(loaded: Callable[..., Local]) -> None:
    documents = [
        replace(document(n, ["开展双报到", "别的"]), year=year)
        for n, year in enumerate((2019, 2023, 2021))
    ]
    local = loaded(documents)
    assert local.ordered(words=["双报到"]) == [4, 7, 1]
    assert local.ordered(words=["别的"], sort="year") == [5, 8, 2]
    assert local.ordered(words=["别的"], limit=1, offset=1) == [8]


def test_bits_are_six_to_a_character() -> None:
    bits = [1, 0, 0, 0, 0, 1, 0, 1]
    assert pack_bits(np.array(bits, np.uint8)) == chr(64 + 33) + chr(64 + 2)  # fmt: skip


# What is written


def test_drafts_and_restricted_reports_are_in_no_file(
    make_corpus: Callable[[dict[str, str]], Corpus], tmp_path: Path
) -> None:
    secret = "鹭栖标记"
    shown = standard()
    hidden = shown.replace("统筹安排不细", secret)
    draft = hidden.replace("status: published", "status: draft").replace("year: 2022", "year: 2021")
    restricted = hidden.replace("year: 2022", "year: 2020\nvisibility: restricted")
    corpus = make_corpus(
        {
            "2022/jiguan-shuzhi-fenguan.md": shown,
            "2021/jiguan-shuzhi-fenguan.md": draft,
            "2020/jiguan-shuzhi-fenguan.md": restricted,
        }
    )
    folder = tmp_path / "out"
    made = export_clickhouse(corpus, folder, Names(), None, quiet)
    assert made.reports == 1
    for file in (f for f in folder.rglob("*") if f.is_file()):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        assert secret.encode() not in content and fold_text(secret).encode() not in content, file


def test_the_same_reports_give_the_same_bytes(tmp_path: Path, root: Path) -> None:
    contents = []
    for name in ("one", "other"):
        export_clickhouse(load(root / "docs"), tmp_path / name, Names(), None, quiet)
        files = (f for f in (tmp_path / name).rglob("*") if f.is_file())
        contents.append({f.relative_to(tmp_path / name).as_posix(): f.read_bytes() for f in files})
    assert contents[0] == contents[1] and len(contents[0]) > 10


def test_many_rows_go_into_several_files(
    tmp_path: Path, data: Data, monkeypatch: pytest.MonkeyPatch, loaded: Callable[..., Local]
) -> None:
    monkeypatch.setattr(exports, "_ROWS", 7)
    monkeypatch.setattr(exports, "_DOCUMENTS", 2)
    documents = [document(n, ["双报到", "别的"]) for n in range(7)]
    folder = exported(tmp_path / "out", documents, data)
    lines = [
        len(gzip.decompress(f.read_bytes()).splitlines()) for f in sorted((folder / "data").glob("sections-*"))
    ]  # fmt: skip
    assert lines == [7, 7, 7]
    assert len(found(loaded(documents), "双报到")) == 7


def test_an_export_replaces_the_one_before_and_nothing_else(tmp_path: Path, data: Data) -> None:
    folder = tmp_path / "out"
    exported(folder, [document(0, ["旧的"])], data)
    (folder / "data/left.txt").write_text("x", encoding="utf-8")
    exported(folder, [document(0, ["新的"])], data)
    assert not (folder / "data/left.txt").exists()
    other = tmp_path / "other"
    other.mkdir()
    (other / "报告.docx").write_bytes(b"x")
    with pytest.raises(ForeignFolderError):
        exported(other, [document(0, ["新的"])], data)
    assert [f.name for f in other.iterdir()] == ["报告.docx"]
    assert sorted(f.name for f in tmp_path.iterdir()) == ["other", "out"]


def test_what_fails_leaves_the_export_before(
    tmp_path: Path, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = exported(tmp_path / "out", [document(0, ["旧的"])], data)
    before = (folder / "load.sql").read_bytes()

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exports, "_write_statements", full)
    with pytest.raises(OSError):
        exported(folder, [document(0, ["新的"])], data)
    assert (folder / "load.sql").read_bytes() == before
    assert [f.name for f in tmp_path.iterdir()] == ["out"]


def test_a_new_build_takes_over_and_the_old_one_goes(
    engine: Any, tmp_path: Path, data: Data
) -> None:
    local = Local(engine, Names("daily"))
    builds = []
    for day in ("一", "二", "三", "三"):
        folder = exported(tmp_path / "out", [document(0, [f"第{day}天双报到"])], data, local.names)
        if not builds:
            local.make_tables(folder)
        local.load(folder)
        builds.append(local.build)
        assert found(local, "双报到") == found(local, f"第{day}天") == [1]
        if builds[-2:-1] not in ([], builds[-1:]):  # a page opened yesterday, until the old data go
            local.build = builds[-2]
            assert found(local, "双报到") == [1] and found(local, f"第{day}天") == []
        local.run(local.run((folder / "clear.sql").read_text("utf-8")) or "SELECT 1")
    assert builds[2] == builds[3]  # loading the same again changes nothing
    for name in ("sections", "terms", "labels", "builds"):
        left = local.run(f"SELECT DISTINCT build FROM daily.{name} FORMAT TSVRaw")
        assert left.split() == builds[3:], name
    local.build = builds[0]
    assert local.ask("hits", words=["双报到"]) == [{"total": 0, "reports": 0, "known": 0}]


def test_the_statements_for_several_servers_are_understood(engine: Any, tmp_path: Path) -> None:
    """Read, not run: there is one server here, and no Keeper."""
    names = Names(cluster=True)
    text = "\n".join(statement(n, names, build="b") for n in ("cluster", "load", "clear", "access"))
    statements = [s for s in re.sub(r"^--.*$", "", text, flags=re.M).split(";\n") if s.strip()]
    assert len(statements) > 15
    for each in statements:
        assert str(engine.query("SELECT formatQuery({sql:String})", "TSVRaw", params={"sql": written(each.strip())}))  # fmt: skip
    assert text.count("ON CLUSTER '{cluster}'") > 12
    assert "Distributed('{cluster}', 'baogao', 'sections_local', cityHash64(name))" in text
    assert text.count("ReplicatedMergeTree(") == 4


def test_a_name_is_letters_and_digits() -> None:
    for name in ("报告", "a-b", "a;drop", "", "1a", "A", "a" * 33):
        with pytest.raises(ValueError):
            Names(name)


# What is asked comes as parameters

HOSTILE = [
    "'] OR 1=1 --", "'; DROP TABLE samples.sections; --", "\\'] UNION ALL SELECT 1", "%", "_", "%%%", "\\", "\\\\", "{words:String}",
    "${x}", "*/ SELECT 1 /*", "\x00", "a' 'b", "😀",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_text(samples: Samples, text: str) -> None:
    folded = fold_text(text) or text
    for word in {folded, text}:
        expected = [n for n in brute_force(samples.folded, word) if samples.reader.report_of[n][1]]
        assert found(samples.local, word) == expected
        for name in ("hits", "facets", "titles"):
            samples.local.ask(name, words=[word], without=[word + "x"], unit=[word], own_unit=[word])  # fmt: skip
    assert len(found(samples.local, "党")) > 100


@pytest.fixture(scope="module")
def web(samples: Samples) -> Iterator[Any]:
    with serving(samples.local, samples.export) as stand_in:
        yield stand_in


def get(address: str, **more: Any) -> tuple[int, str, Any]:
    request = urllib.request.Request(address, headers={"Origin": "http://site"}, **more)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode(), response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def test_over_http_the_same_answers(samples: Samples, web: Any) -> None:
    assert {r.url for r in read_rules(samples.export / "config.d/samples.xml")} == {
        f"/samples/{name}" for name in QUERIES
    }
    asked = urllib.parse.urlencode(
        {f"param_{k}": v for k, v in parameters(samples.local.build, {"words": ["学习"]}).items()}
    )
    code, body, headers = get(f"{web.address}/hits?{asked}")
    assert code == 200 and headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(body)["data"] == samples.local.ask("hits", words=["学习"])


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({"query": "DROP TABLE samples.sections"}, {}),
        ({"readonly": "0"}, {}),
        ({"max_execution_time": "0"}, {}),
        ({"param_words": "['a'] OR 1"}, {}),
        ({"param_words": "a"}, {}),
        ({"param_limit": "1; DROP TABLE samples.sections"}, {}),
        ({"param_limit": "-1"}, {}),
        ({}, {"data": b"; DROP TABLE samples.sections", "method": "POST"}),
        ({}, {"data": b"; DROP TABLE samples.sections", "method": "GET"}),
        ({}, {"data": b" UNION ALL SELECT name FROM system.tables", "method": "GET"}),
        ({}, {"data": b" SETTINGS readonly = 0", "method": "GET"}),
        ({}, {"method": "DELETE"}),
    ],
)  # fmt: skip
def test_nothing_else_can_be_asked(samples: Samples, web: Any, given: dict[str, str], more: dict[str, Any]) -> None:  # fmt: skip
    usual = {
        f"param_{k}": v for k, v in parameters(samples.local.build, {"words": ["学习"]}).items()
    }
    code, body, _ = get(
        f"{web.address}/titles?{urllib.parse.urlencode({**usual, **given})}", **more
    )
    assert code in (404, 500) and '"data"' not in body
    assert len(found(samples.local, "党")) > 100


def test_values_are_written_as_the_server_reads_them() -> None:
    assert written(["a'b", "c\\d"]) == "['a\\'b','c\\\\d']"
    assert written([1, 2]) == "[1,2]" and written(3) == "3" and written("a\\b") == "a\\\\b"


# Real text


@pytest.mark.long
def test_the_news(engine: Any, corpora: Path, data: Data, tmp_path: Path) -> None:
    file = corpora / "news" / "articles.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for line in lines]
    documents = [document(n, articles[n : n + 7]) for n in range(0, len(articles), 7)]
    local = Local(engine, Names("news"))
    folder = exported(tmp_path / "news", documents, data, local.names)
    local.make_tables(folder)
    local.load(folder)
    texts = passages_of(documents)
    about = {n for n, row in enumerate(_inner(documents)) if not row}
    for text in queries(texts, random.Random(23), 150):
        assert found(local, text) == [n for n in brute_force(texts, text) if n not in about], text


def _inner(documents: list[Document]) -> Iterator[int]:
    for each in documents:
        yield from range(len(each.passages) + 1)


def test_every_statement_is_in_the_package(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["baogao"]
    there = {f for pattern in patterns for f in (root / "hooks/baogao").glob(pattern)}
    assert set((root / "hooks/baogao/fulltext/clickhouse/sql").iterdir()) <= there
