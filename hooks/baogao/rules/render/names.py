"""What renderings say of a rule."""

from __future__ import annotations

import re

from ..catalogue import RULES
from ..finding import Finding

_BY_ID = {rule.id: rule for rule in RULES}


def rule_name(rule: str) -> str:
    return _BY_ID[rule].name if rule in _BY_ID else ""


def is_confidential(finding: Finding) -> bool:
    return finding.rule in _BY_ID and _BY_ID[finding.rule].confidential


def masked(text: str) -> str:
    """``text`` with the middle of every long run of digits and letters blotted out: a log is read by more people than the
    report is."""
    return re.sub(
        r"[0-9A-Za-z@._-]{6,}", lambda m: m[0][:3] + "*" * (len(m[0]) - 4) + m[0][-1:], text
    )
