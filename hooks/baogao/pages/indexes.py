"""Pages that list reports: by year, by unit, by kind; and the block on the home page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import pairwise

from ..corpus import Corpus, Report, UnitName
from .page import (
    NONE,
    LatePage,
    Page,
    TocEntry,
    key_of,
    kind_uri,
    link,
    number,
    paginate,
    report_uri,
    table,
    unit_uri,
    year_uri,
)

YEARS, UNITS, KINDS = "years/index.html", "units/index.html", "kinds/index.html"


#: Pages of other views about one unit or one year, in the order they are linked; a link appears where the page exists.
_OF_UNIT = (
    ("ledger/unit-{}.html", "问题台账"),
    ("initiatives/units/{}.html", "历年举措"),
    ("figures/{}.html", "历年数据"),
)
_OF_YEAR = (("volumes/{}.html", "年度汇编"), ("phrases/{}.html", "新提法、旧提法"))


def index_pages(corpus: Corpus, others: Collection[str] = ()) -> Iterator[Page | LatePage]:
    """All index pages of what readers may see; ``others`` are the addresses of the pages they may link to."""
    yield _years(corpus)
    for year, reports in corpus.by_year.items():
        key = f"{list(corpus.by_year)} {_linked(_OF_YEAR, year, others)} {key_of(reports)}"
        yield LatePage(year_uri(year), _year_title(year), partial(_year, corpus, year, others), key)
    yield _units(corpus)
    for unit in corpus.data.units.units:
        if unit.id in corpus.by_unit:
            key = f"{_linked(_OF_UNIT, unit.id, others)} {key_of(corpus.by_unit[unit.id])}"
            yield LatePage(unit_uri(unit.id), unit.current.name, partial(_unit, corpus, unit.id, others), key)  # fmt: skip
    yield _kinds(corpus)
    for kind in corpus.by_kind:
        yield from _kind(corpus, kind)


def _linked(
    views: Iterable[tuple[str, str]], subject: object, others: Collection[str]
) -> list[bool]:
    """Which of the other views there are."""
    return [address.format(subject) in others for address, _ in views]


def _year_title(year: int) -> str:
    return f"{year}年度报告"


def _total(reports: Iterable[Report]) -> str:
    return number(sum(report.length.characters for report in reports))


def _rows(
    here: str, reports: Iterable[Report], *, year: bool = True, unit: bool = True, kind: bool = True
) -> tuple[list[str], list[list[str]]]:
    """Table head and rows for reports, leaving out the column the page is about."""
    head = [
        "报告",
        *(["年度"] if year else []),
        *(["单位"] if unit else []),
        *(["文种"] if kind else []),
        "角色",
        "成文日期",
        "字数",
    ]
    rows = []
    for report in reports:
        assert report.year is not None and report.unit is not None and report.kind is not None
        status = ""
        if report.status != "published":
            label = report.data.fields.label("status", report.status or "")
            status = f' <span class="bg-status bg-status-{report.status}">{escape(label)}</span>'
        row = [link(here, report_uri(report), report.title) + status]
        if year:
            row.append(link(here, year_uri(report.year), str(report.year)))
        if unit:
            row.append(
                link(here, unit_uri(report.unit.id), report.unit_brief, title=report.unit_name)
            )
        if kind:
            row.append(link(here, kind_uri(report.kind.id), report.kind.name))
        row.append(escape(report.author.name) if report.author else "—")
        row.append(report.date.isoformat() if report.date else "—")
        row.append(number(report.length.characters))
        rows.append(row)
    return head, rows


def by_place(corpus: Corpus, reports: Sequence[Report]) -> list[Report]:
    """Reports in the order of units, then kinds, then roles, newest year first."""
    units = {unit.id: index for index, unit in enumerate(corpus.data.units.units)}
    kinds = {kind.id: index for index, kind in enumerate(corpus.data.kinds.kinds)}

    def key(report: Report) -> tuple[int, int, int, str]:
        unit = units[report.unit.id] if report.unit else 0
        kind = kinds[report.kind.id] if report.kind else 0
        return -(report.year or 0), unit, kind, report.name

    return sorted(reports, key=key)


def _years(corpus: Corpus) -> Page:
    rows = [
        [
            link(YEARS, year_uri(year), f"{year}年度"), str(len(reports)),
            str(len({r.unit.id for r in reports if r.unit})), _total(reports),
        ]
        for year, reports in corpus.by_year.items()
    ]  # fmt: skip
    html = "<h1>按年度浏览</h1>\n" + table(
        ["年度", "报告（份）", "单位（个）", "字数"], rows, "bg-counts"
    )
    return Page(YEARS, "按年度浏览", html)


def _more(
    here: str,
    views: Iterable[tuple[str, str]],
    subject: object,
    others: Collection[str],
    *also: str,
) -> str:
    """A line of links to what else there is about a unit or a year."""
    found = [
        link(here, uri, name)
        for address, name in views
        if (uri := address.format(subject)) in others
    ]
    found += also
    return f"<p>另见：{' · '.join(found)}</p>\n" if found else ""


def _year(corpus: Corpus, year: int, others: Collection[str]) -> Page:
    uri = year_uri(year)
    reports = by_place(corpus, corpus.by_year[year])
    head, rows = _rows(uri, reports, year=False)
    siblings = " · ".join(
        f"<strong>{y}</strong>" if y == year else link(uri, year_uri(y), str(y))
        for y in corpus.by_year
    )
    title = _year_title(year)
    html = (
        f"<h1>{title}</h1>\n<p>共{len(reports)}份，{_total(reports)}字。其他年度：{siblings}</p>\n"
        + _more(uri, _OF_YEAR, year, others)
        + table(head, rows, "bg-list")
    )
    return Page(uri, title, html)


def _units(corpus: Corpus) -> Page:
    rows = []
    for unit in corpus.data.units.units:
        reports = corpus.by_unit.get(unit.id)
        if not reports:
            continue
        years = sorted({r.year for r in reports if r.year is not None})
        former = "、".join(escape(name.name) for name in unit.names[:-1]) or "—"
        rows.append(
            [
                link(UNITS, unit_uri(unit.id), unit.current.name), former, str(len(reports)),
                f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0]),
            ]
        )  # fmt: skip
    html = "<h1>按单位浏览</h1>\n" + table(
        ["单位", "曾用名", "报告（份）", "年度"], rows, "bg-counts"
    )
    return Page(UNITS, "按单位浏览", html)


def _unit(corpus: Corpus, unit_id: str, others: Collection[str]) -> Page:
    uri = unit_uri(unit_id)
    reports = by_place(corpus, corpus.by_unit[unit_id])
    unit = next(unit for unit in corpus.data.units.units if unit.id == unit_id)
    title = unit.current.name
    history = ""
    if len(unit.names) > 1:
        spans = "；".join(f"{escape(name.name)}（{_years_of(name)}）" for name in unit.names)
        history = f"<p>名称沿革：{spans}</p>\n"
    parts = [
        f"<h1>{escape(title)}</h1>\n<p>共{len(reports)}份报告，{_total(reports)}字。</p>\n{history}"
        + _more(uri, _OF_UNIT, unit_id, others)
    ]
    toc = []
    for kind in corpus.data.kinds.kinds:
        of_kind = [report for report in reports if report.kind is kind]
        if not of_kind:
            continue
        head, rows = _rows(uri, of_kind, unit=False, kind=False)
        parts.append(
            f'<h2 id="{kind.id}">{escape(kind.name)}（{len(of_kind)}）</h2>\n{table(head, rows, "bg-list")}'
            + _compared(uri, corpus, of_kind, others)
        )
        toc.append(TocEntry(f"{kind.name}（{len(of_kind)}）", kind.id, 2))
    return Page(uri, title, "\n".join(parts), tuple(toc))


def _compared(here: str, corpus: Corpus, reports: Iterable[Report], others: Collection[str]) -> str:
    """Links to the comparisons of these reports with their predecessors, series by series."""
    lines = []
    seen: set[tuple[str, str, str]] = set()
    for report in reports:
        key = report.series_key
        if key is None or key in seen:
            continue
        seen.add(key)
        years = sorted({r.year for r in corpus.series(report) if r.year is not None})
        pairs = [
            link(here, uri, f"{first}→{second}")
            for first, second in pairwise(years)
            if (uri := f"compare/{'-'.join(part for part in key if part)}/{first}-{second}.html") in others
        ]  # fmt: skip
        if pairs:
            name = f"（{report.author.name}）" if report.author else ""
            lines.append(f"<p>历年对照{escape(name)}：{' · '.join(pairs)}</p>\n")
    return "".join(lines)


def _years_of(name: UnitName) -> str:
    if name.first is None:
        return f"至{name.last}年" if name.last else "一直沿用"
    return f"{name.first}—{name.last}年" if name.last else f"{name.first}年至今"


def _kinds(corpus: Corpus) -> Page:
    rows = []
    for kind in corpus.data.kinds.kinds:
        reports = corpus.by_kind.get(kind.id)
        if reports:
            required = "、".join(s.role.name for s in kind.sections if s.required)
            rows.append(
                [link(KINDS, kind_uri(kind.id), kind.name), str(len(reports)), escape(required)]
            )
    html = "<h1>按文种浏览</h1>\n" + table(["文种", "报告（份）", "必备章节"], rows, "bg-counts")
    return Page(KINDS, "按文种浏览", html)


def _kind(corpus: Corpus, kind_id: str) -> Iterator[Page]:
    """The reports of a kind, on several pages where one would be too heavy."""
    reports = by_place(corpus, corpus.by_kind[kind_id])
    kind = next(kind for kind in corpus.data.kinds.kinds if kind.id == kind_id)
    head, rows = _rows(kind_uri(kind_id), reports, kind=False)
    runs = paginate(rows, lambda row: sum(len(cell.encode()) + 9 for cell in row) + 10)
    for at, run in enumerate(runs, 1):
        uri = kind_uri(kind_id, at)
        turns = " · ".join(
            f"<strong>{n}</strong>" if n == at else link(uri, kind_uri(kind_id, n), str(n))
            for n in range(1, len(runs) + 1)
        )
        paging = f"<p>共{len(runs)}页：{turns}</p>\n" if len(runs) > 1 else ""
        title = kind.name + (f"（第{at}页）" if at > 1 else "")
        html = (
            f"<h1>{escape(title)}</h1>\n<p>共{number(len(reports))}份报告，{_total(reports)}字。"
            f"{link(uri, 'guide/kinds.html', '必备章节', kind.id)}</p>\n{paging}{table(head, run, 'bg-list')}"
        )
        yield Page(uri, title, html)


def home_block(corpus: Corpus, here: str = "index.html") -> str:
    """What the library holds: totals, and a table year × kind in which every number is a link."""
    years = list(corpus.by_year)
    kinds = [kind for kind in corpus.data.kinds.kinds if kind.id in corpus.by_kind]
    summary = (
        f'<p class="bg-summary">现有报告<strong>{number(len(corpus.reports))}</strong>份，'
        f"{_total(corpus.reports)}字；{len(corpus.by_unit)}个单位，"
        + (f"{years[-1]}—{years[0]}年度。" if years else "还没有报告。")
        + "</p>"
    )
    rows = []
    for year in years:
        row = [link(here, year_uri(year), f"{year}年度")]
        for kind in kinds:
            found = sum(1 for report in corpus.by_year[year] if report.kind is kind)
            row.append(str(found) if found else NONE)
        row.append(link(here, year_uri(year), str(len(corpus.by_year[year]))))
        rows.append(row)
    units = "".join(
        f"<li>{link(here, unit_uri(unit), reports[0].unit.current.brief if reports[0].unit else unit)}"
        f" <span>{len(reports)}</span></li>"
        for unit, reports in corpus.by_unit.items()
    )
    return (
        f"{summary}\n{table(['年度', *(kind.name for kind in kinds), '合计'], rows, 'bg-counts')}\n"
        f'<ul class="bg-chips" aria-label="单位">{units}</ul>'
    )
