"""Small texts several tests use."""

from __future__ import annotations

from baogao.corpus.intake.structure import BLANKS

PLAIN = """现将我2022年度抓机关党建工作情况报告如下。\u3000
\u3000\u3000一、主要做法及成效
（一）加强政治建设。
\u2003\u2003组织学习XX场次，覆盖10~20%的支部，另有30~40%自学。
（二）服务中心大局。带队到**镇党委调研，完成1.5万元项目。
\u00a0\u00a01. 这一段以数字开头，不是列表。
    四个空格开头的一段，也不是代码。
二、存在问题及原因分析
一是深入基层不够。二是办法不多。造成上述问题的主要原因是：一是统筹不细。二是创新不够。
三、下步工作打算
一是每季度调研一次。二是改进学习。


"""
OPTIONS = ("--unit", "局机关党委", "--kind", "述职报告", "--role", "分管领导")
DATED = (*OPTIONS, "--date", "2023-01-10")


def squeeze(text: str) -> str:
    """A text without indents, line-end blanks and empty lines: what import may change."""
    return "\n".join(line.strip(BLANKS) for line in text.split("\n") if line.strip(BLANKS))
