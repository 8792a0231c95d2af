"""``baogao export``: the files a person takes away, and what never gets into one."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from baogao.corpus import load
from baogao.export import FIELDS, plain_text, record

from .conftest import ROOT, Run

pytestmark = pytest.mark.cli
SECRET = "鹭栖标记"
REPORT = """---
title: {title}
year: {year}
unit: 局机关党委
kind: 年度工作总结
date: {year}-12-30
status: {status}
visibility: {visibility}
---

一年来的工作总结如下。{mark}

## 一、工作开展情况

一是抓学习。二是抓队伍，培训【待填】人次。

## 二、存在的问题

一是不深。二是不实。
"""


def put(library: Path, name: str, **said: object) -> Path:
    fields = {
        "title": "2022年度工作总结", "year": 2022, "status": "published", "visibility": "internal", "mark": "", **said,
    }  # fmt: skip
    file = library / "docs/reports" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(REPORT.format(**fields), encoding="utf-8")
    return file


@pytest.fixture
def filled(library: Path) -> Path:
    put(library, "2021/jiguan-zongjie.md", year=2021, title="2021年度工作总结")
    put(library, "2022/jiguan-zongjie.md")
    put(library, "2022/a.md", status="draft", mark=SECRET)
    put(library, "2022/b.md", visibility="restricted", mark=SECRET)
    return library


def everything(folder: Path) -> bytes:
    """All bytes of the files in ``folder``, those inside of Word files too."""
    content = b""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            content += file.read_bytes()
            if file.suffix == ".docx":
                with zipfile.ZipFile(file) as inside:
                    content += b"".join(inside.read(name) for name in inside.namelist())
    return content


def test_a_report_as_word(start: Run, filled: Path) -> None:
    done = start("export", "docx", "docs/reports/2022/jiguan-zongjie.md")
    assert done.code == 0, done.err
    file = filled / "2022年度工作总结（局机关党委）.docx"
    assert str(file.name) in done.out
    texts = [p.text for p in docx.Document(str(file)).paragraphs]
    assert texts[0] == "2022年度工作总结" and "一、工作开展情况" in texts
    assert texts[-2:] == ["岚川市住房和城乡建设局机关党委", "2022年12月30日"]


def test_nothing_is_overwritten_unless_asked(run: Run, filled: Path) -> None:
    options = ("export", "docx", "docs/reports/2022/jiguan-zongjie.md", "--out", "导出")
    assert run(*options).code == 0
    (file,) = (filled / "导出").iterdir()
    file.write_bytes(b"mine")
    done = run(*options)
    assert done.code == 2 and "没有覆盖" in done.err
    assert file.read_bytes() == b"mine"
    assert run(*options, "--force").code == 0
    assert file.read_bytes() != b"mine"


def test_a_year_and_a_series_are_one_file(run: Run, filled: Path) -> None:
    assert run("export", "docx", "--year", "2022", "--out", "年").code == 0
    assert [f.name for f in (filled / "年").iterdir()] == ["2022年度报告汇编.docx"]
    done = run("export", "docx", "docs/reports/2022/jiguan-zongjie.md", "--series", "--out", "册")
    assert done.code == 0 and "2 份报告" in done.out
    (file,) = (filled / "册").iterdir()
    titles = [p.text for p in docx.Document(str(file)).paragraphs if p.style.name == "报告标题"]
    assert titles == ["2021年度工作总结", "2022年度工作总结"]


def test_text_comes_back_the_same(run: Run, filled: Path) -> None:
    done = run("export", "text", "docs/reports", "--out", "文字")
    assert done.code == 0 and "没有导出的 2 份" in done.err
    corpus = load(filled / "docs").visible
    texts = {file.read_text(encoding="utf-8") for file in (filled / "文字").iterdir()}
    assert texts == {plain_text(report) for report in corpus.reports}
    source = (filled / "文字/2022年度工作总结（局机关党委）.txt").read_bytes()
    (filled / "原稿.txt").write_bytes(source)
    told = run(
        "import", "原稿.txt", "--unit", "质安中心党支部", "--kind", "年度工作总结", "--year", "2022", "--date", "2022-12-30",
    )  # fmt: skip
    assert told.code in (0, 1), told.err
    again = load(filled / "docs").find("2022/zhian-zongjie")
    first = corpus.find("2022/jiguan-zongjie")
    assert again and first and again.text == first.text
    assert [s.heading_text for s in again.walk()] == [s.heading_text for s in first.walk()]


def test_the_corpus_for_programs(run: Run, filled: Path) -> None:
    assert run("export", "jsonl").code == 0
    lines = (filled / "报告库.jsonl").read_text(encoding="utf-8").splitlines()
    corpus = load(filled / "docs").visible
    records = [json.loads(line) for line in lines]
    assert [r["name"] for r in records] == [report.name for report in corpus.reports]
    for made, report in zip(records, corpus.reports, strict=True):
        assert list(made) == list(FIELDS)
        assert made["text"] == report.text
        assert made["gaps"] == 1
        assert [s["heading"] for s in made["sections"]] == [s.heading_text for s in report.walk()]
        assert [i["id"] for i in made["items"]] == [item.id for item in report.items]
        assert made["status"] == "定稿" and made["date"] == f"{report.year}-12-30"


def test_it_can_go_to_another_program_whatever_the_console_is(filled: Path) -> None:
    path = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
    done = subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", "export", "jsonl", "--out", "-"], cwd=filled,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "gbk"}, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode("utf-8").splitlines()
    assert lines == [record(report) for report in load(filled / "docs").visible.reports]


def test_what_readers_may_not_see_is_in_no_file(run: Run, filled: Path) -> None:
    for arguments in (
        ("docx", "docs/reports", "--out", "out/1"),
        ("docx", "--year", "2022", "--out", "out/2"),
        ("docx", "docs/reports/2022/jiguan-zongjie.md", "--series", "--out", "out/3"),
        ("text", "docs/reports", "--out", "out/4"),
        ("jsonl", "--out", "out/all.jsonl"),
    ):
        done = run("export", *arguments)
        assert done.code == 0, done.err
        assert SECRET not in done.out + done.err
    content = everything(filled / "out")
    assert "一年来的工作总结如下".encode() in content
    assert SECRET.encode() not in content
    assert SECRET.encode("unicode-escape") not in content


@pytest.mark.parametrize("name", ["a", "b"])
@pytest.mark.parametrize("kind", ["docx", "text"])
def test_one_named_by_itself_is_refused(run: Run, filled: Path, name: str, kind: str) -> None:
    done = run("export", kind, f"docs/reports/2022/{name}.md", "--out", "out")
    assert done.code == 2 and "不能导出" in done.err
    assert not (filled / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("docx",), "请写明导出哪些报告"),
        (("text",), "请写明导出哪些报告"),
        (("docx", "--year", "1990"), "没有 1990 年度可以导出的报告"),
        (("docx", "docs/reports/2022", "--year", "2022"), "不要再写报告"),
        (("docx", "docs/reports/2030"), "没有这个文件或目录"),
        (("docx", "docs/reports", "--series"), "--series 要写一份报告"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, filled: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("export", *arguments)
    assert done.code == 2 and said in done.err


def test_the_search_data_leave_out_what_readers_may_not_see(run: Run, filled: Path) -> None:
    done = run("export", "clickhouse", "--out", "检索")
    assert done.code == 0 and "2 份报告" in done.out and "load.sql" in done.out
    assert {f.name for f in (filled / "检索").iterdir()} == {
        "access.sql", "clear.sql", "config.d", "data", "load.sql", "queries", "tables.sql",
    }  # fmt: skip
    packed = sorted((filled / "检索/data").glob("*.gz"))
    content = b"".join(gzip.decompress(file.read_bytes()) for file in packed)
    assert "一年来的工作总结如下".encode() in content and SECRET.encode() not in content
    assert "Distributed" not in (filled / "检索/tables.sql").read_text(encoding="utf-8")
    assert run("export", "clickhouse", "--out", "检索", "--cluster", "--name", "b2").code == 0
    assert "Distributed('{cluster}', 'b2'," in (filled / "检索/tables.sql").read_text(
        encoding="utf-8"
    )


def test_search_data_go_only_where_there_is_room(run: Run, filled: Path) -> None:
    done = run("export", "clickhouse", "--out", "docs")
    assert done.code == 2 and "docs 里有别的东西，没有覆盖" in done.err
    assert (filled / "docs/reports/2022/jiguan-zongjie.md").is_file()
    done = run("export", "clickhouse", "--out", "检索", "--name", "a;drop")
    assert done.code == 2 and "--name 写的是“a;drop”" in done.err
    assert not (filled / "检索").exists()


def test_a_title_that_is_no_file_name(run: Run, library: Path) -> None:
    put(library, "2022/jiguan-zongjie.md", title='"2022/2023年度: 工作总结?"')
    assert run("export", "docx", "docs/reports", "--out", "out").code == 0
    (file,) = (library / "out").iterdir()
    assert file.name == "2022_2023年度_ 工作总结_（局机关党委）.docx"
    assert docx.Document(io.BytesIO(file.read_bytes())).paragraphs[0].text == "2022/2023年度: 工作总结?"  # fmt: skip
