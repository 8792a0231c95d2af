"""数据: the pages of the figures of the reports, and the tables to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape

from ..corpus import Corpus, CuratedMeasure, Report, Unit
from ..corpus.memo import digest_of
from ..insight import Column, Insight, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes
from ..insight.comparison import Pair
from ..insight.figures import Figure, Figures, Measures, Series, notes
from .chart import Point, line_chart, sparkline
from .compare import Extra, FigureChange, Quote, figures_extra
from .page import (
    GUESS,
    DataColumn,
    LateDownload,
    LatePage,
    Page,
    TocEntry,
    data_table,
    key_of,
    link,
    number,
    sentence_link,
    unit_uri,
)

FOLDER = "figures"
INDEX = f"{FOLDER}/index.html"
_STYLES = ("assets/figures.css",)
#: Rows of measures on the first page; beyond, one row stands for all units of a measure.
_ROWS_OF_INDEX = 120
_YEARS_OF_INDEX = 6
#: Figures of a unit that are listed one by one, the newest first.
_LISTED = 100
#: Units of a measure: rows of its table, and charts.
_ROWS_OF_MEASURE = 400
_CHARTS = 24
#: Past this many rows a workbook takes longer to write than all pages.
_ROWS_OF_WORKBOOK = 20_000
#: How far the words reach that a report marks around a figure, in characters.
_MARKED = 36
_KINDS = {"now": "当年", "before": "此前", "change": "变化", "plan": "打算、目标"}
_STOPS = "。！？；，、："
_SMALL, _WITH = "≤2，从略", "从略"
_READ = "点一下数字，看它所在的句子。"


def figure_pages(insight: Insight) -> Iterator[LatePage]:
    """The first page, a page for each unit, and one for each measure of ``figures.yml``. None is made before it is written."""
    yield LatePage(INDEX, "数据", lambda: _index(insight.measures))
    for unit, key in _keys(insight.corpus):
        yield LatePage(_uri(unit.id), _unit_title(unit), partial(_unit_page, insight, unit), key)
    everything = digest_of(key_of(insight.corpus.reports).encode())
    for measure in insight.corpus.data.figures.measures:
        make = partial(_measure_page, insight, measure)
        yield LatePage(_uri(measure.id), _measure_title(measure), make, everything)


def figure_downloads(insight: Insight) -> Iterator[LateDownload]:
    """What the tables of the pages hold, for all units and for each, as .csv and .xlsx."""
    everything = digest_of(key_of(insight.corpus.reports).encode())
    for unit, key in _keys(insight.corpus):
        for kind in _kinds(unit.id):
            yield LateDownload(
                f"{FOLDER}/{unit.id}.{kind}", partial(_table, insight, unit.id, kind), key
            )
    for kind in _kinds(_ALL):
        yield LateDownload(f"{FOLDER}/all.{kind}", partial(_table, insight, "", kind), everything)


_ALL = "all"


def _kinds(stem: str) -> tuple[str, ...]:
    """The endings of a table. Those of the units are workbooks alone: a library has hundreds of them, and what a page lists is
    saved as .csv by ``assets/tables.js``."""
    if not can_write_xlsx():
        return ("csv",)
    return ("xlsx", "csv") if stem == _ALL else ("xlsx",)


def _keys(corpus: Corpus) -> list[tuple[Unit, str]]:
    """The units that have reports, in the order of ``units.yml``, each with what its pages depend on."""
    return [
        (unit, key_of(corpus.by_unit[unit.id]))
        for unit in corpus.data.units.units
        if unit.id in corpus.by_unit
    ]


def _unit_title(unit: Unit) -> str:
    return f"{unit.current.name}：数据"


def _measure_title(measure: CuratedMeasure) -> str:
    return f"{measure.name}：历年数据"


def _made(
    here: str, title: str, parts: Iterable[str], toc: Iterable[TocEntry], description: str
) -> Page:
    html = "\n".join(part for part in parts if part)
    return Page(here, title, html, tuple(toc), description, _STYLES)


def _unit_page(insight: Insight, unit: Unit) -> Page:
    return _unit(_for_once(insight.figures), unit)


def _for_once(figures: Figures) -> Figures:
    """The same figures, whose series are forgotten after use: no other page needs those of this unit."""
    return Figures(figures.corpus, figures.packed)


def _measure_page(insight: Insight, measure: CuratedMeasure) -> Page:
    return _measure(insight.measures.figures, measure)


def _curated(figures: Figures) -> list[Series]:
    return [one for series in figures.by_measure.values() for one in series]


def _uri(id: str) -> str:
    return f"{FOLDER}/{id}.html"


def _report(figures: Figures, figure: Figure) -> Report:
    report = figures.corpus.find(figure.report)
    assert report is not None, figure.report
    return report


# Figures as HTML


def figure_link(here: str, figures: Figures, figure: Figure) -> str:
    """The figure as written, as a link to its sentence; a gap is marked, what is withheld says so. It sorts by its value."""
    report = _report(figures, figure)
    if figure.withheld:
        shown = _SMALL if figure.withheld == "small" else _WITH
        return f'<span data-value="">{sentence_link(here, report, figure.anchor, "", shown)}</span>'
    made = sentence_link(here, report, figure.anchor, marked(figure), written(figure))
    if figure.value is None:
        return f'<mark class="bg-gap">{made}</mark>'
    value = f"{figure.value:.12g}"
    return made if figure.text.startswith(value) else f'<span data-value="{value}">{made}</span>'


def written(figure: Figure) -> str:
    """The figure with what makes it inexact: 450余人次, 不少于3次, 100人以上."""
    if not figure.approx or figure.approx in figure.text:
        return figure.text
    if figure.approx in ("以上", "以下", "以内", "及以上", "及以下", "左右", "上下", "内", "多"):
        return figure.text + figure.approx
    return figure.approx + figure.text


def marked(figure: Figure) -> str:
    """The words around a figure that its report marks: its clause, or as much of it as makes it found."""
    if figure.at < 0:
        return ""
    text, begin = figure.sentence, figure.at
    end = begin + len(figure.text)
    least, most = max(0, begin - _MARKED), min(len(text), end + _MARKED // 3)
    while begin > least and text[begin - 1] not in _STOPS:
        begin -= 1
    while end < most and text[end] not in _STOPS:
        end += 1
    return text[begin:end].strip()


def _cell(here: str, figures: Figures, series: Series, year: int) -> str:
    found = series.of_year.get(year, ())
    if not found:
        return ""
    return "；".join(figure_link(here, figures, figure) for figure in found)


def points(series: Series) -> list[Point]:
    """The points of a chart of ``series``. The line breaks where the words say that it is another's figure (口径)."""
    made = []
    scope = ""
    for year, found in series.years:
        value = series.value(year)
        scopes = {figure.scope for figure in found if figure.scope}
        joined = not scope or not scopes or scope in scopes
        if len(scopes) == 1:
            scope = min(scopes)
        one = found[0]
        label = "；".join(dict.fromkeys(written(f) for f in found if f.text and not f.gap))
        mark = "待填" if one.gap else "从略" if any(f.withheld for f in found) else ""
        alone = value is not None
        made.append(
            Point(year, value, label, one.low if alone else None, one.high if alone else None, joined, mark or ("" if alone else "多个数"))
        )  # fmt: skip
    return made


def _trend(series: Series) -> str:
    return sparkline(points(series))


def _notes(series: Series) -> str:
    told = [escape(note) for note in notes(series)]
    if not series.key.measure:
        told.insert(0, GUESS)
    return "；".join(told) if len(told) > 1 or series.key.measure else "".join(told)


def _take(here: str, stem: str, series: Sequence[Series]) -> str:
    """Links to the tables of ``series`` beside the pages."""
    first = _first_year(series, _ROWS_OF_WORKBOOK)
    since = {"xlsx": f"（{first}年度起）" if first else ""}
    links = "".join(
        link(here, f"{FOLDER}/{stem}.{kind}", f"下载 .{kind}{since.get(kind, '')}")
        for kind in _kinds(stem)
    )
    return f'<p class="bg-take">{links}</p>'


def _first_year(series: Sequence[Series], most: int) -> int:
    """The year from which on the rows of ``series`` are ``most`` at the most; 0 where all are."""
    rows: Counter[int] = Counter()
    for one in series:
        rows.update({year: len(found) for year, found in one.years})
    for year in sorted(rows, reverse=True):
        most -= rows[year]
        if most < 0:
            return year + 1
    return 0


# Between two reports


def figures_part(insight: Insight, here: str, pair: Pair) -> Extra | None:
    """数据变化 in a comparison: what both reports give one number for, where the numbers differ or are bounded differently."""
    changes = insight.figures.changes(pair.later, pair.earlier)
    told = [
        FigureChange(change.label, _quote(change.earlier), _quote(change.later), not change.certain)
        for change in changes
        if written(change.earlier) != written(change.later)
    ]
    return figures_extra(here, pair, told)


def _quote(figure: Figure) -> Quote:
    return Quote(written(figure), figure.anchor, marked(figure))


# The first page


def _index(measures: Measures) -> Page:
    figures, counts = measures.figures, measures.counts
    corpus = figures.corpus
    units = {
        unit: sum(counts[report.name] for report in corpus.by_unit[unit.id])
        for unit in corpus.data.units.units
        if unit.id in corpus.by_unit
    }
    if not any(units.values()):
        return _made(INDEX, "数据", ["<h1>数据</h1>", "<p>报告里还没有数据。</p>"], [], "")
    shown = sum(len(series) for series in figures.by_measure.values())
    parts = [
        "<h1>数据</h1>",
        f"<p>历年报告里共有{number(sum(units.values()))}个数据。先列{link(INDEX, 'guide/words.html', '指标表', 'figures')}里的指标，"
        f"每个单位的全部数据见{link(INDEX, INDEX, '按单位', 'units')}。{_READ}“XX人次”这样待填或脱敏的是空缺，不当作数字；"
        f"同一年度有几个数的都列出，图上不连线；纪律处分、谈话等人数很少的从略。"
        f"{link(INDEX, 'guide/insight.html', '怎样认的、怎样用', 'figures')}</p>",
        _take(INDEX, _ALL, _curated(figures)),
    ]
    toc = []
    for place, theme in enumerate(figures.words.themes, 1):
        ids = [id for id in figures.by_measure if figures.measure(id).theme == theme]
        if not ids:
            continue
        anchor = f"theme-{place}"
        toc.append(TocEntry(theme, anchor, 2))
        parts.append(f'<h2 id="{anchor}">{escape(theme)}</h2>')
        parts.append(_themed(figures, theme, ids, shown > _ROWS_OF_INDEX))
    toc.append(TocEntry("按单位", "units", 2))
    parts.append('<h2 id="units">按单位</h2>')
    rows = [
        [link(INDEX, _uri(unit.id), unit.current.name), number(count), number(len(figures.of_unit(unit.id)))]
        for unit, count in units.items()
    ]  # fmt: skip
    columns = [
        DataColumn("单位"),
        DataColumn("数据（个）", "number"),
        DataColumn("指标（项）", "number"),
    ]
    parts.append(data_table(columns, rows, "各单位的数据"))
    return _made(INDEX, "数据", parts, toc, "历年报告里的数据，按指标和年度对照")


def _themed(figures: Figures, theme: str, ids: Sequence[str], short: bool) -> str:
    """The measures of a theme: a row for each unit, or where that is too much, one for each measure."""
    if short:
        rows = []
        for id in ids:
            series = figures.by_measure[id]
            years = sorted({year for one in series for year, _ in one.years})
            units = len({one.unit_id for one in series})
            rows.append(
                [link(INDEX, _uri(id), figures.measure(id).name), number(units), _span(years)]
            )
        columns = [DataColumn("指标"), DataColumn("单位（个）", "number"), DataColumn("年度")]
        return data_table(columns, rows, f"{theme}的指标")
    found = [one for id in ids for one in figures.by_measure[id]]
    years = sorted({year for one in found for year, _ in one.years})[-_YEARS_OF_INDEX:]
    rows = [
        [
            link(INDEX, _uri(one.key.measure), one.label),
            _unit_link(INDEX, figures, one),
            escape(one.unit),
            _trend(one),
            *(_cell(INDEX, figures, one, year) for year in years),
        ]
        for one in found
    ]
    return data_table(
        [DataColumn("指标"), DataColumn("单位", choose=True), DataColumn("量词", ""), DataColumn("走势", ""), *_year_columns(years)],
        rows, f"{theme}的指标，按年度", "bg-figures",
    )  # fmt: skip


def _year_columns(years: Iterable[int]) -> list[DataColumn]:
    return [DataColumn(str(year), "number") for year in years]


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"


def _brief(figures: Figures, unit_id: str) -> str:
    unit = figures.corpus.data.units.find(unit_id)
    return unit.current.brief if unit else unit_id


def _unit_link(here: str, figures: Figures, series: Series) -> str:
    return link(here, _uri(series.unit_id), _brief(figures, series.unit_id))


# A unit


def _unit(figures: Figures, unit: Unit) -> Page:
    here = _uri(unit.id)
    title = _unit_title(unit)
    series = figures.of_unit(unit.id)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{link(here, INDEX, '全部单位')} · {link(here, unit_uri(unit.id), '这个单位的报告')}</p>",
        f"<p>{_READ}{link(here, 'guide/insight.html', '怎样认的、怎样用', 'figures')}</p>",
    ]
    toc = []
    if series:
        toc.append(TocEntry("历年对照", "compared", 2))
        parts += [
            '<h2 id="compared">历年对照</h2>',
            f"<p>指标名称带链接的，是{link(here, 'guide/words.html', '指标表', 'figures')}里的；标{GUESS}的，是程序凭动词和名词"
            "认作同一件事，可能认错，用时请看原文。</p>",
            _take(here, unit.id, series),
            _compared(figures, here, series),
        ]
    toc.append(TocEntry("全部数据", "all", 2))
    parts += ['<h2 id="all">全部数据</h2>', _all(figures, here, unit)]
    return _made(here, title, parts, toc, f"{unit.current.name}历年报告里的数据")


def _compared(figures: Figures, here: str, series: Sequence[Series]) -> str:
    years = sorted({year for one in series for year, _ in one.years})
    rows = [
        [
            link(here, _uri(one.key.measure), one.label) if one.key.measure else escape(one.label),
            escape(one.unit),
            _trend(one),
            *(_cell(here, figures, one, year) for year in years),
            _notes(one),
        ]
        for one in series
    ]
    columns = [
        DataColumn("指标"),
        DataColumn("量词", ""),
        DataColumn("走势", ""),
        *_year_columns(years),
        DataColumn("说明"),
    ]
    return data_table(columns, rows, "历年对照", "bg-figures")


def _all(figures: Figures, here: str, unit: Unit) -> str:
    reports = sorted(
        figures.corpus.by_unit[unit.id], key=lambda r: (-(r.content_year or 0), r.name)
    )
    found = [figure for report in reports for figure in figures.of(report)]
    rows = [
        [
            escape(figure.label or "（没有写明）"), figure_link(here, figures, figure), str(figure.year),
            _KINDS[figure.kind], escape(figure.scope),
            escape(_kind_of(figures, figure)),
        ]
        for figure in found[:_LISTED]
    ]  # fmt: skip
    columns = [
        DataColumn("数的是什么"), DataColumn("数", "number"), DataColumn("年度", "number", choose=True),
        DataColumn("哪一种", choose=True), DataColumn("口径", choose=True), DataColumn("报告", choose=True),
    ]  # fmt: skip
    # A column that says of every row what goes without saying is left out.
    usual = ({_KINDS["now"]}, {""}, {rows[0][-1]} if rows else set())
    told = [
        at for at in range(len(columns)) if at < 3 or {row[at] for row in rows} != usual[at - 3]
    ]
    columns = [columns[at] for at in told]
    rows = [[row[at] for at in told] for row in rows]
    more = ""
    if len(found) > _LISTED:
        last = found[_LISTED - 1].year
        more = f"，以下是最近的{_LISTED}个；其余{number(len(found) - _LISTED)}个在{last}年度及以前的报告里"
    return (
        f"<p>共{number(len(found))}个{more}。“数的是什么”由程序从句子里摘出，{GUESS}。</p>\n"
        + data_table(columns, rows, "全部数据", "bg-figures")
    )


def _kind_of(figures: Figures, figure: Figure) -> str:
    report = _report(figures, figure)
    author = f"（{report.author.name}）" if report.author else ""
    return f"{report.kind.name if report.kind else report.title}{author}"


# A measure


def _measure(figures: Figures, measure: CuratedMeasure) -> Page:
    here = _uri(measure.id)
    title = _measure_title(measure)
    series = figures.by_measure.get(measure.id, ())
    years = sorted({year for one in series for year, _ in one.years})
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{link(here, INDEX, '全部指标')} · 主题：{escape(measure.theme)}</p>",
        f'<p class="bg-note">口径：{escape(measure.note)}</p>' if measure.note else "",
        f"<p>{_READ}{link(here, 'guide/insight.html', '怎样认的、怎样用', 'figures')}</p>",
    ]
    if not series:
        return _made(here, title, [*parts, "<p>报告里还没有这项数据。</p>"], [], measure.name)
    rows = [
        [
            _unit_link(here, figures, one), escape(one.unit),
            *(_cell(here, figures, one, year) for year in years), _notes(one),
        ]
        for one in series[:_ROWS_OF_MEASURE]
    ]  # fmt: skip
    columns = [
        DataColumn("单位", choose=len(series) > 6),
        DataColumn("量词", ""),
        *_year_columns(years),
        DataColumn("说明"),
    ]
    parts.append(data_table(columns, rows, measure.name, "bg-figures"))
    if len(series) > _ROWS_OF_MEASURE:
        parts.append(
            f"<p>其余{number(len(series) - _ROWS_OF_MEASURE)}行在{link(here, INDEX, '各单位的页面', 'units')}上。</p>"
        )
    toc = []
    charts = [(one, points(one)) for one in series]
    drawn = [(one, found) for one, found in charts if sum(p.value is not None for p in found) > 1]
    for index, (one, found) in enumerate(drawn[:_CHARTS], 1):
        name = f"{_brief(figures, one.unit_id)}（{one.unit}）"
        anchor = f"chart-{index}"
        toc.append(TocEntry(name, anchor, 2))
        parts.append(
            f'<h2 id="{anchor}">{escape(name)}</h2>\n'
            f'<div class="bg-figure" tabindex="0" role="region" aria-label="{escape(name)}的图">'
            f"{line_chart(found, f'{name}{measure.name}，{_span([year for year, _ in one.years])}年', anchor)}</figure>"
        )
    return _made(here, title, parts, toc, f"{measure.name}，历年各单位的数")


# Tables to take away

_COLUMNS = (
    Column("指标", 26), Column("依据", 10), Column("单位", 30), Column("年度", 8), Column("数值", 12), Column("至", 10), Column("量词", 8),
    Column("原文写法", 14), Column("口径", 10), Column("说明", 30), Column("原文", 60), Column("报告", 30),
)  # fmt: skip


def _table(insight: Insight, unit_id: str, kind: str) -> bytes:
    """What the table of a unit holds; without one the measures of ``figures.yml`` of all units."""
    figures = _for_once(insight.figures) if unit_id else insight.measures.figures
    series = figures.of_unit(unit_id) if unit_id else _curated(figures)
    first = _first_year(series, _ROWS_OF_WORKBOOK) if kind == "xlsx" else 0
    rows = [row for one in series for row in _rows(figures, one, first)]
    sheet = Sheet("历年数据", _COLUMNS, rows)
    return xlsx_bytes(sheet) if kind == "xlsx" else csv_bytes(sheet)


def _rows(figures: Figures, series: Series, first: int) -> Iterator[list[str | int | float | None]]:
    told = "；".join(notes(series))
    for year, found in series.years:
        if year < first:
            continue
        for figure in found:
            report = _report(figures, figure)
            shown = written(figure)
            if figure.withheld:
                shown = _SMALL if figure.withheld == "small" else _WITH
            yield [
                series.label,
                "指标表" if series.key.measure else "推测",
                report.unit_name,
                year,
                _exact(figure.low),
                _exact(figure.high) if figure.high != figure.low else None,
                figure.unit,
                shown,
                figure.scope,
                told,
                figure.sentence,
                report.name,
            ]


def _exact(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) else value
