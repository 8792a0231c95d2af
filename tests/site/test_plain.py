"""A page as a Markdown file: Markdown puts its HTML out as it is, YAML reads its front matter as it was."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from baogao.pages import Page, TocEntry
from baogao.plain import BEGIN, END, plain_page, untouched
from tests.builder import ROOT


class Read(HTMLParser):
    """A page as tags, attributes and whole texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.text = ""
        # As HTML has it and browsers do; Python's reader drops these two.
        self.feed(html.replace("&#2;", "\x02").replace("&#3;", "\x03"))
        self.close()
        self.found.append(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [self.text, (tag, attrs)]
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


class _Plain(yaml.SafeLoader):
    """Tags of MkDocs' own are left out."""


_Plain.add_multi_constructor("", lambda loader, suffix, node: None)
EXTENSIONS = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Plain)["markdown_extensions"]  # fmt: skip
NAMES = [next(iter(each)) if isinstance(each, dict) else each for each in EXTENSIONS]


def shown(source: str) -> str:
    """What the site's Markdown makes of the body, as ``partials/content.html`` shows it."""
    html = Markdown(extensions=NAMES).convert(source.split("---\n", 2)[2]).strip()
    assert html.startswith(BEGIN) and html.endswith(END)
    return html[len(BEGIN) : -len(END)]


#: What Markdown, its extensions, templates, YAML and HTML would take for their own, among anything else.
WORDS = st.sampled_from(
    ["```", "~~~", "\n\n", "\n", "\t", "    ", "# 一", "---\n", "[TOC]", "!!! note", "=== \"甲\"", "{{ a }}", "{% b %}", "{#", "*强*", "_下_",
     "[^1]: ", "[a](b)", "<!-- ", "-->", "</div>", "<table>", "| a | b |", "&amp;", "&#96;", "\\", "\u2028", "\x85", "\x02wzxhzdk:0\x03", "\x01", "𠮷",
     "\ufeff", "：", "'", '"', "%", "$x$", "++a++", "==b=="]
)  # fmt: skip
TEXTS = st.lists(st.one_of(WORDS, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=6)), max_size=8).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, title=TEXTS)
def test_nothing_in_a_page_is_markdown(text: str, title: str) -> None:
    html = (
        f'<h1>{escape(text)}</h1>\n<div class="bg-text"><p>{escape(text)}</p><p title="{escape(text)}">甲</p>\n\n'
        f"<ul><li><p>{escape(text)}</p></li></ul><table><tr><td>{escape(text)}</td></tr></table></div>\n<p>完</p>"
    )
    entries = (TocEntry(title, 'a"b', 2, (TocEntry(text, "practice-1", 3),)),)
    source = plain_page(Page("a/b.html", title, html, entries, text, ("assets/x.css",)))
    assert Read(shown(source)).found == Read(html).found
    front = yaml.safe_load(source.split("---\n", 2)[1])
    assert front["title"] == escape(title) and front.get("description", "") == escape(text)
    assert front["template"] == "main.html" and front["styles"] == ["assets/x.css"]
    (entry,) = front["contents"]
    assert (entry["title"], entry["url"]) == (escape(title), "#a&quot;b")
    assert entry["children"][0]["title"] == escape(text) and "hide" not in front


def test_no_line_is_blank_and_no_contents_are_hidden() -> None:
    """Where a blank line ends a block of HTML, the block goes on."""
    source = plain_page(Page("a.html", "甲", "<p>一</p>\n\n<pre>二\n  \n三</pre>\n"))
    body = source.split("---\n", 2)[2].rstrip("\n")
    assert all(line.strip() for line in body.split("\n"))
    assert Read(body).found == Read(f"{BEGIN}<p>一</p>\n\n<pre>二\n  \n三</pre>{END}").found
    assert "hide: [\"toc\"]" in source and "contents:" not in source  # fmt: skip
    assert untouched("`a`\t~") == "&#96;a&#96;&#9;&#126;"


def test_the_template_takes_off_what_is_put_on() -> None:
    template = (ROOT / "scripts/plain/partials/content.html").read_text(encoding="utf-8")
    assert f"[{len(BEGIN)}:-{len(END)}]" in template
