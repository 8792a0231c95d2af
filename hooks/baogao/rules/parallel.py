"""Checking on all cores, where the system can fork."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ..corpus import Corpus, Report
from .catalogue import RULES
from .engine import check_corpus, check_reports, merge
from .finding import Finding

#: Below this many reports starting processes costs more than it saves.
WORTH_IT = 200

_shared: tuple[Corpus, tuple[Report, ...]] | None = None


def check_corpus_parallel(
    corpus: Corpus, only: Iterable[Report] | None = None
) -> tuple[Finding, ...]:
    """The same findings as :func:`~.engine.check_corpus`, found by as many processes as there are cores."""
    chosen = corpus.reports if only is None else tuple(only)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(chosen) < WORTH_IT or cores < 2:
        return check_corpus(corpus, only)
    import multiprocessing  # not to be had in the browser, where this branch is never reached

    global _shared  # noqa: PLW0603 - forked children read the corpus from here instead of having it sent
    _shared = (corpus, chosen)
    try:
        size = -(-len(chosen) // (cores * 4))
        spans = [(at, min(at + size, len(chosen))) for at in range(0, len(chosen), size)]
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            found = [finding for part in pool.imap(_check_span, spans) for finding in part]
    finally:
        _shared = None
    return merge(corpus, chosen, only is None, found, RULES)


def _check_span(span: tuple[int, int]) -> list[Finding]:
    assert _shared is not None
    corpus, chosen = _shared
    return check_reports(corpus, chosen[slice(*span)])
