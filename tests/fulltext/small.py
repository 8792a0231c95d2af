"""Small indexes made of given texts, and what ought to be found in them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from baogao.corpus import Data
from baogao.fulltext.build import page_script, worker_scripts
from baogao.fulltext.folding import fold_passages
from baogao.fulltext.index import fold_documents, stream_of, write_index
from baogao.fulltext.passages import SEPARATOR, Document, Passage
from baogao.fulltext.reader import Reader
from baogao.fulltext.segmentation import pack_starts


def quiet(what: str, share: float) -> None:
    """Tells nobody how far things are."""


def document(number: int, texts: Sequence[str]) -> Document:
    passages = tuple(Passage(f"part-{n}", text, 0, "") for n, text in enumerate(texts, 1))
    return Document(
        f"2020/r{number}",
        f"报告{number}",
        2020,
        "u",
        "单位",
        "kind",
        "",
        f"报告{number}\n单位",
        passages,
    )


def write(
    folder: Path,
    documents: Sequence[Document],
    data: Data,
    starts: list[bytes | None] | None = None,
    scripts: Mapping[str, str] | None = None,
) -> Reader:
    """Write the index of ``documents`` into ``folder`` and open it."""
    prepared = fold_documents(documents, quiet)
    stream = stream_of(prepared, starts)
    write_index(documents, prepared.counts, stream, data, folder, {}, scripts or {}, quiet)
    return Reader(folder)


def write_site(
    site: Path, documents: Sequence[Document], data: Data, scripts: Path, starts: list[bytes | None] | None = None
) -> Reader:  # fmt: skip
    """A site with nothing but an empty page, the client from ``scripts``, and the index of ``documents``."""
    (site / "assets/search").mkdir(parents=True)
    (site / "assets/search/search.js").write_text(page_script(scripts), encoding="utf-8")
    (site / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>检索</title><script src="assets/search/search.js"></script>',
        encoding="utf-8",
    )
    index = site / "assets/search-index"
    return write(index, documents, data, starts, worker_scripts(scripts))


def passages_of(documents: Sequence[Document]) -> list[str]:
    return fold_passages([text for d in documents for text in d.texts])


def brute_force(texts: Sequence[str], folded: str) -> list[int]:
    return [number for number, text in enumerate(texts) if folded in text]


def queries(texts: Sequence[str], rng: random.Random, count: int) -> list[str]:
    """Pieces of the texts, some with a character changed; of every length."""
    pieces = [p for text in texts for p in text.split(SEPARATOR) if p]
    made = []
    for _ in range(count):
        piece = rng.choice(pieces)
        length = min(rng.randint(1, 14), len(piece))
        at = rng.randrange(len(piece) - length + 1)
        query = piece[at : at + length]
        if rng.random() < 0.3:
            changed = rng.randrange(length)
            query = query[:changed] + rng.choice(rng.choice(pieces)) + query[changed + 1 :]
        made.append(query)
    return made


def ranked_documents() -> tuple[list[Document], list[bytes | None]]:
    """Documents that have 会计 in a title, a heading, as a word once and often, in a long text, and across words; and where their
    words begin."""
    plain = ["社会计划很多", "请会计培训一次", "会计会计会计", "会计" + "其他内容" * 60]
    documents = [document(n, [text]) for n, text in enumerate(plain)]
    heading = Passage("h", "会计工作\n没有别的", 4, "")
    documents.append(replace(documents[0], name="2020/h", passages=(heading,)))
    documents.append(replace(documents[0], name="2020/t", title="会计报告", about="会计报告\n单位"))
    words = {
        "社会计划很多": ["社会", "计划", "很多"],
        "请会计培训一次": ["请", "会计", "培训", "一次"],
        "会计会计会计": ["会计"] * 3,
        plain[3]: ["会计", *["其他", "内容"] * 60],
        "会计工作\n没有别的": ["会计", "工作", "\n", "没有", "别的"],
    }
    starts = [
        bits
        for d in documents
        for bits in (None, *(pack_starts(words[p.text]) for p in d.passages))
    ]
    return documents, starts
