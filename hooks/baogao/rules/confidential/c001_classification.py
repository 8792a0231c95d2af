"""C001: no classification mark (domain 4.7; GB/T 9704-2012, 7.2.2).

A mark is a level with its star, a level after 密级, or a level alone on one of the first lines or as a value of the front matter. 保守国家秘密
in a sentence is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...corpus import Marks, Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .marks import bare, short_line
from .wording import take_out

_TERM = r"(?:\s*(?:\d{1,2}|[一二三五十]{1,3})\s*(?:年|个月|月|天)|\s*长期)?"
_FIELD = re.compile(r"^[^\s:：][^:：]{0,20}[:：]\s*")


@lru_cache(maxsize=4)
def _patterns(marks: Marks) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    # Two-character words may be set apart: 秘　密
    level = "(?:" + "|".join(r"[ \u3000]{0,2}".join(word) for word in marks.levels) + ")"
    stars = f"[{re.escape(marks.stars)}]"
    return (
        re.compile(rf"{level}(?P<star>\s*{stars}{_TERM})?"),
        re.compile(r"密\s{0,2}级\s{0,2}[:：]\s*[\"'“]?$"),
        re.compile(rf"{level}级?(?:{stars})?{_TERM}"),
    )


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    if "密" not in text:
        return
    marks = report.data.confidential.marks
    pattern, label, alone = _patterns(marks)
    head = _head(report, marks.first_lines)
    for found in pattern.finditer(text):
        written = found[0].strip()
        if not (
            found["star"]
            or label.search(text, max(found.start() - 12, 0), found.start())
            or _alone(report, found.start(), found.end(), alone, head)
        ):
            continue
        yield RULE.at(
            report, (found.start(), found.start() + len(written)), f"有密级标志“{written}”",
            help=take_out("涉密文件不能放进报告库：把整个文件移走，按保密规定处理；确不涉密的，由定密责任人确认后删去标志"),
        )  # fmt: skip


def _head(report: Report, lines: int) -> int:
    """The offset at which the first lines that are not empty end."""
    text = report.source.text
    at = report.front.body
    while lines > 0 and at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            lines -= 1
        at = end + 1
    return at


def _alone(report: Report, start: int, end: int, alone: re.Pattern[str], head: int) -> bool:
    text = report.source.text
    span = short_line(text, start, end) if start < head else None
    if span is None:
        return False
    line = text[slice(*span)]
    if start < report.front.body:
        line = _FIELD.sub("", line)
    return alone.fullmatch(bare(line)) is not None


RULE = Rule(
    id="C001",
    name="密级标志",
    demand="报告库不放涉密文件，报告里不能有绝密、机密、秘密标志。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        report_text(
            body(OPENING, PRACTICE.replace("宣讲4场", "宣讲保守国家秘密等内容4场"), PROBLEM, PLAN)
        ),
        shown="组织学习保守国家秘密法，机密文件专人管理",
    ),
    bad=(
        example(
            report_text(body("机密★1年", OPENING, PRACTICE, PROBLEM, PLAN)),
            "有密级标志“机密★1年”",
            shown="机密★1年",
        ),
        example(
            report_text(body("秘　密", OPENING, PRACTICE, PROBLEM, PLAN)),
            "有密级标志“秘　密”",
            shown="秘　密\n\n现将我2022年度……",
        ),
        example(
            report_text(
                body(OPENING, "<!-- 密级：秘密 -->", PRACTICE, PROBLEM, PLAN), status="draft"
            ),
            "有密级标志“秘密”",
            shown="<!-- 密级：秘密 -->",
        ),
        example(standard(notes="机密"), "有密级标志“机密”", shown="notes: 机密"),
    ),
)
