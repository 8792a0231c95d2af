"""What a report has in common with the one before it in its series, sentence by sentence.

A sentence of the later report repeats one of the earlier (figures and years folded, as :mod:`~..corpus.reuse` does it),
rewrites one (most of its words are the same), or is new; what is left of the earlier one is gone.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..corpus import Corpus, Report, Study, pack_json
from ..corpus.follow_up import follow_up
from ..corpus.reuse import Sentence, split_sentences

if TYPE_CHECKING or find_spec("numpy") is not None:
    from .likeness import Pairs, alike
else:  # a site built with the four packages alone
    from .likeness_plain import Pairs, alike

#: Shorter sentences (characters) say too little to count as taken over; the same limit as in the check of copied sentences.
COUNTED = 12
#: From this likeness on (0–1: share of character pairs in common) a sentence is taken for a rewritten one. Between 0.4 and 0.5
#: the samples have sentences on the same matter, but worded so freely that marking single words explains nothing.
REWRITTEN = 0.5
#: Below this many characters a likeness means nothing.
_LIKENED = 8
_NEW = -1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports of a series that follow one another: ``earlier`` and ``later``."""

    earlier: Report
    later: Report

    @property
    def years(self) -> tuple[int, int]:
        assert self.earlier.year is not None and self.later.year is not None
        return self.earlier.year, self.later.year

    @property
    def series(self) -> str:
        """The name of the series in addresses: the ids of unit, kind and role."""
        return self.later.series_name


class Link(NamedTuple):
    """What a sentence of one report is to a sentence of the other: ``state`` is ``kept``, ``rewritten`` or ``alone``, ``other``
    the number of that sentence (-1 for ``alone``)."""

    state: str
    other: int


_ALONE = Link("alone", -1)


@dataclass(frozen=True)
class Comparison:
    """``codes`` holds for each sentence of the later report the number n of the sentence it repeats, -2-n for the one it
    rewrites, -1 for a new one. ``earlier`` is the number of sentences of the earlier report, ``kept_characters`` of
    ``characters`` are repeated in sentences long enough to count; ``answered`` of ``problems`` of the earlier
    report are answered by what the later one states of itself (``rectifies``)."""

    codes: tuple[int, ...]
    earlier: int
    gone: int
    kept_characters: int
    characters: int
    problems: int
    answered: int

    @property
    def share(self) -> float:
        """The share of the later text that is repeated, 0–1."""
        return self.kept_characters / self.characters if self.characters else 0.0

    @cached_property
    def kept(self) -> int:
        return sum(code >= 0 for code in self.codes)

    @cached_property
    def rewritten(self) -> int:
        return sum(code < _NEW for code in self.codes)

    @cached_property
    def new(self) -> int:
        return sum(code == _NEW for code in self.codes)

    def later_links(self) -> list[Link]:
        """For each sentence of the later report what it is to the earlier."""
        return [
            Link("kept", code) if code >= 0 else _ALONE if code == _NEW else Link("rewritten", -2 - code)
            for code in self.codes
        ]  # fmt: skip

    def earlier_links(self, kept_by: Sequence[int]) -> list[Link]:
        """For each sentence of the earlier report what became of it. ``kept_by`` is from :func:`kept_by`."""
        links = [Link("kept", by) if by >= 0 else _ALONE for by in kept_by]
        for number, code in enumerate(self.codes):
            if code < _NEW:
                links[-2 - code] = Link("rewritten", number)
        return links


def compare(earlier: Report, later: Report) -> Comparison:
    """The comparison of two reports; in time about linear in their length."""
    here, there = split_sentences(later), split_sentences(earlier)
    roles_here, roles_there = sentence_roles(later), sentence_roles(earlier)
    places: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(there):
        places[sentence.folded].append(index)
    codes = [
        _repeated(sentence, role, places, there, roles_there)
        for sentence, role in zip(here, roles_here, strict=True)
    ]
    left = [index for index, by in enumerate(kept_by(earlier, later)) if by < 0]
    free = [index for index, code in enumerate(codes) if code == _NEW]
    for index, other in _rewritten(later, free, earlier, left):
        codes[index] = -2 - other
    counted = [
        len(s.text)
        for s, code in zip(here, codes, strict=True)
        if code >= 0 and min(len(s.text), len(there[code].text)) >= COUNTED
    ]
    followed = follow_up(later, earlier)
    return Comparison(
        tuple(codes), len(there), len(left) - sum(code < _NEW for code in codes),
        sum(counted), sum(len(sentence.text) for sentence in here),
        len(followed.answered) + len(followed.unanswered), len(followed.answered),
    )  # fmt: skip


def kept_by(earlier: Report, later: Report) -> tuple[int, ...]:
    """For each sentence of ``earlier`` the first sentence of ``later`` that repeats it, -1 for none."""
    here, there = split_sentences(earlier), split_sentences(later)
    roles_here, roles_there = sentence_roles(earlier), sentence_roles(later)
    places: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(there):
        places[sentence.folded].append(index)
    return tuple(
        _repeated(sentence, role, places, there, roles_there)
        for sentence, role in zip(here, roles_here, strict=True)
    )


def _repeated(
    sentence: Sentence,
    role: str | None,
    places: dict[str, list[int]],
    there: Sequence[Sentence],
    roles: Sequence[str | None],
) -> int:
    """The sentence that says the same, one of the same part of the report before others; -1 for none. Short sentences are
    looked for in the same part alone: 成绩来之不易 says nothing elsewhere."""
    found = places.get(sentence.folded)
    if not found or not sentence.folded:
        return _NEW
    if len(sentence.text) >= COUNTED:
        long = [index for index in found if len(there[index].text) >= COUNTED]
        return next((index for index in long if roles[index] == role), long[0] if long else _NEW)
    return next((index for index in found if roles[index] == role), _NEW)


def _rewritten(
    later: Report, free: Sequence[int], earlier: Report, left: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of sentences alike but not the same, the likest first; each sentence is in one pair at most, and both
    of a pair are in one part of the report: a problem that comes back as a deed was answered, not rewritten."""
    roles_here, roles_there = sentence_roles(later), sentence_roles(earlier)
    scored = [
        (-share, number, other)
        for number, other, share in alike(
            _sentence_pairs(later).only(free), _sentence_pairs(earlier).only(left), REWRITTEN
        )
        if roles_here[number] == roles_there[other]
    ]
    used_here: set[int] = set()
    used_there: set[int] = set()
    for _, number, other in sorted(scored):
        if number not in used_here and other not in used_there:
            used_here.add(number)
            used_there.add(other)
            yield number, other


@lru_cache(maxsize=8)
def _sentence_pairs(report: Report) -> Pairs:
    """The pairs of characters of the sentences of ``split_sentences`` that are long enough to be likened."""
    folded = [sentence.folded for sentence in split_sentences(report)]
    return Pairs.of([text if len(text) >= _LIKENED else "" for text in folded])


@lru_cache(maxsize=8)
def sentence_roles(report: Report) -> tuple[str | None, ...]:
    """For each sentence of ``split_sentences`` the role of the first-level section it stands in, or of the passage in it that tells
    something else."""
    roles = {
        block.start: top.role
        for top in report.sections
        for section in top.walk()
        for block, _ in section.paragraphs()
    }
    found = [roles.get(sentence.block.start) for sentence in split_sentences(report)]
    for at, sentence in enumerate(split_sentences(report) if report.told else ()):
        start = sentence.span[0]
        found[at] = next((t.role for t in report.told if t.start <= start < t.end), found[at])
    return tuple(found)


def _pack(found: Comparison) -> str:
    return pack_json([
        found.codes, found.earlier, found.gone, found.kept_characters, found.characters,
        found.problems, found.answered,
    ])  # fmt: skip


def _unpack(packed: str) -> Comparison:
    codes, *rest = json.loads(packed)
    return Comparison(tuple(codes), *rest)


def comparing(pairs: Iterable[Pair]) -> Study[Comparison]:
    """The study of the later reports of ``pairs``."""
    earlier = {pair.later.name: (pair.earlier,) for pair in pairs}
    return Study(
        "comparison",
        lambda later, before: compare(before[-1], later),
        _pack,
        _unpack,
        lambda later: earlier[later.name],
    )


def consecutive(corpus: Corpus) -> list[Pair]:
    """Every report of a series with the one of the year before it that there is, series by series, oldest first. Of several
    reports of one series and year the last counts."""
    pairs = []
    seen: set[tuple[str, str, str]] = set()
    for report in corpus.reports:
        key = report.series_key
        if key is None or key in seen:
            continue
        seen.add(key)
        yearly = {other.year: other for other in corpus.series(report)}
        pairs += [Pair(earlier, later) for earlier, later in pairwise(yearly.values())]
    return pairs


# Differences inside a sentence

#: Longer sentences (words) are compared clause by clause: finding the longest common run takes the product of the lengths.
_LONG = 400
_WORD = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％]?|[A-Za-z]+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，、；：。]*[，、；：。]?", re.DOTALL)
#: Fewer common characters than this between two differences are no comfort to a reader: they join the difference.
_ISLAND = 2


class Difference(NamedTuple):
    """A run of text: the same in both when ``before`` equals ``after``, else what was written and what is written now."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


def differences(before: str, after: str) -> list[Difference]:
    """What changed from ``before`` to ``after``, in order. Numbers and Latin words are one piece, and so is a Han character;
    very long texts are compared by clauses."""
    pattern = _WORD
    ours, theirs = pattern.findall(before), pattern.findall(after)
    if len(ours) > _LONG or len(theirs) > _LONG:
        ours, theirs = (
            [piece for piece in _CLAUSE.findall(text) if piece] for text in (before, after)
        )
        if len(ours) > _LONG or len(theirs) > _LONG:
            return [Difference(before, after)]
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    runs: list[Difference] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        run = Difference("".join(ours[a:b]), "".join(theirs[c:d]))
        if not runs:
            runs.append(run)
            continue
        last = runs[-1]
        island = tag == "equal" and len(run.after) < _ISLAND and b < len(ours) and d < len(theirs)
        if (tag != "equal" or island) and not last.same:
            runs[-1] = Difference(last.before + run.before, last.after + run.after)
        else:
            runs.append(run)
    return runs
