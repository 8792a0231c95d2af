"""N009: 。三切实履行…, where 三是 was meant (domain 4.2; seen in the wild).

Loose, hence only a hint: it speaks up where the next number of a running enumeration stands at the beginning of
a sentence with one of the verbs of ``sequence_verbs.txt``, and 三是 itself does not follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .enumerations import troubles


def check(report: Report) -> Iterator[Finding]:
    for trouble in troubles(report):
        if trouble.kind == "bare":
            offset = trouble.block.text.source_offset
            full = trouble.expected + trouble.text[len(trouble.expected) - len(trouble.word) :]
            yield RULE.at(
                report, (offset(trouble.start), offset(trouble.end - 1) + 1),
                f"“{trouble.before}”之后的“{trouble.text}”像是少了“{trouble.word}”",
                help=f"是并列的一条的，写作“{full}”", suggestion=full,
            )  # fmt: skip


RULE = Rule(
    id="N009",
    name="一是二是漏字",
    demand="“一是……二是……”里的每一条都写全，不漏“是”字。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("计划。\n", "计划。三会一课按月检查，三年内轮训一遍。\n"),
        shown="一是每季度调研一次。二是列入支部计划。三会一课按月检查。",
    ),
    bad=(
        example(
            standard().replace("支部计划。\n", "支部计划。三切实履行第一责任人职责。\n"),
            "“二是”之后的“三切实”像是少了“是”",
            shown="一是每季度调研一次。二是列入支部计划。三切实履行第一责任人职责。",
        ),
        example(
            standard().replace(
                "支部计划。\n", "支部计划。三切实履行第一责任人职责。四是年底考核。\n"
            ),
            "“二是”之后的“三切实”像是少了“是”",
            shown="二是列入支部计划。三切实履行第一责任人职责。四是年底考核。",
        ),
    ),
)
