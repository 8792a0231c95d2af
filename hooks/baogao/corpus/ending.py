"""How a report ends: its 落款 (who signed, and when) and its annexes (附件), as GB/T 9704-2012 places them.

Nothing is made up: what the text itself ends with is taken, else what the front matter says.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from .blocks import Block
from .intake.structure import parse_date
from .ordinals import match_ordinal
from .report import Report

#: A line that is an annex's mark and nothing else: 附件, 附件1, 附件一：
_ANNEX = re.compile(r"附件[ 　]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[：:]?")
#: A line that tells which annexes there are: 附件：1.……
_ANNEX_NOTE = re.compile(r"附件[：:].")
#: A heading that is an annex's mark and its title at once: 附件1：……
_ANNEX_HEADING = re.compile(r"附件[ 　]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?(?:[：: 　]|$)")
#: A name that signs is a short line.
_NAME_MAX = 30
_SENTENCE = re.compile(r"[。！？；，：]")


@dataclass(frozen=True)
class Ending:
    """``annexes`` are the offsets of the blocks that begin an annex, ``titles`` those of the blocks that are an annex's title,
    ``notes`` those of the lines that list the annexes, ``signed`` those of the text's own 落款, name first.

    ``name`` and ``date`` are the 落款 of the front matter where the text has none; it stands before the block at offset ``before``
    (``None``: at the end). A report by a person in a role (述职报告) has no name there: whose it is the front matter
    does not say.
    """

    annexes: frozenset[int]
    titles: frozenset[int]
    notes: frozenset[int]
    signed: tuple[int, ...]
    name: str
    date: datetime.date | None
    before: int | None

    @property
    def shown_date(self) -> str:
        """``date`` as the standard writes it, 2022年12月30日; empty where there is none."""
        return f"{self.date.year}年{self.date.month}月{self.date.day}日" if self.date else ""


def find_ending(report: Report) -> Ending:
    """The ending of ``report``."""
    blocks = [block for block in report.blocks if block.kind not in ("comment", "break")]
    begun = [at for at, block in enumerate(blocks) if _begins_annex(block)]
    annexes = frozenset(blocks[at].start for at in begun)
    titles = frozenset(
        blocks[at + 1].start
        for at in begun
        if at + 1 < len(blocks)
        and _ANNEX.fullmatch(blocks[at].plain)
        and blocks[at + 1].kind in ("heading", "paragraph")
        and match_ordinal(blocks[at + 1].plain) is None
        and _is_line(blocks[at + 1])
    )
    body = blocks[: begun[0]] if begun else blocks
    notes = frozenset(b.start for b in body if b.kind == "paragraph" and _ANNEX_NOTE.match(b.plain))
    signed = _signed(body)
    named = report.kind is not None and not report.kind.authors and report.unit is not None
    return Ending(
        annexes,
        titles,
        notes,
        signed,
        report.unit_name if named and not signed else "",
        None if signed else report.date,
        blocks[begun[0]].start if begun else None,
    )


def _begins_annex(block: Block) -> bool:
    if block.kind == "heading":
        return _ANNEX_HEADING.match(block.plain) is not None
    return block.kind == "paragraph" and _ANNEX.fullmatch(block.plain) is not None


def _is_line(block: Block) -> bool:
    return len(block.plain) <= 2 * _NAME_MAX and not _SENTENCE.search(block.plain)


def _signed(body: list[Block]) -> tuple[int, ...]:
    """The 落款 a text ends with: a line that is a date, and the name in the line before it."""
    if not body or body[-1].kind != "paragraph" or parse_date(body[-1].plain) is None:
        return ()
    date = body[-1].start
    if len(body) > 1 and body[-2].kind == "paragraph":
        name = body[-2]
        if (
            len(name.plain) <= _NAME_MAX
            and not _SENTENCE.search(name.plain)
            and match_ordinal(name.plain) is None
        ):
            return name.start, date
    return (date,)
