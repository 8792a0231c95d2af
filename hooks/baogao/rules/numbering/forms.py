"""One finding for a habit: an ordinal written in a wrong form all through a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...corpus import Report
from ..finding import Edit, Finding
from ..rule import Rule
from .points import Point, numbering


@dataclass(frozen=True)
class Form:
    """``right`` is the ordinal as it should be written; blanks after a full stop would make it a list to some readers
    of the file, so ``swallow_blanks`` takes them away."""

    right: str
    swallow_blanks: bool = False


def form_finding(
    report: Report, rule: Rule, judge: Callable[[str], Form | None], how: str
) -> Iterator[Finding]:
    """The finding for all ordinals that ``judge`` finds wrong, placed at the first."""
    wrong: list[tuple[Point, Form]] = []
    for point in numbering(report).points:
        form = judge(point.ordinal.text)
        if form is not None:
            wrong.append((point, form))
    if not wrong:
        return
    first, form = wrong[0]
    places = f"（全文 {len(wrong)} 处）" if len(wrong) > 1 else ""
    yield rule.at(
        report, first.span, f"序号“{first.ordinal.text}”应为“{form.right}”{places}", help=how,
        suggestion=form.right, fix=[_edit(report, point, form) for point, form in wrong],
    )  # fmt: skip


def _edit(report: Report, point: Point, form: Form) -> Edit:
    start, end = point.span
    text = report.source.text
    while form.swallow_blanks and text[end : end + 1] in (" ", "\t", "\u3000", "\u00a0"):
        end += 1
    return Edit(start, end, form.right)
