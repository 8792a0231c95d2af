"""M001: the front matter can be read, without anything MkDocs would swallow in silence."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Report
from ..finding import Edit, Finding, Severity
from ..rule import FRONT, NAME, OPENING, Example, Rule, example, standard


def check(report: Report) -> Iterator[Finding]:
    if report.damage is not None:
        yield RULE.at(
            report, (0, 0), f"这个文件{report.damage}",
            help="用编辑器另存为“UTF-8（无 BOM）”，或用 baogao import 重新导入原稿",
        )  # fmt: skip
        return
    if not report.front.present:
        command = f"baogao import {report.path} --year 年度 --unit 单位 --kind 文种"
        yield RULE.at(
            report, (0, 0), "这个文件没有前言（开头两行 --- 之间的标题、年度、单位等）",
            help=f"把它移出 docs/reports，再用导入命令补上前言：{command}",
            suggestion=command,
        )  # fmt: skip
        return
    for fault in report.front.faults:
        fix = (Edit(*fault.edit),) if fault.edit else ()
        yield RULE.at(
            report, (fault.offset, fault.end), fault.message, help=fault.help,
            suggestion=fault.corrected or "", fix=fix,
        )  # fmt: skip


def _bad(old: str, new: str, message: str, shown: str) -> Example:
    return example(standard().replace(old, new, 1), message, shown=shown)


RULE = Rule(
    id="M001",
    name="前言可读",
    demand="前言必须写在文件最前面的两行 --- 之间，每行一项，项目名后用半角冒号加空格。",
    severity=Severity.ERROR,
    scope="report",
    needs_metadata=False,
    check_report=check,
    good=example(standard(), shown='---\nyear: 2022\ntitle: "述职报告: 分管领导"\n---'),
    bad=(
        _bad("year: 2022", "year：2022", "全角冒号", "---\nyear：2022\n---"),
        _bad("---\n", "\n---\n", "有空行", "\n---\nyear: 2022\n---"),
        _bad(
            FRONT["title"],
            "述职报告: 2022年度抓机关党建工作",
            "又有冒号",
            "title: 述职报告: 分管领导",
        ),
        _bad("\n---\n\n", "\n\n", "没有结束的 ---", "---\nyear: 2022\n\n现将我2022年度……"),
        _bad("year: 2022", "year: 2022\nyear: 2021", "写了两次", "year: 2022\nyear: 2021"),
        _bad(
            "date: 2023-01-10",
            "sections:\n\t一、主要做法及成效: practice\ndate: 2023-01-10",
            "制表符",
            "sections:\n\t一、主要做法: practice",
        ),
        _bad("---\n", "\ufeff---\n", "BOM", "（BOM）---"),
        example(OPENING, "没有前言", shown=OPENING, name=NAME),
    ),
)
