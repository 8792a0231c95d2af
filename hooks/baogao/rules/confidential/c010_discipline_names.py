"""C010: nobody is named beside a punishment (domain 4.7).

Only where the sentence leaves no doubt: 对/给予 a name with 某 or 同志 and then the measure, a name and then 因…受到 or 被 the measure, 给予 a
name and the measure at once, the measure and a certain name at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...corpus import Discipline, Names, Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .names import is_name, name_patterns
from .wording import take_out

#: How far a name may stand before the measure.
_WINDOW = 60


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The measures; names before one, each with words without which it cannot match; a name right before a formal one;
    a name after one."""

    measure: re.Pattern[str]
    before: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    formal: re.Pattern[str]
    after: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(names: Names, discipline: Discipline) -> _Patterns:
    name = name_patterns(names)
    post = rf"(?:[^，。；：、]{{0,12}}{name.post})?"
    cause = r"(?:因.*(?:受到|受|被|给予|予以)|被|受到|受)[^，]{0,15}$"
    return _Patterns(
        re.compile("|".join(map(re.escape, discipline.measures))),
        (
            (re.compile(rf"(?:给予|对|将|责令){post}(?P<name>{name.certain})"), ("某", "同志")),
            (re.compile(rf"(?P<name>{name.certain}){cause}"), ("某", "同志")),
            (
                re.compile(rf"(?:^|[，：、:（(\s]|{name.post})(?P<name>{name.plain}){cause}"),
                ("因", "被", "受"),
            ),
            (
                re.compile(rf"给予{post}(?P<name>{name.plain})(?:、[一-龥]{{2,4}})*(?:等\d*人)?$"),
                ("给予",),
            ),
        ),
        re.compile(rf"给予{post}(?P<name>{name.any})(?:、[一-龥]{{2,4}})*(?:等\d*人)?$"),
        re.compile(rf"[了过]?(?P<name>{name.certain})"),
    )


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    data = report.data.confidential
    patterns = _patterns(data.names, data.discipline)
    seen: set[int] = set()
    for measure in patterns.measure.finditer(text):
        for start, name in _names(text, measure, patterns):
            if start in seen or not is_name(data.names, name):
                continue
            seen.add(start)
            yield RULE.at(
                report, (start, start + len(name)), f"“{name}”与“{measure[0]}”写在一起，点了受处理人的名",
                help=take_out("删去姓名，只写人数或情形；只有一两人的，连人数也不写"),
            )  # fmt: skip


def _names(text: str, measure: re.Match[str], patterns: _Patterns) -> Iterator[tuple[int, str]]:
    """Names around a measure within its sentence, with their offsets."""
    start = measure.start()
    low = max(start - _WINDOW, 0)
    first = max(low, *(text.rfind(mark, low, start) + 1 for mark in "。；！？\n"))
    sentence = text[first:start]
    for pattern, needed in patterns.before:
        if any(word in sentence for word in needed) and (found := pattern.search(sentence)):
            yield first + found.start("name"), found["name"]
    # 给予司机批评教育 is about a driver, 给予…党内警告 about somebody by name, be it ever so rare.
    if "给予" in sentence and ("党" in measure[0] or "政务" in measure[0]):
        found = patterns.formal.search(sentence)
        if found:
            yield first + found.start("name"), found["name"]
    after = patterns.after.match(text, measure.end())
    if after:
        yield after.start("name"), after["name"]


RULE = Rule(
    id="C010",
    name="受处理人姓名",
    demand="写处分、诫勉等处理时不点名，“某同志”前面带姓也是点名。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "对个别同志进行提醒谈话，宣讲4场"),
        shown="对个别同志进行提醒谈话",
    ),
    bad=(
        example(
            standard().replace("宣讲4场", "给予张伟党内警告处分，宣讲4场"),
            "“张伟”与“党内警告”写在一起",
            shown="给予张伟党内警告处分",
        ),
        example(
            standard().replace("宣讲4场", "宣讲4场。李建国因工作失职受到政务记过处分"),
            "“李建国”与“政务记过”写在一起",
            shown="李建国因工作失职受到政务记过处分",
        ),
        example(
            standard().replace("宣讲4场", "对王某的问题进行诫勉谈话，宣讲4场"),
            "“王某”与“诫勉谈话”写在一起",
            shown="对王某的问题进行诫勉谈话",
        ),
        example(
            standard().replace("宣讲4场", "约谈了赵明同志，宣讲4场"),
            "“赵明同志”与“约谈”写在一起",
            shown="约谈了赵明同志",
        ),
    ),
)
