"""A page as a Markdown file that any builder puts out as it is: its HTML in one block no Markdown reads.

What the hooks give MkDocs by hand (title, contents, style sheets) stands in the front matter; the templates in ``scripts/plain`` read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape

from .pages import Page, TocEntry

#: What a made page stands in, so that it is one block of HTML to Markdown; ``partials/content.html`` takes it away again.
BEGIN, END = '<div class="bg-made">', "</div>"
#: Not printable to YAML, or taken for an end of line.
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")  # fmt: skip
#: What Markdown looks for before it looks for HTML (fences of code), changes (tabs), or throws away. In HTML these may be written as
#: references everywhere but in the names of tags, where pages have none.
_READ = re.compile(r"[`~\t\x02\x03]")
_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")


def plain_page(page: Page) -> str:
    """The Markdown file of a page; with the front matter of ``page`` it goes to ``page.uri`` with ``.md`` for ``.html``."""
    front = {
        "title": escape(page.title),
        "description": escape(page.description),
        "template": "main.html",
        "hide": [] if page.toc else ["toc"],
        "styles": list(page.styles),
        "made": True,
        "contents": _contents(page.toc),
        "search": {"exclude": True},
    }
    lines = [f"{name}: {_yaml(value)}" for name, value in front.items() if value or name == "title"]
    return "\n".join(["---", *lines, "---", f"{BEGIN}{untouched(page.html)}{END}", ""])


def source_uri(uri: str) -> str:
    """Where the Markdown file of the page at ``uri`` is."""
    return uri.removesuffix(".html") + ".md"


def untouched(html: str) -> str:
    """The same HTML, written so that Markdown finds nothing of its own in it; no line is blank, for that would end the block elsewhere."""
    html = html.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    html = _READ.sub(lambda found: f"&#{ord(found[0])};", html)
    return _BLANK_LINE.sub("&#10;", html)


def _contents(entries: Iterable[TocEntry]) -> list[dict[str, object]]:
    """As the themes' own entries are, so that their templates take them."""
    return [
        {
            "title": escape(entry.title),
            "content": escape(entry.title),
            "url": f"#{escape(entry.anchor)}",
            "children": _contents(entry.children),
        }
        for entry in entries
    ]


def _yaml(value: object) -> str:
    """``value`` as JSON, which is YAML where every character is printable."""
    said = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
