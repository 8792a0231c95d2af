"""Units and their names through the years, as ``docs/_data/units.yml`` says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .yaml_data import Node


@dataclass(frozen=True)
class UnitName:
    """A name of a unit with its short forms, valid from/to a year (both included)."""

    name: str
    short: tuple[str, ...]
    first: int | None
    last: int | None

    def valid_in(self, year: int) -> bool:
        return (self.first is None or year >= self.first) and (
            self.last is None or year <= self.last
        )

    @property
    def brief(self) -> str:
        return self.short[0] if self.short else self.name


@dataclass(frozen=True)
class Unit:
    """A unit; it stays one unit when it is renamed."""

    id: str
    names: tuple[UnitName, ...]

    def name_in(self, year: int | None) -> UnitName:
        """The name in ``year``; the latest when the year is unknown or no entry covers it."""
        if year is not None:
            for name in reversed(self.names):
                if name.valid_in(year):
                    return name
        return self.names[-1]

    @property
    def current(self) -> UnitName:
        return self.names[-1]


@dataclass(frozen=True)
class Units:
    units: tuple[Unit, ...]

    @cached_property
    def _by_name(self) -> dict[str, tuple[Unit, UnitName | None]]:
        found: dict[str, tuple[Unit, UnitName | None]] = {}
        for unit in self.units:
            found.setdefault(unit.id, (unit, None))
            for name in unit.names:
                for text in (name.name, *name.short):
                    found.setdefault(text, (unit, name))
        return found

    def find(self, name: object) -> Unit | None:
        """The unit called ``name``: id, or a full or short name of any time."""
        entry = self._by_name.get(name) if isinstance(name, str) else None
        return entry[0] if entry else None

    def name_entry(self, name: str) -> UnitName | None:
        """The entry a name comes from; ``None`` for an id or an unknown name."""
        entry = self._by_name.get(name)
        return entry[1] if entry else None

    @property
    def all_names(self) -> list[str]:
        return list(self._by_name)


def read_units(root: Node) -> Units:
    """Units from the root node of ``units.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("units")
    if "units" not in top:
        raise root.fail("缺少“units”")
    units: list[Unit] = []
    taken: dict[str, str] = {}
    for node in top["units"].sequence():
        entry = node.mapping("id", "names")
        if "id" not in entry or "names" not in entry:
            raise node.fail("每个单位要写 id 和 names")
        unit_id = entry["id"].text()
        if any(unit.id == unit_id for unit in units):
            raise entry["id"].fail(f"单位短名“{unit_id}”已用过")
        if not re.fullmatch(r"[a-z][a-z0-9]*", unit_id):
            raise entry["id"].fail(f"单位短名“{unit_id}”只能用小写字母和数字")
        names = []
        for child in entry["names"].sequence():
            fields = child.mapping("name", "short", "from", "to")
            if "name" not in fields:
                raise child.fail("名称要写 name")
            names.append(
                UnitName(
                    fields["name"].text(),
                    fields["short"].texts() if "short" in fields else (),
                    fields["from"].integer() if "from" in fields else None,
                    fields["to"].integer() if "to" in fields else None,
                )
            )
        if not names:
            raise entry["names"].fail("至少写一个名称")
        for text in (unit_id, *(n for name in names for n in (name.name, *name.short))):
            if taken.setdefault(text, unit_id) != unit_id:
                raise node.fail(f"名称“{text}”已用于单位“{taken[text]}”")
        units.append(Unit(unit_id, tuple(names)))
    return Units(tuple(units))
