"""F003: one thing is counted in 人 or in 人次, not in both (domain 4.6, 4.8: 人次 vs 人)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard

_COUNT = re.compile(r"\d+余?(人次|人)(?![员才数均力])")
_COUNTED = re.compile(r"([一-鿿]{2,6})(?:共|约|近|达)?$")
_REACH = 7


def check(report: Report) -> Iterator[Finding]:
    seen: dict[str, tuple[str, int]] = {}
    told: set[str] = set()
    for block in report.blocks:
        text = block.plain
        if block.kind == "comment" or "人" not in text:
            continue
        done = 0
        for found in _COUNT.finditer(text):
            # What is counted is looked for from the number, not a number from each character.
            begin = max(done, found.start() - _REACH)
            counted = _COUNTED.search(text[begin : found.start()])
            if counted is None:
                continue
            done = found.end()
            what, unit = counted[1][-4:], found[1]
            at = block.text.source_offset(begin + counted.start())
            first = seen.setdefault(what, (unit, at))
            if first[0] == unit or what in told or len(what) < 4:
                continue
            told.add(what)
            line = report.source.position(first[1]).line
            yield RULE.at(
                report, (at, block.text.source_offset(found.end() - 1) + 1),
                f"“{what}”这里用“{unit}”计，第 {line} 行用“{first[0]}”计", help="统一口径：同一人可重复计的用“人次”",
            )  # fmt: skip


RULE = Rule(
    id="F003",
    name="人与人次",
    demand="同一件事统一用“人”或“人次”计。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("86人次。", "86人次，其中书记12人。"),
        shown="培训党务干部86人次，其中书记12人",
    ),
    bad=(
        example(
            standard().replace("86人次。", "86人次。下半年又培训党务干部40人。"),
            "“党务干部”这里用“人”计",
            shown="培训党务干部86人次。下半年又培训党务干部40人。",
        ),
    ),
)
