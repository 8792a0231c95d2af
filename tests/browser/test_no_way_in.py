"""Whatever is written in reports, names, data files, addresses or the browser's own storage: nothing of it runs, nothing leaves.

The site of ``tests/hostile.py`` twice: behind a server that sends the policy of ``baogao deploy nginx``, where a policy would have to stop
nothing because nothing is alive, and from a folder, where no policy would stop anything.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import http.server
import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from baogao import build as builds
from baogao_cli.plain_tree import write_tree
from baogao_cli.policy import SELF_CHECK, policy, read_site
from tests.builder import STOPS, Built, build
from tests.hostile import (
    HARM,
    HOST,
    IMAGE,
    MOVED,
    ODD,
    PAYLOADS,
    SCHEME,
    SERIES,
    TARGETS,
    WITHDRAWN,
    build_hostile,
    dangers,
    hostile_project,
)
from tests.rehearsed import facts

from .conftest import Watch
from .test_nginx import page_types

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
WRITTEN = IMAGE.replace("<", "&lt;").replace(">", "&gt;")
REPORT = f"reports/{SERIES[2]}.html"
#: Says so whenever a payload runs, also in a frame or before the page is there; and whatever a policy had to stop.
TRAP = """
Object.defineProperty(window, "harm", { set() { console.error("HARM " + document.URL); } });
document.addEventListener("securitypolicyviolation", e => console.error("POLICY " + e.violatedDirective + " " + e.blockedURI));
"""
#: What of the payloads is alive in the page as it is now, after its own scripts had their way.
ALIVE = f"""() => [...document.querySelectorAll("*")].flatMap((e) => [
  ...[...e.attributes].filter((a) => /^on/i.test(a.name) || (
    ["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "ping"].includes(a.name)
      && /^(javascript|vbscript|data|file):/i.test(a.value.replace(/[\\x00-\\x20]/g, ""))
      && !/^file:/.test(location.href))),
  ...(e.matches("iframe, object, embed, base, frame, img:not([src^='assets/']):not([src^='../assets/'])") ? [e] : []),
  ...(e.localName !== "a" && ["src", "href", "action", "data"].some((name) => (e.getAttribute(name) || "").includes("{HOST}")) ? [e] : []),
  ...(e.style && /{re.escape(HOST)}/.test(e.style.cssText) ? [e] : []),
]).map((found) => found.name ? found.name + "=" + found.value : found.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def hostile(vendored: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build_hostile(hostile_project(tmp_path_factory.mktemp("hostile") / "library", vendored))
    assert built.code == 0, built.output[-3000:]
    return built


class _Guarded(http.server.SimpleHTTPRequestHandler):
    """Sends the policy as nginx does."""

    said: dict[bool, str]

    def end_headers(self) -> None:
        asked = self.path.startswith(SELF_CHECK)
        self.send_header("Content-Security-Policy", self.said[asked])
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with contextlib.suppress(
            BrokenPipeError, ConnectionResetError
        ):  # a page left before it was there
            super().copyfile(source, outputfile)


@pytest.fixture(scope="module")
def guarded(hostile: Built) -> Iterator[str]:
    inline = read_site(hostile.site)
    handler = type("Handler", (_Guarded,), {"said": {w: policy(inline, w) for w in (False, True)}})
    made = functools.partial(handler, directory=str(hostile.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), made)
    threading.Thread(target=server.serve_forever, args=[STOPS], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["policy", "folder"])
def base(request: pytest.FixtureRequest, hostile: Built, guarded: str) -> str:
    return guarded if request.param == "policy" else hostile.site.as_uri() + "/"


class Trap:
    """A page in which nothing may happen that the site itself does not do."""

    def __init__(self, context: BrowserContext, page: Page, watch: Watch, base: str) -> None:
        self.page, self.watch, self.base = page, watch, base
        self.events: list[str] = []
        context.add_init_script(TRAP)
        page.on("dialog", lambda d: (self.events.append(f"dialog {d.message}"), d.dismiss()))
        page.on("popup", lambda p: self.events.append(f"popup {p.url}"))
        page.on("frameattached", lambda f: self.events.append(f"frame {f.url}"))

    def open(self, address: str) -> None:
        self.page.goto(self.base + address)

    def untouched(self, where: str) -> None:
        """Nothing ran, nothing was asked of anybody else, nothing alive is in the page, and it is where it was."""
        assert self.watch.complaints == [], where
        assert self.events == [], where
        assert self.page.evaluate(ALIVE) == [], where
        foreign = [u for u in self.watch.requests if not u.startswith((self.base, "blob:", "data:"))]  # fmt: skip
        assert foreign == [], where
        assert self.page.url.startswith(self.base), where


@pytest.fixture
def trap(context: BrowserContext, page: Page, watch: Watch, base: str) -> Trap:
    return Trap(context, page, watch, base)


# What is written


def test_every_page_as_it_is_written(hostile: Built) -> None:
    """All pages: no payload is more than text, and each kind of page has one that is."""
    found = {}
    reached = set()
    for file in hostile.site.rglob("*.html"):
        name = file.relative_to(hostile.site).as_posix()
        html = file.read_text(encoding="utf-8")
        if alive := dangers(html):
            found[name] = alive
        if WRITTEN in html:
            reached.add(name.split("/")[0] if "/" in name else name)
    assert found == {}
    kinds = {"reports", "years", "units", "kinds", "ledger", "compare", "figures", "initiatives", "phrases", "volumes", "index.html"}  # fmt: skip
    assert kinds - reached == set()
    texts = (hostile.site / REPORT).read_text(encoding="utf-8")
    assert "{{ 7*7 }}{% set harm" in texts and "检查结果" in texts
    assert (hostile.site / f"reports/{ODD}.html").is_file()
    assert (hostile.site / f"reports/{SCHEME}.html").is_file()
    withdrawn = (hostile.site / f"reports/{WITHDRAWN}.html").read_text(encoding="utf-8")
    assert WRITTEN in withdrawn
    assert not list(hostile.site.rglob("*.txt")) or all("onerror" not in f.name for f in hostile.site.rglob("*.txt"))  # fmt: skip


def test_no_other_builder_makes_more_of_it(hostile: Built, tmp_path: Path) -> None:
    """What ``baogao prepare`` writes of it, built by Zensical, is the same page by page: neither Markdown nor templates read any of it."""
    made = builds.begin(hostile.project / "docs", True, hostile.project / ".cache/baogao")
    made.ran.append("check")
    write_tree(made, hostile.project, tmp_path / "tree", print)
    built = build(tmp_path / "tree", "--strict", program="zensical")
    assert built.code == 0, built.output
    ours, theirs = facts(hostile.site), facts(built.site)
    assert set(ours) == set(theirs) and f"reports/{ODD}.html" in ours
    for name, page in ours.items():
        assert page.article == theirs[name].article, name
        assert (page.title, page.contents) == (theirs[name].title, theirs[name].contents), name
        assert dangers((built.site / name).read_text(encoding="utf-8")) == [], name


def test_dangers_are_seen() -> None:
    """What the test above looks for, it finds: each payload alone, alive."""
    # The others are harmless as HTML: they break out of other things, or would have to be decoded twice.
    for payload in PAYLOADS:
        live = "<p>" + payload
        if payload.lstrip("\"'").startswith((">", "<", "-", "]", "\u202e")) or "<img" in payload:
            assert dangers(live), payload
    assert dangers(f'<p title="{PAYLOADS[7]}">') and dangers(f"<p title='{PAYLOADS[8]}'>")
    for target in TARGETS[:9]:
        assert dangers(f'<a href="{target}">') or "blob" in target, target
    assert dangers(f"<p>{IMAGE.replace('<', '&lt;')}</p>") == []


def test_every_kind_of_page(trap: Trap, hostile: Built) -> None:
    names = page_types(hostile.site)
    assert len(names) >= 30
    for name in {*names, f"reports/{ODD}.html", f"reports/{SCHEME}.html"}:
        trap.open(quote(name))
        assert trap.page.locator("h1").first.is_visible(), name
        trap.untouched(name)


def test_links_lead_where_they_say(trap: Trap) -> None:
    """From the report before it to the one called javascript:…, and back to one that moved."""
    trap.open(f"reports/{SERIES[-1]}.html")
    trap.page.locator(".bg-next a").click()
    trap.page.wait_for_url("**/javascript:*.html")
    trap.untouched("a report called like a script")
    trap.open(f"reports/{MOVED}.html?next=//{HOST}/&h={quote(IMAGE)}#{quote(IMAGE)}")
    trap.page.wait_for_url(lambda url: f"/{SERIES[-1]}.html" in url)
    trap.untouched("moved")


def test_search_finds_it_and_shows_it(trap: Trap) -> None:
    """Results, facets, suggestions, the page of an initiative, marks in a report; and the list of hits as a table holds no formula."""
    page = trap.page
    trap.open("search.html?q=onerror")
    expect(page.locator(".bg-hit").first).to_contain_text("<img src=")
    trap.untouched("results")
    page.locator(".bg-facets summary, details summary").first.evaluate_all("all => all.forEach(e => e.click())")  # fmt: skip
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("CSV")).first.click()
    assert_no_formula(Path(waiting.value.path()).read_bytes(), "检索清单")
    trap.open("search.html?q=" + quote("深入基层不够" + IMAGE))
    expect(page.locator(".bg-outcome, .bg-results").first).to_be_visible()
    trap.untouched("initiative")
    page.locator("header").get_by_role("button", name="搜索").click()
    for words in ("shenru", "深入基层", "<img", "局<img src"):
        box = page.get_by_role("combobox", name="检索历年报告")
        box.fill("")
        page.keyboard.type(words)
        expect(page.get_by_role("option").first).to_be_visible()
        trap.untouched(f"suggestions for {words}")
    page.keyboard.press("Escape")
    trap.open(f"{REPORT}?h=onerror&h=" + quote(IMAGE))
    expect(page.locator(".bg-hit-mark").first).to_be_visible()
    page.get_by_role("button", name="下一处").click()
    trap.untouched("marks")


# Addresses

EVERY = quote("".join(PAYLOADS))
ADDRESSES = (
    *(f"search.html?q={quote(payload)}&{facet}={quote(payload)}#{quote(payload)}"
      for payload, facet in zip(PAYLOADS[:10], ("year", "unit", "kind", "part", "role", "sort", "n", "syn", "h", "__proto__"), strict=True)),
    f"search.html?q={'党' * 5000}", f"search.html?q={EVERY}&n=1e99&sort={EVERY}&syn={EVERY}", "search.html?q=%E0%A4%A&year=%FF#%",
    f"search.html?year={EVERY}&unit=__proto__&kind=constructor&part=toString", f"search.html?q[]={EVERY}&__proto__[harm]=1",
    f"{REPORT}?h={quote(IMAGE)}&h={EVERY}#{quote(IMAGE)}", f"{REPORT}?" + "&".join(f"h={quote(p)}" for p in PAYLOADS * 3),
    f"{REPORT}#javascript:{HARM}", f"{REPORT}#\"><img src=x onerror={HARM}>", f"{REPORT}#__proto__", f"{REPORT}?h=%00%E0%A4%A#%00",
    *(f"{table}?{quote(column)}={EVERY}&{quote('含有')}={quote(IMAGE)}&{quote('排序')}={quote(IMAGE)}%E2%86%93#{quote(IMAGE)}"
      for table, column in (("ledger/index.html", "状态"), ("compare/index.html", "单位"), ("figures/jiguan.html", "指标"), ("phrases/2023.html", "词"))),
    f"ledger/index.html?{quote('排序')}=__proto__%E2%86%91&__proto__=1", f"self-check.html?file={quote(TARGETS[0])}#{EVERY}",
    f"index.html?url=//{HOST}/&redirect=javascript:{HARM}#{EVERY}", f"404.html?{EVERY}#{EVERY}",
)  # fmt: skip


def test_addresses(trap: Trap) -> None:
    for address in ADDRESSES:
        if address.startswith("404") and trap.base.startswith("file"):
            continue  # its links begin at the root of a server
        trap.open(address)
        if address.startswith("search.html") and "q=" in address:
            expect(trap.page.locator("[role=status]").first).not_to_be_empty()
        trap.untouched(address[:120])


# Storage


def excerpt(**changes: Any) -> dict[str, Any]:
    return {"text": IMAGE, "title": IMAGE, "unit": IMAGE, "year": IMAGE, "url": f"{REPORT}#{IMAGE}", **changes}  # fmt: skip


def test_what_the_browser_kept(trap: Trap, context: BrowserContext) -> None:
    """摘录 and settings that somebody, or an older program, filled with anything at all."""
    kept = [
        *(excerpt(url=target, text=payload, title=payload) for target, payload in zip(TARGETS, PAYLOADS, strict=False)),
        excerpt(url=f"//{HOST}/x"), excerpt(url=1), excerpt(text=None), None, 3, [], {"__proto__": {"harm": 1}},
    ]  # fmt: skip
    stored = {"baogao.excerpts": json.dumps(kept), "baogao.size": f'"><img src=x onerror={HARM}>'}
    context.add_init_script(f"for (const [k, v] of Object.entries({json.dumps(stored)})) {{ localStorage.setItem(k, v); }}")  # fmt: skip
    page = trap.page
    trap.open(REPORT)
    page.locator("header").get_by_role("button", name=re.compile("摘录")).click()
    panel = page.get_by_role("dialog", name="摘录")
    expect(panel.locator("blockquote").first).to_have_text(IMAGE)
    trap.untouched("摘录")
    # Each leads into the site, whatever it says.
    links = panel.locator("a").evaluate_all("all => all.map(a => a.href)")
    assert len(links) >= len(TARGETS) and all(link.startswith(trap.base) for link in links)
    panel.get_by_role("button", name="复制全部（带出处）").click()
    expect(panel.locator("[role=status]")).to_contain_text("已复制")
    trap.untouched("copied")
    stored["baogao.excerpts"] = '{"length": 2, "0": "<img>"}'
    for broken in ('{"length": 2}', "[[", '"<img>"', "null", "\u2028"):
        page.evaluate("v => localStorage.setItem('baogao.excerpts', v)", broken)
        page.evaluate("window.dispatchEvent(new StorageEvent('storage', { key: 'baogao.excerpts' }))")  # fmt: skip
        trap.untouched(broken)


# Files to take away


def assert_no_formula(content: bytes, name: str) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) > 1, name
    assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@＝＋－＠\t\r\n"))] == [], name  # fmt: skip


def test_tables_hold_text_and_no_formula(hostile: Built) -> None:
    tables = sorted(hostile.site.rglob("*.csv"))
    books = sorted(hostile.site.rglob("*.xlsx"))
    assert tables and books
    for file in tables:
        assert_no_formula(file.read_bytes(), file.name)
    for file in books:
        with zipfile.ZipFile(file) as parts:
            names = parts.namelist()
        assert not [name for name in names if "externalLink" in name or "macro" in name.lower() or name.endswith("sheet1.xml.rels")]  # fmt: skip
        for sheet in openpyxl.load_workbook(file).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []  # fmt: skip


def test_word_files_hold_text(hostile: Built) -> None:
    """Well-formed, with no field but page numbers and contents, no macro, and nothing that Word would fetch."""
    files = sorted(hostile.site.rglob("reports/**/*.docx"))
    assert len(files) == 8
    for file in files:
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                assert not name.startswith(("/", "..")) and "vba" not in name.lower()
                content = parts.read(name)
                if name.endswith((".xml", ".rels")):
                    root = ElementTree.fromstring(content)
                    outside = [e.get("Target") for e in root.iter() if e.get("TargetMode") == "External"]  # fmt: skip
                    assert outside == [], file.name
                    told = "".join(e.text or "" for e in root.iter() if e.tag.endswith("}instrText"))  # fmt: skip
                    assert re.fullmatch(r"( ?(PAGE|TOC|PAGEREF)\b[^A-Z]*)*", told), (
                        file.name,
                        told,
                    )
