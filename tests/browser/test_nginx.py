"""The site behind a real nginx with the project's configuration, in a real Chromium that obeys its policy."""

from __future__ import annotations

import gzip
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from baogao.corpus import load
from baogao_cli.nginx import find_nginx, serving
from baogao_cli.policy import policy, read_site
from baogao_cli.switching import compress
from tests.builder import MOVED, NOW, ROOT, WITHDRAWN, Built

from .conftest import Watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
READY = 120_000


@pytest.fixture(scope="module")
def site(equipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, compressed, with two files no build makes: what an old nginx does not know, and what an intruder might leave."""
    if find_nginx() is None:
        pytest.skip("没有找到 nginx：Debian 上 apt install nginx-light")
    site = tmp_path_factory.mktemp("served") / "网站 (2)"
    shutil.copytree(equipped.site, site)
    compress(site)
    (site / "assets/module.mjs").write_text("export const one = 1;\n", encoding="utf-8")
    (site / ".hidden").write_text("藏\n", encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def nginx(site: Path, equipped: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    corpus = load(equipped.project / "docs").visible
    with serving(site, tmp_path_factory.mktemp("nginx"), ROOT, corpus) as address:
        yield address


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body, no redirect followed."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay)
    request = urllib.request.Request(
        address, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def one(site: Path, pattern: str) -> str:
    """The address of the first file like ``pattern``."""
    return next(f.relative_to(site).as_posix() for f in sorted(site.glob(pattern)))


def test_headers_on_every_answer(nginx: str, site: Path) -> None:
    for name in ("index.html", f"reports/{NOW}.html", "assets/baogao.css", "no-such-page.html"):
        _, headers, _ = ask(nginx + name)
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["X-Frame-Options"] == "SAMEORIGIN", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self' 'sha256-"
        )
        assert "wasm" not in headers["Content-Security-Policy"], name
        assert "unsafe-inline" not in headers["Content-Security-Policy"], name
        assert headers["Server"] == "nginx", name
    for name in ("self-check.html", "assets/selfcheck/worker.js"):
        assert "'wasm-unsafe-eval'" in ask(nginx + name)[1]["Content-Security-Policy"]


def test_what_has_its_hash_in_its_name_is_kept_and_all_else_is_asked_about(
    nginx: str, site: Path
) -> None:
    kept = (
        one(site, "assets/stylesheets/main.*.min.css"), one(site, "assets/javascripts/bundle.*.min.js"),
        one(site, "assets/search-index/columns-*.js"), one(site, "assets/selfcheck/pyodide-*/pyodide.asm.wasm"),
    )  # fmt: skip
    for name in kept:
        assert ask(nginx + name)[1]["Cache-Control"] == "max-age=31536000, immutable", name
    asked = (
        "index.html", "assets/search-index/manifest.js", "assets/search/search.js", "assets/baogao.css",
        "assets/selfcheck/worker.js", f"reports/{NOW}.docx", "baogao.json",
    )  # fmt: skip
    for name in asked:
        code, headers, _ = ask(nginx + name)
        assert (code, headers["Cache-Control"]) == (200, "no-cache"), name
        again = ask(nginx + name, If_None_Match=headers["ETag"])
        assert again[0] == 304 and again[2] == b"", name


def test_types(nginx: str, site: Path) -> None:
    for name, kind in {
        "index.html": "text/html; charset=utf-8",
        "assets/module.mjs": "text/javascript; charset=utf-8",
        one(site, "assets/selfcheck/pyodide-*/*.wasm"): "application/wasm",
        "assets/baogao.css": "text/css; charset=utf-8",
        f"reports/{NOW}.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }.items():
        assert ask(nginx + name)[1]["Content-Type"] == kind, name
    assert "javascript" in ask(nginx + "assets/reading.js")[1]["Content-Type"]


def test_compressed_copies_are_sent(nginx: str, site: Path) -> None:
    name = f"reports/{NOW}.html"
    _, headers, body = ask(nginx + name, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip" and headers["Vary"] == "Accept-Encoding"
    assert body == (site / f"{name}.gz").read_bytes()
    assert gzip.decompress(body) == ask(nginx + name)[2] == (site / name).read_bytes()


def test_what_is_not_there_and_what_is_nobodys_business(nginx: str) -> None:
    for name in (
        "no-such-page.html",
        "reports/",
        "assets/",
        "reports/2022/",
        ".hidden",
        "404.html",
    ):
        code, _, body = ask(nginx + name)
        assert code == 404, name
        assert "<h1>404" in body.decode("utf-8"), name
    assert ask(nginx + "years/")[0] == 200
    code, headers, _ = ask(nginx + "years")
    assert (code, headers["Location"]) == (301, "/years/")
    for escape in ("..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd"):
        assert ask(nginx + escape)[0] in (400, 404), escape


def test_an_old_address_leads_on(nginx: str) -> None:
    code, headers, _ = ask(f"{nginx}reports/{MOVED}.html?h=1")
    assert (code, headers["Location"]) == (301, f"/reports/{NOW}.html?h=1")
    assert headers["Cache-Control"] == "no-cache"


def test_only_the_intranet(site: Path, equipped: Built, tmp_path: Path) -> None:
    """Without the line that lets this machine in, nobody gets in from it: all other addresses are refused."""
    project = tmp_path / "project"
    shutil.copytree(ROOT / "scripts/deploy", project / "scripts/deploy")
    config = project / "scripts/deploy/nginx.conf"
    text = config.read_text(encoding="utf-8")
    assert text.count("allow 127.0.0.0/8;") == 1
    config.write_text(text.replace("allow 127.0.0.0/8;", ""), encoding="utf-8")
    corpus = load(equipped.project / "docs").visible
    with serving(site, tmp_path / "nginx", project, corpus) as address:
        for name in ("", "index.html", "assets/baogao.css", "assets/module.mjs", "years/"):
            code, _, body = ask(address + name)
            assert code == 403 and "报告库" not in body.decode("utf-8"), name


# In Chromium


@pytest.fixture
def guarded(context: BrowserContext) -> BrowserContext:
    """Everything a policy stops is an error on the console."""
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error('POLICY ' + e.violatedDirective + ' ' + e.blockedURI));"
    )
    return context


def page_types(site: Path) -> list[str]:
    """Of each kind of page a few: all at the top, of every folder its index and the two largest pages."""
    names = {file.name for file in site.glob("*.html")} - {"404.html", "evil.html"}
    for folder in (folder for folder in site.iterdir() if folder.is_dir()):
        pages = sorted(folder.rglob("*.html"), key=lambda file: (-file.stat().st_size, file))
        chosen = [file for file in pages if file.name == "index.html"] + pages[:2]
        names |= {file.relative_to(site).as_posix() for file in chosen}
    return sorted(names | {f"reports/{WITHDRAWN}.html", "guide/rules.html"})


def test_no_page_type_breaks_the_policy(
    nginx: str, site: Path, guarded: BrowserContext, page: Page, watch: Watch
) -> None:
    names = page_types(site)
    kinds = {name.split("/")[0] for name in names}
    assert {"index.html", "search.html", "self-check.html", "reports", "years", "units", "kinds", "guide", "compare", "ledger", "figures", "initiatives", "volumes", "phrases"} <= kinds  # fmt: skip
    for name in names:
        page.goto(nginx + name)
        expect(page.locator("h1").first).to_be_visible()
        # The theme's inline script has run: without it links and the colours of the page go wrong.
        assert page.evaluate("typeof __md_scope") == "object", name
        assert watch.complaints == [], name


def test_work_under_the_policy(
    nginx: str, guarded: BrowserContext, page: Page, watch: Watch
) -> None:
    """Search in its worker, marks in a report, a table sorted and filtered, a list taken away, an old address."""
    page.goto(f"{nginx}search.html?q=双报到")
    expect(page.locator("mark").first).to_be_visible()
    with page.expect_download():
        page.get_by_role("button", name=re.compile("CSV")).first.click()
    page.goto(f"{nginx}reports/{NOW}.html?h=党建")
    expect(page.locator(".bg-text mark").first).to_be_visible()
    page.goto(nginx + "ledger/index.html")
    page.locator("th[data-sort] button").first.click()
    page.goto(f"{nginx}reports/{MOVED}.html")
    expect(page).to_have_url(f"{nginx}reports/{NOW}.html")
    assert watch.complaints == []


def test_python_runs_on_the_self_check_page(
    nginx: str, guarded: BrowserContext, page: Page, watch: Watch
) -> None:
    page.goto(nginx + "self-check.html")
    page.locator("#bg-selfcheck[data-ready]").wait_for(timeout=READY)
    text = (ROOT / "docs/reports/2022/zhian-shuzhi-zhibu.md").read_bytes()
    page.set_input_files(
        "#bg-sc-file",
        {"name": "zhian-shuzhi-zhibu.md", "mimeType": "text/markdown", "buffer": text},
    )
    expect(page.locator(".bg-outcome")).to_have_text(re.compile("检查完了"))
    assert watch.complaints == []


def test_what_the_policy_does_not_know_does_not_run(
    nginx: str, site: Path, guarded: BrowserContext, page: Page, watch: Watch
) -> None:
    (site / "evil.html").write_text(
        "<!DOCTYPE html><title>好</title><h1>好</h1><script>document.title = '坏';</script>"
        "<img src=x onerror=\"document.title='坏'\"><a href=\"javascript:document.title='坏'\">点</a>"
        "<script src='http://127.0.0.1:9/x.js'></script>",
        encoding="utf-8",
    )
    page.goto(nginx + "evil.html")
    page.get_by_text("点").click()
    expect(page).to_have_title("好")
    stopped = [said for said in watch.complaints if said.startswith("POLICY")]
    assert any("script-src-elem inline" in said for said in stopped)
    assert any("script-src-attr inline" in said for said in stopped)
    assert any("127.0.0.1:9" in said for said in stopped)
    # Nor may a page but 自查投稿 compile WebAssembly.
    (site / "assets/compile.js").write_text(
        "WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(() => { document.title = '坏'; }, () => { document.title = '拦住'; });",
        encoding="utf-8",
    )
    (site / "evil.html").write_text(
        "<!DOCTYPE html><title>好</title><script src='assets/compile.js'></script>",
        encoding="utf-8",
    )
    page.goto(nginx + "evil.html")
    expect(page).to_have_title("拦住")


def test_the_policy_is_that_of_the_pages(site: Path) -> None:
    inline = read_site(site)
    assert 3 < len(inline.scripts) < 20
    said = policy(inline)
    assert all(hash_ in said for hash_ in inline.scripts)
