"""A summary of one or more reports for the reviewer: Markdown, in Chinese, short.

Confidentiality first; ✅ or ❌ for each section the kind requires; at most five findings in full, the rest counted; how the report
stands to last year's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...corpus import Corpus, Report, fill_year, find_reuse, follow_up
from ..finding import Finding, Severity, count
from ..structure.alignment import Alignment, align
from .names import is_confidential, masked, rule_name

#: More is not read (free-programming-books#4416, yari#3499).
FULL = 5


def render(corpus: Corpus, chosen: Iterable[Report], findings: Iterable[Finding]) -> str:
    """The summary of the ``chosen`` reports, whose ``findings`` are given."""
    chosen, findings = tuple(chosen), tuple(findings)
    number = count(findings)
    verdict = "❌ 有必须改的" if number.error else "✅ 没有必须改的"
    parts = [f"# 检查结果：{verdict}", _counted(findings, len(chosen))]
    for report in chosen:
        mine = [f for f in findings if f.path == report.path]
        parts.extend(_report(corpus, report, mine))
    paths = {report.path for report in chosen}
    others = [f for f in findings if f.path not in paths]
    if others:
        parts.append("## 其他文件")
        parts.extend(_listed(others))
    return "\n\n".join(parts) + "\n"


def _counted(findings: tuple[Finding, ...], reports: int) -> str:
    number = count(findings)
    return f"共 {reports} 份报告：必须改 {number.error} 处，建议改 {number.warning} 处，供参考 {number.info} 处。"


def _report(corpus: Corpus, report: Report, findings: list[Finding]) -> Iterator[str]:
    yield f"## {_plain(report.title)}"
    yield f"`{report.path}`"
    secret = [f for f in findings if is_confidential(f)]
    if secret:
        yield f"**保密：❌ {len(secret)} 处**"
        yield from _listed(secret)
    else:
        yield "**保密：✅ 没有发现问题**（机器只能查写法，定稿前仍须保密审查）"
    sections = list(_sections(report, align(report)))
    if sections:
        yield "| 必备章节 | 结果 |\n|---|---|\n" + "\n".join(sections)
    comparison = "；".join(_comparison(corpus, report))
    if comparison:
        yield f"**与上年对照**：{comparison}。"
    rest = [f for f in findings if not is_confidential(f)]
    if rest:
        yield from _listed(sorted(rest, key=lambda f: (f.severity.rank, f.start)))


def _sections(report: Report, alignment: Alignment | None) -> Iterator[str]:
    if alignment is None or report.kind is None:
        return
    missing = {m.expected.role.id for m in alignment.missing}
    doubtful = {
        u.instead.role.id: u.section.heading_text for u in alignment.unrecognised if u.instead
    }
    renamed = {r.expected.role.id: r.section.heading_text for r in alignment.renamed}
    loose = {p.expected.role.id for p in alignment.pseudo if p.expected}
    level = {w.expected.role.id: w.section.heading_text for w in alignment.wrong_level}
    for expected in report.kind.sections_for(report.year):
        if not expected.required:
            continue
        role = expected.role.id
        title = fill_year(expected.title, report.year)
        if role in alignment.present:
            section = alignment.present[role]
            line = report.source.position(section.start).line
            items = len(report.items_of(role))
            state = f"✅ 第 {line} 行“{_plain(section.heading_text)}”" + (
                f"，{items} 条" if items else ""
            )
        elif role in renamed:
            state = f"❌ 标题写作“{_plain(renamed[role])}”"
        elif role in doubtful:
            state = f"❌ 认不出，可能是“{_plain(doubtful[role])}”"
        elif role in level:
            state = f"❌ 级别不对：“{_plain(level[role])}”"
        elif role in loose:
            state = "❌ 标题没有标出"
        elif expected.within is not None:
            found = bool(report.items_of(role)) or any(cue in report.text for cue in expected.cues)
            state = "✅ 写在问题一节里" if found else "❌ 没有写"
        elif role in missing:
            state = "❌ 没有找到"
        else:
            state = "✅ 写在开头"
        yield f"| {title} | {state} |"


def _comparison(corpus: Corpus, report: Report) -> Iterator[str]:
    predecessor = corpus.predecessor(report)
    if predecessor is None:
        return
    reuse = find_reuse(report, predecessor)
    yield f"上一份是{predecessor.year}年度；与它相同的句子占 {reuse.share:.0%}"
    followed = follow_up(report, predecessor)
    total = len(followed.answered) + len(followed.unanswered)
    if total:
        left = "、".join(item.id for item in followed.unanswered)
        yield f"上年问题 {total} 个，已注明回应 {len(followed.answered)} 个" + (
            f"，还差 {left}" if left else ""
        )
    change = report.length.characters - predecessor.length.characters
    yield f"字数 {report.length.characters}（{'+' if change >= 0 else ''}{change}）"


def _listed(findings: Iterable[Finding]) -> Iterator[str]:
    findings = list(findings)
    lines = []
    for finding in findings[:FULL]:
        message = masked(finding.message) if is_confidential(finding) else finding.message
        lines.append(
            f"- **{finding.severity.label}** 第 {finding.start.line} 行：{_plain(message)}"
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
    yield "\n".join(lines)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    for char in "\\`*_[]<>|#":
        text = text.replace(char, "\\" + char)
    return text.replace("\n", " ")
