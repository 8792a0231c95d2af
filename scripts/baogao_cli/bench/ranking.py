"""``baogao bench ranking``: how well the second stage of the search orders what it finds, on public questions with judged answers."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from baogao.corpus import Data, load_data, reason_of, shown_path
from baogao.fulltext.counting import find_grams
from baogao.fulltext.folding import fold_passages, fold_text, unit_codes
from baogao.fulltext.scoring import SCORING, Scoring
from baogao.fulltext.segmentation import MISSING, open_segmenter
from baogao.fulltext.stream import make_stream, passage_lengths
from baogao.fulltext.suggestions import folded_terms
from baogao.fulltext.vocabulary import Vocabulary, build_vocabulary, count_words, read_query
from baogao.fulltext.weighing import Weigher

from ..ui import Command, Failure, docs_option, require_docs, say

_DEPTH = 10
_K1 = (0.9, 1.1, 1.3, 1.5, 1.8)
_B = (0.7, 0.8, 0.85, 0.9, 1.0)


@dataclass(frozen=True)
class Question:
    """``answers`` are numbers of articles."""

    text: str
    answers: frozenset[int]


@dataclass(frozen=True)
class Benchmark:
    """Articles are (name, text)."""

    articles: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


@click.command("ranking", cls=Command)
@click.option(
    "--corpora", type=click.Path(file_okay=False, path_type=Path), default=None,
    help="语料所在的目录，其中有 stard（默认取环境变量 BAOGAO_CORPORA）",
)  # fmt: skip
@click.option("--tune", is_flag=True, help="另外试一遍参数：在一半问题上选，两半都报")
@docs_option
def bench_ranking(corpora: Path | None, tune: bool, docs: Path) -> None:
    """检索第二步（按词检索）排序的好坏：stard 的 772 个问题，nDCG@10。"""
    corpora = corpora or Path(os.environ.get("BAOGAO_CORPORA") or "corpora")
    data = load_data(require_docs(docs) / "_data", shown_path(docs / "_data"))
    benchmark = read_benchmark(corpora / "stard")
    say(f"{len(benchmark.articles)} 条法规，{len(benchmark.questions)} 个问题")
    begun = time.perf_counter()
    passages = fold_passages([f"{name}\n{text}" for name, text in benchmark.articles])
    headings = [len(unit_codes(fold_text(name))) for name, _ in benchmark.articles]
    stream = make_stream(passages, headings, None)
    weigher = Weigher(find_grams(stream).postings, passage_lengths(stream))
    say(f"建立索引 {time.perf_counter() - begun:.1f} 秒")
    vocabulary = _vocabulary(passages, data, docs.parent / ".cache" / "bench")
    whole = [(fold_text(question.text),) for question in benchmark.questions]
    asked = [read_query(text, vocabulary).pieces for (text,) in whole]
    say("                                      全部    调参的一半  另一半   标准误")
    _say_line("按网站的参数", weigher, benchmark, asked)
    _say_line("同上，不去掉提问用的词", weigher, benchmark, whole)
    if tune:
        _tune(weigher, benchmark, asked)


def _tune(weigher: Weigher, benchmark: Benchmark, asked: Sequence[Sequence[str]]) -> None:
    best, best_mean = SCORING, 0.0
    for k1 in _K1:
        for b in _B:
            scoring = Scoring(k1, b)
            gains = measure(replace(weigher, scoring=scoring), benchmark, asked)
            _say_gains(f"k1 = {k1}，b = {b}", gains)
            if (mean := float(gains[::2].mean())) > best_mean:
                best, best_mean = scoring, mean
    say(f"调参的一半选出 k1 = {best.k1}，b = {best.b}；网站用 k1 = {SCORING.k1}，b = {SCORING.b}")


def _say_line(
    name: str, weigher: Weigher, benchmark: Benchmark, asked: Sequence[Sequence[str]]
) -> None:
    _say_gains(name, measure(weigher, benchmark, asked))


def _say_gains(name: str, gains: npt.NDArray[np.float64]) -> None:
    error = gains.std(ddof=1) / np.sqrt(len(gains))
    blanks = " " * (34 - sum(2 if ord(char) > 255 else 1 for char in name))
    say(
        f"{name}{blanks}  {gains.mean():.4f}   {gains[::2].mean():.4f}    {gains[1::2].mean():.4f}   {error:.4f}"
    )


def measure(
    weigher: Weigher, benchmark: Benchmark, asked: Iterable[Sequence[str]]
) -> npt.NDArray[np.float64]:
    """nDCG@10 of each question. Those with even numbers are the half to tune on."""
    gains = []
    for question, pieces in zip(benchmark.questions, asked, strict=True):
        weights = weigher.weigh(pieces)
        near = np.argpartition(-weights, min(5 * _DEPTH, len(weights) - 1))[: 5 * _DEPTH]
        order = near[np.lexsort((near, -weights[near]))]
        gains.append(
            gain(
                [int(n) in question.answers for n in order if weights[n] > 0], len(question.answers)
            )
        )
    return np.array(gains)


def gain(relevant: Sequence[bool], answers: int) -> float:
    """nDCG@10 of results in order, each an answer or not, where there are ``answers`` in all."""
    discounts = 1 / np.log2(np.arange(2, _DEPTH + 2))
    found = sum(d for d, hit in zip(discounts, relevant, strict=False) if hit)
    return float(found / discounts[: min(answers, _DEPTH)].sum()) if answers else 0.0


def read_benchmark(folder: Path) -> Benchmark:
    """Articles, questions and judgments. Raises :class:`~.ui.Failure` when they are not there."""
    try:
        with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        questions = _table(folder / "queries.tsv")
        judgments = _table(folder / "qrels.tsv")
    except OSError as error:
        raise Failure(f"读不到 {folder} 里的问题和法规：{reason_of(error)}") from error
    number = {row["id"]: index for index, row in enumerate(rows)}
    answers: dict[str, set[int]] = {}
    for query, _, article, grade in judgments:
        if int(grade) > 0:
            answers.setdefault(query, set()).add(number[article])
    return Benchmark(
        tuple((row["name"], row["text"]) for row in rows),
        tuple(Question(text, frozenset(answers[key])) for key, text in questions if key in answers),
    )


def _table(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line]


def _vocabulary(passages: Sequence[str], data: Data, cache: Path) -> Vocabulary:
    """The words of the articles; nothing without jieba."""
    segmenter = open_segmenter(folded_terms(data), cache)
    if segmenter is None:
        say(MISSING)
        return Vocabulary({})
    begun = time.perf_counter()
    starts = segmenter.starts_of(passages)
    counts = count_words(passages, starts)
    say(f"切词 {time.perf_counter() - begun:.1f} 秒（下次只读结果）")
    return build_vocabulary(
        counts, segmenter.frequencies, (),
        tuple(map(fold_text, data.question_words)), tuple(map(fold_text, data.function_words)),
    )  # fmt: skip
