"""Who looked a report through before it was final, and what ``docs/_data/limits.yml`` asks for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from .yaml_data import Node


@dataclass(frozen=True)
class Review:
    """One entry of ``reviews`` in the front matter; a date that is none counts as missing."""

    role: str
    date: datetime.date | None
    result: str


@dataclass(frozen=True)
class ReviewDemand:
    """``required_role`` must have looked a final report through with a result in ``passed``. ``opened`` results
    pass as well, and let readers see a kind that is restricted unless somebody says otherwise."""

    required_role: str
    passed: tuple[str, ...]
    opened: tuple[str, ...]
    severity: str


def read_review_demand(root: Node) -> ReviewDemand:
    """The section ``reviews`` of ``limits.yml``, whose other sections are not looked at. Raises
    :class:`~.yaml_data.DataError`."""
    top = root.mapping()
    if "reviews" not in top:
        raise root.fail("缺少“reviews”")
    entry = top["reviews"].mapping("required_role", "passed", "opened", "severity")
    for name in ("required_role", "passed", "opened", "severity"):
        if name not in entry:
            raise top["reviews"].fail(f"缺少“{name}”")
    return ReviewDemand(
        entry["required_role"].text(),
        entry["passed"].texts(),
        entry["opened"].texts(),
        entry["severity"].choice("error", "warning", "info"),
    )


def read_reviews(value: object) -> Iterator[Review]:
    """The entries of ``reviews``; what is no entry is passed over, the rules say so."""
    if not isinstance(value, list):
        return
    for entry in value:
        if not isinstance(entry, dict):
            continue
        date = entry.get("date")
        if isinstance(date, datetime.datetime):
            date = date.date()
        yield Review(
            str(entry.get("role") or "").strip(),
            date if isinstance(date, datetime.date) else None,
            str(entry.get("result") or "").strip(),
        )
