"""C005: a fixed-line telephone number only when it is public (domain 4.7); the public ones are listed in ``confidential.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .numbers import find_numbers
from .wording import take_out


def check(report: Report) -> Iterator[Finding]:
    contacts = report.data.confidential.contacts
    for number in find_numbers(report.source.text):
        if number.kind == "landline" and not contacts.is_hotline(number.digits):
            written = report.source.text[number.start : number.end]
            yield RULE.at(
                report, (number.start, number.end), f"有固定电话“{written}”",
                help=take_out(
                    "删去；本来就公开的电话，请管理员写进 docs/_data/confidential.yml 的 hotlines"
                ),
            )  # fmt: skip


# Nobody's: no exchange has seven or eight zeros behind its first digit.
_LOCAL = "2" + "000000"

RULE = Rule(
    id="C005",
    name="固定电话",
    demand="报告里只写向社会公开的电话。",
    severity=Severity.WARNING,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "宣传12345、12388和400-000-0000热线，宣讲4场"),
        shown="宣传12345、12388热线",
    ),
    bad=(
        example(
            standard().replace("有两个支部", f"有两个支部（电话0999-{_LOCAL}）"),
            f"有固定电话“0999-{_LOCAL}”",
            shown=f"电话0999-{_LOCAL}",
        ),
        example(
            standard().replace("有两个支部", f"有两个支部（(0999){_LOCAL}）"),
            f"有固定电话“(0999){_LOCAL}”",
            shown=f"(0999){_LOCAL}",
        ),
        example(
            standard().replace("有两个支部", f"有两个支部（联系电话：{_LOCAL}）"),
            f"有固定电话“{_LOCAL}”",
            shown=f"联系电话：{_LOCAL}",
        ),
    ),
)
