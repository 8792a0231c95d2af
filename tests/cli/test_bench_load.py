"""Load: addresses are mixed and the same each time; for a minute no reader gets an error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baogao_cli.bench.load import addresses
from baogao_cli.nginx import find_nginx
from tests.builder import ROOT, build, copy_project, environment


def test_pages_and_shards_mixed(tmp_path: Path) -> None:
    for name in ("index.html", "reports/一.html", "assets/search-index/t-0.js", "a.css", "a.css.gz", "404.html", "r.docx"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    drawn = addresses(tmp_path)
    assert drawn == addresses(tmp_path)
    assert set(drawn) == {"/index.html", "/reports/%E4%B8%80.html", "/assets/search-index/t-0.js", "/a.css", "/r.docx"}  # fmt: skip
    assert drawn.count("/assets/search-index/t-0.js") > 1000 < drawn.count("/index.html")


@pytest.mark.long
def test_a_minute_without_an_error(tmp_path: Path) -> None:
    if find_nginx() is None or shutil.which("wrk") is None:
        pytest.skip("没有找到 nginx 和 wrk：Debian 上 apt install nginx-light wrk")
    project = copy_project(tmp_path / "project")
    (project / "scripts").symlink_to(ROOT / "scripts")
    assert build(project).code == 0
    paths = os.pathsep.join(str(project / part) for part in ("hooks", "scripts"))
    done = subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", "bench", "load", "--seconds", "60"], cwd=project, timeout=200,
        env={**environment(), "PYTHONPATH": paths}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "没有一次出错" in done.stdout
