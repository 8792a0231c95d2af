"""The content security policy of a built site: what its pages may load and run, and nothing beside.

Scripts written into pages are allowed by their hashes, which are taken from the pages as they were built.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baogao.build import asked_hosts

from .ui import Failure

_ELEMENT = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_SRC = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\stype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_HANDLER = re.compile(r"""\son[a-z]+\s*=""", re.IGNORECASE)
_STYLE = re.compile(r"""\sstyle\s*=""", re.IGNORECASE)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_RUN = frozenset({"", "text/javascript", "application/javascript", "module"})
#: nginx takes no longer word in its configuration (bytes), and a header should not come near that.
_LONGEST = 3500
#: Where Python is compiled in the reader's browser: the page, and the worker, whose own answer rules it.
SELF_CHECK = ("/self-check.html", "/assets/selfcheck/")


@dataclass(frozen=True)
class Inline:
    """What pages carry in themselves: hashes of scripts and of style sheets as a policy writes them, and whether anything has a
    ``style`` attribute; and which hosts they ask beside their own."""

    scripts: frozenset[str]
    styles: frozenset[str]
    style_attributes: bool
    asks: tuple[str, ...] = ()


def read_site(site: Path) -> Inline:
    """What all pages below ``site`` carry. Raises :class:`Failure` where a page has an event handler in its HTML, which a policy
    would stop."""
    scripts: set[str] = set()
    styles: set[str] = set()
    attributes = False
    seen: set[tuple[str, str, str]] = set()
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        for kind, given, content in _ELEMENT.findall(text):
            if (kind, given, content) in seen:
                continue
            seen.add((kind, given, content))
            if kind.lower() == "style":
                styles.add(_hash(content))
            elif not _SRC.search(given) and _type(given) in _RUN:
                scripts.add(_hash(content))
        # Reading every tag of thousands of pages takes long; most pages have nothing like it.
        for tag in _tags(text) if _STYLE.search(text) or _HANDLER.search(text) else ():
            attributes = attributes or _STYLE.search(tag) is not None
            if _HANDLER.search(tag):
                raise Failure(
                    f"{file.relative_to(site)} 里有写在网页上的事件脚本（{tag[:60]}），安全策略会拦住它。"
                )
    return Inline(frozenset(scripts), frozenset(styles), attributes, tuple(asked_hosts(site)))


def policy(inline: Inline, wasm: bool = False) -> str:
    """The value of ``Content-Security-Policy``; with ``wasm`` WebAssembly may be compiled. Raises :class:`Failure`."""
    styles = ["style-src 'self'", *sorted(inline.styles)]
    parts = [
        "default-src 'none'",
        " ".join(["script-src 'self'", *(["'wasm-unsafe-eval'"] if wasm else []), *sorted(inline.scripts)]),
        " ".join(styles),
        *(["style-src-attr 'unsafe-inline'"] if inline.style_attributes else []),
        "img-src 'self' data:",
        "font-src 'self'",
        " ".join(["connect-src 'self'", *inline.asks]),
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]  # fmt: skip
    said = "; ".join(parts)
    if len(said) > _LONGEST:
        raise Failure(
            f"网页里各不相同的脚本太多（{len(inline.scripts)} 段），安全策略写不下：把它们移到 docs/assets 下的文件里。"
        )
    return said


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _type(given: str) -> str:
    found = _TYPE.search(given)
    return found[1].lower() if found else ""


def _tags(text: str) -> Iterator[str]:
    """Opening tags outside scripts and styles, with the values of attributes left out."""
    for tag in _TAG.findall(_ELEMENT.sub("", text)):
        if "style" in tag or " on" in tag:
            yield _QUOTED.sub('""', tag)
