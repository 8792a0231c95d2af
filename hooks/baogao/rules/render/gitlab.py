"""Findings as a GitLab code quality report (docs: "Code Quality", report format)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from ..baseline import fingerprint
from ..finding import Finding
from .names import rule_name

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(findings: Iterable[Finding], checked: int) -> str:
    """A JSON array; fingerprints do not change when lines move, and no two are the same."""
    seen: dict[str, int] = {}
    issues = []
    for finding in findings:
        base = f"{finding.path} {finding.rule} {fingerprint(finding)}"
        seen[base] = seen.get(base, 0) + 1
        key = hashlib.sha256(f"{base} {seen[base]}".encode()).hexdigest()
        issues.append(
            {
                "description": f"{finding.message}。{finding.help}".strip("。"),
                "check_name": f"{finding.rule} {rule_name(finding.rule)}",
                "fingerprint": key,
                "severity": _SEVERITIES[finding.severity.value],
                "location": {
                    "path": finding.path,
                    "positions": {
                        "begin": {"line": finding.start.line, "column": finding.start.column},
                        "end": {"line": finding.end.line, "column": finding.end.column},
                    },
                    "lines": {"begin": finding.start.line, "end": finding.end.line},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
