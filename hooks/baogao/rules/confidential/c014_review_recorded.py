"""C014: a final report says that it was looked through for secrets (domain 2, 10). How grave its absence is, the office says in ``limits.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, Review, ReviewDemand
from ..finding import Finding, Severity
from ..rule import Rule, example, standard


def check(report: Report) -> Iterator[Finding]:
    if report.status != "published":
        return
    demand = report.data.review_demand
    reviews = [review for review in report.reviews if review.role == demand.required_role]
    if any(_passes(review, demand) for review in reviews):
        return
    field = report.front.field("reviews") if reviews else report.front.field("status")
    assert field is not None
    yield RULE.at(
        report, (field.offset, field.value_end), _fact(reviews, demand),
        severity=Severity(demand.severity),
        help=f"请负责{demand.required_role}的人看过，再在前言里记上一条；还没有审的，状态先写送审稿",
        suggestion=f"reviews:\n  - {{role: {demand.required_role}, date: 审核日期, result: {demand.passed[0]}}}",
    )  # fmt: skip


def _passes(review: Review, demand: ReviewDemand) -> bool:
    return review.date is not None and review.result in (*demand.passed, *demand.opened)


def _fact(reviews: list[Review], demand: ReviewDemand) -> str:
    if not reviews:
        return f"状态是定稿，没有{demand.required_role}的记录"
    last = reviews[-1]
    if last.result in (*demand.passed, *demand.opened):
        return f"{demand.required_role}的记录没有写日期"
    return f"状态是定稿，{demand.required_role}的结果是“{last.result}”，不是“{demand.passed[0]}”"


RULE = Rule(
    id="C014",
    name="保密审查记录",
    demand="定稿要在前言的 reviews 里记上保密审查的日期和结果。",
    severity=Severity.INFO,
    scope="report",
    confidential=True,
    check_report=check,
    good=example(
        standard(),
        shown="status: published\nreviews:\n  - {role: 保密审查, date: 2023-01-09, result: 通过}",
    ),
    bad=(
        example(standard(reviews=None), "没有保密审查的记录", shown="status: published"),
        example(
            standard(reviews="[{role: 保密审查, date: 2023-01-09, result: 退回修改}]"),
            "保密审查的结果是“退回修改”",
            shown="reviews:\n  - {role: 保密审查, date: 2023-01-09, result: 退回修改}",
        ),
        example(
            standard(reviews="[{role: 保密审查, result: 通过}]"),
            "保密审查的记录没有写日期",
            shown="reviews:\n  - {role: 保密审查, result: 通过}",
        ),
    ),
)
