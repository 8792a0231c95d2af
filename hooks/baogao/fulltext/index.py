"""Making the index: from reports to files. Where the build enters this room."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np

from ..corpus import Corpus, Data, Memo
from . import columns as tables
from .codec import Ints
from .counting import find_grams
from .folding import characters_in, fold_passages, fold_text, table_rows, units
from .fragments import PIECE, compress_fragment, fragment_texts, make_dictionary
from .grams import FEW, LONGEST, OCCURRENCES, Grams, pair_keys
from .passages import SECTIONS, Document, read_document
from .scoring import SCORING
from .shards import GROUP, Writer, Written, content_hash, deflate_terms, shard_bits, terms_payloads
from .stream import Stream, heading_units, make_stream, passage_lengths

FORMAT = 2
Rows = dict[str, str | dict[str, str]]
_QUERY_MARKS = " \u3000\"'“”‘’，：－"
MANIFEST = "manifest.js"
Progress = Callable[[str, float], None]
"""Told what is being done and how far it is (0 to 1)."""


@dataclass(frozen=True)
class Prepared:
    """The documents and their folded passages in turn: of each the one about it, then its sections."""

    documents: tuple[Document, ...]
    folded: tuple[str, ...]

    @cached_property
    def _abouts(self) -> frozenset[int]:
        counts = [len(document.passages) + 1 for document in self.documents]
        return frozenset(end - count for end, count in zip(accumulate(counts), counts, strict=True))

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


def read_documents(corpus: Corpus, say: Progress, memo: Memo | None = None) -> tuple[Document, ...]:
    """The documents of what readers may see; ``memo`` remembers the sections of reports."""
    reports = corpus.visible.reports
    known: Mapping[str, str] = memo.gather(SECTIONS, reports) if memo else {}
    documents = []
    for number, report in enumerate(reports, 1):
        documents.append(read_document(report, known.get(report.name)))
        if number % 100 == 0:
            say("读取章节", number / len(reports))
    return tuple(documents)


def fold_documents(documents: tuple[Document, ...], say: Progress) -> Prepared:
    folded: list[str] = []
    for begin in range(0, len(documents), 100):
        some = documents[begin : begin + 100]
        folded += fold_passages([text for document in some for text in document.texts])
        say("统一写法", (begin + len(some)) / len(documents))
    return Prepared(documents, tuple(folded))


def stream_of(prepared: Prepared, starts: Sequence[bytes | None] | None) -> Stream:
    """The folded passages in a row; ``starts`` tell where words begin in each."""
    headings = [count for document in prepared.documents for count in heading_units(document)]
    return make_stream(prepared.folded, headings, starts)


def write_index(
    documents: Sequence[Document],
    stream: Stream,
    data: Data,
    folder: Path,
    singles: Mapping[str, bytes],
    scripts: Mapping[str, str],
    say: Progress,
) -> Made:
    """Write the files of the index of ``documents`` (``stream`` has their passages) into ``folder``.

    ``singles`` are further payloads by name, ``scripts`` further
    scripts (both get a hash into their names, which the manifest tells). Whatever else lies in ``folder`` is left alone.
    """
    steps = _Steps(say, "建立索引", 64 + LONGEST)
    grams = find_grams(stream, [fold_text(term.text) for term in data.terms], steps.tick)
    lengths = passage_lengths(stream)
    single = _single_units(grams)
    written = Written()
    writer = Writer(folder, written)
    bits = shard_bits(grams)
    labels = tables.make_labels(documents, data)
    fold_own, fold_more = fold_tables(documents, single)
    files = {
        "columns": writer.single(
            "columns", tables.columns_payload(documents, labels, lengths, single)
        ),
        "fold": writer.single("fold", as_json(fold_more)),
    }
    dictionary = make_dictionary([p.text for d in documents for p in d.passages])
    files["dictionary"] = writer.single("dictionary", dictionary)
    files.update({name: writer.single(name, payload) for name, payload in sorted(singles.items())})
    for name, text in sorted(scripts.items()):
        full = f"{name}-{content_hash(text.encode())}"
        writer.write(f"{full}.js", text.encode())
        files[name] = full
    steps = _Steps(say, "写出索引", ((1 << bits) + 2 * len(documents)) // GROUP + 2)
    term_groups = writer.groups("terms", terms_payloads(grams, bits), deflate_terms, steps.tick)
    del grams
    text_groups = writer.groups(
        "texts",
        (units(text) for text in _pieces(documents, lengths)),
        lambda content: compress_fragment(content, dictionary),
        steps.tick,
    )
    sections = sum(len(document.passages) for document in documents)
    characters = sum(len(p.text) for d in documents for p in d.passages)
    manifest = {
        "format": FORMAT,
        "passages": stream.passages,
        "reports": len(documents),
        "sections": sections,
        "characters": characters,
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
    return Made(build, len(documents), sections, characters, written.files, written.size)


def _pieces(documents: Sequence[Document], lengths: Ints) -> Iterator[str]:
    kept = tables.kept_lengths(tables.length_class(lengths).tolist())
    first = 0
    for document in documents:
        end = first + len(document.passages) + 1
        yield from fragment_texts(document, kept[first:end])
        first = end


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


def fold_tables(documents: Sequence[Document], single: Mapping[int, int]) -> tuple[Rows, Rows]:
    """The rows of the folding table that matter for this corpus: those for characters that stand in it (and those a
    query is written with), which folding its text takes; and the others, which only a query may need."""
    used = characters_in((text for document in documents for text in document.texts), _QUERY_MARKS)
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
