"""F001: parts named after 其中 do not exceed their total (domain 4.6, 4.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard

_TOTAL = re.compile(
    r"(?<![\d.])(\d{1,6})(人次|人|个|项|场|次|件|篇|名|户|条|处|期)[^。；！？\d]{0,30}?其中"
)
_PART = re.compile(r"(?<![\d.])(\d{1,6})(人次|人|个|项|场|次|件|篇|名|户|条|处|期)(?!以上|之)")
#: Past a comma the sentence may speak of something else.
_STOP = re.compile(r"[，。；！？]")


def check(report: Report) -> Iterator[Finding]:
    for block in report.blocks:
        text = block.plain
        if block.kind == "comment" or "其中" not in text:
            continue
        for found in _TOTAL.finditer(text):
            end = _STOP.search(text, found.end())
            stop = end.start() if end else len(text)
            parts = [int(p[1]) for p in _PART.finditer(text, found.end(), stop) if p[2] == found[2]]
            total, unit = int(found[1]), found[2]
            if len(parts) < 2 or sum(parts) <= total:
                continue
            span = block.text.source_span(found.start(), found.end(2))
            yield RULE.at(
                report, span, f"总数是{total}{unit}，其中各项加起来是{sum(parts)}{unit}（{'+'.join(map(str, parts))}）",
                help="核对总数和各项",
            )  # fmt: skip


RULE = Rule(
    id="F001",
    name="总数与分项",
    demand="写了“其中”的，各项加起来不能超过总数。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("培训党务干部86人次", "整改问题12个，其中支部7个、机关5个"),
        shown="整改问题12个，其中支部7个、机关5个",
    ),
    bad=(
        example(
            standard().replace("培训党务干部86人次", "整改问题12个，其中支部7个、机关8个"),
            "总数是12个，其中各项加起来是15个（7+8）",
            shown="整改问题12个，其中支部7个、机关8个",
        ),
    ),
)
