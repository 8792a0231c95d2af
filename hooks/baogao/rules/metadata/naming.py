"""Where a report belongs, and which reports claim the same place."""

from __future__ import annotations

from ...corpus import Corpus, Report


def expected_name(report: Report) -> str | None:
    """Where a report belongs below ``docs/reports``, without ``.md``; ``None`` while that is open."""
    if report.year is None or report.unit is None or report.kind is None:
        return None
    if report.kind.authors and report.author is None:
        return None
    parts = [report.unit.id, report.kind.id]
    if report.author:
        parts.append(report.author.id)
    return f"{report.year}/{'-'.join(parts)}"


def twins(corpus: Corpus) -> dict[str, Report]:
    """For each report whose unit, year, kind and role another one has: its name → the one that stays."""
    groups: dict[str, list[Report]] = {}
    for report in corpus.reports:
        name = expected_name(report)
        if name is not None:
            groups.setdefault(name, []).append(report)
    found: dict[str, Report] = {}
    for name, same in groups.items():
        right = next((r for r in same if r.name == name), same[0])
        found.update({report.name: right for report in same if report is not right})
    return found
