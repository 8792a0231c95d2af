"""A summary of one or more reports for the reviewer: Markdown, in Chinese, short.

Confidentiality first; ✅ or ❌ for each section the kind requires; at most five findings in full, the rest counted; how the report
stands to last year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from ...corpus import Corpus, Report
from ..finding import Finding, Severity, count
from ..sheet import Comparison, Sheet, make_sheet
from .names import is_confidential, masked, rule_name

#: More is not read (free-programming-books#4416, yari#3499).
FULL = 5
#: A comment on a request that touches more reports than this names the worst of them only.
REPORTS = 10


def render(
    corpus: Corpus, chosen: Iterable[Report], findings: Iterable[Finding], link: str = ""
) -> str:
    """The summary of the ``chosen`` reports, whose ``findings`` are given.

    ``link`` is the address of a line on the forge, with ``{path}`` and ``{line}`` in it; without one lines are named only.
    """
    chosen, findings = tuple(chosen), tuple(findings)
    number = count(findings)
    verdict = "❌ 有必须改的" if number.error else "✅ 没有必须改的"
    parts = [f"# 检查结果：{verdict}", _counted(findings, len(chosen))]
    paths = {report.path for report in chosen}
    by_path: dict[str, list[Finding]] = {path: [] for path in paths}
    others: list[Finding] = []
    for finding in findings:
        by_path.get(finding.path, others).append(finding)
    shown = _worst(chosen, by_path)
    for report in shown:
        parts.extend(_report(make_sheet(corpus, report, by_path[report.path]), link))
    if len(shown) < len(chosen):
        parts.append(f"另有 {len(chosen) - len(shown)} 份报告没有逐份列出，运行检查命令可看全部。")
    if others:
        parts.append("## 其他文件")
        parts.append(_listed(others, link))
    return "\n\n".join(parts) + "\n"


def _worst(chosen: tuple[Report, ...], by_path: dict[str, list[Finding]]) -> tuple[Report, ...]:
    """The reports to show, in their order: all, or those with the most that must be changed."""
    if len(chosen) <= REPORTS:
        return chosen
    ranked = sorted(chosen, key=lambda report: -count(by_path[report.path]).error)
    kept = {report.path for report in ranked[:REPORTS]}
    return tuple(report for report in chosen if report.path in kept)


def _counted(findings: tuple[Finding, ...], reports: int) -> str:
    number = count(findings)
    return f"共 {reports} 份报告：必须改 {number.error} 处，建议改 {number.warning} 处，供参考 {number.info} 处。"


def _report(sheet: Sheet, link: str) -> Iterator[str]:
    yield f"## {_plain(sheet.title)}"
    yield f"`{sheet.path.replace('`', '')}`"
    if sheet.secret:
        yield f"**保密：❌ {len(sheet.secret)} 处**"
        yield _listed(sheet.secret, link)
    else:
        yield "**保密：✅ 没有发现问题**（机器只能查写法，定稿前仍须保密审查）"
    if sheet.sections:
        rows = (
            f"| {_plain(state.title)} | {'✅' if state.present else '❌'} {_plain(state.note)} |"
            for state in sheet.sections
        )
        yield "\n".join(["| 必备章节 | 结果 |", "|---|---|", *rows])
    if sheet.comparison is not None:
        said = "；".join(_comparison(sheet, sheet.comparison))
        yield f"**与上年对照**：{said}。"
    if sheet.findings:
        yield _listed(sheet.findings, link)


def _comparison(sheet: Sheet, comparison: Comparison) -> Iterator[str]:
    yield f"上一份是{comparison.year}年度；与它相同的句子占 {comparison.share:.0%}"
    if comparison.answers:
        left = [answer.id for answer in comparison.answers if not answer.status]
        answered = len(comparison.answers) - len(left)
        if not comparison.stated:
            likely = sum(bool(answer.status or answer.evidence) for answer in comparison.answers)
            yield f"上年问题 {len(comparison.answers)} 个，正文可能有回应的 {likely} 个，供核对"
        else:
            yield f"上年问题 {len(comparison.answers)} 个，已注明回应 {answered} 个" + (
                f"，还差 {'、'.join(left)}" if left else ""
            )
    yield f"字数 {sheet.length.characters}（{comparison.change.characters:+d}）"


def _listed(findings: Iterable[Finding], link: str) -> str:
    findings = list(findings)
    lines = []
    for finding in findings[:FULL]:
        message = masked(finding.message) if is_confidential(finding) else finding.message
        lines.append(
            f"- **{finding.severity.label}** {_place(finding, link)}：{_plain(message)}"
            + (f" 怎么改：{_plain(finding.help)}" if finding.help else "")
            + f"（{finding.rule} {rule_name(finding.rule)}）"
        )
    if len(findings) > FULL:
        more = count(findings[FULL:])
        kinds = (
            (Severity.ERROR, more.error),
            (Severity.WARNING, more.warning),
            (Severity.INFO, more.info),
        )
        said = "、".join(f"{severity.label} {number} 处" for severity, number in kinds if number)
        lines.append(f"- 另有 {said}，运行检查命令可看全部")
    return "\n".join(lines)


def _place(finding: Finding, link: str) -> str:
    line = f"第 {finding.start.line} 行"
    if not link:
        return line
    address = link.replace("{path}", quote(finding.path)).replace("{line}", str(finding.start.line))
    return f"[{line}](<{address}>)"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, and that a terminal does not obey."""
    text = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)
