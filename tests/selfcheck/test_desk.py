"""The desk of 自查投稿, without a browser: on the report and the one before it, it says what the command line says."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from baogao.corpus import Corpus, Data, load, load_data, parse_report, read_rectifies
from baogao.corpus.intake.package import read_package
from baogao.rules import RULES, check_corpus
from baogao.rules.render.as_json import as_dict
from baogao.rules.rule import NAME, Example, standard
from baogao.rules.series.pair import LAST
from baogao.selfcheck import desk as desks
from baogao.selfcheck.desk import Desk, DeskError
from baogao.selfcheck.publish import shown_text
from tests.builder import ROOT
from tests.docx import p, word
from tests.samples import PLAIN

CHOICES = {
    "year": "2022", "unit": "jiguan", "kind": "述职报告", "role": "分管领导", "date": "2023-01-10", "status": "review",
}  # fmt: skip
FIELDS = ("rule", "severity", "path", "line", "column", "endLine", "endColumn", "message", "help", "suggestion", "fix")  # fmt: skip
MemoryCorpus = Callable[[dict[str, str]], Corpus]


@pytest.fixture
def desk(data: Data) -> Desk:
    return Desk(data)


def _findings(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [{field: finding[field] for field in FIELDS} for finding in result["findings"]]


def _told(corpus: Corpus, name: str) -> list[dict[str, Any]]:
    """What ``baogao check`` says of one report of a corpus."""
    report = corpus.find(name)
    assert report
    found = check_corpus(corpus, (report,))
    return [{field: as_dict(finding)[field] for field in FIELDS} for finding in found]


# Findings


def test_samples_get_the_findings_of_the_command_line() -> None:
    """Every report of the library with its predecessor, as published: only those two are known to the desk."""
    corpus = load(ROOT / "docs", shown="docs")
    desk = Desk(corpus.data)
    compared = 0
    for report in corpus.reports:
        last = corpus.predecessor(report)
        desk.read(report.source.text.encode(), "报告.md")
        placed = desk.make({})
        assert placed["name"] == report.name
        desk.compare(last.name if last else "", shown_text(last) if last else "")
        pair = tuple(r for r in (last, report) if r is not None)
        only = Corpus(corpus.data, tuple(sorted(pair, key=lambda r: r.name)), (), "docs")
        assert _findings(desk.check()) == _told(only, report.name), report.name
        compared += 1
    assert compared == len(corpus.reports) >= 40


BAD = [
    pytest.param(example, id=f"{rule.id}-{index}")
    for rule in RULES
    for index, example in enumerate(rule.bad)
    if rule.scope != "corpus"
]


@pytest.mark.parametrize("example", BAD)
def test_mistakes_get_the_findings_of_the_command_line(
    example: Example, memory_corpus: MemoryCorpus, desk: Desk
) -> None:
    corpus = memory_corpus(example.files)
    compared = False
    for report in corpus.reports:
        if not report.readable or report.expected_name != report.name:
            continue  # it cannot be placed: the page says so
        last = corpus.predecessor(report)
        pair = [r for r in (last, report) if r is not None]
        only = replace(corpus, reports=tuple(sorted(pair, key=lambda r: r.name)), strays=())
        desk.read(report.source.text.encode(), "报告.md")
        desk.make({})
        desk.compare(last.name if last else "", last.source.text if last else "")
        assert _findings(desk.check()) == _told(only, report.name)
        compared = True
    if not compared:
        for name, text in example.files.items():
            with pytest.raises(DeskError):
                desk.read(text.encode(), "报告.md")
                desk.make({"year": "", "unit": "", "kind": ""})
                raise DeskError(name) if desk.draft else AssertionError


def test_published_text_keeps_lines_and_body_and_loses_what_pages_do_not_show(data: Data) -> None:
    for report in load(ROOT / "docs").visible.reports:
        text = shown_text(report)
        again = parse_report(report.name, replace(report.source, text=text), report.data)
        assert text.count("\n") == report.source.text.count("\n")
        assert again.text == report.text and again.series_key == report.series_key
        assert {f.name for f in again.front.fields} <= {
            "title", "year", "unit", "kind", "role", "date", "status", "visibility", "sections", "period_start", "period_end",
        }  # fmt: skip
    secret = standard(
        notes="不外传", reviews="\n  - role: 保密审查\n    result: 某某某通过"
    ).replace("## 二", "<!-- 检查豁免: T011 某领导定 -->\n\n## 二")
    text = shown_text(parse_report(NAME, replace(report.source, text=secret), data))
    assert not [word for word in ("不外传", "某某某", "某领导", "<!--") if word in text]
    assert "## 二、存在问题" in text


# From a file to a report


def _import(library: Path, file: Path, *options: str) -> str:
    """The text ``baogao import`` writes."""
    from baogao_cli.main import cli

    cli.main(
        ["import", str(file), "--docs", str(library / "docs"), *options], standalone_mode=False
    )
    (written,) = (library / "docs/reports").rglob("*.md")
    return written.read_text(encoding="utf-8")


OPTIONS = ("--year", "2022", "--unit", "jiguan", "--kind", "述职报告", "--role", "分管领导", "--date", "2023-01-10", "--status", "review")  # fmt: skip
FILES = {
    "原稿.docx": word(*(p(line) for line in PLAIN.split("\n"))),
    "原稿.txt": PLAIN.encode("gb18030"),
    "恶意<img onerror=alert(1)>.txt": ("<img src=x onerror=alert(1)>" + PLAIN).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_report_is_that_of_import(
    name: str, make_corpus: MemoryCorpus, tmp_path: Path, desk: Desk
) -> None:
    make_corpus({})
    file = tmp_path / name
    file.write_bytes(FILES[name])
    desk.read(FILES[name], name)
    assert "asks" not in desk.make(CHOICES)
    assert desk.texts[-1] == _import(tmp_path, file, *OPTIONS)


def test_real_word_files_give_the_report_of_import(
    corpora: Path, make_corpus: MemoryCorpus, tmp_path: Path, desk: Desk
) -> None:
    for file in sorted((corpora / "docx_varied").glob("*.docx")):
        make_corpus({})
        desk.read(file.read_bytes(), file.name)
        desk.make(CHOICES)
        assert desk.texts[-1] == _import(tmp_path, file, *OPTIONS), file.name


def test_what_is_certain_is_filled_in(desk: Desk) -> None:
    text = "2022年度抓机关党建工作述职报告\n（2023年1月10日）\n" + PLAIN
    guess = desk.read(text.encode(), "局机关党委分管领导述职.txt")["guess"]
    assert guess == {**CHOICES, "title": "2022年度抓机关党建工作述职报告", "status": "draft"}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("局机关党委和质安中心党支部.txt", "unit"),  # two units: none is certain
        ("分管领导、专职副书记述职报告.txt", "role"),
        ("2021年改2022年.txt", "year"),
        ("报告.txt", "kind"),
    ],
)
def test_what_is_not_certain_is_asked(name: str, field: str, desk: Desk) -> None:
    text = PLAIN.replace("我2022年度", "")
    guess = desk.read(text.encode(), name)["guess"]
    assert isinstance(guess, dict) and guess[field] == ""
    said = desk.make({**CHOICES, "unit": CHOICES["unit"], field: ""})
    asks = said["asks"]
    assert isinstance(asks, dict) and asks["field"] == field and asks["message"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "旧.doc", "另存为"),
        (b"PK\x03\x04garbage", "坏.docx", "读不了"),
        (b"", "空.txt", "没有文字"),
        (b"%PDF-1.7", "报告.pdf", "PDF"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, name: str, said: str, desk: Desk) -> None:
    with pytest.raises(DeskError) as caught:
        desk.read(content, name)
    text = str(caught.value)
    assert said in text or "损坏" in text


def test_pasted_text_and_a_text_called_md_are_originals(desk: Desk) -> None:
    desk.read(PLAIN.encode(), "草稿.md")
    desk.make(CHOICES)
    package = read_package(desk.pack("2025-01-10"))
    assert package.original and package.original[0] == "草稿.txt"
    assert package.report and b"name: \xe8\x8d\x89\xe7\xa8\xbf.txt" in package.report


# Mending, answering, handing in


def test_mending_one_all_and_back(desk: Desk) -> None:
    desk.read(PLAIN.encode(), "原稿.txt")
    desk.make(CHOICES)
    result: Any = desk.check()
    first = desk.texts[-1]
    index = next(i for i, f in enumerate(result["findings"]) if f["mendable"])
    desk.mend(index)
    assert len(desk.texts) == 2 and desk.texts[-1] != first
    result = desk.check()
    assert desk.mend().startswith("改了 ")
    assert not [f for f in desk.check()["findings"] if f["mendable"]]  # type: ignore[attr-defined]
    assert desk.mend() == "没有可以放心改的"
    desk.undo()
    desk.undo()
    assert desk.texts == [first] and desk.undo() == "没有可以撤销的"


def test_answers_go_into_the_front_matter(desk: Desk) -> None:
    desk.read(PLAIN.encode(), "原稿.txt")
    desk.make(CHOICES)
    desk.compare("2021/jiguan-shuzhi-fenguan", LAST)
    result: Any = desk.check()
    assert [f["rule"] for f in result["findings"]].count("R003") == 1
    ids = [problem["id"] for problem in result["problems"]]
    body = desk.texts[-1].split("\n---\n", 1)[1]
    desk.answer([{"id": i, "status": "已完成", "evidence": "见第二部分：“一”\n# 好"} for i in ids])
    result = desk.check()
    assert "R003" not in [f["rule"] for f in result["findings"]]
    report = desk._report()
    assert [(e.ref, e.status, e.evidence) for e in read_rectifies(report)] == [
        (i, "已完成", "见第二部分：“一” # 好") for i in ids
    ]
    assert desk.texts[-1].split("\n---\n", 1)[1] == body
    desk.answer([{"id": i, "status": "", "evidence": ""} for i in ids])
    assert "rectifies" not in desk.texts[-1]


def test_the_package_holds_original_report_and_result(desk: Desk) -> None:
    desk.read(FILES["原稿.docx"], "原稿.docx")
    desk.make(CHOICES)
    packed = desk.pack("2025-01-10")
    package = read_package(packed)
    assert package.checked and package.original == ("原稿.docx", FILES["原稿.docx"])
    assert package.report == desk.texts[-1].encode() and package.name == "jiguan-shuzhi-fenguan.md"
    assert packed == desk.pack("2025-01-10")
    assert desk.package_name() == "投稿包-2022年度-局机关党委-述职报告-分管领导.zip"


def test_hostile_text_is_text_everywhere(desk: Desk) -> None:
    evil = "<img src=x onerror=alert(1)>"
    text = f"2022年度{evil}述职报告\n{evil}{PLAIN}\n一、{evil}\n身份证号110101199003070134{evil}"
    desk.read(text.encode(), f"{evil}.txt")
    desk.make({**CHOICES, "title": evil})
    desk.compare("2021/jiguan-shuzhi-fenguan", LAST.replace("一是", f"一是{evil}"))
    result: Any = desk.check()
    made = "".join(result["parts"].values()) + result["body"]
    assert "<img" not in made and "&lt;img" in made
    with zipfile.ZipFile(io.BytesIO(desk.pack("2025-01-10"))) as package:
        page = package.read("自查结果.html").decode()
    assert "<img" not in page and "&lt;img" in page and "110101199003070134" not in page


def test_findings_point_at_their_characters(desk: Desk) -> None:
    desk.read(PLAIN.replace("覆盖10~20%", "布署𠀀覆盖10~20%").encode(), "原稿.txt")
    desk.make(CHOICES)
    result: Any = desk.check()
    (found,) = (f for f in result["findings"] if f["rule"] == "T011")
    block = next(
        b
        for b in desk._report().blocks
        if desk._report().source.position(b.start).line == found["block"]
    )
    assert block.plain[found["from"] : found["to"]] == "布署"
    assert f'data-line="{found["block"]}"' in result["body"]


def test_the_way_in_from_javascript(data_folder: Path) -> None:
    desks.open_desk(str(data_folder))
    read = json.loads(desks.call("read", '{"name": "原稿.txt"}', PLAIN.encode()))
    assert read["answer"]["ready"] is False
    assert json.loads(desks.call("read", '{"name": "空.txt"}', b""))["error"] == "里面没有文字"
    assert json.loads(desks.call("read", '{"name": "原稿.txt"}', PLAIN.encode()))["answer"]
    assert "series" in json.loads(desks.call("make", json.dumps(CHOICES)))["answer"]
    assert json.loads(desks.call("check", "{}"))["answer"]["name"] == NAME
    assert desks.pack("2025-01-10").startswith(b"PK")
    forge = {"kind": "github", "url": "https://github.com/a/b", "branch": "main", "docs": "docs"}
    answer = json.loads(desks.call("forge", json.dumps(forge)))["answer"]
    assert answer["filled"] and "/new/main/docs/reports/2022?filename=" in answer["address"]


def test_a_desk_reads_the_data_of_the_project() -> None:
    assert Desk(load_data(ROOT / "docs/_data", "docs/_data")).data.kinds.find("述职报告")
