"""Sentences and where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from baogao.corpus import load, sentence_spans, statements


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
        ("提出“怎么办？”的问题。另一句", ["提出“怎么办？”", "的问题。", "另一句"]),
        (" 　甲；乙。 丙 ", ["甲；乙。", "丙"]),
        ("", []),
        ("。。。", ["。。。"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_no_character_of_the_samples_is_lost(root: Path) -> None:
    for report in load(root / "docs").reports:
        found = list(statements(report))
        for statement in found:
            assert statement.block.plain[statement.at :].startswith(statement.text)
        blocks = {id(s.block): s.block for s in found}
        for block in blocks.values():
            said = "".join(s.text for s in found if s.block is block)
            assert "".join(said.split()) == "".join(block.plain.split())
        anchors = {section.anchor for section in report.walk()} | {""}
        assert {s.anchor for s in found} <= anchors
