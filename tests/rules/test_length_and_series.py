"""What the examples of the rules cannot show: limits other than the shipped ones, statuses, missing predecessors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus, load
from baogao.rules import Finding, Severity, check_corpus
from baogao.rules.rule import standard
from baogao.rules.series.pair import LAST, pair, this_year

Make = Callable[[dict[str, str]], Corpus]
THIS = "2022/jiguan-shuzhi-fenguan.md"


def findings(corpus: Corpus, rule: str) -> list[Finding]:
    return [f for f in check_corpus(corpus) if f.rule == rule]


@pytest.fixture
def with_limits(make_corpus: Make, tmp_path: Path) -> Callable[[str], Corpus]:
    def make(limits: str) -> Corpus:
        make_corpus({THIS: standard()})
        reviews = "reviews: {required_role: 保密审查, passed: [通过], opened: [同意公开], severity: info}\n"
        (tmp_path / "docs/_data/limits.yml").write_text(reviews + limits, encoding="utf-8")
        return load(tmp_path / "docs")

    return make


def test_both_counts_are_given(with_limits: Callable[[str], Corpus]) -> None:
    corpus = with_limits(
        "limits:\n  - {issuer: 工委, severity: warning, count: han, total: {max: 100}}"
    )
    (finding,) = findings(corpus, "L001")
    length = corpus.reports[0].length
    assert finding.severity is Severity.WARNING
    assert (
        f"连标点{length.characters}字，只算汉字{length.han}字，超过100字（工委）" in finding.message
    )
    assert finding.help == f"约压缩{length.han - 100}字"


def test_shares_of_sections(with_limits: Callable[[str], Corpus]) -> None:
    corpus = with_limits(
        "limits:\n"
        "  - issuer: 镇党委\n"
        "    kinds: [述职报告]\n"
        "    sections:\n"
        "      - {roles: [存在问题, 原因分析], min_share: 90%}\n"
        "      - {roles: [下步打算], max: 10}\n"
        "      - {roles: [上年问题整改], min: 100}\n"
    )
    shares = findings(corpus, "L002")
    assert ["存在问题、原因分析" in f.message for f in shares] == [True, False]
    assert "不到90%（镇党委）" in shares[0].message and "超过10字" in shares[1].message
    assert {f.severity for f in shares} == {Severity.INFO}


def test_limits_of_another_year_do_not_bind(with_limits: Callable[[str], Corpus]) -> None:
    corpus = with_limits("limits:\n  - {issuer: 工委, until: 2021, total: {max: 100}}")
    assert findings(corpus, "L001") == []


def test_without_the_last_report_nothing_can_be_checked(make_corpus: Make) -> None:
    corpus = make_corpus({THIS: this_year()})
    (finding,) = findings(corpus, "R002")
    assert finding.severity is Severity.INFO and "P2021-1、P2021-2" in finding.message
    assert findings(corpus, "R003") == []


def test_masked_reports_are_only_informed(make_corpus: Make) -> None:
    masked = this_year("[{ref: P2021-7, status: 已完成}]").replace("published", "anonymized")
    corpus = make_corpus(pair(masked, "").files)
    assert {f.severity for rule in ("R002", "R003") for f in findings(corpus, rule)} == {
        Severity.INFO
    }


def test_a_likely_answer_is_only_a_hint(make_corpus: Make) -> None:
    text = this_year("[{ref: P2021-1, status: 已完成}]").replace(
        "全年召开党委会12次", "达标靠突击的问题已经扭转，全年召开党委会12次"
    )
    (finding,) = findings(make_corpus(pair(text, "", last=LAST).files), "R003")
    assert "P2021-2“达标靠突击”" in finding.message
    assert "P2021-2可能写在第" in finding.help and finding.severity is Severity.WARNING
    assert finding.suggestion == "rectifies:\n  - ref: P2021-2\n    status: 未完成"


def test_stating_the_period_confirms_the_year(make_corpus: Make) -> None:
    text = standard().replace("带队到", "制定《2021年工作要点》《2021年宣讲方案》，带队到")
    assert len(findings(make_corpus({THIS: text}), "Y001")) == 1
    stated = text.replace("year: 2022", "year: 2022\nperiod_end: 2022-12-31")
    assert findings(make_corpus({THIS: stated}), "Y001") == []
