"""All of insight once, in a process of its own: ``python -m baogao_cli.bench.insight_run DOCS CACHE``.

Prints what each part took as JSON: name, seconds by the clock, processor seconds of this process and those it started.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from baogao.corpus import load, open_memo
from baogao.insight import Insight

#: In the order in which the pages ask for them.
PARTS = ("initiatives", "measures", "comparisons", "phrase_changes", "ledger")


def run(docs: Path, cache: Path) -> Iterator[tuple[str, float, float]]:
    """Read the reports of ``docs``, then work out all that pages show of them."""
    began = _now()
    corpus = load(docs).visible
    yield "load", *_since(began)
    began = _now()
    insight = Insight(corpus, open_memo(docs, cache))
    insight.read()
    yield "read", *_since(began)
    for part in PARTS:
        began = _now()
        getattr(insight, part)
        yield part, *_since(began)


def _now() -> tuple[float, float]:
    return time.perf_counter(), sum(os.times()[:4])


def _since(began: tuple[float, float]) -> tuple[float, float]:
    seconds, processor = _now()
    return seconds - began[0], processor - began[1]


if __name__ == "__main__":
    print(json.dumps(list(run(Path(sys.argv[1]), Path(sys.argv[2])))))
