"""The Word files of a site: made once, remembered by content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus, Report, load
from baogao.export import WordMemory, report_docx
from baogao.export import word as module

from .test_word import HEAD

Make = Callable[[dict[str, str]], Corpus]


def text(body: str) -> str:
    return HEAD.format(kind="年度工作总结", role="", title="总结") + body


def corpus(make: Make, second: str = "乙。") -> Corpus:
    return make({"2021/a.md": text("甲。"), "2022/b.md": text(second)})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the reports whose file was made, in order."""
    names: list[str] = []

    def counted(report: Report) -> bytes:
        names.append(report.name)
        return report_docx(report)

    monkeypatch.setattr(module, "report_docx", counted)
    return names


def contents(memory: WordMemory, reports: tuple[Report, ...]) -> list[bytes]:
    keys = memory.keys(reports)
    return [memory.content(report, keys[report.name]) for report in reports]


def test_what_did_not_change_is_not_made_again(
    memory_corpus: Make, tmp_path: Path, made: list[str]
) -> None:
    first = corpus(memory_corpus).reports
    right = [report_docx(report) for report in first]
    assert contents(WordMemory(tmp_path), first) == right
    assert contents(WordMemory(tmp_path), corpus(memory_corpus).reports) == right
    contents(WordMemory(tmp_path), corpus(memory_corpus, "丙。").reports)
    assert made == ["2021/a", "2022/b", "2022/b"]


def test_the_key_is_that_of_the_text_whoever_asks(memory_corpus: Make, tmp_path: Path) -> None:
    memory = WordMemory(tmp_path)
    before = memory.keys(corpus(memory_corpus).reports)
    assert memory.keys(corpus(memory_corpus).reports) == before
    after = memory.keys(corpus(memory_corpus, "丙。").reports)
    assert after["2021/a"] == before["2021/a"] and after["2022/b"] != before["2022/b"]
    assert WordMemory(tmp_path).keys(corpus(memory_corpus, "丙。").reports) == after


def test_what_is_not_called_for_is_forgotten(memory_corpus: Make, tmp_path: Path) -> None:
    memory = WordMemory(tmp_path / "cache")
    reports = corpus(memory_corpus).reports
    memory.forget_all_but([])  # of a folder that is not there
    contents(memory, reports)
    assert len(list(memory.folder.iterdir())) == 2
    kept = memory.keys(reports[:1])
    memory.forget_all_but(kept.values())
    assert [file.stem for file in memory.folder.iterdir()] == [kept["2021/a"]]


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_memory_costs_time_only(
    memory_corpus: Make, tmp_path: Path, made: list[str], damage: bytes | None
) -> None:
    reports = corpus(memory_corpus).reports
    right = contents(WordMemory(tmp_path), reports)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:-5] if damage is None else damage)
    made.clear()
    assert contents(WordMemory(tmp_path), reports) == right
    assert made == ["2021/a", "2022/b"]


def test_a_memory_that_cannot_be_written_costs_time_only(
    memory_corpus: Make, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    reports = corpus(memory_corpus).reports
    assert contents(WordMemory(tmp_path / "cache"), reports) == [report_docx(r) for r in reports]


def test_another_name_of_the_unit_makes_another_file(make_corpus: Make, tmp_path: Path) -> None:
    """What a file is signed with comes from units.yml, not from the report."""
    memory = WordMemory(tmp_path / "cache")
    before = corpus(make_corpus)
    units = tmp_path / "docs/_data/units.yml"
    units.write_text(
        units.read_text(encoding="utf-8").replace("城乡建设局机关党委", "城市更新局机关党委"),
        encoding="utf-8",
    )
    after = load(tmp_path / "docs")
    assert after.reports[0].unit_name != before.reports[0].unit_name
    assert memory.keys(after.reports) != memory.keys(before.reports)


def test_what_readers_may_not_see_has_no_key(memory_corpus: Make, tmp_path: Path) -> None:
    hidden = memory_corpus(
        {"2021/a.md": text("甲。"), "2022/b.md": text("乙。").replace("internal", "restricted")}
    )
    with pytest.raises(ValueError, match="2022/b"):
        WordMemory(tmp_path).keys(hidden.reports)
