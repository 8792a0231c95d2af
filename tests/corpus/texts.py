"""Texts, strategies and small helpers that the tests of this room share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from baogao.corpus import Data, Report, Source, parse_report

#: No deadline: what a machine needs for one example is no part of what is proved.
thorough = settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

FIELDS = {
    "title": "2022年度抓机关党建工作述职报告",
    "year": "2022",
    "unit": "局机关党委",
    "kind": "述职报告",
    "role": "分管领导",
    "date": "2023-01-10",
    "status": "published",
}
BODY = """现将我2022年度抓机关党建工作情况报告如下。

## 一、主要做法及成效

### （一）加强政治建设。

组织专题学习12次。

### （二）服务中心大局。

办实事32件。

## 二、存在问题及原因分析

一是深入基层少。二是办法不多。三是性子急。造成上述问题的主要原因是：一是统筹不够。二是韧劲不足。三是创新不够。四是斗争精神不强。

## 三、下步工作打算

一是学在前。二是抓两头。三是融业务。四是改作风。
"""


def front(**changes: str | None) -> str:
    """Front matter with some fields changed, or left out where the change is ``None``."""
    fields = {**FIELDS, **changes}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", ""])


def report(data: Data, body: str, **changes: str | None) -> Report:
    return parse(data, front(**changes) + body)


def parse(data: Data, text: str) -> Report:
    return parse_report("2022/jiguan-shuzhi-fenguan", Source("docs/reports/2022/a.md", text), data)


def touch(report: Report) -> None:
    """Ask a report for everything it can tell."""
    _ = (report.title, report.year, report.date, report.kind, report.unit, report.author)
    _ = (report.status, report.visibility, report.visible, report.readable, report.series_key)
    _ = (report.unit_name, report.unit_brief, report.lead, report.items, report.items_of("plan"))
    _ = (report.text, report.length, report.placeholder_count, list(report.with_role("problem")))
    for section in report.walk():
        _ = (section.full_text(), section.own_text(), section.heading_text, section.start)


_MARKUP = st.sampled_from(
    [
        *"#-*1.>|`~_[]<&\\{}()!:+=;甲乙 \t\u3000\"'xn$@：、。—",
        "**", "***", "<!--", "-->", "&amp;", "&#35;", "&nbsp;", "&notit;", "&#1;", "&lang;", "```", "---", "1.",
        "1)", "![a](b)", "[甲](b)", "| 甲 | 乙 |", "|-|-|", "一、", "（一）甲。", "一是", "{data-section=problem}",
        "\u00a0", "\u2003", "\x0b", "\x85", "\u2028", "\u200b", "<b>",
    ]
)  # fmt: skip
#: One line without a line end: people's text, Markdown and hostile characters in one.
one_line = st.one_of(
    st.lists(_MARKUP, min_size=1, max_size=12).map("".join),
    st.text(
        st.characters(exclude_characters="\n\r", exclude_categories=("Cs",)),
        min_size=1,
        max_size=30,
    ),
)
bodies = st.lists(one_line, max_size=8).map("\n".join)
_YAML = st.sampled_from(
    [
        *"-\t:：甲\"'[]{}|>#\\~@`,\ufeff\x00\x85\u2028", "---", "\n", "\n\n", "  ", "- ", ": ", " # ", "...", "? ",
        "title", "year", "sections", "kind", "unit", "述职报告", "jiguan", "2022", "2022-13-01", "0x", "1:1:1", "&a ",
        "*a", "!!int ", "!!bool ", "!!timestamp ", "!!binary ", "!!set ", "!!omap ", "!!pairs ", "\\u", "\\ud800",
        "\\U99999999", "!!python/object:os.x ", "%YAML 1.1", "<<",
    ]
)  # fmt: skip
_yaml_line = st.lists(_YAML, max_size=8).map("".join)
#: Whole files, most of them with something like front matter.
files = st.one_of(
    st.text(max_size=60),
    bodies,
    st.builds(
        lambda lines, end, body: "---\n" + "\n".join(lines) + end + body,
        st.lists(_yaml_line, max_size=6),
        st.sampled_from(["\n---\n", "\n...\n", "\n\n", "", "\n---"]),
        bodies,
    ),
    st.builds(lambda body: front() + body, bodies),
)
