"""What stands at the old address of a report that moved or was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..corpus import Corpus, final_name
from .indexes import YEARS
from .page import Download, Page, link, relative

#: Takes the place in the report along, which a redirect in HTML alone would drop.
_GO = "location.replace(document.links[0].href + location.search + location.hash);"


def redirects(corpus: Corpus) -> dict[str, str]:
    """Old name → the name of the report readers may see, or of the one withdrawn; ``corpus`` is what readers may see."""
    moves = {moved.old: moved.new for moved in corpus.data.redirects}
    there = {report.name for report in corpus.reports}
    there.update(entry.name for entry in corpus.data.withdrawn)
    ends = {old: final_name(old, moves) for old in moves}
    return {old: new for old, new in sorted(ends.items()) if new in there}


def redirect_files(corpus: Corpus) -> Iterator[Download]:
    """A small page at each old address that leads on, with a web server or without; ``corpus`` is what readers may see."""
    for old, new in redirects(corpus).items():
        here = f"reports/{old}.html"
        address = escape(relative(here, f"reports/{new}.html"))
        html = (
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>报告换了地址</title>\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            # Only without scripts, and at once: both together would drop the place, and a delay leaves readers without theirs.
            f'<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript><link rel="canonical" href="{address}"></head>\n'
            f'<body><main><h1>报告换了地址</h1>\n<p>这份报告现在在 <a href="{address}">新的地址</a>。</p></main>\n'
            f"<script>{_GO}</script></body></html>\n"
        )
        yield Download(here, html.encode())


def withdrawn_pages(corpus: Corpus) -> Iterator[Page]:
    """A page at the address of each report withdrawn that says so."""
    for entry in sorted(corpus.data.withdrawn, key=lambda entry: entry.name):
        uri = f"reports/{entry.name}.html"
        day = f"{entry.date.year}年{entry.date.month}月{entry.date.day}日"
        said = f"本报告已于{day}撤回"
        html = (
            f'<h1>{said}</h1>\n<div class="bg-withdrawn"><p>说明：{escape(entry.note)}</p>\n'
            f"<p>原文不再公开，也检索不到。其余报告见{link(uri, YEARS, '按年度')}。</p></div>"
        )
        yield Page(uri, said, html, description=said)
