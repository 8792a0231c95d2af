"""The page of a report shows its text, and nothing written in one can run."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baogao.corpus import Corpus, Data, Report, Source, parse_report
from baogao.corpus.inline import escape
from baogao.pages import report_page
from baogao.pages.report import text_html
from baogao.rules.rule import NAME, standard
from tests.builder import report_text

Make = Callable[[dict[str, str]], Corpus]
HOSTILE = """## 一、主要做法及成效

### （一）<img src=x onerror=alert(1)>

<script>alert(1)</script>组织学习4场。[点这里](javascript:alert)，[那里](https://example.org/a)，![图](x.png)，`代码`，&lt;b&gt;，A_B_C，1*2*3，**镇党委**书记，C:\\\\目录。

### （二）推进基层党建

1. 第一项。
2. 第二项。

> 引用的样子，不是引用

    四个空格

| 任务 | 时限 |
|---|---|
| 学习<b>x</b> | 6月 |

- 一条
- 两条

被折成
两行的一段English
word也在。
"""


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def _page(report: Report) -> str:
    return f'<div class="bg-text">{text_html(report)}</div>'


def _hostile(make_corpus: Make) -> tuple[Report, Corpus]:
    text = standard(title='"2022<script>alert(2)</script>年"')
    body = HOSTILE + text[text.index("\n## 二、") :]
    corpus = make_corpus({f"{NAME}.md": text[: text.index("现将")] + body})
    return corpus.reports[0], corpus


def test_a_hostile_report_is_text(make_corpus: Make) -> None:
    report, corpus = _hostile(make_corpus)
    shown, tags = report_text(_page(report))
    assert shown == report.text
    assert "<script>alert(1)</script>组织学习4场。点这里，那里，![图](x.png)" in shown
    assert "1. 第一项。\n2. 第二项。\n> 引用的样子，不是引用\n四个空格" in shown
    assert "被折成两行的一段English word也在。" in shown
    assert not tags & {"script", "img", "b", "code", "blockquote", "pre", "ol"}
    parser = _Tags()
    parser.feed(report_page(report, corpus).html)
    assert all(not name.startswith("on") for _, attrs in parser.seen for name in attrs)
    targets = [attrs.get("href") or "" for tag, attrs in parser.seen if tag == "a"]
    assert not any(target.lower().startswith("javascript") for target in targets)
    assert "https://example.org/a" in targets


def test_placeholders_are_marked(data: Data) -> None:
    report = parse_report(
        NAME, Source("x.md", standard().replace("4场，覆盖320", "XX场，**覆盖X+X+n**")), data
    )
    html = text_html(report)
    assert html.count('<mark class="bg-gap"') == 2
    assert "<strong>覆盖<mark" in html


def test_run_in_headings_are_in_the_contents(data: Data) -> None:
    text = standard().replace("### （一）加强政治建设\n\n", "（一）加强政治建设。")
    report = parse_report(NAME, Source("x.md", text), data)
    page = report_page(report, Corpus(data, (report,), (), "docs"))
    assert [entry.title for entry in page.toc[0].children] == [
        "（一）加强政治建设",
        "（二）推进基层党建",
    ]
    assert (
        '<p id="practice-1" class="bg-run-in bg-level-2"><span class="bg-run-in-title">（一）加强政治建设。</span>带队'
        in page.html
    )


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60))
def test_any_line_is_shown_as_it_is(data: Data, line: str) -> None:
    shown = line.strip()
    text = standard().replace(
        "带队到基层支部宣讲4场，覆盖320人次。",
        "前文。" + escape("中" + shown) + "\n\n" + (escape(shown) or "空"),
    )
    report = parse_report(NAME, Source("x.md", text), data)
    lines, tags = report_text(_page(report))
    assert ("前文。中" + shown in lines) or shown == ""
    assert lines == report.text
    assert not tags & {"script", "img", "iframe", "svg", "object", "style"}


@pytest.mark.parametrize(
    "target", ["\x01javascript:alert", "java\x02script:alert", "\x1fdata:text/html,x", "a\x7fb"]
)
def test_a_target_with_a_control_character_is_no_link(target: str, data: Data) -> None:
    """Browsers drop such characters before they look for a scheme."""
    text = standard().replace("培训党务干部", f"见[附件]({target})和[另一份](b.md)，培训党务干部")
    report = parse_report(NAME, Source("a.md", text), data)
    parser = _Tags()
    parser.feed(_page(report))
    targets = {attrs.get("href") for tag, attrs in parser.seen if tag == "a"}
    assert "b.md" in targets and not any(target[-4:] in (found or "") for found in targets)
