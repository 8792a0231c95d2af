"""L002: sections are as long, and have the share of the report, that the notice of the year asks (domain notes 1.1: 问题不少于三分之一
and the like). Limits differ from issuer to issuer and are kept in ``limits.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, SectionLimit
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .measure import in_words, limits_of, percent, sections_in


def check(report: Report) -> Iterator[Finding]:
    for limit in limits_of(report):
        for part in limit.sections:
            sections, length = sections_in(report, part)
            if not sections:
                continue  # S001 says so
            have, total = (
                (length.han, report.length.han)
                if limit.han
                else (length.characters, report.length.characters)
            )
            said = _judge(part, have, total)
            if said is None:
                continue
            names = "、".join(
                dict.fromkeys(report.data.kinds.roles[role].name for role in part.roles)
            )
            fact, way = said
            yield RULE.at(
                report, (sections[0].start, sections[0].heading.end),
                f"“{names}”{in_words(length)}，占全文{percent(have / total)}，{fact}（{limit.issuer}）",
                severity=Severity(limit.severity), help=way,
            )  # fmt: skip


def _judge(part: SectionLimit, have: int, total: int) -> tuple[str, str] | None:
    """What is wrong, if anything, and what to do; the number of characters before the share."""
    if part.maximum is not None and have > part.maximum:
        return f"超过{part.maximum}字", f"约压缩{have - part.maximum}字"
    if part.minimum is not None and have < part.minimum:
        return f"不到{part.minimum}字", f"约补充{part.minimum - have}字"
    share = have / total if total else 0.0
    if part.max_share is not None and share > part.max_share:
        return f"超过{percent(part.max_share)}", "压缩这一部分，或把其他部分写充分"
    if part.min_share is not None and share < part.min_share:
        return f"不到{percent(part.min_share)}", "把这一部分写充分，或压缩其他部分"
    return None


RULE = Rule(
    id="L002",
    name="章节篇幅",
    demand="各章节的字数和比例合乎当年通知的要求；要求写在 limits.yml 里，没有写的不查。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(standard(), shown="问题和原因占全文21%，要求不少于8%"),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE
                    + "".join(
                        f"到第{n}个支部时，先看记录再同党员座谈，问学习、问困难、问建议，当场能定的当场定下来。"
                        for n in range(50)
                    ),
                    PROBLEM,
                    PLAN,
                )
            ),
            "不到8%（通常篇幅）",
            shown="问题和原因占全文5%，要求不少于8%",
        ),
    ),
)
