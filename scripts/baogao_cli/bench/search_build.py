"""Building the index of a library in a process of its own, so that its peak of memory is the build's alone.

:func:`main` (arguments DOCS SITE CACHE SCRIPTS) prints what was measured as JSON; the reports and their folded sections
are left beside the site for the truth (see :func:`.search_queries.read_library`).
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from baogao.corpus import load
from baogao.fulltext.build import build_search, find_tools, page_script
from baogao.fulltext.index import prepare
from baogao.fulltext.progress import Bar

from ..ui import Failure
from .watched import run_watched

PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>检索</title></head>
<body><script src="assets/search/search.js"></script></body></html>
"""


@dataclass(frozen=True)
class Measured:
    """Seconds, bytes, and what there is. ``read`` is reading and parsing the reports, ``segmented`` jieba's part; ``cold`` the
    index alone, ``warm`` the same when nothing changed; ``peak`` in bytes: before the index, and of all with the processes
    that help."""

    reports: int
    sections: int
    characters: int
    files: int
    size: int
    read: float
    segmented: float
    cold: float
    cold_cpu: float
    warm: float
    peak_before: int
    peak: int


def build(docs: Path, site: Path, cache: Path, scripts: Path) -> Measured:
    started = time.perf_counter()
    corpus = load(docs)
    for report in corpus.reports:
        _ = report.sections  # the check has read them before the index is made
    read = time.perf_counter() - started
    with Bar() as bar:
        started = time.perf_counter()
        tools = find_tools(corpus, cache)
        prepared = prepare(corpus, bar.show)
        if tools.segmenter is not None:
            tools.segmenter.starts_of(
                prepared.sections, lambda done, of: bar.show("切词", done / max(of, 1))
            )
        segmented = time.perf_counter() - started
        site.mkdir(parents=True)
        reports = [(document.name, len(document.passages)) for document in prepared.documents]
        told = {"reports": reports, "sections": prepared.sections}
        (site.parent / "sections.json").write_text(json.dumps(told), encoding="utf-8")
        del prepared
        before = peak_memory()
        started, cpu = time.perf_counter(), time.process_time()
        made = build_search(corpus, site, scripts, cache, tools, bar.show)
        cold, cold_cpu = time.perf_counter() - started, time.process_time() - cpu
        peak = peak_memory()
        shutil.rmtree(site / "assets")
        started = time.perf_counter()
        build_search(corpus, site, scripts, cache, tools, bar.show)
        warm = time.perf_counter() - started
    (site / "assets/search").mkdir(parents=True)
    (site / "assets/search/search.js").write_text(page_script(scripts), encoding="utf-8")
    (site / "index.html").write_text(PAGE, encoding="utf-8")
    return Measured(
        made.reports, made.sections, made.characters, made.files, made.size, read, segmented, cold, cold_cpu, warm,
        before, peak,
    )  # fmt: skip


def peak_memory() -> int:
    """The most memory this process has had, in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024


def build_apart(docs: Path, site: Path, cache: Path, scripts: Path) -> Measured:
    """:func:`build` in a new process. Raises :class:`Failure` when that fails; why stands on standard error."""
    command = [
        sys.executable,
        "-c",
        f"from {__name__} import main; main()",
        *map(str, (docs, site, cache, scripts)),
    ]
    ran = run_watched(command, apart=False)
    if ran.code:
        raise Failure("索引没有建成，原因见上。")
    measured = Measured(**json.loads(ran.output))
    return replace(measured, peak=max(measured.peak, ran.peak))


def main() -> None:
    """Measure what the command line names, and print it as JSON."""
    print(json.dumps(asdict(build(*map(Path, sys.argv[1:5])))))
