"""The scripts that pages load: joined, without comments, and nothing else changed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from baogao.fulltext.build import (
    INFLATE,
    PAGE,
    PAGE_WITH_SERVER,
    WORKER,
    page_script,
    without_comments,
    worker_scripts,
)
from baogao.fulltext.server import Server

SCRIPTS = Path(__file__).parents[2] / "docs/assets/search"


def test_comments_and_casts_go_and_code_stays() -> None:
    script = (
        "// one\n  /** @type {any} */ (window).x = 1;\n/**\n * two\n */\nconst a = /** @type {Element} */ (b);\n"
        'call("http://x"); /* three */\n/* four */ /* five */ y();\n\n'
    )
    assert without_comments(script) == (
        '(window).x = 1;\nconst a = (b);\ncall("http://x"); /* three */\ny();\n'
    )


def test_every_script_is_published_once() -> None:
    there = {file.relative_to(SCRIPTS).with_suffix("").as_posix() for file in SCRIPTS.rglob("*.js")}
    # absent.js stands in for them all where the index cannot be built
    assert there == {*PAGE, *PAGE_WITH_SERVER, *WORKER, *INFLATE, "types", "absent"}
    assert not set(PAGE) & set(WORKER)


@pytest.mark.parametrize("server", [None, Server("/baogao")])
def test_what_pages_load_has_no_comment_left(server: Server | None) -> None:
    script = page_script(SCRIPTS, server)
    assert "/*" not in script.replace("/**/", "")
    assert not [line for line in script.split("\n") if line.startswith("//")]


def test_only_sites_with_a_server_load_what_asks_it() -> None:
    plain, served = page_script(SCRIPTS), page_script(SCRIPTS, Server("/baogao"))
    assert " fetch(" not in plain and "baogao.server" not in plain
    assert " fetch(" in served and served.startswith("(self.baogao")
    own = [name for name in PAGE_WITH_SERVER if name in PAGE]
    assert own == list(PAGE)
    assert len(gzip.compress(served.encode(), 9)) - len(gzip.compress(plain.encode(), 9)) <= 6_500


def test_all_scripts_together_are_small() -> None:
    """What a page loads and the worker: 30 kB as a server sends them. A browser that cannot inflate loads 2 kB more."""
    worker = worker_scripts(SCRIPTS)
    assert len(gzip.compress(worker["inflate"].encode(), 9)) <= 2_000
    whole = (page_script(SCRIPTS), worker["worker"])
    assert sum(len(gzip.compress(script.encode(), 9)) for script in whole) <= 30_000
