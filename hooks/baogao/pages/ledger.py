"""问题整改台账: an overview, a page for each year and each unit, and the same as tables to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape

from ..corpus import Report
from ..corpus.memo import digest_of
from ..insight import (
    Answer,
    Column,
    Entry,
    Insight,
    Ledger,
    Matched,
    Sheet,
    can_write_xlsx,
    csv_bytes,
    xlsx_bytes,
)
from ..insight.ledger import (
    BY_LIKENESS,
    BY_NUMBER,
    GUESSED,
    NO_NEXT,
    OF_REPORT,
    UNANSWERED,
    UNSAID,
)  # fmt: skip
from .page import (
    GUESS,
    PAGE_LIMIT,
    DataColumn,
    LateDownload,
    LatePage,
    Page,
    data_table,
    key_of,
    link,
    number,
    paginate,
    report_uri,
    sentence_link,
    unit_uri,
    year_ranges,
)  # fmt: skip

INDEX = "ledger/index.html"
TITLE = "问题整改台账"
#: Longer texts (characters) are cut on the pages; the tables to take away hold up to what a cell of a workbook holds.
_SHOWN, _CELL = 400, 32_000
#: What the rows of a page may weigh, bytes: :data:`~.page.PAGE_LIMIT` without the words around the table.
_ROWS = PAGE_LIMIT - 20_000
#: Past this (bytes) the list of a year gives the opening of each problem only; the lists of the units have the rest. A year of a
#: large office fits on one page then, which can be filtered as a whole.
_WHOLE = 200_000
#: How much of a problem such a list gives (characters), and what a row of it may weigh (bytes).
_BRIEF, _BRIEF_ROW = 40, 1_000
#: So many characters of a problem or an answer find it in its section.
_MARK = 10
_OTHER = "其他"
#: So many sentences that were found to answer a problem stand on a page; the tables to take away hold more.
_ANSWERS = 2
#: The likeliest is quoted, the other gives its opening (characters).
_OPENING = 20
#: So many years of a problem that comes again are named, the latest.
_TOPIC = 4
#: A style sheet of its own, because @page holds for a whole document: reports stay upright.
PRINT = "assets/ledger-print.css"
_HOW = {BY_NUMBER: "按序号", BY_LIKENESS: "按内容"}
_ABOUT_HOW = "原因、打算与问题是程序对应的：“按序号”是条数相同、按先后次序对应，“按内容”是取用词最相近的一条。"
_ABOUT_GUESS = (
    "状态取自次年报告的作者在前言里写明的整改状态（问题整改报告取自正文）。没有写明的，程序按用词、出现的位置和上年的打算，"
    "在次年报告里找可能回应的句子，找到的记作“推测有回应”，找不到的记作“未见回应”；都只供核对，不是结论。"
    "“次年整改情况”里带“推测”的句子也是这样找来的。"
)
_ABOUT_TOPIC = (
    "“连年出现”是把同一单位、同一文种和角色的报告里的问题，与此前三份报告的问题逐条比对用词，相近的算同一个问题；"
    "由程序判断，换了说法的可能没有认出。"
)


def year_uri(year: int, page: int = 1) -> str:
    return f"ledger/{year}{f'-{page}' if page > 1 else ''}.html"


def unit_uri_of(unit_id: str, page: int = 1) -> str:
    # Ids of units have no full stop, so that no page of a unit is a page of another.
    return f"ledger/unit-{unit_id}{f'.{page}' if page > 1 else ''}.html"


@dataclass(frozen=True)
class _Part:
    """The list of a year or a unit; ``series`` names what is in each series (by its key). ``weights`` remembers what the row of an entry weighs: every entry is in two lists. ``year`` says whether
    it is the list of a year."""

    title: str
    brief: str
    uri: Callable[[int], str]
    entries: tuple[Entry, ...]
    series: Mapping[object, str]
    weights: dict[int, int]
    year: bool

    @cached_property
    def short(self) -> bool:
        """Whether its rows are short ones."""
        return self.year and sum(map(self._whole_weight, self.entries)) > _WHOLE

    @cached_property
    def pages(self) -> tuple[tuple[Entry, ...], ...]:
        """The entries of each page."""
        return tuple(tuple(run) for run in paginate(self.entries, self._weigh, _ROWS))

    @cached_property
    def kind(self) -> str:
        """What kind of report all its entries are from; empty where there are several."""
        kinds = {_kind(entry.report) for entry in self.entries}
        return kinds.pop() if len(kinds) == 1 else ""

    def _weigh(self, entry: Entry) -> int:
        return _BRIEF_ROW if self.short else self._whole_weight(entry)

    def _whole_weight(self, entry: Entry) -> int:
        known = self.weights.get(id(entry))
        if known is None:
            known = self.weights[id(entry)] = _weight(entry)
        return known

    @cached_property
    def key(self) -> str:
        """What the list depends on."""
        return self._key(self.entries)

    def page_keys(self) -> Iterator[str]:
        """What each page depends on: what it lists, and its place among the pages."""
        first = 1
        for at, page in enumerate(self.pages):
            yield f"{self._key(page)} {first} {at} {len(self.pages)} {len(self.entries)} {self.short} {self.kind}"
            first += len(page)

    def _key(self, entries: Sequence[Entry]) -> str:
        reports = dict.fromkeys(entry.report for entry in entries)
        return digest_of(
            " ".join(f"{r.name} {self.series[r.series_key]}" for r in reports).encode()
        )


def ledger_pages(insight: Insight) -> Iterator[Page | LatePage]:
    """All pages of the ledger."""
    years, units = _parts(insight)
    yield _overview(insight, years, units)
    for part in (*years, *units):
        for at, key in enumerate(part.page_keys()):
            make = partial(_list_page, insight.ledger, part, at)
            yield LatePage(part.uri(at + 1), part.title, make, key)


def _parts(insight: Insight) -> tuple[list[_Part], list[_Part]]:
    """The lists by year, newest first, and by unit, in the order of the office."""
    ledger, corpus = insight.ledger, insight.corpus
    # What an entry says is in the reports of its series and nowhere else.
    series: dict[object, str] = {}
    for entries in ledger.by_report.values():
        report = entries[0].report
        if report.series_key not in series:
            series[report.series_key] = digest_of(key_of(corpus.series(report)).encode())
    weights: dict[int, int] = {}
    years = [
        _Part(
            f"{year}年度问题整改台账", f"{year}年度", partial(year_uri, year), entries, series, weights, year=True
        )
        for year, entries in ledger.by_year.items()
    ]  # fmt: skip
    units = [
        _Part(
            f"{unit.current.name}问题整改台账", unit.current.name,
            partial(unit_uri_of, unit.id), ledger.by_unit[unit.id], series, weights, year=False,
        )
        for unit in corpus.data.units.units
        if unit.id in ledger.by_unit
    ]  # fmt: skip
    return years, units


def _weight(entry: Entry) -> int:
    """How many bytes its row may have at most: a Chinese character has 3, in an address 9."""
    link_weight = 9 * 16 + 200
    cut = 3 * _SHOWN + 200
    weight = 900 + min(3 * len(entry.text), cut) + 20 * entry.text.count("\n")
    for matched in (entry.causes, entry.plans):
        if matched.how == OF_REPORT:
            weight += 400
        elif matched.passages:
            weight += 300 + min(3 * len(matched.passages[0].text), cut)
    for answer in entry.answers:
        weight += 3 * len(answer.text) + link_weight if answer.likeness is not None else cut
    links = min(len(entry.topic), _TOPIC) + (1 if entry.answers else 0)
    return weight + 3 * len(entry.evidence) + links * link_weight


# The overview


def _overview(insight: Insight, years: Sequence[_Part], units: Sequence[_Part]) -> Page:
    ledger = insight.ledger
    parts = [f"<h1>{TITLE}</h1>"]
    if not ledger.entries:
        parts.append("<p>还没有写明问题的报告。</p>")
        return Page(INDEX, TITLE, "\n".join(parts))
    states = _states(insight, ledger.entries)
    repeated = sum(entry.repeated for entry in ledger.entries)
    parts.append(
        f"<p>历年报告写明的问题共{number(len(ledger.entries))}个，其中连年出现的{number(repeated)}个。"
        "每个问题的原因、打算和次年的整改情况，都取自报告原文，点开即到原句。</p>"
        f"<p>{_ABOUT_GUESS}</p><p>{_ABOUT_TOPIC}</p>"
    )
    parts.append(_download(INDEX))
    columns = [
        *(DataColumn(state, "number") for state in states), DataColumn("连年出现", "number"),
        DataColumn("合计", "number"),
    ]  # fmt: skip
    parts.append('<h2 id="years">按年度</h2>')
    rows = (
        _sums(insight, part, states, f"{part.entries[0].year}年度", "bg-ledger-year")
        for part in years
    )
    parts.append(
        data_table([DataColumn("年度", "number"), *columns], rows, "按年度的问题台账", "bg-counts")
    )
    parts.append('<h2 id="units">按单位</h2>')
    rows = (_sums(insight, part, states, part.brief, "") for part in units)
    parts.append(data_table([DataColumn("单位"), *columns], rows, "按单位的问题台账", "bg-counts"))
    return Page(INDEX, TITLE, "\n".join(parts), description="历年问题、原因、打算和次年整改情况")


def _sums(insight: Insight, part: _Part, states: Sequence[str], name: str, css: str) -> list[str]:
    known = Counter(_column(insight, entry) for entry in part.entries)
    uri = part.uri(1)
    # A list of several pages filters only the page that is open.
    asked = len(part.pages) == 1
    cells = [
        _count(known[state], uri, f"?状态={state}" if asked and state != _OTHER else "")
        for state in states
    ]
    again = sum(entry.repeated for entry in part.entries)
    return [
        f'<span class="{css}">{link(INDEX, uri, name)}</span>', *cells,
        _count(again, uri, "?连年出现=连年" if asked else ""),
        number(len(part.entries)),
    ]  # fmt: skip


def _states(insight: Insight, entries: Sequence[Entry]) -> list[str]:
    """The states that occur, in the order of the office's list."""
    used = {_column(insight, entry) for entry in entries}
    stated = insight.corpus.data.fields.rectify_status
    return [
        state for state in (*stated, _OTHER, UNSAID, GUESSED, UNANSWERED, NO_NEXT) if state in used
    ]


def _column(insight: Insight, entry: Entry) -> str:
    known = (*insight.corpus.data.fields.rectify_status, UNSAID, GUESSED, UNANSWERED, NO_NEXT)
    return entry.state if entry.state in known else _OTHER


def _count(count: int, uri: str, asked: str) -> str:
    if not count:
        return '<span class="bg-none">0</span>'
    return f'<a href="{escape(uri.removeprefix("ledger/") + asked)}">{number(count)}</a>'


# Pages that list

_AGAIN = DataColumn("连年出现", choose=True, filled="连年", empty="否")


def _list_page(ledger: Ledger, part: _Part, at: int) -> Page:
    here = part.uri(at + 1)
    first = 1 + sum(len(page) for page in part.pages[:at])
    if part.short:
        columns = [
            DataColumn("序号", "number"), DataColumn("单位", choose=True), *_kind_column(part),
            DataColumn("问题", ""), DataColumn("状态", choose=True), _AGAIN, DataColumn("详情", ""),
        ]  # fmt: skip
        rows = [_short_row(part, here, row, e) for row, e in enumerate(part.pages[at], first)]
    else:
        columns, rows = _whole_rows(ledger, part, at, here, first)
    total = len(part.pages)
    parts = [
        f"<h1>{escape(part.title)}</h1>",
        f"<p>{link(here, INDEX, TITLE)} › 共{number(len(part.entries))}个问题"
        + (f"，都出自{escape(part.kind)}。" if part.kind else "。")
        + ("问题较多，这里只列开头；原因、打算、次年整改情况点“详情”看。" if part.short else "")
        + "</p>",
    ]
    if total > 1:
        turns = " · ".join(
            f"<strong>{n}</strong>" if n == at + 1 else link(here, part.uri(n), str(n))
            for n in range(1, total + 1)
        )
        parts.append(
            f'<p class="bg-pages">共{total}页：{turns}。筛选和排序只管本页，全部请下载表格。</p>'
        )
    parts.append(_download(here))
    parts.append(data_table(columns, rows, part.title, "bg-ledger"))
    how = "" if part.short else f"<p>{_ABOUT_HOW}</p>"
    parts.append(f"{how}<p>{_ABOUT_GUESS}</p><p>{_ABOUT_TOPIC}</p>")
    return Page(here, part.title, "\n".join(parts), styles=(PRINT,))


def _whole_rows(
    ledger: Ledger, part: _Part, at: int, here: str, first: int
) -> tuple[list[DataColumn], list[list[str]]]:
    columns = [
        DataColumn("序号", "number"),
        *([DataColumn("年度", "number", choose=True)] if not part.year else []),
        *([DataColumn("单位", choose=True)] if part.year else []),
        *_kind_column(part),
        DataColumn("问题", ""), DataColumn("原因", ""), DataColumn("打算", ""),
        DataColumn("次年整改情况", ""), DataColumn("状态", choose=True),
        _AGAIN, DataColumn("出处", ""),
    ]  # fmt: skip
    rows = [_row(ledger, part, here, row, entry) for row, entry in enumerate(part.pages[at], first)]
    return columns, rows


def _kind_column(part: _Part) -> list[DataColumn]:
    """The column that tells kinds of reports apart, where there are several."""
    return [] if part.kind else [DataColumn("文种", choose=True)]


def _short_row(part: _Part, here: str, at: int, entry: Entry) -> list[str]:
    report = entry.report
    assert report.unit is not None
    whole = f"{unit_uri_of(report.unit.id).removeprefix('ledger/')}?年度={entry.year}"
    return [
        str(at),
        escape(report.unit_brief),
        *([] if part.kind else [escape(_kind(report))]),
        sentence_link(here, report, entry.anchor, _mark(entry.text), _head(entry.text, _BRIEF)),
        _state(entry),
        year_ranges(entry.years) if entry.repeated else "",
        f'<a href="{escape(whole)}">详情</a>',
    ]


def _kind(report: Report) -> str:
    assert report.kind is not None
    return report.kind.name + (f"（{report.author.name}）" if report.author else "")


def _row(ledger: Ledger, part: _Part, here: str, at: int, entry: Entry) -> list[str]:
    report = entry.report
    assert report.unit is not None
    return [
        str(at),
        *([] if part.year else [str(entry.year)]),
        *(
            [link(here, unit_uri(report.unit.id), report.unit_brief, title=report.unit_name)]
            if part.year
            else []
        ),
        *([] if part.kind else [escape(_kind(report))]),
        _text(entry.text),
        _matched(here, entry, entry.causes, "原因"),
        _matched(here, entry, entry.plans, "打算"),
        _answers(here, entry),
        _state(entry),
        _topic(ledger, here, entry),
        _sources(here, entry),
    ]


def _text(text: str) -> str:
    """Lines as paragraphs; a long text is cut."""
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join(f"<p>{escape(line)}</p>" for line in cut.split("\n") if line.strip())


def _guess(words: str) -> str:
    """What the program says beside the words of reports; the style sheet frames it as elsewhere."""
    return f"<i>{escape(words)}</i>"


def _matched(here: str, entry: Entry, matched: Matched, name: str) -> str:
    if not matched.passages:
        return ""
    if matched.how == OF_REPORT:
        # They are the same for all problems of a report, so that they are not repeated with each.
        first = matched.passages[0]
        said = f"{name}{len(matched.passages)}条"
        return f"<p>{sentence_link(here, entry.report, first.anchor, '', said)}，未逐条对应</p>"
    return f"{_text(matched.passages[0].text)}{_guess(f'推测·{_HOW[matched.how]}')}"


def _head(text: str, longest: int) -> str:
    first = text.split("\n", 1)[0]
    return first if len(first) <= longest else first[: longest - 1] + "…"


def _answers(here: str, entry: Entry) -> str:
    parts = []
    if entry.evidence:
        parts.append(f"<p>{escape(entry.evidence)}</p>")
    later = entry.later
    guessed = False
    shown = _likeliest(entry)
    best = max((answer.likeness or 0.0 for answer in shown), default=0.0)
    for answer in shown:
        assert later is not None
        if answer.likeness is None:
            parts.append(_text(answer.text))
        else:
            guessed = True
            said = answer.text if answer.likeness == best else _head(answer.text, _OPENING)
            parts.append(
                f"<p>{sentence_link(here, later, answer.anchor, _mark(answer.text), said)}</p>"
            )
    left = len(entry.answers) - len(shown)
    if guessed:
        more = f"，另有{left}句见下载的{'.xlsx' if can_write_xlsx() else '表格'}" if left else ""
        parts.append(f"{_guess('推测')} 相近程度{entry.score:.2f}{more}")
    if not parts:
        if later is None:
            return ""  # the state says it
        words = "写明了状态，没有找到对应的句子" if entry.status else UNANSWERED
        return f'<span class="bg-ledger-more">{words}</span>'
    return "".join(parts)


def _likeliest(entry: Entry) -> list[Answer]:
    """The answers a page shows, in their order: all that authors name, and the likeliest that were found."""
    found = [answer for answer in entry.answers if answer.likeness is not None]
    best = sorted(found, key=lambda answer: -(answer.likeness or 0.0))[:_ANSWERS]
    return [answer for answer in entry.answers if answer.likeness is None or answer in best]


def _state(entry: Entry) -> str:
    if entry.state == GUESSED:
        return f'<span class="bg-guess">{GUESSED}</span>'  # what it means stands below the table
    css = " bg-state-open" if entry.state in (UNANSWERED, "未完成") else ""
    return f'<span class="bg-state{css}">{escape(entry.state)}</span>'


def _topic(ledger: Ledger, here: str, entry: Entry) -> str:
    """The latest years of a problem that comes again, each a link to where it is put first, and how many years there are."""
    if not entry.repeated:
        return ""
    of_year: dict[int, Entry] = {}
    for place in entry.topic:
        other = ledger.by_problem[place]
        of_year.setdefault(other.year, other)
    years = [
        f"<strong>{year}</strong>"
        if year == entry.year
        else sentence_link(here, other.report, other.anchor, _mark(other.text), f"{year}")
        for year, other in sorted(of_year.items())[-_TOPIC:]
    ]
    more = f"等{len(of_year)}年" if len(of_year) > len(years) else ""
    return f"{'、'.join(years)}{more} {GUESS}"


def _mark(text: str) -> str:
    """As much of a text as finds it in its section: what marks figures is longer."""
    return text.split("\n", 1)[0][:_MARK]


def _sources(here: str, entry: Entry) -> str:
    report = entry.report
    source = sentence_link(here, report, entry.anchor, _mark(entry.text), f"{entry.year}年度问题")
    parts = [f"<p>{source}（{escape(entry.item)}）</p>"]
    later = entry.later
    # A sentence that was found is a link of its own.
    if later is not None and later is not report and all(a.likeness is None for a in entry.answers):
        anchor = entry.answers[0].anchor if entry.answers else ""
        parts.append(f"<p>{link(here, report_uri(later), f'{later.year}年度报告', anchor)}</p>")
    return "".join(parts)


# Tables to take away


_STEM = "ledger/ledger"


def _kinds_of_file() -> tuple[str, ...]:
    """The endings of the whole ledger's tables. Years and units have none of their own: a workbook filters by them, and as .csv
    the rows of every page are saved by ``assets/tables.js``."""
    return ("xlsx", "csv") if can_write_xlsx() else ("csv",)


def _download(here: str) -> str:
    words = {"xlsx": "Excel、WPS 表格 .xlsx", "csv": ".csv"}
    links = (
        link(here, f"{_STEM}.{kind}", f"下载全部台账（{words[kind]}）") for kind in _kinds_of_file()
    )
    return f'<div class="bg-take">{"".join(links)}</div>'


COLUMNS = (
    Column("序号", 6), Column("年度", 7), Column("单位", 18), Column("问题", 44), Column("原因", 38),
    Column("打算", 38), Column("次年整改情况", 48), Column("状态", 13), Column("连年出现", 14),
    Column("出处", 36),
)  # fmt: skip


def ledger_downloads(insight: Insight) -> Iterator[LateDownload]:
    """The whole ledger as a table to take away."""
    ledger = insight.ledger
    if not ledger.entries:
        return
    years, _ = _parts(insight)
    whole = digest_of(" ".join(part.key for part in years).encode())
    for kind in _kinds_of_file():
        make = _xlsx if kind == "xlsx" else _csv
        maker = partial(make, TITLE, ledger.entries)
        yield LateDownload(f"{_STEM}.{kind}", maker, f"{whole} {kind}")


def _xlsx(title: str, entries: Sequence[Entry]) -> bytes:
    return xlsx_bytes(_sheet(title, entries, whole=True))


def _csv(title: str, entries: Sequence[Entry]) -> bytes:
    return csv_bytes(_sheet(title, entries, whole=not can_write_xlsx()))


def _sheet(title: str, entries: Sequence[Entry], *, whole: bool) -> Sheet:
    """The ledger as a table. Where it is not ``whole`` it has of the answers that were found the same as the pages: a workbook
    packs them all to a fifth, and they say less and less."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.report.name, entry)
    rows = [(at, *_cells(e, first[e.report.name], whole)) for at, e in enumerate(entries, 1)]
    return Sheet(title, COLUMNS, rows)


def _cells(entry: Entry, first: Entry, whole: bool) -> tuple[int | str, ...]:
    """The cells of an entry; ``first`` is the first entry of its report, which has what belongs to all of them."""
    report, later = entry.report, entry.later
    said = [entry.evidence] if entry.evidence else []
    answers = entry.answers if whole else _likeliest(entry)
    said += [f"［推测］{a.text}" if a.likeness is not None else a.text for a in answers]
    if left := len(entry.answers) - len(answers):
        said.append(f"［另有{left}句见 .xlsx］")
    source = f"{report.title}（{entry.item}）"
    if later is not None and later is not report:
        source += f"；回应见{later.year}年度报告"
    return (
        entry.year, report.unit_brief, entry.text[:_CELL], _cell(entry.causes, entry, first), _cell(entry.plans, entry, first),
        "\n".join(said)[:_CELL], entry.state,
        year_ranges(entry.years) + "（推测）" if entry.repeated else "", source[:_CELL],
    )  # fmt: skip


def _cell(matched: Matched, entry: Entry, first: Entry) -> str:
    if not matched.passages:
        return ""
    if matched.how == OF_REPORT:
        if entry is not first:
            return f"［未逐条对应，见本报告的{first.item}］"
        listed = "\n".join(f"{at}.{p.text}" for at, p in enumerate(matched.passages, 1))
        return f"［报告所列，未逐条对应］\n{listed}"[:_CELL]
    return f"{matched.passages[0].text}［推测·{_HOW[matched.how]}］"[:_CELL]
