"""C011: no number of punished persons so small that everybody knows who it was (domain 4.6, small cells)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...corpus import Discipline, Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .wording import take_out

_HAN = {
    "1": "一",
    "2": "二两",
    "3": "三",
    "4": "四",
    "5": "五",
    "6": "六",
    "7": "七",
    "8": "八",
    "9": "九",
}
_SENTENCE_END = re.compile(r"[。；！？\n]")
#: What may stand between a person and the measure, and between a measure and its number.
_GAP = 14


@lru_cache(maxsize=4)
def _patterns(discipline: Discipline) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    small = [str(number) for number in range(1, discipline.small + 1)]
    han = "".join(_HAN.get(number, "") for number in small)
    counter = "|".join(map(re.escape, discipline.counters))
    number = rf"(?:(?<![\d.．０-９])(?:{'|'.join(small)}|[{han}])\s?(?:{counter}))"
    return (
        discipline.pattern,
        re.compile(rf"(?:处分|处理)?[了过共计]?\s?(?P<number>{number})(?!一)"),
        re.compile(
            rf"(?:(?:对|给予|责令)(?P<number>{number})[^，。；、\d]{{0,{_GAP}}}"
            rf"|(?P<subject>{number})[^，。；、\d]{{0,6}}(?:受到|受|被|给予|予以)[^，。；、\d]{{0,{_GAP}}})$"
        ),
    )


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    measures, after, before = _patterns(report.data.confidential.discipline)
    sentence: list[tuple[int, int]] = []
    for measure in measures.finditer(text):
        span = _count(text, measure, after, before)
        if span is None:
            continue
        if sentence and _SENTENCE_END.search(text, sentence[-1][1], span[0]):
            yield _finding(report, sentence)
            sentence = []
        if not sentence or span[0] >= sentence[-1][1]:
            sentence.append(span)
    if sentence:
        yield _finding(report, sentence)


def _count(
    text: str, measure: re.Match[str], after: re.Pattern[str], before: re.Pattern[str]
) -> tuple[int, int] | None:
    """The span of a measure with its small number."""
    found = after.match(text, measure.end())
    if found:
        return measure.start(), found.end()
    low = max(measure.start() - 2 * _GAP, 0)
    found = before.search(text[low : measure.start()])
    if found:
        return low + max(found.start("number"), found.start("subject")), measure.end()
    return None


def _finding(report: Report, spans: list[tuple[int, int]]) -> Finding:
    """One finding for a sentence: its numbers are taken out together."""
    written = "、".join(report.source.text[start:end] for start, end in spans)
    return RULE.at(
        report, (spans[0][0], spans[-1][1]), f"“{written}”人数太少，等于点名",
        help=take_out("并成一个总数，或不写人数"),
    )  # fmt: skip


RULE = Rule(
    id="C011",
    name="处分人数过少",
    demand="处分、诫勉等只有一两人的，不写人数：单位小，写了就认得出是谁。",
    severity=Severity.WARNING,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "批评教育12人、提醒谈话5人，宣讲4场"),
        shown="批评教育12人、提醒谈话5人",
    ),
    bad=(
        example(
            standard().replace("宣讲4场", "党内警告1人、诫勉谈话两人、批评教育6人，宣讲4场"),
            "“党内警告1人、诫勉谈话两人”人数太少",
            shown="党内警告1人、诫勉谈话两人、批评教育6人",
        ),
        example(
            standard().replace("宣讲4场", "给予1名党员政务记过处分，宣讲4场"),
            "“1名党员政务记过”人数太少",
            shown="给予1名党员政务记过处分",
        ),
        example(
            standard().replace("宣讲4场", "有2人受到问责，宣讲4场"),
            "“2人受到问责”人数太少",
            shown="有2人受到问责",
        ),
    ),
)
