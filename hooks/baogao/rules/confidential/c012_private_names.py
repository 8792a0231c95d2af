"""C012: nobody is named who is in need, ill, petitions or complains, or is complained of (domain 4.7).

After a word for such a person (困难党员, 举报人) a plain name is enough when it ends there; beside 慰问, 上访, 身患 only a name with 某 or 同志.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...corpus import Care, Names, Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .names import is_name, name_patterns
from .wording import take_out

_NAME_ENDS = r"(?=[，。；、：:（(）)\s,]|家|等|夫妇|老人|的家|的信|来信|反映|$)"


@lru_cache(maxsize=4)
def _patterns(names: Names, care: Care) -> tuple[re.Pattern[str], ...]:
    name = name_patterns(names)
    people = "|".join(map(re.escape, care.people))
    before = "|".join(map(re.escape, care.before))
    after = "|".join(map(re.escape, care.after))
    return (
        re.compile(rf"(?P<word>{people})[:：]?(?P<name>{name.certain}|{name.plain}{_NAME_ENDS})"),
        re.compile(
            rf"(?P<word>{before})了?(?:[^，。；：、\n]{{0,8}}?{name.post})?(?P<name>{name.certain})"
        ),
        # Read backwards from the word: a surname may begin anywhere.
        re.compile(after),
        re.compile(rf"(?P<name>{name.certain})(?:家庭|家)?$"),
    )


def check(report: Report) -> Iterator[Finding]:
    text = report.source.text
    data = report.data.confidential
    seen: set[int] = set()
    for start, name, word in _names(text, *_patterns(data.names, data.care)):
        if start in seen or not is_name(data.names, name):
            continue
        seen.add(start)
        yield RULE.at(
            report, (start, start + len(name)), f"“{name}”与“{word}”写在一起，会泄露个人情况",
            help=take_out("删去姓名，只写户数、人数或“一名老党员”"),
        )  # fmt: skip


def _names(
    text: str,
    beside: re.Pattern[str],
    before: re.Pattern[str],
    after: re.Pattern[str],
    just_before: re.Pattern[str],
) -> Iterator[tuple[int, str, str]]:
    """Names with their offsets and the words that make them private."""
    for found in beside.finditer(text):
        yield found.start("name"), found["name"], found["word"]
    if "某" not in text and "同志" not in text:
        return
    for found in before.finditer(text):
        yield found.start("name"), found["name"], found["word"]
    for word in after.finditer(text):
        low = max(word.start() - 8, 0)
        name = just_before.search(text[low : word.start()])
        if name:
            yield low + name.start("name"), name["name"], word[0]


RULE = Rule(
    id="C012",
    name="慰问、信访等人员姓名",
    demand="慰问、帮困、患病、信访、举报所涉的人不写姓名。",
    severity=Severity.WARNING,
    scope="report",
    needs_metadata=False,
    confidential=True,
    check_report=check,
    good=example(
        standard().replace("宣讲4场", "走访慰问困难党员和老党员23人，宣讲4场"),
        shown="走访慰问困难党员和老党员23人",
    ),
    bad=(
        example(
            standard().replace("宣讲4场", "走访困难党员王建国、老党员李秀英，宣讲4场"),
            "“王建国”与“困难党员”写在一起",
            "“李秀英”与“老党员”写在一起",
            shown="走访困难党员王建国、老党员李秀英",
        ),
        example(
            standard().replace("宣讲4场", "看望周志强同志，宣讲4场"),
            "“周志强同志”与“看望”写在一起",
            shown="看望周志强同志",
        ),
        example(
            standard().replace("宣讲4场", "化解陈某上访事项，宣讲4场"),
            "“陈某”与“上访”写在一起",
            shown="化解陈某上访事项",
        ),
    ),
)
