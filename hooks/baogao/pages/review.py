"""审核单: what a reviewer is told of a report, on one A4 page with room for opinion and signature.

A file of its own that is printed, not a page of the site: styles inside, no script, nothing fetched. The reviewer has ten minutes and
reads paper; a second page gets lost. So a sheet that would be too long is told in fewer words (:data:`_DETAILS`), and what is left out
is counted, never dropped in silence.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from ..rules import Finding, count
from ..rules.render.names import is_confidential, masked, rule_name
from ..rules.render.width import char_width
from ..rules.sheet import Answer, Comparison, Passage, SectionState, Sheet


@dataclass(frozen=True)
class _Detail:
    """How much of each part is told: numbers of entries, and characters of a text before it is cut."""

    passages: int
    quote: int
    answers: int
    problem: int
    evidence: int
    findings: int
    message: int
    sections: int
    line: int


#: From everything worth reading to what fits on the page whatever was written; findings are cut later than quotations.
_DETAILS = (
    _Detail(4, 90, 12, 60, 60, 5, 400, 14, 44),
    _Detail(3, 60, 12, 60, 40, 5, 400, 14, 44),
    _Detail(3, 60, 12, 40, 26, 5, 240, 14, 44),
    _Detail(2, 60, 10, 40, 26, 5, 160, 12, 44),
    _Detail(2, 60, 10, 26, 20, 5, 80, 10, 44),
    _Detail(2, 30, 8, 20, 14, 5, 50, 8, 44),
    _Detail(1, 30, 6, 20, 14, 3, 50, 6, 22),
    _Detail(1, 22, 3, 20, 14, 2, 50, 4, 22),
)
#: Lines of text on a page above the signature, and the widths of columns in characters at the size of ``_STYLE``.
_LINES = 47
_FULL, _HALF, _PROBLEM, _STATUS, _EVIDENCE = 54, 26.0, 22, 7, 16.5
_TITLE = 60


def review_html(sheets: Iterable[Sheet], made: datetime.date) -> str:
    """One HTML file with a page for each sheet; ``made`` is the day it says it was made."""
    sheets = tuple(sheets)
    pages = "\n".join(
        _page(sheet, index, len(sheets), made) for index, sheet in enumerate(sheets, 1)
    )
    # The policy is a second lock: should a text ever escape its quotes, it still can neither run nor fetch.
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="renderer" content="webkit">
<title>审核单</title>
<style>
{_STYLE}</style>
</head>
<body>
<main>
<p class="how">按 Ctrl+P 打印，A4 纸，每份报告一页。</p>
{pages}
</main>
</body>
</html>
"""


def _page(sheet: Sheet, index: int, total: int, made: datetime.date) -> str:
    detail = next((d for d in _DETAILS if _height(sheet, d) <= _LINES), _DETAILS[-1])
    number = f"第 {index} 份，共 {total} 份" if total > 1 else ""
    restricted = (
        '<p class="restricted">这份报告限制公开，本单请同样保管，不要外传。</p>'
        if sheet.restricted
        else ""
    )
    return "\n".join(
        (
            '<section class="sheet">',
            f'<header><h1>审核单</h1><span class="number">{number}</span></header>',
            '<div class="told">',
            restricted,
            _facts(sheet),
            _part("保密审查", _secrecy(sheet, detail)),
            _part("必备章节", _sections(sheet, detail)),
            _part("上年问题逐条回应", _answers(sheet, detail)),
            _part("与上年重复", _reuse(sheet, detail)),
            _part("字数与待填处", _amounts(sheet)),
            _part("检查意见", _findings(sheet.findings, detail, "没有其他检查意见。")),
            "</div>",
            '<div class="sign"><div class="opinion">审核意见：</div>'
            "<div class=\"name\"><span>签字：</span><span>日期：　　　　年　　月　　日</span></div></div>",
            f'<footer><span>{escape(sheet.path)}</span><span>检查程序于 {made.isoformat()} 生成，供审核参考</span></footer>',
            "</section>",
        )
    )  # fmt: skip


def _part(title: str, body: Iterable[str]) -> str:
    return f"<h2>{title}</h2>\n" + "\n".join(body)


def _mark(good: bool) -> str:
    """✅ or ❌ as a drawing: printers and old machines have no font with these signs."""
    if good:
        shape, name = "M2.5 6.5 5 9l4.5-6", "✅"
    else:
        shape, name = "M3 3l6 6M9 3l-6 6", "❌"
    css = "yes" if good else "no"
    return (
        f'<svg class="{css}" viewBox="0 0 12 12" role="img" aria-label="{name}"><title>{name}</title>'
        f'<rect x=".5" y=".5" width="11" height="11" rx="2"/><path d="{shape}"/></svg>'
    )


def _fact_list(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    what = "，".join(part for part in (sheet.kind, sheet.role) if part)
    facts = (
        ("单位", sheet.unit or "没有写"),
        ("年度、文种", f"{sheet.year or '没有写'}年度 {what}"),
        ("成文日期", sheet.date.isoformat() if sheet.date else "没有写"),
        ("状态", sheet.status or "没有写"),
    )
    return tuple((name, _cut(value, 40)) for name, value in facts)


def _facts(sheet: Sheet) -> str:
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in _fact_list(sheet)
    )
    return (
        f'<p class="title">{escape(_cut(sheet.title, _TITLE))}</p>\n<dl class="facts">{rows}</dl>'
    )


def _secrecy(sheet: Sheet, detail: _Detail) -> Iterator[str]:
    if sheet.secret:
        yield f"<p>{_mark(False)} <b>机器查出 {len(sheet.secret)} 处，须先处理：</b></p>"
        yield from _findings(sheet.secret, detail, "")
    else:
        yield f"<p>{_mark(True)} 机器没有查出问题。机器只能查写法，定稿前仍须保密审查。</p>"
    yield f"<p>审核记录：{escape(_recorded(sheet, detail))}</p>"


def _recorded(sheet: Sheet, detail: _Detail) -> str:
    said = [
        f"{review.role or '没有写谁审'}，{review.date.isoformat() if review.date else '没有写日期'}，{review.result or '没有写结果'}"
        for review in sheet.reviews
    ]
    return _cut("；".join(said), 2 * detail.line) if said else "前言里没有记录。"


def _sections(sheet: Sheet, detail: _Detail) -> Iterator[str]:
    if not sheet.sections:
        yield "<p>文种没有规定必备章节，或文种认不出。</p>"
        return
    shown = _first(sheet.sections, detail.sections)
    items = "".join(
        f"<li>{_mark(state.present)} {escape(_section_line(state, detail))}</li>" for state in shown
    )
    yield f'<ul class="sections">{items}</ul>'
    left = len(sheet.sections) - len(shown)
    if left:
        missing = sum(not s.present for s in sheet.sections) - sum(not s.present for s in shown)
        yield f"<p>另有 {left} 节{f'，其中 {missing} 节缺' if missing else '，都有'}。</p>"


def _first(states: Sequence[SectionState], number: int) -> tuple[SectionState, ...]:
    """The states to show, in their order; when there are too many, those that are missing before the others."""
    wanted = sorted(range(len(states)), key=lambda index: (states[index].present, index))[:number]
    return tuple(states[index] for index in sorted(wanted))


def _section_line(state: SectionState, detail: _Detail) -> str:
    return _cut(f"{state.title}：{state.note}", detail.line)


def _answers(sheet: Sheet, detail: _Detail) -> Iterator[str]:
    comparison = sheet.comparison
    if comparison is None:
        yield "<p>库里没有上一份同类报告，无从对照。</p>"
        return
    if not comparison.answers:
        yield f"<p>上一份报告（{comparison.year}年度）里没有认出分条写的问题。</p>"
        return
    shown = comparison.answers[: detail.answers]
    rows = "".join(
        f"<tr><td>{escape(answer.id)}</td><td>{escape(_cut(answer.problem, detail.problem))}</td>"
        f"<td>{_status(answer, comparison.stated)}</td>"
        f"<td>{escape(_cut(answer.evidence, detail.evidence)) or '—'}</td></tr>"
        for answer in shown
    )
    yield (
        '<table class="answers"><thead><tr><th>编号</th><th>上年的问题</th><th>状态</th><th>依据</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    left = comparison.answers[len(shown) :]
    if left:
        none = sum(1 for a in left if not a.status and not (a.evidence and not comparison.stated))
        yield f"<p>另有 {len(left)} 个问题，其中没有回应的 {none} 个。</p>"


def _status(answer: Answer, stated: bool) -> str:
    """What became of a problem, in the author's word; only silence gets a mark: 未完成 is an answer too. Nobody is silent where the kind
    does not ask for a word (``stated``)."""
    if not answer.status and not stated:
        return "可能有回应" if answer.evidence else "没有找到回应"
    return escape(_cut(answer.status, 8)) or f"{_mark(False)} 没有回应"


def _reuse(sheet: Sheet, detail: _Detail) -> Iterator[str]:
    comparison = sheet.comparison
    if comparison is None:
        yield "<p>库里没有上一份同类报告，无从对照。</p>"
        return
    if not comparison.passages:
        yield f"<p>{_mark(True)} 与上一份（{comparison.year}年度）没有相同的句子。</p>"
        return
    shown = comparison.passages[: detail.passages]
    yield f"<p>{escape(_reuse_line(comparison, len(shown)))}</p>"
    rows = "".join(
        f"<tr><td>{_quoted(p.here, p.here_line, detail)}</td><td>{_quoted(p.there, p.there_line, detail)}</td></tr>"
        for p in shown
    )
    yield (
        '<table class="passages"><thead><tr><th>这一份</th>'
        f"<th>上一份（{comparison.year}年度）</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _reuse_line(comparison: Comparison, shown: int) -> str:
    number = len(comparison.passages)
    listed = "" if number <= shown else f"，下面是最长的 {shown} 处"
    return (
        f"与上一份相同的句子占正文 {comparison.share:.0%}，共 {number} 处、{comparison.copied} 字"
        f"（只换了数字、年份的也算）{listed}。"
    )


def _quoted(text: str, line: int, detail: _Detail) -> str:
    return f"<b>第 {line} 行</b> {escape(_cut(masked(text), detail.quote))}"


def _amounts(sheet: Sheet) -> Iterator[str]:
    length, change = sheet.length, sheet.comparison.change if sheet.comparison else None
    said = [
        f"连标点 {length.characters:,} 字"
        + (f"（比上年 {change.characters:+,}）" if change else ""),
        f"只算汉字 {length.han:,} 字" + (f"（比上年 {change.han:+,}）" if change else ""),
    ]
    yield f"<p>{'；'.join(said)}。</p>"
    yield f"<p>{_mark(not sheet.gaps)} {escape(_gap_line(sheet))}</p>"


def _gap_line(sheet: Sheet) -> str:
    if not sheet.gaps:
        return "没有待填或脱敏处。"
    total = sum(gap.number for gap in sheet.gaps)
    listed = "、".join(f"第 {gap.line} 行 {gap.number} 处" for gap in sheet.gaps[:5])
    return f"待填或脱敏处 {total} 处：{listed}{'等' if len(sheet.gaps) > 5 else ''}。"


def _findings(findings: Sequence[Finding], detail: _Detail, nothing: str) -> Iterator[str]:
    if not findings:
        yield f"<p>{_mark(True)} {nothing}</p>"
        return
    shown = findings[: detail.findings]
    lines = "".join(f"<li>{escape(_finding_line(finding, detail))}</li>" for finding in shown)
    yield f'<ol class="findings">{lines}</ol>'
    more = count(findings[len(shown) :])
    kinds = (("必须改", more.error), ("建议改", more.warning), ("供参考", more.info))
    said = "、".join(f"{name} {number} 处" for name, number in kinds if number)
    if said:
        yield f"<p>另有{said}。</p>"


def _finding_line(finding: Finding, detail: _Detail) -> str:
    message = masked(finding.message) if is_confidential(finding) else finding.message
    said = f"{finding.severity.label}，第 {finding.start.line} 行（{rule_name(finding.rule)}）：{message}"
    return _cut(said, detail.message)


def _cut(text: str, longest: int) -> str:
    """``text`` on one line, and no longer than ``longest`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _em(char: str) -> float:
    """The width of a character on the page, rather too much than too little: fonts differ from machine to machine."""
    if char.isupper() or char in "mw@%&":
        return 1.0
    return 0.65 * char_width(char) if char_width(char) < 2 else 1.0


def _rows(text: str, width: float) -> int:
    """How many lines a text takes in a column ``width`` characters wide; up to one is lost at the end of a line, where a
    punctuation mark must not begin the next."""
    return max(1, math.ceil(sum(map(_em, text)) / (width - 1)))


def _height(sheet: Sheet, detail: _Detail) -> float:
    """How many lines the page would take, estimated on the high side; a test in a browser holds it against the truth."""
    facts = [_rows(f"{name}：{value}", _HALF) for name, value in _fact_list(sheet)]
    lines = 1.0 + (1 if sheet.restricted else 0) + 1.3 * _rows(_cut(sheet.title, _TITLE), 42)
    lines += sum(max(facts[at : at + 2]) for at in range(0, len(facts), 2))
    heading = 1.4
    lines += heading + 1 + _rows("审核记录：" + _recorded(sheet, detail), _FULL)
    lines += _findings_height(sheet.secret, detail) if sheet.secret else 0
    shown = _first(sheet.sections, detail.sections)
    pairs = [_rows(_section_line(state, detail), _HALF - 2) for state in shown]
    lines += heading + sum(max(pairs[at : at + 2]) for at in range(0, len(pairs), 2))
    lines += 1 if len(shown) < len(sheet.sections) or not shown else 0
    comparison = sheet.comparison
    lines += 2 * heading
    if comparison is None:
        lines += 2
    else:
        lines += _answers_height(comparison.answers, detail)
        lines += _passages_height(comparison.passages, detail)
    lines += heading + 1 + _rows("　　" + _gap_line(sheet), _FULL)
    return lines + heading + _findings_height(sheet.findings, detail)


def _answers_height(answers: Sequence[Answer], detail: _Detail) -> float:
    shown = answers[: detail.answers]
    lines = 1.3 if shown else 1.0
    for answer in shown:
        lines += 0.2 + max(
            _rows(_cut(answer.problem, detail.problem), _PROBLEM),
            _rows(_cut(answer.evidence, detail.evidence), _EVIDENCE),
            _rows("　" + _cut(answer.status, 8), _STATUS),
        )
    return lines + (1 if len(shown) < len(answers) else 0)


def _passages_height(passages: Sequence[Passage], detail: _Detail) -> float:
    shown = passages[: detail.passages]
    lines = 1.0 + (1.3 if shown else 0)
    for passage in shown:
        texts = (passage.here, passage.there)
        lines += 0.2 + max(
            _rows("第 0000 行 " + _cut(text, detail.quote), _HALF - 0.5) for text in texts
        )
    return lines


def _findings_height(findings: Sequence[Finding], detail: _Detail) -> float:
    shown = findings[: detail.findings]
    lines = sum(_rows(_finding_line(finding, detail), _FULL - 3) for finding in shown)
    return max(lines, 1) + (1 if len(shown) < len(findings) else 0)


# Sizes are those of print. The page is exactly one sheet high and the signature stands at its foot: even a text nobody has thought of
# can push out neither the signature nor a second page.
_STYLE = """\
@page { size: A4; margin: 12mm 14mm; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; color: #000; background: #fff; font: 9.5pt/1.42 "PingFang SC", "Microsoft YaHei", "微软雅黑", "Noto Sans CJK SC", "Source Han Sans SC", "SimSun", sans-serif; line-break: strict; word-break: break-all; overflow-wrap: anywhere; }
.sheet { width: 182mm; height: 272mm; display: flex; flex-direction: column; overflow: hidden; break-after: page; page-break-after: always; }
.sheet:last-child { break-after: auto; page-break-after: auto; }
header { position: relative; text-align: center; }
.number { position: absolute; right: 0; bottom: 1mm; font-size: 9pt; }
h1 { margin: 0 0 1mm; font-size: 17pt; line-height: 1.3; letter-spacing: .5em; text-indent: .5em; }
h2 { margin: 1.6mm 0 .4mm; padding-left: 1.5mm; border-left: 1mm solid #000; font-size: 10pt; line-height: 1.35; }
p, ul, ol, dl, table { margin: 0; }
.told { flex: 0 1 auto; min-height: 0; overflow: hidden; }
.title { font-size: 12pt; font-weight: 700; text-align: center; border-top: .5mm solid #000; padding: 1mm 0 .5mm; }
.restricted { font-weight: 700; text-align: center; }
.facts { display: flex; flex-wrap: wrap; border-bottom: .2mm solid #000; padding-bottom: .8mm; }
.facts div { display: flex; width: 50%; }
dt { flex: none; font-weight: 700; } dt::after { content: "："; } dd { margin: 0; }
svg { width: 1em; height: 1em; vertical-align: -.12em; fill: none; stroke: #000; stroke-width: 1.4; }
svg rect { stroke-width: 1; } .yes { stroke: #14691f; } .no { stroke: #b3261e; }
.sections { list-style: none; padding: 0; display: flex; flex-wrap: wrap; }
.sections li { width: 50%; padding: 0 1.5mm 0 1.4em; text-indent: -1.4em; }
.findings { padding-left: 1.8em; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border: .2mm solid #555; padding: .2mm 1mm; text-align: left; vertical-align: top; }
th { font-weight: 700; }
.answers th:nth-child(1) { width: 18mm; } .answers th:nth-child(3) { width: 26mm; } .answers th:nth-child(4) { width: 60mm; }
.sign { flex: 1 0 auto; display: flex; flex-direction: column; margin-top: 2mm; border: .3mm solid #000; }
.opinion { flex: 1 0 auto; min-height: 20mm; padding: 1mm 1.5mm; font-weight: 700; }
.name { display: flex; border-top: .2mm solid #000; padding: 2mm 1.5mm; font-weight: 700; }
.name span { width: 50%; }
footer { flex: none; display: flex; justify-content: space-between; font-size: 7.5pt; color: #444; margin-top: .6mm; }
.how { display: none; }
@media screen {
  body { background: #e9e9ec; padding: 6mm; }
  .how { display: block; width: 206mm; margin: 0 auto 4mm; }
  .sheet { width: 210mm; height: 296mm; padding: 12mm 14mm; margin: 0 auto 8mm; background: #fff; box-shadow: 0 0 2mm rgba(0, 0, 0, .3); }
}
"""
