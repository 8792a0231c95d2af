"""Two reports in a row, for the examples of this group."""

from __future__ import annotations

from ..rule import Example, body, report_text, standard

#: Last year's report: two problems, and not a sentence of this year's.
LAST = report_text(
    body(
        "2021年，我分管机关党建，现报告如下。",
        "## 一、主要做法及成效\n\n### （一）抓学习\n\n把党史学习教育排进每月计划，请老党员讲了5课。\n\n### （二）抓支部\n\n两个后进支部年底达标。",
        "## 二、存在问题及原因分析\n\n一是听课的人越到年底越少。二是达标靠突击。主要原因是计划排得前松后紧。",
        "## 三、下步工作打算\n\n一是把老党员的课录下来。二是再帮一个支部达标。",
    ),
    title="2021年度抓机关党建工作述职报告",
    year="2021",
    date="2022-01-10",
)
ANSWERED = "[{ref: P2021-1, status: 已完成}, {ref: P2021-2, status: 持续推进}]"


def pair(this: str, shown: str, *messages: str, last: str = LAST) -> Example:
    """An example of this year's report after last year's."""
    return Example(
        {"2021/jiguan-shuzhi-fenguan.md": last, "2022/jiguan-shuzhi-fenguan.md": this}, shown, messages
    )  # fmt: skip


def this_year(rectifies: str | None = ANSWERED, old: str = "", new: str = "") -> str:
    """This year's report, with ``old`` replaced by ``new``."""
    text = standard(rectifies=rectifies)
    return text.replace(old, new) if old else text
