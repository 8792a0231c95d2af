"""A stand-in for a ClickHouse server: the engine itself (chdb) behind the addresses of the file we write for ``config.d``.

It does what the server does with such a file: the address and the method choose the query, parameters are taken by their names (also with
``param_`` in front), and anything else in the address is a setting, which a user who may only read cannot make.
"""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

from baogao.fulltext.clickhouse.parameters import written
from tests.builder import STOPS

_PARAMETER = re.compile(r"\{(\w+):")


@dataclass(frozen=True)
class Rule:
    url: str
    methods: tuple[str, ...]
    user: str
    query: str

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(_PARAMETER.findall(self.query))


def read_rules(file: Path) -> list[Rule]:
    """The rules of a file for ``config.d``."""
    (handlers,) = ElementTree.parse(file).getroot().findall("./http_handlers")
    assert all(each.tag.startswith("rule") for each in handlers)
    assert len({each.tag for each in handlers}) == len(handlers)
    return [_rule(each) for each in handlers]


def _rule(element: ElementTree.Element) -> Rule:
    def text(path: str) -> str:
        found = element.findtext(path)
        assert found is not None, path
        return found

    assert text("handler/type") == "predefined_query_handler"
    methods = tuple(text("methods").split(","))
    return Rule(text("url"), methods, text("handler/user"), text("handler/query").strip())


@dataclass
class StandIn:
    """``asked`` are the addresses that were asked for; with ``failing`` every question gets this error."""

    address: str
    asked: list[str] = field(default_factory=list)
    failing: tuple[int, str] | None = None


@contextmanager
def serving(local: Any, export: Path) -> Iterator[StandIn]:
    """The stand-in for what was exported and is loaded in ``local``, on a free port."""
    (config,) = (export / "config.d").glob("*.xml")
    rules = read_rules(config)
    access = (export / "access.sql").read_text(encoding="utf-8")
    cors = "add_http_cors_header = 1" in access
    assert "readonly = 1" in access
    assert all(f"CREATE USER IF NOT EXISTS {rule.user}" in access for rule in rules)
    one_at_a_time = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            return

        def answer(self) -> None:
            stand_in.asked.append(self.path)
            code, body = stand_in.failing or self.reply()
            self.send_response(code)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(body.encode())))
            if cors and self.headers.get("Origin"):
                self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - named by http.server

        def reply(self) -> tuple[int, str]:
            asked = urlsplit(self.path)
            rule = next(
                (r for r in rules if r.url == asked.path and self.command in r.methods), None
            )
            if rule is None:
                return 404, "There is no handle"
            given: dict[str, str] = {}
            for key, value in parse_qsl(asked.query, keep_blank_values=True):
                name = key if key in rule.parameters else key.removeprefix("param_")
                if name in rule.parameters:
                    given[name] = value
                elif name == key:
                    return 500, f"Code: 164. DB::Exception: Cannot modify '{key}' setting in readonly mode. (READONLY)"  # fmt: skip
            length = int(self.headers.get("Content-Length") or 0)
            # The server puts the body behind the query, whatever the method.
            sql = rule.query + self.rfile.read(length).decode()
            try:
                with one_at_a_time:
                    if length:  # chdb takes several statements at once, the server one
                        local.run("SELECT formatQuery({sql:String})", given={"sql": written(sql)})
                    return 200, local.run(sql, "JSON", given)
            except RuntimeError as error:
                return 500, str(error)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in = StandIn(f"http://127.0.0.1:{server.server_port}/{local.names.database}")
    threading.Thread(target=server.serve_forever, args=[STOPS], daemon=True).start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
