"""M003: every field has a value of its type."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from difflib import get_close_matches

from ...corpus import Field, Report
from ..finding import Edit, Finding, Severity
from ..rule import Rule, example, standard

#: Reports of a bureau that keeps files; wide on purpose, a typing slip is what it is to catch.
YEARS = range(1949, 2100)


def check(report: Report) -> Iterator[Finding]:
    for field in report.front.fields:
        spec = report.data.fields.specs.get(field.name)
        if spec is None or field.value is None or field.value == "":
            continue
        span = (field.value_offset, field.value_end)
        what = f"“{field.name}”（{spec.label}）"
        if spec.type == "year" and not _is_year(field.value):
            found = re.search(r"(?:19|20)\d{2}", field.raw)
            yield RULE.at(
                report, span, f"{what}应为四位年份，现为“{field.raw}”", help="只写四位数字",
                suggestion=f"{field.name}: {found[0]}" if found else "",
                fix=(Edit(*span, found[0]),) if found else (),
            )  # fmt: skip
        elif spec.type == "date" and not isinstance(field.value, datetime.date):
            fixed = _as_date(field.raw)
            yield RULE.at(
                report, span, f"{what}应为日期，现为“{field.raw}”", help="写成 2023-01-10 的样子，并且确有这一天",
                suggestion=f"{field.name}: {fixed}" if fixed else "",
                fix=(Edit(*span, fixed),) if fixed else (),
            )  # fmt: skip
        elif spec.type == "choice" and spec.choice(field.value) is None:
            allowed = "、".join(f"{key}（{label}）" for key, label in spec.choices.items())
            close = get_close_matches(str(field.value), [*spec.choices, *spec.choices.values()], 1)
            yield RULE.at(
                report, span, f"{what}不能是“{field.raw}”", help=f"可以写：{allowed}",
                suggestion=f"{field.name}: {close[0]}" if close else "",
            )  # fmt: skip
        elif spec.type in ("text", "kind", "unit", "author") and isinstance(
            field.value, dict | list
        ):
            yield RULE.at(report, span, f"{what}应为一行文字", help="写成一行；有冒号时放进双引号")
        elif spec.type == "map" and not isinstance(field.value, dict):
            yield RULE.at(report, span, f"{what}应为对照表", help=spec.hint)
        elif spec.type == "list":
            yield from _check_list(report, field, what, spec.hint)


def _check_list(report: Report, field: Field, what: str, hint: str) -> Iterator[Finding]:
    span = (field.value_offset, field.value_end)
    if not isinstance(field.value, list) or not all(isinstance(v, dict) for v in field.value):
        yield RULE.at(report, span, f"{what}应为清单，每条以 - 开头", help=hint)
        return
    if field.name != "rectifies":
        return
    allowed = report.data.fields.rectify_status
    for entry in field.value:
        if not re.fullmatch(r"[A-Z]\d{4}-\d{1,2}", str(entry.get("ref", ""))):
            yield RULE.at(
                report, span, f"{what}有一条的 ref 是“{entry.get('ref', '')}”，不是条目编号",
                help="写成 P2021-2 的样子：2021 年度第 2 个问题",
            )  # fmt: skip
        if "status" in entry and entry["status"] not in allowed:
            yield RULE.at(
                report,
                span,
                f"{what}有一条的 status 是“{entry['status']}”",
                help=f"可以写：{'、'.join(allowed)}",
            )


def _is_year(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in YEARS


def _as_date(raw: str) -> str | None:
    found = re.fullmatch(r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*", raw)
    if not found:
        return None
    try:
        return datetime.date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


RULE = Rule(
    id="M003",
    name="前言取值",
    demand="年度为四位数字，日期写成 2023-01-10，状态和公开范围用规定的写法。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="year: 2022\ndate: 2023-01-10\nstatus: published"),
    bad=(
        example(standard(year="2022年度"), "应为四位年份，现为“2022年度”", shown="year: 2022年度"),
        example(
            standard(date="2023年1月10日"),
            "应为日期，现为“2023年1月10日”",
            shown="date: 2023年1月10日",
        ),
        example(
            standard(date="2023-02-30"), "应为日期，现为“2023-02-30”", shown="date: 2023-02-30"
        ),
        example(standard(status="publish"), "不能是“publish”", shown="status: publish"),
        example(
            standard(rectifies="[{ref: 二, status: 已完成}]"),
            "不是条目编号",
            shown="rectifies:\n  - ref: 二",
        ),
    ),
)
