"""Exemptions, severity by status, the list of 存量问题, fixes, and checking on all cores."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import baogao.corpus.memo
from baogao.corpus import Corpus, DataError, Source, load, open_memo, parse_report
from baogao.rules import RULES, Edit, Finding, Severity, check_corpus
from baogao.rules.baseline import judge, make_entries, read_baseline, shrink, write_baseline
from baogao.rules.engine import CONFIDENTIAL
from baogao.rules.finding import Finding as _Finding
from baogao.rules.fix import apply_edits, mend
from baogao.rules.parallel import check_corpus_parallel
from baogao.rules.rule import NAME, OPENING, PLAN, PRACTICE, body, report_text, standard

Make = Callable[[dict[str, str]], Corpus]
FILE = f"{NAME}.md"
WRONG = standard().replace("带队到", "建立台帐，带队到")
SLIPS = standard().replace("带队到基层支部宣讲4场，", "带队到基层支部宣讲4场, 建立台帐，")


def _rules(corpus: Corpus) -> list[str]:
    return [f.rule for f in check_corpus(corpus)]


def _with(comment: str, text: str = WRONG) -> dict[str, str]:
    return {FILE: text.replace("建立台帐", f"<!-- 检查豁免: {comment} -->\n建立台帐", 1)}


def test_an_exemption_silences_its_rule_where_it_stands(make_corpus: Make) -> None:
    assert _rules(make_corpus({FILE: WRONG})) == ["T011"]
    assert _rules(make_corpus(_with("T011 沿用原名"))) == []
    assert _rules(make_corpus(_with("T011、T012 沿用原名"))) == ["X002"]
    twice = WRONG.replace("全年召开", "建立台帐，全年召开")
    assert _rules(make_corpus(_with("T011 沿用原名", twice))) == ["T011"]


def test_an_exemption_without_a_reason_silences_nothing(make_corpus: Make) -> None:
    assert sorted(_rules(make_corpus(_with("T011")))) == ["T011", "X001"]


def test_what_is_confidential_is_never_silenced(make_corpus: Make) -> None:
    mark = standard().replace("带队到", "<!-- 检查豁免: C001 已核对 -->\n机密★1年，带队到", 1)
    assert "C001" in _rules(make_corpus({FILE: mark}))


def test_at_the_top_an_exemption_covers_the_front_matter(make_corpus: Make) -> None:
    odd = standard(visibilty="internal")
    assert _rules(make_corpus({FILE: odd})) == ["M004"]
    silent = odd.replace("现将我", "<!-- 检查豁免: M004 接口需要 -->\n\n现将我", 1)
    assert _rules(make_corpus({FILE: silent})) == []


def test_a_draft_is_judged_more_mildly(make_corpus: Make) -> None:
    text = report_text(body(OPENING, PRACTICE, PLAN))
    (final,) = check_corpus(make_corpus({FILE: text}))
    assert (final.rule, final.severity) == ("S001", Severity.ERROR)
    (draft,) = check_corpus(make_corpus({FILE: text.replace("status: published", "status: draft")}))
    assert (draft.rule, draft.severity) == ("S001", Severity.WARNING)


def test_confidential_findings_stay_errors_in_a_draft(make_corpus: Make) -> None:
    text = standard(status="draft").replace("带队到", "机密★1年，带队到")
    assert [f.severity for f in check_corpus(make_corpus({FILE: text})) if f.rule == "C001"] == [
        Severity.ERROR
    ]


def test_a_rule_can_be_weighed_otherwise_or_switched_off(make_corpus: Make, tmp_path: Path) -> None:
    make_corpus({FILE: WRONG})
    settings = tmp_path / "docs/_data/severity.yml"
    settings.write_text("rules: {T011: 'off'}\n", encoding="utf-8")
    assert check_corpus(load(tmp_path / "docs")) == ()
    settings.write_text("rules: {T011: error}\n", encoding="utf-8")
    assert [f.severity for f in check_corpus(load(tmp_path / "docs"))] == [Severity.ERROR]
    settings.write_text("rules: {C001: info}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"severity\.yml:1:15: C001 是保密规则，不能调整"):
        load(tmp_path / "docs")


# 存量问题


def test_the_list_hides_what_is_known_and_nothing_else(make_corpus: Make) -> None:
    corpus = make_corpus({FILE: WRONG})
    findings = check_corpus(corpus)
    entries = make_entries(findings, CONFIDENTIAL)
    assert read_baseline(write_baseline(entries), "b.tsv") == entries
    paths = [r.path for r in corpus.reports]
    known = judge(findings, entries, CONFIDENTIAL, paths)
    assert (known.new, known.known, known.shrinkable) == ((), 1, ())
    later = check_corpus(
        make_corpus({FILE: WRONG.replace("带队到", "补一段话。\n\n布署任务，带队到")})
    )
    judged = judge(later, entries, CONFIDENTIAL, paths)
    assert [f.message for f in judged.new] == ["“布署”应为“部署”"] and judged.known == 1


def test_the_list_only_shrinks(make_corpus: Make) -> None:
    twice = WRONG.replace("全年召开", "建立台帐，全年召开")
    entries = make_entries(check_corpus(make_corpus({FILE: twice})), CONFIDENTIAL)
    assert [e.count for e in entries] == [2]
    corpus = make_corpus({FILE: WRONG.replace("带队到", "布署任务，带队到")})
    findings = check_corpus(corpus)
    judged = judge(findings, entries, CONFIDENTIAL, [r.path for r in corpus.reports])
    assert judged.shrinkable == entries
    shrunk = shrink(entries, findings, CONFIDENTIAL)
    assert [(e.rule, e.count) for e in shrunk] == [("T011", 1)]
    assert shrink(shrunk, (), CONFIDENTIAL) == ()


def test_confidential_findings_never_enter_the_list(make_corpus: Make) -> None:
    findings = check_corpus(make_corpus({FILE: standard().replace("带队到", "机密★1年，带队到")}))
    assert any(f.rule in CONFIDENTIAL for f in findings)
    assert not [e for e in make_entries(findings, CONFIDENTIAL) if e.rule in CONFIDENTIAL]


def test_a_list_edited_by_hand_is_refused() -> None:
    with pytest.raises(DataError, match=r"b\.tsv:2:1"):
        read_baseline("file\trule\tkey\tcount\tmessage\na\tb\n", "b.tsv")


# Fixes


def test_fixes_are_applied_and_idempotent(make_corpus: Make) -> None:
    (report,) = make_corpus({FILE: SLIPS}).reports
    mended = mend(report, None)
    assert "宣讲4场，建立台账，" in mended.text and not mended.refused
    again = parse_report(report.name, Source(report.path, mended.text), report.data)
    assert mend(again, None).text == mended.text


def test_every_fix_of_the_examples_is_idempotent(memory_corpus: Make) -> None:
    for rule in RULES:
        for example in rule.bad:
            for report in memory_corpus(example.files).reports:
                mended = mend(report, None)
                again = parse_report(report.name, Source(report.path, mended.text), report.data)
                assert mend(again, None).text == mended.text, (rule.id, report.name)


def test_overlapping_edits_wait(make_corpus: Make) -> None:
    (found,) = check_corpus(make_corpus({FILE: WRONG}))

    def finding(*edits: Edit) -> Finding:
        return _Finding(
            found.rule, found.severity, found.path, found.start, found.end, "x", fix=edits
        )

    text, done = apply_edits(
        "abcdef", [finding(Edit(1, 3, "X")), finding(Edit(2, 4, "Y")), finding(Edit(5, 6, "Z"))]
    )
    assert text == "aXdeZ" and len(done) == 2


def test_fixes_that_fight_leave_the_file_alone(
    make_corpus: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report,) = make_corpus({FILE: WRONG}).reports
    (found,) = check_corpus(make_corpus({FILE: WRONG}))

    def endless(report: object, predecessor: object) -> list[Finding]:
        return [
            _Finding(
                found.rule,
                found.severity,
                found.path,
                found.start,
                found.end,
                "x",
                fix=(Edit(0, 0, "#"),),
            )
        ]

    monkeypatch.setattr("baogao.rules.fix.check_report", endless)
    mended = mend(report, None)
    assert mended.refused and mended.text == report.source.text and mended.done == ()


# All cores


def test_checking_on_all_cores_finds_the_same(
    make_corpus: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {}
    for year in range(2003, 2023):
        text = standard(
            year=str(year), title=f"{year}年度述职报告", date=f"{year + 1}-01-10"
        ).replace("2022年", f"{year}年")
        files[f"{year}/jiguan-shuzhi-fenguan.md"] = (
            text if year % 3 else text.replace("带队到", "建立台帐，带队到")
        )
    corpus = make_corpus(files)
    monkeypatch.setattr(baogao.corpus.memo, "WORTH_A_PROCESS", 2)
    one = check_corpus(corpus)
    assert one and check_corpus_parallel(corpus) == one
    some = corpus.reports[:7]
    assert check_corpus_parallel(corpus, some) == check_corpus(corpus, some)


def test_what_was_found_is_remembered_but_nothing_that_readers_may_not_see(
    root: Path, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(root / "docs", docs)
    secret = sorted((docs / "reports/2022").glob("*.md"))[0]
    marker = "鹭栖计划外"
    secret.write_text(
        secret.read_text(encoding="utf-8").replace("status: published", "status: draft")
        + f"\n{marker}，{marker}，电话13812345678。\n",
        encoding="utf-8",
    )
    corpus = load(docs)
    expected = check_corpus(corpus)
    cache = tmp_path / "cache"
    memo = open_memo(docs, cache)
    assert check_corpus_parallel(corpus, memo=memo) == expected
    assert any(
        marker in finding.message
        or "13812345678" in finding.message
        or finding.path.endswith(secret.name)
        for finding in expected
    )
    kept = "".join(file.read_text(encoding="utf-8") for file in cache.iterdir())
    assert kept and marker not in kept and f"2022/{secret.name}" not in kept
    again = open_memo(docs, cache)
    assert again is not memo
    assert check_corpus_parallel(corpus, memo=again) == expected
    assert check_corpus_parallel(corpus, memo=again) == expected


def test_a_report_is_checked_again_when_its_predecessor_changed(root: Path, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(root / "docs", docs)
    memo = open_memo(docs, tmp_path / "cache")
    check_corpus_parallel(load(docs), memo=memo)
    copied = docs / "reports/2021/baozhang-shuzhi-zhibu.md"
    before = docs / "reports/2020/baozhang-shuzhi-zhibu.md"
    text = before.read_text(encoding="utf-8")
    head, body = text.split("\n---\n", 1)
    before.write_text(head + "\n---\n" + body.replace("，", "，又"), encoding="utf-8")
    corpus = load(docs)
    found = check_corpus_parallel(corpus, memo=open_memo(docs, tmp_path / "cache", memo))
    assert found == check_corpus(corpus)
    assert not any(f.rule == "R001" and f.path.endswith("2021/" + copied.name) for f in found)
