"""The sentences of a report that are about initiatives (举措).

A sentence counts once for every initiative it names; headings of their own line count as sentences. What came of an initiative is told by
sentences that name it together with a figure, an honour, a rank or another cue of ``results.tsv``, outside of the sections on problems,
causes and plans; and, as a guess, by sentences that name none but stand under a heading that names this one alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..corpus import RESULT_KINDS, Report, Section, Statement, Study, statements

#: Longer sentences are cut to so many characters around the first name in them.
LONGEST = 200
#: Sections that tell what went wrong, whatever figures stand in them.
_NO_RESULT = ("problem", "cause", "unfinished")
#: A letter for each kind of result.
LETTERS = "ABCDE"


class Passage(NamedTuple):
    """A sentence about initiatives.

    ``names`` are the ids of those it names with the number of the spelling; ``topic`` is the id of the one its section's heading names,
    where it names none itself. ``results`` are kinds of results (see ``RESULT_KINDS``), the one that says most first.
    ``role`` is what its section is, empty when not known.
    """

    anchor: str
    role: str
    text: str
    names: tuple[tuple[str, int], ...]
    topic: str
    results: tuple[str, ...]


def read_passages(report: Report) -> tuple[Passage, ...]:
    """The sentences of a report about initiatives, in order."""
    named, year = report.data.initiatives.named, report.content_year
    found: list[Passage] = []
    topics = _topics(report)
    for statement in _told(report):
        found_here = named(statement.text, year)
        topic = "" if found_here else topics.get(statement.anchor, "")
        if not found_here and not topic:
            continue
        names = {initiative.id: n for initiative, n in reversed(found_here)}
        results = _results(report, statement)
        if names or results:
            text = _shortened(report, statement.text)
            role = statement.role or ""
            pairs = tuple(sorted(names.items()))
            found.append(Passage(statement.anchor, role, text, pairs, topic, results))
    return tuple(found)


def _told(report: Report) -> Iterator[Statement]:
    """The sentences of a report and its headings, in order."""
    headings = {s.start: s for s in report.walk() if not s.run_in}
    tops = {id(s): top.title for top in report.sections for s in top.walk()}
    waiting = sorted(headings)
    for statement in statements(report):
        while waiting and waiting[0] < statement.block.start:
            yield _heading(headings[waiting.pop(0)], tops)
        yield statement
    yield from (_heading(headings[start], tops) for start in waiting)


def _heading(section: Section, tops: dict[int, str]) -> Statement:
    text = section.heading.plain
    return Statement(text, 0, section.heading, section.anchor, section.role, tops[id(section)])


def _topics(report: Report) -> dict[str, str]:
    """The initiative a section is about, by the section's anchor, where its heading names one alone."""
    found: dict[str, str] = {}
    for section in report.walk():
        names = report.data.initiatives.named(section.heading_text, report.content_year)
        named = {initiative.id for initiative, _ in names}
        if len(named) == 1:
            found[section.anchor] = named.pop()
    return found


def _results(report: Report, statement: Statement) -> tuple[str, ...]:
    role = report.data.kinds.roles.get(statement.role or "")
    if role is not None and (role.ahead or role.id in _NO_RESULT):
        return ()
    return report.data.results.kinds(statement.text)


def _shortened(report: Report, text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    mentions = report.data.initiatives.find(text, report.content_year)
    start = max(0, min(mentions[0].start - LONGEST // 3, len(text) - LONGEST)) if mentions else 0
    end = start + LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


# The memory keeps text: a line for each initiative of the report, an empty line, a line for each passage; lines end in a vertical tab, which no
# passage has (its blanks are single ones). What is counted across reports is in the former, so that of a large corpus only those
# passages are taken apart that are shown.


def _pack(passages: Sequence[Passage], text: str) -> str:
    if not passages:
        return ""
    anchors = {anchor: at for at, anchor in enumerate(dict.fromkeys(p.anchor for p in passages))}
    lines: dict[str, int] = {}
    sections: dict[str, int] = {}
    spellings: dict[str, dict[int, int]] = {}
    results: dict[str, list[str]] = {}
    body: list[str] = []
    for number, (p, place) in enumerate(zip(passages, _places(passages, text), strict=True)):
        here, section = 1 << number, 1 << anchors[p.anchor]
        for key, spelling in p.names:
            if key in lines:
                lines[key] |= here
                sections[key] |= section
                own = spellings[key]
                own[spelling] = own.get(spelling, 0) + 1
            else:
                lines[key], sections[key], spellings[key] = here, section, {spelling: 1}
        if p.results:
            letter = LETTERS[RESULT_KINDS.index(p.results[0])]
            for key, _ in p.names:
                results.setdefault(key, []).append(f"{letter}{number}")
            if p.topic:
                results.setdefault(p.topic, []).append(f"{letter.lower()}{number}")
        names = ",".join([f"{key}:{spelling}" for key, spelling in p.names])
        body.append(f"{p.anchor}\t{p.role}\t{p.topic}\t{','.join(p.results)}\t{names}\t{place}")
    head = []
    for key in sorted({*lines, *results}):
        uses = ",".join([f"{n}:{count}" for n, count in sorted(spellings.get(key, {}).items())])
        told = ",".join(results.get(key, ()))
        head.append(f"{key}\t{lines.get(key, 0):x}\t{sections.get(key, 0):x}\t{uses}\t{told}")
    return "\v".join((*head, "", *body))


def _places(passages: Iterable[Passage], text: str) -> Iterator[str]:
    """Where the words of each stand in ``text``, the file; the words themselves where the file writes them otherwise."""
    at = 0
    for passage in passages:
        found = text.find(passage.text, at)
        if found < 0:
            yield f"={passage.text}"
        else:
            at = found
            yield f"{found}:{len(passage.text)}"


def unpack_passage(line: str, source: str) -> Passage:
    """The passage of a line, from a report whose file is ``source``."""
    anchor, role, topic, results, names, place = line.split("\t")
    pairs = (name.split(":") for name in names.split(",") if name)
    return Passage(
        anchor, role, _words(place, source), tuple((key, int(number)) for key, number in pairs), topic,
        tuple(kind for kind in results.split(",") if kind),
    )  # fmt: skip


def _words(place: str, source: str) -> str:
    if place[0] == "=":
        return place[1:]
    start, _, size = place.partition(":")
    return source[int(start) : int(start) + int(size)]


def passage_length(line: str) -> int:
    """How many characters the words of a passage have, given its line."""
    place = line[line.rindex("\t") + 1 :]
    return len(place) - 1 if place[0] == "=" else int(place.partition(":")[2])


def split_packed(packed: str) -> tuple[list[str], list[str]]:
    """The lines of a packed answer: one for each initiative, one for each passage."""
    if not packed:
        return [], []
    head, _, body = packed.partition("\v\v")
    return head.split("\v"), body.split("\v")


def first_names(packed: str) -> dict[str, tuple[str, int]]:
    """The initiatives a report names, given its packed passages: for each the anchor where it first does, and the spelling there."""
    head, lines = split_packed(packed)
    found = {}
    for line in head:
        key, passages, _ = line.split("\t", 2)
        mask = int(passages, 16)
        if mask:
            anchor, _, _, _, names, _ = lines[(mask & -mask).bit_length() - 1].split("\t")
            spellings = dict(name.split(":") for name in names.split(","))
            found[key] = (anchor, int(spellings[key]))
    return found


#: Its answers are the packed text itself.
STUDY: Study[str] = Study(
    "initiatives", lambda r, _: _pack(read_passages(r), r.source.text), str, str, left=True
)
