"""M005: path and front matter agree."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Corpus
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .naming import twins


def check(corpus: Corpus) -> Iterator[Finding]:
    duplicates = twins(corpus)
    for report in corpus.reports:
        name = report.expected_name if report.readable else None
        if name is not None and name != report.name and report.name not in duplicates:
            field = report.front.field("year")
            span = (field.value_offset, field.value_end) if field else (0, 3)
            yield RULE.at(
                report, span,
                f"按前言（{report.year}年度、{report.unit_brief}、{report.kind.name if report.kind else ''}）文件应是 {name}.md，"
                f"现在是 {report.name}.md",
                help="改文件的位置和名字，或改前言，使两者一致",
                suggestion=f"docs/reports/{name}.md",
            )  # fmt: skip


RULE = Rule(
    id="M005",
    name="名称与前言一致",
    demand="文件的位置和名字必须与前言的年度、单位、文种、角色一致。",
    severity=Severity.ERROR,
    scope="corpus",
    check_corpus=check,
    good=example(
        standard(),
        shown="docs/reports/2022/jiguan-shuzhi-fenguan.md\n\nyear: 2022",
    ),
    bad=(
        example(
            standard(),
            "文件应是 2022/jiguan-shuzhi-fenguan.md",
            name="2021/jiguan-shuzhi-fenguan",
            shown="docs/reports/2021/jiguan-shuzhi-fenguan.md\n\nyear: 2022",
        ),
        example(
            standard(),
            "现在是 2022/jiguan-shuzhi-fenguan（终稿2）.md",
            name="2022/jiguan-shuzhi-fenguan（终稿2）",
            shown="docs/reports/2022/jiguan-shuzhi-fenguan（终稿2）.md",
        ),
    ),
)
