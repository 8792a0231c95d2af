"""Findings for a program. The form is stable: fields may be added, none is renamed or removed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ..finding import Finding, count
from .names import rule_name

VERSION = 1


def as_dict(finding: Finding) -> dict[str, object]:
    """One finding. Lines and columns are counted from 1, columns and edit offsets in characters."""
    return {
        "rule": finding.rule,
        "name": rule_name(finding.rule),
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.start.line,
        "column": finding.start.column,
        "endLine": finding.end.line,
        "endColumn": finding.end.column,
        "message": finding.message,
        "help": finding.help,
        "suggestion": finding.suggestion,
        "fix": [{"start": e.start, "end": e.end, "text": e.text} for e in finding.fix],
    }


def render(findings: Iterable[Finding], checked: int) -> str:
    """``{"version", "checked", "counts", "findings"}`` as UTF-8 JSON text."""
    findings = list(findings)
    number = count(findings)
    content = {
        "version": VERSION,
        "checked": checked,
        "counts": {"error": number.error, "warning": number.warning, "info": number.info},
        "findings": [as_dict(finding) for finding in findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
