"""R002: what ``rectifies`` names exists in the predecessor (domain notes 5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, follow_up, item_head, read_rectifies
from ..finding import Finding, Severity
from ..quoting import quote
from ..rule import Rule
from .pair import pair, this_year


def check(report: Report, predecessor: Report | None) -> Iterator[Finding]:
    entries = [entry for entry in read_rectifies(report) if entry.year is not None]
    if not entries:
        return
    if predecessor is None or not predecessor.readable:
        yield RULE.at(
            report, (entries[0].start, entries[-1].end),
            f"库里没有上一份报告，rectifies 里的{'、'.join(entry.ref for entry in entries)}无法核对",
            severity=Severity.INFO, help="上一份报告入库后再核对一遍",
        )  # fmt: skip
        return
    masked = "anonymized" in (report.status, predecessor.status)
    gone = {entry.name for entry in report.data.withdrawn}
    own = report.name.partition("/")[2]
    items = predecessor.items_of("problem")
    have = "、".join(f"{item.id}{quote(item_head(item.text))}" for item in items)
    for entry in follow_up(report, predecessor).dangling:
        if f"{entry.year}/{own}" in gone:
            continue  # its report was withdrawn, and this one is not to be changed for that
        yield RULE.at(
            report, (entry.start, entry.end),
            f"rectifies 里的“{entry.ref}”在上一份报告（{predecessor.year}年度）里没有",
            severity=Severity.INFO if masked else None,
            help=f"上一份报告的问题有：{have}" if have else "上一份报告里认不出分条写的问题，先把那份报告的问题分条",
        )  # fmt: skip


RULE = Rule(
    id="R002",
    name="整改编号",
    demand="前言 rectifies 里的编号，要是上一份报告里有的条目。",
    severity=Severity.ERROR,
    scope="series",
    check_series=check,
    good=pair(this_year(), "rectifies:\n  - ref: P2021-1\n  - ref: P2021-2"),
    bad=(
        pair(
            this_year(
                "[{ref: P2021-1, status: 已完成}, {ref: P2021-2, status: 已完成}, {ref: P2021-5, status: 已完成}]"
            ),
            "rectifies:\n  - ref: P2021-5",
            "“P2021-5”在上一份报告（2021年度）里没有",
        ),
        pair(
            this_year(
                "[{ref: P2021-1, status: 已完成}, {ref: P2021-2, status: 已完成}, {ref: P2020-1, status: 已完成}]"
            ),
            "rectifies:\n  - ref: P2020-1",
            "“P2020-1”在上一份报告（2021年度）里没有",
        ),
    ),
)
