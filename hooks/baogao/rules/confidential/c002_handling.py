"""C002: no handling mark: 内部资料 注意保存, 不得外传, 阅后销毁, 特急, a copy number, 签发人 (domain 4.7; GB/T 9704-2012, 7.2).

The words are a mark where they stand alone on a line or in brackets, or where the sentence speaks of the document itself; 要求涉密文件不得上网
is what a report says about its work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...corpus import Marks, Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .marks import bare, segment
from .wording import take_out

#: What may be left of a handling mark when its words are taken away (会场资料，会后收回); of the others nothing may (平急两用).
_REST_MAX = 2
_SENTENCE = re.compile(r"[^。；！？\n]*$")
_SENTENCE_END = re.compile(r"[^。；！？\n]{0,40}")
_SIGNER = re.compile(r"签\s{0,2}发\s{0,2}人\s*[:：]")
_COPY = re.compile(r"份\s{0,2}号\s*[:：]?\s*\d{6}(?!\d)")
_BARE_COPY = re.compile(r"\s*(\d{6})[ \t\u3000]*(?:\n|$)")
_FIELD = re.compile(r"^[\w\u4e00-\u9fff]{1,20}:\s*")


@lru_cache(maxsize=4)
def _patterns(marks: Marks) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted((*marks.handling, *marks.urgent, *marks.internal), key=len, reverse=True)
    every = sorted((*words, *marks.own, *marks.levels), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))), re.compile(
        "|".join(map(re.escape, every)) + r"|[，,、。；;：:！!请★☆·]"
    )


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    marks = report.data.confidential.marks
    words, removed = _patterns(marks)
    seen: set[int] = set()
    for found in words.finditer(text):
        written = found[0]
        around = segment(text, *found.span())
        if around and around[0] in seen:
            continue
        content = bare(_FIELD.sub("", text[slice(*around)])) if around else ""
        most = _REST_MAX if written in marks.handling else 0
        alone = around is not None and len(removed.sub("", content)) <= most
        if not alone and not (written in marks.handling and _of_itself(text, found, marks)):
            continue
        if around:
            seen.add(around[0])
        if alone and not any(word in content for word in (*marks.handling, *marks.urgent)):
            yield RULE.at(
                report, found.span(), f"有内部标志“{content}”", severity=Severity.WARNING,
                help=take_out("能放进报告库的，删去这个标志；不能的，把整个文件移走"),
            )  # fmt: skip
        else:
            quoted = content if alone else written
            yield _mark(report, found.span(), f"有处理标志“{quoted}”")
    for pattern, needed in ((_SIGNER, "签"), (_COPY, "份")):
        if needed in text:
            for found in pattern.finditer(text):
                yield _mark(report, found.span(), f"有版头的“{found[0]}”")
    copy = _BARE_COPY.match(text, report.front.body)
    if copy:
        yield _mark(report, copy.span(1), f"正文第一行“{copy[1]}”像是份号")


def _of_itself(text: str, found: re.Match[str], marks: Marks) -> bool:
    before = _SENTENCE.search(text, max(found.start() - 40, 0), found.start())
    after = _SENTENCE_END.match(text, found.end())
    sentence = (before[0] if before else "") + found[0] + (after[0] if after else "")
    return any(word in sentence for word in marks.own)


def _mark(report: Report, span: tuple[int, int], message: str) -> Finding:
    return RULE.at(
        report, span, message,
        help=take_out("带这类标志的原件不能放进报告库：把整个文件移走；确可内部公开的，删去标志"),
    )  # fmt: skip


RULE = Rule(
    id="C002",
    name="处理标志",
    demand="报告里不能有“不得外传”“阅后销毁”、紧急程度、份号、签发人等公文原件的标志。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        report_text(
            body(
                OPENING, PRACTICE.replace("宣讲4场", "重申涉密文件不得上网，宣讲4场"), PROBLEM, PLAN
            )
        ),
        shown="重申涉密文件不得上网，编发内部资料3期",
    ),
    bad=(
        example(
            report_text(body(OPENING, "（内部资料，注意保存）", PRACTICE, PROBLEM, PLAN)),
            "有处理标志“内部资料，注意保存”",
            shown="（内部资料，注意保存）",
        ),
        example(
            report_text(body(OPENING + "本材料请勿外传。", PRACTICE, PROBLEM, PLAN)),
            "有处理标志“请勿外传”",
            shown="本材料请勿外传。",
        ),
        example(
            report_text(body("特急", OPENING, PRACTICE, PROBLEM, PLAN)),
            "有处理标志“特急”",
            shown="特急\n\n现将我2022年度……",
        ),
        example(
            report_text(body("000012", OPENING, PRACTICE, PROBLEM, PLAN)),
            "“000012”像是份号",
            shown="000012\n\n现将我2022年度……",
        ),
        example(
            report_text(body("签发人：李某", OPENING, PRACTICE, PROBLEM, PLAN)),
            "有版头的“签发人：”",
            shown="签发人：李某",
        ),
        example(standard(notes="内部资料"), "有内部标志“内部资料”", shown="notes: 内部资料"),
    ),
)
