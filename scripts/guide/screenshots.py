"""Make the pictures of docs/guide/submit.md from the site itself.

    python scripts/run.py build && .venv/bin/python scripts/guide/screenshots.py

Needs what the suite needs (Chromium, playwright). The pictures are committed; make them anew when the page looks different.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/assets/guide"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: A picture is looked at beside the text; a heavier one would be felt where the site is opened from a shared folder.
MOST = 60_000
WIDTH, SCALE = 1100, 0.8


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


def sample() -> str:
    """Last year's sample as this year's text, with a few mistakes to show."""
    text = (ROOT / "docs/reports/2023/jiguan-shuzhi-fenguan.md").read_text(encoding="utf-8")
    body = re.sub(r"(?m)^#+ ", "", text.split("\n---\n", 1)[1])
    body = re.sub(r"<!--.*?-->\n*", "", body, flags=re.DOTALL).replace("2023", "2024")
    body = body.replace("，贴在日程本扉页", "，布署到人、贴在日程本扉页", 1).replace(
        "4月", "4~5月", 1
    )
    return f"2024年度抓机关党建工作述职报告\n（2025年1月10日）\n{body}"


def take(page: Page, name: str, start: str, end: str) -> None:
    """A picture from the top of ``start`` to the bottom of ``end``."""
    top = page.locator(start).first.bounding_box()
    bottom = page.locator(end).first.bounding_box()
    assert top and bottom
    scrolled = page.evaluate("scrollY")
    height = bottom["y"] + bottom["height"] - top["y"] + 24
    file = PICTURES / name
    page.screenshot(
        path=file, full_page=True, type="jpeg", quality=45,
        clip={"x": top["x"] - 16, "y": top["y"] + scrolled - 12, "width": top["width"] + 32, "height": min(height, 700)},
    )  # fmt: skip
    size = file.stat().st_size
    print(f"{name}: {size:,}")
    assert size <= MOST, f"{name} is too heavy: {size}"


def main(site: Path) -> None:
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": 900}, locale="zh-CN", device_scale_factor=SCALE
        )
        page.goto(f"http://127.0.0.1:{server.server_port}/self-check.html")
        page.locator("#bg-selfcheck[data-ready]").wait_for(timeout=120_000)
        page.evaluate(
            "baogao.selfcheckFacts.forge = {kind: 'github', url: 'https://github.com/office/library', branch: 'main', docs: 'docs'}"
        )
        page.set_input_files(
            "#bg-sc-file",
            {"name": "局机关党委分管领导2024年述职报告.txt", "mimeType": "text/plain", "buffer": sample().encode()},
        )  # fmt: skip
        page.locator(".bg-sc-result:not([hidden])").wait_for()
        page.evaluate("document.querySelector('.md-header').style.display = 'none'")
        page.evaluate("document.activeElement.blur()")
        take(page, "self-check-file.jpg", "section[aria-label=选报告]", ".bg-sc-verdict")
        take(
            page,
            "self-check-findings.jpg",
            "section:has(> h3:text('报告的样子'))",
            ".bg-sc-row:nth-child(6)",
        )
        page.locator("details.bg-sc-forge summary").click()
        page.evaluate("document.activeElement.blur()")
        take(
            page,
            "self-check-hand-in.jpg",
            "section[aria-label=交报告]",
            "section[aria-label=交报告]",
        )
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")
