"""The words that give a secret away, as ``docs/_data/confidential.yml`` says.

What is looked for (a number, a name beside a punishment) is the business of the rules; the words the office would want to change
are here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .yaml_data import Node

_HAN = re.compile(r"[㐀-鿿]+")


@dataclass(frozen=True)
class Marks:
    """Marks of classification and handling."""

    levels: tuple[str, ...]
    stars: str
    first_lines: int
    handling: tuple[str, ...]
    urgent: tuple[str, ...]
    internal: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True)
class Contacts:
    """What may be made public: telephone numbers (digits, or the first digits and ``*``) and addresses."""

    hotlines: tuple[str, ...]
    mail: tuple[str, ...]
    address_cues: tuple[str, ...]

    def is_hotline(self, number: str) -> bool:
        """Whether ``number`` (digits only) may be made public; area codes have three or four digits."""
        spellings = {number, number[3:], number[4:]} if number.startswith("0") else {number}
        return any(
            any(spelling.startswith(entry[:-1]) for spelling in spellings)
            if entry.endswith("*")
            else entry in spellings
            for entry in self.hotlines
        )

    def is_public_mail(self, address: str) -> bool:
        folded = address.lower()
        return any(
            folded.endswith(entry.lower()) if entry.startswith("@") else folded == entry.lower()
            for entry in self.mail
        )


@dataclass(frozen=True)
class Names:
    """What a person's name is made of. ``posts`` may stand before one."""

    surnames: str
    compound: tuple[str, ...]
    given: str
    not_names: frozenset[str]
    posts: tuple[str, ...]


@dataclass(frozen=True)
class Discipline:
    """Punishments and lesser measures; up to ``small`` persons a number points at somebody."""

    measures: tuple[str, ...]
    small: int
    counters: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of the measures."""
        return re.compile("|".join(map(re.escape, self.measures)))


@dataclass(frozen=True)
class Care:
    """Words that stand beside the name of somebody who is helped, ill, petitions or is complained of."""

    people: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Confidential:
    marks: Marks
    contacts: Contacts
    names: Names
    discipline: Discipline
    care: Care


def read_confidential(root: Node) -> Confidential:
    """The words of ``confidential.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = _entries(root, "marks", "contacts", "names", "discipline", "care")
    marks = _entries(
        top["marks"], "levels", "stars", "first_lines", "handling", "urgent", "internal", "own"
    )
    contacts = _entries(top["contacts"], "hotlines", "mail", "address_cues")
    names = _entries(top["names"], "surnames", "compound", "given", "not_names", "posts")
    discipline = _entries(top["discipline"], "measures", "small", "counters")
    care = _entries(top["care"], "people", "before", "after")
    return Confidential(
        Marks(
            _words(marks["levels"]),
            marks["stars"].text(),
            marks["first_lines"].integer(),
            _words(marks["handling"]),
            _words(marks["urgent"]),
            _words(marks["internal"]),
            _words(marks["own"]),
        ),
        Contacts(
            _hotlines(contacts["hotlines"]),
            contacts["mail"].texts(),
            _words(contacts["address_cues"]),
        ),
        Names(
            _characters(names["surnames"]),
            _words(names["compound"]),
            _characters(names["given"]),
            frozenset(_words(names["not_names"])),
            _words(names["posts"]),
        ),
        Discipline(
            _words(discipline["measures"]),
            discipline["small"].integer(),
            _words(discipline["counters"]),
        ),
        Care(_words(care["people"]), _words(care["before"]), _words(care["after"])),
    )


def _entries(node: Node, *names: str) -> dict[str, Node]:
    entries = node.mapping(*names)
    for name in names:
        if name not in entries:
            raise node.fail(f"缺少“{name}”")
    return entries


def _words(node: Node) -> tuple[str, ...]:
    """Words, the longest first, so that a pattern made of them takes the longest."""
    words = []
    for child in node.sequence():
        word = child.text().strip()
        if not word:
            raise child.fail("这里应有一个词")
        words.append(word)
    if not words:
        raise node.fail("至少写一个词")
    return tuple(sorted(dict.fromkeys(words), key=lambda word: (-len(word), word)))


def _characters(node: Node) -> str:
    text = re.sub(r"\s+", "", node.text())
    if not _HAN.fullmatch(text):
        raise node.fail("这里只写汉字，不用标点隔开")
    return "".join(dict.fromkeys(text))


def _hotlines(node: Node) -> tuple[str, ...]:
    numbers = []
    for child in node.sequence():
        number = re.sub(r"[\s()（）\-－—]", "", child.text())
        if not re.fullmatch(r"\d{2,}\*?", number):
            raise child.fail(f"“{child.text()}”应写成数字，或开头几位加 *")
        numbers.append(number)
    return tuple(numbers)
