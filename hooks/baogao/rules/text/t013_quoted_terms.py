"""T013: a proper term is quoted everywhere or nowhere in one report (domain 4.8: same term quoted and unquoted)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard

_QUOTED = re.compile(r"“([一-鿿0-9]{3,12})”")
_SHOWN = 5


def check(report: Report) -> Iterator[Finding]:
    quoted: dict[str, int] = {}
    blocks = [b for b in report.blocks if b.kind in ("paragraph", "bullet", "table")]
    for block in blocks:
        if "“" in block.plain:
            for found in _QUOTED.finditer(block.plain):
                quoted.setdefault(found[1], block.text.source_offset(found.start()))
    if not quoted:
        return
    text = "\n".join(b.plain for b in blocks)
    words = sorted(quoted, key=len, reverse=True)
    bare = re.sub("|".join(f"“{re.escape(word)}”" for word in words), "", text)
    bare = re.sub(r"“[^”\n]*”|《[^》\n]*》", "", bare)
    mixed = [word for word in quoted if word in report.data.term_texts and word in bare]
    if not mixed:
        return
    first = min(mixed, key=lambda word: quoted[word])
    said = "、".join(f"“{word}”" for word in sorted(mixed, key=lambda w: quoted[w])[:_SHOWN])
    yield RULE.at(
        report, (quoted[first], quoted[first] + len(first) + 2),
        f"{said}有的地方加引号，有的地方没加", help="全文统一：要么都加，要么都不加",
    )  # fmt: skip


RULE = Rule(
    id="T013",
    name="引号统一",
    demand="同一个专名，全文要么都加引号，要么都不加。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(
        standard()
        .replace("带队到", "落实“三会一课”，带队到")
        .replace("全年召开", "检查“三会一课”，全年召开"),
        shown="落实“三会一课”……检查“三会一课”",
    ),
    bad=(
        example(
            standard()
            .replace("带队到", "落实“主题党日”，带队到")
            .replace("全年召开", "检查主题党日，全年召开"),
            "“主题党日”有的地方加引号，有的地方没加",
            shown="落实“主题党日”……检查主题党日",
        ),
    ),
)
