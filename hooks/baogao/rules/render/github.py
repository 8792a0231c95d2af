"""Findings as workflow commands of GitHub, Gitea and Forgejo Actions (docs: "Workflow commands", ``::error file=…``)."""

from __future__ import annotations

from collections.abc import Iterable

from ..finding import Finding
from .names import rule_name

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(findings: Iterable[Finding], checked: int) -> str:
    """One line for each finding; the forge shows it at its line of the change."""
    return "".join(f"{_line(finding)}\n" for finding in findings)


def _line(finding: Finding) -> str:
    text = finding.message + (f"\n怎么改：{finding.help}" if finding.help else "")
    if finding.suggestion:
        text += f"\n{finding.suggestion}"
    places = {
        "file": finding.path,
        "line": str(finding.start.line),
        "col": str(finding.start.column),
        "endLine": str(finding.end.line),
        "endColumn": str(finding.end.column),
        "title": f"{finding.severity.label} {finding.rule} {rule_name(finding.rule)}",
    }
    properties = ",".join(f"{key}={_property(value)}" for key, value in places.items())
    return f"::{_COMMANDS[finding.severity.value]} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
