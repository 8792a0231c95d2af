"""T012: no 、 between neighbouring quotation marks or book titles.

GB/T 15834-2011, 4.5.3.5 says 通常不用, so it is a hint, given once for quotation marks and once for titles.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import read

_PAIRS = (("”、“", "引号"), ("》、《", "书名号"))


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    for pair, name in _PAIRS:
        number = reading.text.count(pair)
        if not number:
            continue
        start = reading.text.index(pair)
        count = f"（全文 {number} 处）" if number > 1 else ""
        yield RULE.at(
            report, reading.span(start, start + len(pair)),
            f"并列的{name}之间用了顿号：“{reading.context(start, start + len(pair), 4)}”{count}",
            help="按国家标准通常不用顿号；全文一致即可",
        )  # fmt: skip


RULE = Rule(
    id="T012",
    name="并列引号间的顿号",
    demand="并列的引号之间、并列的书名号之间，通常不用顿号。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("12次，", "12次，落实“三会一课”“主题党日”、组织生活会制度，"),
        shown="落实“三会一课”“主题党日”、组织生活会制度",
    ),
    bad=(
        example(
            standard().replace("12次，", "12次，落实“三会一课”、“主题党日”制度，"),
            "并列的引号之间用了顿号：“三会一课”、“主题党日”",
            shown="落实“三会一课”、“主题党日”制度",
        ),
        example(
            standard().replace("12次，", "12次，印发《计划》、《清单》、《要点》，"),
            "并列的书名号之间用了顿号：“发《计划》、《清单》、”（全文 2 处）",
            shown="印发《计划》、《清单》、《要点》",
        ),
    ),
)
