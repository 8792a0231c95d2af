"""Names of persons where the context leaves no doubt.

Surname and two characters alone are no evidence (对马上…, 将范围内…, 对高级…): a name is ``certain`` with 某 or 同志 after it, ``plain``
when every character is usual in given names; a plain name counts only where a rule asks for more around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ...corpus import Names

_HAN = "[一-龥]"
#: 任某项职务: 某 belongs to what follows.
_SOME = r"某{1,2}(?![项个种些次年人方])"


@dataclass(frozen=True, slots=True)
class NamePatterns:
    """Pieces of regular expressions: a certain name, a plain name, anything that begins with a surname, somebody's post."""

    certain: str
    plain: str
    any: str
    post: str


@lru_cache(maxsize=4)
def name_patterns(names: Names) -> NamePatterns:
    surname = rf"(?:{'|'.join(names.compound)}|[{names.surnames}])"
    return NamePatterns(
        rf"{surname}(?:{_SOME}|{_HAN}{{1,2}}同志)",
        rf"{surname}[{names.given}]{{1,2}}",
        rf"{surname}{_HAN}{{1,2}}",
        f"(?:{'|'.join(names.posts)})",
    )


def is_name(names: Names, found: str) -> bool:
    """Whether what a pattern found is no ordinary word (任职同志, 于个别同志)."""
    name = found.removesuffix("同志")
    given = name[2:] if name[:2] in names.compound else name[1:]
    return name not in names.not_names and given not in names.not_names
