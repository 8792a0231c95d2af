"""What a rule is: one sentence, an example of each kind, and a generator of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..corpus import Corpus, Report
from .finding import Edit, Finding, Severity, make_finding
from .suppressions import Suppression


@dataclass(frozen=True)
class Example:
    """A small corpus that shows a rule.

    ``files`` maps paths below ``docs/reports`` to texts; ``shown`` is the part the guide prints; ``messages`` are, for a bad
    example, pieces of the messages expected, in order.
    """

    files: dict[str, str]
    shown: str
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A rule.

    ``check`` is given what ``scope`` says: the report; for ``series`` the report and its predecessor (or
    ``None``); for ``corpus`` the corpus; for ``exemptions`` the report and which of its exemptions silenced what. ``needs_metadata`` rules are skipped for a file whose front matter cannot be read.
    ``confidential`` rules guard what must not leave the office: renderings show them first, nothing silences them.
    """

    id: str
    name: str
    demand: str
    severity: Severity
    scope: str
    good: Example
    bad: tuple[Example, ...]
    check_report: Callable[[Report], Iterator[Finding]] | None = None
    check_series: Callable[[Report, Report | None], Iterator[Finding]] | None = None
    check_corpus: Callable[[Corpus], Iterator[Finding]] | None = None
    check_exemptions: (
        Callable[[Report, list[tuple[Suppression, str]]], Iterator[Finding]] | None
    ) = None
    needs_metadata: bool = True
    confidential: bool = False

    def at(
        self,
        report: Report,
        span: tuple[int, int],
        message: str,
        *,
        severity: Severity | None = None,
        help: str = "",
        suggestion: str = "",
        fix: Iterable[Edit] = (),
    ) -> Finding:
        """A finding of this rule at ``span`` (character offsets) of a report."""
        return make_finding(
            self.id, severity or self.severity, report.source, span, message,
            help=help, suggestion=suggestion, fix=fix,
        )  # fmt: skip


# What examples are made of

FRONT = {
    "title": "2022年度抓机关党建工作述职报告",
    "year": "2022",
    "unit": "局机关党委",
    "kind": "述职报告",
    "role": "分管领导",
    "date": "2023-01-10",
    "status": "published",
    "reviews": "[{role: 保密审查, date: 2023-01-09, result: 通过}]",
}
OPENING = "现将我2022年度抓机关党建工作情况报告如下。"
PRACTICE = """## 一、主要做法及成效

### （一）加强政治建设

带队到基层支部宣讲4场，覆盖320人次。

### （二）推进基层党建

全年召开党委会12次，培训党务干部86人次。"""
PROBLEM = """## 二、存在问题及原因分析

一是深入基层不够，有两个支部全年只去过一次。二是党员教育办法不多，讲授多、讨论少。造成上述问题的主要原因是：一是统筹安排不细。二是创新意识不强。"""
PLAN = """## 三、下步工作打算

一是每季度到每个支部调研一次。二是把讨论式学习列入支部计划。"""
NAME = "2022/jiguan-shuzhi-fenguan"


def body(*parts: str) -> str:
    """Parts of a body, separated by blank lines."""
    return "\n\n".join(part.strip("\n") for part in parts if part)


def report_text(content: str, **front: str | None) -> str:
    """A report file with the standard front matter, changed by ``front`` (``None`` leaves a field out)."""
    fields = {**FRONT, **front}
    lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + content.strip("\n") + "\n"


def standard(**front: str | None) -> str:
    """A report with nothing wrong."""
    return report_text(body(OPENING, PRACTICE, PROBLEM, PLAN), **front)


def example(
    text: str,
    *messages: str,
    shown: str = "",
    name: str = NAME,
    others: dict[str, str] | None = None,
) -> Example:
    """An example of one report, besides ``others``."""
    return Example({**(others or {}), f"{name}.md": text}, shown.strip("\n") or text, messages)
