"""T011: no wrong characters and no superseded words, as ``wrong_words.tsv`` lists them (domain 4.4, 4.8).

A word that occurs several times in a paragraph is one finding; paragraph by paragraph, so that an exemption covers one
place and not the whole report. Titles of documents 《…》 are left as they were issued,
unless the word is plainly wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report, WrongWord
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import Reading, read


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    text = reading.text
    for word in report.data.wrong_words.possible(reading.alphabet):
        if word.wrong not in text:
            continue
        length = len(word.wrong)
        spans = ((at, at + length) for at in _places(reading, word))
        for places in reading.by_block(spans):
            yield _finding(report, reading, word, places)


def _finding(
    report: Report, reading: Reading, word: WrongWord, places: list[tuple[int, int]]
) -> Finding:
    count = f"（本段 {len(places)} 处）" if len(places) > 1 else ""
    rights = "”或“".join(word.right)
    certain = len(word.right) == 1 and word.severity != "info"
    verb = "通常写作" if word.severity == "info" else "应为"
    return RULE.at(
        report,
        reading.span(*places[0]),
        f"“{word.wrong}”{verb}“{rights}”{count}",
        severity=Severity(word.severity),
        help=word.note or f"改为“{rights}”",
        suggestion=word.right[0],
        fix=reading.edits([(*place, word.right[0]) for place in places]) if certain else (),
    )


def _places(reading: Reading, word: WrongWord) -> Iterator[int]:
    text = reading.text
    at = text.find(word.wrong)
    while at >= 0:
        line = reading.line_start(at)
        in_title = text.rfind("《", line, at) > text.rfind("》", line, at)
        if not word.is_fine(text, at) and (word.severity == "error" or not in_title):
            yield at
        at = text.find(word.wrong, at + len(word.wrong))


RULE = Rule(
    id="T011",
    name="错别字和不规范用词",
    demand="不写错别字和不规范的用词（名录见 docs/_data/wrong_words.tsv）。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace("4场，", "4场，与各部份额相当，学习《台帐管理办法》，防犯罪，"),
        shown="与各部份额相当，学习《台帐管理办法》，防犯罪",
    ),
    bad=(
        example(
            standard().replace("4场，", "4场，布署任务，再布署一次，"),
            "“布署”应为“部署”（本段 2 处）",
            shown="宣讲4场，布署任务，再布署一次，覆盖320人次。",
        ),
        example(
            standard().replace("12次，", "12次，建立台帐，"),
            "“台帐”应为“台账”",
            shown="全年召开党委会12次，建立台帐",
        ),
        example(
            standard().replace("12次，", "12次，谈话诫勉5人，"),
            "“谈话诫勉”应为“诫勉谈话”",
            shown="谈话诫勉5人",
        ),
        example(
            standard().replace("12次，", "12次，其它会议3次，"),
            "“其它”通常写作“其他”",
            shown="其它会议3次",
        ),
    ),
)
