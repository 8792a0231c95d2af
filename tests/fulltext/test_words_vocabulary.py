"""The vocabulary and cutting by it; tests/browser/test_search_words.py holds the browser to the same."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.fulltext import vocabulary as module
from baogao.fulltext.segmentation import open_segmenter, pack_starts
from baogao.fulltext.vocabulary import (
    Vocabulary,
    build_vocabulary,
    count_words,
    cut,
    read_query,
    table,
)

FIXTURE: dict[str, Any] = json.loads(Path(__file__).with_name("cutting.json").read_text("utf-8"))
KNOWN = Vocabulary(
    FIXTURE["weights"], {}, FIXTURE["total"], tuple(FIXTURE["questions"]), tuple(FIXTURE["glue"])
)


@pytest.mark.parametrize("case", FIXTURE["cases"], ids=lambda case: case["query"])
def test_cutting(case: dict[str, Any]) -> None:
    assert cut(case["query"], KNOWN) == case["words"]
    wanted = read_query(case["query"], KNOWN)
    assert [list(wanted.words), list(wanted.pieces)] == [case["wanted"], case["pieces"]]


def test_it_cuts_as_jieba_does(tmp_path: Path) -> None:
    """With all of jieba's dictionary, sentences come out as from jieba without its guesses."""
    segmenter = open_segmenter((), tmp_path)
    assert segmenter is not None
    frequencies = {word: count for word, count in segmenter.frequencies.items() if count}
    everything = Vocabulary(
        {word: module.weigh(count) for word, count in frequencies.items()},
        {},
        module.weigh(sum(frequencies.values())),
    )
    for sentence in (
        "主题教育开展以来,局党组坚持把学习放在首位。", "研究生命的起源", "南京市长江大桥", "督促整改问题清单逐项销号",
        "结婚的和尚未结婚的", "本年度共走访慰问困难职工", "他从马上下来", "群众对办事效率不满意",
    ):  # fmt: skip
        assert cut(sentence, everything) == list(
            segmenter.tokenizer._jieba.cut(sentence, HMM=False)
        )
    assert jieba.__version__


def test_what_jieba_guessed_once_is_no_word() -> None:
    counts = Counter({"晒谷场": 3, "实里": 1, "学习": 1, "2022": 9, ",": 9})
    made = build_vocabulary(counts, {"学习": 1000, "学": 500, "习": 100})
    assert {word for word in made.weights if len(word) > 1} == {"晒谷场", "学习"}
    assert made.counts == {"晒谷场": 3, "学习": 1}


def test_a_question_is_whole_however_likely_its_pieces_are() -> None:
    frequencies = {"效果": 40_000, "如何": 90_000, "效": 900, "果": 900, "如": 50_000, "何": 9000}
    made = build_vocabulary({"效果": 4, "如何": 4}, frequencies, (), ("效果如何", "如何"), ("的",))
    assert cut("效果如何", made) == ["效果如何"]
    assert read_query("效果如何", made).words == ("效果如何",)  # nothing else was asked
    assert read_query("党建效果如何", made).words == ("党建",)


def test_the_rarest_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORDS", 2)
    counts = {"甲乙": 5, "丙丁": 9, "戊己": 4}
    made = build_vocabulary(counts, dict.fromkeys(counts, 10), ["庚辛"])
    assert {word for word in made.weights if len(word) > 1} == {"甲乙", "丙丁", "庚辛"}


def test_the_table_is_the_same_every_time_and_has_a_mark_for_every_word() -> None:
    made = table(KNOWN)
    assert made == table(
        Vocabulary(
            dict(reversed(KNOWN.weights.items())), {}, KNOWN.total, KNOWN.questions, KNOWN.glue
        )
    )
    assert len(str(made["weights"])) == len(str(made["counts"])) == len(KNOWN.weights)


@given(st.lists(st.lists(st.text(min_size=1, max_size=6)), max_size=5))
def test_words_are_counted(texts: list[list[str]]) -> None:
    counted = count_words(
        ["".join(words) for words in texts], [pack_starts(words) for words in texts]
    )
    assert counted == Counter(word for words in texts for word in words)
