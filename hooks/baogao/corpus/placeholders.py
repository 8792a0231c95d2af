"""待填或脱敏处: what stands in a text where a name or a figure is still missing or has been masked."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Office usage, see the domain notes; 5G, N95, 3×5, 1+4+N, 1+3+X, “X”, X光, 数据要素× and Roman numerals are none.
_PLACEHOLDER = re.compile(
    r"""
      (?<![A-Za-z0-9+＋])(?!(?<=“)[XxＸ]”)(?:[XxＸ]{1,4}(?:\+[XxＸ]{1,4})*(?:\+[nN])?)(?![A-Za-z0-9])(?!光|射线|波段)
    | (?<![0-9×])(?!×”)×{1,4}(?![0-9×])
    | 某某(?:某)?|某(?=局|市|县|区|镇|乡|村|街道|单位|同志|公司|项目|社区)
    | [□○]{2,} | _{2,}
    | (?<!\d)(?:19|20)(?:\d?[xX]|_{1,2}|[×Ｘ]{1,2})(?=年)
    | 【[^】\n]{0,12}(?:待|补|填|核)[^】\n]{0,40}】 | 此处填写
    | \*{1,3}(?=[镇乡村县市区局委办]|[党支书同])
    | (?<![A-Za-z])ZZ(?=局|市|县|区|镇|单位)
    """,
    re.VERBOSE,
)
_CHEAP = re.compile(r"[XxＸ×某□○_【此*Z]")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``start``/``end`` are character offsets into the text that was searched."""

    start: int
    end: int
    text: str


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """All placeholders of a plain or raw text, in order."""
    if not _CHEAP.search(text):
        return ()
    return tuple(
        Placeholder(found.start(), found.end(), found[0]) for found in _PLACEHOLDER.finditer(text)
    )
