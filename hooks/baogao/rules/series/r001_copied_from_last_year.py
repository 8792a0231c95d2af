"""R001: a report is not last year's with new figures (domain notes 1.1, 4.5 (f): 千篇一律, copied paragraphs).

The threshold is in ``limits.yml``; sentences that differ only in digits, placeholders and years count as copied.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import CopiedPassage, Report, find_reuse
from ..finding import Finding, Severity
from ..quoting import quote
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, report_text
from .pair import pair, this_year

_QUOTED = 18


def check(report: Report, predecessor: Report | None) -> Iterator[Finding]:
    if predecessor is None or not predecessor.readable:
        return
    limit = report.data.limits.reuse
    reuse = find_reuse(report, predecessor, limit.min_length)
    if not reuse.passages or reuse.share < limit.warn_at:
        return
    longest = sorted(reuse.passages, key=lambda p: -p.characters)[: limit.shown]
    shown = sorted(longest, key=lambda p: p.here_span)
    listed = "；".join(_describe(report, predecessor, passage) for passage in shown)
    rest = len(reuse.passages) - len(shown)
    masked = "anonymized" in (report.status, predecessor.status)
    yield RULE.at(
        report, longest[0].here_span,
        f"与{predecessor.year}年度的报告相同的句子占正文{reuse.share:.0%}（{reuse.characters}字）：{listed}"
        + (f"；另有{rest}处" if rest else ""),
        severity=Severity.INFO if masked else None,
        help=f"改写成{report.year}年度自己的做法、问题和打算；只换了数字和年份的句子也算相同",
    )  # fmt: skip


def _describe(report: Report, predecessor: Report, passage: CopiedPassage) -> str:
    here = report.source.position(passage.here_span[0]).line
    there = predecessor.source.position(passage.there_span[0]).line
    changed = "" if passage.exact else "，只换了数字或年份"
    return f"第{here}行{quote(passage.here, _QUOTED)}（上份第{there}行{changed}，{passage.characters}字）"


_LAST = report_text(
    body(
        OPENING.replace("2022", "2021"),
        PRACTICE.replace("4场，覆盖320", "3场，覆盖298").replace("12次，培训党务干部86", "11次，培训党务干部79"),
        PROBLEM,
        PLAN,
    ),
    title="2021年度抓机关党建工作述职报告",
    year="2021",
    date="2022-01-10",
)  # fmt: skip
RULE = Rule(
    id="R001",
    name="照搬上年",
    demand="报告写当年的事，不照搬上一份报告的句子；只换数字和年份的也算照搬。",
    severity=Severity.WARNING,
    scope="series",
    check_series=check,
    good=pair(
        this_year(),
        "2021年度：请老党员讲了5课。\n2022年度：带队到基层支部宣讲4场，覆盖320人次。",
    ),
    bad=(
        pair(
            this_year(),
            "2021年度：全年召开党委会11次，培训党务干部79人次。\n2022年度：全年召开党委会12次，培训党务干部86人次。",
            "与2021年度的报告相同的句子占正文",
            last=_LAST,
        ),
    ),
)
