"""M006: unit, kind and role are in the registers, and the unit is called what it was called then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ...corpus import Field, Report
from ..finding import Edit, Finding, Severity
from ..rule import Rule, example, standard


def check(report: Report) -> Iterator[Finding]:
    data = report.data
    unit = report.front.field("unit")
    if unit and _filled(unit):
        if report.unit is None:
            yield _unknown(
                report,
                unit,
                "单位名录（docs/_data/units.yml）里没有",
                data.units.all_names,
                "新单位先加进 docs/_data/units.yml",
            )
        elif report.year is not None:
            entry = data.units.name_entry(str(unit.value))
            then = report.unit.name_in(report.year)
            if entry is not None and entry != then:
                span = (unit.value_offset, unit.value_end)
                yield RULE.at(
                    report, span, f"{report.year}年该单位名为“{then.name}”，这里写的是“{unit.value}”",
                    severity=Severity.WARNING, help="改用当年的名称", suggestion=f"unit: {then.brief}",
                    fix=(Edit(*span, then.brief),),
                )  # fmt: skip
    kind = report.front.field("kind")
    if kind and _filled(kind) and report.kind is None:
        names = [name for k in data.kinds.kinds for name in (k.name, *k.aliases, k.id)]
        listed = "、".join(k.name for k in data.kinds.kinds)
        yield _unknown(report, kind, "没有这个文种：", names, f"可以写：{listed}")
    role = report.front.field("role")
    if role and _filled(role) and report.kind is not None and report.author is None:
        names = [name for a in report.kind.authors for name in (a.name, *a.aliases, a.id)]
        if names:
            listed = "、".join(a.name for a in report.kind.authors)
            yield _unknown(
                report, role, f"{report.kind.name}没有这个角色：", names, f"可以写：{listed}"
            )
        else:
            yield RULE.at(
                report, (role.offset, role.value_end), f"{report.kind.name}不分角色，不必写 role",
                severity=Severity.WARNING, help="删去这一行",
            )  # fmt: skip


def _filled(field: Field) -> bool:
    return isinstance(field.value, str) and field.value != ""


def _unknown(
    report: Report, field: Field, fact: str, names: Iterable[str], otherwise: str
) -> Finding:
    span = (field.value_offset, field.value_end)
    close = get_close_matches(str(field.value), list(names), 1, 0.5)
    return RULE.at(
        report, span, f"{fact}“{field.value}”",
        help=f"是不是“{close[0]}”？{otherwise}" if close else otherwise,
        suggestion=f"{field.name}: {close[0]}" if close else "",
    )  # fmt: skip


RULE = Rule(
    id="M006",
    name="单位、文种、角色在册",
    demand="单位、文种、角色必须在名录里，单位用报告年度时的名称。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(standard(), shown="unit: 局机关党委\nkind: 述职报告\nrole: 分管领导"),
    bad=(
        example(standard(unit="局机关党总支"), "没有“局机关党总支”", shown="unit: 局机关党总支"),
        example(standard(kind="述职报高"), "没有这个文种：“述职报高”", shown="kind: 述职报高"),
        example(
            standard(role="分管领道"), "述职报告没有这个角色：“分管领道”", shown="role: 分管领道"
        ),
        example(
            standard(unit="质监站党支部", role="党支部书记"),
            "2022年该单位名为“岚川市建设工程质量安全服务中心党支部”",
            shown="year: 2022\nunit: 质监站党支部",
            name="2022/zhian-shuzhi-zhibu",
        ),
    ),
)
