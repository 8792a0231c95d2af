"""C006: no bank card number: 16 to 19 digits whose last is the check digit (domain 4.7; ISO/IEC 7812-1)."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .numbers import find_numbers, luhn_check
from .wording import take_out


def check(report: Report) -> Iterator[Finding]:
    for number in find_numbers(report.source.text):
        if number.kind == "card":
            yield RULE.at(
                report, (number.start, number.end), f"尾号“{number.digits[-4:]}”的这串数字是银行卡号",
                help=take_out("删去，不要只隐去几位"),
            )  # fmt: skip


# Nobody's: no bank has 620000.
_FIRST = "62" + "0000" + "0000" + "0000" + "0001"
_SAMPLE = _FIRST + luhn_check(_FIRST)
_SHORT = "62" + "00" + "0000" + "0000" + "001"
_SHORT += luhn_check(_SHORT)
_SPACED = " ".join(_SHORT[at : at + 4] for at in range(0, 16, 4))
_WRONG = _FIRST + str((int(_SAMPLE[-1]) + 1) % 10)

RULE = Rule(
    id="C006",
    name="银行卡号",
    demand="报告里不能有银行卡号。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard(notes=f"'流水号 {_WRONG}'"), shown="长串的编号，校验位不合的，不是银行卡号"
    ),
    bad=(
        example(
            standard().replace("有两个支部", f"有两个支部（党费账户{_SAMPLE}）"),
            "是银行卡号",
            shown=f"党费账户{_SAMPLE}",
        ),
        example(
            standard(notes=f"'卡号 {_SPACED}'"), "是银行卡号", shown=f"notes: '卡号 {_SPACED}'"
        ),
    ),
)
