"""A site whose search asks a server: what the build writes then, and what it says of a wrong address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baogao.fulltext.build import page_script
from baogao.fulltext.server import Server
from baogao_cli.policy import policy, read_site
from tests.builder import ROOT, build, copy_project

KEPT = ("2021/jiguan-shuzhi-fenguan", "2022/jiguan-shuzhi-fenguan")
SCRIPT, INDEX = "assets/search/search.js", "assets/search-index"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = copy_project(tmp_path / "project")
    reports = made / "docs/reports"
    for file in reports.rglob("*.md"):
        if file.relative_to(reports).as_posix()[:-3] not in KEPT:
            file.unlink()
    return made


def put(project: Path, lines: str) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "\nextra:\n" in text
    config.write_text(text.replace("\nextra:\n", f"\nextra:\n{lines}"), encoding="utf-8")


def test_a_site_with_a_server_and_back(project: Path) -> None:
    put(project, "  search:\n    endpoint: http://10.1.2.3:8123/baogao\n    index: false\n")
    done = build(project, "--strict")
    assert done.code == 0, done.output
    scripts = ROOT / "docs/assets/search"
    server = Server("http://10.1.2.3:8123/baogao", index=False)
    assert (done.site / SCRIPT).read_text("utf-8") == page_script(scripts, server)
    assert not (done.site / INDEX).exists()
    assert json.loads((done.site / "baogao.json").read_text("utf-8"))["asks"] == [
        "http://10.1.2.3:8123"
    ]
    assert "connect-src 'self' http://10.1.2.3:8123;" in policy(read_site(done.site))
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text[: text.index("  search:\n")] + text[text.index("  generator:") :], encoding="utf-8")  # fmt: skip
    done = build(project, "--strict")
    assert done.code == 0, done.output
    assert (done.site / SCRIPT).read_text("utf-8") == page_script(scripts)
    assert (done.site / INDEX / "manifest.js").is_file()
    assert "asks" not in json.loads((done.site / "baogao.json").read_text("utf-8"))
    assert "connect-src 'self';" in policy(read_site(done.site))


def test_a_wrong_address_stops_the_build(project: Path) -> None:
    put(project, "  search: {endpoint: '10.1.2.3:8123'}\n")
    done = build(project)
    assert done.code != 0 and "Traceback" not in done.output
    assert "mkdocs.yml 有误：extra.search.endpoint 写的是“10.1.2.3:8123”，不像地址" in done.output
