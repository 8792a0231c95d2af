"""One build of the site: the corpus all hooks share, what the check found, and the mark that proves it ran."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import __version__
from .corpus import Corpus, Report, Study, load, open_memo, replace_file, shown_path
from .corpus.lengths import LENGTHS, recall_lengths
from .corpus.load import DATA, REPORTS, check_lists
from .corpus.memo import digest_of
from .fulltext.passages import SECTIONS
from .insight import Insight
from .later import LATER, Task
from .output import MARK, Output
from .pages import LateDownload, LatePage, Page
from .rules import Finding
from .rules.baseline import judge, load_baseline
from .rules.engine import CONFIDENTIAL
from .rules.parallel import check_corpus_parallel, findings_study, remembered

#: In the mark: hosts beside their own that pages ask.
ASKS = "asks"
#: What shapes a site besides the project's own files.
_PROGRAMS = (
    "mkdocs",
    "mkdocs-material",
    "pymdown-extensions",
    "markdown",
    "jinja2",
    "pyyaml",
    "properdocs",
)


#: Seconds after the pages of a preview are there until what the build before it left is looked for.
_IDLE = 3.0


@dataclass
class Build:
    """``serving`` is true for a preview; ``ran`` collects the names of the hooks that did their work."""

    corpus: Corpus
    findings: tuple[Finding, ...]
    serving: bool
    insight: Insight
    cache: Path | None = None
    base: str = ""
    ran: list[str] = field(default_factory=list)
    #: Hosts beside their own that pages ask; web servers must allow it.
    asks: list[str] = field(default_factory=list)
    #: Whether what no page shows can wait; then what stands in ``waiting`` is done after the last hook.
    delays: bool = False
    waiting: list[Task] = field(default_factory=list)
    _outputs: dict[Path, Output] = field(default_factory=dict)

    def output(self, site: Path) -> Output:
        """What is written into ``site`` beside the work of the site generator."""
        if site not in self._outputs:
            self._outputs[site] = Output.open(site, self.cache, self.base)
        return self._outputs[site]

    def page_key(self, page: Page | LatePage | LateDownload, frames: str) -> str:
        """What a page filled into one of ``frames`` depends on; empty where that cannot be told."""
        own = repr(page) if isinstance(page, Page) else page.key
        if not own:
            return ""
        return self.file_key(f"{frames}\0{own}")

    def file_key(self, own: str) -> str:
        """What a file depends on: what it says itself (empty: that cannot be told), data files and program."""
        if not own:
            return ""
        content = f"{self.insight.memo.signature}\0{own}"
        return digest_of(content.encode("utf-8", "surrogatepass"))

    def findings_of(self, path: str) -> tuple[Finding, ...]:
        return tuple(self._by_path.get(path, ()))

    @cached_property
    def _by_path(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.path, []).append(finding)
        return found


_builds: dict[str, Build] = {}


def begin(docs: Path, serving: bool, cache: Path | None = None) -> Build:
    """Start a build: read the corpus once (what did not change since the last build is kept) and check it.

    ``cache`` is where what was found in each report is remembered. Raises :class:`~.corpus.DataError` when a data file is wrong.
    """
    key = str(docs.resolve())
    previous = _builds.get(key)
    LATER.stop()
    # Hardly anything a build makes is garbage before its end, and each collection looks through millions of objects.
    gc.disable()
    corpus = load(docs, previous.corpus if previous else None)
    check_lists(corpus, docs)
    entries = load_baseline(docs / DATA, f"{shown_path(docs)}/{DATA}")
    memo = open_memo(docs, cache, previous.insight.memo if previous else None)
    insight = Insight(corpus.visible, memo)
    # One pass through the reports for all that is asked of them.
    seen = corpus.visible.reports
    studies: list[tuple[Study[Any], Sequence[Report]]] = [
        (findings_study(corpus), remembered(corpus, corpus.reports, memo)), (LENGTHS, seen)
    ]  # fmt: skip
    if find_spec("numpy"):  # without there is no index
        studies.append((SECTIONS, seen))
    insight.read(studies)
    recall_lengths(memo, seen)
    judged = judge(check_corpus_parallel(corpus, memo=memo), entries or (), CONFIDENTIAL, ())
    build = Build(corpus, judged.new, serving, insight, cache, base_of(docs))
    # The first pages of a preview are shown with all there is, so that nothing is missing; after an edit pages come first.
    build.delays = serving and previous is not None and LATER.is_to_be_had()
    if previous is not None:
        build._outputs.update(previous._outputs)
    _builds[key] = build
    return build


def base_of(docs: Path) -> str:
    """A name for all a site of ``docs`` depends on beside its reports: other pages, assets, data, configuration, program."""
    digest = hashlib.blake2b(digest_size=16)
    for name in _PROGRAMS:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    digest.update((docs.parent / "mkdocs.yml").read_bytes())
    for folder in (docs, Path(__file__).resolve().parents[1]):
        for directory, folders, names in os.walk(folder):
            here = Path(directory)
            folders[:] = sorted(
                f for f in folders if f != "__pycache__" and here / f != docs / REPORTS
            )
            for file in (here / name for name in sorted(names)):
                inner = file.relative_to(folder).as_posix()
                digest.update(f"{inner}\0".encode("utf-8", "surrogateescape") + file.read_bytes())
    return digest.hexdigest()


def current(docs: Path) -> Build:
    """The build under way for ``docs``. Raises LookupError when none was begun (the check hook is missing)."""
    return _builds[str(docs.resolve())]


def write_mark(site: Path, build: Build, prepared: bool = False) -> None:
    """Leave the mark in the built site: which hooks ran, on which reports. The last thing a build does.

    ``prepared``: what is in ``site`` is for another builder still, which puts the mark into its site as it is.
    """
    gc.enable()
    if build.serving:
        collecting = threading.Timer(_IDLE, gc.collect)
        collecting.daemon = True
        collecting.start()
    written = build.output(site).close()
    digest = hashlib.sha256()
    for report in build.corpus.visible.reports:
        digest.update(report.name.encode())
        digest.update(report.source.text.encode())
    content = {
        "program": "baogao",
        "version": __version__,
        "hooks": build.ran,
        "reports": len(build.corpus.visible.reports),
        "corpus": digest.hexdigest(),
        "written": written,
        **({"prepared": True} if prepared else {}),
    }
    if build.asks:
        content[ASKS] = build.asks
    replace_file(site / MARK, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    LATER.start(build.waiting)


def asked_hosts(site: Path) -> list[str]:
    """The hosts beside their own that the pages of ``site`` ask, by its mark."""
    hosts = _read_mark(site).get(ASKS)
    return [str(host) for host in hosts] if isinstance(hosts, list) else []


def missing_hooks(site: Path, expected: Iterable[str]) -> list[str]:
    """The hooks of ``expected`` that left no trace in ``site``; all of them when there is no mark."""
    try:
        ran = set(_read_mark(site)["hooks"])
    except (KeyError, TypeError):
        ran = set()
    return [name for name in expected if name not in ran]


def missing_pages(site: Path) -> int:
    """How many pages of reports are not in ``site`` though its mark counts them: a builder may leave one out in silence."""
    wanted = _read_mark(site).get("reports")
    found = sum(1 for _ in (site / REPORTS).rglob("*.html"))
    return max(0, wanted - found) if isinstance(wanted, int) else 0


def is_prepared(folder: Path) -> bool:
    """Whether the mark in ``folder`` says that it is for another builder."""
    return _read_mark(folder).get("prepared") is True


def _read_mark(site: Path) -> dict[str, Any]:
    try:
        content = json.loads((site / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
