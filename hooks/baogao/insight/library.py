"""All insight into one corpus, each part worked out when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..corpus import Corpus, Memo
from .initiatives import InitiativeRecords, initiative_records


@dataclass
class Insight:
    """``corpus`` is what readers may see; ``memo`` remembers what each report says."""

    corpus: Corpus
    memo: Memo

    @cached_property
    def initiatives(self) -> InitiativeRecords:
        """Which initiatives are named, where, and what came of them."""
        return initiative_records(self.corpus, self.memo)
