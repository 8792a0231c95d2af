"""The gold labels still fit the sample reports they were made from."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from baogao.corpus import Block, Corpus, load

LABELS = Path(__file__).parent / "labels"
KINDS = {"now", "before", "change", "plan"}


def read(name: str) -> list[dict[str, str]]:
    """The rows of a label file, without the comment lines at its top."""
    lines = (LABELS / name).read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "docs")


def blocks(corpus: Corpus, report: str) -> tuple[Block, ...]:
    found = corpus.find(report)
    assert found is not None, report
    return found.blocks


def test_every_problem_of_a_predecessor_is_judged_and_no_other(corpus: Corpus) -> None:
    problems = {
        (report.name, item.id)
        for report in corpus.reports
        if (earlier := corpus.predecessor(report))
        for item in earlier.items_of("problem")
    }
    assert {(row["report"], row["problem"]) for row in read("answers.tsv")} == problems


def test_an_answer_is_a_sentence_that_stands_once_in_the_later_report(corpus: Corpus) -> None:
    for row in read("answers.tsv"):
        if row["grade"] == "0":
            assert row["sentence"] == "", row
        else:
            assert row["grade"] in ("1", "2"), row
            plain = [block.plain for block in blocks(corpus, row["report"])]
            assert sum(text.count(row["sentence"]) for text in plain) == 1, row


def test_a_problem_without_answer_has_one_row(corpus: Corpus) -> None:
    rows = read("answers.tsv")
    count = Counter((row["report"], row["problem"]) for row in rows)
    assert all(count[row["report"], row["problem"]] == 1 for row in rows if row["grade"] == "0")


def test_a_figure_stands_where_its_label_says(corpus: Corpus) -> None:
    listed = {(row["report"], row["block"]) for row in read("figure_paragraphs.tsv")}
    rows = read("figures.tsv")
    end: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row["report"], row["block"]
        found = [b.plain for b in blocks(corpus, row["report"]) if b.plain.startswith(row["block"])]
        assert len(found) == 1, row
        start = int(row["start"])
        assert found[0].startswith(row["span"], start), row
        assert start >= end.get(key, 0), row
        end[key] = start + len(row["span"])
        assert row["kind"] in KINDS, row
        assert row["unit"] and row["measure"], row
        assert bool(row["value"]) != ("X" in row["span"]), row
    assert {(row["report"], row["block"]) for row in rows} == listed
