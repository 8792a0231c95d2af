"""The page of one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ..corpus import Block, Corpus, Report, Section, find_placeholders
from ..corpus.blocks import cells
from ..corpus.ending import Ending, find_ending
from ..rules import Finding
from .inline import inline_html
from .page import (
    Page,
    TocEntry,
    kind_uri,
    link,
    number,
    relative,
    report_uri,
    unit_uri,
    year_uri,
)

_DESCRIPTION = 80
#: How a report page is printed; no other page loads it.
_PRINT_STYLE = "assets/print.css"


def report_page(
    report: Report, corpus: Corpus, findings: Iterable[Finding] = (), against: str = "", word: str = ""
) -> Page:  # fmt: skip
    """The page of ``report``; ``corpus`` is what readers may see, ``findings`` are shown in a folded box, ``against`` is the
    block 与上年对照, ``word`` the address of the Word file below the site's root (empty: there is none)."""
    uri = report_uri(report)
    html = "\n".join(
        part
        for part in (
            f"<h1>{escape(report.title)}</h1>",
            _paper(report, uri, word),
            _facts(report, uri),
            _findings(findings),
            against,
            f'<div class="bg-text">\n{text_html(report)}\n</div>',
            _series(report, corpus, uri),
        )
        if part
    )
    description = next((b.plain for b in report.blocks if b.kind == "paragraph"), "")
    return Page(uri, report.title, html, toc(report.sections), description[:_DESCRIPTION])


def _paper(report: Report, uri: str, word: str) -> str:
    """下载Word, and the style for print; ``assets/print.js`` puts the button 打印 before it."""

    def address(to: str) -> str:
        return escape(relative(uri, to))

    download = (
        f'<a class="bg-word" href="{address(word)}" download="{escape(report.title)}.docx">下载Word</a>'
        if word
        else ""
    )
    return (
        f'<link rel=stylesheet media=print href="{address(_PRINT_STYLE)}">'
        "<div class=bg-paper>"
        f"{download}</div>"
    )


def toc(sections: Iterable[Section]) -> tuple[TocEntry, ...]:
    """The contents of a report: every heading, run-in ones too."""
    return tuple(
        TocEntry(s.heading_text.rstrip("。"), s.anchor, s.level + 1, toc(s.children))
        for s in sections
    )


def text_html(report: Report, deeper: int = 0, *, alone: bool = True, lines: bool = False) -> str:
    """The body of a report: its text, character for character. Where it is ``alone`` on its page it is a document of its own, and its
    headings have their anchors; where several reports share a page headings are ``deeper`` by so many levels. With ``lines`` each block says on which line
    of the file it begins, so that findings can be shown beside it."""
    headings = {section.heading.start: section for section in report.walk()}
    title = report.outline.title
    return "\n".join(_blocks(report, headings, title, deeper, alone, lines))


def _closing(ending: Ending) -> str:
    """落款 of the front matter, for paper only: the style writes it, so that the page's text stays that of the report."""
    return f'<div class="bg-closing" data-name="{escape(ending.name)}" data-date="{ending.shown_date}"></div>'


def _paper_class(block: Block, ending: Ending) -> str:
    """What a block is on paper, as an attribute; empty for what is nothing special."""
    name = ""
    if block.start in ending.annexes:
        name = "bg-annex"
    elif block.start in ending.titles:
        name = "bg-annex-title"
    elif block.start in ending.notes:
        name = "bg-annex-note"
    elif block.start in ending.signed:
        name = "bg-signed-date" if block.start == ending.signed[-1] else "bg-signed-name"
    return f' class="{name}"' if name else ""


def _blocks(
    report: Report,
    headings: dict[int, Section],
    title: Block | None,
    deeper: int,
    alone: bool,
    lines: bool,
) -> Iterator[str]:
    ending = find_ending(report)
    source = report.source.text
    in_list = False
    for block in report.blocks:
        if block is title or block.kind == "comment":
            continue
        if in_list and block.kind != "bullet":
            yield "</ul>"
            in_list = False
        if alone and block.start == ending.before:
            yield _closing(ending)
        css = _paper_class(block, ending)
        section = headings.get(block.start)
        line = f' data-line="{report.source.position(block.start).line}"' if lines else ""
        if block.kind == "heading":
            level = min(max(section.level + 1 if section else block.level, 2) + deeper, 6)
            named = _anchor(section) if alone else ""
            yield f"<h{level}{named}{css}{line}>{_text(report, block)}</h{level}>"
        elif block.kind == "paragraph" and section is not None:
            head = _text(report, block, 0, section.heading_length)
            rest = _text(report, block, section.heading_length)
            yield (
                f'<p{_anchor(section) if alone else ""} class="bg-run-in bg-level-{section.level}"{line}>'
                f'<span class="bg-run-in-title">{head}</span>{rest}</p>'
            )
        elif block.kind == "paragraph":
            yield f"<p{css}{line}>{_text(report, block)}</p>"
        elif block.kind == "bullet":
            if not in_list:
                yield "<ul>"
                in_list = True
            yield f"<li{line}>{_text(report, block)}</li>"
        elif block.kind == "table":
            yield table_html(source, block, line)
        elif block.kind == "break":
            yield "<hr>"
    if in_list:
        yield "</ul>"
    if alone and ending.before is None:
        yield _closing(ending)


def _anchor(section: Section | None) -> str:
    return f' id="{escape(section.anchor)}"' if section and section.anchor else ""


def _text(report: Report, block: Block, begin: int = 0, end: int | None = None) -> str:
    return inline_html(
        report.source.text, block.lines, begin=begin, end=end, marks=find_placeholders(block.plain)
    )


def table_html(source: str, block: Block, line: str = "") -> str:
    """A table of a report; ``line`` an attribute for its box."""
    rows = []
    for index, (start, end) in enumerate(block.lines):
        tag = "th" if index == 0 else "td"
        row = "".join(
            f"<{tag}>{inline_html(source, [span])}</{tag}>" for span in cells(source, start, end)
        )
        rows.append(f"<tr>{row}</tr>")
    return (
        f'<div class="bg-scroll" tabindex="0"{line}><table class="bg-table">'
        f"<thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody></table></div>"
    )


def _facts(report: Report, uri: str) -> str:
    fields = report.data.fields
    status = report.status or ""
    facts: list[tuple[str, str]] = []
    if report.year is not None:
        facts.append(("年度", link(uri, year_uri(report.year), f"{report.year}年度")))
    if report.unit is not None:
        facts.append(("单位", link(uri, unit_uri(report.unit.id), report.unit_name)))
    if report.kind is not None:
        facts.append(("文种", link(uri, kind_uri(report.kind.id), report.kind.name)))
    if report.author is not None:
        facts.append(("角色", escape(report.author.name)))
    if report.date is not None:
        facts.append(("成文日期", f"{report.date.year}年{report.date.month}月{report.date.day}日"))
    label = escape(fields.label("status", status))
    facts.append(("状态", f'<span class="bg-status bg-status-{escape(status)}">{label}</span>'))
    length = report.length
    facts.append(("篇幅", f"{number(length.characters)}字（含标点），其中汉字{number(length.han)}"))
    if report.placeholder_count:
        facts.append(("待填或脱敏处", f"{report.placeholder_count}处，文中已标出"))
    source = report.front.value("source")
    if isinstance(source, dict) and source.get("name"):
        digest = str(source.get("sha256", ""))
        title = f' title="SHA-256 {escape(digest)}"' if digest else ""
        facts.append(("来源文件", f"<span{title}>{escape(str(source['name']))}</span>"))
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f"<dl class=bg-facts>{rows}</dl>"


def _series(report: Report, corpus: Corpus, uri: str) -> str:
    series = corpus.series(report)
    if len(series) < 2:
        return ""
    beside = {
        corpus.predecessor(report): " class=bg-prev",
        corpus.successor(report): " class=bg-next",
    }
    years = "".join(
        f'<li aria-current="page">{other.year}</li>'
        if other is report
        else f"<li{beside.get(other, '')}>{link(uri, report_uri(other), str(other.year))}</li>"
        for other in series
    )
    return (
        "<nav class=bg-series aria-label=历年同类报告>"
        f"<p class=bg-series-title>历年同类报告</p><ol>{years}</ol></nav>"
    )


def _findings(findings: Iterable[Finding]) -> str:
    findings = list(findings)
    if not findings:
        return ""
    items = "".join(
        f'<li><span class="bg-severity bg-{f.severity.value}">{f.severity.label}</span> '
        f"第{f.start.line}行：{escape(f.message)}"
        + (f"<br>怎么改：{escape(f.help)}" if f.help else "")
        + "</li>"
        for f in findings
    )
    return (
        '<details class="bg-findings">'
        f"<summary>检查结果 {len(findings)} 处（只在预览时显示）</summary><ul>{items}</ul></details>"
    )
