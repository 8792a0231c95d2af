"""``baogao import`` with Word files and folders."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from baogao.corpus import load
from tests.docx import core, lvl, numbered, numbering, p, part, r, tbl, tr, word
from tests.samples import DATED, OPTIONS, PLAIN, squeeze

from .conftest import Run

pytestmark = pytest.mark.cli
NUMBERING = part(
    "numbering",
    numbering(
        {0: lvl(0, "chineseCounting", "%1、") + lvl(1, "chineseCounting", "（%2）")}, {1: (0, "")}
    ),
)


def _word(text: str, **more: object) -> bytes:
    return word(*(p(line) for line in text.split("\n")), **more)


def _titled(year: int, role: str) -> bytes:
    return _word(f"{year}年度{role}抓党建工作述职报告\n（{year + 1}年1月10日）\n" + PLAIN)


def test_a_word_file_gives_what_its_text_gives(start: Run, library: Path) -> None:
    content = _word(PLAIN)
    (library / "原稿.docx").write_bytes(content)
    (library / "原稿.txt").write_text(PLAIN, encoding="utf-8")
    assert start("import", "原稿.docx", *DATED).code == 0
    (report,) = load(library / "docs").reports
    assert report.text == squeeze(PLAIN)
    assert report.front.value("source") == {
        "name": "原稿.docx",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    file = library / "docs/reports/2022/jiguan-shuzhi-fenguan.md"
    made = file.read_text(encoding="utf-8")
    file.unlink()
    assert start("import", "原稿.txt", *DATED).code == 0
    other = file.read_text(encoding="utf-8")
    assert made.partition("\n---\n")[2] == other.partition("\n---\n")[2]


def test_everything_is_told_with_its_paragraph(run: Run, library: Path) -> None:
    content = word(
        p("2022年度抓党建工作述职报告"), numbered("主要做法"), numbered("学习", level=1), p("开展学习。", r("内部", "<w:vanish/>")),
        p(f'<w:del w:id="1" w:author="李某">{r("<w:delText>旧</w:delText>")}</w:del>', "新。", r('<w:commentReference w:id="3"/>')),
        tbl(tr("项目", "数量"), tr("宣讲", "3")),
        numbering=NUMBERING, core=core(creator="张某"), header1=part("hdr", p("内部资料")),
        comments=part("comments", f'<w:comment w:id="3" w:author="王某">{p("请核实")}</w:comment>'),
    )  # fmt: skip
    (library / "a.docx").write_bytes(content)
    done = run("import", "a.docx", *OPTIONS)
    assert done.code == 0, done.err
    for line in (
        "Word 文件，5 段，其中标题 2 个。",
        "第 2 段  自动编号写成文字：一、",
        "第 2 段  一级标题：一、主要做法",
        "第 3 段  二级标题：（一）学习",
        "第 6 段  表格：2 行 2 列",
        "推测或待定的，请核对：",
        "没有带入的：\n  页眉“内部资料”",
        "隐藏文字，没有带入：\n  第 4 段  “内部”",
        "修订，已按“接受”处理：\n  第 5 段  删去“旧”（修订人 李某）",
        "批注，没有带入：\n  第 5 段  王某：“请核实”",
        "文档属性，没有带入：\n  作者：张某",
    ):
        assert line in done.out, (line, done.out)
    (file,) = (library / "docs/reports").rglob("*.md")
    written = file.read_text(encoding="utf-8")
    assert "| 项目 | 数量 |\n| --- | --- |\n| 宣讲 | 3 |" in written
    for word_ in ("内部", "旧", "请核实", "张某", "王某"):
        assert word_ not in written


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "另存为”，类型选“Word 文档（*.docx）”"),
        ("a.wps", b"\xd0\xcf\x11\xe0", "旧版 Word 文件（.doc 或 .wps）"),
        ("a.pdf", b"%PDF-1.7", "PDF 文件"),
        ("a.docx", b"PK\x03\x04 broken", "已损坏"),
        ("a.docx", word(p()), "里没有文字"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_written(
    run: Run, library: Path, name: str, content: bytes, said: str
) -> None:
    (library / name).write_bytes(content)
    done = run("import", name, *DATED)
    assert done.code == 2 and said in done.err, done.err
    assert not (library / "docs/reports").exists()


# A folder


def test_a_folder(run: Run, library: Path) -> None:
    folder = library / "原稿"
    (folder / "2021").mkdir(parents=True)
    (folder / "2021/甲.docx").write_bytes(_titled(2021, "分管领导"))
    (folder / "乙.docx").write_bytes(_titled(2022, "分管领导"))
    (folder / "丙.txt").write_text("2020年度分管领导抓党建工作述职报告\n" + PLAIN, encoding="utf-8")
    (folder / "~$乙.docx").write_bytes(b"lock")
    (folder / "说明.xlsx").write_bytes(b"PK")
    done = run("import", "原稿", "--unit", "局机关党委", "--status", "review")
    assert done.code == 0, done.out + done.err
    assert "共 3 份：写入 3 份，没导入 0 份。另有 1 个别的文件没有看。" in done.out
    reports = load(library / "docs").reports
    assert sorted(report.year or 0 for report in reports) == [2020, 2021, 2022]
    assert {report.status for report in reports} == {"review"}
    rows = [line for line in done.out.split("\n") if "已写入" in line]
    assert (
        len(rows) == 3
        and rows[0].startswith("2021/甲.docx  已写入  ")
        and rows[1].endswith("标题 4，请核对 1")
    )


def test_a_folder_where_one_fails(run: Run, library: Path) -> None:
    folder = library / "原稿"
    folder.mkdir()
    (folder / "甲.docx").write_bytes(_titled(2022, "分管领导"))
    (folder / "甲的副本.docx").write_bytes(_titled(2022, "分管领导"))
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    done = run("import", "原稿", "--unit", "局机关党委")
    assert done.code == 1
    assert (
        "和“甲.docx”是同一份报告" in done.out
        and "旧版 Word 文件" in done.out
        and "已损坏" in done.out
    )
    assert "共 4 份：写入 1 份，没导入 3 份。" in done.out
    again = run("import", "原稿", "--unit", "局机关党委")
    assert again.code == 2 and "已经有了，没有覆盖" in again.out


def test_a_folder_looked_at_only(run: Run, library: Path) -> None:
    folder = library / "原稿"
    folder.mkdir()
    (folder / "甲.docx").write_bytes(_titled(2022, "分管领导"))
    done = run("import", "原稿", "--unit", "局机关党委", "--dry-run")
    assert done.code == 0 and "会写入 1 份" in done.out
    assert not (library / "docs/reports").exists()


def test_a_folder_with_nothing_in_it(run: Run, library: Path) -> None:
    (library / "空").mkdir()
    done = run("import", "空", *DATED)
    assert done.code == 2 and "里没有 Word 文件" in done.err


def test_the_city_reports_as_a_folder(run: Run, library: Path, corpora: Path) -> None:
    """Every one can be read and placed; the second is the same report as the first, as they all go to one unit."""
    done = run("import", corpora / "city_reports/docx", "--year", "2024", "--kind", "政府工作报告", "--unit", "局机关党委", "--dry-run")  # fmt: skip
    assert done.code == 1
    rows = [line for line in done.out.split("\n") if ".docx  " in line]
    assert len(rows) == 72 and "会写入" in rows[0]
    assert all("是同一份报告" in row for row in rows[1:])
