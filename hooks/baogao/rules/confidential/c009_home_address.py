"""C009: no home address (domain 4.7): a building with its room, or 家住 with a house number. Street and village are far enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...corpus import Contacts, Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .wording import take_out

_NUMBER = r"(?:[0-9０-９]{1,4}|[一二三四五六七八九十〇零]{1,4})"
_ROOM = re.compile(
    rf"(?:号楼|栋|幢|单元|号院)[^\s，。；、：0-9]{{0,4}}(?:{_NUMBER}(?:单元|楼|层|-))?[0-9０-９]{{3,4}}(?:室|房(?!屋|间|源|产)|号(?!楼|院|线|公告|文|令|机))"
)
_BEFORE = re.compile(rf"[一-龥]{{0,12}}{_NUMBER}$")
_HOUSE = re.compile(
    rf"[^，。；\n]{{0,24}}?[路街巷弄村里苑园区庄屯镇][^，。；\n]{{0,6}}?{_NUMBER}(?:号(?!楼长|线|令|文)|组|室|单元|栋|幢)"
)


@lru_cache(maxsize=4)
def _cues(contacts: Contacts) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, contacts.address_cues)))


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    done = 0
    spans: list[tuple[int, int]] = []
    for cue in _cues(report.data.confidential.contacts).finditer(text):
        house = _HOUSE.match(text, cue.end())
        if house and cue.start() >= done:
            done = house.end()
            room = _ROOM.match(text, house.end() - 1) or _ROOM.search(text, cue.end(), done + 14)
            done = max(done, room.end()) if room else done
            spans.append((cue.start(), done))
    if "室" in text or "房" in text or "号" in text:
        for room in _ROOM.finditer(text):
            before = _BEFORE.search(text, max(room.start() - 16, 0), room.start())
            if before and not any(a < room.end() and room.start() < b for a, b in spans):
                spans.append((before.start(), room.end()))
    for start, end in sorted(spans):
        yield RULE.at(
            report,
            (start, end),
            f"有住址“{text[start:end]}”",
            help=take_out("只写到乡镇、街道或社区"),
        )


RULE = Rule(
    id="C009",
    name="家庭住址",
    demand="报告里的住址只写到乡镇、街道或社区，不写门牌号。",
    severity=Severity.WARNING,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "为柳荫社区3号楼加装电梯，宣讲4场"),
        shown="为柳荫社区3号楼加装电梯",
    ),
    bad=(
        example(
            standard().replace("有两个支部", "有两个支部（柳荫新居3号楼2单元501室）"),
            "有住址“柳荫新居3号楼2单元501室”",
            shown="柳荫新居3号楼2单元501室",
        ),
        example(
            standard().replace("有两个支部", "有两个支部（家住柳荫路12号）"),
            "有住址“家住柳荫路12号”",
            shown="家住柳荫路12号",
        ),
    ),
)
