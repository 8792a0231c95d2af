"""How well figures are read, measured against labels made blind; run with ``-s`` to see the numbers.

The extractor was tuned on the reports of three units and the reference report; the other two units were looked at only to measure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from baogao.corpus import Corpus, Data, Source, Statement, load, load_data, parse_report, statements
from baogao.insight.figure_grammar import Sighting
from baogao.insight.figure_heads import Head
from baogao.insight.figures import read_statement

LABELS = Path(__file__).parent / "labels"
HELD_OUT = ("jiguan", "dangan")
PRECISION, RECALL = 0.95, 0.9


@dataclass(frozen=True)
class Found:
    """What one figure says: where, as written, value, unit."""

    where: tuple[object, ...]
    value: str
    unit: str


Heads = list[tuple[str, str, bool]]
Measured = tuple[str, set[Found], set[Found], Heads]


def rows(name: str) -> list[dict[str, str]]:
    lines = (LABELS / name).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(sentences: Iterable[Statement], data: Data) -> Iterable[tuple[Statement, Sighting, Head]]:
    for sentence in sentences:
        for sighting, head, _ in read_statement(sentence, data):
            yield sentence, sighting, head


def value_of(sighting: Sighting) -> str:
    if sighting.low is None or sighting.high is None:
        return ""
    low, high = f"{sighting.low:.10g}", f"{sighting.high:.10g}"
    return low if low == high else f"{low}..{high}"


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "docs")


@pytest.fixture(scope="module")
def measured(corpus: Corpus) -> list[Measured]:
    """For each labelled paragraph: its unit, the labels, what was found, and (label, measure, kind right) where both agree on
    the place."""
    labels = rows("figures.tsv")
    made = []
    for paragraph in rows("figure_paragraphs.tsv"):
        report = corpus.find(paragraph["report"])
        assert report is not None
        (block,) = [b for b in report.blocks if b.plain.startswith(paragraph["block"])]
        own = [r for r in labels if (r["report"], r["block"]) == (paragraph["report"], paragraph["block"])]  # fmt: skip
        gold = {Found((int(r["start"]), r["span"]), r["value"], r["unit"]) for r in own}
        by_place = {int(r["start"]): r for r in own}
        got: set[Found] = set()
        heads: Heads = []
        own_sentences = (s for s in statements(report) if s.block is block)
        for sentence, sighting, head in read(own_sentences, corpus.data):
            place = sentence.at + sighting.start
            written = sentence.text[sighting.start : sighting.end]
            got.add(Found((place, written), value_of(sighting), sighting.unit))
            if place in by_place:
                row = by_place[place]
                heads.append((head.label, row["measure"], head.kind == row["kind"]))
        made.append((paragraph["report"].split("/")[1].split("-")[0], gold, got, heads))
    return made


def report_on(name: str, gold: int, got: int, right: int) -> tuple[float, float]:
    precision, recall = right / got, right / gold
    print(f"\n{name}: {gold} labels, precision {precision:.3f}, recall {recall:.3f}")
    return precision, recall


@pytest.mark.parametrize("part", ["all", "tuned", "held out"])
def test_figures_are_read_as_labelled(
    part: str,
    measured: list[Measured],
) -> None:
    chosen = [m for m in measured if part == "all" or (m[0] in HELD_OUT) == (part == "held out")]
    precision, recall = report_on(
        f"figures, {part} (place, value, unit)",
        sum(len(gold) for _, gold, _, _ in chosen),
        sum(len(got) for _, _, got, _ in chosen),
        sum(len(gold & got) for _, gold, got, _ in chosen),
    )
    assert precision >= PRECISION
    assert recall >= RECALL


@pytest.mark.parametrize("part", ["tuned", "held out"])
def test_what_they_measure_agrees_with_the_labels(
    part: str,
    measured: list[Measured],
) -> None:
    """Nobody words a measure as another does: that two characters in a row are the same is what can be asked."""
    heads = [h for unit, _, _, found in measured if (unit in HELD_OUT) == (part == "held out") for h in found]  # fmt: skip
    exact = sum(label == measure for label, measure, _ in heads) / len(heads)
    near = sum(
        label == measure or any(measure[i : i + 2] in label for i in range(len(measure) - 1))
        for label, measure, _ in heads
    ) / len(heads)
    kind = sum(right for *_, right in heads) / len(heads)
    print(f"\nmeasures, {part}: exact {exact:.3f}, overlapping {near:.3f}; kind {kind:.3f}")
    assert near >= 0.75
    assert kind >= 0.9


def test_the_gaps_of_the_reference_report_are_read_as_labelled(corpora: Path, root: Path) -> None:
    file = corpora.parent / "reports/2022-reference.txt"
    if not file.is_file():
        pytest.skip("没有参考报告的原文")
    lines = file.read_text(encoding="utf-8").split("\n")[:14]
    gold = {
        Found((int(r["line"]), int(r["offset"]), int(r["length"])), r["value"], r["unit"])
        for r in rows("reference_figures.tsv")
    }
    data = load_data(root / "docs/_data", "docs/_data")
    text = "---\ntitle: x\n---\n" + "\n\n".join(lines)
    report = parse_report("2022/x", Source("x.md", text), data)
    got = set()
    for sentence, sighting, _ in read(statements(report), data):
        number = lines.index(next(line for line in lines if line.strip() == sentence.block.plain))
        length = sighting.end - sighting.start
        place = number + 1, sentence.at + sighting.start, length
        got.add(Found(place, value_of(sighting), sighting.unit))
    precision, recall = report_on("figures, reference report", len(gold), len(got), len(gold & got))
    assert precision >= PRECISION
    assert recall >= RECALL
