"""Word files of reports: what stands in them as python-docx reads it, and that they come back as the same report."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from baogao.corpus import Corpus, Report, load
from baogao.corpus.intake import Metadata, compose, read_draft, read_manuscript
from baogao.corpus.report import parse_report
from baogao.corpus.source import Source
from baogao.export import report_docx, series_volume, volume_docx, year_volume

HEAD = """---
title: {title}
year: 2022
unit: 局机关党委
kind: {kind}
{role}date: 2023-01-09
status: published
visibility: internal
---

"""


def report_of(memory_corpus: Callable[[dict[str, str]], Corpus], body: str, kind: str = "年度工作总结", title: str = "2022年度工作总结") -> Report:  # fmt: skip
    role = "role: 分管领导\n" if kind == "述职报告" else ""
    text = HEAD.format(kind=kind, role=role, title=title) + body
    (report,) = memory_corpus({"2022/a.md": text}).reports
    assert report.visible
    return report


def opened(report: Report) -> Document:
    return docx.Document(io.BytesIO(report_docx(report)))


def shown(document: Document) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs]


@pytest.fixture(scope="session")
def samples(root: Path) -> Corpus:
    return load(root / "docs")


def blocks(report: Report) -> list[tuple[str, int, str]]:
    return [
        (b.kind, b.level, b.plain)
        for b in report.blocks
        if b.kind not in ("comment", "break") and b is not report.outline.title
    ]


def imported(report: Report) -> Report:
    """What importing its Word file makes of a report, with the front matter said again."""
    assert report.year and report.unit and report.kind and report.status
    draft = read_draft(read_manuscript(report_docx(report), "x.docx"), report.data, report.kind)
    assert draft.title == report.title
    metadata = Metadata(
        draft.title, report.year, report.unit, report.kind, report.author, report.date, report.status
    )  # fmt: skip
    made = compose(draft, metadata)
    return parse_report(report.name, Source("x.md", made.text), report.data)


def test_every_sample_comes_back_the_same(samples: Corpus) -> None:
    reports = samples.visible.reports
    assert len(reports) > 30
    for report in reports:
        again = imported(report)
        assert blocks(again) == blocks(report), report.name
        assert [s.heading_text for s in again.walk()] == [s.heading_text for s in report.walk()]


def test_awkward_text_comes_back_the_same(
    memory_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    body = "\n\n".join(
        [
            "开头一段，\\*\\*镇与<b>不是标签</b>、A&B、a < b，“引号”——破折号。",
            "## 一、主要工作",
            "### （一）抓学习",
            "1\\.完成【待填】项，**加粗**和*着重*，见[说明](https://example.invalid/)。",
            "（二）抓队伍。培训XX期。",
            "- 一个条目",
            "- 又一个条目",
            "| 项目 | 数量 |\n| --- | --- |\n| 宣讲 | 29场\\|次 |\n| 培训 |  |",
            "## 二、存在问题",
            "一是不够。二是不足。",
        ]
    )
    report = report_of(memory_corpus, body)
    assert blocks(imported(report)) == blocks(report)


def test_styles_are_those_of_the_standard(
    memory_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    document = opened(
        report_of(
            memory_corpus,
            "开头。\n\n## 一、做法\n\n### （一）学习\n\n正文【待填】。\n\n（二）队伍建设。正文。\n",
        )
    )
    assert shown(document) == [
        ("Title", "2022年度工作总结"),
        ("Body Text", "开头。"),
        ("Heading 1", "一、做法"),
        ("Heading 2", "（一）学习"),
        ("Body Text", "正文【待填】。"),
        ("Body Text", "（二）队伍建设。正文。"),
        ("报告库落款", "岚川市住房和城乡建设局机关党委"),
        ("报告库落款", "2023年1月9日"),
    ]
    faces = {}
    for style in document.styles:
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None:
            faces[style.name] = fonts.get(qn("w:eastAsia"))
            assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == fonts.get(qn("w:eastAsia"))  # fmt: skip
    assert faces["Title"] == "方正小标宋简体"
    assert (faces["Heading 1"], faces["Heading 2"]) == ("黑体", "楷体_GB2312")
    assert (faces["Heading 3"], faces["Footer"]) == ("仿宋_GB2312", "宋体")
    assert faces["段首标题"] == "楷体_GB2312"
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert default is not None and default.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert document.styles["Title"].font.size.pt == 22
    assert document.styles["Normal"].font.size.pt == 16
    runs = document.paragraphs[5].runs
    assert [(r.style.name, r.text) for r in runs] == [
        ("段首标题", "（二）队伍建设。"),
        ("Default Paragraph Font", "正文。"),
    ]
    assert [r.text for r in document.paragraphs[4].runs if r.style.name == "待填或脱敏处"] == [
        "【待填】"
    ]


def test_page_and_page_numbers(memory_corpus: Callable[[dict[str, str]], Corpus]) -> None:
    document = opened(report_of(memory_corpus, "正文。"))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines" and grid.get(qn("w:linePitch")) == "579"
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert re.sub(r"\s", "", line.text) == "—1—"
        assert "PAGE" in line._p.xml and f'w:jc w:val="{side}"' in line._p.xml


def test_a_person_in_a_role_is_not_named(
    memory_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    """Whose 述职报告 it is the front matter does not say: only the day is known."""
    document = opened(report_of(memory_corpus, "正文。", "述职报告"))
    assert [text for style, text in shown(document) if style == "报告库落款"] == ["2023年1月9日"]


def test_the_texts_own_signature_is_taken(
    memory_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    report = report_of(memory_corpus, "正文。\n\n中共某某局机关委员会\n\n2022年12月30日\n")
    document = opened(report)
    assert shown(document)[1:] == [
        ("Body Text", "正文。"),
        ("Signature", "中共某某局机关委员会"),
        ("Signature", "2022年12月30日"),
    ]
    assert blocks(imported(report)) == blocks(report)


def test_an_annex_begins_a_page_and_the_signature_stands_before_it(
    memory_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    body = "正文。\n\n附件：1.任务分工表\n\n附件1\n\n任务分工表\n\n分工如下。\n\n## 附件2\n\n名单如下。\n"
    report = report_of(memory_corpus, body)
    document = opened(report)
    lines = document.paragraphs
    assert [p.text for p in lines] == [
        "2022年度工作总结", "正文。", "附件：1.任务分工表", "岚川市住房和城乡建设局机关党委", "2023年1月9日",
        "附件1", "任务分工表", "分工如下。", "附件2", "名单如下。",
    ]  # fmt: skip
    assert [p.text for p in lines if p.paragraph_format.page_break_before] == ["附件1", "附件2"]
    assert lines[5].runs[0].style.name == "附件序号"
    assert lines[6].runs[0].style.name == "附件标题"
    assert lines[6].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    assert blocks(imported(report)) == blocks(report)


def test_numbers_are_written_out(samples: Corpus) -> None:
    """People copy text, and WPS numbers anew: no heading is numbered by the program."""
    report = samples.find("2022/jiguan-shuzhi-fushuji")
    assert report
    document = opened(report)
    numbered = [p for p in document.paragraphs if p._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None]  # fmt: skip
    assert numbered == []
    assert "一、主要工作及成效" in [p.text for p in document.paragraphs]


def test_the_same_bytes_every_time_and_no_time_of_making(samples: Corpus, root: Path) -> None:
    report = samples.visible.reports[0]
    first = report_docx(report)
    again = load(root / "docs").visible.reports[0]
    assert report_docx(again) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.testzip() is None
    properties = docx.Document(io.BytesIO(first)).core_properties
    assert properties.created.date() == report.date
    assert properties.author == ""


def test_what_xml_cannot_hold_is_left_out(
    memory_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    document = opened(report_of(memory_corpus, "正文\x0b中的\x01控制\ufffe字符\ud800。"))
    assert document.paragraphs[1].text == "正文中的控制字符。"


@pytest.mark.parametrize(("old", "new"), [("published", "draft"), ("internal", "restricted")])
def test_what_readers_may_not_see_has_no_word_file(
    memory_corpus: Callable[[dict[str, str]], Corpus], old: str, new: str
) -> None:
    text = HEAD.format(kind="年度工作总结", role="", title="总结").replace(old, new) + "正文。"
    corpus = memory_corpus({"2022/a.md": text})
    (report,) = corpus.reports
    with pytest.raises(ValueError, match="2022/a"):
        report_docx(report)
    assert year_volume(corpus, 2022).reports == ()
    assert series_volume(corpus, report).reports == ()


def test_a_year_has_contents(samples: Corpus) -> None:
    volume = year_volume(samples, 2022)
    assert volume.title == "2022年度报告汇编"
    assert len(volume.reports) == len(samples.visible.by_year[2022])
    document = docx.Document(io.BytesIO(volume_docx(volume)))
    lines = shown(document)
    entries = [text.split("\t")[0] for style, text in lines if style == "toc 1"]
    titles = [text for style, text in lines if style == "报告标题"]
    assert lines[0] == ("Title", "2022年度报告汇编")
    assert titles == [report.title for report in volume.reports]
    assert len(set(entries)) == len(entries) == len(titles)
    body = document.element.body
    named = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    asked = [found for code in body.iter(qn("w:instrText")) for found in re.findall(r"PAGEREF (\S+)", code.text)]  # fmt: skip
    assert named == asked and len(named) == len(titles)


def test_a_series_is_bound_in_the_order_of_its_years(samples: Corpus) -> None:
    report = samples.find("2020/jiguan-shuzhi-fenguan")
    assert report
    volume = series_volume(samples, report)
    assert [r.year for r in volume.reports] == [2018, 2019, 2020, 2021, 2022, 2023]
    assert volume.title == "局机关党委分管领导历年述职报告汇编"
