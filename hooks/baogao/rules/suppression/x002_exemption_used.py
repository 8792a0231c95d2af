"""X002: an exemption silences something; one that does not hides the next mistake."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import Rule, example, standard
from ..suppressions import Suppression, read_suppressions


def check(report: Report, used: list[tuple[Suppression, str]]) -> Iterator[Finding]:
    from ..catalogue import RULES  # this rule is in the catalogue itself

    known = {rule.id for rule in RULES if not rule.confidential}
    for entry in read_suppressions(report):
        if not entry.reason:
            continue  # X001 says so
        idle = [rule for rule in entry.rules if rule in known and (entry, rule) not in used]
        if not idle:
            continue
        text = report.source.text
        end = entry.end + (1 if text[entry.end : entry.end + 1] == "\n" else 0)
        yield RULE.at(
            report,
            (entry.start, entry.end),
            f"检查豁免 {'、'.join(idle)} 已经没有用处：这里没有这样的问题",
            help="删去这条豁免",
            fix=(Edit(entry.start, end, ""),) if len(idle) == len(entry.rules) else (),
        )


RULE = Rule(
    id="X002",
    name="豁免有用",
    demand="不再需要的检查豁免要删去。",
    severity=Severity.WARNING,
    scope="exemptions",
    check_exemptions=check,
    good=example(
        standard().replace(
            "带队到", "<!-- 检查豁免: T011 文件原名如此 -->沿用原名建立台帐12本，带队到"
        ),
        shown="<!-- 检查豁免: T011 文件原名如此 -->\n\n沿用原名建立台帐12本",
    ),
    bad=(
        example(
            standard().replace("## 三、", "<!-- 检查豁免: T011 文件原名如此 -->\n\n## 三、"),
            "检查豁免 T011 已经没有用处",
            shown="<!-- 检查豁免: T011 文件原名如此 -->\n\n学习通知",
        ),
    ),
)
