"""The generated reports as the peers get them.

Their front matter is replaced by a title of Latin letters: what is compared is the search in the text of sections, and a
title that repeats 党建 on every page would make each of them an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def report_bodies(library: Path) -> Iterator[tuple[str, str, str]]:
    """Of each report its name below ``reports`` (without ending), a title, and the Markdown under the front matter."""
    reports = library / "reports"
    for number, file in enumerate(sorted(reports.rglob("*.md"))):
        body = file.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        yield file.relative_to(reports).with_suffix("").as_posix(), title(number), body.lstrip("\n")


def title(number: int) -> str:
    """A title of letters for the report of that number, no two alike."""
    letters = ""
    while number or not letters:
        number, digit = divmod(number, len(_LETTERS))
        letters = _LETTERS[digit] + letters
    return f"report {letters}"
