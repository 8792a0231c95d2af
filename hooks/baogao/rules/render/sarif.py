"""Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format, 2020)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote

from ... import __version__
from ..baseline import fingerprint
from ..catalogue import RULES
from ..finding import Finding
from ..rule import Rule

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(findings: Iterable[Finding], checked: int) -> str:
    """A log with one run. Columns count characters (3.14.17)."""
    index = {rule.id: number for number, rule in enumerate(RULES)}
    log = {
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "baogao",
                        "version": __version__,
                        "language": "zh-CN",
                        "rules": [_rule(rule) for rule in RULES],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, index) for finding in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": rule.demand},
        "defaultConfiguration": {"level": _LEVELS[rule.severity.value]},
        "properties": {"tags": ["保密"] if rule.confidential else []},
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, object]:
    text = finding.message + (f"。怎么改：{finding.help}" if finding.help else "")
    region = {
        "startLine": finding.start.line,
        "startColumn": finding.start.column,
        "endLine": finding.end.line,
        "endColumn": finding.end.column,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity.value],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path)},
                    "region": region,
                }
            }
        ],
        "partialFingerprints": {"baogao/v1": fingerprint(finding)},
    }
