"""举措: the matrices by year and by unit, a page for each initiative, one for each unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape

from ..corpus import Corpus, Initiative, Report, Unit
from ..corpus.memo import digest_of
from ..insight import InitiativeRecord, InitiativeRecords, Insight, YearRecord
from ..insight.comparison import Pair
from ..insight.initiatives import Found
from ..insight.passages import first_names
from .compare import Extra, Quote, initiatives_extra
from .figures import written
from .page import (
    GUESS,
    PAGE_LIMIT,
    DataColumn,
    LatePage,
    Page,
    TocEntry,
    asked_for,
    data_table,
    key_of,
    link,
    number,
    paginate,
    sentence_link,
    unit_uri,
)

INDEX = "initiatives/index.html"
_STYLES = ("assets/initiatives.css",)
_HEADINGS = {
    "results": "成效",
    "facts": "概况",
    "years": "历年原文",
    "spellings": "写法变化",
    "neighbours": "相关举措",
}
_UNITS = "initiatives/units.html"
_UNITS_TITLE = "单位 × 举措"
_SEARCH = "search.html"
#: So many neighbours and units are listed; the rest is counted.
_MOST_NEIGHBOURS = 12
_MOST_UNITS = 24
#: Shades of a cell by its share of the largest one in its table.
_SHADES = (0.15, 0.4, 0.7)


def initiative_uri(key: str) -> str:
    return f"initiatives/{key}.html"


def unit_initiatives_uri(unit_id: str) -> str:
    """The page with the initiatives of one unit by year; there is one for every unit that names any."""
    return f"initiatives/unit-{unit_id}.html"


@dataclass(frozen=True)
class InitiativeName:
    """What search offers: ``name`` leads to ``uri``; ``shown`` also says what it is called today, ``facts`` what the page holds."""

    name: str
    shown: str
    uri: str
    facts: str


def initiative_names(insight: Insight) -> list[InitiativeName]:
    """Every spelling of every initiative that has a page."""
    found = []
    for key, record in insight.initiatives.records.items():
        own = record.initiative
        years = sorted(record.years)
        facts = f"{own.theme} · {_span(years[0], years[-1])} · {number(record.count)}处"
        for spelling in own.spellings:
            plain = spelling.folded in own.spellings[0].folded
            shown = own.name if plain else f"{own.name}（{spelling.text}）"
            # A spelling that means one thing in one year and another in the next leads to both.
            found.append(InitiativeName(spelling.text, shown, initiative_uri(key), facts))
    return found


def initiative_pages(insight: Insight) -> Iterator[Page | LatePage]:
    """All pages about initiatives."""
    site = _Site(insight.corpus, insight.initiatives, insight)
    for record in site.records.records.values():
        for index, years in enumerate(site.runs[record.initiative.id]):
            uri = _continued(initiative_uri(record.initiative.id), index)
            make = partial(_initiative_page, site, record, index)
            yield LatePage(uri, _title(record, index), make, f"{record.key} {years}")
    for unit in site.units:
        key = f"{key_of(site.corpus.by_unit[unit.id])} {site.layout}"
        yield LatePage(unit_initiatives_uri(unit.id), _unit_title(unit), partial(_unit_page, site, unit), key)  # fmt: skip
    yield from _index_pages(site)


def initiatives_part(insight: Insight, here: str, pair: Pair) -> Extra | None:
    """举措变化 in a comparison: the initiatives only one of the two reports names, each leading to where it first does."""
    before, after = (_quotes(insight, report) for report in (pair.earlier, pair.later))
    return initiatives_extra(here, pair, before, after)


def _quotes(insight: Insight, report: Report) -> dict[str, Quote]:
    names = first_names(insight.initiative_passages[report.name])
    return {
        i.id: Quote(i.brief, names[i.id][0], i.spellings[names[i.id][1]].text)
        for i in report.data.initiatives.initiatives
        if i.id in names
    }


def _span(first: int, last: int) -> str:
    return f"{first}年度" if first == last else f"{first}—{last}年度"


@dataclass(frozen=True)
class _Site:
    """What the pages share."""

    corpus: Corpus
    records: InitiativeRecords
    insight: Insight

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that name any initiative, in the order of ``units.yml``."""
        naming = {unit for r in self.records.records.values() for y in r.years.values() for unit in y.units}  # fmt: skip
        return tuple(unit for unit in self.corpus.data.units.units if unit.id in naming)

    def figure(self, record: InitiativeRecord, unit_id: str, year: int) -> str:
        """The figure to show for an initiative, a unit and a year, as written; empty where none is wanted, or not one alone is told."""
        wanted = record.initiative.figure
        if wanted is None:
            return ""
        figures = self.insight.measures.figures
        key = (wanted.measure, figures.words.same_unit(wanted.unit))
        told = [
            figure
            for series in figures.of_unit(unit_id)
            if (series.key.measure, series.key.unit) == key
            for _, found in series.years
            for figure in found
            if (report := self.corpus.find(figure.report)) is not None and report.year == year
        ]
        if len(told) != 1 or told[0].value is None:
            return ""
        shown = written(told[0])
        return shown + wanted.unit if shown[-1].isdigit() else shown

    @cached_property
    def runs(self) -> dict[str, list[list[int]]]:
        """The years on each page of an initiative, newest first."""
        return {key: _runs(record) for key, record in self.records.records.items()}

    @cached_property
    def _places(self) -> dict[tuple[str, int], str]:
        return {
            (key, year): _continued(initiative_uri(key), index)
            for key, runs in self.runs.items()
            for index, years in enumerate(runs)
            for year in years
        }

    def place(self, record: InitiativeRecord, year: int) -> str:
        """The page that has the sentences of a year."""
        return self._places[record.initiative.id, year]

    @cached_property
    def layout(self) -> str:
        """A name for where all sentences are found: what the page of a unit depends on beside its reports."""
        return digest_of(repr((sorted(self._places.items()), sorted(self.shown_units))).encode())

    @cached_property
    def shown_units(self) -> frozenset[tuple[str, int, str]]:
        """Initiative, year and unit of which there are sentences on the page of the initiative."""
        return frozenset(
            (key, year, found.report.unit.id)
            for key, record in self.records.records.items()
            for year, of_year in record.years.items()
            for found in of_year.shown
            if found.report.unit
        )


# A page for each initiative


#: Bytes of a sentence on a page beside its text: marks, and the link with the words to mark and where it comes from.
_ITEM = 460


def _weight(year: YearRecord) -> int:
    """About how many bytes a year's sentences take on a page, rather too many than too few."""
    return 400 + 250 * len(year.units) + sum(map(_item_weight, year.shown))


def _opening_weight(record: InitiativeRecord) -> int:
    """The same for all but the sentences by year."""
    told = (found for year in record.years.values() for found in year.results)
    return 9_000 + 150 * len(record.years) + sum(map(_item_weight, told))


def _item_weight(found: Found) -> int:
    return _ITEM + 3 * found.length


def _runs(record: InitiativeRecord) -> list[list[int]]:
    years = sorted(record.years, reverse=True)
    room = PAGE_LIMIT - _opening_weight(record)
    return paginate(years, lambda year: _weight(record.years[year]), room)


def _title(record: InitiativeRecord, index: int) -> str:
    return record.initiative.name + (f"（续{index}）" if index else "")


def _initiative_page(site: _Site, record: InitiativeRecord, index: int) -> Page:
    """The page of an initiative, or its continuation ``index`` with earlier years."""
    key = record.initiative.id
    runs = site.runs[key]
    here = _continued(initiative_uri(key), index)
    parts = [f"<h1>{escape(_title(record, index))}</h1>"]
    if not index:
        parts += [_results(site, here, record), _facts(site, here, record)]
    parts += ['<h2 id="years">历年原文</h2>', *(_year(here, record, y) for y in runs[index])]
    if len(runs) > 1:
        parts.append(_other_pages(here, initiative_uri(key), runs, index))
    if not index:
        parts += [_spellings(record), _neighbours(here, record)]
    toc = [
        TocEntry(_HEADINGS[anchor], anchor, 2, tuple(TocEntry(f"{y}年度", f"y{y}", 3) for y in runs[index]) if anchor == "years" else ())
        for part in parts for anchor in _HEADINGS if f'<h2 id="{anchor}">' in part
    ]  # fmt: skip
    years = sorted(record.years)
    description = f"{record.initiative.name}：{_span(years[0], years[-1])}，{record.count}处"
    html = "\n".join(part for part in parts if part)
    return Page(here, _title(record, index), html, tuple(toc), description, _STYLES)


def _continued(uri: str, index: int) -> str:
    """The address of a page's continuation; a dot stands in no id, so that none can be taken."""
    return uri if not index else f"{uri.removesuffix('.html')}.{index + 1}.html"


def _other_pages(here: str, uri: str, runs: Sequence[Sequence[int]], index: int) -> str:
    others = "、".join(
        link(here, _continued(uri, at), _span(min(years), max(years)), f"y{years[0]}")
        for at, years in enumerate(runs)
        if at != index
    )
    return f"<p>其他年度：{others}</p>"


def _results(site: _Site, here: str, record: InitiativeRecord) -> str:
    """What came of it, year by year: what the page opens with."""
    years = sorted(record.years.items(), reverse=True)
    parts = ['<h2 id="results">成效</h2>']
    if not any(year.results for _, year in years):
        return "\n".join([*parts, "<p>报告未写明成效。</p>"])
    silent: list[int] = []
    for year, of_year in years:
        if not of_year.results:
            silent.append(year)
            continue
        parts.append(f"<h3>{year}年度</h3>\n<ul class=bg-told>")
        for found in of_year.results:
            parts.append(_sentence(here, found, record, _of_report(found, unit=True), cues=True))
        parts.append("</ul>")
        rest = of_year.results_count - len(of_year.results)
        if rest:
            anchor = _to_year(site, here, record, year, "原文")
            parts.append(f"<p>另有{number(rest)}句写到数据、变化的，见{anchor}。</p>")
    if silent:
        said = "、".join(str(year) for year in silent)
        parts.append(f"<p>{said}年度：报告未写明成效。</p>")
    parts.append(
        '<p class="bg-how">提到这项举措、又写到数据、表彰、名次、变化的句子算写明成效；写在问题、原因、打算里的不算。'
    )
    if any(not f.passage.names for _, year in years for f in year.results):
        parts.append(f"注明{GUESS}的句子没有写这项举措，但所在一节的标题只写了它。")
    parts.append("</p>")
    return "\n".join(parts)


def _facts(site: _Site, here: str, record: InitiativeRecord) -> str:
    own = record.initiative
    years = sorted(record.years)
    facts = [("主题", escape(own.theme))]
    if own.since:
        facts.append(("开始", f"{own.since}年"))
    facts.append(("报告首次提到", _to_year(site, here, record, years[0])))
    facts.append(("最近一次提到", _to_year(site, here, record, years[-1])))
    facts.append(("提到", f"{number(record.count)}处，在{number(record.reports)}份报告中"))
    facts.append(("单位", _units(site, here, record)))
    if own.note:
        facts.append(("说明", escape(own.note)))
    facts.append(("检索", link(here, _search(own.name), f"检索“{own.name}”")))
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<h2 id="facts">概况</h2>\n<dl class="bg-facts">{rows}</dl>'


def _to_year(site: _Site, here: str, record: InitiativeRecord, year: int, more: str = "") -> str:
    """A link to the sentences of a year."""
    return link(here, site.place(record, year), f"{year}年度{more}", f"y{year}")


def _units(site: _Site, here: str, record: InitiativeRecord) -> str:
    counts = record.units
    naming = [unit for unit in site.units if unit.id in counts]
    naming.sort(key=lambda unit: -counts[unit.id])
    listed = "、".join(
        f"{link(here, unit_initiatives_uri(unit.id), unit.current.brief, own_anchor(record))}（{counts[unit.id]}）"
        for unit in naming[:_MOST_UNITS]
    )
    rest = len(naming) - _MOST_UNITS
    return listed + (f"等{number(len(naming))}个单位" if rest > 0 else "")


def _named(here: str, initiative: Initiative) -> str:
    """A link to the page of an initiative by what tables call it."""
    title = initiative.name if initiative.short else ""
    return link(here, initiative_uri(initiative.id), initiative.brief, title=title)


def own_anchor(record: InitiativeRecord) -> str:
    """Where the row of an initiative is on the page of a unit."""
    return f"i-{record.initiative.id}"


def _search(words: str, year: int | None = None, unit: str = "") -> str:
    """The address of a search."""
    asked = {"q": words}
    if year is not None:
        asked["year"] = str(year)
    if unit:
        asked["unit"] = unit
    return f"{_SEARCH}?{'&'.join(f'{name}={asked_for(value)}' for name, value in asked.items())}"


def _year(here: str, record: InitiativeRecord, year: int) -> str:
    """The sentences of a year by unit."""
    of_year = record.years[year]
    # What tells of results stands on the first page already, under its own heading.
    told = {(found.report.name, found.passage) for found in of_year.results}
    results = link(here, initiative_uri(record.initiative.id), "成效", "results")
    parts = [f'<h3 id="y{year}">{year}年度（{number(of_year.count)}处）</h3>']
    groups: dict[str, list[Found]] = {}
    for found in of_year.shown:
        assert found.report.unit is not None
        groups.setdefault(found.report.unit.id, []).append(found)
    for unit_id, group in groups.items():
        brief = group[0].report.unit_brief
        total = of_year.units[unit_id]
        counted = f"{total}处" if total == len(group) else f"{number(total)}处，列出{len(group)}处"
        name = link(here, unit_initiatives_uri(unit_id), brief, own_anchor(record))
        parts.append(f'<h4 id="y{year}-{escape(unit_id)}">{name}（{counted}）</h4>')
        other = [found for found in group if (found.report.name, found.passage) not in told]
        if other:
            listed = (_sentence(here, f, record, _of_report(f), cues=False) for f in other)
            parts.append("<ul class=bg-told>" + "\n".join(listed) + "</ul>")
        if len(other) < len(group):
            parts.append(f"<p>{number(len(group) - len(other))}处见{results}。</p>")
    rest = of_year.count - len(of_year.shown)
    if rest:
        found_there = link(here, _search(record.usual_spelling(year), year), "用检索查看")
        parts.append(f"<p>其余{number(rest)}处没有列出，{found_there}。</p>")
    return "\n".join(parts)


def _of_report(found: Found, unit: bool = False) -> str:
    """What a sentence comes from: 局机关党委 · 述职报告（分管领导） · 主要做法."""
    report, role = found.report, found.passage.role
    kind = report.kind.name if report.kind else ""
    author = f"（{report.author.name}）" if report.author else ""
    part = report.data.kinds.roles[role].name if role else ""
    brief = report.unit_brief if unit else ""
    return " · ".join(text for text in (brief, kind + author, part) if text)


def _sentence(here: str, found: Found, record: InitiativeRecord, source: str, *, cues: bool) -> str:
    """A sentence with the way to it; its words are marked there."""
    passage = found.passage
    numbers = [spelling for key, spelling in passage.names if key == record.initiative.id]
    words = record.initiative.spellings[numbers[0]].text if numbers else ""
    said = escape(passage.text)
    if words:
        shown = escape(words)
        said = said.replace(shown, f"<b>{shown}</b>", 1)
    tags = "".join(f"<i>{kind}</i>" for kind in passage.results) if cues else ""
    guess = "" if numbers else GUESS
    return f"<li>{said} <small>{guess}{tags}{sentence_link(here, found.report, passage.anchor, words, source)}</small></li>"


def _spellings(record: InitiativeRecord) -> str:
    uses = record.spelling_uses()
    if len(uses) < 2:
        return ""
    columns = [DataColumn("写法"), DataColumn("从", "number"), DataColumn("到", "number"), DataColumn("处数", "number")]  # fmt: skip
    rows = [[escape(u.text), str(u.first), str(u.last), number(u.count)] for u in uses]
    return f'<h2 id="spellings">写法变化</h2>\n{data_table(columns, rows, "各种写法和所用的年度", "bg-plain")}'


def _neighbours(here: str, record: InitiativeRecord) -> str:
    if not record.neighbours:
        return ""
    columns = [DataColumn("举措"), DataColumn("同一句（处）", "number"), DataColumn("同一节（处）", "number")]  # fmt: skip
    rows = [
        [
            _named(here, n.initiative),
            number(n.sentences) if n.sentences else "", number(n.sections),
        ]
        for n in record.neighbours[:_MOST_NEIGHBOURS]
    ]  # fmt: skip
    rest = len(record.neighbours) - _MOST_NEIGHBOURS
    note = f"<p>另有{rest}项。</p>" if rest > 0 else ""
    table = data_table(columns, rows, "常一起写到的举措", "bg-plain")
    return f'<h2 id="neighbours">相关举措</h2>\n<p class="bg-how">与它写在同一句、同一节里的举措。</p>\n{table}{note}'


# The matrices


def _cell(count: int, address: str, most: int, figure: str = "") -> str:
    """A cell of a matrix: a count that leads to its sentences, or a figure in its place."""
    shade = sum(count > most * share for share in _SHADES)
    css = f" class=bg-n{shade}" if shade else ""
    return f'<a{css} href="{escape(address)}">{escape(figure) or number(count)}</a>'


def _relative(to: str, fragment: str = "") -> str:
    """The address of ``to`` as seen from any page of initiatives."""
    beside = to.removeprefix("initiatives/")
    return (beside if beside != to else f"../{to}") + (f"#{fragment}" if fragment else "")


def _absent(initiative: Initiative, year: int) -> str:
    """The style sheet puts a dash into empty cells; a blank before the initiative began."""
    return " " if initiative.since and year < initiative.since else ""


def _index_pages(site: _Site) -> Iterator[Page | LatePage]:
    records = site.records
    parts = [
        "<h1>举措</h1>",
        '<p class="bg-how">历年报告提到各项举措的处数，一句话算一处；点数字看原文，点举措名看成效；各单位的见<a href="#units">单位 × 举措</a>。引号、空格不影响，曾用名和别的写法合在一起计算。</p>',
    ]
    if not records.records:
        parts.append("<p>报告里还没有提到名录中的举措。</p>")
        yield Page(INDEX, "举措", "\n".join([*parts, _unnamed(records)]), styles=_STYLES)
        return
    parts += [
        '<h2 id="years">年份 × 举措</h2>',
        _matrix(INDEX, site, list(records.records.values()), sorted(records.years), _of_year(site)),
        '<p class="bg-how">“—”是没有提到，空白是那时还没有这项举措。</p>' if any(r.initiative.since for r in records.records.values()) else "",
        '<h2 id="units">单位 × 举措</h2>',
    ]  # fmt: skip
    end = _unnamed(records)
    used = sum(len(part.encode()) for part in (*parts, end))
    if used + _CELL * len(site.units) * len(records.records) <= PAGE_LIMIT:
        parts += [
            '<p class="bg-how">点单位名看它历年的举措。</p>',
            _unit_matrix(INDEX, site, site.units),
        ]
    else:
        parts.append(f"<p>单位较多，另列一页：{link(INDEX, _UNITS, '单位 × 举措')}。</p>")
        yield from _unit_matrix_pages(site)
    html = "\n".join(part for part in (*parts, end) if part)
    yield Page(INDEX, "举措", html, (), "历年举措一览", _STYLES)


#: Bytes of a cell of the matrix of units, at most.
_CELL = 110


def _unnamed(records: InitiativeRecords) -> str:
    if not records.unnamed:
        return ""
    names = "、".join(escape(i.name) for i in records.unnamed)
    return f'<p class="bg-how">名录里有、报告里没有提到的：{names}。</p>'


def _of_year(site: _Site) -> Callable[[str, InitiativeRecord, int], tuple[int, str]]:
    """Count and address of a cell of the matrix of all units."""

    def cell(here: str, record: InitiativeRecord, year: int) -> tuple[int, str]:
        of_year = record.years.get(year)
        if of_year is None or not of_year.count:
            return 0, ""
        return of_year.count, _relative(site.place(record, year), f"y{year}")

    return cell


def _of_unit(site: _Site, unit_id: str) -> Callable[[str, InitiativeRecord, int], tuple[int, str]]:
    """The same for one unit. What the page of the initiative does not list, search finds."""

    def cell(here: str, record: InitiativeRecord, year: int) -> tuple[int, str]:
        of_year = record.years.get(year, YearRecord())
        count = of_year.units.get(unit_id, 0)
        if not count:
            return 0, ""
        if (record.initiative.id, year, unit_id) in site.shown_units:
            return count, _relative(site.place(record, year), f"y{year}-{unit_id}")
        return count, _relative(_search(record.usual_spelling(year), year, unit_id))

    return cell


def _matrix(
    here: str, site: _Site, records: Sequence[InitiativeRecord], years: Sequence[int],
    cell: Callable[[str, InitiativeRecord, int], tuple[int, str]],
    figure: Callable[[InitiativeRecord, int], str] = lambda record, year: "",
) -> str:  # fmt: skip
    """年份 × 举措: a row for each initiative, by theme."""
    cells = [[cell(here, record, year) for year in years] for record in records]
    most = max((count for row in cells for count, _ in row), default=0)
    columns = [
        DataColumn("举措"), DataColumn("主题", choose=True), *(DataColumn(str(year), "number") for year in years),
        DataColumn("合计", "number"),
    ]  # fmt: skip
    rows = []
    for record, row in zip(records, cells, strict=True):
        own = record.initiative
        rows.append([
            _named(here, own).replace("<a", f'<a id="{own_anchor(record)}"', 1), escape(own.theme),
            *(
                _cell(count, address, most, figure(record, year)) if count else _absent(own, year)
                for year, (count, address) in zip(years, row, strict=True)
            ),
            number(sum(count for count, _ in row)),
        ])  # fmt: skip
    return data_table(columns, rows, "年份 × 举措", "bg-matrix")


def _unit_rows(here: str, site: _Site, units: Iterable[Unit]) -> list[list[str]]:
    records = list(site.records.records.values())
    counts = [(record, record.units) for record in records]
    most = max((count for _, of in counts for count in of.values()), default=0)
    rows = []
    for unit in units:
        uri = unit_initiatives_uri(unit.id)
        row = [link(here, uri, unit.current.brief, title=unit.current.name)]
        for record, of in counts:
            count = of.get(unit.id, 0)
            row.append(_cell(count, _relative(uri, own_anchor(record)), most) if count else "")
        rows.append([*row, number(sum(of.get(unit.id, 0) for _, of in counts))])
    return rows


def _unit_columns(site: _Site) -> list[DataColumn]:
    names = (DataColumn(r.initiative.brief, "") for r in site.records.records.values())
    return [DataColumn("单位"), *names, DataColumn("合计", "number")]


def _unit_matrix(here: str, site: _Site, units: Iterable[Unit]) -> str:
    rows = _unit_rows(here, site, units)
    return data_table(_unit_columns(site), rows, "单位 × 举措", "bg-matrix bg-upright")


def _unit_matrix_pages(site: _Site) -> Iterator[LatePage]:
    """The matrix of units on pages of its own."""
    runs = paginate(site.units, lambda unit: _CELL * len(site.records.records), PAGE_LIMIT)
    for index, run in enumerate(runs):
        title = _UNITS_TITLE + (f"（第{index + 1}页）" if index else "")
        make = partial(_unit_matrix_page, site, title, run, index, len(runs))
        yield LatePage(_continued(_UNITS, index), title, make)


def _unit_matrix_page(
    site: _Site, title: str, units: Sequence[Unit], index: int, pages: int
) -> Page:
    here = _continued(_UNITS, index)
    others = "、".join(
        str(at + 1) if at == index else link(here, _continued(_UNITS, at), str(at + 1))
        for at in range(pages)
    )
    paging = f"；第{others}页" if pages > 1 else ""
    told = f"点单位名看它历年的举措。另见{link(here, INDEX, '年份 × 举措')}{paging}。"
    html = f'<h1>{title}</h1>\n<p class="bg-how">{told}</p>\n{_unit_matrix(here, site, units)}'
    return Page(here, title, html, styles=_STYLES)


def _unit_title(unit: Unit) -> str:
    return f"{unit.current.brief}的举措"


def _unit_page(site: _Site, unit: Unit) -> Page:
    """年份 × 举措 of one unit."""
    here = unit_initiatives_uri(unit.id)
    records = site.records.of_unit(unit.id)
    years = sorted({r.year for r in site.corpus.by_unit[unit.id] if r.year is not None})
    title = _unit_title(unit)
    others = link(here, INDEX, "全部单位")
    reports = link(here, unit_uri(unit.id), "它的报告")

    def figure(record: InitiativeRecord, year: int) -> str:
        return site.figure(record, unit.id, year)

    table = _matrix(here, site, records, years, _of_unit(site, unit.id), figure)
    shown = any(
        figure(record, year) for record in records for year in years if year in record.years
    )
    note = f"带量词的是{link(here, 'figures/index.html', '数据')}，不是处数。" if shown else ""
    html = f'<h1>{escape(title)}</h1>\n<p class="bg-how">{escape(unit.current.name)}历年报告提到各项举措的处数，点数字看原文。{note}另见{others}、{reports}。</p>\n{table}'
    return Page(here, title, html, (), f"{unit.current.name}历年举措", _STYLES)
