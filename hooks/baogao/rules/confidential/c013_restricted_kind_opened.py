"""C013: a kind that is restricted unless somebody says otherwise is opened only with a review that says so (domain 1.5, 1.7).

对照检查 and 意识形态 reports hold self-criticism, named criticism and incidents. ``visibility: internal`` alone is what a copied front matter would say, and
a plain 通过 says that nothing secret is in it, not that everybody may read it: the review must have a result of ``opened`` in ``limits.yml`` (同意公开)
and its date. The file itself may stay, so the help says nothing of its history.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import PLAN, Rule, body, example, report_text


def check(report: Report) -> Iterator[Finding]:
    kind = report.kind
    field = report.front.field("visibility")
    if kind is None or field is None or kind.visibility != "restricted":
        return
    if report.visibility != "internal":
        return
    demand = report.data.review_demand
    if any(
        review.role == demand.required_role and review.result in demand.opened and review.date
        for review in report.reviews
    ):
        return
    entry = f"  - {{role: {demand.required_role}, date: 审核日期, result: {demand.opened[0]}}}"
    yield RULE.at(
        report, (field.offset, field.value_end),
        f"{kind.name}默认限制公开，这里改成了“{field.raw}”，却没有{demand.required_role}“{demand.opened[0]}”的记录",
        help=f"改为 visibility: restricted；经{demand.required_role}同意在内网公开的，在 reviews 里补上记录",
        suggestion=f"reviews:\n{entry}",
    )  # fmt: skip


_CONTENT = body(
    "## 一、上年度民主生活会整改措施落实情况",
    "上年度查摆的9个问题都已整改。",
    "## 二、存在的主要问题",
    "一是学习不够系统。二是调研不够深入。究其原因，主要原因是统筹安排不细。",
    "## 三、今后的努力方向和整改措施",
    PLAN.split("\n\n")[1],
)
_FRONT: dict[str, str | None] = {
    "title": "2022年度民主生活会对照检查材料",
    "kind": "民主生活会对照检查",
    "role": None,
    "visibility": "internal",
}
_OPENED = "[{role: 保密审查, date: 2023-01-09, result: 同意公开}]"
_NAME = "2022/jiguan-duizhao"

RULE = Rule(
    id="C013",
    name="限制文种的公开",
    demand="对照检查、意识形态等默认限制的报告，经保密审查同意公开并记入前言，才能标为内部。",
    severity=Severity.ERROR,
    scope="report",
    confidential=True,
    check_report=check,
    good=example(
        report_text(_CONTENT, **{**_FRONT, "reviews": _OPENED}),
        shown="visibility: internal\nreviews:\n  - {role: 保密审查, date: 2023-01-09, result: 同意公开}",
        name=_NAME,
    ),
    bad=(
        example(
            report_text(_CONTENT, **_FRONT),
            "默认限制公开，这里改成了“internal”",
            shown="kind: 民主生活会对照检查\nvisibility: internal",
            name=_NAME,
        ),
    ),
)
