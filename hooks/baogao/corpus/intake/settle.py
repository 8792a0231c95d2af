"""What a new report is called and where it belongs: what a person says of it, else what its text is certain of.

The command and the page in the browser decide by this one module, so that both write the same file.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ..data import Data
from ..kinds import Author, Kind, fill_year
from ..units import Unit
from .manuscript import Note
from .structure import Draft, suggest_title
from .write import Metadata

FIRST_YEAR, LAST_YEAR = 1949, 2099
STATUSES = ("draft", "review", "published", "anonymized")
T = TypeVar("T")
#: A short name such as 机关 stands in the middle of other words; what a person calls a file by is longer.
_SHORTEST = 3


@dataclass(frozen=True)
class Choices:
    """What a person says of a report; ``None`` leaves it to the text. Names are those people use, or ids."""

    year: int | None = None
    unit: str | None = None
    kind: str | None = None
    role: str | None = None
    title: str | None = None
    date: datetime.date | None = None
    status: str = "draft"
    visibility: str | None = None


class UnsettledError(ValueError):
    """Something is not said, or not so that it can be understood: ``field`` of :class:`Choices`, the ``value`` given (empty: none),
    and what could be said instead, by ``names``. ``kind`` is the kind the role would belong to."""

    def __init__(
        self, field: str, value: str = "", names: Iterable[str] = (), kind: Kind | None = None
    ) -> None:
        super().__init__(field, value)
        self.field, self.value, self.names, self.kind = field, value, tuple(names), kind


def settle(draft: Draft, data: Data, choices: Choices, source: tuple[str, str]) -> Metadata:
    """The metadata of a report; ``source`` are name and SHA-256 of the file it comes from. Raises :class:`UnsettledError`."""
    year = choices.year or draft.year
    if year is None:
        raise UnsettledError("year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnsettledError("year", str(year))
    kind = find_kind(data, choices.kind) if choices.kind else data.kinds.find(draft.kind)
    if kind is None:
        raise UnsettledError("kind", names=(kind.name for kind in data.kinds.kinds))
    author = _author(kind, choices.role, draft)
    title = choices.title or draft.title or suggest_title(draft, year)
    return Metadata(
        title or fill_year(kind.title, year), year, find_unit(data, choices.unit), kind, author,
        choices.date or draft.date, choices.status, choices.visibility, source,
    )  # fmt: skip


def _author(kind: Kind, role: str | None, draft: Draft) -> Author | None:
    if not kind.authors:
        if role:
            raise UnsettledError("role", role, kind=kind)
        return None
    name = role or draft.role
    author = kind.author(name) if name else None
    if author is None:
        raise UnsettledError("role", name or "", (a.name for a in kind.authors), kind)
    return author


def find_kind(data: Data, name: str) -> Kind:
    """The kind called ``name``. Raises :class:`UnsettledError`."""
    kind = data.kinds.find(name)
    if kind is None:
        raise UnsettledError("kind", name, (kind.name for kind in data.kinds.kinds))
    return kind


def find_unit(data: Data, name: str | None) -> Unit:
    """The unit called ``name``. Raises :class:`UnsettledError`."""
    unit = data.units.find(name) if name else None
    if unit is None:
        raise UnsettledError("unit", name or "", (u.current.brief for u in data.units.units))
    return unit


#: How each open point is settled on the command line.
ON_COMMAND = {
    "title": "可用 --title 指明",
    "date": "请用 --date 指明，或在前言里补上",
    "year": "按 --year",
}


def doubts(
    draft: Draft, metadata: Metadata, title: str | None, how: Mapping[str, str]
) -> list[Note]:
    """The guesses, and what the text left open; ``title`` is the one a person gave, ``how`` says how to settle each."""
    found = list(draft.account.guesses)
    if not title and not draft.title:
        found.insert(0, Note(0, f"文中没有标题，暂用“{metadata.title}”，{how['title']}"))
    if metadata.date is None:
        found.append(Note(0, f"文中没有成文日期，{how['date']}"))
    if draft.year is not None and draft.year != metadata.year:
        found.append(
            Note(0, f"文中的年度是 {draft.year}，{how['year']}记为 {metadata.year}，请核对")
        )
    return found


#: The lines of a slip, by field: what the page writes where it cannot make the report itself.
_SLIP = {
    "年度": "year", "单位": "unit", "文种": "kind", "角色": "role", "标题": "title", "成文日期": "date", "状态": "status",
    "公开范围": "visibility",
}  # fmt: skip


def read_slip(text: str, data: Data) -> Choices:
    """The choices on a slip, one ``名称：内容`` a line. Raises :class:`UnsettledError` for what cannot be meant."""
    said: dict[str, str] = {}
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("：")
        if colon and name.strip() in _SLIP:
            said[_SLIP[name.strip()]] = value.strip()

    def choice(field: str) -> str | None:
        if field not in said:
            return None
        spec = data.fields.specs[field]
        key = spec.choice(said[field])
        if key is None:
            raise UnsettledError(field, said[field], spec.choices.values())
        return key

    year, date = said.get("year", ""), said.get("date")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise UnsettledError("year", year)
    try:
        day = datetime.date.fromisoformat(date) if date else None
    except ValueError:
        raise UnsettledError("date", date or "") from None
    return Choices(
        int(year), said.get("unit"), said.get("kind"), said.get("role"), said.get("title"), day, choice("status") or "draft",
        choice("visibility"),
    )  # fmt: skip


# What can be told without asking


def guess(draft: Draft, data: Data, file: str) -> Choices:
    """What can be filled in for a person to look at, where it is certain: from the text, and from the name of the ``file``."""
    kind = data.kinds.find(draft.kind) or _only(
        kind for kind in data.kinds.kinds for name in (kind.name, *kind.aliases) if name in file
    )
    role = draft.role
    if kind and kind.authors and role is None:
        named = (a for a in kind.authors for name in (a.name, *a.aliases) if name in file)
        author = _only(named)
        role = author.name if author else None
    unit = _unit(draft, data, file)
    return Choices(
        draft.year or _year(file), unit.id if unit else None, kind.name if kind else None,
        role if kind and kind.authors else None, draft.title, draft.date,
    )  # fmt: skip


def _only(found: Iterable[T]) -> T | None:
    """The one thing found, however often; ``None`` when there are several."""
    different: list[T] = []
    for thing in found:
        if thing not in different:
            different.append(thing)
    return different[0] if len(different) == 1 else None


def _year(file: str) -> int | None:
    return _only(int(found) for found in re.findall(r"(?<!\d)((?:19|20)\d{2})(?=年)", file))


def _unit(draft: Draft, data: Data, file: str) -> Unit | None:
    """The unit that title, name of the file, or a line that is nothing but its name tell of, if it is just one."""
    names = {
        text: unit
        for unit in data.units.units
        for name in unit.names
        for text in (name.name, *name.short)
    }
    called = f"{draft.title or ''}\n{file}"
    found = [text for text in names if len(text) >= _SHORTEST and text in called]
    # 局机关党委 inside 某某局机关党委 is no second unit.
    found = [text for text in found if not any(text in other and text != other for other in found)]
    signed = (piece.text for piece in draft.pieces if not piece.level and piece.text in names)
    return _only([names[text] for text in (*found, *signed)])
