"""S009: where the kind asks for causes, they are there: a heading, or a sentence in the problem section."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import ExpectedSection, Report, Section
from ..finding import Finding, Severity
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .alignment import align


def check(report: Report) -> Iterator[Finding]:
    alignment = align(report)
    if alignment is None or report.kind is None:
        return
    for expected in report.kind.sections_for(report.year):
        if expected.within is None or not expected.required:
            continue
        host = alignment.present.get(expected.within)
        if host is None or _present(report, expected, host):
            continue
        cue = expected.cues[0] if expected.cues else expected.title
        yield RULE.at(
            report, (host.start, host.heading.end), f"“{host.heading_text}”只写了问题，没有写{expected.role.name}",
            help=f"在这一节里写明原因，例如“{cue}是：一是……”，或另立“{expected.title}”一节",
            suggestion=f"{cue}是：一是……。二是……。",
        )  # fmt: skip


def _present(report: Report, expected: ExpectedSection, host: Section) -> bool:
    if any(section.role == expected.role.id for section in report.walk()):
        return True
    if any(
        any(cue in section.title for cue in expected.heading_cues)
        for section in host.walk()
        if section is not host
    ):
        return True
    text = host.full_text()
    return any(cue in text for cue in expected.cues)


RULE = Rule(
    id="S009",
    name="原因分析",
    demand="述职报告和对照检查要写问题的原因，单独成节或写在问题一节里。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard(),
        shown="一是深入基层不够。二是办法不多。造成上述问题的主要原因是：一是统筹安排不细。二是创新意识不强。",
    ),
    bad=(
        example(
            report_text(body(OPENING, PRACTICE, PROBLEM.split("造成")[0], PLAN)),
            "没有写原因分析",
            shown="## 二、存在问题及原因分析\n\n一是深入基层不够。二是办法不多。",
        ),
    ),
)
