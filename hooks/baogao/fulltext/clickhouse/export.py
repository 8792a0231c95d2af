"""The folder that is handed to a ClickHouse server: data, tables, queries, addresses, access."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ... import __version__
from ...corpus import Corpus, Data
from ..columns import make_labels
from ..folding import fold_text
from ..index import Prepared, Progress, fold_documents, read_documents
from ..passages import Document
from ..scoring import SCORING
from ..segmentation import Segmenter
from .rows import FORMAT, Measures, Office, Row, build_row, label_rows, passage_rows, term_rows
from .statements import QUERIES, Names, handlers, query, statement

#: By this file a folder is known for one that may be replaced.
MARK = "load.sql"
#: Rows in a file, and documents dealt with at a time.
_ROWS, _DOCUMENTS = 250_000, 200
_LONE = re.compile("[\ud800-\udfff]")
_GZIP = 6


class ForeignFolderError(Exception):
    """The folder to be replaced holds something else."""


@dataclass(frozen=True)
class Exported:
    """What was written; ``size`` is that of the data files, in bytes."""

    build: str
    reports: int
    sections: int
    size: int


def export_clickhouse(
    corpus: Corpus, folder: Path, names: Names, segmenter: Segmenter | None, say: Progress
) -> Exported:
    """Write what readers may see of ``corpus`` into ``folder``, in place of an earlier export.

    Without ``segmenter`` hits are not ordered by word boundaries. Raises OSError, and :class:`ForeignFolderError` when the folder holds
    something else; then nothing is written.
    """
    _refuse_foreign(folder)
    prepared = fold_documents(read_documents(corpus, say), say)
    starts = None
    if segmenter is not None:
        starts = prepared.spread(
            segmenter.starts_of(prepared.sections, lambda done, of: say("切词", done / max(of, 1)))
        )
    return write_export(prepared, starts, corpus.data, folder, names, say)


def write_export(
    prepared: Prepared, starts: Sequence[bytes | None] | None, data: Data, folder: Path, names: Names, say: Progress
) -> Exported:  # fmt: skip
    """The same for documents that are read and folded; ``starts`` tell where words begin in each passage."""
    with _replacing(folder) as made:
        labels = make_labels(prepared.documents, data)
        build = _build_name(prepared.documents, data, starts is not None)
        office = Office.of(fold_text(term.text) for term in data.terms)
        measures = Measures()
        (made / "data").mkdir()
        rows = _passage_rows(prepared, starts, build, office, measures, say)
        size = sum(_write_parts(made / "data", rows))
        for name, few in (
            ("labels", label_rows(labels, build)),
            ("terms", term_rows(measures.office, build)),
            ("builds", iter([build_row(measures, build)])),
        ):
            size += _write_rows(made / f"data/{name}.ndjson.gz", few)
        _write_statements(made, names, build)
    return Exported(build, measures.reports, measures.sections, size)


def _write_statements(folder: Path, names: Names, build: str) -> None:
    files = {
        "tables.sql": statement("cluster" if names.cluster else "tables", names),
        "access.sql": statement("access", names),
        MARK: statement("load", names, build=build),
        "clear.sql": statement("clear", names),
        f"config.d/{names.database}.xml": handlers(names),
        **{f"queries/{name}.sql": query(name, names) for name in QUERIES},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


def _passage_rows(
    prepared: Prepared, starts: Sequence[bytes | None] | None, build: str, office: Office, measures: Measures, say: Progress,
) -> Iterator[Row]:  # fmt: skip
    for at in range(0, len(prepared.documents), _DOCUMENTS):
        some = prepared.documents[at : at + _DOCUMENTS]
        first = measures.passages
        end = first + sum(len(document.passages) + 1 for document in some)
        known = starts[first:end] if starts is not None else None
        yield from passage_rows(some, prepared.folded[first:end], known, build, office, measures)
        say("写出各节", (at + len(some)) / len(prepared.documents))


def _write_parts(folder: Path, rows: Iterator[Row]) -> Iterator[int]:
    """Rows in files of :data:`_ROWS` each; at least one. Yields their sizes."""
    number = 0
    while number == 0 or (some := list(islice(rows, 1))):
        number += 1
        begin = some if number > 1 else []
        file = folder / f"sections-{number:03}.ndjson.gz"
        yield _write_rows(file, _both(begin, islice(rows, _ROWS - len(begin))))


def _both(first: Iterable[Row], then: Iterable[Row]) -> Iterator[Row]:
    yield from first
    yield from then


def _write_rows(file: Path, rows: Iterable[Row]) -> int:
    """One row is one line of JSON, gzip around it (the same bytes on every day); returns the size."""
    with (
        file.open("wb") as raw,
        gzip.GzipFile("", "wb", _GZIP, raw, mtime=0) as packed,
    ):
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            packed.write(_LONE.sub("\ufffd", line).encode() + b"\n")
    return file.stat().st_size


def _build_name(documents: Sequence[Document], data: Data, cut: bool) -> str:
    """A name made of all the tables are made of."""
    digest = hashlib.blake2b(f"{__version__} {FORMAT} {SCORING} {cut}".encode(), digest_size=6)
    for values in (data.terms, data.units.units, data.kinds.kinds, documents):
        for value in values:
            digest.update(repr(value).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):  # fmt: skip
        raise ForeignFolderError(folder)


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """A new folder to write into; it takes the place of ``folder`` when all went well, and is gone when not."""
    _refuse_foreign(folder)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    made, old = (folder.with_name(f".{folder.name}.{os.getpid()}.{end}") for end in ("tmp", "old"))
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    try:
        yield made
        if folder.exists():
            folder.rename(old)
        try:
            made.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
