"""P001: no placeholder is left in a final report; in a masked sample they are counted."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Placeholder, Report, find_placeholders
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard

_SHOWN = 6


def check(report: Report) -> Iterator[Finding]:
    per_line: list[tuple[int, list[tuple[int, Placeholder]]]] = []
    for block in report.blocks:
        if block.kind == "comment":
            continue
        found = find_placeholders(block.plain)
        if found:
            places = [(block.text.source_offset(p.start), p) for p in found]
            per_line.append((report.source.position(places[0][0]).line, places))
    if not per_line:
        return
    total = sum(len(places) for _, places in per_line)
    if report.status in ("published", "review"):
        for _, places in per_line:
            start, first = places[0]
            kinds = list(dict.fromkeys(p.text for _, p in places))
            written = "、".join(kinds[:_SHOWN]) + ("等" if len(kinds) > _SHOWN else "")
            yield RULE.at(
                report, (start, start + len(first.text)), f"还有 {len(places)} 处待填或脱敏：{written}",
                severity=Severity.ERROR if report.status == "published" else Severity.WARNING,
                help="填上实际内容；本来就是脱敏样本的，前言写 status: anonymized",
            )  # fmt: skip
        return
    start, first = per_line[0][1][0]
    density = total * 1000 / max(report.length.characters, 1)
    lines = "、".join(f"第{line}行{len(places)}处" for line, places in per_line)
    yield RULE.at(
        report, (start, start + len(first.text)),
        f"待填或脱敏处共 {total} 处（每千字 {density:.0f} 处）：{lines}", severity=Severity.INFO,
        help="定稿前须全部填上" if report.status == "draft" else "脱敏样本可以保留",
    )  # fmt: skip


RULE = Rule(
    id="P001",
    name="待填或脱敏处",
    demand="定稿里不能留有 X、××、某某、【待补】等待填或脱敏的内容。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        report_text(
            body(
                OPENING,
                PRACTICE.replace("320", "1+4+N网格、“1+3+X”体系、“数据要素×”行动300"),
                PROBLEM,
                PLAN,
            )
        ),
        shown="覆盖1+4+N网格300人次，用5G直播，佩戴N95口罩，3×5米展板",
    ),
    bad=(
        example(
            standard().replace("4场，覆盖320人次", "XX场，覆盖XXX人次"),
            "还有 2 处待填或脱敏：XX、XXX",
            shown="宣讲XX场，覆盖XXX人次",
        ),
        example(
            standard().replace("党务干部86人次", "党务干部××人次，**镇党委到会"),
            "还有 2 处待填或脱敏：××、**",
            shown="培训党务干部××人次，**镇党委到会",
        ),
        example(
            standard().replace("两个支部", "某某支部【待补】"),
            "还有 2 处待填或脱敏：某某、【待补】",
            shown="某某支部【待补】全年只去过一次",
        ),
        example(
            standard(status="anonymized").replace("4场", "X场"),
            "共 1 处",
            shown="status: anonymized\n---\n\n宣讲X场",
        ),
    ),
)
