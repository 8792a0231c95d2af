"""Problems told inside another section: a 政府工作报告 closes its review with them, in a paragraph without a heading.

What begins such a passage, what introduces the problems in it and what ends it is said by ``kinds.yml`` (``passage``); read
off 45 real city reports and measured on 27 others (``tests/corpus/test_told_quality.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from .blocks import Block
from .kinds import ExpectedSection, Kind
from .ordinals import match_ordinal
from .phrases import compile_phrases
from .sections import Section, Told
from .sequences import find_markers, find_sequences

_Span = tuple[int, int]
_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+[”’）」』]*|$)")
_PART = re.compile(r"[^；;]+")
_COLON = re.compile("[：:]")
_CLAUSE = re.compile(r"[^，,]+")
_EDGES = "：:，,；;。！？!? \t\u3000\u00a0\n"
#: One sentence without ； names its problems one by one where it has so many clauses, none of them longer.
_CLAUSES, _SHORT = 4, 45
#: Fewer characters tell no problem.
_LEAST = 3
_TEXT = ("paragraph", "bullet")


def find_told(
    lead: Sequence[Block], sections: Sequence[Section], kind: Kind | None
) -> tuple[Told, ...]:
    """The passages of a report that hold what its kind tells inside another section, in the order of ``kinds.yml``.

    Looked for in the sections of the role that may hold it; where none of them was recognised, in ``lead`` (what stands before
    the first section) and in the sections that are not recognised either. A section of its own makes it needless.
    """
    if kind is None:
        return ()
    found: list[Told] = []
    for entry in kind.told_within:
        every = [section for top in sections for section in top.walk()]
        if any(section.role == entry.role.id for section in every):
            continue
        hosts = [section for section in every if section.role == entry.within]
        paragraphs = list(chain.from_iterable(map(_paragraphs, hosts)))
        if not hosts:
            strangers = (section for section in every if section.role is None)
            paragraphs = [*lead, *chain.from_iterable(map(_paragraphs, strangers))]
        found += _passages(paragraphs, entry)
    return tuple(found)


def _paragraphs(section: Section) -> Iterator[Block]:
    """The paragraphs of a section after its heading, which ends a passage unless it is a paragraph itself (run-in)."""
    yield section.heading
    yield from section.blocks


def _passages(blocks: Sequence[Block], entry: ExpectedSection) -> Iterator[Told]:
    reader = _reader(entry)
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        begin = reader.begin(block.plain) if block.kind in _TEXT else None
        if begin is None:
            continue
        start = block.text.source_offset(begin[0])
        spans, stop = reader.problems(block.plain, *begin[1:])
        parts = [_part(block, span) for span in spans]
        # Introduced in a paragraph of its own, they fill those that follow; otherwise only numbered ones go on.
        follow = not parts
        while stop == len(block.plain) and at < len(blocks) and blocks[at].kind in _TEXT:
            if not follow and not _numbered(blocks[at].plain):
                break
            block = blocks[at]
            at += 1
            spans, stop = reader.more(block.plain)
            parts += [_part(block, span) for span in spans]
        if parts:
            _, end = block.text.source_span(0, reader.turned(block.plain, stop))
            yield Told(entry.role.id, start, end, tuple(parts))


def _part(block: Block, span: _Span) -> tuple[str, int, int]:
    return (block.plain[slice(*span)], *block.text.source_span(*span))


def _numbered(text: str) -> bool:
    marker = next(find_markers(text), None)
    return match_ordinal(text) is not None or (marker is not None and marker.start == 0)


@lru_cache(maxsize=32)
def _reader(entry: ExpectedSection) -> _Reader:
    return _Reader(entry)


class _Reader:
    """Finds the passages of one entry of ``kinds.yml`` in paragraphs; all spans are offsets into the visible text."""

    def __init__(self, entry: ExpectedSection) -> None:
        passage = entry.passage
        assert passage is not None
        openers = compile_phrases(passage.openers).pattern
        self._cues = compile_phrases(entry.cues)
        self._opened = re.compile(rf"(?:{openers})[ \u3000]*[：:，,。]")
        self._led = re.compile(rf"(?:{openers})[ \u3000]*[：:]")
        self._turns = compile_phrases(passage.turns)
        self._closers = sorted(passage.closers, key=len, reverse=True)

    def begin(self, text: str) -> tuple[int, int, int] | None:
        """Where a passage begins: its first sentence, and the cue in it."""
        cue = self._cues.search(text)
        if cue is None:
            return None
        first = next(s for s in _SENTENCE.finditer(text) if cue.start() < s.end())
        return first.start(), cue.start(), cue.end()

    def problems(self, text: str, cue: int, cue_end: int) -> tuple[list[_Span], int]:
        """What is told in the paragraph of the cue, and where it turns to what will be done (the end of the text if it does not)."""
        return self._told(text, self._head(text, cue, cue_end))

    def turned(self, text: str, stop: int) -> int:
        """Where the sentences from ``stop`` on end that say what will be done."""
        end = stop
        for sentence in _SENTENCE.finditer(text, stop):
            if not self._turns.search(text, *sentence.span()):
                break
            end = sentence.end()
        return end

    def more(self, text: str) -> tuple[list[_Span], int]:
        """The same of a paragraph that goes on."""
        if not _numbered(text) and len(_PART.findall(text)) > 2:
            return self._told(text, 0)
        stop = self._stop(text, 0)
        spans = self._members(text, 0, stop) or [(0, stop)]
        return self._trimmed(text, spans), stop

    def _head(self, text: str, cue: int, cue_end: int) -> int:
        """Where the words that introduce the problems end, in the sentence of the cue."""
        sentence = next(s for s in _SENTENCE.finditer(text) if cue < s.end())
        part = next(p for p in _PART.finditer(text) if cue < p.end())
        limit = min(sentence.end(), part.end())
        led = {found.end() for found in self._led.finditer(text, cue, sentence.end())}
        for colon in _COLON.finditer(text, cue_end, sentence.end()):
            if colon.end() <= limit or colon.end() in led:
                return colon.end()
        opened = self._opened.search(text, cue, limit)
        return opened.end() if opened else cue_end

    def _told(self, text: str, head: int) -> tuple[list[_Span], int]:
        stop = self._stop(text, head)
        spans = self._members(text, head, stop)
        if not spans:
            markers = [marker.start for marker in find_markers(text)]
            for sentence in _SENTENCE.finditer(text, head, stop):
                if bisect_left(markers, sentence.start()) < bisect_left(markers, sentence.end()):
                    spans.append(sentence.span())
                else:
                    spans += [p.span() for p in _PART.finditer(text, *sentence.span())]
        spans = self._trimmed(text, spans)
        if len(spans) == 1:
            clauses = self._trimmed(text, [c.span() for c in _CLAUSE.finditer(text, *spans[0])])
            if len(clauses) >= _CLAUSES and max(b - a for a, b in clauses) <= _SHORT:
                spans = clauses
        return spans, stop

    def _stop(self, text: str, head: int) -> int:
        """Where a sentence, or a part of one after ；, begins that turns to what will be done."""
        for sentence in _SENTENCE.finditer(text, head):
            for part in _PART.finditer(text, *sentence.span()):
                if self._turns.search(text, *part.span()):
                    return part.start()
        return len(text)

    def _members(self, text: str, head: int, stop: int) -> list[_Span]:
        """The members of 一是…二是… right behind the introduction; one that comes later tells of something else."""
        for sequence in find_sequences(text):
            first = sequence.members[0].start
            if first >= head:
                if first >= stop or "。" in text[head:first]:
                    return []
                return [(m.start, min(m.end, stop)) for m in sequence.members if m.start < stop]
        return []

    def _trimmed(self, text: str, spans: Iterable[_Span]) -> list[_Span]:
        trimmed = (self._trim(text, *span) for span in spans)
        return [(start, end) for start, end in trimmed if end - start >= _LEAST]

    def _trim(self, text: str, start: int, end: int) -> _Span:
        """A span without what introduces it (同时，还面临不少困难：), closes it (等等) or stands around it."""
        for led in self._led.finditer(text, start, end):
            start = led.end()
        while True:
            while start < end and text[start] in _EDGES:
                start += 1
            while start < end and text[end - 1] in _EDGES:
                end -= 1
            opened = self._opened.match(text, start, end)
            closed = next((c for c in self._closers if text.endswith(c, start + 1, end)), "")
            if opened:
                start = opened.end()
            elif closed:
                end -= len(closed)
            else:
                return start, end
