"""The search of a site: index, tables of words, and the client's worker, made together and remembered.

What a build made is kept below ``.cache``: when neither reports, data nor the program changed, the next one copies it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from .. import __version__
from ..corpus import Corpus, Memo, in_processes, link_or_copy
from . import INDEX, pinyin, segmentation, suggestions, vocabulary
from .index import (
    FORMAT,
    MANIFEST,
    Made,
    Prepared,
    Progress,
    fold_documents,
    read_documents,
    stream_of,
    write_index,
)
from .memory import give_back
from .segmentation import Segmenter, open_segmenter
from .server import Server

#: The scripts the worker is made of, in this order.
WORKER = (
    "fold", "codec", "shards", "query", "exact", "rank", "snippet", "pinyin", "words", "pages", "loose", "engine",
    "worker",
)  # fmt: skip
#: What the worker has in front where the browser cannot inflate.
INFLATE = ("inflate",)
#: The scripts every page loads, as one file: the client, then the interface.
PAGE = (
    "client", "ui/dom", "ui/address", "ui/ask", "ui/results", "ui/combo", "ui/header", "ui/excerpts", "ui/collect",
    "ui/marks", "ui/csv", "ui/filters", "ui/page",
)  # fmt: skip
#: The same where a server answers (see server.py): what the worker would do of it is done in the page.
PAGE_WITH_SERVER = (
    "client", "fold", "query", "snippet", "server/answers", "ui/dom", "ui/address", "ui/ask", "server/notice", *PAGE[4:],
)  # fmt: skip
NO_OPENCC = "没有安装 opencc：繁体字查不到简体字写的内容"
T = TypeVar("T")
_NAME = "search-index"
#: With fewer passages than this a process of its own would cost more than it saves.
_WORTH_A_PROCESS = 20_000
_CAST = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ ?")


@dataclass(frozen=True)
class Tools:
    """What is there to work with; ``missing`` says in Chinese what is not."""

    segmenter: Segmenter | None
    reader: pinyin.Reader | None
    missing: tuple[str, ...]


def find_tools(corpus: Corpus, cache: Path) -> Tools:
    """Open the optional tools. ``cache`` is the project's ``.cache``."""
    segmenter = open_segmenter(suggestions.folded_terms(corpus.data), cache)
    reader = pinyin.open_reader(corpus.data.readings)
    said = (
        (segmenter, segmentation.MISSING),
        (reader, pinyin.MISSING),
        (find_spec("opencc"), NO_OPENCC),
    )
    return Tools(segmenter, reader, tuple(line for tool, line in said if tool is None))


def worker_scripts(folder: Path) -> dict[str, str]:
    """The worker's source in two scripts that hand it over."""
    return {"inflate": _handing_over(folder, INFLATE), "worker": _handing_over(folder, WORKER)}


def _handing_over(folder: Path, names: Iterable[str]) -> str:
    """The plain files of ``folder`` one after another, as one string."""
    files = [folder / f"{name}.js" for name in names]
    source = "\n".join(
        without_comments(file.read_text(encoding="utf-8")) for file in files if file.is_file()
    )
    # In backticks hardly anything need be escaped.
    for mark in ("\\", "`", "${"):
        source = source.replace(mark, "\\" + mark)
    return f"baogao.source(`{source}`);\n"


def page_script(folder: Path, server: Server | None = None) -> str:
    """What every page loads: the plain files of ``folder`` one after another; with ``server`` its answers come from there."""
    names = PAGE if server is None else PAGE_WITH_SERVER
    files = (folder / f"{name}.js" for name in names)
    script = "".join(without_comments(file.read_text(encoding="utf-8")) for file in files)
    return script if server is None else server.script + script


def without_comments(script: str) -> str:
    """A script without its indents, its type casts (``/** @type {any} */``) and the comments that begin a line (``//`` and
    ``/** … */``; what follows the latter on its line stays)."""
    kept: list[str] = []
    inside = False
    for line in _CAST.sub("", script).split("\n"):
        text = line.strip()
        while inside or text.startswith("/*"):
            _, closed, text = text.partition("*/")
            inside = not closed
            if inside:
                break
            text = text.lstrip()
        if text and not inside and not text.startswith("//"):
            kept.append(text)
    return "\n".join(kept) + "\n"


def build_search(
    corpus: Corpus,
    site: Path,
    scripts: Path,
    cache: Path,
    tools: Tools,
    progress: Progress | None = None,
    initiatives: Sequence[suggestions.Offer] = (),
    memo: Memo | None = None,
) -> Made:
    """Put the index of ``corpus`` (what readers may see of it) into ``site``, in the place of what lies there.

    ``scripts`` is the folder of the client's scripts; ``initiatives`` are the names that lead to pages of initiatives. With ``memo``,
    which remembers the sections of reports, no report that did not change is read.
    """
    say = progress or (lambda what, share: None)
    folder = site / INDEX
    worker = worker_scripts(scripts)
    documents = None if memo else read_documents(corpus, say)
    key = _key(_told(corpus, memo) if memo else documents or (), corpus, worker, tools, initiatives)
    memory = cache / "baogao" / _NAME
    known = _recall(memory, key, folder)
    if known is not None:
        return known
    if documents is None:
        documents = read_documents(corpus, say, memo)
    prepared = fold_documents(documents, say)
    starts = _word_starts(prepared, tools.segmenter, say)
    # The dictionaries of jieba and pypinyin take a hundred megabytes, which go with a process of its own.
    tables = _apart(
        partial(_tables, corpus, prepared, starts, tools, initiatives),
        len(prepared.folded) > _WORTH_A_PROCESS,
    )
    stream = stream_of(prepared, prepared.spread(starts))
    counts = prepared.counts
    # Counting takes the memory.
    del prepared, starts
    if tools.segmenter is not None:
        tools.segmenter.forget()
    give_back()
    shutil.rmtree(folder, ignore_errors=True)
    made = write_index(documents, counts, stream, corpus.data, folder, tables, worker, say)
    _remember(memory, key, folder, made)
    return made


def _word_starts(
    prepared: Prepared, segmenter: Segmenter | None, say: Progress
) -> list[bytes] | None:
    if segmenter is None:
        return None
    return segmenter.starts_of(prepared.sections, lambda done, of: say("切词", done / max(of, 1)))


def _apart(work: Callable[[], T], much: bool) -> T:
    """What ``work`` makes, by a process of its own where there is ``much`` to do and one is to be had."""
    (made,) = in_processes(lambda _: work(), [None], 1 if much else 2, runs=1)
    return made


def _tables(
    corpus: Corpus,
    prepared: Prepared,
    starts: Sequence[bytes] | None,
    tools: Tools,
    initiatives: Sequence[suggestions.Offer],
) -> dict[str, bytes]:
    """The tables of words, as JSON."""
    counts = None
    if tools.segmenter is not None and starts is not None:
        counts = vocabulary.count_words(prepared.sections, starts)
    offers = suggestions.gather_offers(corpus.visible, _occurs(prepared.sections), initiatives)
    made = suggestions.tables(corpus.visible, offers, counts, tools.segmenter, tools.reader)
    return {
        name: json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
        for name, table in made.items()
    }


def _occurs(sections: Sequence[str]) -> Callable[[str], bool]:
    """Whether a folded text stands in any section."""
    whole = "\n".join(sections)
    return lambda text: text in whole


def _told(corpus: Corpus, memo: Memo) -> Iterator[str]:
    """Names for all the documents of ``corpus`` are made of."""
    yield memo.signature
    yield from (report.key for report in corpus.visible.reports)


def _key(
    told: Iterable[object],
    corpus: Corpus,
    worker: Mapping[str, str],
    tools: Tools,
    initiatives: Sequence[suggestions.Offer],
) -> str:
    """A hash of all the index is made of; ``told`` are the documents, or names for what they are made of."""
    digest = hashlib.blake2b(f"{__version__} {FORMAT} {tools.missing}\n{worker}".encode())
    digest.update(_program().encode())
    digest.update(repr((corpus.data.terms, corpus.data.synonyms, corpus.data.units)).encode())
    digest.update(repr(corpus.data.kinds.kinds).encode())
    if tools.segmenter is not None:
        digest.update(tools.segmenter.signature)
    data = corpus.data
    _update(digest, (data.readings, data.question_words, data.function_words, tuple(initiatives)))
    _update(digest, told)
    return digest.hexdigest()


def _update(digest: hashlib.blake2b, values: Iterable[object]) -> None:
    for value in values:
        digest.update(repr(value).encode("utf-8", "surrogatepass"))
        digest.update(b"\n")


def _program() -> str:
    """A hash of this room's own files: a changed program makes the index anew."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _recall(memory: Path, key: str, folder: Path) -> Made | None:
    """Take what an earlier build made of the same; ``None`` when there is no such or it is damaged."""
    try:
        content: Mapping[str, object] = json.loads((memory / "made.json").read_text("utf-8"))
        if content["key"] != key:
            return None
        made = Made(**content["made"])  # type: ignore[arg-type]
        if _manifest(folder) != _manifest(memory / "files"):
            shutil.rmtree(folder, ignore_errors=True)
            _link_tree(memory / "files", folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return made if (folder / MANIFEST).is_file() else None


def _manifest(folder: Path) -> bytes:
    """What the manifest of the index in ``folder`` says, which names all other files; empty where there is none."""
    file = folder / MANIFEST
    return file.read_bytes() if file.is_file() else b""


def _remember(memory: Path, key: str, folder: Path, made: Made) -> None:
    """Keep the files for the next build. A folder that cannot be written costs time, not the build."""
    try:
        shutil.rmtree(memory, ignore_errors=True)
        _link_tree(folder, memory / "files")
        (memory / "made.json").write_text(
            json.dumps({"key": key, "made": asdict(made)}, ensure_ascii=False), encoding="utf-8"
        )
    except OSError:
        shutil.rmtree(memory, ignore_errors=True)


def _link_tree(source: Path, target: Path) -> None:
    """The files of ``source`` in ``target`` as well: a second name for each, a copy where the system has no such. Nobody
    writes into these files, for their names tell their content; the manifest, which alone has a constant name, is copied."""
    target.mkdir(parents=True, exist_ok=True)
    for old in source.rglob("*"):
        new = target / old.relative_to(source)
        if old.is_dir():
            new.mkdir(exist_ok=True)
            continue
        new.unlink(missing_ok=True)
        if old.name == MANIFEST:
            shutil.copyfile(old, new)
        else:
            link_or_copy(old, new)
