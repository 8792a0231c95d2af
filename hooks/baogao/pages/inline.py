"""Inline text of a report as HTML.

Everything but bold, italic and links is text, and is escaped: what a page shows of a report is its text, and nothing written
in one can run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ..corpus import Placeholder
from ..corpus.inline import joined_tokens

#: Browsers drop control characters before they look for a scheme, so a target with one is none.
_SAFE_LINK = re.compile(
    r"(?!.*[\x00-\x20\x7f])(?:https?://|mailto:|#|(?![a-zA-Z][a-zA-Z0-9+.\-]*:)[^\s/\\]|\.{1,2}/)",
    re.DOTALL,
)
_TAGS = {"strong": "strong", "em": "em", "link": "a"}


def inline_html(
    source: str,
    spans: Iterable[tuple[int, int]],
    *,
    begin: int = 0,
    end: int | None = None,
    marks: Iterable[Placeholder] = (),
) -> str:
    """The visible characters ``begin`` to ``end`` of a paragraph as HTML, placeholders marked.

    ``source`` and ``spans`` as in :func:`~..corpus.inline.joined_tokens`; ``marks`` lie in the visible text.
    """
    cuts = sorted((mark.start, mark.end) for mark in marks)
    return "".join(_pieces(source, spans, begin, end, cuts))


def _pieces(
    source: str,
    spans: Iterable[tuple[int, int]],
    begin: int,
    end: int | None,
    cuts: list[tuple[int, int]],
) -> Iterator[str]:
    at = 0
    open_tags: list[str] = []
    for token in joined_tokens(source, spans):
        if token.kind == "text":
            first = max(at, begin)
            last = at + len(token.text) if end is None else min(at + len(token.text), end)
            if first < last:
                yield from _marked(token.text[first - at : last - at], first, cuts)
            at += len(token.text)
        elif token.kind == "close":
            if open_tags:
                yield f"</{open_tags.pop()}>"
        else:
            tag = _TAGS[token.kind]
            if tag == "a" and not _SAFE_LINK.match(token.text):
                tag = "span"
            open_tags.append(tag)
            yield f'<a href="{escape(token.text)}">' if tag == "a" else f"<{tag}>"
    while open_tags:
        yield f"</{open_tags.pop()}>"


def gaps_html(text: str, marks: Iterable[Placeholder], begin: int, end: int) -> str:
    """The characters ``begin`` to ``end`` of a plain ``text`` as HTML, the placeholders ``marks`` of the whole text marked."""
    cuts = [(mark.start, mark.end) for mark in marks]
    return "".join(_marked(text[begin:end], begin, cuts))


def _marked(text: str, at: int, cuts: list[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for start, end in cuts:
        first, last = max(start - at, 0), min(end - at, len(text))
        if first >= last:
            continue
        yield escape(text[done:first], quote=False)
        yield f'<mark class="bg-gap" title="待填或脱敏处">{escape(text[first:last], quote=False)}</mark>'
        done = last
    yield escape(text[done:], quote=False)
