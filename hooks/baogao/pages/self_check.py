"""What a clerk is told of a report before handing it in: the parts of the page 自查投稿, and 自查结果.html for the hand-in package.

Both say the same, because both are made of :func:`parts`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from ..corpus.intake import ASIDE_NAMES, Draft, Note
from ..rules import RULES, Finding, Severity, count
from ..rules.render.names import is_confidential, masked, rule_name
from ..rules.sheet import Comparison, Sheet

_PASSAGES = 10
_QUOTE = 120


@dataclass(frozen=True)
class Account:
    """How the report came about: ``form`` the file was read as, ``notes`` what the clerk should look at."""

    form: str
    draft: Draft
    notes: tuple[Note, ...]


def parts(sheet: Sheet, account: Account | None) -> dict[str, str]:
    """HTML by name: ``verdict``, ``secrecy``, ``sections``, ``comparison``, ``amounts``, ``account``, ``left``."""
    return {
        "verdict": _verdict(sheet),
        "secrecy": _secrecy(sheet),
        "sections": _sections(sheet),
        "comparison": "".join(_comparison(sheet.comparison)),
        "amounts": _amounts(sheet),
        "account": "".join(_account(account)) if account else "",
        "left": _left(),
    }


def _verdict(sheet: Sheet) -> str:
    number = count((*sheet.secret, *sheet.findings))
    said = f"必须改 {number.error} 处，建议改 {number.warning} 处，供参考 {number.info} 处"
    if number.error:
        return f'<p class="bg-sc-no">{_mark(False)} <b>有必须改的</b>：{said}。</p>'
    return f'<p class="bg-sc-yes">{_mark(True)} <b>没有必须改的</b>：{said}。</p>'


def _mark(good: bool) -> str:
    """✅ or ❌ as a drawing: old machines have no font with these signs."""
    shape, name = ("M2.5 6.5 5 9l4.5-6", "✅") if good else ("M3 3l6 6M9 3l-6 6", "❌")
    css = "bg-sc-yes" if good else "bg-sc-no"
    return (
        f'<svg class="bg-sc-mark {css}" viewBox="0 0 12 12" role="img" aria-label="{name}">'
        f'<rect x=".5" y=".5" width="11" height="11" rx="2"/><path d="{shape}"/></svg>'
    )


def _secrecy(sheet: Sheet) -> str:
    restricted = (
        "<p><b>这份报告限制公开：不上网页、搜不到。交报告和自查结果时请同样保管，不要外传。</b></p>"
        if sheet.restricted
        else ""
    )
    if not sheet.secret:
        return f"{restricted}<p>{_mark(True)} 机器没有查出问题。机器只认得写法，认不得意思：交出以前请自己从头看一遍。</p>"
    grave = sum(1 for finding in sheet.secret if finding.severity is Severity.ERROR)
    lead = (
        f"机器查出 {len(sheet.secret)} 处，其中必须改的 {grave} 处。<b>必须改的改好以前不要交出。</b>"
        if grave
        else f"机器查出 {len(sheet.secret)} 处，请逐处核对。"
    )
    return f"{restricted}<p>{_mark(not grave)} {lead}</p>{_listed(sheet.secret)}"


def _listed(findings: Iterable[Finding]) -> str:
    items = "".join(f"<li>{_said(finding)}</li>" for finding in findings)
    return f'<ul class="bg-sc-list">{items}</ul>'


def _said(finding: Finding) -> str:
    message = masked(finding.message) if is_confidential(finding) else finding.message
    helped = f"　怎么改：{escape(finding.help)}" if finding.help else ""
    return (
        f'<b class="bg-severity bg-{finding.severity.value}">{finding.severity.label}</b> '
        f"第 {finding.start.line} 行：{escape(message)}{helped}（{escape(rule_name(finding.rule))}）"
    )


def _sections(sheet: Sheet) -> str:
    if not sheet.sections:
        return "<p>这个文种没有规定必备章节。</p>"
    items = "".join(
        f"<li>{_mark(state.present)} {escape(state.title)}：{escape(state.note)}</li>"
        for state in sheet.sections
    )
    return f'<ul class="bg-sc-marks">{items}</ul>'


def _comparison(comparison: Comparison | None) -> Iterator[str]:
    if comparison is None:
        yield "<p>库里没有能看到的上一份同类报告，没有对照。</p>"
        return
    yield f"<p>上一份是 {comparison.year} 年度的《{escape(comparison.title)}》。"
    change = comparison.change.characters
    if change:
        yield f"字数比它{'多' if change > 0 else '少'} {abs(change):,} 字。"
    if not comparison.passages:
        yield f"{_mark(True)} 没有与它相同的句子。</p>"
        return
    number = len(comparison.passages)
    yield (
        f"与它相同的句子占正文 <b>{comparison.share:.0%}</b>，共 {number} 处、{comparison.copied} 字"
        "（只换了数字、年份的也算）。</p>"
    )
    shown = comparison.passages[:_PASSAGES]
    yield f"<details><summary>相同的句子{f'（最长的 {len(shown)} 处）' if len(shown) < number else ''}</summary>"
    yield '<div class="bg-scroll" tabindex="0" role="region" aria-label="相同的句子"><table class="bg-table"><thead><tr>'
    yield f"<th>这一份</th><th>{comparison.year} 年度</th></tr></thead><tbody>"
    for passage in shown:
        yield f"<tr><td>第 {passage.here_line} 行　{_cut(passage.here)}</td><td>第 {passage.there_line} 行　{_cut(passage.there)}</td></tr>"
    yield "</tbody></table></div></details>"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return escape(masked(text if len(text) <= _QUOTE else text[: _QUOTE - 1] + "…"))


def _amounts(sheet: Sheet) -> str:
    gaps = sum(gap.number for gap in sheet.gaps)
    said = f"待填或脱敏处 {gaps} 处" if gaps else "没有待填或脱敏处"
    return (
        f"<p>连标点 {sheet.length.characters:,} 字，只算汉字 {sheet.length.han:,} 字；{said}。</p>"
    )


def _account(account: Account) -> Iterator[str]:
    draft = account.draft
    headings = sum(1 for piece in draft.pieces if piece.level)
    yield f"<p>{escape(account.form)}，{len(draft.pieces)} 段，其中标题 {headings} 个。正文一字未改，只认标题、分段落。</p>"
    sorts: list[tuple[str, Iterable[Note]]] = [
        ("推测或待定的，请核对", account.notes),
        *((name, getattr(draft.account.aside, sort)) for sort, name in ASIDE_NAMES.items()),
        ("认出的", draft.account.recognised),
    ]
    for name, notes in sorts:
        items = "".join(
            f"<li>{f'第 {note.line} {draft.account.unit}　' if note.line else ''}{escape(note.text)}</li>"
            for note in notes
        )
        if items:
            yield f"<p><b>{name}</b></p><ul>{items}</ul>"


def _left() -> str:
    """What this check cannot know, said plainly."""
    whole = "、".join(rule.name for rule in RULES if rule.check_corpus is not None)
    return (
        "<ul><li>全库才能查的：" + escape(whole) + "。例如库里是不是已经有同一单位、同一年度的同一种报告。</li>"
        "<li>上一份报告是草稿或限制公开的，这里读不到，与它的对照由审核人补查。</li>"
        "<li>是否涉密、数据对不对、问题改没改，机器不知道。</li></ul>"
    )  # fmt: skip


def result_html(sheet: Sheet, account: Account | None, made: datetime.date) -> str:
    """自查结果.html: everything that was found, as one file that needs nothing else."""
    said = parts(sheet, account)
    others = _listed(sheet.findings) if sheet.findings else "<p>没有。</p>"
    answers = _answers(sheet.comparison)
    blocks = [
        ("保密", said["secrecy"]), ("必备章节", said["sections"]), ("检查意见", others),
        ("与上一份对照", said["comparison"].replace("<details>", "<details open>") + answers), ("字数与待填处", said["amounts"]),
        ("怎样读入的", said["account"] or "<p>交来的就是报告库的报告文件。</p>"), ("留给审核人查的", said["left"]),
    ]  # fmt: skip
    body = "\n".join(f"<h2>{title}</h2>\n{html}" for title, html in blocks)
    what = "，".join(
        part for part in (sheet.unit, f"{sheet.year}年度", sheet.kind, sheet.role) if part
    )
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="renderer" content="webkit">
<title>自查结果</title>
<style>
{_STYLE}</style>
</head>
<body>
<main>
<h1>自查结果</h1>
<p><b>{escape(sheet.title)}</b></p>
<p>{escape(what)}。自查投稿页于 {made.isoformat()} 生成，收到后还要重新检查。</p>
{said["verdict"]}
{body}
</main>
</body>
</html>
"""


def _answers(comparison: Comparison | None) -> str:
    if comparison is None or not comparison.answers:
        return ""
    rows = "".join(
        f"<tr><td>{escape(a.id)}</td><td>{escape(a.problem)}</td><td>{escape(a.status) or '没有回应'}</td><td>{escape(a.evidence) or '—'}</td></tr>"
        for a in comparison.answers
    )
    return f"<table><thead><tr><th>编号</th><th>上年的问题</th><th>状态</th><th>依据</th></tr></thead><tbody>{rows}</tbody></table>"


_STYLE = """\
body { max-width: 48em; margin: 1.5em auto; padding: 0 1em; color: #111; background: #fff; font: 16px/1.7 "PingFang SC", "Microsoft YaHei", "微软雅黑", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin: 1.4em 0 .4em; border-bottom: 1px solid #999; } p { margin: .4em 0; } ul { margin: .3em 0; padding-left: 1.6em; }
.bg-sc-marks { list-style: none; padding-left: .2em; }
.bg-sc-mark { width: 1em; height: 1em; vertical-align: -.12em; fill: none; stroke-width: 1.4; } .bg-sc-mark rect { stroke-width: 1; }
svg.bg-sc-yes { stroke: #14691f; } svg.bg-sc-no { stroke: #b3261e; }
.bg-error { color: #b3261e; } .bg-warning { color: #8a5a00; } .bg-info { color: #31568a; }
table { width: 100%; border-collapse: collapse; font-size: .95em; } th, td { border: 1px solid #999; padding: .2em .5em; text-align: left; vertical-align: top; }
"""
