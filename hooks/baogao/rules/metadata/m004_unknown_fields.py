"""M004: no field that nothing reads, which is mostly a slip of the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import Rule, example, standard


def check(report: Report) -> Iterator[Finding]:
    specs = report.data.fields.specs
    labels = {spec.label: name for name, spec in specs.items()}
    for field in report.front.fields:
        if field.name in specs:
            continue
        close = get_close_matches(field.name, [*specs, *labels], 1, 0.6)
        meant = labels.get(close[0], close[0]) if close else None
        taken = meant is not None and report.front.field(meant) is not None
        span = (field.offset, field.offset + len(field.name))
        yield RULE.at(
            report, span, f"前言里有不认识的项目“{field.name}”",
            help=f"是不是“{meant}”（{specs[meant].label}）？" if meant else "删去这一行，或写进 notes",
            suggestion=f"{meant}: {field.raw}" if meant and field.raw and not taken else "",
            fix=(Edit(*span, meant),) if meant and not taken else (),
        )  # fmt: skip


RULE = Rule(
    id="M004",
    name="前言项目名",
    demand="前言只写规定的项目；写错了名字的项目不起作用。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(standard(notes="由会议纪要整理"), shown="notes: 由会议纪要整理"),
    bad=(
        example(
            standard(visibilty="internal"), "不认识的项目“visibilty”", shown="visibilty: internal"
        ),
    ),
)
