"""V003: the writer speaks as the holder of the post in the front matter (domain 1.1, 4.8: writes as 党组书记 when the writer is another)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard


def check(report: Report) -> Iterator[Finding]:
    if report.kind is None or report.author is None:
        return
    own = (report.author.name, *report.author.aliases)
    others = {
        name: author.name
        for author in report.kind.authors
        if author is not report.author
        for name in (author.name, *author.aliases)
        if not any(name in mine or mine in name for mine in own)
    }
    if not others:
        return
    names = "|".join(sorted(map(re.escape, others), key=len, reverse=True))
    pattern = re.compile(rf"(?:我作为|作为|本人是|我是)(?:局|机关)?({names})(?=[，、。])")
    for block in report.blocks:
        text = block.plain
        if block.kind == "comment" or ("作为" not in text and "是" not in text):
            continue
        for found in pattern.finditer(text):
            span = block.text.source_span(*found.span())
            yield RULE.at(
                report,
                span,
                f"“{found[0]}”：前言写的述职人是{report.author.name}",
                help="核对是谁的述职，改成一致",
            )


RULE = Rule(
    id="V003",
    name="述职人身份",
    demand="正文里自称的职务要与前言的角色一致。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("带队到", "作为分管领导，带队到"),
        shown="role: 分管领导\n---\n\n作为分管领导，带队到基层支部",
    ),
    bad=(
        example(
            standard().replace("带队到", "作为党组书记，带队到"),
            "“作为党组书记”：前言写的述职人是分管领导",
            shown="role: 分管领导\n---\n\n作为党组书记，带队到基层支部",
        ),
    ),
)
