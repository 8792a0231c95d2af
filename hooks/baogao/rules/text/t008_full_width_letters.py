"""T008: half-width digits and letters (domain 4.4). A run of Ｘ alone is a placeholder (P001)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import quoted, read

_WIDE = frozenset(
    map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])
)
_RUN = re.compile("[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ．％]*")


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    if reading.alphabet.isdisjoint(_WIDE):
        return
    places = [found.span() for found in _RUN.finditer(reading.text) if found[0].strip("Ｘｘ")]
    for group in reading.by_block(places):
        pieces = [reading.text[start:end] for start, end in group]
        plain = [unicodedata.normalize("NFKC", piece) for piece in pieces]
        yield RULE.at(
            report, reading.span(*group[0]), f"数字或字母用了全角：{quoted(pieces)}",
            help="改为半角", suggestion=plain[0],
            fix=reading.edits((s, e, new) for (s, e), new in zip(group, plain, strict=True)),
        )  # fmt: skip


RULE = Rule(
    id="T008",
    name="全角数字和字母",
    demand="数字和字母用半角。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(standard().replace("4场", "4场5G直播"), shown="宣讲4场5G直播，覆盖320人次"),
    bad=(
        example(
            standard().replace("4场，覆盖320", "４场５Ｇ直播，覆盖３２０"),
            "数字或字母用了全角：“４”“５Ｇ”“３２０”",
            shown="宣讲４场５Ｇ直播，覆盖３２０人次",
        ),
    ),
)
