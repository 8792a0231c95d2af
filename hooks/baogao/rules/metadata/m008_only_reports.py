"""M008: nothing but reports lies under ``docs/reports``; anything else would go public unchecked."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import Corpus, Position
from ..finding import Finding, Severity
from ..rule import Rule, example, standard


def check(corpus: Corpus) -> Iterator[Finding]:
    for path in corpus.strays:
        yield Finding(
            RULE.id, RULE.severity, path, Position(1, 1), Position(1, 1),
            "docs/reports 里只放报告（.md），这个文件不会发布",
            "移到别处；Word 原稿用 baogao import 导入",
        )  # fmt: skip


RULE = Rule(
    id="M008",
    name="只放报告",
    demand="docs/reports 里只放报告，Word 原稿和图片不放进来。",
    severity=Severity.WARNING,
    scope="corpus",
    check_corpus=check,
    good=example(standard(), shown="docs/reports/2022/jiguan-shuzhi-fenguan.md"),
    bad=(
        example(
            standard(),
            "只放报告",
            others={"2022/jiguan-shuzhi-fenguan.docx": ""},
            shown="docs/reports/2022/jiguan-shuzhi-fenguan.docx",
        ),
    ),
)
