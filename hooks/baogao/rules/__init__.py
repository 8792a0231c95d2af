"""What a report must be: one rule, one file; findings are data, renderings print them."""

from .catalogue import GROUPS, RULES
from .engine import check_corpus, check_report
from .finding import Count, Edit, Finding, Severity, count, exit_code
from .rule import Example, Rule

__all__ = [
    "GROUPS", "RULES", "Count", "Edit", "Example", "Finding", "Rule", "Severity", "check_corpus",
    "check_report", "count", "exit_code",
]  # fmt: skip
