"""How the office weighs findings, as ``docs/_data/severity.yml`` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .yaml_data import Node

LEVELS = ("error", "warning", "info")


@dataclass(frozen=True)
class Severities:
    """``by_status``: status → severity → severity; ``keep``: beginnings of rule ids that status does not soften;
    ``rules``: rule id → severity or ``off``."""

    by_status: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)

    def adjusted(self, rule: str, severity: str, status: str | None) -> str:
        """The severity (``error``, ``warning``, ``info``, ``off``) that counts."""
        if rule in self.rules:
            severity = self.rules[rule]
        if status is None or severity == "off" or rule.startswith(self.keep):
            return severity
        return self.by_status.get(status, {}).get(severity, severity)


def read_severities(root: Node, statuses: tuple[str, ...]) -> Severities:
    """Severities from the root node of ``severity.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("by_status", "keep", "rules")
    by_status: dict[str, dict[str, str]] = {}
    if "by_status" in top:
        for status, node in top["by_status"].mapping(*statuses).items():
            by_status[status] = {k: v.choice(*LEVELS) for k, v in node.mapping(*LEVELS).items()}
    rules: dict[str, str] = {}
    for rule, node in top["rules"].items() if "rules" in top else ():
        if not re.fullmatch(r"[A-Z]\d{3}", rule):
            raise node.fail(f"“{rule}”不是规则编号")
        if rule.startswith("C"):
            raise node.fail(f"{rule} 是保密规则，不能调整")
        rules[rule] = node.choice(*LEVELS, "off")
    return Severities(by_status, top["keep"].texts() if "keep" in top else (), rules)
