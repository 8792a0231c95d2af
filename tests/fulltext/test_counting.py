"""The pieces that counting is made of, each against a plain way to the same."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from baogao.corpus import load, open_memo
from baogao.fulltext import counting
from baogao.fulltext.candidates import Lists, turns_of
from baogao.fulltext.index import fold_documents, read_documents
from baogao.fulltext.levels import order_of
from baogao.fulltext.passages import outline
from baogao.fulltext.stream import make_stream, passage_lengths

from .small import quiet


def test_a_stream_knows_the_passage_of_each_place() -> None:
    lengths = np.random.default_rng(1).choice([0, 1, 2, 3, 70, 200], 400).tolist()
    texts = ["😀" * (n // 2) + "字" * (n % 2) for n in lengths]
    stream = make_stream(texts, [0] * len(texts), None)
    docs = np.repeat(np.arange(len(texts)), np.array(lengths) + 1)
    places = np.random.default_rng(2).permutation(len(docs)).astype(np.int32)
    assert stream.passages_at(places).tolist() == docs[places].tolist()
    assert passage_lengths(stream).tolist() == lengths
    assert passage_lengths(make_stream([], [], None)).tolist() == []


@pytest.mark.parametrize("top", [0, 9, 70_000])
def test_sorting_by_digits_is_sorting(top: int) -> None:
    made = np.random.default_rng(3)
    low = made.integers(0, 50, 5_000).astype(np.uint16)
    high = made.integers(0, top + 1, 5_000)
    assert order_of(low, high).tolist() == np.lexsort((low, high)).tolist()


def test_lists_hold_more_passages_than_sixteen_bits() -> None:
    passages = 200_000
    made = np.random.default_rng(4)
    lists = [np.sort(made.choice(passages, n, replace=False)) for n in (1, 40, 3_000)]
    lists += [np.array([65_535, 65_536, 131_071, 131_072]), np.array([199_999])]
    sizes = np.array([len(each) for each in lists])
    starts = np.cumsum(sizes) - sizes
    docs = np.concatenate(lists).astype(np.int32)
    held = Lists(docs.astype(np.uint16), starts, sizes, turns_of(docs, starts, passages))
    for chosen in ([0, 1, 2, 3, 4], [3, 0], [2, 2]):
        wanted = np.concatenate([lists[number] for number in chosen]).tolist()
        assert held.passages_of(np.array(chosen)).tolist() == wanted


@pytest.mark.parametrize("part", [1, 7, 1_000])
def test_places_are_grouped_by_the_parts_of_their_keys(
    monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(counting, "_PART", part)
    monkeypatch.setattr(counting, "_PORTION", 10)
    stream = make_stream(
        ["".join("甲乙丙丁"[n * n % 4 : n % 5]) for n in range(40)], [0] * 40, None
    )
    bits = counting._part_bits(len(stream.units))
    keys = counting.pair_keys(stream.units[:-1], stream.units[1:]).astype(np.int64) >> (32 - bits)
    whole = (stream.units[:-1] != 10) & (stream.units[1:] != 10)
    places = np.zeros(len(stream.units), np.int32)
    begins = counting._group(stream, 2, places)
    assert len(begins) == (1 << bits) + 1
    for number, (begin, end) in enumerate(pairwise(begins)):
        assert places[begin:end].tolist() == np.flatnonzero(whole & (keys == number)).tolist()


def test_documents_left_in_the_memory_are_those_of_the_reports(root: Path, tmp_path: Path) -> None:
    samples = load(root / "docs")
    held = read_documents(samples, quiet)
    left = read_documents(samples, quiet, open_memo(root / "docs", tmp_path))
    assert tuple(left) == held and list(left[1:3]) == list(held[1:3])
    assert fold_documents(left, quiet).folded == fold_documents(held, quiet).folded
    bare = outline(held[0])
    assert not any(bare.texts) and [p.part for p in bare.passages] == [
        p.part for p in held[0].passages
    ]
