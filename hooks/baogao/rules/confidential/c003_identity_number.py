"""C003: no identity number (domain 4.7; GB 11643-1999). Date and check digit must be right, which removes nearly all chance hits."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .numbers import find_numbers, identity_check, luhn_check
from .wording import take_out


def check(report: Report) -> Iterator[Finding]:
    for number in find_numbers(report.source.text):
        if number.kind == "id":
            yield RULE.at(
                report, (number.start, number.end), f"“{number.masked}”是身份证号（已隐去中间各位）",
                help=take_out("删去，不要只隐去几位"),
            )  # fmt: skip


# Nobody's: no district begins with 99.
_FIRST = "99" + "0000" + "1990" + "0101" + "000"
_SAMPLE = _FIRST + identity_check(_FIRST)
_OTHER = "99" + "0000" + "1985" + "1231" + "01" + "3"
_OTHER += identity_check(_OTHER)
_NEITHER = next(d for d in "0123456789" if d not in (identity_check(_FIRST), luhn_check(_FIRST)))

RULE = Rule(
    id="C003",
    name="身份证号",
    demand="报告里不能有身份证号码。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard(notes=f"'档案编号 {_FIRST}{_NEITHER}'"),
        shown="十八位的编号，校验位不合的，不是身份证号",
    ),
    bad=(
        example(
            standard().replace("有两个支部", f"有两个支部（联系人身份证号{_SAMPLE}）"),
            "是身份证号",
            shown="联系人身份证号" + _SAMPLE,
        ),
        example(
            standard(notes=f"'经办人 {_OTHER[:6]} {_OTHER[6:14]} {_OTHER[14:]}'"),
            "是身份证号",
            shown=f"notes: '经办人 {_OTHER[:6]} {_OTHER[6:14]} {_OTHER[14:]}'",
        ),
    ),
)
