"""Making the index: from reports to files. Where the build enters this room."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import overload

import numpy as np

from ..corpus import Corpus, Data, Memo, Report
from . import columns as tables
from .codec import Ints
from .counting import find_grams, ticks
from .folding import Characters, fold_passages, fold_text, table_rows, units
from .fragments import PIECE, compress_fragment, fragment_texts, make_dictionary
from .grams import FEW, LONGEST, OCCURRENCES, Grams, pair_keys
from .passages import SECTIONS, Document, outline, read_document
from .scoring import SCORING
from .shards import GROUP, Writer, Written, content_hash, deflate_terms, shard_bits, terms_payloads
from .stream import Stream, heading_units, make_stream, passage_lengths

FORMAT = 2
Rows = dict[str, str | dict[str, str]]
_QUERY_MARKS = " \u3000\"'“”‘’，：－"
MANIFEST = "manifest.js"
Progress = Callable[[str, float], None]
"""Told what is being done and how far it is (0 to 1)."""


class Documents(Sequence[Document]):
    """The documents of reports, each read when it is looked at: together they would take as much memory as all there is to read.
    ``known`` are their packed sections by name."""

    def __init__(self, reports: Sequence[Report], known: Mapping[str, str]) -> None:
        self._reports, self._known = reports, known

    def __len__(self) -> int:
        return len(self._reports)

    @overload
    def __getitem__(self, which: int) -> Document: ...
    @overload
    def __getitem__(self, which: slice) -> Sequence[Document]: ...
    def __getitem__(self, which: int | slice) -> Document | Sequence[Document]:
        if isinstance(which, slice):
            return [self._read(report) for report in self._reports[which]]
        return self._read(self._reports[which])

    def _read(self, report: Report) -> Document:
        return read_document(report, self._known[report.name])


@dataclass(frozen=True)
class Prepared:
    """The documents and their folded passages in turn: of each the one about it, then its sections. ``counts`` tells how many passages
    each document has, ``headings`` how many units of each passage are its heading."""

    documents: Sequence[Document]
    folded: tuple[str, ...]
    counts: tuple[int, ...]
    headings: tuple[int, ...]

    @cached_property
    def _abouts(self) -> frozenset[int]:
        return frozenset(
            end - count for end, count in zip(accumulate(self.counts), self.counts, strict=True)
        )

    @cached_property
    def sections(self) -> list[str]:
        """The folded sections alone: what is worth segmenting."""
        return [text for n, text in enumerate(self.folded) if n not in self._abouts]

    def spread(self, values: Sequence[bytes] | None) -> list[bytes | None] | None:
        """Values of the sections as values of all passages."""
        if values is None:
            return None
        given = iter(values)
        return [None if n in self._abouts else next(given) for n in range(len(self.folded))]


@dataclass(frozen=True)
class Made:
    """What was made. ``characters`` are those of the passages as written, ``size`` the bytes of all files."""

    build: str
    reports: int
    sections: int
    characters: int
    files: int
    size: int


def prepare(corpus: Corpus, say: Progress) -> Prepared:
    """Read and fold what readers may see."""
    return fold_documents(read_documents(corpus, say), say)


def read_documents(corpus: Corpus, say: Progress, memo: Memo | None = None) -> Sequence[Document]:
    """The documents of what readers may see. With ``memo``, which remembers the sections of reports, they are read from there when they
    are looked at, and no report is."""
    reports = corpus.visible.reports
    if memo:
        return Documents(reports, memo.gather(SECTIONS, reports))
    documents = []
    for number, report in enumerate(reports, 1):
        documents.append(read_document(report))
        if number % 100 == 0:
            say("读取章节", number / len(reports))
    return tuple(documents)


def fold_documents(documents: Sequence[Document], say: Progress) -> Prepared:
    folded: list[str] = []
    counts: list[int] = []
    headings: list[int] = []
    for begin in range(0, len(documents), 100):
        some = documents[begin : begin + 100]
        folded += fold_passages([text for document in some for text in document.texts])
        counts += (len(document.passages) + 1 for document in some)
        headings += (count for document in some for count in heading_units(document))
        say("统一写法", (begin + len(some)) / len(documents))
    return Prepared(documents, tuple(folded), tuple(counts), tuple(headings))


def stream_of(prepared: Prepared, starts: Sequence[bytes | None] | None) -> Stream:
    """The folded passages in a row; ``starts`` tell where words begin in each."""
    return make_stream(prepared.folded, prepared.headings, starts)


def write_index(
    documents: Sequence[Document],
    counts: Sequence[int],
    stream: Stream,
    data: Data,
    folder: Path,
    singles: Mapping[str, bytes],
    scripts: Mapping[str, str],
    say: Progress,
) -> Made:
    """Write the files of the index of ``documents`` into ``folder``; ``counts`` tells how many passages each has, and ``stream`` has
    these.

    ``singles`` are further payloads by name, ``scripts`` further
    scripts (both get a hash into their names, which the manifest tells). Whatever else lies in ``folder`` is left alone.
    """
    steps = _Steps(say, "建立索引", ticks(stream))
    grams = find_grams(stream, [fold_text(term.text) for term in data.terms], steps.tick)
    lengths = passage_lengths(stream)
    single = _single_units(grams)
    written = Written()
    writer = Writer(folder, written)
    bits = shard_bits(grams)
    steps = _Steps(say, "写出索引", ((1 << bits) + 2 * len(documents)) // GROUP + 2)
    term_groups = writer.groups("terms", terms_payloads(grams, bits), deflate_terms, steps.tick)
    del grams
    dictionary = make_dictionary(_Sections(documents, counts))
    read = _Reading()
    text_groups = writer.groups(
        "texts",
        (units(text) for text in read.pieces(documents, lengths)),
        lambda content: compress_fragment(content, dictionary),
        steps.tick,
    )
    labels = tables.make_labels(read.outlines, data)
    columns = tables.columns_payload(read.outlines, labels, lengths, single)
    fold_own, fold_more = fold_tables(read.used.found, single)
    files = {
        "columns": writer.single("columns", columns),
        "fold": writer.single("fold", as_json(fold_more)),
        "dictionary": writer.single("dictionary", dictionary),
    }
    files.update({name: writer.single(name, payload) for name, payload in sorted(singles.items())})
    for name, text in sorted(scripts.items()):
        full = f"{name}-{content_hash(text.encode())}"
        writer.write(f"{full}.js", text.encode())
        files[name] = full
    sections = stream.passages - len(documents)
    manifest = {
        "format": FORMAT,
        "passages": stream.passages,
        "reports": len(documents),
        "sections": sections,
        "characters": read.characters,
        "mean": round(float(lengths.sum()) / max(stream.passages, 1), 3),
        "bits": bits,
        "few": FEW,
        "longest": LONGEST,
        "group": GROUP,
        "piece": PIECE,
        "occurrences": OCCURRENCES,
        "scoring": SCORING.as_data(),
        "labels": labels.as_data(),
        "fold": fold_own,
        "files": files,
        "terms": term_groups,
        "texts": text_groups,
    }
    body = as_json(manifest).decode()
    build = content_hash(body.encode())
    body = f'{{"build":"{build}",{body[1:]}'
    writer.write(MANIFEST, f"baogao.manifest({body});\n".encode())
    return Made(build, len(documents), sections, read.characters, written.files, written.size)


class _Sections(Sequence[str]):
    """The texts of the sections of all documents."""

    def __init__(self, documents: Sequence[Document], counts: Sequence[int]) -> None:
        self._documents = documents
        self._ends = list(accumulate(count - 1 for count in counts))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, which: int) -> str: ...
    @overload
    def __getitem__(self, which: slice) -> Sequence[str]: ...
    def __getitem__(self, which: int | slice) -> str | Sequence[str]:
        if isinstance(which, slice):
            return [self[number] for number in range(*which.indices(len(self)))]
        document = bisect_right(self._ends, which)
        return self._documents[document].passages[which - self._ends[document]].text


class _Reading:
    """What is gathered while the documents are read once: ``outlines`` are the documents without their texts, ``used`` the characters
    that stand in these, ``characters`` how many stand in sections."""

    def __init__(self) -> None:
        self.outlines: list[Document] = []
        self.used = Characters(_QUERY_MARKS)
        self.characters = 0

    def pieces(self, documents: Sequence[Document], lengths: Ints) -> Iterator[str]:
        """The pieces all text is cut into."""
        kept = tables.kept_lengths(tables.length_class(lengths).tolist())
        first = 0
        for document in documents:
            end = first + len(document.passages) + 1
            yield from fragment_texts(document, kept[first:end])
            first = end
            self.outlines.append(outline(document))
            self.used.add("".join(document.texts))
            self.characters += sum(len(passage.text) for passage in document.passages)


def _single_units(grams: Grams) -> dict[int, int]:
    """How many passages have each unit."""
    codes = np.arange(65536, dtype=np.uint32)
    keys = pair_keys(codes, np.zeros(1, np.uint32))
    at = np.searchsorted(grams.postings.keys, keys)
    at[at == len(grams.postings.keys)] = 0
    if not len(grams.postings.keys):
        return {}
    found = np.flatnonzero(grams.postings.keys[at] == keys)
    return {int(code): int(grams.postings.sizes[at[code]]) for code in found}


def fold_tables(used: Container[str], single: Mapping[int, int]) -> tuple[Rows, Rows]:
    """The rows of the folding table that matter for this corpus: those for characters that stand in it or a query is written with
    (``used``), which folding its text takes; and the others, which only a query may need."""
    rows = table_rows(single)
    return (
        as_rows([row for row in rows if chr(row[0]) in used]),
        as_rows([row for row in rows if chr(row[0]) not in used]),
    )


def as_rows(rows: Sequence[tuple[int, str]]) -> Rows:
    """Rows for the browser: characters that are dropped, pairs of one character and its folding, what folds to more."""
    named = [(chr(code), folded) for code, folded in rows]
    return {
        "dropped": "".join(char for char, folded in named if not folded),
        "pairs": "".join(char + folded for char, folded in named if len(folded) == 1),
        "long": {char: folded for char, folded in named if len(folded) > 1},
    }


def as_json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


class _Steps:
    """Counts steps and says how far things are."""

    def __init__(self, say: Progress, what: str, total: int) -> None:
        self.say, self.what, self.total, self.done = say, what, total, 0

    def tick(self) -> None:
        self.done += 1
        self.say(self.what, min(self.done / self.total, 1.0))
