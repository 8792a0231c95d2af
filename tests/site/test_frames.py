"""Pages filled into frames are the pages MkDocs would have made."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from baogao.pages import Page, TocEntry
from baogao.pages.frame import FrameError, as_one_style, cut, sample
from tests.builder import build, copy_project


class Tokens(HTMLParser):
    """A page as a list of tags and texts, blanks at the edges of texts left out."""

    def __init__(self, site: Path, name: str) -> None:
        super().__init__()
        self.tokens: list[object] = []
        self._folder = posixpath.dirname(name)
        self.feed((site / name).read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # ../../compare/index.html and ../index.html are the same from compare/a/b.html.
        self.tokens.append(
            (
                tag,
                [
                    (k, posixpath.normpath(f"{self._folder}/{v}") if k == "href" else v)
                    for k, v in attrs
                ],
            )
        )

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data).strip()
        if words:
            self.tokens.append(words)


def test_filled_frames_are_what_mkdocs_makes(tmp_path: Path) -> None:
    framing = copy_project(tmp_path / "framed")
    project = copy_project(tmp_path / "whole")
    hook = project / "hooks/browse.py"
    code = hook.read_text(encoding="utf-8")
    assert "if _source(page.uri) in wanted:" in code
    hook.write_text(code.replace("if _source(page.uri) in wanted:", "if True:"), encoding="utf-8")
    for config in (project, framing):
        file = config / "mkdocs.yml"
        file.write_text(
            file.read_text(encoding="utf-8") + "site_url: http://报告库.example/库/\n",
            encoding="utf-8",
        )
    framed = build(framing)
    whole = build(project)
    assert framed.code == whole.code == 0, whole.output
    names = sorted(file.relative_to(framed.site).as_posix() for file in framed.site.rglob("*.html"))
    assert names == sorted(f.relative_to(whole.site).as_posix() for f in whole.site.rglob("*.html"))
    assert any(name.startswith("reports/2022/") for name in names)
    for name in names:
        ours, theirs = (Tokens(site, name).tokens for site in (framed.site, whole.site))
        assert ours == theirs, name
        if re.fullmatch(r"compare/.*/\d+-\d+\.html", name):
            page = (framed.site / name).read_text(encoding="utf-8")
            repeated = re.sub(r"<article.*</article>", "", page, flags=re.DOTALL)
            # Thousands of pages carry it.
            assert (
                len(repeated.encode()) < 2_100 and len(re.findall("<(?:link|script) ", page)) <= 6
            )
    assert "bgframe" not in "".join(
        file.read_text(encoding="utf-8")
        for file in framed.site.rglob("*")
        if file.suffix in (".html", ".xml", ".json")
    )


OUTPUT = """<title>bgframe0title</title>
<link rel="stylesheet" href="../bgframe0style">
  <meta name="description" content="bgframe0description">
<script>
   keep
</script>
<p class="b" title="a b" lang="">
<ul>
  <li>A<a href="#bgframe0leaf-a">bgframe0leaf</a></li>
  <li>A<a href="#bgframe0next-a">bgframe0next</a></li>
  <li>A<a href="#bgframe0branch-a">bgframe0branch</a>
    <ul><li>B<a href="#bgframe0twig-a">bgframe0twig</a></li> <li>B<a href="#bgframe0last-a">bgframe0last</a></li></ul>
  </li>
</ul>
<main><h1>bgframe0content</h1></main>"""


def test_a_frame_is_filled_with_text_as_text() -> None:
    made = sample(1, True)
    frame = cut(OUTPUT, made)
    entries = (
        TocEntry("一、<b>", "practice", 2, (TocEntry("（一）&", "practice-1", 3),)),
        TocEntry("三", 'a">b', 2),
    )
    page = frame.fill(
        Page("a/b.html", "<i>甲", "<p>bgframe0title</p>", entries, '"述"', ("x.css",))
    )
    assert "<title>&lt;i&gt;甲</title>" in page
    assert '<link rel="stylesheet" href="../x.css">' in page
    assert '<p class=b title="a b" lang="">' in page
    assert '<meta name="description" content="&quot;述&quot;">' in page
    assert "<main><p>bgframe0title</p></main>" in page
    assert '<a href="#practice">一、&lt;b&gt;</a><ul><li>A' in page.replace("B", "A")
    assert '<a href="#practice-1">（一）&amp;</a>' in page
    assert '<a href="#a&quot;&gt;b">三</a>' in page
    assert "<script>\n   keep\n</script>" in page
    assert "bgframe0leaf" not in page and "bgframe0branch" not in page
    assert "description" not in frame.fill(Page("a/b.html", "甲", "乙", entries))


@pytest.mark.parametrize(
    "missing",
    ["bgframe0title", "bgframe0description", "bgframe0content", "bgframe0twig", "bgframe0style"],
)
def test_a_theme_that_leaves_a_place_out_is_noticed(missing: str) -> None:
    with pytest.raises(FrameError):
        cut(OUTPUT.replace(missing, ""), sample(1, True))


def test_style_sheets_joined_say_the_same_from_another_place() -> None:
    one = '@charset "UTF-8";a{b:url(../i/x.png)url("data:image/svg+xml,<a>")}/*# sourceMappingURL=m.css.map */'
    two = "c{d:url('y.svg') url(#e) url(https://a.example/b) url(/c)}"
    assert as_one_style("assets/one.css", [("assets/theme/m.css", one), ("x/two.css", two)]) == (
        'a{b:url(i/x.png)url("data:image/svg+xml,<a>")}\n'
        "c{d:url('../x/y.svg') url(#e) url(https://a.example/b) url(/c)}\n"
    )
