"""The initiatives (举措) the office keeps track of, as ``docs/_data/initiatives.yml`` says, and where a text names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .figures import FigureWords
from .spelling import QUOTES, fold_name, origins
from .yaml_data import Node

#: How far from a name one of its ``near`` words may stand, in characters.
NEAR = 12
#: A spelling of so few characters turns up inside other words; it must say when it counts.
SHORT = 2
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Addresses the pages of initiatives use themselves.
_TAKEN = ("index", "units")
_BEFORE, _AFTER = "“‘「『《〈\"'", "”’」』》〉\"'"


@dataclass(frozen=True)
class Spelling:
    """One way to write an initiative. ``folded`` is how it is compared. The words of ``near`` and ``exceptions`` are folded;
    ``first`` and ``last`` are the years of the reports in which it means this initiative."""

    text: str
    folded: str
    near: tuple[str, ...] = ()
    quoted: bool = False
    exceptions: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None

    def in_year(self, year: int | None) -> bool:
        """Whether a report of ``year`` may mean it. Without a year only spellings that hold for all years do."""
        if self.first is None and self.last is None:
            return True
        return year is not None and (self.first or year) <= year <= (self.last or year)


@dataclass(frozen=True)
class CellFigure:
    """What a cell of the matrix of one unit shows in place of a count: the figure of ``measure``, an id of ``figures.yml``, in ``unit``."""

    measure: str
    unit: str


@dataclass(frozen=True)
class Initiative:
    """``spellings`` begins with the name; ``brief`` is what it is called in tables, ``since`` the first year there was such a thing."""

    id: str
    name: str
    theme: str
    spellings: tuple[Spelling, ...]
    since: int | None = None
    note: str = ""
    figure: CellFigure | None = None
    short: str = ""

    @property
    def brief(self) -> str:
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class InitiativeMention:
    """``start``/``end`` are offsets into the text that was searched; ``spelling`` is the number of the spelling."""

    initiative: Initiative
    spelling: int
    start: int
    end: int


@dataclass(frozen=True)
class Initiatives:
    """All of them, grouped by theme, in the order of the file within each."""

    themes: tuple[str, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    ignored: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Initiative]:
        return {initiative.id: initiative for initiative in self.initiatives}

    @cached_property
    def folded(self) -> frozenset[str]:
        """Every spelling, and what is not to be offered."""
        own = (s.folded for initiative in self.initiatives for s in initiative.spellings)
        return frozenset((*own, *map(fold_name, self.ignored)))

    @cached_property
    def _meanings(self) -> dict[str, tuple[tuple[Initiative, int], ...]]:
        """What each folded spelling may mean."""
        found: dict[str, list[tuple[Initiative, int]]] = {}
        for initiative in self.initiatives:
            for number, spelling in enumerate(initiative.spellings):
                found.setdefault(spelling.folded, []).append((initiative, number))
        return {folded: tuple(uses) for folded, uses in found.items()}

    @cached_property
    def _shorter(self) -> dict[str, tuple[str, ...]]:
        """For each spelling those it begins with, itself first, the longest before the shorter ones."""
        known = self._meanings
        return {
            name: tuple(name[:end] for end in range(len(name), 0, -1) if name[:end] in known)
            for name in known
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_trie(sorted(self._meanings)) if self._meanings else r"(?!)")

    def find(self, text: str, year: int | None) -> tuple[InitiativeMention, ...]:
        """Where a sentence of a report that tells of ``year`` names initiatives, in order.

        Of names that overlap the longest counts; quotation marks, book-title marks and blanks do not matter.
        """
        taken = self._find(text, year)
        if not taken:
            return ()
        origin = origins(text)
        return tuple(
            InitiativeMention(initiative, number, origin[start], origin[end - 1] + 1)
            for start, end, initiative, number in taken
        )

    def named(self, text: str, year: int | None) -> tuple[tuple[Initiative, int], ...]:
        """The same without the places, in a third of the time: initiatives with the number of the spelling, in order."""
        found = self._find(text, year)
        return tuple([(initiative, number) for _, _, initiative, number in found]) if found else ()

    def _find(self, text: str, year: int | None) -> list[tuple[int, int, Initiative, int]]:
        """Begin and end in the folded text, initiative, number of the spelling."""
        folded = fold_name(text)
        search = self._pattern.search
        candidate = search(folded)
        if candidate is None:
            return []
        fitting: list[tuple[int, int, Initiative, int]] = []
        while candidate:
            # Where a spelling begins, and the longest that does.
            at = candidate.start()
            for name in self._shorter[candidate[0]]:
                meant = self._meant(text, folded, at, name, year)
                if meant is not None:
                    fitting.append((at, at + len(name), *meant))
                    break
            candidate = search(folded, at + 1)
        if len(fitting) < 2:
            return fitting
        taken: list[tuple[int, int, Initiative, int]] = []
        for place in sorted(fitting, key=lambda p: (p[0] - p[1], p[0])):
            if all(place[1] <= other[0] or other[1] <= place[0] for other in taken):
                taken.append(place)
        return sorted(taken, key=lambda p: p[0])

    def _meant(
        self, text: str, folded: str, at: int, name: str, year: int | None
    ) -> tuple[Initiative, int] | None:
        for initiative, number in self._meanings[name]:
            spelling = initiative.spellings[number]
            if not spelling.in_year(year) or _inside(folded, at, spelling):
                continue
            if not (spelling.near or spelling.quoted):
                return initiative, number
            around = folded[max(0, at - NEAR) : at], folded[at + len(name) : at + len(name) + NEAR]
            if any(word in side for word in spelling.near for side in around):
                return initiative, number
            if spelling.quoted and _marked(text, at, at + len(name)):
                return initiative, number
        return None


def _marked(text: str, start: int, end: int) -> bool:
    """Whether the name between two places of the folded text stands in quotation or book-title marks of its own."""
    origin = origins(text)
    first, last = origin[start], origin[end - 1] + 1
    return first > 0 and last < len(text) and text[first - 1] in _BEFORE and text[last] in _AFTER


def _inside(folded: str, at: int, spelling: Spelling) -> bool:
    """Whether the name at ``folded[at]`` is part of a word in which it means something else."""
    for word in spelling.exceptions:
        inner = word.find(spelling.folded)
        while inner >= 0:
            if at >= inner and folded.startswith(word, at - inner):
                return True
            inner = word.find(spelling.folded, inner + 1)
    return False


def _trie(names: list[str]) -> str:
    """A pattern that finds the longest of ``names`` (sorted, none empty); names that begin alike share their beginning, so
    that the time does not grow with their number."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name[0], []).append(name[1:])
    parts = []
    for first, rests in groups.items():
        longer = [rest for rest in rests if rest]
        inner = f"(?:{_trie(longer)})" if longer else ""
        parts.append(
            re.escape(first) + inner + ("?" if longer and len(longer) < len(rests) else "")
        )
    return "|".join(parts)


def read_initiatives(root: Node, figures: FigureWords) -> Initiatives:
    """Initiatives from ``initiatives.yml``, whose figures are measures of ``figures``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("themes", "initiatives", "ignored")
    for key in ("themes", "initiatives"):
        if key not in top:
            raise root.fail(f"缺少“{key}”")
    themes = top["themes"].texts()
    found: dict[str, Initiative] = {}
    owners: dict[str, list[tuple[Spelling, str]]] = {}
    for node in top["initiatives"].sequence() if not top["initiatives"].empty else ():
        initiative = _read_initiative(node, themes, owners, figures)
        if initiative.id in found:
            raise node.fail(f"id“{initiative.id}”写了两次")
        found[initiative.id] = initiative
    ordered = sorted(found.values(), key=lambda i: themes.index(i.theme))
    ignored = top["ignored"].texts() if "ignored" in top and not top["ignored"].empty else ()
    return Initiatives(themes, tuple(ordered), ignored)


def _read_initiative(
    node: Node,
    themes: tuple[str, ...],
    owners: dict[str, list[tuple[Spelling, str]]],
    figures: FigureWords,
) -> Initiative:
    entry = node.mapping("id", "name", "short", "theme", "aliases", "since", "note", "figure")
    for key in ("id", "name", "theme"):
        if key not in entry:
            raise node.fail(f"每项举措要写 id、name、theme，这里缺少“{key}”")
    key, name = entry["id"].text(), entry["name"].text()
    if not _ID.fullmatch(key) or key in _TAKEN or key.startswith("unit-"):
        raise entry["id"].fail(
            f"“{key}”不能用作短名：写小写字母、数字，中间可以用“-”，不能是 index、units，不能以 unit- 开头"
        )
    spellings = []
    written = entry["aliases"].sequence() if "aliases" in entry else []
    for place in (entry["name"], *written):
        spelling = _read_spelling(place)
        for other, owner in owners.get(spelling.folded, ()):
            if owner == name:
                raise place.fail(f"“{spelling.text}”与“{other.text}”只差引号、空格，不必另列")
            if _overlap(spelling, other):
                raise place.fail(
                    f"“{spelling.text}”已是“{owner}”的写法；各年所指不同的，两处都写 from、to"
                )
        owners.setdefault(spelling.folded, []).append((spelling, name))
        spellings.append(spelling)
    return Initiative(
        key, name, entry["theme"].choice(*themes), tuple(spellings),
        entry["since"].integer() if "since" in entry else None,
        entry["note"].text() if "note" in entry else "",
        _read_figure(entry["figure"], figures) if "figure" in entry else None,
        entry["short"].text() if "short" in entry else "",
    )  # fmt: skip


def _read_spelling(node: Node) -> Spelling:
    if node.is_text:
        spelling = Spelling(node.text(), fold_name(node.text()))
    else:
        entry = node.mapping("name", "near", "quoted", "except", "from", "to")
        if "name" not in entry:
            raise node.fail("这种写法缺少“name”")
        text = entry["name"].text()
        spelling = Spelling(
            text, fold_name(text),
            tuple(map(fold_name, entry["near"].texts())) if "near" in entry else (),
            entry["quoted"].boolean() if "quoted" in entry else False,
            tuple(map(fold_name, entry["except"].texts())) if "except" in entry else (),
            entry["from"].integer() if "from" in entry else None,
            entry["to"].integer() if "to" in entry else None,
        )  # fmt: skip
        for word in spelling.exceptions:
            if spelling.folded not in word:
                raise entry["except"].fail(f"“{word}”里没有“{text}”")
    if not spelling.folded or not spelling.folded.strip(QUOTES):
        raise node.fail("名称里没有字")
    loose = not (spelling.near or spelling.quoted or spelling.exceptions)
    if len(spelling.folded) <= SHORT and loose:
        raise node.fail(
            f"“{spelling.text}”太短，容易混进别的词：写成 {{name: {spelling.text}, near: […]}}，或写 quoted、except"
        )
    return spelling


def _overlap(one: Spelling, other: Spelling) -> bool:
    """Whether two spellings that are the same hold for a common year."""
    first = max(one.first or 0, other.first or 0)
    return first <= min(one.last or 9999, other.last or 9999)


def _read_figure(node: Node, figures: FigureWords) -> CellFigure:
    entry = node.mapping("measure", "unit")
    for key in ("measure", "unit"):
        if key not in entry:
            raise node.fail(f"figure 要写 measure、unit，这里缺少“{key}”")
    key, unit = entry["measure"].text(), entry["unit"].text()
    measure = figures.measure(key)
    if measure is None:
        raise entry["measure"].fail(f"figures.yml 里没有 id 是“{key}”的指标")
    if unit not in measure.units:
        allowed = "、".join(sorted(measure.units))
        raise entry["unit"].fail(f"figures.yml 里“{measure.name}”的量词是：{allowed}")
    return CellFigure(key, unit)
