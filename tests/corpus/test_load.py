"""The corpus: what is read from docs/reports, who may see it, and how reports belong together."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus, DataError, load, shown_path

from .texts import BODY, front

Make = Callable[[dict[str, str]], Corpus]


def text(**changes: str | None) -> str:
    return front(**changes) + BODY


def names(corpus: Corpus) -> list[str]:
    return [report.name for report in corpus.reports]


def test_one_file_is_one_report(make_corpus: Make) -> None:
    corpus = make_corpus({"2022/jiguan-shuzhi-fenguan.md": text()})
    (report,) = corpus.reports
    assert report.name == "2022/jiguan-shuzhi-fenguan"
    assert report.path == f"{corpus.shown}/reports/2022/jiguan-shuzhi-fenguan.md"
    assert corpus.find("2022/jiguan-shuzhi-fenguan") is report
    assert corpus.find("2022/jiguan") is None
    assert (report.year, report.title) == (2022, "2022年度抓机关党建工作述职报告")
    assert report.kind is not None
    assert report.unit is not None
    assert report.author is not None
    assert (report.kind.id, report.unit.id, report.author.id) == ("shuzhi", "jiguan", "fenguan")
    assert str(report.date) == "2023-01-10"
    assert (report.status, report.visibility, report.visible) == ("published", "internal", True)
    assert report.series_key == ("jiguan", "shuzhi", "fenguan")


def test_reports_come_in_the_order_of_their_paths(make_corpus: Make) -> None:
    corpus = make_corpus({f"{name}.md": text() for name in ("2022/b", "2021/c", "2022/a", "z")})
    assert names(corpus) == ["2021/c", "2022/a", "2022/b", "z"]


def test_files_that_are_no_reports_are_strays(make_corpus: Make, tmp_path: Path) -> None:
    strays = [
        "2022/a.docx",
        "2022/图.png",
        "README.txt",
        "2022/a.markdown",
        "2022/b.md.bak",
        "notes",
    ]
    corpus = make_corpus({"2022/a.md": text(), **dict.fromkeys(strays, "甲")})
    assert names(corpus) == ["2022/a"]
    assert sorted(corpus.strays) == sorted(f"{corpus.shown}/reports/{name}" for name in strays)


def test_hidden_files_and_folders_are_neither(make_corpus: Make) -> None:
    corpus = make_corpus({".a.md": "甲", ".git/b.md": "甲", "2022/.DS_Store": "甲"})
    assert (corpus.reports, corpus.strays) == ((), ())


def test_no_reports_at_all(make_corpus: Make) -> None:
    corpus = make_corpus({})
    assert (corpus.reports, corpus.strays, corpus.by_year, corpus.by_unit) == ((), (), {}, {})
    assert corpus.visible.reports == ()


def test_how_paths_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "docs") == "docs"
    assert shown_path(Path("docs/reports/a.md")) == "docs/reports/a.md"
    assert shown_path(tmp_path.parent / "elsewhere") == (tmp_path.parent / "elsewhere").as_posix()


# Groups


def test_groups(make_corpus: Make) -> None:
    corpus = make_corpus(
        {
            "a.md": text(year="2021", unit="质安中心党支部"),
            "b.md": text(year="2022", unit="局机关党委"),
            "c.md": text(year="2022", unit="zhian", kind="政府工作报告", role=None),
            "d.md": text(year="2020", unit="质监站党支部", kind="年度工作总结", role=None),
            "e.md": text(year="二〇二二", unit="没有", kind="没有"),
        }
    )
    assert {key: [r.name for r in group] for key, group in corpus.by_year.items()} == {
        2022: ["b", "c"],
        2021: ["a"],
        2020: ["d"],
    }
    assert list(corpus.by_year) == [2022, 2021, 2020]  # newest first
    assert list(corpus.by_unit) == ["jiguan", "zhian"]  # as in units.yml
    assert [r.name for r in corpus.by_unit["zhian"]] == ["a", "c", "d"]
    assert list(corpus.by_kind) == ["shuzhi", "zongjie", "zhengfu"]  # as in kinds.yml
    assert [r.name for r in corpus.by_kind["shuzhi"]] == ["a", "b"]


def test_a_series_goes_on_when_its_unit_is_renamed(make_corpus: Make) -> None:
    role = {"role": "党支部书记"}
    corpus = make_corpus(
        {
            "2022/x.md": text(year="2022", unit="质安中心党支部", **role),
            "2020/x.md": text(year="2020", unit="岚川市建设工程质量监督站党支部", **role),
            "2021/x.md": text(year="2021", unit="zhian", **role),
            "2021/other.md": text(year="2021", unit="zhian", role="分管领导"),
            "2021/more.md": text(year="2021", unit="局机关党委", **role),
        }
    )
    first, second, third = (corpus.find(f"{year}/x") for year in (2020, 2021, 2022))
    assert first is not None
    assert second is not None
    assert third is not None
    assert corpus.series(second) == (first, second, third)  # oldest first
    assert corpus.predecessor(third) is second
    assert corpus.predecessor(second) is first
    assert corpus.predecessor(first) is None
    assert corpus.successor(first) is second
    assert corpus.successor(third) is None
    assert [r.unit_brief for r in (first, second, third)] == [
        "质监站党支部",
        "质安中心党支部",
        "质安中心党支部",
    ]
    assert first.unit_name == "岚川市建设工程质量监督站党支部"


def test_a_year_may_be_missing_from_a_series(make_corpus: Make) -> None:
    corpus = make_corpus({"a.md": text(year="2018"), "b.md": text(year="2022")})
    older, newer = corpus.reports
    assert corpus.predecessor(newer) is older
    assert corpus.successor(older) is newer


def test_two_reports_of_a_year_do_not_precede_one_another(make_corpus: Make) -> None:
    corpus = make_corpus({"a.md": text(), "b.md": text(), "c.md": text(year="2023")})
    a, b, c = corpus.reports
    assert corpus.predecessor(a) is corpus.predecessor(b) is None
    assert corpus.predecessor(c) is b
    assert corpus.successor(a) is corpus.successor(b) is c


@pytest.mark.parametrize("changes", [{"unit": "没有"}, {"kind": "没有"}, {"year": "去年"}])
def test_what_belongs_to_no_series(changes: dict[str, str], make_corpus: Make) -> None:
    corpus = make_corpus({"a.md": text(year="2021"), "b.md": text(**changes)})
    report = corpus.find("b")
    assert report is not None
    assert report not in corpus.series(report)
    assert corpus.predecessor(report) is corpus.successor(report) is None


def test_a_role_that_the_kind_does_not_know_counts_as_none(make_corpus: Make) -> None:
    (report,) = make_corpus({"a.md": text(role="局长")}).reports
    assert report.author is None
    assert report.series_key == ("jiguan", "shuzhi", "")


# Who may see what


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": "review"},
        {"status": "定稿"},
        {"status": "脱敏样本"},
        {"visibility": "internal"},
        {"visibility": "内部"},
        {"visibility": ""},
        {"kind": "民主生活会对照检查", "visibility": "internal"},
        {"role": None},
        {"date": None},
    ],
)
def test_what_readers_see(changes: dict[str, str | None], make_corpus: Make) -> None:
    corpus = make_corpus({"a.md": text(**changes)})
    assert names(corpus.visible) == ["a"]


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "draft"},
        {"status": "草稿"},
        {"status": "发布"},
        {"status": "[published]"},
        {"status": None},
        {"visibility": "restricted"},
        {"visibility": "限制"},
        {"visibility": "公开"},
        {"visibility": "[internal]"},
        {"visibility": '""'},
        {"kind": "民主生活会对照检查"},
        {"kind": "意识形态工作责任制报告", "role": None},
        {"kind": None},
        {"kind": "说明书"},
        {"kind": "说明书", "visibility": "internal"},
        {"unit": None},
        {"unit": "没有"},
        {"year": None},
        {"year": "二〇二二"},
        {"year": "true"},
        {"year": "2022.5"},
        {"title": "@"},
        {"notes": "甲\x07"},
        {"notes": "甲\n? [乙]\n: 丙"},  # the rest can be read, but not all of it
    ],
)
def test_what_readers_do_not_see(changes: dict[str, str | None], make_corpus: Make) -> None:
    corpus = make_corpus({"a.md": text(**changes), "b.md": text(year="2021")})
    assert names(corpus) == ["a", "b"]
    assert names(corpus.visible) == ["b"]


@pytest.mark.parametrize(
    "wrong", ["", BODY, "\n\n", "---\n---\n" + BODY, "---\n- 甲\n---\n" + BODY]
)
def test_a_file_without_usable_front_matter_is_not_seen(wrong: str, make_corpus: Make) -> None:
    corpus = make_corpus({"a.md": wrong})
    (report,) = corpus.reports
    assert not report.visible
    assert corpus.visible.reports == ()
    assert report.title == "a"
    assert report.visibility == "restricted"


def test_a_mistake_that_can_be_mended_hides_nothing(make_corpus: Make) -> None:
    (report,) = make_corpus({"a.md": text().replace("year: 2022", "year：2022")}).reports
    assert [fault.code for fault in report.front.faults] == ["full-width-colon"]
    assert report.readable
    assert report.visible


def test_the_visible_corpus_groups_what_is_visible_only(make_corpus: Make) -> None:
    corpus = make_corpus(
        {
            "2020.md": text(year="2020"),
            "2021.md": text(year="2021", status="draft"),
            "2022.md": text(year="2022"),
            "stray.docx": "甲",
        }
    )
    first, second, third = corpus.reports
    assert corpus.predecessor(third) is second
    visible = corpus.visible
    assert visible.predecessor(third) is first
    assert visible.series(third) == (first, third)
    assert list(visible.by_year) == [2022, 2020]
    assert visible.find("2021") is None
    assert visible.visible.reports == visible.reports
    assert corpus.visible is visible


# Files that cannot be read as text


def test_another_encoding_makes_a_damaged_report(make_corpus: Make, tmp_path: Path) -> None:
    make_corpus({"good.md": text(), "a.md": ""})
    (tmp_path / "docs/reports/a.md").write_bytes(text().encode("gb18030"))
    corpus = load(tmp_path / "docs")
    report = corpus.find("a")
    assert report is not None
    assert report.damage is not None
    assert "GB18030" in report.damage
    assert "UTF-8" in report.damage
    assert not report.readable
    assert not report.visible
    assert (report.text, report.items, report.sections, report.title) == ("", (), (), "a")
    assert names(corpus.visible) == ["good"]


def test_rubbish_makes_a_damaged_report_without_a_guess(make_corpus: Make, tmp_path: Path) -> None:
    make_corpus({"a.md": ""})
    (tmp_path / "docs/reports/a.md").write_bytes(b"abc\xff\xff")
    (report,) = load(tmp_path / "docs").reports
    assert report.damage == "不是 UTF-8 编码（第 3 字节起）"


def test_a_file_that_cannot_be_opened_makes_a_damaged_report(
    make_corpus: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_corpus({"a.md": text(), "b.md": text()})
    read_bytes = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == "a.md":
            raise PermissionError(13, os.strerror(13))
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    damaged, good = load(tmp_path / "docs").reports
    assert damaged.damage is not None
    assert "没有权限" in damaged.damage
    assert good.damage is None


def test_windows_line_ends_change_nothing(make_corpus: Make) -> None:
    (unix,) = make_corpus({"a.md": text()}).reports
    (windows,) = make_corpus({"a.md": text().replace("\n", "\r\n")}).reports
    assert windows.source == unix.source
    assert windows.front == unix.front


# Loading again


def test_what_did_not_change_is_the_same_object(make_corpus: Make, tmp_path: Path) -> None:
    before = make_corpus({"a.md": text(), "b.md": text(year="2021"), "c.md": text(year="2020")})
    reports = tmp_path / "docs/reports"
    (reports / "b.md").write_text(text(year="2019"), encoding="utf-8")
    (reports / "c.md").unlink()
    (reports / "d.md").write_text(text(), encoding="utf-8")
    after = load(tmp_path / "docs", before)
    assert names(after) == ["a", "b", "d"]
    assert after.find("a") is before.find("a")
    assert after.find("b") is not before.find("b")
    changed = after.find("b")
    assert changed is not None
    assert changed.year == 2019
    assert after.data is before.data
    assert all(report.data is before.data for report in after.reports)


def test_a_file_with_the_same_bytes_written_again_is_the_same_object(
    make_corpus: Make, tmp_path: Path
) -> None:
    before = make_corpus({"a.md": text()})
    (tmp_path / "docs/reports/a.md").write_text(text(), encoding="utf-8", newline="")
    assert load(tmp_path / "docs", before).reports == before.reports


def test_when_the_data_changes_every_report_is_read_again(
    make_corpus: Make, tmp_path: Path
) -> None:
    before = make_corpus({"a.md": text(unit="新支部")})
    units = tmp_path / "docs/_data/units.yml"
    units.write_text(
        units.read_text(encoding="utf-8") + "  - {id: xin, names: [{name: 新支部}]}\n",
        encoding="utf-8",
    )
    after = load(tmp_path / "docs", before)
    assert after.reports[0] is not before.reports[0]
    assert before.reports[0].unit is None
    assert after.reports[0].unit is not None


def test_a_damaged_file_is_read_again(make_corpus: Make, tmp_path: Path) -> None:
    make_corpus({"a.md": ""})
    file = tmp_path / "docs/reports/a.md"
    file.write_bytes(b"\xff")
    before = load(tmp_path / "docs")
    file.write_bytes(b"")
    (report,) = load(tmp_path / "docs", before).reports
    assert report.damage is None


def test_a_wrong_data_file_is_told_with_its_place(make_corpus: Make, tmp_path: Path) -> None:
    corpus = make_corpus({"a.md": text()})
    (tmp_path / "docs/_data/units.yml").write_text("units: [\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path / "docs")
    assert str(caught.value).startswith(f"{corpus.shown}/_data/units.yml:")


# The project's own reports


def test_the_reports_in_the_project_are_read_whole(root: Path) -> None:
    corpus = load(root / "docs")
    assert corpus.reports
    assert corpus.strays == ()
    for report in corpus.reports:
        assert report.readable, report.path
        assert report.front.faults == (), report.path
        assert report.series_key is not None, report.path
        assert report.items, report.path
