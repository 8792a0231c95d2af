"""V002: 党组会 is the party group's meeting, 党委会 the committee's (domain 4.8: confused meetings)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard

_GAP = r"[^，。；、！？党委组]{0,8}"
_WRONG = re.compile(
    rf"(?P<a>机关党委{_GAP}召开{_GAP}(?P<a_meeting>党组会))|(?P<b>(?<!机关)(?<!协助)党组{_GAP}召开{_GAP}(?P<b_meeting>党委会))"
)


def check(report: Report) -> Iterator[Finding]:
    for block in report.blocks:
        text = block.plain
        if block.kind == "comment" or "召开" not in text:
            continue
        for found in _WRONG.finditer(text):
            group = "a" if found["a"] else "b"
            right = "党委会" if group == "a" else "党组会"
            start, end = found.span(f"{group}_meeting")
            span = block.text.source_span(start, end)
            yield RULE.at(
                report,
                span,
                f"“{found[0]}”：主体和会议对不上",
                help=f"机关党委开党委会，党组开党组会；这里多半应为“{right}”",
            )


RULE = Rule(
    id="V002",
    name="党组会与党委会",
    demand="党组开党组会，机关党委开党委会，不要混用。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        standard().replace(
            "全年召开党委会12次", "推动党组会专题研究党建4次，机关党委召开党委会12次"
        ),
        shown="推动党组会专题研究党建4次，机关党委召开党委会12次",
    ),
    bad=(
        example(
            standard().replace("全年召开党委会12次", "机关党委全年召开党组会12次"),
            "“机关党委全年召开党组会”：主体和会议对不上",
            shown="机关党委全年召开党组会12次",
        ),
        example(
            standard().replace("全年召开党委会12次", "局党组召开党委会12次"),
            "“党组召开党委会”：主体和会议对不上",
            shown="局党组召开党委会12次",
        ),
    ),
)
