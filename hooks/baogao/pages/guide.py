"""Guide pages that are generated: the rules, and the kinds with their sections."""

from __future__ import annotations

from html import escape

from ..corpus import ExpectedSection, Kind, Kinds
from ..rules import GROUPS, Rule, Severity
from .page import Page, TocEntry, table

RULES, KINDS = "guide/rules.html", "guide/kinds.html"
_SCOPES = {
    "report": "单份报告",
    "series": "与上一份同类报告对照",
    "corpus": "全部报告",
    "exemptions": "单份报告",
}


def rules_page() -> Page:
    """检查规则: every rule with its sentence and its good and bad examples, from the rules themselves."""
    total = sum(len(rules) for rules in GROUPS.values())
    parts = [
        "<h1>检查规则</h1>",
        f"<p>共{total}条。{Severity.ERROR.label}的不改不能入库；{Severity.WARNING.label}的请核对；"
        f"{Severity.INFO.label}的只作提示。</p>",
    ]
    toc = []
    for index, (group, rules) in enumerate(GROUPS.items(), 1):
        parts.append(f'<h2 id="group-{index}">{escape(group)}</h2>')
        parts.extend(_rule(rule) for rule in rules)
        children = tuple(TocEntry(f"{rule.id} {rule.name}", rule.id, 3) for rule in rules)
        toc.append(TocEntry(group, f"group-{index}", 2, children))
    return Page(RULES, "检查规则", "\n".join(parts), tuple(toc))


def _rule(rule: Rule) -> str:
    bad = "".join(
        f'<figure class="bg-example bg-example-bad"><figcaption>不对</figcaption><pre>{escape(example.shown)}</pre>'
        f"<p>{escape('；'.join(example.messages))}</p></figure>"
        for example in rule.bad
    )
    return (
        f'<section class="bg-rule"><h3 id="{rule.id}">{rule.id} {escape(rule.name)}</h3>\n'
        f'<p><span class="bg-severity bg-{rule.severity.value}">{rule.severity.label}</span> '
        f"{escape(rule.demand)}（{_SCOPES[rule.scope]}）</p>\n"
        f'<figure class="bg-example bg-example-good"><figcaption>正确</figcaption><pre>{escape(rule.good.shown)}</pre></figure>'
        f"{bad}</section>"
    )


def kinds_page(kinds: Kinds) -> Page:
    """文种与必备章节: what ``kinds.yml`` says, as tables."""
    parts = [
        "<h1>文种与必备章节</h1>",
        "<p>本页由 docs/_data/kinds.yml 生成；{Y} 为报告年度，{Y+1} 为次年，{Y-1} 为上年。</p>",
    ]
    toc = []
    for kind in kinds.kinds:
        parts.append(_kind(kind))
        toc.append(TocEntry(kind.name, kind.id, 2))
    return Page(KINDS, "文种与必备章节", "\n".join(parts), tuple(toc))


def _kind(kind: Kind) -> str:
    rows = [
        [
            f'{escape(section.title)}<br><code>{section.role.id}</code>', escape(_demand(section, kind)),
            escape("、".join(section.aliases)) or "—",
        ]
        for section in kind.sections
    ]  # fmt: skip
    facts = [f"公开范围：{'内部' if kind.visibility == 'internal' else '限制（不上网页）'}"]
    if kind.aliases:
        facts.append(f"也叫：{escape('、'.join(kind.aliases))}")
    if kind.authors:
        facts.append(f"述职人角色：{escape('、'.join(author.name for author in kind.authors))}")
    return f'<h2 id="{kind.id}">{escape(kind.name)}</h2>\n<p>{"；".join(facts)}。</p>\n' + table(
        ["章节", "要求", "也认得的标题"], rows
    )


def _demand(section: ExpectedSection, kind: Kind) -> str:
    said = ["必备" if section.required else "可选"]
    if section.needs_items:
        said.append(f"至少{section.needs_items}条")
    host = kind.expected(section.within) if section.within else None
    if host and section.passage:
        said.append(f"写在{host.role.name}一节里，不立小标题也认得")
    elif host:
        said.append(f"可写在{host.role.name}一节里")
    if section.lead:
        said.append("可用开头段代替")
    if section.any_heading:
        said.append("标题自拟")
    if section.since:
        said.append(f"{section.since}年起")
    if section.until:
        said.append(f"到{section.until}年止")
    return "，".join(said)
