"""How long each report is, remembered: lists tell it of every report, and would have to read all of them for it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from .memo import Memo, Study, pack_json
from .report import Length, Report

LENGTHS: Study[Length] = Study(
    "lengths",
    lambda report, _: report.length,
    lambda length: pack_json([length.characters, length.han]),
    lambda packed: Length(*json.loads(packed)),
)


def recall_lengths(memo: Memo, reports: Sequence[Report]) -> None:
    """Tell every report its length, so that asking for it does not read the report."""
    for report, length in zip(reports, memo.gather(LENGTHS, reports).values(), strict=True):
        report.__dict__["length"] = length  # where ``cached_property`` looks
