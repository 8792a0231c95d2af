"""Which sentences of a report may answer the problems of its predecessor.

A suggestion to a person, never a verdict. Nothing is learnt: the few weights were set by hand on labelled reports of four
units and measured on a fifth (``tests/insight/test_ledger_quality.py``).
"""

from __future__ import annotations

import itertools
import math
import operator
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from .phrases import compile_phrases
from .report import Report
from .sections import Item
from .statements import Statement, statements

#: Below this likeness nothing is suggested.
LIKELY = 0.17
#: A further sentence is suggested for a problem only if it is at least this share as likely as the best one.
BESIDE = 0.25
#: Sentences suggested for one problem at most.
MOST = 4

_HEAD = re.compile(r"[。，；：！？\n]")
_NUMBERED = re.compile(
    r"（?[一二三四五六七八九十\d]{1,3}[）、.．]|[一二三四五六七八九十]{1,2}(?:是|要)"
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?[㐀-鿿]?")
_HAN = re.compile(r"[㐀-鿿]+")

# What a problem is looked for by: its whole text, its first clause once more, and the plan that belongs to it (an answer often
# tells that the plan was carried out). Shares of the likeness.
_WHOLE, _FIRST, _PLAN = 0.5, 0.25, 0.6
#: A plan less like a problem than this does not belong to it.
_SAME_MATTER = 0.04
# How much likelier an answer is where the sentence names a problem, tells an outcome, or stands under a heading that speaks of
# problems or rectification.
_NAMED, _OUTCOME, _PLACE = 1.5, 0.5, 1.5
#: What a sentence takes from the one before it in its paragraph: an answer goes on.
_GOES_ON, _GOES_ON_FROM = 0.3, 0.05
#: What tells of what is not done yet, besides the sections that look ahead.
_OPEN = ("problem", "cause")
#: Weights are whole numbers of this part of one.
_FINE = 1_000_000
#: What speaks for another problem speaks against this one.
_RIVAL = 0.5


@dataclass(frozen=True, slots=True)
class LikelyAnswer:
    """A sentence that may answer a problem: ``text`` as a reader sees it, ``anchor`` of the section it stands in,
    ``start``/``end`` its span in the file; ``likeness`` from :data:`LIKELY` up, mostly below 2."""

    text: str
    start: int
    end: int
    likeness: float
    anchor: str


class _Place(NamedTuple):
    """``done``: a section is not of what is still to be done; ``named``: it speaks of problems or rectification."""

    done: bool
    named: bool


def likely_answers(
    report: Report, predecessor: Report, items: Iterable[Item] | None = None
) -> dict[str, tuple[LikelyAnswer, ...]]:
    """For each problem of ``predecessor`` among ``items`` (by id; all if not given) the sentences of ``report`` most likely to
    answer it, the likeliest first; problems that no sentence may answer are left out.

    Problems, causes and plans of ``report`` are not searched, wherever they are told: what they say is still to be done.
    """
    problems = predecessor.items_of("problem")
    wanted = {item.id for item in (problems if items is None else items)}
    if not any(problem.id in wanted for problem in problems):
        return {}
    matter = _matter_of(report, predecessor)
    found = {}
    for column, problem in enumerate(problems):
        if problem.id not in wanted:
            continue
        ranked = sorted(
            ((scores[column], -at) for at, scores in enumerate(matter.scores)), reverse=True
        )[:MOST]
        if ranked and ranked[0][0] >= LIKELY:
            least = max(LIKELY, ranked[0][0] * BESIDE)
            found[problem.id] = tuple(
                LikelyAnswer(
                    each.text,
                    *each.block.text.source_span(each.at, each.at + len(each.text)),
                    score,
                    each.anchor,
                )
                for score, at in ranked
                if score >= least
                for each in (matter.sentences[-at],)
            )
    return found


@lru_cache(maxsize=1)
def _matter_of(report: Report, predecessor: Report) -> _Matter:
    """The rule and the ledger ask for the same pair one after the other."""
    return _Matter(report, predecessor, predecessor.items_of("problem"))


class _Matter:
    """The problems of one report against the sentences of the next."""

    def __init__(self, report: Report, predecessor: Report, problems: Sequence[Item]) -> None:
        self._report = report
        self._predecessor = predecessor
        self._problems = [unnumbered(problem.text) for problem in problems]
        self._plans = [unnumbered(plan.text) for plan in predecessor.items_of("plan")]

    @cached_property
    def _places(self) -> dict[str, _Place]:
        return _places(self._report)

    @cached_property
    def sentences(self) -> list[Statement]:
        places = self._places
        return [
            each
            for each in statements(self._report)
            if places[each.anchor].done and each.role not in _OPEN
        ]

    @cached_property
    def scores(self) -> list[list[float]]:
        """For each sentence how likely it answers each problem."""
        fields = self._report.data.fields
        names = compile_phrases(fields.problem_cues)
        outcomes = compile_phrases(fields.outcome_cues)
        raw = []
        for sentence, grams in zip(self.sentences, self._of_sentences, strict=True):
            if not grams:
                raw.append([0.0] * len(self._worth))
                continue
            factor = 1.0 + (_PLACE if self._places[sentence.anchor].named else 0.0)
            factor += _NAMED if names.search(sentence.text) else 0.0
            factor += _OUTCOME if outcomes.search(sentence.text) else 0.0
            raw.append(
                [factor * sum([w[gram] for gram in grams if gram in w]) for w in self._worth]
            )
        scores = []
        for at, row in enumerate(raw):
            goes_on = at > 0 and self.sentences[at].block is self.sentences[at - 1].block
            before = raw[at - 1] if goes_on else [0.0] * len(row)
            taken = [
                own + _GOES_ON * max(0.0, other - _GOES_ON_FROM * _FINE)
                for own, other in zip(row, before, strict=True)
            ]
            scores.append([round(score / _FINE, 6) for score in _without_rivals(taken)])
        return scores

    @cached_property
    def _grams(self) -> list[frozenset[str]]:
        return [grams(text) for text in self._problems]

    @cached_property
    def _plan_grams(self) -> list[frozenset[str]]:
        return [grams(text) for text in self._plans]

    @cached_property
    def _problem_sums(self) -> list[int]:
        return [_total(self._weight, grams) for grams in self._grams]

    @cached_property
    def _plan_sums(self) -> list[int]:
        return [_total(self._weight, grams) for grams in self._plan_grams]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset[str]().union(*self._grams, *self._plan_grams)

    @cached_property
    def _figures(self) -> frozenset[str]:
        """Those of the grams known that are figures."""
        return frozenset(itertools.chain(*map(_FIGURE.findall, (*self._problems, *self._plans))))

    @cached_property
    def _of_sentences(self) -> list[frozenset[str]]:
        return list(_known_of(self.sentences, self._known, self._figures))

    @cached_property
    def _weight(self) -> dict[str, int]:
        """The rarer a gram is in the sentences of both reports, the more it says."""
        known, before = self._known, statements(self._predecessor)
        counts = Counter(
            itertools.chain(*self._of_sentences, *_known_of(before, known, self._figures))
        )
        total = len(self._of_sentences) + len(before)
        of_count = {
            count: round(_FINE * math.log((total + 1) / (count + 0.5)))
            for count in {0, *counts.values()}
        }
        return {gram: of_count[counts.get(gram, 0)] for gram in known}

    @cached_property
    def _worth(self) -> list[dict[str, int]]:
        """For each problem what a gram in a sentence adds to its likeness, in millionths."""
        found = []
        for at, text in enumerate(self._problems):
            worth: dict[str, int] = {}
            first = grams(_HEAD.split(text, 1)[0])
            self._add(worth, self._grams[at], _WHOLE)
            self._add(worth, first & self._grams[at], _FIRST)
            plan = self._plan_of(at)
            if plan is not None:
                self._add(worth, self._plan_grams[plan], _PLAN)
            found.append(worth)
        return found

    def _add(self, worth: dict[str, int], of: frozenset[str], share: float) -> None:
        total = _total(self._weight, of)
        if total > 0:
            weight, scale = self._weight, share * _FINE / total
            had = worth.get
            worth.update([(gram, had(gram, 0) + round(scale * weight[gram])) for gram in of])

    def _plan_of(self, at: int) -> int | None:
        """The plan most like a problem; of plans about as like, the one with the same number."""
        mine = self._grams[at]
        likeness = [
            _cosine(_total(self._weight, mine & plan), self._problem_sums[at], total)
            for plan, total in zip(self._plan_grams, self._plan_sums, strict=True)
        ]
        if not likeness:
            return None
        best = max(range(len(likeness)), key=lambda n: (likeness[n] + (0.02 if n == at else 0), -n))
        return best if likeness[best] > _SAME_MATTER else None


def _without_rivals(row: list[float]) -> list[float]:
    if len(row) < 2:
        return row
    second, first = sorted(row)[-2:]
    return [score - _RIVAL * (second if score == first else first) for score in row]


def _total(weight: dict[str, int], of: Iterable[str]) -> int:
    """Whole numbers, because sets come in another order every time and sums of fractions with them."""
    return sum(map(weight.__getitem__, of))


def _cosine(shared: int, one: int, two: int) -> float:
    return shared / math.sqrt(one * two) if shared > 0 else 0.0


def _known_of(
    sentences: Iterable[Statement], known: frozenset[str], figures: frozenset[str]
) -> Iterator[frozenset[str]]:
    """Which of ``known`` each sentence has: pairs of neighbouring characters, whatever they are, and ``figures``."""
    for sentence in sentences:
        text = sentence.text
        found = known.intersection(map(operator.add, text, text[1:]))
        if figures:
            found |= figures.intersection(_FIGURE.findall(text))
        yield found


def _places(report: Report) -> dict[str, _Place]:
    """What the sections of a report are to whoever looks for answers, by anchor."""
    roles = report.data.kinds.roles
    names = compile_phrases(report.data.fields.problem_cues)
    places = {"": _Place(True, False)}
    waiting = [(section, True, False) for section in report.sections]
    while waiting:
        section, done, named = waiting.pop()
        role = section.role
        done = done and not (role in _OPEN or (role is not None and roles[role].ahead))
        named = named or role == "rectification" or bool(names.search(section.title))
        places[section.anchor] = _Place(done, named)
        waiting += [(child, done, named) for child in section.children]
    return places


@lru_cache(maxsize=512)
def grams(text: str) -> frozenset[str]:
    """What a text is compared by: pairs of Han characters, and figures with the character behind them."""
    pairs = (map(operator.add, run, run[1:]) for run in _HAN.findall(text))
    return frozenset(itertools.chain(_FIGURE.findall(text), *pairs))


def unnumbered(text: str) -> str:
    """An item without its number (一是、（二）…)."""
    numbered = _NUMBERED.match(text)
    return text[numbered.end() :] if numbered else text
