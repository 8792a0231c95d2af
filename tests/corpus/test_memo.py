"""What studies found is remembered by content, and only by content."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from baogao.corpus import Corpus, Memo, Report, Study, load, memo, open_memo


class Asked:
    """A study that counts how often it is asked."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.study = Study("lengths", self._read, str, int)

    def _read(self, report: object, before: object) -> int:
        self.names.append(report.name)  # type: ignore[attr-defined]
        return len(report.source.text)  # type: ignore[attr-defined]


@pytest.fixture
def corpus(root: Path) -> Corpus:
    return load(root / "docs").visible


def test_only_what_changed_is_read_again(corpus: Corpus, tmp_path: Path) -> None:
    asked = Asked()
    first = Memo(tmp_path, "s").gather(asked.study, corpus.reports)
    assert sorted(asked.names) == [report.name for report in corpus.reports]
    asked.names.clear()
    assert Memo(tmp_path, "s").gather(asked.study, corpus.reports) == first
    assert asked.names == []
    report = corpus.reports[3]
    source = dataclasses.replace(report.source, text=report.source.text + "加一句。\n")
    changed = [*corpus.reports[:3], dataclasses.replace(report, source=source), *corpus.reports[4:]]
    second = Memo(tmp_path, "s").gather(asked.study, changed)
    assert asked.names == [report.name]
    assert second[report.name] == first[report.name] + len("加一句。\n")


@pytest.mark.parametrize("damage", ["signature", "cut", "bytes", "gone"])
def test_another_signature_or_a_damaged_file_is_read_anew(
    damage: str, corpus: Corpus, tmp_path: Path
) -> None:
    asked = Asked()
    first = Memo(tmp_path, "s").gather(asked.study, corpus.reports)
    file = tmp_path / "memo-lengths.txt"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-20])
    elif damage == "bytes":
        file.write_bytes(b"\xff")
    elif damage == "gone":
        file.unlink()
    asked.names.clear()
    again = Memo(tmp_path, "other" if damage == "signature" else "s")
    assert again.gather(asked.study, corpus.reports) == first
    assert len(asked.names) == len(corpus.reports)


def test_what_was_deleted_is_forgotten(corpus: Corpus, tmp_path: Path) -> None:
    asked = Asked()
    Memo(tmp_path, "s").gather(asked.study, corpus.reports)
    size = (tmp_path / "memo-lengths.txt").stat().st_size
    Memo(tmp_path, "s").gather(asked.study, corpus.reports[:2])
    assert (tmp_path / "memo-lengths.txt").stat().st_size < size / 5


def test_processes_find_what_one_finds(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    study = Study("lengths", lambda report, _: len(report.source.text), str, int)
    alone = Memo(None, "").gather(study, corpus.reports)
    monkeypatch.setattr(memo, "WORTH_A_PROCESS", 1)
    assert Memo(None, "").gather(study, corpus.reports) == alone


def test_the_data_files_are_part_of_the_signature(root: Path, tmp_path: Path) -> None:
    (tmp_path / "_data").mkdir()
    file = tmp_path / "_data" / "units.yml"
    file.write_text("a", encoding="utf-8")
    before = open_memo(tmp_path, None).signature
    file.write_text("b", encoding="utf-8")
    assert open_memo(tmp_path, None).signature != before


def test_groups_are_made_when_something_in_them_changed(tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def gather(**groups: str) -> dict[str, object]:
        def make(fresh: Iterable[str]) -> dict[str, object]:
            asked.append(list(fresh))
            return {group: [group, groups[group]] for group in asked[-1]}

        return Memo(tmp_path, "s").gather_groups("groups", groups, make)

    assert gather(a="1", b="1") == {"a": ["a", "1"], "b": ["b", "1"]}
    assert gather(a="1", b="1") == {"a": ["a", "1"], "b": ["b", "1"]}
    assert gather(a="1", b="2")["b"] == ["b", "2"]
    # What is gone is told too: what was gathered for it is to be forgotten.
    assert gather(a="1") == {"a": ["a", "1"]}
    assert gather(a="1") == {"a": ["a", "1"]}
    assert asked == [["a", "b"], ["b"], []]


def test_studies_read_together_share_copies_of_their_own(corpus: Corpus) -> None:
    told: dict[str, list[tuple[Report, ...]]] = {"one": [], "two": []}

    def study(name: str) -> Study[str]:
        def read(report: Report, before: Sequence[Report]) -> str:
            told[name].append((report, *before))
            return report.title

        return Study(name, read, str, str, lambda r: corpus.series(r)[:1])

    reports = corpus.series(corpus.reports[0])[1:]
    Memo(None, "").read_together([(study("one"), reports), (study("two"), reports)])
    assert told["one"] == told["two"] and len(told["one"]) == len(reports) > 1
    (first, *_), *_ = told["one"]
    assert first not in corpus.reports and first.name == reports[0].name
    assert all(before is told["one"][0][1] for _, before in told["one"])


def test_answers_left_in_the_file_are_read_from_there(corpus: Corpus, tmp_path: Path) -> None:
    study = Study("titles", lambda r, _: f"《{r.title}》", str, str, left=True)
    expected = {report.name: f"《{report.title}》" for report in corpus.reports}
    kept = Memo(tmp_path, "s")
    assert kept.gather(study, corpus.reports) == expected
    again = Memo(tmp_path, "s").gather(study, corpus.reports)
    assert again == expected
    # Another build writes the file anew: who has it open still reads what was there.
    assert len(Memo(tmp_path, "s").gather(study, corpus.reports[2:4])) == 2
    assert again == expected
    # What is new in a preview is told beside it.
    report = corpus.reports[1]
    source = dataclasses.replace(report.source, text=report.source.text + "加一句。\n")
    changed = [dataclasses.replace(report, source=source), *corpus.reports[2:]]
    del expected[corpus.reports[0].name]
    assert kept.gather(study, changed) == expected
    assert Memo(None, "").gather(study, changed) == expected
