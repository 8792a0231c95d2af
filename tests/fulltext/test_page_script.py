"""The scripts that pages load: joined, without comments, and nothing else changed."""

from __future__ import annotations

import gzip
from pathlib import Path

from baogao.fulltext.build import (
    INFLATE,
    PAGE,
    WORKER,
    page_script,
    without_comments,
    worker_scripts,
)

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
    assert there == {*PAGE, *WORKER, *INFLATE, "types", "absent"}
    assert not set(PAGE) & set(WORKER)


def test_what_pages_load_has_no_comment_left() -> None:
    script = page_script(SCRIPTS)
    assert "/*" not in script.replace("/**/", "")
    assert not [line for line in script.split("\n") if line.startswith("//")]


def test_all_scripts_together_are_small() -> None:
    """What a page loads and the worker: 30 kB as a server sends them. A browser that cannot inflate loads 2 kB more."""
    worker = worker_scripts(SCRIPTS)
    assert len(gzip.compress(worker["inflate"].encode(), 9)) <= 2_000
    whole = (page_script(SCRIPTS), worker["worker"])
    assert sum(len(gzip.compress(script.encode(), 9)) for script in whole) <= 30_000
