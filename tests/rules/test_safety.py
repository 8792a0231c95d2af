"""What the safety rules find beyond their examples, and what they must leave alone."""

from __future__ import annotations

import pytest

from baogao.corpus import Data, Source, parse_report
from baogao.rules import GROUPS, Severity
from baogao.rules.engine import check_report

SAFETY = GROUPS["安全"]


def found(text: str, data: Data) -> list[tuple[str, Severity]]:
    source = Source("a.md", f"---\ntitle: 述职\nstatus: published\n---\n\n{text}\n")
    report = parse_report("2022/a", source, data)
    return [(f.rule, f.severity) for f in check_report(report, None, SAFETY)]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("覆盖率<50%，人数>3，0<x<1且y>2。", ""),
        ("填写<单位名称>和<XX局>，见《报告》<附件>。", ""),
        (r"原稿写作 \<b>重点\</b>。", ""),
        ("&lt;script&gt;是转义。", ""),
        ("<P>一段</P>", "H001"),
        ("<b>一</b>\n<i>二</i>", "H001 H001"),
        ("<SCRIPT src=//x.example>", "H002"),
        ("<script", "H002"),
        ("<svg/onload=alert(1)>", "H002"),
        ("<b onclick = 'x()'>一</b>", "H002"),
        ("<a href='java&#115;cript:x'>一</a>", "H002"),
        ("<u>一</u><b onclick=x()>二</b>", "H001 H002"),
        ("<object data=x></object>", "H002"),
        ("## 一、做法 {onmouseover=alert(1)}", "H002"),
        ("## 一、做法 {data-section=practice}", ""),
        ("[附件](../2021/jiguan-shuzhi-fenguan.md)和[原文](https://www.gov.cn/a)", ""),
        ("[邮箱](mailto:a@example.com)", ""),
        ("[a](JaVaScRiPt:alert(1))", "H003"),
        ("[a](&#106;avascript:alert(1))", "H003"),
        ("[a](data:text/html;base64,AAAA)", "H003"),
        ("[a]: vbscript:x", "H003"),
        ("<javascript:alert(1)>", "H003"),
        (r"[a](\\server\share\a.docx)", "H003"),
        ("[a](//www.gov.cn.example.com/)", "H003"),
        ("[a](https://www.gov.cn@example.com/)", "H003"),
        ("[a](C:/报告.docx)", "H003"),
        ("见[注]（略）", ""),
        ("![]( )", "H004"),
        ("![图][1]", "H004"),
        ("<video src=a.mp4></video>", "H004"),
        ("太好了！[注]", ""),
        ("<!-- 检查豁免: P001 原文如此 -->", ""),
        ("<!-- 检查豁免：P001 -->", ""),
        ("<!-- 记得改 --><!-- <b>藏</b> -->", "H005 H005"),
        ("<!-- 一 <!-- 二", "H005"),
    ],
)
def test_text(text: str, rules: str, data: Data) -> None:
    assert " ".join(rule for rule, _ in found(text, data)) == rules


def test_foreign_sites_are_advice_scripts_are_errors(data: Data) -> None:
    assert found("[a](http://example.com)", data) == [("H003", Severity.WARNING)]
    assert found("[a](javascript:x)", data) == [("H003", Severity.ERROR)]
