"""All insight into one corpus, each part worked out when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass

from ..corpus import Corpus, Memo


@dataclass
class Insight:
    """``corpus`` is what readers may see; ``memo`` remembers what each report says."""

    corpus: Corpus
    memo: Memo
