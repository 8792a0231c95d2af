"""A real Chromium, and sites served to it."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.builder import STOPS, Built, build, copy_project

#: The first is Chromium without the windows nobody sees: much faster.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN",
]  # fmt: skip


def find_chromium() -> str | None:
    return os.environ.get("BAOGAO_CHROMIUM") or next(
        (p for n in NAMES if (p := shutil.which(n))), None
    )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("没有找到 Chromium：安装 chromium，或用 BAOGAO_CHROMIUM 指明它的路径")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project as it is, built. Tests that take it are of the group ``samples``, so that it is built once; those in a browser are two
    groups because they are half of the suite."""
    built = build(copy_project(tmp_path_factory.mktemp("browser")))
    assert built.code == 0, built.output
    return built


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


def serve(folder: Path) -> Iterator[str]:
    """Serve ``folder`` on a free port; yields the address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=[STOPS], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(samples: Built) -> Iterator[str]:
    yield from serve(samples.site)


class Watch:
    """What a page asked for and complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on(
            "console", lambda m: self.complaints.append(m.text) if m.type == "error" else None
        )
        context.on("weberror", lambda e: self.complaints.append(str(e.error)))


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield made
    made.close()


@pytest.fixture
def watch(context: BrowserContext) -> Watch:
    return Watch(context)


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    page = context.new_page()
    yield page
    if not page.is_closed():
        page.unroute_all(behavior="ignoreErrors")  # what it left unanswered is nobody's fault
