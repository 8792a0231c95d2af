"""The index, read by the reference reader, against brute force over the texts."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baogao.corpus import Corpus, Data, load, processes
from baogao.fulltext import candidates, counting, grams
from baogao.fulltext.codec import (
    Bits,
    Bytestream,
    bit_slice,
    join_bits,
    pack_text,
    rice,
    rice_bits,
    stream_head,
    unpack_text,
    varints,
)
from baogao.fulltext.folding import fold_passages, fold_text
from baogao.fulltext.fragments import (
    PIECE,
    compress_fragment,
    fragment_texts,
    make_dictionary,
    piece_starts,
    read_fragment,
)
from baogao.fulltext.index import Prepared, prepare, stream_of, write_index
from baogao.fulltext.passages import read_document
from baogao.fulltext.reader import MissingShardError, Reader
from baogao.fulltext.shards import GROUP
from baogao.fulltext.stream import make_stream
from baogao.rules.rule import standard

from .small import brute_force, document, passages_of, queries, quiet, write


def test_every_substring_of_random_texts_is_found_and_nothing_else(
    tmp_path: Path, data: Data
) -> None:
    """Few characters make many candidates, so that every kind of entry occurs, and negative answers too."""
    for seed, alphabet in enumerate(
        ("甲乙", "甲乙丙丁", "甲乙丙丁戊己庚辛12", "三会一课双报到😀x")
    ):
        rng = random.Random(seed)
        documents = [
            document(n, ["".join(rng.choices(alphabet, k=rng.randint(1, 60))) for _ in range(5)])
            for n in range(60)
        ]
        reader = write(tmp_path / str(seed), documents, data)
        texts = passages_of(documents)
        for query in queries(texts, rng, 300):
            assert reader.having(query) == brute_force(texts, query), (alphabet, query)


def test_entries_of_every_kind_are_written(tmp_path: Path, data: Data) -> None:
    rng = random.Random(7)
    documents = [document(n, ["".join(rng.choices("甲乙丙", k=40))]) for n in range(400)]
    folded = fold_passages([text for d in documents for text in d.texts])
    found = counting.find_grams(make_stream(folded, [0] * len(folded), None))
    assert len(found.levels) == grams.LONGEST - 2
    assert all(len(level.last) for level in found.levels[:5])
    negative = np.concatenate([level.negative for level in found.levels])
    counts = np.concatenate([level.counts for level in found.levels])
    assert negative.any() and not negative.all()
    assert (counts == 0).any() and (counts > 0).any()


@pytest.mark.parametrize(("dense", "worth"), [(1, 10**9), (10**9, 10**9), (160, 0), (3, 0)])
def test_lists_as_bits_and_processes_change_nothing(
    monkeypatch: pytest.MonkeyPatch, dense: int, worth: int
) -> None:
    rng = random.Random(9)
    texts = ["".join(rng.choices("甲乙丙丁", weights=(9, 5, 2, 1), k=40)) for _ in range(500)]
    stream = make_stream(texts, [0] * len(texts), None)
    terms = ("甲乙甲", "甲甲甲甲甲", "丁丁丁丁丁丁")
    plain = counting.find_grams(stream, terms)
    monkeypatch.setattr(candidates, "_DENSE", dense)
    monkeypatch.setattr(counting, "_WORTH_PROCESSES", worth)
    monkeypatch.setattr(counting, "_PORTION", 700)
    monkeypatch.setattr(counting, "_PART", 700)
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(counting, "cores", lambda: 2)
    assert _arrays(counting.find_grams(stream, terms)) == _arrays(plain)


def _arrays(found: object) -> object:
    """Arrays as lists, however deep."""
    if isinstance(found, np.ndarray):
        return found.tolist()
    if isinstance(found, tuple):
        return [_arrays(each) for each in found]
    return {k: _arrays(v) for k, v in vars(found).items()} if hasattr(found, "__dict__") else found


def write_prepared(
    folder: Path, prepared: Prepared, corpus: Corpus, singles: dict[str, bytes] | None = None
) -> None:
    stream = stream_of(prepared, None)
    write_index(
        prepared.documents, prepared.counts, stream, corpus.data, folder, singles or {}, {}, quiet
    )


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.text("甲乙丙 “—a1\n", min_size=1, max_size=30), min_size=1, max_size=40),
    data_=st.data(),
)
def test_any_texts(
    tmp_path_factory: pytest.TempPathFactory, data: Data, texts: list[str], data_: st.DataObject
) -> None:
    documents = [document(n, [text]) for n, text in enumerate(texts)]
    reader = write(tmp_path_factory.mktemp("any"), documents, data)
    source = fold_text(data_.draw(st.sampled_from(texts)).split("\n")[0])
    query = source[data_.draw(st.integers(0, 5)) :][: data_.draw(st.integers(1, 10))]
    if query:
        assert reader.having(query) == brute_force(passages_of(documents), query)


def test_nothing_matches_across_pieces(tmp_path: Path, data: Data) -> None:
    reader = write(tmp_path, [document(0, ["主要做法\n加强学习", "学习\n三会一课"])], data)
    assert reader.having("法加") == [] and reader.having("做法加强") == []
    assert reader.having("习三会") == []
    assert reader.having("加强学习") == [1]


def test_office_terms_have_postings_of_their_own(tmp_path: Path, data: Data) -> None:
    long = next(
        fold_text(term.text) for term in data.terms if len(fold_text(term.text)) > grams.LONGEST
    )
    texts = [
        f"学习{long}，" + "甲乙" * 5 if n % 2 else f"{long[:-1]}，{long[1:]}" for n in range(60)
    ]
    documents = [document(n, [text]) for n, text in enumerate(texts)]
    reader = write(tmp_path, documents, data)
    assert reader.having(long) == brute_force(passages_of(documents), long)
    assert len(reader.having(long)) == 30


def test_the_samples(tmp_path: Path, root: Path) -> None:
    corpus = load(root / "docs")
    prepared = prepare(corpus, lambda what, share: None)
    write_prepared(tmp_path, prepared, corpus)
    reader = Reader(tmp_path)
    for query in queries(prepared.folded, random.Random(11), 600):
        assert reader.having(query) == brute_force(prepared.folded, query), query


def test_sections_know_their_texts_and_headings(
    make_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    body = (
        "开头一段。\n\n## 一、主要做法\n\n### （一）抓学习\n\n第一段。\n\n第二段。\n\n（二）抓队伍。骨干轮训。\n\n"
        "| 项目 | 数 |\n|---|---|\n| 甲 | 1 |\n"
    )
    text = standard().split("\n---\n")[0] + "\n---\n\n" + body
    corpus = make_corpus({"2022/jiguan-shuzhi-fenguan.md": text})
    document = read_document(corpus.reports[0])
    assert [(p.anchor != "", p.text, p.heading_length) for p in document.passages] == [
        (False, "开头一段。", 0),
        (True, "一、主要做法", 6),
        (True, "（一）抓学习\n第一段。\n第二段。", 6),
        (True, "（二）抓队伍。骨干轮训。\n项目\n数\n甲\n1", 7),
    ]


def test_drafts_and_restricted_reports_are_in_no_file(
    make_corpus: Callable[[dict[str, str]], Corpus], tmp_path: Path
) -> None:
    secret = "鹭栖标记"
    shown = standard()
    hidden = shown.replace("统筹安排不细", secret)
    corpus = make_corpus(
        {
            "2022/jiguan-shuzhi-fenguan.md": shown,
            "2021/jiguan-shuzhi-fenguan.md": hidden.replace(
                "status: published", "status: draft"
            ).replace("year: 2022", "year: 2021"),
            "2020/jiguan-shuzhi-fenguan.md": hidden.replace(
                "year: 2022", "year: 2020\nvisibility: restricted"
            ),
        }
    )
    folder = tmp_path / "index"
    prepared = prepare(corpus, lambda what, share: None)
    write_prepared(folder, prepared, corpus)
    reader = Reader(folder)
    assert reader.manifest["reports"] == len(prepared.documents) == 1
    for length in range(1, len(secret) + 1):
        for at in range(len(secret) - length + 1):
            piece = secret[at : at + length]
            assert reader.having(piece) == brute_force(prepared.folded, piece)
    assert reader.having("鹭") == []


def test_the_same_reports_give_the_same_bytes(tmp_path: Path, root: Path) -> None:
    contents = []
    for name in ("one", "other"):
        corpus = load(root / "docs")
        folder = tmp_path / name
        write_prepared(folder, prepare(corpus, lambda what, share: None), corpus, {"extra": b"x"})
        contents.append(
            {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*.js")}
        )
    assert contents[0] == contents[1]
    assert all(name.isascii() for name in contents[0])


def test_names_change_with_the_content_and_only_with_it(tmp_path: Path, data: Data) -> None:
    texts = [["".join(random.Random(n).choices("甲乙丙丁戊", k=30))] for n in range(GROUP + 6)]
    first = write(tmp_path / "a", [document(n, t) for n, t in enumerate(texts)], data)
    texts[-1] = ["另一段文字"]
    second = write(tmp_path / "b", [document(n, t) for n, t in enumerate(texts)], data)
    assert first.manifest["build"] != second.manifest["build"]
    assert first.manifest["texts"][0] == second.manifest["texts"][0]
    assert first.manifest["texts"][1] != second.manifest["texts"][1]


def test_a_missing_or_foreign_file_is_an_error_and_no_answer(tmp_path: Path, data: Data) -> None:
    documents = [document(n, ["三会一课双报到" * 3]) for n in range(20)]
    reader = write(tmp_path, documents, data)
    file = next((tmp_path / "terms").rglob("*.js"))
    content = file.read_bytes()
    file.unlink()
    with pytest.raises(MissingShardError):
        for char in "三会一课双报到":
            Reader(tmp_path).having(char)
    file.write_bytes(content.replace(b"terms/", b"texts/"))
    with pytest.raises(MissingShardError):
        for char in "三会一课双报到":
            Reader(tmp_path).having(char)
    assert reader.manifest["bits"] == 0


def test_word_boundaries_reach_the_postings(tmp_path: Path, data: Data) -> None:
    """会计 in 社会/计划 is no word, in 会计/培训 it is."""
    texts = ["社会计划", "会计培训"]
    starts = [None, bytes([0b0101]), None, bytes([0b0101])]
    reader = write(tmp_path, [document(n, [t]) for n, t in enumerate(texts)], data, starts)
    key = grams.pair_key(ord("会"), ord("计"))
    terms = reader._shard(key)
    assert terms.postings[key] == (1, 3)
    assert [bool(w & grams.WORD) for w in terms.weights[key]] == [False, True]


@given(st.lists(st.integers(0, 2**35 - 1)))
def test_varints(values: list[int]) -> None:
    data, starts = varints(np.array(values, np.int64))
    assert Bytestream(data.tobytes()).varints(len(values)) == values
    assert len(starts) == len(values) + 1 and starts[-1] == len(data)


@given(st.lists(st.integers(0, 3000)), st.integers(0, 9), st.data())
def test_rice_codes(values: list[int], k: int, data_: st.DataObject) -> None:
    packed, starts = rice(np.array(values, np.int64), np.full(len(values), k, np.int64))
    assert Bits(packed.tobytes()).rice(len(values), k) == values
    first = data_.draw(st.integers(0, len(values)))
    piece = bit_slice(packed, int(starts[first]), int(starts[-1]))
    assert Bits(piece).rice(len(values) - first, k) == values[first:]
    twice = join_bits([(packed, int(starts[-1]))] * 2)
    assert Bits(twice.tobytes()).rice(2 * len(values), k) == values * 2


def test_the_rice_bits_suit_the_gaps() -> None:
    """Of all ``k`` the chosen one is within a twentieth of the best."""
    rng = np.random.default_rng(1)
    for size in (1, 7, 100, 3000, 40_000):
        docs = np.sort(rng.choice(80_000, size, replace=False))
        gaps = np.diff(docs, prepend=-1) - 1
        chosen = int(rice_bits(np.array([size]), 80_000)[0])
        costs = [int(((gaps >> k) + k + 1).sum()) for k in range(18)]
        assert costs[chosen] <= min(costs) * 1.05 + 4


@given(st.binary(max_size=60) | st.lists(st.sampled_from([0, 0x14, 0x5C, 0x88, 255])).map(bytes))
def test_packed_text(content: bytes) -> None:
    packed = pack_text(content)
    assert not set(packed) & set(b'\0\n\r"\\')
    assert len(packed) <= -(-len(content) * 8 // 7) + 1
    assert unpack_text(packed.decode()) == content


@given(st.text(max_size=200), st.text(max_size=50))
def test_fragments_come_back(text: str, sample: str) -> None:
    text = text.encode("utf-16-le", "replace").decode("utf-16-le")
    dictionary = make_dictionary([sample])
    packed = compress_fragment(text.encode("utf-16-le"), dictionary)
    assert zlib.decompress(stream_head(dictionary) + packed)[: len(dictionary)] == dictionary
    assert "\x1e".join("\x1f".join(r) for r in read_fragment(packed, dictionary)) == text


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=12))
def test_pieces_hold_every_passage_once_and_no_more_than_fits(lengths: list[int]) -> None:
    texts = [f"{n}:" + "甲" * (length % 7) for n, length in enumerate(lengths[1:], 1)]
    one = document(0, texts)
    starts = piece_starts(lengths)
    records = [
        [record.split("\x1f") for record in text.split("\x1e")]
        for text in fragment_texts(one, lengths)
    ]
    assert [record[2] for piece in records for record in piece[1:]] == texts
    assert [len(piece[0]) for piece in records] == [4] + [3] * (len(records) - 1)
    for begin, end in zip(starts, [*starts[1:], len(lengths)], strict=True):
        assert sum(lengths[begin:end]) <= PIECE or end - begin == 1
