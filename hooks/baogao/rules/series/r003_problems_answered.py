"""R003: last year's problems are answered, each by its id (domain notes 1.9 STR-8, 5.3; 平谷 2018 and others demand it).

Kinds that tell their problems inside another section (政府工作报告) are not asked. What the author says in ``rectifies`` decides. Likeness of words only suggests in the help where the answer may stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, compile_phrases, follow_up, item_head, likely_answers
from ..finding import Finding, Severity
from ..quoting import quote
from ..rule import Rule
from .pair import pair, this_year

_QUOTED = 22


def check(report: Report, predecessor: Report | None) -> Iterator[Finding]:
    if predecessor is None or not predecessor.readable:
        return
    if predecessor.kind and not predecessor.kind.problems_answered:
        return
    unanswered = follow_up(report, predecessor).unanswered
    if not unanswered:
        return
    listed = "、".join(f"{item.id}{quote(item_head(item.text))}" for item in unanswered)
    field = report.front.field("rectifies")
    cue = _prose_cue(report) if field is None else None
    masked = "anonymized" in (report.status, predecessor.status)
    if cue:
        span, written = cue
        fact = f"{quote(written)}没有写明答的是上一份报告（{predecessor.year}年度）的哪几个问题，无法核对：{listed}"
    else:
        field = field or report.front.field("year")
        span = (field.offset, field.value_end) if field else (0, 3)
        fact = f"上一份报告（{predecessor.year}年度）的问题没有回应：{listed}"
    answers = likely_answers(report, predecessor, unanswered)
    hints = "".join(
        f"；{item_id}可能写在第{report.source.position(answer.start).line}行{quote(answer.text, _QUOTED)}，请核对"
        for item_id, (answer, *_) in answers.items()
    )
    yield RULE.at(
        report, span, fact, severity=Severity.INFO if cue or masked else None,
        help=f"正文写明整改情况，前言的 rectifies 逐条列出；没有整改的也写，状态填“未完成”{hints}",
        suggestion="rectifies:\n" + "\n".join(f"  - ref: {item.id}\n    status: 未完成" for item in unanswered),
    )  # fmt: skip


def _prose_cue(report: Report) -> tuple[tuple[int, int], str] | None:
    """Where the text says that last year's problems were dealt with: its section, or a phrase in the prose."""
    section = next(report.with_role("rectification"), None)
    if section is not None:
        return (section.start, section.heading.end), section.heading_text
    pattern = compile_phrases(report.data.fields.rectify_cues)
    roles = report.data.kinds.roles
    paragraphs = [(block, 0) for block in report.lead]
    for inner in report.walk():
        if inner.role is None or not roles[inner.role].ahead:
            paragraphs += [(inner.heading, 0), *inner.paragraphs()]
    for block, begin in paragraphs:
        found = pattern.search(block.plain, begin)
        if found:
            offset = block.text.source_offset
            return (offset(found.start()), offset(found.end() - 1) + 1), found[0]
    return None


RULE = Rule(
    id="R003",
    name="上年问题回应",
    demand="从第二年起，上一份报告的问题要逐条回应，在前言的 rectifies 里写明编号和状态；问题写在别的章节里、不单独成节的文种（政府工作报告）不要求。",
    severity=Severity.WARNING,
    scope="series",
    check_series=check,
    good=pair(this_year(), "rectifies:\n  - ref: P2021-1\n    status: 已完成\n  - ref: P2021-2\n    status: 持续推进"),
    bad=(
        pair(
            this_year("[{ref: P2021-2, status: 持续推进}]"),
            "rectifies:\n  - ref: P2021-2\n    status: 持续推进",
            "上一份报告（2021年度）的问题没有回应：P2021-1“听课的人越到年底越少”",
        ),
        pair(
            this_year(None),
            "（前言没有 rectifies，正文也没有写上年问题整改）",
            "的问题没有回应：P2021-1“听课的人越到年底越少”、P2021-2“达标靠突击”",
        ),
        pair(
            this_year(None, "全年召开党委会", "牵头抓细上年度问题整改，全年召开党委会"),
            "牵头抓细上年度问题整改，全年召开党委会12次。",
            "“上年度问题整改”没有写明答的是上一份报告（2021年度）的哪几个问题",
        ),
    ),
)  # fmt: skip
