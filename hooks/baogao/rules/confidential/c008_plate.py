"""C008: no number plate of a vehicle (domain 4.7; GA 36-2018)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .wording import take_out

#: Road numbers (川G60) are shorter, other codes have fewer digits.
_DIGITS_MIN = 3
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•・ ]?"
    r"(?P<rest>[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[警学挂领港澳])(?![A-Za-z0-9\-])"
)


def check(report: Report) -> Iterator[Finding]:
    for found in _PLATE.finditer(report.source.text):
        if sum(char.isdigit() for char in found["rest"]) >= _DIGITS_MIN:
            yield RULE.at(
                report,
                found.span(),
                f"有车牌号“{found[0]}”",
                help=take_out("删去，写“车辆1台”即可"),
            )


# Nobody's: zeros only are not given out.
_SAMPLE = "川A" + "00000"

RULE = Rule(
    id="C008",
    name="车牌号",
    demand="报告里不写车牌号。",
    severity=Severity.WARNING,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(standard().replace("宣讲4场", "到川G60沿线宣讲4场"), shown="到川G60沿线宣讲4场"),
    bad=(
        example(
            standard().replace("有两个支部", f"有两个支部（公车{_SAMPLE}）"),
            f"有车牌号“{_SAMPLE}”",
            shown=f"公车{_SAMPLE}",
        ),
    ),
)
