"""Limits of length and of copying, as ``docs/_data/limits.yml`` says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .kinds import Kinds
from .units import Units
from .yaml_data import Node

#: Keys of ``limits.yml`` that other readers answer for.
_ELSEWHERE = ("reviews",)


@dataclass(frozen=True)
class SectionLimit:
    """A limit for the sections of some roles taken together, in characters or as a share of the whole text."""

    roles: tuple[str, ...]
    minimum: int | None
    maximum: int | None
    min_share: float | None
    max_share: float | None


@dataclass(frozen=True)
class LengthLimit:
    """What one issuer demands of the length of reports. Empty ``kinds``, ``authors`` and ``units`` mean all of them;
    ``han`` says to count Han characters alone."""

    issuer: str
    kinds: tuple[str, ...]
    authors: tuple[str, ...]
    units: tuple[str, ...]
    since: int | None
    until: int | None
    han: bool
    severity: str
    minimum: int | None
    maximum: int | None
    sections: tuple[SectionLimit, ...]

    def applies(self, kind: str, author: str | None, unit: str | None, year: int | None) -> bool:
        """Whether a report of this kind, author, unit (by id) and year is held to it."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.authors or author in self.authors)
            and (not self.units or unit in self.units)
            and (self.since is None or (year is not None and year >= self.since))
            and (self.until is None or (year is not None and year <= self.until))
        )


@dataclass(frozen=True)
class ReuseLimit:
    """``warn_at`` is the share of copied sentences that is too much, ``min_length`` the shortest sentence
    compared, ``shown`` how many passages a finding lists."""

    warn_at: float = 0.3
    min_length: int = 12
    shown: int = 5


@dataclass(frozen=True)
class Limits:
    lengths: tuple[LengthLimit, ...] = ()
    reuse: ReuseLimit = ReuseLimit()


def read_limits(root: Node, kinds: Kinds, units: Units) -> Limits:
    """Limits from ``limits.yml``. Raises :class:`~.yaml_data.DataError`."""
    top = root.mapping("limits", "reuse", *_ELSEWHERE)
    nodes = top["limits"].sequence() if "limits" in top and not top["limits"].empty else []
    return Limits(
        tuple(_read_limit(node, kinds, units) for node in nodes),
        _read_reuse(top["reuse"]) if "reuse" in top and not top["reuse"].empty else ReuseLimit(),
    )


def _read_limit(node: Node, kinds: Kinds, units: Units) -> LengthLimit:
    entry = node.mapping(
        "issuer", "kinds", "authors", "units", "since", "until", "count", "severity", "total", "sections"
    )  # fmt: skip
    if "issuer" not in entry:
        raise node.fail("每条规定要写 issuer（谁的规定）")
    if "total" not in entry and "sections" not in entry:
        raise node.fail("每条规定要写 total 或 sections")
    chosen = []
    for child in entry["kinds"].sequence() if "kinds" in entry else ():
        kind = kinds.find(child.text())
        if kind is None:
            raise child.fail(f"kinds.yml 里没有文种“{child.text()}”")
        chosen.append(kind)
    authors = []
    for child in entry["authors"].sequence() if "authors" in entry else ():
        author = next(
            (a for kind in chosen or kinds.kinds if (a := kind.author(child.text()))), None
        )
        if author is None:
            raise child.fail(f"没有述职人角色“{child.text()}”")
        authors.append(author.id)
    unit_ids = []
    for child in entry["units"].sequence() if "units" in entry else ():
        unit = units.find(child.text())
        if unit is None:
            raise child.fail(f"units.yml 里没有单位“{child.text()}”")
        unit_ids.append(unit.id)
    total = entry["total"].mapping("min", "max") if "total" in entry else {}
    minimum, maximum = _bounds(total)
    sections = entry["sections"].sequence() if "sections" in entry else []
    return LengthLimit(
        entry["issuer"].text(),
        tuple(kind.id for kind in chosen),
        tuple(authors),
        tuple(unit_ids),
        entry["since"].integer() if "since" in entry else None,
        entry["until"].integer() if "until" in entry else None,
        "count" in entry and entry["count"].choice("characters", "han") == "han",
        entry["severity"].choice("error", "warning", "info") if "severity" in entry else "info",
        minimum,
        maximum,
        tuple(_read_section(child, kinds) for child in sections),
    )


def _read_section(node: Node, kinds: Kinds) -> SectionLimit:
    entry = node.mapping("roles", "min", "max", "min_share", "max_share")
    if "roles" not in entry or len(entry) < 2:
        raise node.fail("要写 roles，和 min、max、min_share、max_share 中的至少一个")
    roles = []
    for child in entry["roles"].sequence():
        name = child.text()
        role = next((r for r in kinds.roles.values() if name in (r.id, r.name)), None)
        if role is None:
            known = "、".join(r.name for r in kinds.roles.values())
            raise child.fail(f"不认识的章节角色“{name}”，可用：{known}")
        roles.append(role.id)
    minimum, maximum = _bounds(entry)
    low = _share(entry["min_share"]) if "min_share" in entry else None
    high = _share(entry["max_share"]) if "max_share" in entry else None
    if low is not None and high is not None and low > high:
        raise entry["min_share"].fail("min_share 比 max_share 大")
    return SectionLimit(tuple(roles), minimum, maximum, low, high)


def _bounds(entry: dict[str, Node]) -> tuple[int | None, int | None]:
    low = entry["min"].integer() if "min" in entry else None
    high = entry["max"].integer() if "max" in entry else None
    if low is not None and high is not None and low > high:
        raise entry["min"].fail("min 比 max 大")
    return low, high


def _read_reuse(node: Node) -> ReuseLimit:
    entry = node.mapping("warn_at", "min_length", "shown")
    usual = ReuseLimit()
    return ReuseLimit(
        _share(entry["warn_at"]) if "warn_at" in entry else usual.warn_at,
        entry["min_length"].integer() if "min_length" in entry else usual.min_length,
        entry["shown"].integer() if "shown" in entry else usual.shown,
    )


def _share(node: Node) -> float:
    """A share written as 33% or 1/3."""
    text = node.text().replace(" ", "").replace("％", "%")
    value = None
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)%", text):
        value = float(found[1]) / 100
    elif found := re.fullmatch(r"(\d+)/([1-9]\d*)", text):
        value = int(found[1]) / int(found[2])
    if value is None or not 0 <= value <= 1:
        raise node.fail(f"“{node.text()}”不是比例，写成 33% 或 1/3")
    return value
