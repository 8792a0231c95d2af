"""Y004: what happened after the period of the report is not told as done.

Domain notes 4.5 (e). Events and their dates are in ``events.yml``, with the words of a sentence that only prepares for them. Titles 《…》
and sections that speak of what is to come are left alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ...corpus import Event, Report, find_event, find_titles, find_years, sentence_around
from ...corpus.events import drop_quotes
from ..finding import Finding, Severity
from ..quoting import quote
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text
from .places import Place, ahead, places

#: Reports are written by the end of March; the days until then belong to what an author may know.
_WRITTEN_BY = (3, 31)


def check(report: Report) -> Iterator[Finding]:
    last = _last_day(report)
    if last is None or report.kind is None or not report.kind.looks_back:
        return
    events = report.data.events
    whole = drop_quotes(report.text)
    late = [e for e in events.after(last) if any(alias in whole for alias in e.aliases)]
    if not late:
        return
    told = [place for place in places(report) if not ahead(report, place.section)]
    for event in late:
        found = [(place, span) for place in told for span in _told_as_done(report, place, event)]
        if not found:
            continue
        place, span = found[0]
        more = f"（共{len(found)}处）" if len(found) > 1 else ""
        yield RULE.at(
            report, place.span(*span),
            f"{quote(place.text[slice(*span)])}{more}是{event.shown}的事，本报告只写到{last.year}年{last.month}月",
            help="核对年度和内容；还没有发生的，写成迎接、准备，或移到下步打算",
        )  # fmt: skip


def _last_day(report: Report) -> datetime.date | None:
    """The last day a report may tell of: the end of its period, or the day it was written in the weeks after."""
    if report.content_year is None:
        return None
    period = report.front.value("period_end")
    if isinstance(period, datetime.datetime):
        period = period.date()
    end = (
        period
        if isinstance(period, datetime.date)
        else datetime.date(min(max(report.content_year, 1), 9998), 12, 31)
    )
    written = report.date
    if written and end < written <= datetime.date(end.year + 1, *_WRITTEN_BY):
        return written
    return end


def _told_as_done(report: Report, place: Place, event: Event) -> Iterator[tuple[int, int]]:
    text = place.text
    mentions = find_event(text, event)
    if not mentions:
        return
    titles = find_titles(text)
    passed = 0
    first = last = -1
    told = False
    for mention in mentions:
        while passed < len(titles) and titles[passed][1] <= mention.start:
            passed += 1
        if passed < len(titles) and titles[passed][0] <= mention.start:
            continue
        if not first <= mention.start < last:
            # One look at a sentence, however often it names the event.
            first, last = sentence_around(text, mention.start, mention.end)
            sentence = text[first:last]
            told = not report.data.events.preparing(sentence) and not any(
                named.year > (report.content_year or 0) for named in find_years(sentence)
            )
        if told:
            yield mention.start, mention.end


RULE = Rule(
    id="Y004",
    name="大事的时间",
    demand="报告期以后才发生的大事，不能写成已经做了的事。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        report_text(
            body(
                OPENING.replace("2022", "2021"),
                PRACTICE.replace("带队到", "以迎接党的二十大为主线，带队到"),
                PROBLEM,
                PLAN.replace("一是每", "一是学习党的二十大精神，每"),
            ),
            year="2021",
            title="2021年度抓机关党建工作述职报告",
            date="2022-01-10",
        ),
        name="2021/jiguan-shuzhi-fenguan",
        shown="year: 2021\n---\n\n以迎接党的二十大为主线，带队到基层支部宣讲4场。",
    ),
    bad=(
        example(
            report_text(
                body(
                    OPENING.replace("2022", "2021"),
                    PRACTICE.replace("带队到", "学习贯彻党的二十大精神，带队到"),
                    PROBLEM,
                    PLAN,
                ),
                year="2021",
                title="2021年度抓机关党建工作述职报告",
                date="2022-01-10",
            ),
            "“党的二十大”是2022年10月的事，本报告只写到2022年1月",
            name="2021/jiguan-shuzhi-fenguan",
            shown="year: 2021\n---\n\n学习贯彻党的二十大精神，带队到基层支部宣讲4场。",
        ),
        example(
            report_text(
                body(
                    OPENING,
                    PRACTICE.replace(
                        "带队到", "开展学习贯彻“习近平新时代中国特色社会主义思想”主题教育，带队到"
                    ),
                    PROBLEM,
                    PLAN,
                )
            ),
            "是2023年4月的事，本报告只写到2023年1月",
            shown="year: 2022\n---\n\n开展学习贯彻习近平新时代中国特色社会主义思想主题教育，带队到基层支部宣讲4场。",
        ),
    ),
)
