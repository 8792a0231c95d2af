"""Searching in a headless Chromium, with a clock and a meter on the line."""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import shutil
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..ui import Failure

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Milliseconds one page may take.
_PATIENCE = 600_000
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
#: The page's look is not the search's: these are not counted.
_UNCOUNTED = (".html", ".css", ".ico", ".svg", ".png", ".woff2")
_ASK = """async ([query, options]) => {
  const begun = performance.now();
  const answer = await baogaoSearch.search(query, Object.assign({ limit: 10, loose: false }, options));
  const time = performance.now() - begun;
  if (answer.error) { throw new Error(answer.error.message); }
  return { time, since: performance.now(), total: answer.exact.total, ids: answer.exact.ids || [], hits: answer.exact.hits.length };
}"""


@dataclass(frozen=True)
class Client:
    """How a search is asked in its page.

    ``path`` is the page; ``ready`` an expression that is true once it can be asked; ``ask`` a function of
    ``[query, options]`` that gives ``time`` (milliseconds of this query), ``since`` (milliseconds since the page was
    opened), ``total`` and ``ids`` (of all that was found, when ``options.ids``); ``before`` runs before the page's own scripts.
    """

    path: str
    ready: str
    ask: str
    before: str = ""


OURS = Client("index.html", "window.baogaoSearch", _ASK)


def find_chromium() -> str:
    found = os.environ.get("BAOGAO_CHROMIUM") or next(
        (path for name in _NAMES if (path := shutil.which(name))), None
    )
    if not found:
        raise Failure("没有找到 Chromium：请安装，或用 BAOGAO_CHROMIUM 指明它的路径。")
    return found


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser driven by Playwright (a development dependency)."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Failure("没有安装 playwright（开发依赖），不能在浏览器里测量。") from None
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=_FLAGS)
        yield browser
        browser.close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files that no cache may keep, so that each page pays for what it loads."""

    protocol_version = "HTTP/1.1"
    # As web servers do: head and body of a small answer would wait for one another otherwise.
    disable_nagle_algorithm = True

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of ``folder`` on this machine."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@dataclass
class Meter:
    """Counts what a page loads: requests, and their bytes as gzip would send them where that is less (the page itself and
    its look left out)."""

    folder: Path
    root: str
    sizes: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    size: int = 0

    def watch(self, page: Any) -> None:
        page.on("request", lambda request: self._count(request.url))

    def _count(self, url: str) -> None:
        path = unquote(urlsplit(url).path)
        if url.startswith(("blob:", "data:")) or path.endswith(_UNCOUNTED):
            return
        name = path[len(urlsplit(self.root).path) :]
        if name not in self.sizes:
            content = (self.folder / name).read_bytes()
            self.sizes[name] = min(len(content), len(gzip.compress(content, 6)))
        self.requests += 1
        self.size += self.sizes[name]

    def take(self) -> tuple[int, int]:
        """Requests and bytes since it was last asked."""
        taken = self.requests, self.size
        self.requests = self.size = 0
        return taken


@dataclass(frozen=True)
class Spread:
    """Median and 95th percentile."""

    median: float
    p95: float


def spread(values: Sequence[float]) -> Spread:
    ordered = sorted(values)
    if not ordered:
        return Spread(0, 0)
    return Spread(
        statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    )


@dataclass(frozen=True)
class Sample:
    """One page: the first result since it was opened, then one query for which nothing is there yet."""

    first: float
    first_size: int
    first_requests: int
    cold: float
    cold_size: int
    cold_requests: int


def open_pages(
    browser: Any,
    client: Client,
    folder: Path,
    root: str,
    queries: Sequence[str],
    throttle: float = 1,
) -> Iterator[Sample]:
    """A fresh page for every query: opened, asked one query, then the next."""
    context = _context(browser, client)
    sizes: dict[str, int] = {}
    for index, query in enumerate(queries):
        page = context.new_page()
        meter = Meter(folder, root, sizes)
        meter.watch(page)
        if throttle > 1:
            _throttle(page, throttle)
        page.goto(root + client.path, wait_until="commit")
        page.wait_for_function(client.ready, timeout=_PATIENCE)
        first = page.evaluate(client.ask, [queries[index - 1], {}])
        requests, size = meter.take()
        cold = page.evaluate(client.ask, [query, {}])
        cold_requests, cold_size = meter.take()
        page.close()
        yield Sample(first["since"], size, requests, cold["time"], cold_size, cold_requests)
    context.close()


def _context(browser: Any, client: Client) -> Any:
    context = browser.new_context()
    context.set_default_timeout(_PATIENCE)
    if client.before:
        context.add_init_script(client.before)
    return context


def _throttle(page: Any, rate: float) -> None:
    """Slow the page down. The worker is a thread of its own, which Chromium does not slow: its part is told apart."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


@dataclass(frozen=True)
class Long:
    """One page that is asked everything: times with the files there, the ids of what was found, memory in bytes."""

    times: list[float]
    found: list[list[Any]]
    memory: int


def ask_all(
    browser: Any, client: Client, root: str, queries: Sequence[str]
) -> Iterator[float | Long]:
    """Ask everything once, then once more with a clock. Yields how far it is, and in the end the result."""
    many = f"async (calls) => {{ const all = []; for (const call of calls) {{ all.push(await ({client.ask})(call)); }} return all; }}"
    context = _context(browser, client)
    page = context.new_page()
    page.goto(root + client.path)
    page.wait_for_function(client.ready)
    found: list[list[Any]] = []
    times: list[float] = []
    step = 20
    for begin in range(0, len(queries), step):
        group = list(queries[begin : begin + step])
        found += [a["ids"] for a in page.evaluate(many, [[q, {"ids": True}] for q in group])]
        times += [a["time"] for a in page.evaluate(many, [[q, {}] for q in group])]
        yield min(1.0, (begin + step) / len(queries))
    memory = renderer_memory(browser, page)
    context.close()
    yield Long(times, found, memory)


def renderer_memory(browser: Any, page: Any) -> int:
    """Memory of the page's process (its share of what is shared), in bytes; 0 where the system does not tell."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [_pss(p["id"]) for p in processes if p["type"] == "renderer"]
    session.detach()
    return max(sizes, default=0)


def _pss(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
