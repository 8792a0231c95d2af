"""One line of the table: one search, opened in one way, asked all queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baogao.fulltext.progress import Bar

from .peers import Place
from .search_browser import Client, Long, Spread, ask_all, open_pages, spread
from .search_queries import Query, Score, score


@dataclass(frozen=True)
class Subject:
    """What is asked: the site in ``folder``, by ``client``; ``places`` says what the ids of an answer stand for;
    ``sections`` whether these are sections or pages alone; ``typed`` how a query is written."""

    name: str
    folder: Path
    client: Client
    places: Callable[[Sequence[Any]], list[Place]]
    sections: bool
    typed: Callable[[Query], str]


@dataclass(frozen=True)
class Line:
    """Times in milliseconds, sizes in bytes. ``first`` from opening to the first result, ``cold`` a further query, ``warm``
    a query asked before; ``sections`` is None where only pages are told; ``queries`` how many were asked."""

    name: str
    queries: int
    first: Spread
    first_size: Spread
    first_requests: Spread
    cold: Spread
    size: Spread
    requests: Spread
    warm: Spread
    memory: int
    sections: Score | None
    reports: Score


def measure_line(
    bar: Bar, browser: object, subject: Subject, root: str, queries: Sequence[Query], pages: int, throttle: float = 1,
) -> Line:  # fmt: skip
    """Open ``pages`` pages below the address ``root``, then ask all ``queries`` in one page."""
    client, name = subject.client, subject.name
    typed = [subject.typed(query) for query in queries]
    opened = typed[:: max(1, len(typed) // max(pages, 1))][:pages]
    samples = []
    for sample in open_pages(browser, client, subject.folder, root, opened, throttle):
        samples.append(sample)
        bar.show(f"{name}：逐页打开", len(samples) / len(opened))
    long = Long([], [], 0)
    for progress in ask_all(browser, client, root, typed):
        if isinstance(progress, Long):
            long = progress
        else:
            bar.show(f"{name}：全部查询", progress)
    found = [subject.places(ids) for ids in long.found]
    return Line(
        name,
        len(queries),
        spread([s.first for s in samples]),
        spread([s.first_size for s in samples]),
        spread([s.first_requests for s in samples]),
        spread([s.cold for s in samples]),
        spread([s.cold_size for s in samples]),
        spread([s.cold_requests for s in samples]),
        spread(long.times),
        long.memory,
        score(queries, found, sections=True) if subject.sections else None,
        score(queries, found, sections=False),
    )
