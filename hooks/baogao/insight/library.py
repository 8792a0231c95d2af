"""All insight into one corpus, each part worked out when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..corpus import Corpus, Memo
from . import figures


@dataclass
class Insight:
    """``corpus`` is what readers may see; ``memo`` remembers what each report says."""

    corpus: Corpus
    memo: Memo

    @cached_property
    def figures(self) -> figures.Figures:
        """数据: the figures of the reports, and the same measure through the years."""
        return figures.read_all(self.corpus, self.memo)
