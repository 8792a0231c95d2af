"""新提法、旧提法: what came into the language of the reports in a year and what went out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from html import escape

from ..corpus import Report, statements
from ..insight import Insight
from ..insight.phrases import TITLE, PhraseUse, YearPhrases
from .page import (
    GUESS,
    NONE,
    DataColumn,
    LatePage,
    Page,
    data_table,
    key_of,
    link,
    search_uri,
    sentence_link,
    table,
    year_uri,
)

INDEX = "phrases/index.html"
#: Rows of one table; further ones stand in the fewest reports and are only counted.
_MOST_ROWS = 300
_MOST_PLACES = 5
#: Characters of the sentence shown on either side of the phrase.
_AROUND = 24
_HOW = (
    f"<p>{GUESS} 由程序从报告里数出来，没有人核过：术语词表和固定表述里的词，同一年度不止一份报告加了引号的词，"
    "书名号里的文件名（年份和“试行”不算），前后都是标点的五到十字短句。一级标题里的字不算。"
    "只有往年（或往后）有同类报告可比的，才算数；换了说法的、只是今年没提的，程序分不出来，点开核对。</p>"
)


def phrases_uri(year: int) -> str:
    return f"phrases/{year}.html"


def phrase_pages(insight: Insight) -> Iterator[Page | LatePage]:
    """The overview of all years and a page for each year that has a year before it."""
    changes = insight.phrase_changes
    yield _index(changes)
    for change in changes:
        names = {name for use in (*change.new, *change.gone) for name in use.reports}
        cited = [report for report in insight.corpus.reports if report.name in names]
        key = f"{change} {[other.year for other in changes]} {key_of(cited)}"
        yield LatePage(
            phrases_uri(change.year), _title(change), partial(_year, change, insight), key
        )


def _title(change: YearPhrases) -> str:
    return f"{change.year}年度的新提法和不再出现的提法"


def _index(changes: Sequence[YearPhrases]) -> Page:
    title = "新提法、旧提法"
    if not changes:
        html = f"<h1>{title}</h1>\n<p>要有两个年度的报告，才看得出提法的变化。</p>"
        return Page(INDEX, title, html)
    rows = [
        [
            link(INDEX, phrases_uri(change.year), f"{change.year}年度"),
            _few(change.new), _few(change.gone), str(len(change.new)), str(len(change.gone)),
        ]
        for change in changes
    ]  # fmt: skip
    html = (
        f"<h1>{title}</h1>\n<p>各单位的报告合起来看：哪些提法从哪一年起有，哪些从哪一年起不再有。</p>\n{_HOW}\n"
        + table(["年度", "新出现", "不再出现", "新（个）", "旧（个）"], rows, "bg-phrases-index")
    )
    return Page(INDEX, title, html)


def _few(uses: Sequence[PhraseUse], most: int = 8) -> str:
    shown = "、".join(escape(_shown(use)) for use in uses[:most])
    return shown + ("……" if len(uses) > most else "") if shown else NONE


def _shown(use: PhraseUse) -> str:
    return f"《{use.text}》" if use.kind == TITLE else use.text


def _year(change: YearPhrases, insight: Insight) -> Page:
    uri = phrases_uri(change.year)
    others = " · ".join(
        f"<strong>{other.year}</strong>"
        if other is change
        else link(uri, phrases_uri(other.year), str(other.year))
        for other in insight.phrase_changes
    )
    parts = [
        f"<h1>{escape(_title(change))}</h1>\n<p>其他年度：{others}。"
        f"{link(uri, year_uri(change.year), f'{change.year}年度报告')} · {link(uri, INDEX, '各年度概览')}</p>\n{_HOW}"
    ]
    blocks = (
        ("new", "新提法", f"{change.year}年度至少{change.least[0]}份报告写到，此前各年度的报告里没有。", change.new, False),
        ("gone", "不再出现的提法", f"{change.before}年度至少{change.least[1]}份报告还写到，{change.year}年度起各份报告里都没有。", change.gone, True),
    )  # fmt: skip
    for anchor, title, note, uses, gone in blocks:
        parts.append(f'<h2 id="{anchor}">{title}</h2>\n<p>{note}</p>')
        words = [use for use in uses if use.kind != TITLE]
        documents = [use for use in uses if use.kind == TITLE]
        if not uses:
            parts.append('<p class="bg-none">没有。</p>')
        if words:
            parts.append(_table(uri, words, gone, insight, f"{title}"))
        if documents:
            parts.append(f'<h3 id="{anchor}-titles">文件名称</h3>')
            parts.append(_table(uri, documents, gone, insight, f"{title}：文件名称"))
    html = "<div>\n" + "\n".join(parts) + "\n</div>"
    return Page(uri, _title(change), html)


def _table(uri: str, uses: Sequence[PhraseUse], gone: bool, insight: Insight, label: str) -> str:
    columns = (
        DataColumn("提法"), DataColumn("怎样认出", choose=True), DataColumn("单位（个）", "number"),
        DataColumn("报告（份）", "number"), *((DataColumn("用过的年度", "number"),) if gone else ()),
        DataColumn("例句", ""), DataColumn("出处", ""),
    )  # fmt: skip
    rows = []
    for use in uses[:_MOST_ROWS]:
        reports = [r for name in use.reports if (r := insight.corpus.find(name)) is not None]
        one_each = list({r.unit.id: r for r in reversed(reports) if r.unit}.values())[::-1]
        places = [_place(uri, report, use.words) for report in one_each[:_MOST_PLACES]]
        left = len(reports) - len(places)
        where = "、".join(place for _, place in places)
        if left > 0:
            where += f"，{link(uri, search_uri(use.words), f'其余{left}份')}"
        years = f"{use.first}—{use.last}" if use.first != use.last else str(use.first)
        rows.append(
            [
                link(uri, search_uri(use.words), _shown(use), title="检索全部报告"), use.kind,
                str(use.units), str(len(use.reports)), *([years] if gone else []),
                places[0][0] if places else "", where,
            ]
        )  # fmt: skip
    note = (
        f"<p>另有{len(uses) - _MOST_ROWS}个没有列出，写到它们的报告都不比表里的多。</p>"
        if len(uses) > _MOST_ROWS
        else ""
    )
    return data_table(columns, rows, label, "bg-phrases") + note


def _place(uri: str, report: Report, words: str) -> tuple[str, str]:
    """The sentence with the words cut short around them, and a link to its section; the whole report where no single sentence
    has them (in a table, say)."""
    name = report.unit_brief
    for statement in statements(report):
        at = statement.text.find(words)
        if at >= 0:
            start, end = max(at - _AROUND, 0), at + len(words) + _AROUND
            text = statement.text
            excerpt = (
                f"{'…' if start else ''}{escape(text[start:at])}<strong>{escape(words)}</strong>"
                f"{escape(text[at + len(words) : end])}{'…' if end < len(text) else ''}"
            )
            return excerpt, sentence_link(uri, report, statement.anchor, words, name)
    return "", sentence_link(uri, report, "", words, name)
