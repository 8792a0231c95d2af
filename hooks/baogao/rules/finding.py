"""What a check says: data, which renderings print."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from ..corpus import Position, Source


class Severity(enum.Enum):
    """How much a finding matters: 必须改 stops the build, 建议改 stops it under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "必须改", "warning": "建议改", "info": "供参考"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return ("error", "warning", "info").index(self.value)


@dataclass(frozen=True)
class Edit:
    """Replace the characters ``start`` to ``end`` of the file by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """One finding.

    ``start``/``end`` are its place (line and column from 1; ``end`` is exclusive, on any line); ``message`` the fact, ``help`` how
    to mend it, ``suggestion`` text to write there, ``fix`` edits that mend it without changing the meaning.
    """

    rule: str
    severity: Severity
    path: str
    start: Position
    end: Position
    message: str
    help: str = ""
    suggestion: str = ""
    fix: tuple[Edit, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """Sort key: by file and place, the gravest first."""
        return self.path, self.start.line, self.start.column, self.severity.rank, self.rule


@dataclass(frozen=True)
class Count:
    """How many findings of each severity."""

    error: int
    warning: int
    info: int


def count(findings: Iterable[Finding]) -> Count:
    """Count findings by severity."""
    numbers = dict.fromkeys(Severity, 0)
    for finding in findings:
        numbers[finding.severity] += 1
    return Count(numbers[Severity.ERROR], numbers[Severity.WARNING], numbers[Severity.INFO])


def exit_code(findings: Iterable[Finding], strict: bool) -> int:
    """0 when all is well, 1 with an error (``strict``: or a warning)."""
    counted = count(findings)
    return 1 if counted.error or (strict and counted.warning) else 0


def make_finding(
    rule: str,
    severity: Severity,
    source: Source,
    span: tuple[int, int],
    message: str,
    *,
    help: str = "",
    suggestion: str = "",
    fix: Iterable[Edit] = (),
) -> Finding:
    """A finding at ``span`` (character offsets) of ``source``."""
    start, end = span
    return Finding(
        rule, severity, source.path, source.position(start), source.position(max(end, start)),
        message, help, suggestion, tuple(fix),
    )  # fmt: skip
