"""All insight into one corpus, each part worked out when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..corpus import Corpus, Memo
from .ledger import Ledger, build_ledger


@dataclass
class Insight:
    """``corpus`` is what readers may see; ``memo`` remembers what each report says."""

    corpus: Corpus
    memo: Memo

    @cached_property
    def ledger(self) -> Ledger:
        """问题整改台账."""
        return build_ledger(self.corpus, self.memo)
