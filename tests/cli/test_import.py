"""``baogao import``: text in, report out, not a character changed, nothing overwritten or half-written."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from baogao.corpus import load
from tests.samples import DATED, OPTIONS, PLAIN, squeeze

from .conftest import Run

pytestmark = pytest.mark.cli
NAME = "docs/reports/2022/jiguan-shuzhi-fenguan.md"


def _import(run: Run, library: Path, text: str | bytes, *options: str) -> None:
    file = library / "原稿.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    done = run("import", file, *(options or DATED))
    assert done.code == 0, done.err


def test_text_comes_through_character_for_character(start: Run, library: Path) -> None:
    _import(start, library, PLAIN)
    (report,) = load(library / "docs").reports
    assert report.text == squeeze(PLAIN)
    assert [s.heading_text for s in report.sections] == [
        "一、主要做法及成效",
        "二、存在问题及原因分析",
        "三、下步工作打算",
    ]
    assert [s.heading_text for s in report.sections[0].children] == [
        "（一）加强政治建设。",
        "（二）服务中心大局。",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(run: Run, library: Path, encoding: str) -> None:
    _import(run, library, PLAIN.replace("\n", "\r\n").encode(encoding))
    (report,) = load(library / "docs").reports
    assert report.text == squeeze(PLAIN)


def test_source_is_recorded(run: Run, library: Path) -> None:
    _import(run, library, PLAIN)
    (report,) = load(library / "docs").reports
    digest = hashlib.sha256(PLAIN.encode()).hexdigest()
    assert report.front.value("source") == {"name": "原稿.txt", "sha256": digest}


def test_front_matter_from_the_text_where_certain(run: Run, library: Path) -> None:
    text = (
        "岚川市住建局机关党委\n2021年度专职副书记抓机关党建工作述职报告\n（2022年1月10日）\n"
        + PLAIN.replace("2022", "2021")
    )
    _import(run, library, text, "--unit", "局机关党委")
    (report,) = load(library / "docs").reports
    assert report.name == "2021/jiguan-shuzhi-fushuji"
    assert (report.year, str(report.date)) == (2021, "2022-01-10")
    assert report.title == "岚川市住建局机关党委2021年度专职副书记抓机关党建工作述职报告"
    assert not report.text.startswith("岚川市")


def test_account_names_lines_and_guesses(run: Run, library: Path) -> None:
    (library / "a.txt").write_text(PLAIN, encoding="utf-8")
    done = run("import", "a.txt", *OPTIONS, "--dry-run")
    assert "第 2 行  一级标题：一、主要做法及成效" in done.out
    assert "第 5 行  段首标题：（二）服务中心大局。" in done.out
    assert "文中没有标题，暂用“2022年度抓机关党建工作情况报告”" in done.out
    assert "文中没有成文日期" in done.out
    assert "待填或脱敏处 2 处；如属脱敏样本，加 --status anonymized" in done.out


def test_dry_run_writes_nothing(run: Run, library: Path) -> None:
    (library / "a.txt").write_text(PLAIN, encoding="utf-8")
    done = run("import", "a.txt", *DATED, "--dry-run")
    assert done.code == 0 and "只看不写" in done.out
    assert not (library / "docs/reports").exists()


def test_never_overwrites(run: Run, library: Path) -> None:
    _import(run, library, PLAIN)
    before = (library / NAME).read_bytes()
    done = run("import", "原稿.txt", *DATED)
    assert done.code == 2 and "没有覆盖" in done.err
    assert (library / NAME).read_bytes() == before


def test_whole_text_in_one_paragraph(run: Run, library: Path) -> None:
    lines = squeeze(PLAIN).split("\n")
    filler = (
        "全年围绕中心任务抓党建，做到学习有计划、活动有记录、整改有结果，各支部按月填报进度。" * 12
    )
    text = "".join([*lines[:4], filler, *lines[4:]])
    _import(run, library, text, *DATED)
    (report,) = load(library / "docs").reports
    assert report.text.replace("\n", "") == text
    assert [s.heading_text for s in report.sections] == [
        "一、主要做法及成效",
        "二、存在问题及原因分析",
        "三、下步工作打算",
    ]
    assert len(report.items_of("problem")) == 2 and len(report.items_of("cause")) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kind", "述职报告", "--role", "分管领导"), "请用 --unit 指明单位"),
        (
            ("--unit", "没有的单位", "--kind", "述职报告", "--role", "分管领导"),
            "单位名录里没有“没有的单位”",
        ),
        (("--unit", "局机关党委"), "请用 --kind 指明"),
        (("--unit", "局机关党委", "--kind", "述职"), "没有文种“述职”"),
        (("--unit", "局机关党委", "--kind", "述职报告"), "要用 --role 指明角色"),
        (("--unit", "局机关党委", "--kind", "述职报告", "--role", "局长"), "没有角色“局长”"),
        ((*OPTIONS, "--year", "22"), "不是合理的年度"),
        ((*OPTIONS, "--status", "done"), "--status' 只能是：draft、review、published、anonymized"),
        ((*OPTIONS, "--date", "昨天"), "--date' 的值不对"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    run: Run, library: Path, options: tuple[str, ...], said: str
) -> None:
    (library / "a.txt").write_text(PLAIN, encoding="utf-8")
    done = run("import", "a.txt", *options)
    assert done.code == 2 and said in done.err, done.err
    assert not (library / "docs/reports").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04xxxx", "Word 文件"),
        (b"\xd0\xcf\x11\xe0xxxx", "旧版 Word"),
        (b"%PDF-1.7", "PDF"),
        (b"\x81\xff\xff\x00", "既不是 UTF-8 也不是 GB18030"),
        (b"  \n\n", "里没有文字"),
    ],
)
def test_what_is_no_text_is_refused(run: Run, library: Path, content: bytes, said: str) -> None:
    (library / "a.txt").write_bytes(content)
    done = run("import", "a.txt", *DATED)
    assert done.code == 2 and said in done.err, done.err


def test_a_missing_file(run: Run) -> None:
    done = run("import", "没有.txt", *DATED)
    assert done.code == 2 and "读不了 没有.txt" in done.err


@pytest.mark.skipif(os.name == "nt", reason="目录权限在 Windows 上不同")
def test_a_folder_that_cannot_be_written(run: Run, library: Path) -> None:
    (library / "a.txt").write_text(PLAIN, encoding="utf-8")
    (library / "docs/reports").write_text("这里应是目录", encoding="utf-8")
    done = run("import", "a.txt", *DATED)
    assert done.code == 2 and "写不了" in done.err
    assert [p.name for p in (library / "docs").iterdir() if p.name.startswith(".")] == []


def test_reference_report(run: Run, library: Path, corpora: Path) -> None:
    """The user's own report, as received: in with one command, checked as an anonymized report."""
    reference = corpora.parent / "reports/2022-reference.txt"
    assert run("import", reference, *DATED, "--status", "anonymized").code == 0
    (report,) = load(library / "docs").reports
    assert report.text == squeeze(reference.read_text(encoding="utf-8"))
    assert report.placeholder_count == 52
    done = run("check", "--json")
    findings = json.loads(done.out)["findings"]
    assert done.code == 0
    assert any("待填或脱敏处共 52 处" in f["message"] for f in findings)
    counts = {role: len(report.items_of(role)) for role in ("problem", "cause", "plan")}
    assert counts == {"problem": 3, "cause": 4, "plan": 4}
