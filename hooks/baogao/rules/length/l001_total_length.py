"""L001: the report is as long as the notice of the year asks (domain notes 1.1, 1.2). Limits differ from issuer to
issuer and are kept in ``limits.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .measure import in_words, limits_of


def check(report: Report) -> Iterator[Finding]:
    for limit in limits_of(report):
        if limit.minimum is None and limit.maximum is None:
            continue
        have = report.length.han if limit.han else report.length.characters
        if limit.maximum is not None and have > limit.maximum:
            fact = f"超过{limit.maximum}字"
            way = f"约压缩{have - limit.maximum}字"
        elif limit.minimum is not None and have < limit.minimum:
            fact = f"不到{limit.minimum}字"
            way = f"约补充{limit.minimum - have}字"
        else:
            continue
        field = report.front.field("title")
        span = (field.offset, field.value_end) if field else (report.front.body, report.front.body)
        yield RULE.at(
            report, span, f"全文{in_words(report.length)}，{fact}（{limit.issuer}）",
            severity=Severity(limit.severity), help=way,
        )  # fmt: skip


_LONG = PRACTICE + "".join(
    f"到第{n}个支部时，先看记录再同党员座谈，问学习、问困难、问建议，当场能定的当场定下来。"
    for n in range(100)
)

RULE = Rule(
    id="L001",
    name="全文篇幅",
    demand="全文字数合乎当年通知的要求；要求写在 limits.yml 里，没有写的不查。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(standard(), shown="全文3000字，要求不超过4000字"),
    bad=(
        example(
            report_text(
                body(OPENING, _LONG, PROBLEM + "另外，支部活动的记录还不够及时。" * 60, PLAN)
            ),
            "超过4000字（通常篇幅）",
            shown="全文4900字，要求不超过4000字",
        ),
    ),
)
