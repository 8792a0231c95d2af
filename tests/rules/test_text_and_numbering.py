"""What the examples of the text and numbering rules cannot show: every phrase of the list, every half-width form of a
fix, and that no text, however odd, makes a rule slow."""

from __future__ import annotations

from collections.abc import Callable

from baogao.corpus import Corpus, Data, Report, Source, parse_report
from baogao.rules import GROUPS, Finding, Rule, check_corpus
from baogao.rules.rule import report_text, standard
from baogao.rules.text import t010_fixed_phrases

Make = Callable[[dict[str, str]], Corpus]
NAME = "2022/jiguan-shuzhi-fenguan"
OURS = [rule for rule in (*GROUPS["序号"], *GROUPS["文字"]) if rule.id != "P001"]


def _report(content: str, data: Data) -> Report:
    return parse_report(NAME, Source(f"{NAME}.md", report_text(content)), data)


def _found(rule: Rule, content: str, data: Data) -> list[Finding]:
    assert rule.check_report is not None
    return list(rule.check_report(_report(content, data)))


def test_every_phrase_is_found_with_one_character_wrong_and_not_without(data: Data) -> None:
    odd = "龘"
    for phrase in data.phrases.phrases:
        text = phrase.text
        for spelling in (text, *phrase.variants):
            said = f"认真学习{spelling}，带队到支部。"
            assert not _found(t010_fixed_phrases.RULE, said, data), spelling
        inner = [i for i in range(2, len(text) - 2) if "一" <= text[i] <= "鿿"]
        inner = [i for i in inner if text[i] not in t010_fixed_phrases._PARTICLES]
        for at in inner[:: max(len(inner) // 3, 1)]:
            changed = text[:at] + odd + text[at + 1 :]
            more = text[:at] + odd + text[at:]
            for wrong in (changed, more):
                said = f"认真学习{wrong}，带队到支部。"
                assert [f.suggestion for f in _found(t010_fixed_phrases.RULE, said, data)] == [text]


def test_fixes_are_idempotent_and_leave_nothing(make_corpus: Make) -> None:
    text = standard().replace(
        "带队到基层支部宣讲4场，覆盖320人次。",
        r'带队到"基层"支部(含线上)宣讲3\~5场, 覆盖３２０人次...布署任务，，建立台帐。',
    )
    for _ in range(2):
        findings = [f for f in check_corpus(make_corpus({f"{NAME}.md": text})) if f.fix]
        edits = sorted((e for f in findings for e in f.fix), key=lambda e: e.start, reverse=True)
        for edit in edits:
            text = text[: edit.start] + edit.text + text[edit.end :]
    assert "带队到“基层”支部（含线上）宣讲3～5场，覆盖320人次……部署任务，建立台账。" in text
    assert check_corpus(make_corpus({f"{NAME}.md": text})) == ()


def test_a_character_reference_is_edited_as_a_whole(make_corpus: Make) -> None:
    text = standard().replace("基层支部", "基层&nbsp;支部")
    (finding,) = check_corpus(make_corpus({f"{NAME}.md": text}))
    assert [text[e.start : e.end] for e in finding.fix] == ["&nbsp;"]


def test_lines_of_one_paragraph_are_points(make_corpus: Make) -> None:
    text = standard().replace(
        "带队到基层支部宣讲4场，覆盖320人次。", "1.宣讲4场。\n**2.上党课。**\n4.慰问9人。"
    )
    (finding,) = check_corpus(make_corpus({f"{NAME}.md": text}))
    assert finding.message == "序号从“2.”（第 19 行）跳到“4.”，缺“3.”"
    assert text.split("\n")[finding.start.line - 1][finding.start.column - 1 :].startswith("4.")


def test_what_a_structure_rule_says_is_not_said_again(make_corpus: Make) -> None:
    missing = report_text(
        "现将我2022年度抓机关党建工作情况报告如下。\n\n## 一、主要做法及成效\n\n### （一）加强政治建设\n\n宣讲4场。\n\n"
        "### （二）推进基层党建\n\n开会12次。\n\n## 三、下步工作打算\n\n一是每季度调研一次。"
    )
    assert {f.rule for f in check_corpus(make_corpus({f"{NAME}.md": missing}))} == {"S001"}
    moved = standard()
    problem = moved[moved.index("## 二") : moved.index("## 三")]
    moved = moved.replace(problem, "") + "\n" + problem
    assert {f.rule for f in check_corpus(make_corpus({f"{NAME}.md": moved}))} == {"S003"}
