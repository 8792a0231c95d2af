"""The preview: it warns instead of stopping, shows what was found on the page, and follows edits."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.builder import ROOT, build, copy_project, environment

NAME = "2021/jiguan-shuzhi-fenguan"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


@pytest.fixture
def preview(project: Path) -> Iterator[subprocess.Popen[str]]:
    file = project / f"docs/reports/{NAME}.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        re.sub(r"^## 三、.*$", "## 三、下步工作打祘", text, flags=re.M), encoding="utf-8"
    )
    paths = f"{ROOT / 'hooks'}:{ROOT / 'scripts'}"
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "baogao_cli.main", "serve", "--port", "8391"], cwd=project,
        env={**environment(), "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    yield process
    os.killpg(process.pid, signal.SIGTERM)  # the preview and the MkDocs it started
    process.wait(timeout=30)


def _until(process: subprocess.Popen[str], words: str) -> str:
    """Read what the preview prints until a line has ``words``; the output so far."""
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return "".join(said)
    raise AssertionError("".join(said))


def test_preview(preview: subprocess.Popen[str], project: Path) -> None:
    said = _until(preview, "Serving on")
    address = re.search(r"预览地址：(http://127\.0\.0\.1:\d+/)", said)
    assert address and "必须改 S002" in said

    def page() -> str:
        with urllib.request.urlopen(f"{address[1]}reports/{NAME}.html", timeout=30) as answer:
            return str(answer.read().decode("utf-8"))

    html = page()
    assert '<details class="bg-findings"' in html and "像是“下步工作打算”" in html
    assert "livereload" in html

    file = project / f"docs/reports/{NAME}.md"
    file.write_text(file.read_text(encoding="utf-8").replace("打祘", "打算"), encoding="utf-8")
    _until(preview, "Reloading browsers")
    html = page()
    assert "bg-findings" not in html and "三、下步工作打算" in html
    shown = {}
    built = build(project)
    assert built.code == 0, built.output
    for made in sorted(built.site.rglob("*.html")):
        name = made.relative_to(built.site).as_posix()
        with urllib.request.urlopen(f"{address[1]}{quote(name)}", timeout=30) as answer:
            shown[name] = _bare(answer.read().decode("utf-8"))
        assert shown[name] == _bare(made.read_text(encoding="utf-8")), name
    assert len(shown) > 100


def _bare(html: str) -> str:
    """A page without what only a preview adds; blanks between tags do not count."""
    html = re.sub(r'<details class="bg-findings".*?</details>', "", html, flags=re.S)
    html = re.sub(
        r'<link rel="?canonical[^>]*>|<script[^>]*>[^<]*livereload[^<]*</script>', "", html
    )
    html = re.sub(r"<script src=[^>]*livereload[^>]*></script>", "", html)
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html))
