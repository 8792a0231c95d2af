"""Other searches for static sites, measured over the same reports.

Each is a module with one class that keeps to :class:`Peer`. None is a dependency of the project: ``find`` says what to install.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..search_browser import Client


@dataclass(frozen=True)
class Place:
    """Where something was found: a report by name and the number of its section from 0; None for the report as a whole."""

    report: str
    section: int | None = None


@dataclass(frozen=True)
class Made:
    """The peer's index: bytes and files; seconds by the clock beside making the pages; peak of memory of all its processes
    in bytes, pages included where they are made in one go; ``remark`` says in Chinese what was counted."""

    size: int
    files: int
    seconds: float
    peak: int
    remark: str


class Peer(Protocol):
    """A search to compare with."""

    @property
    def title(self) -> str:
        """Name and version."""

    @property
    def sections(self) -> bool:
        """Whether it tells sections, or pages alone."""

    @property
    def client(self) -> Client:
        """How its page is asked; what it finds are texts for :meth:`places`."""

    def build(self, library: Path, folder: Path) -> Made:
        """Make pages and index of the docs folder ``library``; the site is ``folder / "site"``. Raises :class:`Failure`."""

    def places(self, ids: Sequence[str]) -> list[Place]:
        """What the ids of an answer stand for."""


PEERS = ("pagefind", "material")


def find_peers(names: Sequence[str]) -> list[Peer]:
    """The peers called so. Raises :class:`Failure` with what to install."""
    from .material import Material
    from .pagefind import Pagefind

    finders: dict[str, Callable[[], Peer]] = {"pagefind": Pagefind.find, "material": Material.find}
    return [finders[name]() for name in dict.fromkeys(names)]
