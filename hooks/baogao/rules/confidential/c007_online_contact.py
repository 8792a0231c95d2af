"""C007: no e-mail address, QQ number or 微信号 (domain 4.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .wording import take_out

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}[@＠][A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}"
)
_QQ = re.compile(
    r"(?:[Qq]{2}|扣扣)(?:号码|号|群号|群)?\s?(?:[:：]|为|是)?\s?[1-9]\d{4,10}(?![\d人个条名.])"
)
# A public account (微信公众号, 官方微信号) is meant to be found.
_WECHAT = re.compile(
    r"(?<!官方)(?:微信号码?\s?(?:[:：]|为|是)?|微信\s?[:：])\s?[A-Za-z][A-Za-z0-9_\-]{5,19}"
)


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    contacts = report.data.confidential.contacts
    if "@" in text or "＠" in text:
        for found in _MAIL.finditer(text):
            if not contacts.is_public_mail(found[0].replace("＠", "@")):
                yield _contact(
                    report,
                    found,
                    "电子邮箱",
                    "；公务邮箱请管理员写进 docs/_data/confidential.yml 的 mail",
                )
    if "QQ" in text or "qq" in text or "扣扣" in text:
        for found in _QQ.finditer(text):
            yield _contact(report, found, "QQ号")
    if "微信" in text:
        for found in _WECHAT.finditer(text):
            yield _contact(report, found, "微信号")


def _contact(report: Report, found: re.Match[str], what: str, more: str = "") -> Finding:
    return RULE.at(
        report, found.span(), f"有{what}“{found[0]}”", help=take_out(f"删去{more}")
    )  # fmt: skip


RULE = Rule(
    id="C007",
    name="邮箱、QQ、微信号",
    demand="报告里不写个人的邮箱、QQ号和微信号。",
    severity=Severity.WARNING,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "微信公众号和QQ群推送12条，宣讲4场"),
        shown="微信公众号和QQ群推送12条",
    ),
    bad=(
        example(
            standard(notes="稿件发 zhangsan@example.com"),
            "有电子邮箱“zhangsan@example.com”",
            shown="notes: 稿件发 zhangsan@example.com",
        ),
        example(
            standard().replace("有两个支部", "有两个支部（QQ：10000000）"),
            "有QQ号“QQ：10000000”",
            shown="QQ：10000000",
        ),
        example(
            standard().replace("有两个支部", "有两个支部（微信号zhibu-2022）"),
            "有微信号“微信号zhibu-2022”",
            shown="微信号zhibu-2022",
        ),
    ),
)
