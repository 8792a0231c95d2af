"""ClickHouse in this process (chdb): takes an export and answers its queries, as a server would. For the bench and for tests."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from baogao.fulltext.clickhouse import Names, query
from baogao.fulltext.clickhouse.parameters import Value, parameters

from ..ui import Failure

MISSING = '没有安装 chdb，先运行：pip install "baogao[clickhouse]"（Windows 上没有）'
Rows = list[dict[str, Any]]


def open_engine(folder: Path) -> Any:
    """The engine with its data in ``folder``; in a process only one may be open. Raises :class:`Failure` without chdb."""
    try:
        from chdb import session
    except ImportError:
        raise Failure(MISSING) from None
    engine: Any = session.Session
    return engine(str(folder))


class Local:
    """One database of an engine; an engine answers one question at a time."""

    def __init__(self, engine: Any, names: Names) -> None:
        self.names = names
        self._session = engine
        self.build = ""
        self._queries: dict[str, str] = {}

    def run(self, sql: str, form: str = "TSVRaw", given: Mapping[str, str] | None = None) -> str:
        """Run statements; the answer of the last one as text."""
        return str(self._session.query(sql, form, params=dict(given or {})))

    def make_tables(self, export: Path) -> None:
        self.run((export / "tables.sql").read_text(encoding="utf-8"))

    def load(self, export: Path) -> None:
        """Run the ``load.sql`` of an export, and answer from its data from now on."""
        with _inside(export):
            self.run((export / "load.sql").read_text(encoding="utf-8"))
        self.build = str(self.ask("manifest")[0]["build"])

    def ask(self, name: str, **given: Value) -> Rows:
        """The rows one of the queries gives."""
        sql = self._queries.setdefault(name, query(name, self.names))
        rows: Rows = json.loads(self.run(sql, "JSON", parameters(self.build, given)))["data"]
        return rows

    def sections(self, **given: Value) -> list[int]:
        """The numbers of the sections found, ascending: by the condition that all queries share."""
        condition = query("hits", self.names).split("FROM", 2)[-1].partition("FORMAT")[0]
        told = self.run(
            f"SELECT section FROM{condition} ORDER BY section FORMAT TSVRaw",
            given=parameters(self.build, given),
        )
        return [int(line) for line in told.split()]

    def ordered(self, **given: Value) -> list[int]:
        """The numbers of the sections found, in the order they are shown; all, unless ``limit`` says how many."""
        (weights,) = self.ask("weights", **given)
        rows = self.ask("ranking", **{"limit": 4_000_000_000, **given, **weights})
        return [row["section"] for row in rows]


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """The statements name files below the folder they are run in."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
