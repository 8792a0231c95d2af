"""M002: every required field is there and filled in."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard


def check(report: Report) -> Iterator[Finding]:
    missing = []
    for spec in report.data.fields.specs.values():
        field = report.front.field(spec.name)
        required = spec.required or (
            spec.type == "author" and report.kind is not None and bool(report.kind.authors)
        )
        if not required:
            continue
        if field is None:
            missing.append(spec)
        elif field.value is None or field.value == "":
            yield RULE.at(
                report, (field.offset, field.offset + len(field.name)),
                f"“{spec.name}”（{spec.label}）没有填写", help=spec.hint or f"填上{spec.label}",
            )  # fmt: skip
    if missing:
        names = "、".join(f"{spec.name}（{spec.label}）" for spec in missing)
        lines = "\n".join(f"{spec.name}: {_example(spec.hint) or spec.label}" for spec in missing)
        yield RULE.at(report, (0, 3), f"前言缺少{names}", help="在前言里加上", suggestion=lines)


def _example(hint: str) -> str:
    _, mark, rest = hint.partition("例如 ")
    return rest if mark else ""


RULE = Rule(
    id="M002",
    name="前言必填项",
    demand="标题、年度、单位、文种、成文日期、状态必须填写；述职报告还要填写述职人角色。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard(),
        shown="title: 2022年度抓机关党建工作述职报告\nyear: 2022\nunit: 局机关党委\nkind: 述职报告\nrole: 分管领导\ndate: 2023-01-10\nstatus: published",
    ),
    bad=(
        example(standard(date=None), "缺少date（成文日期）", shown="（前言里没有 date 一行）"),
        example(standard(status=""), "“status”（状态）没有填写", shown="status:"),
        example(
            standard(role=None), "缺少role（角色）", shown="（述职报告的前言里没有 role 一行）"
        ),
    ),
)
