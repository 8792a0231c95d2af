"""The comment on a request: one, kept up to date, on a server that behaves as each forge does."""

from __future__ import annotations

import http.server
import importlib.util
import json
import re
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.builder import ROOT, STOPS

TOKEN = "t0ken"


@dataclass
class Fake:
    """A forge in memory: comments, who asks, and every request made of it."""

    kind: str
    me: str
    knows_user: bool = True
    redirects: bool = False
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def add(self, author: str, body: str) -> None:
        name = "username" if self.kind == "gitlab" else "login"
        who = "author" if self.kind == "gitlab" else "user"
        number = 1 + max((c["id"] for c in self.comments), default=0)
        self.comments.append({"id": number, "body": body, who: {name: author}})

    def answer(self, method: str, path: str, content: Any) -> tuple[int, Any]:
        if path == "/user":
            name = "username" if self.kind == "gitlab" else "login"
            return (200, {name: self.me}) if self.knows_user else (403, {})
        listing = (
            "/projects/o%2Fr/merge_requests/7/notes"
            if self.kind == "gitlab"
            else "/repos/o/r/issues/7/comments"
        )
        one = re.fullmatch(
            re.escape(listing if self.kind == "gitlab" else "/repos/o/r/issues/comments")
            + r"/(\d+)",
            urlsplit(path).path,
        )
        if one:
            found = next(c for c in self.comments if c["id"] == int(one[1]))
            if method == "DELETE":
                self.comments.remove(found)
                return 204, None
            assert method == ("PUT" if self.kind == "gitlab" else "PATCH")
            found["body"] = content["body"]
            return 200, found
        assert urlsplit(path).path == listing, path
        if method == "POST":
            self.add(self.me, content["body"])
            return 201, self.comments[-1]
        query = parse_qs(urlsplit(path).query)
        if self.kind == "gitea":  # which does not page this list
            return 200, self.comments
        size, page = int(query["per_page"][0]), int(query["page"][0])
        return 200, self.comments[(page - 1) * size : page * size]


@pytest.fixture
def comment() -> ModuleType:
    spec = importlib.util.spec_from_file_location("comment", ROOT / "scripts/forge/comment.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["comment"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=["github", "gitea", "gitlab"])
def forge(request: pytest.FixtureRequest) -> Iterator[Fake]:
    fake = Fake(request.param, "checker")

    class Handler(http.server.BaseHTTPRequestHandler):
        def _serve(self) -> None:
            header = "PRIVATE-TOKEN" if fake.kind == "gitlab" else "Authorization"
            assert self.headers[header] in (TOKEN, f"token {TOKEN}")
            length = int(self.headers.get("Content-Length") or 0)
            content = json.loads(self.rfile.read(length)) if length else None
            fake.asked.append((self.command, self.path))
            if fake.redirects:
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()
                return
            code, body = fake.answer(self.command, self.path, content)
            self.send_response(code)
            self.end_headers()
            if body is not None:
                self.wfile.write(json.dumps(body).encode())

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815 - the names http.server looks for

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[STOPS], daemon=True).start()
    fake.address = f"http://127.0.0.1:{server.server_port}"
    yield fake
    server.shutdown()
    server.server_close()


@pytest.fixture
def send(comment: ModuleType, forge: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BAOGAO_TOKEN", TOKEN)
    monkeypatch.setenv("no_proxy", "*")

    def call(text: str) -> int:
        file = tmp_path / "comment.md"
        file.write_text(text, encoding="utf-8")
        options = ["--forge", forge.kind, "--api", forge.address, "--repo", "o/r", "--number", "7"]
        code: int = comment.main([*options, str(file)])
        return code

    return call


def test_written_once_then_changed(send: Any, forge: Fake, comment: ModuleType) -> None:
    assert send("# 检查结果：❌") == 0
    assert send("# 检查结果：✅") == 0
    assert [c["body"] for c in forge.comments] == [f"{comment.MARK}\n# 检查结果：✅\n"]
    before = len(forge.asked)
    assert send("# 检查结果：✅") == 0
    assert all(method == "GET" for method, _ in forge.asked[before:])


def test_among_many_others(send: Any, forge: Fake) -> None:
    for number in range(120):
        forge.add("someone", f"第{number}句")
    send("一")
    for number in range(60):
        forge.add("someone", f"再一句{number}")
    send("二")
    assert sum("baogao:check" in c["body"] for c in forge.comments) == 1
    assert len(forge.comments) == 181


def test_what_somebody_else_marks_is_left_alone(
    send: Any, forge: Fake, comment: ModuleType
) -> None:
    forge.add("mallory", f"{comment.MARK}\n假的")
    send("真的")
    send("真的，改过")
    assert forge.comments[0]["body"].endswith("假的") and len(forge.comments) == 2
    assert "改过" in forge.comments[1]["body"]


def test_a_second_one_of_ours_goes(send: Any, forge: Fake, comment: ModuleType) -> None:
    for text in ("一", "二"):
        forge.add("checker", f"{comment.MARK}\n{text}")
    send("三")
    (left,) = forge.comments
    assert "三" in left["body"]


def test_a_token_that_may_not_ask_who_it_is(send: Any, forge: Fake, comment: ModuleType) -> None:
    if forge.kind == "gitlab":
        return  # there every token may ask
    forge.knows_user = False
    forge.me = comment.AUTHORS[forge.kind][0]
    send("一")
    send("二")
    assert len(forge.comments) == 1


def test_nobody_is_called_and_nothing_ordered(send: Any, forge: Fake) -> None:
    send("@all 看看\n/close\n  /merge\n一/二")
    body = forge.comments[0]["body"]
    assert "@all" not in body and "一/二" in body
    assert not re.search(r"^\s*/", body, re.M)


def test_a_long_one_is_cut_and_an_empty_one_says_so(send: Any, forge: Fake) -> None:
    send("一行\n" * 30_000)
    assert len(forge.comments[0]["body"]) < 31_000 and "太长" in forge.comments[0]["body"]
    send("")
    assert "检查没有完成" in forge.comments[0]["body"]


def test_a_token_is_not_carried_elsewhere(
    send: Any, forge: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    forge.redirects = True
    assert send("一") == 1
    assert "平台回答 302" in capsys.readouterr().err


def test_no_server_and_no_token(
    comment: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = ["--forge", "gitea", "--api", "http://127.0.0.1:9", "--repo", "o/r", "--number", "7", str(tmp_path / "none")]  # fmt: skip
    monkeypatch.delenv("BAOGAO_TOKEN", raising=False)
    assert comment.main(options) == 0
    monkeypatch.setenv("BAOGAO_TOKEN", TOKEN)
    assert comment.main(options) == 1
    said = capsys.readouterr().err
    assert "没有令牌" in said and "评论没有写成" in said and TOKEN not in said
