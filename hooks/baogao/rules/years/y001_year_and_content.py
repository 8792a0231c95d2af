"""Y001: the year assessed is the year the report tells of.

Domain notes 4.5 (a): a report of 2022 whose first main section never names 2022 but 2021 again and again is last year's report,
or has the wrong year; so is one that opens with 2021年度. What a report tells of is a matter of its kind (``reviews_year`` in
``kinds.yml``). An author who answers the previous year's problems by their ids, or states the period, has confirmed the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...corpus import Report, Section, YearMention, read_rectifies
from ..finding import Finding, Severity
from ..quoting import quote
from ..rule import OPENING, PLAN, PRACTICE, PROBLEM, Rule, body, example, report_text, standard
from .places import Place, ahead, named_years, places, section_places

#: One mention of last year may be a comparison; two and no word of this year are not.
_LEAST = 2


def check(report: Report) -> Iterator[Finding]:
    year = report.content_year
    section = _main_section(report)
    if year is None or section is None:
        return
    lead = _named(place for place in places(report) if place.section is None)
    found = _named(place for inner in section.walk() for place in section_places(inner))
    if any(mention.year == year for _, mention in found):
        return
    last = [(place, mention) for place, mention in found if mention.year == year - 1]
    opening = [entry for entry in lead if entry[1].year == year - 1 and _is_subject(*entry)]
    if opening and not any(mention.year == year for _, mention in lead):
        place, mention = opening[0]
        fact = f"开头写的是{year - 1}年"
    elif len(last) >= _LEAST and len(last) * 2 > len(found) and not _confirmed(report, year):
        place, mention = last[0]
        fact = f"{quote(section.heading_text)}里没有提到{year}年，{year - 1}年提到{len(last)}处"
    else:
        return
    yield RULE.at(
        report, place.span(mention.start, mention.end + place.text.startswith("年", mention.end)),
        f"报告年度与内容年份不一致，请确认考核年度：{fact}",
        help=f"写的是{year - 1}年的事，改前言的 year；确是{year}年度的，把年份改对，或在前言写明报告期 period_start、period_end",
    )  # fmt: skip


def _named(spots: Iterable[Place]) -> list[tuple[Place, YearMention]]:
    return [
        (place, mention)
        for place in spots
        for mention in named_years(place)
        if mention.within != "number"
    ]


def _is_subject(place: Place, mention: YearMention) -> bool:
    """Whether a year is what the opening speaks of: 2021年度, 2021年，; not 自2021年3月任职以来 or the title of a document."""
    after = place.text[mention.end + 1 : mention.end + 3]
    return not mention.within and not after[:1].isdigit() and not after.startswith(("以来", "起"))


def _main_section(report: Report) -> Section | None:
    """The first section that tells what was done this year."""
    return next(
        (s for s in report.sections if s.role != "rectification" and not ahead(report, s)), None
    )


def _confirmed(report: Report, year: int) -> bool:
    if report.front.value("period_start") or report.front.value("period_end"):
        return True
    return any(entry.year == year - 1 for entry in read_rectifies(report))


_WRONG = PRACTICE.replace(
    "带队到基层", "牵头制定《2021年机关党建工作要点》《2021年度宣讲方案》，带队到基层"
)

RULE = Rule(
    id="Y001",
    name="年度与内容",
    demand="报告写的应是考核年度的事；主要做法里没有考核年度、只有上一年的，要确认年度。",
    severity=Severity.WARNING,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("带队到基层", "牵头制定《2022年机关党建工作要点》，带队到基层"),
        shown="year: 2022\n---\n\n## 一、主要做法及成效\n\n牵头制定《2022年机关党建工作要点》，带队到基层支部宣讲4场。",
    ),
    bad=(
        example(
            report_text(body(OPENING, _WRONG, PROBLEM, PLAN)),
            "请确认考核年度：“一、主要做法及成效”里没有提到2022年，2021年提到2处",
            shown="year: 2022\n---\n\n## 一、主要做法及成效\n\n牵头制定《2021年机关党建工作要点》《2021年度宣讲方案》。",
        ),
        example(
            report_text(body(OPENING.replace("2022", "2021"), PRACTICE, PROBLEM, PLAN)),
            "请确认考核年度：开头写的是2021年",
            shown="year: 2022\n---\n\n现将我2021年度抓机关党建工作情况报告如下。",
        ),
        example(
            report_text(
                body(
                    "各位代表：现在向大会报告工作。",
                    "## 一、过去一年工作回顾\n\n二〇二二年，全市生产总值增长5%。2022年底，新开工项目40个。",
                    "## 二、2024年重点工作\n\n一是稳定增长。二是改善民生。",
                ),
                title="2024年政府工作报告",
                kind="政府工作报告",
                role=None,
                year="2024",
                date="2024-01-20",
            ),
            "没有提到2023年，2022年提到2处",
            name="2024/jiguan-zhengfu",
            shown="kind: 政府工作报告\nyear: 2024\n---\n\n## 一、过去一年工作回顾\n\n二〇二二年，全市生产总值增长5%。2022年底，新开工项目40个。",
        ),
    ),
)
