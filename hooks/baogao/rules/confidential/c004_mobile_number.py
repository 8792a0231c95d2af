"""C004: no mobile telephone number (domain 4.7)."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .numbers import find_numbers
from .wording import take_out


def check(report: Report) -> Iterator[Finding]:
    for number in find_numbers(report.source.text):
        if number.kind == "mobile" and not report.data.confidential.contacts.is_hotline(
            number.digits
        ):
            yield RULE.at(
                report, (number.start, number.end), f"“{number.masked}”是手机号码（已隐去中间四位）",
                help=take_out("删去，或改写单位公开的办公电话"),
            )  # fmt: skip


# Nobody's: 154 has not been given to any operator.
_SAMPLE = "154" + "0000" + "0000"

RULE = Rule(
    id="C004",
    name="手机号码",
    demand="报告里不能有手机号码。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", f"落实资金{_SAMPLE}元，宣讲4场"),
        shown=f"落实资金{_SAMPLE}元",
    ),
    bad=(
        example(
            standard().replace("有两个支部", f"有两个支部（{_SAMPLE}）"),
            "是手机号码",
            shown=f"有两个支部（{_SAMPLE}）",
        ),
        example(
            standard(status="draft").replace(
                "现将我", f"<!-- 联系人 +86 {_SAMPLE[:3]}-0000-0000 -->\n\n现将我"
            ),
            "是手机号码",
            shown=f"<!-- 联系人 +86 {_SAMPLE[:3]}-0000-0000 -->",
        ),
        example(
            standard(source=f"{{file: 述职报告{_SAMPLE}.docx}}"),
            "是手机号码",
            shown=f"source: {{file: 述职报告{_SAMPLE}.docx}}",
        ),
    ),
)
