"""What one report takes over from another, sentence by sentence.

Sentences are compared with digits, placeholders and words for years folded into one sign, so that last year's sentence with
this year's figures is still last year's sentence. Used by the check, and by whatever shows two reports side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .blocks import Block
from .report import Report

_ENDS = re.compile(r"[。；！？]")
_DIGITS = re.compile(r"[0-9０-９]+(?:[.,．][0-9]+)*")
_MASK = re.compile(r"(?<![A-Za-z])[XxＸ×]{1,4}(?:\+[XxＸ×0-9nN]+)*(?![A-Za-z])|某某")
_MASK_SIGNS = re.compile(r"[XxＸ×某]")
_YEAR_WORD = re.compile(
    r"[今去前本上当明来](?=年)|[一二][九〇○零][〇○零一二三四五六七八九]{2}(?=年)"
)
_DROPPED = re.compile(r"[^\w。；！？]+")
_MARKER = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}(?:是|要)|首先|其次|再次|最后|[一二三四五六七八九十]{1,2}(?=[、）]))"
)
_MARKS = "一二三四五六七八九十首其再最"


class Sentence(NamedTuple):
    """A sentence of a report's paragraphs: ``text`` as a reader sees it, ``folded`` as it is compared, ``at`` where it begins
    in the visible text of its ``block``."""

    text: str
    folded: str
    block: Block
    at: int

    @property
    def span(self) -> tuple[int, int]:
        """Its span in the file."""
        offset = self.block.text.source_offset
        return offset(self.at), offset(self.at + len(self.text) - 1) + 1


@dataclass(frozen=True, slots=True)
class CopiedPassage:
    """Neighbouring sentences that stand in both reports: the text and the span in the file, ``here`` and ``there``.

    ``characters`` counts the sentences that were compared, ``exact`` says whether even figures and years are the same.
    """

    here: str
    here_span: tuple[int, int]
    there: str
    there_span: tuple[int, int]
    characters: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Reuse:
    """All passages taken over, in the order of the report; ``characters`` of ``total``, headings not counted."""

    passages: tuple[CopiedPassage, ...]
    characters: int
    total: int

    @property
    def share(self) -> float:
        return self.characters / self.total if self.total else 0.0


@lru_cache(maxsize=8)
def split_sentences(report: Report) -> tuple[Sentence, ...]:
    """The sentences of a report's paragraphs, in order; headings and tables are left out."""
    paragraphs = [(block, 0) for block in report.lead]
    paragraphs += [pair for section in report.walk() for pair in section.paragraphs()]
    return tuple(
        sentence
        for block, begin in paragraphs
        if block.kind in ("paragraph", "bullet")
        for sentence in _split(block, begin)
    )


def _split(block: Block, begin: int) -> Iterator[Sentence]:
    plain = block.plain[begin:] if begin else block.plain
    # Folding a whole paragraph at once is several times faster than sentence by sentence; it
    # neither adds nor removes a full stop, so that both texts split alike.
    folded = plain
    if _MASK_SIGNS.search(folded):
        folded = _MASK.sub("0", folded)
    folded = _DIGITS.sub("0", _YEAR_WORD.sub("0", folded))
    folded = _DROPPED.sub("", folded).replace("_", "")
    at = begin
    for raw, key in zip(_ENDS.split(plain), _ENDS.split(folded), strict=True):
        start, at = at, at + len(raw) + 1
        text = raw.strip("”’）」』 \t　\n")
        if text:
            marker = _MARKER.match(key) if key[:1] in _MARKS else None
            yield Sentence(
                text, key[marker.end() :] if marker else key, block, start + raw.index(text)
            )


def find_reuse(report: Report, other: Report, min_length: int = 12) -> Reuse:
    """What ``report`` has in common with ``other``; sentences shorter than ``min_length`` are not compared."""
    here, there = split_sentences(report), split_sentences(other)
    places: dict[str, int] = {}
    for index, sentence in enumerate(there):
        if len(sentence.text) >= min_length:
            places.setdefault(sentence.folded, index)
    runs: list[list[tuple[int, int]]] = []
    for index, sentence in enumerate(here):
        found = places.get(sentence.folded) if len(sentence.text) >= min_length else None
        if found is None:
            continue
        run = runs[-1] if runs else None
        if run and _continues(here, there, run[-1], index):
            run.append((index, run[-1][1] + index - run[-1][0]))
        else:
            runs.append([(index, found)])
    passages = tuple(_passage(report, other, here, there, run) for run in runs)
    return Reuse(
        passages, sum(p.characters for p in passages), sum(len(sentence.text) for sentence in here)
    )


def _continues(
    here: Sequence[Sentence], there: Sequence[Sentence], last: tuple[int, int], index: int
) -> bool:
    """Whether the copied passage that ends at ``last`` goes on at ``here[index]``: same paragraph, and the same sentences,
    short ones included, up to there."""
    first, other = last
    if here[index].block is not here[first].block or other + index - first >= len(there):
        return False
    return all(
        there[other + step].block is there[other].block
        and there[other + step].folded == here[first + step].folded
        for step in range(1, index - first + 1)
    )


def _passage(
    report: Report,
    other: Report,
    here: Sequence[Sentence],
    there: Sequence[Sentence],
    run: list[tuple[int, int]],
) -> CopiedPassage:
    (first, first_there), (last, last_there) = run[0], run[-1]
    span = (here[first].span[0], here[last].span[1])
    span_there = (there[first_there].span[0], there[last_there].span[1])
    return CopiedPassage(
        report.source.text[slice(*span)], span, other.source.text[slice(*span_there)], span_there,
        sum(len(here[index].text) for index, _ in run),
        all(here[index].text == there[index_there].text for index, index_there in run),
    )  # fmt: skip
