"""Every rule is tested by the examples in its own file; a rule without them fails here."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import baogao.rules
from baogao.corpus import Corpus
from baogao.rules import RULES, Rule, Severity, check_corpus

Make = Callable[[dict[str, str]], Corpus]
BAD = [(rule, number) for rule in RULES for number in range(len(rule.bad))]


def test_every_rule_file_is_in_the_catalogue() -> None:
    folder = Path(baogao.rules.__file__).parent
    files = {p.stem.split("_")[0].upper() for p in folder.glob("*/[a-z][0-9]*_*.py")}
    assert files == {rule.id for rule in RULES}
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]\d{3}", rule.id)
    assert rule.name and rule.demand.endswith("。") and rule.bad
    assert all(example.messages and example.shown for example in rule.bad)
    checks = [rule.check_report, rule.check_series, rule.check_corpus, rule.check_exemptions]
    assert [
        scope
        for scope, check in zip(("report", "series", "corpus", "exemptions"), checks, strict=True)
        if check
    ] == [rule.scope]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_good_example_has_no_finding(rule: Rule, memory_corpus: Make) -> None:
    assert check_corpus(memory_corpus(rule.good.files)) == ()


@pytest.mark.parametrize(
    ("rule", "number"), BAD, ids=lambda value: getattr(value, "id", str(value))
)
def test_bad_example_has_just_its_findings(rule: Rule, number: int, memory_corpus: Make) -> None:
    example = rule.bad[number]
    findings = check_corpus(memory_corpus(example.files))
    said = [f"{f.rule} {f.message}" for f in findings]
    assert len(findings) == len(example.messages), said
    for piece in example.messages:
        assert any(piece in message for message in said), said
    assert any(f.rule == rule.id for f in findings), said


@pytest.mark.parametrize(
    ("rule", "number"), BAD, ids=lambda value: getattr(value, "id", str(value))
)
def test_messages_say_where_and_how(rule: Rule, number: int, memory_corpus: Make) -> None:
    corpus = memory_corpus(rule.bad[number].files)
    sources = {report.path: report.source for report in corpus.reports}
    for finding in check_corpus(corpus):
        assert finding.help or finding.severity is Severity.INFO
        assert finding.end >= finding.start
        if finding.path in sources:
            assert finding.start.line <= sources[finding.path].line_count


@pytest.mark.parametrize(
    ("rule", "number"), BAD, ids=lambda value: getattr(value, "id", str(value))
)
def test_fixes_remove_their_finding(rule: Rule, number: int, memory_corpus: Make) -> None:
    files = rule.bad[number].files
    corpus = memory_corpus(files)
    fixable = [f for f in check_corpus(corpus) if f.fix]
    if not fixable:
        return
    by_path = {report.path: report for report in corpus.reports}
    finding = fixable[0]
    report = by_path[finding.path]
    text = report.source.text
    for edit in sorted(finding.fix, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    left = check_corpus(memory_corpus({**files, f"{report.name}.md": text}))
    assert len(left) < len(check_corpus(corpus))
