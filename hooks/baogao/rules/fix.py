"""Mending what can be mended without changing the meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..corpus import Report, Source, parse_report
from .engine import check_report
from .finding import Edit, Finding, Severity

#: A fix may lay bare another mistake; more rounds than this would mean that fixes fight each other.
MAX_ROUNDS = 6


@dataclass(frozen=True)
class Mended:
    """``text`` is the file after the fixes, ``done`` the findings mended; ``refused`` says why a file is left as it is."""

    text: str
    done: tuple[Finding, ...]
    refused: str = ""


def apply_edits(text: str, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """``text`` with the edits of ``findings``; a finding whose edits overlap earlier ones waits for the next round."""
    taken: list[Edit] = []
    done: list[Finding] = []
    for finding in findings:
        if not finding.fix:
            continue
        if any(_clash(edit, other) for edit in finding.fix for other in taken):
            continue
        taken.extend(finding.fix)
        done.append(finding)
    for edit in sorted(taken, key=lambda e: (e.start, e.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text, done


def _clash(edit: Edit, other: Edit) -> bool:
    if edit.start == edit.end or other.start == other.end:
        return edit.start <= other.end and other.start <= edit.end
    return edit.start < other.end and other.start < edit.end


def mend(report: Report, predecessor: Report | None) -> Mended:
    """Apply all safe fixes of a report until none is left.

    The file is left untouched (``refused``) when the fixes do not come to an end, or when the result would have more
    that must be changed than before.
    """
    text = report.source.text
    before = list(check_report(report, predecessor))
    findings = before
    done: list[Finding] = []
    for _ in range(MAX_ROUNDS):
        changed, applied = apply_edits(text, findings)
        if not applied or changed == text:
            break
        done.extend(applied)
        text = changed
        now = parse_report(report.name, Source(report.path, text), report.data)
        findings = list(check_report(now, predecessor))
    else:
        return Mended(report.source.text, (), "改动之间互相抵触，没有改")
    if _errors(findings) > _errors(before):
        return Mended(report.source.text, (), "改后问题反而更多，没有改")
    return Mended(text, tuple(done))


def _errors(findings: Iterable[Finding]) -> int:
    return sum(1 for finding in findings if finding.severity is Severity.ERROR)
