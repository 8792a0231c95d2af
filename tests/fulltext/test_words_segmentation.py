"""Where words begin: packing, and the memory of earlier builds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.corpus.intake import decode_text
from baogao.fulltext import segmentation
from baogao.fulltext.folding import fold_text
from baogao.fulltext.segmentation import (
    Segmenter,
    open_segmenter,
    pack_starts,
)
from baogao.fulltext.tokenizer import Tokenizer, jieba_version, open_tokenizer

TERMS = (("三会一课", 3), ("晒谷场", 3))
TEXTS = [
    "开展三会一课，在晒谷场上课。",
    "社会计划与会计",
    "",
    "𠮷字和emoji😀都在",
    "开展三会一课，在晒谷场上课。",
]


class Counting:
    """A tokenizer that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def cut(self, text: str) -> Iterator[str]:
        self.asked.append(text)
        yield from (text[at : at + 2] for at in range(0, len(text), 2))


@given(st.lists(st.text(min_size=1)))
def test_words_come_back_from_their_beginnings(words: list[str]) -> None:
    text = "".join(words)
    bits = pack_starts(words)
    assert len(bits) == (len(text) + 7) // 8
    begins = [at for at in range(len(text)) if bits[at >> 3] >> (at & 7) & 1]
    assert [text[a:b] for a, b in pairwise([*begins, len(text)])] == words


def test_terms_stay_whole_and_others_are_cut(tmp_path: Path) -> None:
    segmenter = open_segmenter(TERMS, tmp_path)
    assert segmenter is not None
    assert segmenter.words("开展三会一课") == ["开展", "三会一课"]
    text = "社会计划"
    assert segmenter.word_starts(text) == bytes([0b0101])


def test_a_text_is_segmented_once(tmp_path: Path) -> None:
    first = Segmenter(Counting(), TERMS, tmp_path)
    found = first.starts_of(TEXTS)
    assert sorted(first.tokenizer.asked) == sorted(set(TEXTS))
    second = Segmenter(Counting(), TERMS, tmp_path)
    assert second.starts_of(TEXTS) == found
    assert second.tokenizer.asked == []
    assert second.starts_of([*TEXTS[:2], "新写的一段"])[:2] == found[:2]
    assert second.tokenizer.asked == ["新写的一段"]


def test_what_was_deleted_is_forgotten(tmp_path: Path) -> None:
    Segmenter(Counting(), TERMS, tmp_path).starts_of(TEXTS)
    Segmenter(Counting(), TERMS, tmp_path).starts_of(TEXTS[:1])
    third = Segmenter(Counting(), TERMS, tmp_path)
    third.starts_of(TEXTS[:2])
    assert third.tokenizer.asked == [TEXTS[1]]


def test_other_terms_make_the_memory_worthless(tmp_path: Path) -> None:
    Segmenter(Counting(), TERMS, tmp_path).starts_of(TEXTS)
    other = Segmenter(Counting(), (*TERMS, ("双报到", 3)), tmp_path)
    other.starts_of(TEXTS)
    assert len(other.tokenizer.asked) == len(set(TEXTS))


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-3], lambda b: b[:40] + b"\xff" + b[41:], lambda b: b""]
)
def test_a_damaged_memory_is_no_memory(tmp_path: Path, damage: object) -> None:
    segmenter = Segmenter(Counting(), TERMS, tmp_path)
    found = segmenter.starts_of(TEXTS)
    segmenter.file.write_bytes(damage(segmenter.file.read_bytes()))  # type: ignore[operator]
    again = Segmenter(Counting(), TERMS, tmp_path)
    assert again.starts_of(TEXTS) == found
    assert len(again.tokenizer.asked) == len(set(TEXTS))


def test_two_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = open_segmenter(TERMS, tmp_path / "one")
    assert one is not None
    alone = one.starts_of(TEXTS)
    monkeypatch.setattr(segmentation, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(segmentation, "_CHUNK", 8)
    two = open_segmenter(TERMS, tmp_path / "two")
    assert two is not None
    told: list[tuple[int, int]] = []
    assert two.starts_of(TEXTS, lambda done, of: told.append((done, of))) == alone
    total = sum(map(len, set(TEXTS)))
    assert told[-1] == (total, total)


def test_without_processes_one_does_it_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(segmenter: Segmenter) -> None:
        raise OSError("no processes here")

    monkeypatch.setattr(segmentation, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(segmentation, "_pool", refuse)
    segmenter = Segmenter(Counting(), TERMS, tmp_path)
    assert segmenter.starts_of(TEXTS) == [segmenter.word_starts(text) for text in TEXTS]


def test_without_jieba_there_is_no_segmenter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jieba", None)
    assert open_segmenter(TERMS, tmp_path) is None
    assert jieba_version() == ""
    assert "\n" not in segmentation.MISSING


def test_jieba_leaves_nothing_outside_the_cache(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    segmenter = open_segmenter(TERMS, tmp_path)
    assert segmenter is not None
    assert segmenter.frequencies["会议"] > 0
    assert [file.name for file in (tmp_path / "baogao").iterdir()] == ["jieba.cache"]
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def tokenizers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokenizer, Tokenizer]:
    """One with rjieba, and one without."""
    folder = tmp_path_factory.mktemp("jieba")
    both, alone = open_tokenizer(TERMS, folder), open_tokenizer(TERMS, folder)
    assert both is not None and alone is not None
    assert both._fast is not None
    alone.__dict__["_fast"] = None
    for each in (both, alone):
        assert each.cut("a-b") == ["a", "-", "b"]  # opens its dictionary
    return both, alone


PIECES = st.sampled_from(
    ["开展三会一课", "晒谷场", "社会计划与会计", "1-2个", "98.5%", "1.1GW", "PM2.5", "3.", "％", "，", " ", "\r\n", "a.b", "A", "的", "𠮷", "卡拉ok", "%", "+", "0", "侓"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12))
def test_words_do_not_depend_on_the_faster_library(
    tokenizers: tuple[Tokenizer, Tokenizer], pieces: list[str]
) -> None:
    both, alone = tokenizers
    text = "".join(pieces)
    assert both.cut(text) == alone.cut(text)


def test_words_of_real_reports_do_not_depend_on_it(
    corpora: Path, tokenizers: tuple[Tokenizer, Tokenizer]
) -> None:
    both, alone = tokenizers
    for file in sorted((corpora / "city_reports/txt").glob("*.txt"))[:20]:
        text = fold_text(decode_text(file.read_bytes()).text)
        assert both.cut(text) == alone.cut(text), file.name


def test_a_long_text_with_a_mark_at_its_end_takes_no_longer(
    tokenizers: tuple[Tokenizer, Tokenizer],
) -> None:
    text = "会" * 5_000 + "12" * 500 + "-"
    assert "".join(tokenizers[0].cut(text)) == text
