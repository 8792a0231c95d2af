"""大量报告: the files it names are those that are exported, and what it shows is taken by those who are to take it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from baogao.corpus import load
from baogao.fulltext.clickhouse import Names, export_clickhouse
from baogao.fulltext.clickhouse.parameters import written
from baogao.fulltext.server import read_server

from .pages import ROOT, blocks, page

PAGE = page("scale")
BLOCKS = {block.title: block.code for block in blocks(PAGE) if block.title}


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale") / "clickhouse"
    export_clickhouse(load(ROOT / "docs"), folder, Names(), None, lambda what, share: None)
    return folder


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pytest.importorskip("chdb", reason="没有安装 chdb（Windows 上没有）")
    from baogao_cli.bench.clickhouse_local import open_engine

    opened = open_engine(tmp_path_factory.mktemp("scale") / "database")
    yield opened
    opened.close()


def test_every_file_is_named(export: Path) -> None:
    named = set(re.findall(r"^\| `([\w./]+?)/?` \|", PAGE, re.M))
    there = {f.relative_to(export).as_posix() for f in export.rglob("*") if f.is_file()}
    assert {name for name in there if name.split("/")[0] not in ("data", "queries")} | {"data", "queries"} == named  # fmt: skip
    taken = set(re.findall(r"(?:< |cp )([\w./]+)", "\n".join(b.code for b in blocks(PAGE))))
    assert taken == {"tables.sql", "access.sql", "load.sql", "clear.sql", "config.d/baogao.xml"}


def test_the_lines_for_the_site_are_understood() -> None:
    extra = yaml.safe_load(BLOCKS["mkdocs.yml（extra 之下）"])
    server = read_server(extra["search"])
    assert server is not None and server.origin is None
    assert f"location {server.url}/ {{" in BLOCKS["nginx（server 之内）"]
    for url in re.findall(r"`(https?://\S+?)`", PAGE):
        assert read_server({"endpoint": url}) is not None


def test_the_cluster_has_the_macros_of_the_statements() -> None:
    root = ElementTree.fromstring(BLOCKS["config.d/cluster.xml（每台的 shard、replica 不同）"])
    macros = root.find("macros")
    assert macros is not None
    assert {each.tag for each in macros} == {"cluster", "shard", "replica"}
    assert root.find(f"remote_servers/{macros.findtext('cluster')}/shard/replica/host") is not None


@pytest.mark.xdist_group("clickhouse")
def test_from_the_first_day_to_the_last(engine: Any, export: Path) -> None:
    from baogao_cli.bench.clickhouse_local import Local

    local = Local(engine, Names())
    local.make_tables(export)
    local.load(export)
    (told,) = local.run(BLOCKS["装好没有"]).splitlines()
    assert told.split("\t")[0] == local.build and told.split("\t")[2:] == ["40", "615"]
    plan = local.run(BLOCKS["索引用上没有"])
    assert "Name: pairs" in plan and '"三会"' in plan and "Granules: " in plan
    last = BLOCKS["搬回来"].splitlines()
    local.run(last[0])
    assert local.run("SELECT count() FROM system.databases WHERE name = 'baogao'").strip() == "0"
    # The engine in process has no users to manage: what deals with them is read, not run.
    access = (export / "access.sql").read_text(encoding="utf-8")
    statements = re.sub(r"^--.*$", "", access, flags=re.M).split(";\n")
    for each in [*filter(str.strip, statements), *last[1:]]:
        local.run("SELECT formatQuery({sql:String})", given={"sql": written(each.strip(" ;\n"))})
    made = set(re.findall(r"CREATE (.+?) IF NOT EXISTS baogao_reader", access))
    assert {f"DROP {what} baogao_reader;" for what in made} == set(last[1:])
    settings = re.findall(r"^    (\w+) = \d+", access, re.M)
    known = local.run("SELECT name FROM system.settings").split()
    assert len(settings) > 5 and set(settings) <= set(known)
