"""对照: a report beside the one before it in its series, section by section, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from ..corpus import (
    Block,
    Item,
    LikelyAnswer,
    Placeholder,
    Report,
    Section,
    anchor_at,
    find_placeholders,
    follow_up,
    item_head,
    likely_answers,
)  # fmt: skip
from ..corpus.reuse import Sentence, split_sentences
from ..insight import Insight
from ..insight.comparison import Comparison, Link, Pair, differences, kept_by
from ..insight.ledger import Answer, Ledger
from .inline import gaps_html
from .ledger import unit_uri_of as ledger_unit_uri
from .page import (
    GUESS,
    PAGE_LIMIT,
    DataColumn,
    LatePage,
    Page,
    data_table,
    key_of,
    link,
    paginate,
    report_uri,
    sentence_link,
    table,
    unit_uri,
)
from .report import table_html

INDEX = "compare/index.html"
#: A row of two sections heavier than this (bytes) is not shown; with the frame a page stays below one megabyte.
_ROW_LIMIT = 400_000
#: Two reports that have more characters than this together are not printed a second time side by side: what is the same in
#: both gives its first words, what is new or gone its opening, and a link leads to the rest.
_WHOLE = 5_000
#: Characters of what is the same that are still shown then, how many of what is new or gone there may be on the page, and the least
#: of each passage.
_KEPT, _ROOM, _LEAST = 16, 400, 24
#: A rest shorter than this (characters) is shown rather than linked.
_REST = 12
#: So many sentences that may answer a problem are listed, and so much of each (characters); the ledger has all of them.
_LIKELIEST, _SAID = 1, 40
#: With more pairs of sections than this only common sentences bind them: nobody writes so many headings.
_MANY = 250_000


@dataclass(frozen=True)
class Extra:
    """A part of the page that another view of the reports fills in: ``html`` says what changed from one report to the other,
    ``brief`` says it in a few words on the page of the report."""

    anchor: str
    title: str
    html: str
    brief: str = ""


#: What fills in a part: given the address of the page and the pair; ``None`` where there is nothing to say.
ExtraPart = Callable[[str, Pair], Extra | None]


@dataclass(frozen=True)
class Quote:
    """What one of the two reports says: ``text`` as it is shown, ``anchor`` the section it stands in, ``words`` to be marked there."""

    text: str
    anchor: str
    words: str


@dataclass(frozen=True)
class FigureChange:
    """A measure that both reports give; ``guessed`` where the program took two figures for the same measure."""

    label: str
    before: Quote
    after: Quote
    guessed: bool = False


def initiatives_extra(
    uri: str, pair: Pair, before: Mapping[str, Quote], after: Mapping[str, Quote]
) -> Extra | None:
    """举措变化: which initiatives (by id) only one of the two reports names."""
    begun = [quote for key, quote in after.items() if key not in before]
    dropped = [quote for key, quote in before.items() if key not in after]
    if not begun and not dropped:
        return None

    def listed(report: Report, quotes: Sequence[Quote]) -> str:
        return "、".join(_quoted(uri, report, quote) for quote in quotes) or "没有"

    first, second = pair.years
    return Extra(
        "initiatives",
        "举措变化",
        f"<p>{second}年度写到、{first}年度没有写到的（{len(begun)}）：{listed(pair.later, begun)}</p>\n"
        f"<p>{first}年度写到、{second}年度没有写到的（{len(dropped)}）：{listed(pair.earlier, dropped)}</p>",
        f"新写{len(begun)}项，不再写{len(dropped)}项",
    )


def figures_extra(uri: str, pair: Pair, changes: Sequence[FigureChange]) -> Extra | None:
    """数据变化: what both reports count, with both figures."""
    if not changes:
        return None
    first, second = pair.years
    rows = [
        [
            escape(change.label) + (f" {GUESS}" if change.guessed else ""),
            _quoted(uri, pair.earlier, change.before), _quoted(uri, pair.later, change.after),
        ]
        for change in changes
    ]  # fmt: skip
    html = table(["数据", f"{first}年度", f"{second}年度"], rows, "bg-counts")
    if any(change.guessed for change in changes):
        html = f"<p>{GUESS} 的一行，程序凭用词把两个数认作同一件事，请看原文。</p>" + html
    return Extra("figures", "数据变化", html, f"{len(changes)}项")


def _quoted(uri: str, report: Report, quote: Quote) -> str:
    return sentence_link(uri, report, quote.anchor, quote.words, quote.text)


def compare_uri(pair: Pair) -> str:
    first, second = pair.years
    return f"compare/{pair.series}/{first}-{second}.html"


def compare_pages(insight: Insight, extras: Sequence[ExtraPart] = ()) -> Iterator[Page | LatePage]:
    """The index of all pairs, and a page for each pair of consecutive reports of a series."""
    yield from _index(insight)
    series: dict[str, list[Pair]] = {}
    for pair in insight.pairs:
        series.setdefault(pair.series, []).append(pair)
    for pairs in series.values():
        key = key_of((pairs[0].earlier, *(pair.later for pair in pairs)))
        for pair in pairs:
            found = insight.comparisons[pair.later.name]
            make = partial(compare_page, pair, found, tuple(pairs), tuple(extras), insight.ledger)
            yield LatePage(compare_uri(pair), _title(pair), make, key)


def _title(pair: Pair) -> str:
    first, second = pair.years
    return f"{_series_title(pair.later)}：{second}年度与{first}年度对照"


def _series_title(report: Report) -> str:
    kind = report.kind.name if report.kind else ""
    author = f"（{report.author.name}）" if report.author else ""
    return f"{report.unit_brief}{kind}{author}"


# The index


def _index(insight: Insight) -> Iterator[Page]:
    series: dict[str, list[Pair]] = {}
    for pair in insight.pairs:
        series.setdefault(pair.series, []).append(pair)
    units = {unit.id: index for index, unit in enumerate(insight.corpus.data.units.units)}
    ordered = sorted(
        series.values(),
        key=lambda pairs: (units[pairs[0].later.unit.id] if pairs[0].later.unit else 0, pairs[0].series),
    )  # fmt: skip
    rows = [_index_row(pairs, insight.comparisons) for pairs in ordered]
    runs = paginate(rows, lambda row: sum(len(cell.encode()) for cell in row) + 60) or [[]]
    uris = [
        INDEX if not number else f"compare/index-{number + 1}.html" for number in range(len(runs))
    ]
    for number, run in enumerate(runs):
        title = "历年对照" if len(runs) == 1 else f"历年对照（{number + 1}）"
        html = f"<h1>{title}</h1>\n"
        if not rows:
            html += "<p>还没有可以对照的报告：要有同一单位、同一文种（和角色）两个年度的报告。</p>"
            yield Page(uris[number], title, html)
            continue
        html += (
            f"<p>同一单位、同一文种的报告，每份与它的上一份逐句对照，共{len(insight.pairs)}对。百分数是沿用的比例："
            "本年报告里与上一份相同的句子（只有数字、年份不同的也算）所占的字数。</p>\n"
        )
        if len(runs) > 1:
            html += "<p>分页：" + " · ".join(
                f"<strong>{at + 1}</strong>" if at == number else link(uris[number], uri, str(at + 1))
                for at, uri in enumerate(uris)
            ) + "（筛选和排序只在本页之内）</p>\n"  # fmt: skip
        columns = (
            DataColumn("单位", choose=True), DataColumn("文种", choose=True), DataColumn("角色", choose=True),
            DataColumn("最近一对", "number"), DataColumn("最近沿用", "number"), DataColumn("各年度对照（沿用）", ""),
        )  # fmt: skip
        yield Page(
            uris[number], title, html + data_table(columns, run, "历年对照", "bg-compare-list")
        )


def _index_row(pairs: Sequence[Pair], found: Mapping[str, Comparison]) -> list[str]:
    latest = pairs[-1]
    report = latest.later
    all_pairs = " ".join(
        f'<span class="bg-pair-link">{link(INDEX, compare_uri(pair), f"{pair.years[0]}→{pair.years[1]}")}'
        f" {_percent(found[pair.later.name].share)}</span>"
        for pair in reversed(pairs)
    )
    return [
        escape(report.unit.current.brief if report.unit else ""),
        escape(report.kind.name if report.kind else ""),
        escape(report.author.name) if report.author else "—",
        str(latest.years[1]),
        f'<span data-value="{found[report.name].share * 100:.2f}">{_percent(found[report.name].share)}</span>',
        all_pairs,
    ]  # fmt: skip


def _percent(share: float) -> str:
    """A share as a whole percentage; 0% and 100% are only said when nothing or everything is meant."""
    value = round(share * 100)
    if value == 0 and share > 0:
        return "不到1%"
    if value == 100 and share < 1:
        return "99%"
    return f"{value}%"


# One pair


def compare_page(
    pair: Pair,
    found: Comparison,
    series: Sequence[Pair],
    extras: Sequence[ExtraPart],
    ledger: Ledger,
) -> Page:
    """The page of one pair; ``series`` are all pairs of its series, ``extras`` fill in further parts. ``ledger`` knows the likely
    answers to problems; those it does not have are looked for."""
    uri = compare_uri(pair)
    filled = [extra for make in extras if (extra := make(uri, pair)) is not None]
    most = _opening(pair, found)
    parts = [f"<h1>{escape(_title(pair))}</h1>", _head(uri, pair, found, series, most)]
    answers = _answers(uri, pair, ledger)
    contents = [("answers", "上年问题的回应")] if answers else []
    contents += [(extra.anchor, extra.title) for extra in filled] + [("text", "逐节对照")]
    parts.append(
        '<p class="bg-jump">本页：'
        + " · ".join(f'<a href="#{anchor}">{escape(title)}</a>' for anchor, title in contents)
        + "</p>"
    )
    if answers:
        parts.append(f'<h2 id="answers">上年问题的回应</h2>\n{answers}')
    parts += [
        f'<h2 id="{extra.anchor}">{escape(extra.title)}</h2>\n{extra.html}' for extra in filled
    ]
    parts.append(_side_by_side(uri, pair, found, most))
    html = '<div class="bg-compare">\n' + "\n".join(parts) + "\n</div>"
    return Page(uri, _title(pair), html)


def _head(uri: str, pair: Pair, found: Comparison, series: Sequence[Pair], most: int) -> str:
    others = " · ".join(
        f"<strong>{other.years[0]}→{other.years[1]}</strong>"
        if other is pair
        else link(uri, compare_uri(other), str(other.years[1]))
        for other in series
    )
    first, second = pair.years
    unit = pair.later.unit
    links = [
        link(uri, report_uri(pair.earlier), f"{first}年度报告"),
        link(uri, report_uri(pair.later), f"{second}年度报告"),
        *([link(uri, unit_uri(unit.id), unit.current.brief)] if unit else []),
        link(uri, INDEX, "全部对照"),
    ]
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in _facts(pair, found)
    )
    gap = (
        f"<p>{second - 1}年度没有同类报告，这里与最近的{first}年度对照。</p>"
        if second - first > 1
        else ""
    )
    cut = "这两份报告较长，相同的只列头几个字，新增、去掉的只列开头，全文点标题看。" if most else ""
    return (
        f'<p>{" · ".join(links)}</p>\n<p>本系列历年：{others}</p>\n{gap}<dl class="bg-changes">{facts}</dl>\n'
        '<p class="bg-legend">左边（窄屏幕上在前）是上一份，右边是本年：<span class=bg-kept>相同，数字和年份不算</span>'
        "<span class=bg-rewritten>词句改过，<del>删去</del><ins>添上</ins></span></p>\n"
        f"<p>“改写”由程序配成对，未必是同一件事，{link(uri, 'guide/insight.html', '怎样配的', 'compare')}。{cut}</p>"
    )


def _facts(pair: Pair, found: Comparison) -> list[tuple[str, str]]:
    facts = [
        ("沿用", f"{found.kept}句，占本年字数{_percent(found.share)}"),
        ("改写", f"{found.rewritten}句"),
        ("新增", f"{found.new}句"),
        ("去掉", f"{found.gone}句"),
    ]
    if found.problems:
        stated = f"，本年报告注明了整改情况的{found.answered}个" if _stated(pair) else ""
        facts.append(("上年问题", f"{found.problems}个{stated}"))
    return facts


def _stated(pair: Pair) -> bool:
    """Whether authors of this kind state what became of each problem."""
    return pair.earlier.kind is None or pair.earlier.kind.problems_answered


def report_block(report: Report, insight: Insight, extras: Sequence[ExtraPart] = ()) -> str:
    """与上年对照 on the page of a report: what changed since the report before it, with the way to all of it. Empty for the
    first of a series."""
    pair = insight.pair_of.get(report.name)
    if pair is None:
        return ""
    uri = report_uri(report)
    found = insight.comparisons[report.name]
    first, second = pair.years
    title = "与上年对照" if second - first == 1 else f"与{first}年度对照"
    rows = _facts(pair, found) + [
        (extra.title, link(uri, compare_uri(pair), extra.brief or "查看", extra.anchor))
        for make in extras
        if (extra := make(compare_uri(pair), pair)) is not None
    ]
    facts = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    return (
        f'<aside class="bg-against" aria-label="{title}"><p class="bg-against-title">{title}</p>'
        f"<dl>{facts}</dl><p>{link(uri, compare_uri(pair), f'与{first}年度报告逐句对照 →')}</p></aside>"
    )


# Problems of the earlier report


def _answers(uri: str, pair: Pair, ledger: Ledger) -> str:
    followed = follow_up(pair.later, pair.earlier)
    if not followed.answered and not followed.unanswered:
        return ""
    likely = _likely(pair, ledger, followed.unanswered)
    stated = {item.id: entry for item, entry in followed.answered}
    rows = []
    for item in pair.earlier.items_of("problem"):
        problem = sentence_link(
            uri, pair.earlier, anchor_at(pair.earlier, item.start), "", item_head(item.text, 40)
        )
        if entry := stated.get(item.id):
            said = f"<strong>{escape(entry.status or '注明已回应')}</strong>" + (
                f"：{escape(entry.evidence)}" if entry.evidence else ""
            )
        elif answers := likely.get(item.id):
            by_likeness = sorted(range(len(answers)), key=lambda at: -(answers[at].likeness or 0.0))
            places = "".join(
                sentence_link(uri, pair.later, answer.anchor, answer.text, _cut(answer.text, _SAID))
                for answer in (answers[at] for at in sorted(by_likeness[:_LIKELIEST]))
            )
            said = f"{GUESS} {places}"
        else:
            said = '<span class="bg-none">没有找到回应</span>'
        rows.append([f"{escape(item.id)} {problem}", said])
    note = ""
    if likely:
        unsaid = "报告前言没有注明，" if _stated(pair) else ""
        note = f"<p>{GUESS} 是程序按用词相近找到的句子，{unsaid}请核对。</p>"
    first, second = pair.years
    listed = ""
    if pair.earlier.unit is not None:
        of_unit = ledger_unit_uri(pair.earlier.unit.id)
        listed = f"<p>历年的问题、原因和打算见{link(uri, of_unit, '问题整改台账')}。</p>"
    return note + table([f"{first}年度的问题", f"{second}年度怎么说"], rows, "bg-answers") + listed


def _likely(
    pair: Pair, ledger: Ledger, problems: Iterable[Item]
) -> dict[str, Sequence[Answer | LikelyAnswer]]:
    """The likely answers of the later report to ``problems`` of the earlier one, by id, in the order of the text."""
    found: dict[str, Sequence[Answer | LikelyAnswer]] = {}
    missing = []
    for problem in problems:
        entry = ledger.by_problem.get((pair.earlier.name, problem.id))
        if entry is None or entry.later is not pair.later:
            missing.append(problem)
        elif entry.answers:
            found[problem.id] = entry.answers
    for name, likely in likely_answers(pair.later, pair.earlier, missing).items():
        in_order = sorted(likely, key=lambda answer: answer.start)
        found[name] = in_order
    return found


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


# The texts side by side


@dataclass(frozen=True)
class _Chunk:
    """A section's own text: its heading and what stands before the next heading. ``first`` and ``last`` bound its sentences."""

    section: Section | None
    passages: tuple[tuple[Block, int], ...]
    sentences: tuple[int, ...]

    @property
    def heading(self) -> str:
        return self.section.heading_text if self.section else ""


@dataclass(frozen=True)
class _Part:
    """A first-level section with the sections in it; the lead is a part without heading."""

    top: Section | None
    chunks: tuple[_Chunk, ...]

    @property
    def role(self) -> str | None:
        return self.top.role if self.top else ""

    @property
    def sentences(self) -> tuple[int, ...]:
        return tuple(number for chunk in self.chunks for number in chunk.sentences)


def _parts(report: Report) -> list[_Part]:
    by_block: dict[int, list[int]] = {}
    for number, sentence in enumerate(split_sentences(report)):
        by_block.setdefault(sentence.block.start, []).append(number)

    def chunk(section: Section | None, passages: Iterable[tuple[Block, int]]) -> _Chunk:
        kept = tuple((b, at) for b, at in passages if b.kind not in ("comment", "break"))
        numbers = tuple(n for block, _ in kept for n in by_block.get(block.start, ()))
        return _Chunk(section, kept, numbers)

    parts = []
    if report.lead:
        lead = chunk(None, ((block, 0) for block in report.lead))
        if lead.passages:
            parts.append(_Part(None, (lead,)))
    for top in report.sections:
        parts.append(_Part(top, tuple(chunk(s, s.paragraphs()) for s in top.walk())))
    return parts


def _matched(
    before: Sequence[_Part | _Chunk],
    after: Sequence[_Part | _Chunk],
    links: Sequence[Link],
    sure: Callable[[int, int], int],
) -> list[tuple[int | None, int | None]]:
    """Which of ``before`` stands beside which of ``after``: first those that ``sure`` (a score, 0 for no) or common sentences bind,
    the most bound first. In the order of ``after``; what has no partner follows what it followed in its own report."""
    owner = {number: index for index, part in enumerate(before) for number in part.sentences}
    score: dict[tuple[int, int], int] = {}
    for index, part in enumerate(after):
        for number in part.sentences:
            # What was moved here from elsewhere binds nothing.
            if (other := owner.get(links[number].other)) is not None:
                pair = other, index
                score[pair] = score.get(pair, 0) + 2
        for other in range(len(before) if len(before) * len(after) <= _MANY else 0):
            if bonus := sure(other, index):
                score[other, index] = score.get((other, index), 0) + bonus
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for (other, index), _ in sorted(score.items(), key=lambda entry: (-entry[1], entry[0])):
        if other not in taken and index not in partner:
            partner[index] = other
            taken.add(other)
    rows: list[tuple[int | None, int | None]] = []
    place = {}
    for index in range(len(after)):
        place[partner.get(index)] = len(rows)
        rows.append((partner.get(index), index))
    alone: dict[int, list[int]] = {}
    at = -1
    for other in range(len(before)):
        if other in taken:
            at = place[other]
        else:
            alone.setdefault(at, []).append(other)
    ordered: list[tuple[int | None, int | None]] = [(o, None) for o in alone.get(-1, ())]
    for number, row in enumerate(rows):
        ordered.append(row)
        ordered += [(other, None) for other in alone.get(number, ())]
    return ordered


def _links(pair: Pair, found: Comparison) -> tuple[list[Link], list[Link]]:
    """What each sentence of either report is to the other."""
    return found.earlier_links(kept_by(pair.earlier, pair.later)), found.later_links()


def _opening(pair: Pair, found: Comparison) -> int:
    """How many characters of a passage that is new or gone are shown; 0 where both reports are shown whole."""
    reports = (pair.earlier, pair.later)
    if sum(report.length.characters for report in reports) <= _WHOLE:
        return 0
    lengths: list[int] = []
    for report, links in zip(reports, _links(pair, found), strict=True):
        before: tuple[int, bool] | None = None
        for sentence, (state, _) in zip(split_sentences(report), links, strict=True):
            own = state == "alone"
            if not own or before != (sentence.block.start, own):
                lengths.append(0)
            lengths[-1] += len(sentence.text) if own else 0
            before = sentence.block.start, own
    lengths = sorted(length for length in lengths if length)
    room = _ROOM
    for at, length in enumerate(lengths):
        # All passages that are left get the same share of what the shorter ones did not need.
        share = room // (len(lengths) - at)
        if length > share:
            return max(share, _LEAST)
        room -= length
    return max(lengths, default=_LEAST)


def _side_by_side(uri: str, pair: Pair, found: Comparison, most: int) -> str:
    of_earlier, of_later = _links(pair, found)
    sides = (
        _Side(uri, pair.earlier, pair.later, of_earlier, True, most),
        _Side(uri, pair.later, pair.earlier, of_later, False, most),
    )
    links = sides[1].links
    before, after = _parts(pair.earlier), _parts(pair.later)
    html = ['<h2 id="text">逐节对照</h2>']
    room = PAGE_LIMIT - 100_000

    def same_part(other: int, index: int) -> int:
        one, two = before[other], after[index]
        if one.role != two.role:
            return 0
        title = one.top is not None and two.top is not None and one.top.title == two.top.title
        # Of several sections of one role (重点任务) those of one title or place belong together.
        return 1 + 8 * title + (other == index)

    for number, (one, two) in enumerate(_matched(before, after, links, same_part)):
        left = before[one] if one is not None else None
        right = after[two] if two is not None else None
        rows = list(_rows(left, right, sides))
        size = sum(len(row.encode()) for row in rows)
        html.append(
            f'<h3 id="part-{number + 1}">{escape(_part_title(left, right, pair.later))}</h3>'
        )
        if size > min(room, _ROW_LIMIT):
            html.append('<p class="bg-none">这一节太长，这里略去，请看报告原文。</p>')
            continue
        room -= size
        html += rows
    return "\n".join(html)


def _part_title(left: _Part | None, right: _Part | None, report: Report) -> str:
    top = right.top if right and right.top else left.top if left else None
    if top is None:
        return "开头"
    role = report.data.kinds.roles.get(top.role) if top.role else None
    expected = report.kind.expected(top.role) if report.kind and top.role else None
    return top.title if role is None or (expected and expected.any_heading) else role.name


def _rows(left: _Part | None, right: _Part | None, sides: tuple[_Side, _Side]) -> Iterator[str]:
    before = left.chunks if left else ()
    after = right.chunks if right else ()

    def same_section(other: int, index: int) -> int:
        one, two = before[other].section, after[index].section
        if other == 0 or index == 0:
            return 50 if other == index else 0
        if one is None or two is None:
            return 0
        if one.title == two.title:
            return 20
        # No common sentence: what has the same ordinal stands side by side.
        return int(one.ordinal is not None and two.ordinal is not None
                   and (one.ordinal.level, one.ordinal.number) == (two.ordinal.level, two.ordinal.number))  # fmt: skip

    for one, two in _matched(before, after, sides[1].links, same_section):
        cells = (
            sides[0].cell(before[one] if one is not None else None),
            sides[1].cell(after[two] if two is not None else None),
        )
        yield f"<div class=bg-pair>{cells[0]}{cells[1]}</div>"


@dataclass(frozen=True)
class _Side:
    """One of the two columns: ``links`` says of each sentence what it is to the ``other`` report; ``most`` is how many characters
    of a passage that is new or gone are shown (0: all, and what is the same as well)."""

    uri: str
    report: Report
    other: Report
    links: Sequence[Link]
    earlier: bool
    most: int

    def cell(self, chunk: _Chunk | None) -> str:
        if chunk is None:
            return f"<div class=bg-empty data-year={self.report.year}></div>"
        parts = []
        if chunk.section is not None:
            parts.append(
                f"<h4>{link(self.uri, report_uri(self.report), chunk.heading, chunk.section.anchor)}</h4>"
            )
        sentences = split_sentences(self.report)
        numbers = iter(chunk.sentences)
        anchor = chunk.section.anchor if chunk.section else ""
        pending = next(numbers, None)
        for block, begin in chunk.passages:
            own = []
            while pending is not None and sentences[pending].block is block:
                own.append(pending)
                pending = next(numbers, None)
            if block.kind == "table" and not self.most:
                parts.append(table_html(self.report.source.text, block))
            elif block.kind == "table":
                parts.append(
                    f"<p>{link(self.uri, report_uri(self.report), '表格，见原文', anchor)}</p>"
                )
            elif block.plain[begin:].strip():
                parts.append(f"<p>{self._passage(block, begin, own, sentences, anchor)}</p>")
        return f"<div data-year={self.report.year}>{''.join(parts)}</div>"

    def _shown(
        self, name: str, text: str, marks: Sequence[Placeholder], begin: int, end: int, anchor: str
    ) -> str:
        """The characters ``begin`` to ``end`` of a block, or their opening and how much is left: the heading above leads there, or
        what is said where there is none."""
        most = _KEPT if name == "kept" else self.most
        if not self.most or end - begin <= most + _REST:
            return gaps_html(text, marks, begin, end)
        cut = begin + most
        while cut > begin + 1 and text[cut - 1 : cut + 1].isdigit():  # a number is not cut in two
            cut -= 1
        rest = f"……余{end - cut}字"
        if not anchor:
            rest = link(self.uri, report_uri(self.report), rest)
        return f"{gaps_html(text, marks, begin, cut)}<i>{rest}</i>"

    def _passage(
        self, block: Block, begin: int, numbers: Sequence[int], sentences: Sequence[Sentence], anchor: str
    ) -> str:  # fmt: skip
        """The text of a block from ``begin``, each run of sentences of one state marked; every sentence takes what follows
        it up to the next. ``anchor`` is that of its section."""
        text = block.plain
        marks = find_placeholders(text)
        if not numbers:
            return self._shown("", text, marks, begin, len(text), anchor)
        others = split_sentences(self.other)
        starts = [begin, *(sentences[number].at for number in numbers[1:]), len(text)]
        # With all of it shown, a run is made of its sentences: in one that is the same figures may differ.
        runs: list[tuple[str, int, int, str]] = []
        for at, number in enumerate(numbers):
            state, other = self.links[number]
            start, end = starts[at], starts[at + 1]
            inner = ""
            if (
                (not self.most or state == "rewritten")
                and other >= 0
                and others[other].text != sentences[number].text
            ):
                inner = self._changed(text, marks, (start, end), sentences[number], others[other])
            name = state if state != "alone" else "gone" if self.earlier else "new"
            html = inner or gaps_html(text, marks, start, end)
            if runs and runs[-1][0] == name and name != "rewritten":
                _, first, _, before = runs[-1]
                runs[-1] = (name, first, end, before + html)
            else:
                runs.append((name, start, end, html))
        if self.most:
            runs = [
                (name, start, end, html if name == "rewritten" else self._shown(name, text, marks, start, end, anchor))
                for name, start, end, html in runs
            ]  # fmt: skip
        return "".join(f"<span class=bg-{name}>{html}</span>" for name, _, _, html in runs)

    def _changed(
        self,
        text: str,
        marks: Sequence[Placeholder],
        span: tuple[int, int],
        sentence: Sentence,
        other: Sentence,
    ) -> str:
        """A sentence and what follows it, with the words that only this report has marked."""
        if self.earlier:
            runs = [(d.same, d.before) for d in differences(sentence.text, other.text)]
        else:
            runs = [(d.same, d.after) for d in differences(other.text, sentence.text)]
        tag = "del" if self.earlier else "ins"
        html = [gaps_html(text, marks, span[0], sentence.at)]
        at = sentence.at
        for same, piece in runs:
            if piece:
                inner = gaps_html(text, marks, at, at + len(piece))
                html.append(inner if same else f"<{tag}>{inner}</{tag}>")
                at += len(piece)
        html.append(gaps_html(text, marks, at, span[1]))
        return "".join(html)
