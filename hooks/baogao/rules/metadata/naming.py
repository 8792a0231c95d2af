"""Which reports claim the same place."""

from __future__ import annotations

from ...corpus import Corpus, Report


def twins(corpus: Corpus) -> dict[str, Report]:
    """For each report whose unit, year, kind and role another one has: its name → the one that stays."""
    groups: dict[str, list[Report]] = {}
    for report in corpus.reports:
        name = report.expected_name
        if name is not None:
            groups.setdefault(name, []).append(report)
    found: dict[str, Report] = {}
    for name, same in groups.items():
        right = next((r for r in same if r.name == name), same[0])
        found.update({report.name: right for report in same if report is not right})
    return found
