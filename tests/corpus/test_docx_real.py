"""Real Word files: 72 city government reports against their text as another program extracted it, and five awkward ones."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from baogao.corpus import Data
from baogao.corpus.intake import Draft, decode_text, read_draft, read_manuscript
from baogao.corpus.ordinals import match_ordinal

#: The text of these is one line; how many 一、 and （一） begin in it after the end of a sentence (counted by hand).
ONE_LINE = {"枣庄": ([1, 2, 3], [*range(1, 9), *range(1, 5)]), "泸州": ([*range(1, 8)], [*range(1, 8)]), "潍坊": ([1, 2, 3], [*range(1, 9)])}  # fmt: skip


def fold(text: str) -> str:
    """Without blanks, and with half and full width alike."""
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text))


def pairs(corpora: Path, data: Data) -> list[tuple[str, Draft, str]]:
    """Name, what the Word file gives, and the text it should hold."""
    kind = data.kinds.find("政府工作报告")
    files = sorted((corpora / "city_reports/docx").glob("*.docx"))
    assert len(files) == 72
    made = []
    for file in files:
        twin = decode_text((corpora / "city_reports/txt" / f"{file.stem}.txt").read_bytes()).text
        draft = read_draft(read_manuscript(file.read_bytes(), file.name), data, kind)
        made.append((file.stem, draft, twin))
    return made


@pytest.fixture(scope="module")
def city(corpora: Path, data: Data) -> list[tuple[str, Draft, str]]:
    return pairs(corpora, data)


def test_no_character_is_lost_or_added(city: list[tuple[str, Draft, str]]) -> None:
    for name, draft, twin in city:
        whole = (draft.title or "") + "".join(piece.content for piece in draft.pieces)
        assert fold(whole) == fold(twin), name


def test_headings_are_the_ordinals_of_the_text(city: list[tuple[str, Draft, str]]) -> None:
    for name, draft, twin in city:
        lines = [fold(line) for line in twin.split("\n")]
        expected = [line for line in lines if re.match(r"[一二三四五六七八九十]{1,3}、", line)]
        begun = [line for line in lines if re.match(r"[（(][一二三四五六七八九十]{1,3}[）)]", line)]
        first = [fold(piece.text) for piece in draft.pieces if piece.level == 1]
        second = [
            fold(p.text) for p in draft.pieces if (o := match_ordinal(p.text)) and o.level == 2
        ]
        if name in ONE_LINE:
            assert (numbers(first), numbers(second)) == ONE_LINE[name], name
        else:
            # a heading that runs into its text is cut off it, after its first sentence
            whole = [
                a if "。" in a[:-1] and a.startswith(b) else b
                for a, b in zip(expected, first, strict=True)
            ]
            assert (whole, second) == (expected, begun), name


def numbers(lines: list[str]) -> list[int]:
    return [ordinal.number for line in lines if (ordinal := match_ordinal(line))]


def test_the_same_as_from_text(city: list[tuple[str, Draft, str]], data: Data) -> None:
    kind = data.kinds.find("政府工作报告")
    for name, draft, twin in city:
        other = read_draft(twin, data, kind)
        assert [(p.level, fold(p.text)) for p in draft.pieces] == [
            (p.level, fold(p.text)) for p in other.pieces
        ], name
        assert (draft.title, draft.year, draft.date) == (other.title, other.year, other.date)


def test_pictures_and_properties_are_told(city: list[tuple[str, Draft, str]]) -> None:
    asides = {name: draft.account.aside for name, draft, _ in city}
    assert all(len(aside.properties) == 4 for aside in asides.values())
    assert {name for name, aside in asides.items() if aside.left_out} == {"合肥"}
    assert not any(aside.hidden or aside.tracked or aside.comments for aside in asides.values())


def varied(corpora: Path, data: Data, name: str) -> Draft:
    (file,) = (corpora / "docx_varied").glob(f"*{name}*.docx")
    return read_draft(read_manuscript(file.read_bytes(), file.name), data)


def texts(draft: Draft) -> list[str]:
    return [piece.content for piece in draft.pieces]


def test_formal(corpora: Path, data: Data) -> None:
    draft = varied(corpora, data, "01-basic")
    assert draft.title == "关于开展格式检查工作的通知"
    assert [(p.level, p.text) for p in draft.pieces if p.level] == [
        (1, "一、总体要求"),
        (2, "（一）加强审核"),
    ]
    assert str(draft.date) == "2026-05-30" and len(draft.pieces) == 9


def test_header_and_footer(corpora: Path, data: Data) -> None:
    draft = varied(corpora, data, "03-header")
    assert "内部资料" not in "".join(texts(draft)) and len(draft.pieces) == 3
    assert [note.text for note in draft.account.aside.left_out] == ["页眉“内部资料”"]


def test_text_box(corpora: Path, data: Data) -> None:
    assert texts(varied(corpora, data, "05-textbox"))[1:] == ["文本框内文字", "文本框之后的正文。"]


def test_contents(corpora: Path, data: Data) -> None:
    draft = varied(corpora, data, "07-toc")
    assert texts(draft)[0].startswith("生成日期") and len(draft.pieces) == 7
    assert [piece.text for piece in draft.pieces if piece.level] == ["一、第一部分", "二、第二部分"]
    assert [note.text for note in draft.account.aside.left_out] == ["目录“1”"]


def test_demo(corpora: Path, data: Data) -> None:
    draft = varied(corpora, data, "demo")
    assert [piece.level for piece in draft.pieces if piece.level] == [1, 2, 3, 4]
    (table,) = [piece for piece in draft.pieces if piece.rows]
    assert len(table.rows) == 4 and table.rows[0][0] == "序号"
