"""Findings for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..finding import Finding, count
from .names import is_confidential, masked, rule_name
from .width import char_width, display_width

#: Columns of the source line shown around a finding.
EXCERPT = 76
GUIDE = "guide/rules.html"


def render(
    findings: Iterable[Finding],
    line_of: Callable[[str, int], str],
    checked: int,
    guide: str = GUIDE,
    most: int | None = None,
) -> str:
    """All findings and a closing count.

    ``line_of(path, number)`` gives a source line; ``checked`` is the number of reports; ``guide`` the address of the page
    that explains the rules, named once for each rule. With ``most`` only so many are printed, the gravest, and the rest counted.
    """
    findings = list(findings)
    printed = findings
    if most is not None and len(findings) > most:
        gravest = sorted(findings, key=lambda f: (f.severity.rank, not is_confidential(f)))[:most]
        printed = sorted(gravest, key=lambda f: f.order)
    secret = [finding for finding in printed if is_confidential(finding)]
    rest = [finding for finding in printed if not is_confidential(finding)]
    explained: set[str] = set()
    parts = [_one(finding, line_of, guide, explained) for finding in secret]
    if secret:
        parts.insert(0, f"保密（请先处理，{len(secret)} 处）：")
    parts.extend(_one(finding, line_of, guide, explained) for finding in rest)
    if len(printed) < len(findings):
        parts.append(
            f"另有 {len(findings) - len(printed)} 处没有列出（先列较重的），运行 baogao check 看全部。"
        )
    parts.append(closing(findings, checked))
    return "\n\n".join(parts) + "\n"


def closing(findings: Iterable[Finding], checked: int) -> str:
    """The last line: how many reports, how many findings of each severity."""
    number = count(findings)
    return f"共检查 {checked} 份报告：必须改 {number.error} 处，建议改 {number.warning} 处，供参考 {number.info} 处。"


def _one(
    finding: Finding, line_of: Callable[[str, int], str], guide: str, explained: set[str]
) -> str:
    name = rule_name(finding.rule)
    clean = masked if is_confidential(finding) else str
    lines = [
        f"{finding.path}:{finding.start.line}:{finding.start.column}: {finding.severity.label} {finding.rule} {name}"
    ]
    lines.extend(
        clean(part) for part in _excerpt(finding, line_of(finding.path, finding.start.line))
    )
    lines.append(f"  {clean(finding.message)}")
    if finding.help:
        lines.append(f"  怎么改：{finding.help}")
    if finding.suggestion:
        lines.extend(f"      {line}" if line else "" for line in finding.suggestion.split("\n"))
    if finding.rule not in explained:
        explained.add(finding.rule)
        lines.append(f"  说明：{guide}#{finding.rule}")
    return "\n".join(lines)


def _excerpt(finding: Finding, line: str) -> Iterator[str]:
    if not line.strip():
        return
    line = line.replace("\t", " ")
    first = finding.start.column - 1
    last = finding.end.column - 1 if finding.end.line == finding.start.line else len(line)
    last = min(max(last, first + 1), len(line)) if first < len(line) else first + 1
    begin, end = _window(line, first, last)
    head = "…" if begin else ""
    tail = "…" if end < len(line) else ""
    number = str(finding.start.line)
    yield f"  {number} | {head}{line[begin:end]}{tail}"
    left = display_width(head + line[begin:first])
    marked = max(display_width(line[first : min(last, end)]), 1)
    yield f"  {' ' * len(number)} | {' ' * left}{'^' * marked}"


def _window(line: str, first: int, last: int) -> tuple[int, int]:
    """The part of a long line to show: the finding with about as much on either side."""
    if display_width(line) <= EXCERPT:
        return 0, len(line)
    room = EXCERPT - 4
    begin, used = first, 0
    end = first
    while end < len(line) and end < last and used < room:
        used += char_width(line[end])
        end += 1
    while begin and used < room - 20:
        begin -= 1
        used += char_width(line[begin])
        if first - begin > 12:
            break
    while end < len(line) and used < room:
        used += char_width(line[end])
        end += 1
    return begin, end
