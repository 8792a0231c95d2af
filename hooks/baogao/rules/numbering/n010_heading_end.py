"""N010: no full stop at the end of a heading on its own line (domain 3; GB/T 9704-2012 examples).

A run-in heading, with text after it, ends with 。 and is no heading of its own line.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Block, Report
from ..finding import Edit, Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard

_MARKS = "。．；;，,、：:"


def check(report: Report) -> Iterator[Finding]:
    wrong = [
        (block, title)
        for block in report.blocks
        if block.kind == "heading"
        and block.plain.endswith(tuple(_MARKS))
        and (title := block.plain.rstrip(_MARKS))
    ]
    if not wrong:
        return
    block, title = wrong[0]
    places = f"（全文 {len(wrong)} 处）" if len(wrong) > 1 else ""
    edits = [_edit(block, title) for block, title in wrong]
    yield RULE.at(
        report, (edits[0].start, edits[0].end),
        f"标题“{block.plain}”末尾有“{block.plain[len(title) :]}”{places}",
        help="单独成行的标题，末尾不加标点", suggestion=title, fix=edits,
    )  # fmt: skip


def _edit(block: Block, title: str) -> Edit:
    offset = block.text.source_offset
    return Edit(offset(len(title)), offset(len(block.plain) - 1) + 1, "")


RULE = Rule(
    id="N010",
    name="标题末尾标点",
    demand="单独成行的标题，末尾不加句号等标点。",
    severity=Severity.INFO,
    scope="report",
    check_report=check,
    good=example(standard(), shown="### （一）加强政治建设"),
    bad=(
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE.replace("政治建设", "政治建设。").replace("党建\n", "党建。\n"),
                    PROBLEM,
                    PLAN,
                )
            ),
            "标题“（一）加强政治建设。”末尾有“。”（全文 2 处）",
            shown="### （一）加强政治建设。\n### （二）推进基层党建。",
        ),
        example(
            standard().replace("## 三、下步工作打算", "## 三、下步工作打算："),
            "标题“三、下步工作打算：”末尾有“：”",
            shown="## 三、下步工作打算：",
        ),
    ),
)
