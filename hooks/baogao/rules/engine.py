"""Running the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..corpus import Corpus, Report
from .catalogue import RULES
from .finding import Finding, Severity
from .rule import Rule
from .suppressions import read_suppressions, silence

#: Rules no comment in a report can silence: what is confidential, and the rules about such comments.
NEVER_SILENT = frozenset(rule.id for rule in RULES if rule.confidential or rule.id.startswith("X"))
CONFIDENTIAL = frozenset(rule.id for rule in RULES if rule.confidential)


def check_report(
    report: Report, predecessor: Report | None, rules: Iterable[Rule] = RULES
) -> Iterator[Finding]:
    """What the rules of scope ``report`` and ``series`` find in one report, exemptions and status taken into account."""
    yield from settle(report, find(report, predecessor, rules), rules)


def find(
    report: Report, predecessor: Report | None, rules: Iterable[Rule] = RULES
) -> Iterator[Finding]:
    """What the rules of scope ``report`` and ``series`` find in one report, before exemptions: the part that can be shared out."""
    for rule in rules:
        if rule.needs_metadata and not report.readable:
            continue
        if rule.check_report is not None:
            yield from rule.check_report(report)
        if rule.check_series is not None:
            yield from rule.check_series(report, predecessor)


def settle(report: Report, findings: Iterable[Finding], rules: Iterable[Rule]) -> Iterator[Finding]:
    """Findings of one report with its exemptions applied, idle exemptions reported, and severities by status."""
    suppressions = read_suppressions(report)
    if suppressions:
        kept, used = silence(findings, report, suppressions, NEVER_SILENT)
        for rule in rules:
            if rule.check_exemptions is not None and report.readable:
                kept.extend(rule.check_exemptions(report, used))
        findings = kept
    for finding in findings:
        adjusted = _adjust(report, finding)
        if adjusted is not None:
            yield adjusted


def _adjust(report: Report, finding: Finding) -> Finding | None:
    if finding.rule in CONFIDENTIAL:
        return finding
    value = report.data.severities.adjusted(finding.rule, finding.severity.value, report.status)
    if value == finding.severity.value:
        return finding
    return None if value == "off" else replace(finding, severity=Severity(value))


def check_corpus(
    corpus: Corpus, only: Iterable[Report] | None = None, rules: Iterable[Rule] = RULES
) -> tuple[Finding, ...]:
    """All findings, sorted by file and place.

    ``only`` limits the findings to some reports, which are still judged within the whole corpus.
    """
    chosen = corpus.reports if only is None else tuple(only)
    return merge(corpus, chosen, only is None, check_reports(corpus, chosen, rules), rules)


def check_reports(
    corpus: Corpus, chosen: Iterable[Report], rules: Iterable[Rule] = RULES
) -> list[Finding]:
    """What :func:`find` finds in each."""
    rules = tuple(rules)
    return [f for report in chosen for f in find(report, corpus.predecessor(report), rules)]


def merge(
    corpus: Corpus,
    chosen: Iterable[Report],
    whole: bool,
    found: list[Finding],
    rules: Iterable[Rule],
) -> tuple[Finding, ...]:
    """Add what the rules about the whole corpus find, settle report by report, and sort."""
    rules = tuple(rules)
    by_path: dict[str, list[Finding]] = {report.path: [] for report in chosen}
    elsewhere: list[Finding] = []
    for finding in (*found, *(f for r in rules if r.check_corpus for f in r.check_corpus(corpus))):
        if finding.path in by_path:
            by_path[finding.path].append(finding)
        elif whole:
            elsewhere.append(finding)
    settled = [f for r in chosen for f in settle(r, by_path[r.path], rules)]
    return tuple(sorted([*settled, *elsewhere], key=lambda finding: finding.order))
