"""M007: one report per unit, year, kind and role."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Corpus
from ..finding import Finding, Severity
from ..rule import NAME, Rule, example, standard
from .naming import twins


def check(corpus: Corpus) -> Iterator[Finding]:
    for name, right in twins(corpus).items():
        report = corpus.find(name)
        if report is None or report.kind is None:
            continue
        field = report.front.field("year")
        span = (field.offset, field.value_end) if field else (0, 3)
        yield RULE.at(
            report,
            span,
            f"{report.year}年度{report.unit_brief}的{report.kind.name}已有一份：{right.path}",
            help="删去其中一份；确是另一位述职人的，改 role 和文件名",
        )


RULE = Rule(
    id="M007",
    name="一年一份",
    demand="同一单位、年度、文种、角色只能有一份报告。",
    severity=Severity.ERROR,
    scope="corpus",
    check_corpus=check,
    good=example(
        standard(),
        others={"2022/jiguan-shuzhi-fushuji.md": standard(role="专职副书记")},
        shown="2022/jiguan-shuzhi-fenguan.md\n2022/jiguan-shuzhi-fushuji.md",
    ),
    bad=(
        example(
            standard(),
            "已有一份",
            others={"2022/jiguan-shuzhi-fenguan-2.md": standard()},
            shown=f"{NAME}.md\n{NAME}-2.md",
        ),
    ),
)
