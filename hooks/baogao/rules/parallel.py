"""Checking on all cores, and only what changed since the last build."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ..corpus import Corpus, Memo, Position, Report, Study, pack_json
from .catalogue import RULES
from .engine import check_reports, find, merge
from .finding import Edit, Finding, Severity

#: From this many reports on checking takes long enough to say so.
WORTH_IT = 200


def check_corpus_parallel(
    corpus: Corpus, only: Iterable[Report] | None = None, memo: Memo | None = None
) -> tuple[Finding, ...]:
    """The same findings as :func:`~.engine.check_corpus`, found by as many processes as there are cores.

    With ``memo`` a report that did not change, nor its predecessor, is not checked again. What its folder keeps holds
    nothing of reports readers may not see; those are checked every time.
    """
    chosen = corpus.reports if only is None else tuple(only)
    memo = memo or Memo(None, "")
    answers = memo.gather(findings_study(corpus), remembered(corpus, chosen, memo))
    found = [finding for findings in answers.values() for finding in findings]
    found += check_reports(corpus, [report for report in chosen if report.name not in answers])
    return merge(corpus, chosen, only is None, found, RULES)


def findings_study(corpus: Corpus) -> Study[list[Finding]]:
    """What the rules about single reports and pairs find, before exemptions."""

    def before(report: Report) -> tuple[Report, ...]:
        predecessor = corpus.predecessor(report)
        return () if predecessor is None else (predecessor,)

    return Study(
        "findings", lambda report, earlier: list(find(report, earlier[-1] if earlier else None)),
        _pack, _unpack, before, lambda report: report.path,
    )  # fmt: skip


def remembered(corpus: Corpus, chosen: Iterable[Report], memo: Memo) -> list[Report]:
    """Those of ``chosen`` whose findings ``memo`` may keep: where it outlives the process, only what readers may see."""

    def may_be_kept(report: Report) -> bool:
        predecessor = corpus.predecessor(report)
        return report.visible and (predecessor is None or predecessor.visible)

    return [report for report in chosen if memo.folder is None or may_be_kept(report)]


def _pack(findings: list[Finding]) -> str:
    return pack_json([
        [
            f.rule, f.severity.value, f.path, f.start.line, f.start.column, f.end.line, f.end.column,
            f.message, f.help, f.suggestion, [[e.start, e.end, e.text] for e in f.fix],
        ]
        for f in findings
    ])  # fmt: skip


def _unpack(packed: str) -> list[Finding]:
    return [
        Finding(
            rule, Severity(severity), path, Position(line, column), Position(end_line, end_column),
            message, help, suggestion, tuple(Edit(*edit) for edit in fix),
        )
        for rule, severity, path, line, column, end_line, end_column, message, help, suggestion, fix in json.loads(packed)
    ]  # fmt: skip
