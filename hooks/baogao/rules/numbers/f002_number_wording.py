"""F002: figures are worded so that they can be read one way only (domain 4.6): no 余 after an exact figure, no unit twice, no rate
of coverage above 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard

_EXACT = re.compile(r"(?<![\d.])\d{2,}[1-9]余(?=人|名|个|项|场|次|件|篇|户|条|处|万|份)")
_TWICE = re.compile(
    r"(?<=\d)(人次|次|场次|场|个|项|件|篇|名)(?:场次|人次|次数|个数)(?=[，。；、）])"
)
_RATE = re.compile(
    r"(?:覆盖|参训|参会|参学|到会|合格|满意|办结|达标|组建)率(?:为|达到|达|均为)?(\d{3,}(?:\.\d+)?)%"
)
_CHEAP = re.compile(r"余|次|率|数")


def check(report: Report) -> Iterator[Finding]:
    for block in report.blocks:
        text = block.plain
        if block.kind == "comment" or not _CHEAP.search(text):
            continue
        for pattern, message, how in (
            (_EXACT, "“{}”：数字精确到个位，又说“余”", "去掉“余”，或写成整数加“余”"),
            (_TWICE, "“{}”：单位写重了", "只留一个单位"),
            (_RATE, "“{}”：这类比率不会超过100%", "核对数字"),
        ):
            for found in pattern.finditer(text):
                if pattern is _RATE and float(found[1]) <= 100:
                    continue
                span = block.text.source_span(*found.span())
                yield RULE.at(report, span, message.format(found[0]), help=how)


RULE = Rule(
    id="F002",
    name="数字写法",
    demand="精确的数字不加“余”，单位只写一个，覆盖率、合格率等不超过100%。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("培训党务干部86人次", "培训320余人次，参训率98.5%，合格率100%"),
        shown="培训320余人次，参训率98.5%，合格率100%",
    ),
    bad=(
        example(
            standard().replace("培训党务干部86人次", "培训党务干部128余人"),
            "“128余”：数字精确到个位",
            shown="培训党务干部128余人",
        ),
        example(
            standard().replace("培训党务干部86人次", "组织宣讲5次场次"),
            "“次场次”：单位写重了",
            shown="组织宣讲5次场次",
        ),
        example(
            standard().replace("培训党务干部86人次", "党员参训率达120%"),
            "这类比率不会超过100%",
            shown="党员参训率达120%",
        ),
    ),
)
