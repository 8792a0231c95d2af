"""问题整改台账: every problem with its causes, its plans, and what the next report says became of it.

What an author states (``rectifies``) is a status; everything found by likeness of words is a guess and says so.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from ..corpus import (
    Corpus,
    Item,
    Memo,
    Report,
    Study,
    anchor_at,
    compile_phrases,
    find_sequences,
    follow_up,
    likely_answers,
    pack_json,
)
from ..corpus.answers import grams, unnumbered
from ..corpus.memo import collector_at_rest

#: States of a problem of which its author states none.
GUESSED, UNANSWERED, NO_NEXT, UNSAID = "推测有回应", "未见回应", "尚无次年报告", "未写明状态"
#: How a cause or a plan was found to belong to a problem.
BY_NUMBER, BY_LIKENESS, OF_REPORT = "序号", "内容", "全文"
#: How many reports back a problem is looked for.
WINDOW = 3
#: From this likeness on two problems of a series are the same topic come back. Of 17 such pairs in the sample reports 15 are.
SAME_TOPIC = 0.15
#: From this likeness on a cause or plan, the likest to a problem and the problem the likest to it, belongs to it.
BELONGS = 0.05

_HEAD = re.compile(r"[。，；：！？\n]")
_SENTENCE = re.compile(r"[。！？\n]")


class Passage(NamedTuple):
    """Words of a report and the anchor of the section they stand in."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence that says what became of a problem. ``likeness`` tells how likely it is one; ``None``: it stands under the
    problem itself (问题整改报告)."""

    text: str
    anchor: str
    likeness: float | None


@dataclass(frozen=True, slots=True)
class Matched:
    """The causes or plans of a problem; ``how`` they were matched: :data:`BY_NUMBER`, :data:`BY_LIKENESS`, or
    :data:`OF_REPORT` when they are all of the report, not matched with single problems."""

    passages: tuple[Passage, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same topic in an earlier report of the series: its name, the id of the problem there, and how alike they are."""

    report: str
    item: str
    likeness: float


@dataclass(frozen=True)
class Entry:
    """A line of the ledger.

    ``item`` is the id of the problem (``P2022-2``), ``later`` the next report of the series (the report itself for a
    问题整改报告), ``status`` what the author states, ``evidence`` what the author gives for it; ``state`` is the status or one of
    :data:`GUESSED`, :data:`UNANSWERED`, :data:`NO_NEXT`, :data:`UNSAID`. ``topic`` are all problems of the series
    that are the same topic, as report and item, oldest first, this one among them. ``earlier`` is its last appearance before.
    """

    report: Report
    item: str
    text: str
    anchor: str
    causes: Matched
    plans: Matched
    later: Report | None
    answers: tuple[Answer, ...]
    status: str
    evidence: str
    state: str
    topic: tuple[tuple[str, str], ...]
    earlier: Earlier | None

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which its topic comes up; more than one: 连年出现."""
        return tuple(sorted({_year_of(item) for _, item in self.topic}))

    @property
    def year(self) -> int:
        assert self.report.year is not None
        return self.report.year

    @property
    def unit_id(self) -> str:
        assert self.report.unit is not None
        return self.report.unit.id

    @property
    def head(self) -> str:
        """Its first clause: what it is called."""
        return _HEAD.split(self.text, 1)[0]

    @property
    def score(self) -> float:
        """The likeness of the likeliest answer, 0 for none."""
        return max((answer.likeness or 0.0 for answer in self.answers), default=0.0)

    @property
    def repeated(self) -> bool:
        return len(self.years) > 1


@dataclass(frozen=True)
class Ledger:
    """All entries: newest year first, then in the order of units, kinds and problems."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_problem(self) -> dict[tuple[str, str], Entry]:
        """Each entry by the name of its report and the id of its problem."""
        return {(entry.report.name, entry.item): entry for entry in self.entries}

    @cached_property
    def by_year(self) -> dict[int, tuple[Entry, ...]]:
        return _grouped(self.entries, lambda entry: entry.year)

    @cached_property
    def by_unit(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped(self.entries, lambda entry: entry.unit_id)

    @cached_property
    def by_report(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by the name of the report the problem stands in."""
        return _grouped(self.entries, lambda entry: entry.report.name)


def _grouped(entries: Iterable[Entry], key: Callable[[Entry], Any]) -> dict[Any, tuple[Entry, ...]]:
    groups: dict[Any, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return {value: tuple(group) for value, group in groups.items()}


# What a report says, read once and remembered


class _Problem(NamedTuple):
    """A problem as read: its number, words and place; status and outcome where the report itself tells them; the causes and
    plans that belong to it; earlier appearances of its topic, at most one of each report, the latest last."""

    item: str
    text: str
    anchor: str
    status: str
    outcome: list[Passage]
    causes: tuple[str, list[Passage]]
    plans: tuple[str, list[Passage]]
    earlier: list[Earlier]


class _Followed(NamedTuple):
    """What a report says of a problem of its predecessor."""

    status: str
    evidence: str
    stated: bool
    answers: list[Answer]


class _Read(NamedTuple):
    problems: list[_Problem]
    followed: dict[str, _Followed]


def ledger_study(corpus: Corpus) -> Study[_Read]:
    """What each report of ``corpus`` says of problems, its own and those of its predecessor."""
    before = {report.name: _window(corpus, report) for report in corpus.reports}
    return Study("ledger", _read, _pack, _unpack, lambda report: before[report.name])


def told_by(corpus: Corpus) -> list[Report]:
    """The reports of ``corpus`` whose kind tells of problems, series by series, the oldest first."""
    return sorted(
        (report for report in corpus.reports if report.kind and _told_by(report)),
        key=lambda report: (report.series_key or ("", "", ""), report.year or 0, report.name),
    )


def build_ledger(corpus: Corpus, memo: Memo) -> Ledger:
    """The ledger of ``corpus``, which is what readers may see."""
    with collector_at_rest():
        return _build(corpus, memo)


def _build(corpus: Corpus, memo: Memo) -> Ledger:
    in_series = told_by(corpus)
    found = memo.gather(ledger_study(corpus), in_series)
    topics = _topics(found)
    units = {unit.id: at for at, unit in enumerate(corpus.data.units.units)}
    kinds = {kind.id: at for at, kind in enumerate(corpus.data.kinds.kinds)}

    def place(report: Report) -> tuple[int, int, int, str]:
        assert report.unit is not None and report.kind is not None
        return -(report.year or 0), units[report.unit.id], kinds[report.kind.id], report.name

    entries = [
        entry
        for report in sorted(in_series, key=place)
        for entry in _entries(report, corpus.successor(report), found, topics)
    ]
    return Ledger(tuple(entries))


def _window(corpus: Corpus, report: Report) -> tuple[Report, ...]:
    """The reports of its series before it, at most :data:`WINDOW`, the latest last; the predecessor is the last."""
    if report.year is None:
        return ()
    earlier = [r for r in corpus.series(report) if r.year is not None and r.year < report.year]
    return tuple(earlier[-WINDOW:])


def _told_by(report: Report) -> bool:
    """Whether a report of this kind tells problems, or how each was put right."""
    assert report.kind is not None
    return any(section.role.id in ("problem", "items") for section in report.kind.sections)


def _entries(
    report: Report, later: Report | None, found: Mapping[str, _Read],
    topics: dict[tuple[str, str], tuple[tuple[str, str], ...]],
) -> Iterator[Entry]:  # fmt: skip
    followed = found[later.name].followed if later is not None and later.name in found else {}
    for problem in found[report.name].problems:
        answers: tuple[Answer, ...]
        if problem.item.startswith("P"):
            told = followed.get(problem.item, _Followed("", "", False, []))
            answers, status, evidence = tuple(told.answers), told.status, told.evidence
            state = _state(told, later)
            next_report = later
        else:
            answers = tuple(Answer(part.text, part.anchor, None) for part in problem.outcome)
            status, evidence, state = problem.status, "", problem.status or UNSAID
            next_report = report
        yield Entry(
            report, problem.item, problem.text, problem.anchor,
            Matched(tuple(problem.causes[1]), problem.causes[0]),
            Matched(tuple(problem.plans[1]), problem.plans[0]),
            next_report, answers, status, evidence, state,
            topics[report.name, problem.item],
            problem.earlier[-1] if problem.earlier else None,
        )  # fmt: skip


def _state(told: _Followed, later: Report | None) -> str:
    if told.stated:
        return told.status or UNSAID
    if told.answers:
        return GUESSED
    return UNANSWERED if later is not None else NO_NEXT


def _topics(found: Mapping[str, _Read]) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """For each problem all that are the same topic: those linked directly or through others."""
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def lead(key: tuple[str, str]) -> tuple[str, str]:
        while (above := leader.setdefault(key, key)) != key:
            leader[key] = leader.setdefault(above, above)
            key = above
        return key

    for name, read in found.items():
        for problem in read.problems:
            mine = lead((name, problem.item))
            for earlier in problem.earlier:
                leader[mine] = lead((earlier.report, earlier.item))
                mine = lead(mine)
    together: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for key in leader:
        together[lead(key)].append(key)
    topics = {
        top: tuple(sorted(keys, key=lambda key: (_year_of(key[1]), key)))
        for top, keys in together.items()
    }
    return {key: topics[lead(key)] for key in leader}


def _year_of(item: str) -> int:
    return int(item[1:].partition("-")[0])


def _read(report: Report, before: Sequence[Report]) -> _Read:
    return _Read(
        _problems(report, before), _followed(report, before[-1]) if before else {}
    )  # fmt: skip


def _followed(report: Report, predecessor: Report) -> dict[str, _Followed]:
    stated = {item.id: entry for item, entry in follow_up(report, predecessor).answered}
    likely = likely_answers(report, predecessor)
    found = {}
    for item in predecessor.items_of("problem"):
        entry = stated.get(item.id)
        # As they stand in the report: an answer often runs over several sentences.
        in_order = sorted(likely.get(item.id, ()), key=lambda answer: answer.start)
        answers = [Answer(a.text, a.anchor, round(a.likeness, 3)) for a in in_order]
        if entry is not None or answers:
            found[item.id] = _Followed(
                entry.status if entry else "", entry.evidence if entry else "", entry is not None, answers
            )  # fmt: skip
    return found


def _problems(report: Report, before: Sequence[Report]) -> list[_Problem]:
    problems = report.items_of("problem")
    if not problems:
        return _put_right(report)
    scale = _Scale([*before, report])
    texts = _problem_texts(report)
    weighed = [scale.weigh(whole) for _, _, whole, _ in texts]
    plans = [
        Passage(unnumbered(item.text), anchor_at(report, item.start))
        for item in report.items_of("plan")
    ]
    earlier = _came_up_before(report, before, scale)
    of_causes = _belonging(weighed, _cause_passages(report), scale, in_order=True)
    of_plans = _belonging(weighed, plans, scale, in_order=False)
    found = [
        _Problem(
            item,
            text,
            anchor_at(report, problem.start),
            "",
            [],
            of_causes[at],
            of_plans[at],
            earlier[at],
        )
        for at, (problem, (item, text, _, _)) in enumerate(zip(problems, texts, strict=True))
    ]
    return found + _put_right(report)


def _put_right(report: Report) -> list[_Problem]:
    """The items of a 问题整改报告: the problem is the first sentence or line, what was done stands below it."""
    statuses = sorted(report.data.fields.rectify_status, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, statuses))) if statuses else None
    found = []
    for item in report.items_of("items"):
        text = unnumbered(item.text)
        cut = _SENTENCE.search(text)
        head, rest = (text[: cut.start()], text[cut.end() :].strip()) if cut else (text.strip(), "")
        said = pattern.findall(rest) if pattern else []
        anchor = anchor_at(report, item.start)
        found.append(
            _Problem(
                item.id, head, anchor, said[-1] if said else "",
                [Passage(rest, anchor)] if rest else [], ("", []), ("", []), [],
            )
        )  # fmt: skip
    return found


def _cause_cues(report: Report) -> re.Pattern[str]:
    assert report.kind is not None
    cause = next((s for s in report.kind.sections if s.role.id == "cause"), None)
    return compile_phrases(cause.cues if cause else ())


def _without_causes(report: Report, problem: Item) -> str:
    """The words of a problem without its number; the last one of a section may be followed by the causes of all."""
    text = unnumbered(problem.text)
    cue = _cause_cues(report).search(text)
    if cue:
        begin = max((end.end() for end in _SENTENCE.finditer(text, 0, cue.start())), default=0)
        text = text[:begin] or text
    return text.strip()


def _cause_passages(report: Report) -> list[Passage]:
    items = report.items_of("cause")
    if items:
        return [Passage(unnumbered(item.text), anchor_at(report, item.start)) for item in items]
    # Causes told without 一是…二是… in the text, or behind the last subsection of the problems.
    cues = _cause_cues(report)
    found: list[Passage] = []
    for section in report.walk():
        if section.role not in ("problem", "cause"):
            continue
        for block, at in section.paragraphs():
            if block.kind not in ("paragraph", "bullet"):
                continue
            text = block.plain[at:]
            cue = cues.search(text)
            if section.role == "cause":
                begin = 0
            elif cue:
                begin = max((e.end() for e in _SENTENCE.finditer(text, 0, cue.start())), default=0)
            else:
                continue
            found += _told_in(text[begin:].strip(), section.anchor)
    return found


def _told_in(text: str, anchor: str) -> list[Passage]:
    members = [m for sequence in find_sequences(text) for m in sequence.members]
    if members:
        return [Passage(unnumbered(text[m.start : m.end].strip()), anchor) for m in members]
    # 究其原因，甲是因为…；乙是因为…。
    return [Passage(part.strip(), anchor) for part in text.split("；") if part.strip()]


# Likeness of what the same author wrote


class _Weighed(NamedTuple):
    """The grams of a text and what they weigh together."""

    grams: frozenset[str]
    weight: int


class _Scale:
    """The rarer a gram is among the items of ``reports``, the more it weighs (thousandths)."""

    def __init__(self, reports: Sequence[Report]) -> None:
        items = [found for report in reports for found in _item_grams(report)]
        counts = Counter(chain.from_iterable(items))
        total = len(items) + 1
        of_count = {n: round(1000 * math.log(total / max(n, 1))) for n in {0, *counts.values()}}
        self._count, self._of_count = counts.__getitem__, of_count.__getitem__

    def sum(self, some: Iterable[str]) -> int:
        return sum(map(self._of_count, map(self._count, some)))

    def weigh(self, some: frozenset[str]) -> _Weighed:
        return _Weighed(some, self.sum(some))

    def likeness(self, one: _Weighed, two: _Weighed) -> float:
        """How much two texts have in common, 0–1."""
        shared = one.grams & two.grams
        if not shared or not one.weight or not two.weight:
            return 0.0
        return self.sum(shared) / math.sqrt(one.weight * two.weight)


@lru_cache(maxsize=8)
def _item_grams(report: Report) -> tuple[frozenset[str], ...]:
    told = ("problem", "cause", "plan")
    return tuple(grams(unnumbered(item.text)) for item in report.items if item.role in told)


@lru_cache(maxsize=8)
def _problem_texts(
    report: Report,
) -> tuple[tuple[str, str, frozenset[str], frozenset[str]], ...]:
    """The problems of a report: id, words, grams of the words and of the first clause."""
    return tuple(
        (problem.id, text, grams(text), grams(_HEAD.split(text, 1)[0]))
        for problem in report.items_of("problem")
        for text in (_without_causes(report, problem),)
    )


def _came_up_before(report: Report, before: Sequence[Report], scale: _Scale) -> list[list[Earlier]]:
    """For each problem of ``report`` the likest one of each report ``before``, if it is the same topic."""
    mine = [(scale.weigh(whole), scale.weigh(head)) for _, _, whole, head in _problem_texts(report)]
    found: list[list[Earlier]] = [[] for _ in mine]
    for other in before:
        theirs = [
            (item, scale.weigh(whole), scale.weigh(head))
            for item, _, whole, head in _problem_texts(other)
        ]
        for at, (whole, head) in enumerate(mine):
            scored = [
                (scale.likeness(whole, text) + scale.likeness(head, first) / 2, item)
                for item, text, first in theirs
            ]
            likeness, item = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
            if likeness >= SAME_TOPIC:
                found[at].append(Earlier(other.name, item, round(likeness, 3)))
    return found


def _belonging(
    problems: Sequence[_Weighed], passages: Sequence[Passage], scale: _Scale, in_order: bool
) -> list[tuple[str, list[Passage]]]:  # fmt: skip
    """For each problem the passage that belongs to it; where that is not certain, all of the report.

    ``in_order``: as many passages as problems are taken one by one. Else problem and passage have to be the likest to each
    other; where at least two of those have the same number and none another, the numbers decide the rest.
    """
    if not passages:
        return [("", []) for _ in problems]
    everything = (OF_REPORT, list(passages))
    if len(problems) == len(passages) and (in_order or len(problems) == 1):
        return [(BY_NUMBER, [passage]) for passage in passages]
    if len(passages) == 1:
        return [everything for _ in problems]
    theirs = [scale.weigh(grams(passage.text)) for passage in passages]
    table = [[scale.likeness(problem, other) for other in theirs] for problem in problems]
    pairs = {}
    for at, row in enumerate(table):
        best = max(range(len(row)), key=lambda n: (row[n], -n))
        if row[best] >= BELONGS and all(row[best] >= other[best] for other in table):
            pairs[at] = best
    confirmed = (
        len(problems) == len(passages)
        and len(pairs) >= 2
        and all(at == other for at, other in pairs.items())
    )
    return [
        (BY_LIKENESS, [passages[pairs[at]]])
        if at in pairs
        else (BY_NUMBER, [passages[at]])
        if confirmed
        else everything
        for at in range(len(problems))
    ]


# For the memory


def _pack(read: _Read) -> str:
    # Causes and plans that belong to no single problem are the same for all: kept once.
    shared: list[list[Any]] = [[], []]
    problems = []
    for p in read.problems:
        matched = []
        for at, (how, passages) in enumerate((p.causes, p.plans)):
            if how == OF_REPORT:
                shared[at] = list(passages)
            matched.append([how, [] if how == OF_REPORT else passages])
        problems.append([p.item, p.text, p.anchor, p.status, p.outcome, *matched, [
            [e.report, e.item, e.likeness] for e in p.earlier
        ]])  # fmt: skip
    followed = [
        [item, f.status, f.evidence, f.stated, [[a.text, a.anchor, a.likeness] for a in f.answers]]
        for item, f in read.followed.items()
    ]
    return pack_json([shared, problems, followed])


def _unpack(packed: str) -> _Read:
    shared, problems, followed = json.loads(packed)
    both = [[Passage(*each) for each in passages] for passages in shared]

    def matched(at: int, how: str, passages: Any) -> tuple[str, list[Passage]]:
        return how, both[at] if how == OF_REPORT else [Passage(*each) for each in passages]

    return _Read(
        [
            _Problem(
                item, text, anchor, status, [Passage(*each) for each in outcome],
                matched(0, *causes), matched(1, *plans), [Earlier(*each) for each in earlier],
            )
            for item, text, anchor, status, outcome, causes, plans, earlier in problems
        ],
        {
            item: _Followed(status, evidence, stated, [Answer(*each) for each in answers])
            for item, status, evidence, stated, answers in followed
        },
    )  # fmt: skip
