"""Folding: the fixture the browser is held to as well, and what must hold for any text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.fulltext.folding import fold, fold_passages, fold_text, table, table_rows
from baogao.fulltext.passages import SEPARATOR

CASES: list[list[str]] = json.loads(
    Path(__file__).with_name("folding.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "folded"), CASES)
def test_the_fixture(text: str, folded: str) -> None:
    assert fold_text(text) == fold(text).text == folded


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=[]) | st.sampled_from("\n㎡ｅ\u0301萬“")),
        max_size=6,
    )
)
def test_many_at_a_time(texts: list[str]) -> None:
    assert fold_passages(texts) == [
        SEPARATOR.join(fold_text(piece) for piece in text.split(SEPARATOR)) for text in texts
    ]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    # A mark that lost its base in the first folding may compose in the second.
    if not any(unicodedata.combining(char) for char in unicodedata.normalize("NFKD", text)):
        assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text(), st.text())
def test_folding_goes_piece_by_piece(one: str, other: str) -> None:
    if not other or not unicodedata.combining(unicodedata.normalize("NFKD", other)[0]):
        assert fold_text(one + other) == fold_text(one) + fold_text(other)


@given(st.text())
def test_offsets_point_at_the_character(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    for char, start in zip(folded.text, folded.offsets, strict=False):
        assert any(char in fold_text(text[start:end]) for end in range(start + 1, len(text) + 1))


def test_a_corpus_needs_the_rows_that_lead_into_its_alphabet() -> None:
    rows = dict(table_rows({ord("万"), ord("-")}))
    assert rows[ord("萬")] == "万" and rows[ord("—")] == "-" and rows[ord("“")] == ""
    assert ord("雙") not in rows and ord("Ａ") not in rows
    assert set(table_rows(range(0x10000))) <= set(table().items())
