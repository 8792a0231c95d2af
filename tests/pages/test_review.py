"""审核单 as HTML: everything a reviewer asks is on it, everything written is escaped, nothing is fetched."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from html.parser import HTMLParser

from baogao.corpus import Corpus
from baogao.pages.review import review_html
from baogao.rules import check_corpus
from baogao.rules.rule import NAME, standard
from baogao.rules.series.pair import LAST
from baogao.rules.sheet import Sheet, make_sheet

Make = Callable[[dict[str, str]], Corpus]
FILE, BEFORE = f"{NAME}.md", "2021/jiguan-shuzhi-fenguan.md"
DAY = datetime.date(2023, 1, 20)


def _sheet(corpus: Corpus) -> Sheet:
    report = corpus.find(NAME)
    assert report
    return make_sheet(corpus, report, check_corpus(corpus, [report]))


def _text(html: str) -> str:
    class Text(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.said: list[str] = []

        def handle_data(self, data: str) -> None:
            self.said.append(data)

    parser = Text()
    parser.feed(html[html.index("<body>") :])
    return "".join(parser.said)


def test_it_says_what_a_reviewer_asks(make_corpus: Make) -> None:
    copied = "把党史学习教育排进每月计划，请老党员讲了5课。"
    this = standard(
        rectifies="[{ref: P2021-1, status: 已完成, evidence: 第一部分}]", status="review"
    ).replace("带队到", f"{copied.replace('5', '6')}联系【待填】，带队到")
    said = _text(review_html([_sheet(make_corpus({FILE: this, BEFORE: LAST}))], DAY))
    for part in (
        "机器没有查出问题", "审核记录：保密审查，2023-01-09，通过", "主要做法及成效：第 ",
        "听课的人越到年底越少", "已完成", "第一部分", "没有回应", "共 1 处", "请老党员讲了6课",
        "请老党员讲了5课", "连标点", "只算汉字", "比上年 +", "待填或脱敏处 1 处：第 ", "审核意见：", "签字：",
        "日期：", "检查程序于 2023-01-20 生成",
    ):  # fmt: skip
        assert part in said, part


def test_secrets_come_first_and_are_blotted_out(make_corpus: Make) -> None:
    number = "139" + "0000" + "1234"
    last = LAST.replace("请老党员讲了5课。", f"请老党员讲了5课，报名电话{number}。")
    this = standard().replace("带队到", f"请老党员讲了5课，报名电话{number}。带队到")
    html = review_html([_sheet(make_corpus({FILE: this, BEFORE: last}))], DAY)
    said = _text(html)
    assert number not in html and "139" in said
    assert said.index("机器查出 1 处，须先处理") < said.index("必备章节")


def test_whatever_is_written_stays_text(make_corpus: Make) -> None:
    bad = "<img src=x onerror=alert(1)>\"'&"
    this = (
        standard(
            title='"<script>alert(1)</script>\'"',
            rectifies="[{ref: P2021-1, status: '<b>', evidence: '<i onclick=x>'}]",
            reviews="[{role: '<u>', result: '<s>'}]",
        )
        .replace("一、主要做法及成效", f"一、主要做法及成效{bad}")
        .replace("带队到", f"{bad}带队到")
    )
    last = LAST.replace("听课的人", f"{bad}听课的人")
    html = review_html([_sheet(make_corpus({FILE: this, BEFORE: last}))], DAY)
    for tag in ("<script", "<img", "<i ", "<u>", "<s>", "onerror=alert(1)>"):
        assert tag not in html, tag
    assert "<script>alert(1)</script>" in _text(html)


def test_nothing_is_fetched_and_nothing_runs(make_corpus: Make) -> None:
    html = review_html([_sheet(make_corpus({FILE: standard()}))], DAY)
    assert "default-src 'none'" in html
    assert not re.search(r"\b(?:src|href|srcset|action|data)\s*=|url\(|@import", html)
    assert "<script" not in html


def test_a_restricted_report_says_so(make_corpus: Make) -> None:
    html = review_html([_sheet(make_corpus({FILE: standard(visibility="restricted")}))], DAY)
    assert "限制公开，本单请同样保管" in html


def test_a_report_nobody_can_read_has_a_sheet_too(make_corpus: Make) -> None:
    for text in ("", "没有前言", "---\n{{{\n---\n", "---\nyear: 2022\n---\n"):
        html = review_html([_sheet(make_corpus({FILE: text}))], DAY)
        assert "审核意见" in html


def test_the_same_in_the_same_out(make_corpus: Make) -> None:
    sheet = _sheet(make_corpus({FILE: standard(), BEFORE: LAST}))
    assert review_html([sheet], DAY) == review_html([sheet], DAY)
