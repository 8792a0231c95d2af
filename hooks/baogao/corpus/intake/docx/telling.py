"""Collecting what there is to tell of a document besides its text."""

from __future__ import annotations

from ..manuscript import Aside, Note

#: Of each sort so many are told one by one, the rest as a number.
MOST = 200
EXCERPT = 30


def excerpt(text: str) -> str:
    """The beginning of a text, on one line, in quotation marks."""
    flat = " ".join(text.split())
    return f"“{flat}”" if len(flat) <= EXCERPT else f"“{flat[:EXCERPT]}…”（共 {len(flat)} 字）"


class Telling:
    """Notes by sort: recognised, guesses, and the parts of an :class:`Aside`."""

    def __init__(self) -> None:
        self._notes: dict[str, list[Note]] = {}
        self._more: dict[str, int] = {}

    def add(self, sort: str, place: int, text: str) -> None:
        notes = self._notes.setdefault(sort, [])
        if len(notes) < MOST:
            notes.append(Note(place, text))
        else:
            self._more[sort] = self._more.get(sort, 0) + 1

    def notes(self, sort: str) -> tuple[Note, ...]:
        more = self._more.get(sort)
        rest = [Note(0, f"……此外还有 {more} 处")] if more else []
        return (*sorted(self._notes.get(sort, ()), key=lambda note: note.line), *rest)

    def aside(self) -> Aside:
        return Aside(
            self.notes("left_out"), self.notes("hidden"), self.notes("tracked"),
            self.notes("comments"), self.notes("properties"),
        )  # fmt: skip
