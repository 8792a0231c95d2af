"""Reading the guide as the tests want it: code blocks with their titles, and pieces of code in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = ROOT / "docs/guide"
_FENCE = re.compile(
    r'^(?P<indent> *)```(?P<language>\w*)(?: title="(?P<title>[^"]*)")?\n(?P<code>.*?)^(?P=indent)```$',
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A code block. Its title is a file, and in brackets what is to be done with it (新建, 接在末尾, 改)."""

    language: str
    title: str
    code: str

    @property
    def file(self) -> str:
        return self.title.partition("（")[0]

    @property
    def todo(self) -> str:
        return self.title.partition("（")[2].rstrip("）")


def page(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[Block]:
    for found in _FENCE.finditer(text):
        code = re.sub(rf"^{found['indent']}", "", found["code"], flags=re.MULTILINE)
        yield Block(found["language"], found["title"] or "", code)


def without_blocks(text: str) -> str:
    return _FENCE.sub("", text)


def snippets(text: str) -> Iterator[str]:
    """Lines of untitled code blocks, and code within the text."""
    for block in blocks(text):
        if not block.title:
            yield from block.code.splitlines()
    yield from re.findall(r"`([^`\n]+)`", without_blocks(text))
