"""X001: an exemption names rules that exist and may be silenced, and says why."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Finding, Severity
from ..rule import Example, Rule, example, standard
from ..suppressions import read_suppressions


def check(report: Report) -> Iterator[Finding]:
    from ..catalogue import RULES  # this rule is in the catalogue itself

    by_id = {rule.id: rule for rule in RULES}
    for entry in read_suppressions(report):
        span = (entry.start, entry.end)
        how = "写成 <!-- 检查豁免: T012 原文如此 -->：规则编号、空格、理由"
        if not entry.rules:
            yield RULE.at(report, span, "检查豁免没有写规则编号", help=how)
            continue
        unknown = [rule for rule in entry.rules if rule not in by_id]
        if unknown:
            yield RULE.at(
                report,
                span,
                f"检查豁免里没有这条规则：{'、'.join(unknown)}",
                help="编号见“检查规则”一页",
            )
        secret = [rule for rule in entry.rules if rule in by_id and by_id[rule].confidential]
        if secret:
            yield RULE.at(
                report,
                span,
                f"保密方面的问题不能豁免：{'、'.join(secret)}",
                help="删去涉密内容，再删去这条豁免",
            )
        if not entry.reason:
            yield RULE.at(
                report, span, f"检查豁免（{'、'.join(entry.rules)}）没有写理由，不起作用", help=how
            )


def _bad(comment: str, *messages: str) -> Example:
    text = standard().replace("## 三、", f"<!-- 检查豁免: {comment} -->\n\n## 三、")
    return example(text, *messages, shown=f"<!-- 检查豁免: {comment} -->")


RULE = Rule(
    id="X001",
    name="豁免写法",
    demand="检查豁免要写规则编号和理由；保密方面的问题不能豁免。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        standard().replace(
            "带队到", "<!-- 检查豁免: T011 文件原名如此 -->沿用原名建立台帐12本，带队到"
        ),
        shown="<!-- 检查豁免: T011 文件原名如此 -->\n\n沿用原名建立台帐12本",
    ),
    bad=(
        _bad("原文如此", "没有写规则编号"),
        _bad("T999 原文如此", "没有这条规则：T999"),
        _bad("C003 已核对", "保密方面的问题不能豁免：C003"),
        _bad("T011", "没有写理由，不起作用"),
    ),
)
