"""T010: fixed phrases are written exactly (domain 4.4; seen: 习近平新世代中国特色社会主义思想 in a real document).

A phrase with one mistake (a character changed, missing or too many, or two neighbours exchanged) keeps one of its halves
whole, so the halves of ``phrases.txt`` are looked for and the rest is compared: time grows with the text, not with text
times phrases times length. What differs only in punctuation, numerals or particles is another wording, not a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...corpus import Phrase, Report
from ..finding import Finding, Severity
from ..rule import Rule, example, standard
from .reading import Reading, read

#: From this length on a changed last character is a slip too; in shorter phrases it makes another word more often.
#: A changed first character says nothing: 省委理论学习中心组, 中共中央集中统一领导.
_LAST_MIN = 12
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万两几数首第0123456789０１２３４５６７８９")
_PARTICLES = frozenset(
    "的地得了好之与和及同跟并等者这其各、，。；：“”‘’《》（）()·—…! \t\n\u3000XxＸ×某"
)


@dataclass(frozen=True)
class _Slip:
    """``text[start:end]`` should be ``phrase``; ``written``/``meant`` are the characters that differ, at ``at``."""

    start: int
    end: int
    phrase: str
    at: int
    written: str
    meant: str


def check(report: Report) -> Iterator[Finding]:
    reading = read(report)
    text, alphabet = reading.text, reading.alphabet
    slips: list[_Slip] = []
    for half, characters, users in report.data.phrases.halves:
        if not characters <= alphabet:
            continue
        at = text.find(half)
        while at >= 0:
            for phrase, leads in users:
                start = at if leads else at + len(half) - len(phrase.text)
                if start >= 0 and text.startswith(phrase.text, start):
                    continue
                slip = _after(text, at, half, phrase) if leads else _before(text, at, half, phrase)
                if slip is not None and _counts(slip, reading):
                    slips.append(slip)
            at = text.find(half, at + 1)
    done = -1
    for slip in sorted(slips, key=lambda s: (s.start, s.start - s.end)):
        if slip.start < done:
            continue  # a part of a longer phrase just reported
        done = slip.end
        written = text[slip.start : slip.end]
        yield RULE.at(
            report, reading.span(slip.start, slip.end), f"“{written}”应为“{slip.phrase}”",
            help=f"与固定表述差一个字（{_difference(slip)}）；确是另一种说法的，加进 docs/_data/phrases.txt",
            suggestion=slip.phrase,
        )  # fmt: skip


def _after(text: str, at: int, half: str, phrase: Phrase) -> _Slip | None:
    """The slip in the second half of a phrase whose first half stands at ``at``."""
    begin = at + len(half)
    wanted = phrase.text[len(half) :]
    found = text[begin : begin + len(wanted) + 1]
    place = _common(found, wanted)
    change = _change(found, wanted, place)
    if change is None:
        return None
    written, meant, length = change
    return _Slip(at, begin + length, phrase.text, begin + place, written, meant)


def _before(text: str, at: int, half: str, phrase: Phrase) -> _Slip | None:
    """The slip in the first half of a phrase whose second half stands at ``at``: the same, read backwards."""
    wanted = phrase.text[: len(phrase.text) - len(half)][::-1]
    found = text[max(at - len(wanted) - 1, 0) : at][::-1]
    place = _common(found, wanted)
    change = _change(found, wanted, place)
    if change is None:
        return None
    written, meant, length = change
    start = at - length
    return _Slip(
        start, at + len(half), phrase.text, at - place - len(written), written[::-1], meant[::-1]
    )


def _common(found: str, wanted: str) -> int:
    place = 0
    while place < len(wanted) and place < len(found) and found[place] == wanted[place]:
        place += 1
    return place


def _change(found: str, wanted: str, place: int) -> tuple[str, str, int] | None:
    """What was written for what, and the length of ``found`` it covers, if one change at ``place`` makes it ``wanted``.

    A character missing at the far end is none: the text goes on with other words there.
    """
    if place >= len(found):
        return None
    rest = wanted[place + 1 :]
    if found[place + 1 : len(wanted)] == rest and len(found) >= len(wanted):
        return found[place], wanted[place], len(wanted)
    if found[place + 1 : len(wanted) + 1] == wanted[place:]:
        return found[place], "", len(wanted) + 1
    if rest and found[place : len(wanted) - 1] == rest:
        return "", wanted[place], len(wanted) - 1
    exchanged = wanted[place : place + 2]
    if (
        len(exchanged) == 2
        and found[place : place + 2] == exchanged[::-1]
        and found[place + 2 : len(wanted)] == wanted[place + 2 :]
    ):
        return exchanged[::-1], exchanged, len(wanted)
    return None


def _counts(slip: _Slip, reading: Reading) -> bool:
    """Whether the change is a slip and not another wording."""
    written, meant = slip.written, slip.meant
    if any(char in _PARTICLES for char in written + meant):
        return False
    if written and meant and all(char in _NUMERALS for char in written + meant):
        return False
    if slip.at == slip.start:
        return False
    if slip.at == slip.end - max(len(written), 1) and (
        len(slip.phrase) < _LAST_MIN or not (written and meant)
    ):
        return False
    text = reading.text
    for spelling in reading.report.data.phrases.spellings:
        # Another phrase of the list stands there, exactly.
        low = max(slip.at - len(spelling) + 1, 0)
        if spelling != slip.phrase and spelling in text[low : slip.at + len(spelling)]:
            return False
    return True


def _difference(slip: _Slip) -> str:
    if not slip.written:
        return f"漏了“{slip.meant}”"
    if not slip.meant:
        return f"多了“{slip.written}”"
    if len(slip.written) > 1:
        return f"“{slip.meant}”颠倒了"
    return f"“{slip.meant}”写成了“{slip.written}”"


_THOUGHT = "习近平新时代中国特色社会主义思想"


def _with(phrase: str) -> str:
    return standard().replace("带队到", f"学习{phrase}，带队到")


RULE = Rule(
    id="T010",
    name="固定表述",
    demand="固定表述一字不差（名录见 docs/_data/phrases.txt）。",
    severity=Severity.ERROR,
    scope="report",
    check_report=check,
    good=example(
        _with(f"{_THOUGHT}、中国特色社会主义道路"), shown=f"学习{_THOUGHT}、中国特色社会主义道路"
    ),
    bad=(
        example(
            _with(_THOUGHT.replace("时代", "世代")),
            f"“习近平新世代中国特色社会主义思想”应为“{_THOUGHT}”",
            shown="学习习近平新世代中国特色社会主义思想",
        ),
        example(
            _with(_THOUGHT.replace("社会主义", "社会主")),
            "“习近平新时代中国特色社会主思想”应为",
            shown="学习习近平新时代中国特色社会主思想",
        ),
        example(
            _with(_THOUGHT.replace("特色", "特色色")),
            "“习近平新时代中国特色色社会主义思想”应为",
            shown="学习习近平新时代中国特色色社会主义思想",
        ),
        example(
            _with("《中国共产党纪处律分条例》"),
            "“中国共产党纪处律分条例”应为",
            shown="学习《中国共产党纪处律分条例》",
        ),
        example(
            standard().replace("党员教育办法", "党委里论学习中心组学习办法"),
            "“党委里论学习中心组”应为“党委理论学习中心组”",
            shown="党委里论学习中心组学习办法不多",
        ),
    ),
)
