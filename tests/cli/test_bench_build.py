"""``baogao bench build``: the peers build the same reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baogao_cli.bench.build import _PEERS
from tests.builder import ROOT


@pytest.mark.parametrize("peer", sorted(_PEERS))
def test_a_peer_builds_a_page_for_each_report(peer: str, tmp_path: Path) -> None:
    library = tmp_path / "library"
    shutil.copytree(ROOT / "docs/_data", library / "docs/_data")
    reports = ROOT / "docs/reports/2022"
    shutil.copytree(reports, library / "docs/reports/2022")
    line = _PEERS[peer](library, tmp_path / "peer")
    assert line.seconds > 0
    made = {f.stem for f in (tmp_path / "peer/site/reports").rglob("*.html")}
    assert made == {f.stem for f in reports.glob("*.md")}
