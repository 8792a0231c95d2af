"""The Word files of a site: made once, remembered by content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus
from baogao.export import WordFiles, report_docx, word_uri
from baogao.export import word as module

from .test_word import HEAD

Make = Callable[[dict[str, str]], Corpus]


def text(body: str) -> str:
    return HEAD.format(kind="年度工作总结", role="", title="总结") + body


def corpus(make: Make, second: str = "乙。") -> Corpus:
    return make({"2021/a.md": text("甲。"), "2022/b.md": text(second)})


@pytest.fixture
def files(tmp_path: Path) -> WordFiles:
    return WordFiles(tmp_path / "cache")


def test_each_report_has_its_file(memory_corpus: Make, files: WordFiles, tmp_path: Path) -> None:
    reports = corpus(memory_corpus).visible.reports
    assert files.write(reports, tmp_path / "site") == 2
    for report in reports:
        assert (tmp_path / "site" / word_uri(report)).read_bytes() == report_docx(report)


def test_what_did_not_change_is_not_made_again(
    memory_corpus: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(report: object) -> bytes:
        made.append(report.name)  # type: ignore[attr-defined]
        return report_docx(report)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "report_docx", counted)
    cache = tmp_path / "cache"
    first = corpus(memory_corpus).reports
    assert WordFiles(cache).write(first, tmp_path / "one") == 2
    assert WordFiles(cache).write(first, tmp_path / "two") == 0
    changed = corpus(memory_corpus, "丙。").reports
    assert WordFiles(cache).write(changed, tmp_path / "three") == 1
    assert made == ["2021/a", "2022/b", "2022/b"]
    for report in first:
        one, two = (tmp_path / site / word_uri(report) for site in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_a_preview_writes_only_what_changed(
    memory_corpus: Make, files: WordFiles, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    files.write(corpus(memory_corpus).reports, site)
    kept, gone = (site / word_uri(r) for r in corpus(memory_corpus).reports)
    kept.write_bytes(b"left alone")
    gone.unlink()
    files.write(corpus(memory_corpus).reports, site)
    assert kept.read_bytes() == b"left alone" and gone.is_file()


def test_many_are_made_by_more_than_one_process(
    memory_corpus: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = corpus(memory_corpus).reports
    WordFiles(tmp_path / "cache").write(reports, tmp_path / "one")
    monkeypatch.setattr(module, "WORTH_A_PROCESS", 1)
    assert WordFiles(tmp_path / "other").write(reports, tmp_path / "two") == 2
    assert WordFiles(tmp_path / "other").write(reports, tmp_path / "three") == 0
    for report in reports:
        files = {(tmp_path / site / word_uri(report)).read_bytes() for site in ("one", "two", "three")}  # fmt: skip
        assert len(files) == 1


def test_what_is_not_called_for_is_forgotten(memory_corpus: Make, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    WordFiles(cache).write(corpus(memory_corpus).reports, tmp_path / "one")
    assert len(list(cache.iterdir())) == 2
    WordFiles(cache).write(corpus(memory_corpus).reports[:1], tmp_path / "two")
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_a_damaged_memory_costs_time_only(
    memory_corpus: Make, tmp_path: Path, damage: bytes | None
) -> None:
    cache = tmp_path / "cache"
    reports = corpus(memory_corpus).reports
    WordFiles(cache).write(reports, tmp_path / "one")
    for file in cache.iterdir():
        file.write_bytes(file.read_bytes()[:-5] if damage is None else damage)
    assert WordFiles(cache).write(reports, tmp_path / "two") == 2
    for report in reports:
        one, two = (tmp_path / site / word_uri(report) for site in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_a_memory_that_cannot_be_written_costs_time_only(
    memory_corpus: Make, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    reports = corpus(memory_corpus).reports
    assert WordFiles(tmp_path / "cache").write(reports, tmp_path / "site") == 2
    assert all((tmp_path / "site" / word_uri(report)).is_file() for report in reports)


def test_another_name_of_the_unit_makes_another_file(make_corpus: Make, tmp_path: Path) -> None:
    """What a file is signed with comes from units.yml, not from the report."""
    cache = tmp_path / "cache"
    WordFiles(cache).write(corpus(make_corpus).reports, tmp_path / "one")
    before = corpus(make_corpus)
    units = tmp_path / "docs/_data/units.yml"
    from baogao.corpus import load

    units.write_text(
        units.read_text(encoding="utf-8").replace("城乡建设局机关党委", "城市更新局机关党委"),
        encoding="utf-8",
    )
    after = load(tmp_path / "docs")
    assert after.reports[0].unit_name != before.reports[0].unit_name
    assert WordFiles(cache).write(after.reports, tmp_path / "two") == 2


def test_nothing_is_written_when_one_may_not_be_seen(
    memory_corpus: Make, files: WordFiles, tmp_path: Path
) -> None:
    hidden = memory_corpus(
        {"2021/a.md": text("甲。"), "2022/b.md": text("乙。").replace("internal", "restricted")}
    )
    with pytest.raises(ValueError, match="2022/b"):
        files.write(hidden.reports, tmp_path / "site")
    assert not (tmp_path / "site").exists()
