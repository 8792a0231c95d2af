"""检查豁免: comments by which an author says that a finding is meant, and why.

``<!-- 检查豁免: T012 原文如此 -->`` before a heading or a paragraph, or inside it, silences the rule there. At the very
top of the text it covers the front matter as well. What is confidential can never be silenced in the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..corpus import Block, Report
from .finding import Finding

_COMMENT = re.compile(r"<!--\s*检查豁免\s*[:：](?P<content>.*?)-->", re.DOTALL)
_RULES = re.compile(r"\s*([A-Z]\d{3}(?:\s*[、,，]\s*[A-Z]\d{3})*)?(.*)", re.DOTALL)


@dataclass(frozen=True)
class Suppression:
    """``rules`` that are silenced within ``covers`` (file offsets) for ``reason``; ``start``/``end`` is the comment."""

    rules: tuple[str, ...]
    reason: str
    start: int
    end: int
    covers: tuple[int, int]


def read_suppressions(report: Report) -> tuple[Suppression, ...]:
    """All suppressions of a report, valid or not, in order."""
    text = report.source.text
    if "检查豁免" not in text:
        return ()
    blocks = [b for b in report.blocks if b.kind != "comment"]
    found = []
    for comment in _COMMENT.finditer(text, report.front.body):
        parts = _RULES.fullmatch(comment["content"])
        rules = re.findall(r"[A-Z]\d{3}", (parts[1] or "") if parts else "")
        reason = (parts[2] if parts else "").strip(" \t\n　，,：:")
        covers = _covered(comment.span(), blocks)
        found.append(Suppression(tuple(rules), reason, *comment.span(), covers))
    return tuple(found)


def _covered(comment: tuple[int, int], blocks: list[Block]) -> tuple[int, int]:
    start, end = comment
    for index, block in enumerate(blocks):
        if block.start <= start < block.end:
            return block.start, block.end
        if block.start >= end:
            return (0 if index == 0 else block.start), block.end
    return start, end


def silence(
    findings: Iterable[Finding],
    report: Report,
    suppressions: tuple[Suppression, ...],
    never: frozenset[str],
) -> tuple[list[Finding], list[tuple[Suppression, str]]]:
    """The findings that remain, and the suppressions (with the rule) that silenced something.

    Suppressions without a reason, and rules in ``never``, silence nothing.
    """
    kept: list[Finding] = []
    used: list[tuple[Suppression, str]] = []
    for finding in findings:
        at = report.source.offset(finding.start)
        by = next(
            (
                s for s in suppressions
                if s.reason and finding.rule in s.rules and finding.rule not in never
                and s.covers[0] <= at <= s.covers[1]
            ),
            None,
        )  # fmt: skip
        if by is None:
            kept.append(finding)
        else:
            used.append((by, finding.rule))
    return kept, used
