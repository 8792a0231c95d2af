"""The ledger: what a line says, and that nothing hidden stands in it or in its memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus, Memo, load
from baogao.insight import Entry, Ledger, build_ledger
from baogao.insight.ledger import (
    BY_LIKENESS,
    BY_NUMBER,
    GUESSED,
    NO_NEXT,
    OF_REPORT,
    UNANSWERED,
    UNSAID,
)  # fmt: skip

Make = Callable[[dict[str, str]], Corpus]
PRACTICE = "## 一、主要做法及成效\n\n### （一）抓队伍\n\n全年召开党委会12次。\n\n"


def report(
    year: int, body: str, front: str = "", kind: str = "述职报告", role: str = "分管领导"
) -> str:
    who = f"role: {role}\n" if role else ""
    return (
        f"---\ntitle: {year}年度{kind}\nyear: {year}\nunit: 局机关党委\nkind: {kind}\n{who}"
        f"date: {year + 1}-01-10\nstatus: published\n{front}---\n\n{body}"
    )


FIRST = report(
    2021,
    PRACTICE
    + "## 二、存在问题及原因分析\n\n一是“双报到”内容单一，多是打扫卫生。二是发展党员后劲不足，全年只有4人递交申请。"
    "三是督导支部偏少，5个支部一次也没有去过。造成上述问题的主要原因是：一是统筹不够。二是培养不细。三是精力不专。\n\n"
    "## 三、下步工作打算\n\n一是把发展党员放到一线，安排专人联系递交申请的职工。二是制定“双报到”服务菜单。三是抓好学习。四是抓好作风。\n",
)
SECOND = report(
    2022,
    "## 一、主要做法及成效\n\n### （一）抓队伍\n\n发展党员后劲不足的问题正在推进，收到申请书9份。\n\n支部课堂讲了12课。\n\n"
    "## 二、存在问题及原因分析\n\n一是“双报到”内容仍然单一。二是档案管理粗。究其原因，办法不多，习惯于老一套。\n\n"
    "## 三、下步工作打算\n\n一是丰富“双报到”内容。\n",
    "rectifies:\n  - {ref: P2021-1, status: 已完成, evidence: 见服务菜单}\n",
)  # fmt: skip


def ledger_of(corpus: Corpus, memo: Memo | None = None) -> Ledger:
    return build_ledger(corpus.visible, memo or Memo(None, ""))


def entries_of(ledger: Ledger, year: int) -> list[Entry]:
    return list(ledger.by_year[year])


def test_states(make_corpus: Make) -> None:
    corpus = make_corpus({"2021/a.md": FIRST, "2022/a.md": SECOND})
    first, second, third = entries_of(ledger_of(corpus), 2021)
    assert (first.item, first.status, first.state) == ("P2021-1", "已完成", "已完成")
    assert first.evidence == "见服务菜单"
    assert second.state == GUESSED and second.status == ""
    (answer,) = second.answers
    assert answer.text == "发展党员后劲不足的问题正在推进，收到申请书9份。"
    assert answer.anchor == "practice-1" and second.score == answer.likeness
    assert third.state == UNANSWERED and not third.answers
    assert all(entry.later is corpus.find("2022/a") for entry in (first, second, third))
    assert {entry.state for entry in entries_of(ledger_of(corpus), 2022)} == {NO_NEXT}


def test_words_stand_as_written_without_their_number(make_corpus: Make) -> None:
    first = entries_of(ledger_of(make_corpus({"2021/a.md": FIRST})), 2021)[0]
    assert first.text == "“双报到”内容单一，多是打扫卫生。"
    assert first.head == "“双报到”内容单一" and first.anchor == "problem"


def test_causes_by_number_and_plans_by_likeness(make_corpus: Make) -> None:
    entries = entries_of(ledger_of(make_corpus({"2021/a.md": FIRST})), 2021)
    assert [(e.causes.how, e.causes.passages[0].text) for e in entries] == [
        (BY_NUMBER, "统筹不够。"), (BY_NUMBER, "培养不细。"), (BY_NUMBER, "精力不专。"),
    ]  # fmt: skip
    plans = [entry.plans for entry in entries]
    assert plans[0].how == BY_LIKENESS and plans[0].passages[0].text.startswith("制定“双报到”")
    assert plans[1].how == BY_LIKENESS and plans[1].passages[0].text.startswith("把发展党员")
    assert plans[2].how == OF_REPORT and len(plans[2].passages) == 4
    assert {passage.anchor for passage in plans[2].passages} == {"plan"}


def test_causes_told_without_numbers_belong_to_the_report(make_corpus: Make) -> None:
    entries = entries_of(ledger_of(make_corpus({"2022/a.md": SECOND})), 2022)
    assert {entry.causes.how for entry in entries} == {OF_REPORT}
    assert entries[0].causes.passages[0].text == "究其原因，办法不多，习惯于老一套。"


def test_causes_behind_the_last_problem_are_not_part_of_it(make_corpus: Make) -> None:
    body = (
        PRACTICE
        + "## 二、存在问题及原因分析\n\n（一）学习不深。读得少。\n\n（二）督导偏少。走得少。\n\n"
        "究其原因，学习不深，是时间安排不紧；督导偏少，是事务缠身。\n\n## 三、下步工作打算\n\n一是多学。\n"
    )
    first, second = entries_of(ledger_of(make_corpus({"2021/a.md": report(2021, body)})), 2021)
    assert second.text == "督导偏少。\n走得少。" and second.anchor == "problem-2"
    assert first.causes.how == BY_NUMBER
    assert second.causes.passages[0].text == "督导偏少，是事务缠身。"


def test_a_topic_that_comes_back_also_after_a_year_without_it(make_corpus: Make) -> None:
    between = report(2022, PRACTICE + "## 二、存在问题及原因分析\n\n一是台账格式不统一。\n")
    again = report(
        2023,
        PRACTICE
        + "## 二、存在问题及原因分析\n\n一是“双报到”内容单一，还是打扫卫生。二是窗口排队久。\n",
    )
    ledger = ledger_of(make_corpus({"2021/a.md": FIRST, "2022/a.md": between, "2023/a.md": again}))
    newest = entries_of(ledger, 2023)
    assert newest[0].years == (2021, 2023) and newest[0].repeated
    assert newest[0].earlier is not None
    assert (newest[0].earlier.report, newest[0].earlier.item) == ("2021/a", "P2021-1")
    assert newest[0].topic == (("2021/a", "P2021-1"), ("2023/a", "P2023-1"))
    assert ledger.by_problem["2021/a", "P2021-1"].years == (2021, 2023)
    assert newest[1].years == (2023,) and not newest[1].repeated
    assert not entries_of(ledger, 2022)[0].repeated


def test_a_report_on_rectification_tells_its_own_outcome(make_corpus: Make) -> None:
    body = (
        "## 一、总体情况\n\n共2个问题。\n\n## 二、整改落实情况\n\n### （一）记录不规范\n\n已完成统一记录本，仍需看住，目前状态为持续推进。\n\n"
        "（二）公示不及时。按季张榜，10月底整改到位。\n\n## 三、下一步工作打算\n\n一是常抓。\n"
    )
    corpus = make_corpus({"2023/z.md": report(2023, body, kind="问题整改报告", role="")})
    first, second = entries_of(ledger_of(corpus), 2023)
    assert (first.item, first.text, first.state) == ("I2023-1", "记录不规范", "持续推进")
    assert first.later is first.report and first.answers[0].likeness is None
    assert first.answers[0].text.startswith("已完成统一记录本") and first.anchor == "items-1"
    assert (second.text, second.state) == ("公示不及时", UNSAID)


@pytest.mark.parametrize("hidden", ["visibility: restricted\n", "status: draft\n"])
def test_nothing_hidden_is_shown_or_remembered(
    make_corpus: Make, tmp_path: Path, hidden: str
) -> None:
    second = (
        SECOND.replace("status: published\n", hidden)
        if "status" in hidden
        else SECOND.replace("status: published\n", f"status: published\n{hidden}")
    )
    corpus = make_corpus({"2021/a.md": FIRST, "2022/a.md": second})
    ledger = ledger_of(corpus, Memo(tmp_path / "cache", "x"))
    assert [entry.state for entry in ledger.entries] == [NO_NEXT] * 3
    kept = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "cache").iterdir())
    assert "统筹不够" in kept and "申请书9份" not in kept and "档案管理" not in kept


def test_it_comes_back_from_memory_as_it_was(make_corpus: Make, tmp_path: Path) -> None:
    corpus = make_corpus({"2021/a.md": FIRST, "2022/a.md": SECOND})
    cache = tmp_path / "cache"
    made = ledger_of(corpus, Memo(cache, "x"))
    assert ledger_of(corpus, Memo(cache, "x")) == made


def test_an_edit_of_the_predecessor_is_noticed(make_corpus: Make, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    ledger_of(make_corpus({"2021/a.md": FIRST, "2022/a.md": SECOND}), Memo(cache, "x"))
    edited = FIRST.replace("发展党员后劲不足，全年只有4人递交申请", "车辆停放没有秩序").replace(
        "把发展党员放到一线，安排专人联系递交申请的职工", "划好车位"
    )
    ledger = ledger_of(make_corpus({"2021/a.md": edited, "2022/a.md": SECOND}), Memo(cache, "x"))
    second = entries_of(ledger, 2021)[1]
    assert second.text.startswith("车辆") and second.state == UNANSWERED


def test_every_line_of_the_samples_rests_on_words_of_its_report(root: Path) -> None:
    corpus = load(root / "docs")
    ledger = build_ledger(corpus.visible, Memo(None, ""))
    problems = sum(
        len(r.items_of("problem")) + len(r.items_of("items")) for r in corpus.visible.reports
    )
    assert len(ledger.entries) == problems > 100
    for entry in ledger.entries:
        anchors = {section.anchor for section in entry.report.walk()}
        text = entry.report.text.replace("\n", "")
        passages = [(entry.text, entry.anchor), *entry.causes.passages, *entry.plans.passages]
        for words, anchor in passages:
            assert anchor in anchors
            assert words.replace("\n", "") in text, (entry.report.name, words)
        if entry.later is not None:
            later = {section.anchor for section in entry.later.walk()} | {""}
            for answer in entry.answers:
                assert answer.anchor in later
                assert answer.text.replace("\n", "") in entry.later.text.replace("\n", "")
        assert entry.year in entry.years
