"""Problems told inside the review of a 政府工作报告: where they begin and end, what is one problem, and who reads them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baogao.corpus import Corpus, Data, Memo, Report, likely_answers, statements
from baogao.corpus.intake import Metadata, skeleton
from baogao.insight import build_ledger
from baogao.insight.comparison import compare
from baogao.insight.ledger import GUESSED, UNANSWERED
from baogao.pages.guide import kinds_page
from baogao.rules import check_report
from baogao.rules.sheet import make_sheet

from .texts import parse

CLOSING = "我们也清醒认识到，发展中还存在不少困难和问题，主要是：产业层次不高，龙头企业偏少；老旧小区停车难；少数干部作风不实，等等。对此，我们将认真解决。"


def text(
    closing: str, year: int = 2024, review: str = "全年新开工项目32个，改造管网5公里。"
) -> str:
    return (
        f"---\ntitle: {year}年政府工作报告\nyear: {year}\nunit: 局机关党委\nkind: 政府工作报告\ndate: {year}-01-20\nstatus: published\n---\n\n"
        f"## 一、{year - 1}年工作回顾\n\n### （一）抓项目\n\n{review}\n\n{closing}\n\n"
        f"## 二、{year}年重点工作\n\n一是抓产业。二是抓民生。\n"
    )


def problems(report: Report) -> list[str]:
    for problem in report.items_of("problem"):
        assert report.source.text[problem.start : problem.end] == problem.text
    return [problem.text for problem in report.items_of("problem")]


@pytest.mark.parametrize(
    ("closing", "found"),
    [
        (CLOSING, ["产业层次不高，龙头企业偏少", "老旧小区停车难", "少数干部作风不实"]),
        (
            "同时，我们也清醒地看到，仍面临一些困难和挑战。主要表现在：产业不优；停车难等问题。我们将直面问题。",
            ["产业不优", "停车难"],
        ),
        (
            "我们也清醒认识到，还面临不少挑战：一是产业不优。龙头企业不多。二是停车难。这些问题，我们将解决。",
            ["一是产业不优。龙头企业不多", "二是停车难"],
        ),
        (
            "我们清醒看到，发展还存在不少问题。产业层次不高。老旧小区停车难。同时，部分干部作风不实。我们一定解决。",
            ["产业层次不高", "老旧小区停车难", "部分干部作风不实"],
        ),
        (
            "我们也清醒认识到，需求不足，预期偏弱；老旧小区停车难。我们将解决。",
            ["需求不足，预期偏弱", "老旧小区停车难"],
        ),
        (
            "我们也清醒认识到，还有短板，主要是：产业层次不高，停车难，环境差一些，干部作风不实。",
            ["产业层次不高", "停车难", "环境差一些", "干部作风不实"],
        ),
        (
            "我们也清醒认识到：今年未达预期。同时，前进路上也面临不少困难和挑战：产业层次不高；停车很难。",
            ["今年未达预期", "产业层次不高", "停车很难"],
        ),
        (
            "我们也清醒认识到，还存在一些困难和问题。产业层次不高。增速未达预期，原因：一是天气；二是价格。我们将解决。",
            ["产业层次不高", "增速未达预期，原因：一是天气；二是价格"],
        ),
        (
            "我们也清醒认识到，发展中还面临不少困难，主要是：\n\n一是产业层次不高。\n\n二是停车难。办法不多。\n\n对此，我们将解决。",
            ["一是产业层次不高", "二是停车难。办法不多"],
        ),
        (
            "我们也清醒认识到，发展中还面临不少困难，主要是：\n\n产业方面，层次不高。\n\n民生方面，停车难。\n\n我们将解决。",
            ["产业方面，层次不高", "民生方面，停车难"],
        ),
        ("存在的问题得到解决，群众更加满意；停车难的问题有了办法。", []),
        ("我们深刻认识到，必须坚持党的领导；必须坚持发展。", []),
        ("我们也清醒认识到这些。对此，我们将努力。", []),
    ],
)  # fmt: skip
def test_what_is_a_problem(closing: str, found: list[str], data: Data) -> None:
    report = parse(data, text(closing))
    assert problems(report) == found


def test_ids_place_and_the_items_of_the_review(data: Data) -> None:
    report = parse(data, text(CLOSING))
    assert [i.id for i in report.items_of("problem")] == ["P2024-1", "P2024-2", "P2024-3"]
    assert [i.id for i in report.items] == ["B2024-1", "T2024-1", "T2024-2", "P2024-1", "P2024-2", "P2024-3"]  # fmt: skip
    (told,) = report.told
    assert report.source.text[told.start : told.end] == CLOSING


def test_an_enumeration_of_problems_is_none_of_deeds(data: Data) -> None:
    whole = text("我们也清醒认识到，还面临不少挑战：一是产业不优。二是停车难。").replace(
        "### （一）抓项目\n\n", ""
    )
    assert [i.role for i in parse(data, whole).items] == ["tasks", "tasks", "problem", "problem"]


def test_only_the_review_is_searched(data: Data) -> None:
    moved = text("").replace("一是抓产业。二是抓民生。", CLOSING)
    assert problems(parse(data, moved)) == []


def test_where_no_review_is_recognised_the_lead_is_searched(data: Data) -> None:
    bare = text(CLOSING).replace("## 一、2023年工作回顾\n\n### （一）抓项目\n\n", "")
    assert len(problems(parse(data, bare))) == 3


def test_a_section_of_its_own_needs_no_search(data: Data) -> None:
    own = text(CLOSING + "\n\n## 二、存在的困难和问题\n\n一是人手不足。")
    assert problems(parse(data, own)) == ["一是人手不足。"]


def test_a_run_in_heading_goes_on_the_passage(data: Data) -> None:
    closing = "我们也清醒认识到，还面临不少困难，主要是：\n\n（二）产业不优。龙头企业不多。\n\n（三）停车很难。办法不多。\n\n对此，我们将解决。"
    assert problems(parse(data, text(closing))) == [
        "（二）产业不优。龙头企业不多",
        "（三）停车很难。办法不多",
    ]


def test_other_kinds_tell_nothing_inside(data: Data) -> None:
    assert [k.id for k in data.kinds.kinds if k.told_within] == ["zhengfu"]
    assert [k.id for k in data.kinds.kinds if not k.problems_answered] == ["zhengfu"]


@given(st.text("我们也清醒认识到主要是存在问题，。；：一二等对此 \n（）", max_size=80))
def test_any_closing_can_be_read(data: Data, closing: str) -> None:
    report = parse(data, text("我们清醒认识到" + closing))
    for problem in report.items_of("problem"):
        assert report.told[0].start <= problem.start < problem.end <= report.told[-1].end


# Two years

LATER = "我们也清醒认识到，还面临一些困难：老旧小区停车难；少数干部作风不实；人才难留。对此，我们将解决。"
REVIEW = "改造老旧小区停车场12处，停车难得到缓解，新增泊位800个。"


@pytest.fixture
def pair(memory_corpus: Callable[[dict[str, str]], Corpus]) -> Corpus:
    return memory_corpus({
        "2024/jiguan-zhengfu.md": text(CLOSING),
        "2025/jiguan-zhengfu.md": text(LATER, 2025, REVIEW),
    })  # fmt: skip


def test_the_ledger_shows_them_with_likely_answers(pair: Corpus) -> None:
    ledger = build_ledger(pair.visible, Memo(None, ""))
    states = [(entry.item, entry.state) for entry in ledger.by_year[2024]]
    assert states == [("P2024-1", UNANSWERED), ("P2024-2", GUESSED), ("P2024-3", UNANSWERED)]
    entry = ledger.by_year[2024][1]
    assert [answer.text for answer in entry.answers] == [REVIEW]
    assert (entry.anchor, entry.answers[0].anchor) == ("review-1", "review-1")
    assert ledger.by_year[2025][0].years == (2024, 2025)


def test_the_same_passage_a_year_later_is_no_answer(pair: Corpus) -> None:
    earlier, later = pair.reports
    found = likely_answers(later, earlier)
    assert [a.text for answers in found.values() for a in answers] == [REVIEW]
    roles = {s.text[:4]: s.role for s in statements(later)}
    assert roles["我们也清"] == "problem"
    assert roles["改造老旧"] == "review"


def test_nobody_is_asked_to_answer_them_by_number(pair: Corpus) -> None:
    earlier, later = pair.reports
    assert "R003" not in {finding.rule for finding in check_report(later, earlier)}
    sheet = make_sheet(pair, later, ())
    assert sheet.comparison is not None
    assert not sheet.comparison.stated
    assert compare(earlier, later).problems == 3


def test_a_new_report_has_the_words_but_no_answers_to_fill_in(pair: Corpus, data: Data) -> None:
    earlier, _ = pair.reports
    assert earlier.unit is not None
    assert earlier.kind is not None
    metadata = Metadata("甲", 2025, earlier.unit, earlier.kind, None, None, "draft")
    new = skeleton(metadata, earlier).text
    assert "rectifies" not in new
    assert "P2024-2 老旧小区停车难" in new
    report = parse(data, new.replace("【待填】；", "产业不优；", 1))
    assert problems(report)[0] == "产业不优"


def test_the_table_of_kinds_says_where_they_stand(data: Data) -> None:
    html = kinds_page(data.kinds).html
    assert "写在工作回顾一节里，不立小标题也认得" in html
    assert "可写在存在问题一节里" in html
