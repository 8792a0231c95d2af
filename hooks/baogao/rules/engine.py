"""Running the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..corpus import Corpus, Report
from .catalogue import RULES
from .finding import Finding
from .rule import Rule


def check_report(
    report: Report, predecessor: Report | None, rules: Iterable[Rule] = RULES
) -> Iterator[Finding]:
    """What the rules of scope ``report`` and ``series`` find in one report."""
    for rule in rules:
        if rule.needs_metadata and not report.readable:
            continue
        if rule.check_report is not None:
            yield from rule.check_report(report)
        if rule.check_series is not None:
            yield from rule.check_series(report, predecessor)


def check_corpus(
    corpus: Corpus, only: Iterable[Report] | None = None, rules: Iterable[Rule] = RULES
) -> tuple[Finding, ...]:
    """All findings, sorted by file and place.

    ``only`` limits the findings to some reports, which are still judged within the whole corpus.
    """
    chosen = corpus.reports if only is None else tuple(only)
    rules = tuple(rules)
    findings: list[Finding] = []
    for report in chosen:
        findings.extend(check_report(report, corpus.predecessor(report), rules))
    paths = None if only is None else {report.path for report in chosen}
    for rule in rules:
        if rule.check_corpus is not None:
            found = rule.check_corpus(corpus)
            findings.extend(f for f in found if paths is None or f.path in paths)
    return tuple(sorted(findings, key=lambda finding: finding.order))
