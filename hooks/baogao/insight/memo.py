"""The memory of studies, which lives with the corpus."""

from ..corpus import Memo, PairStudy, Study, open_memo

__all__ = ["Memo", "PairStudy", "Study", "open_memo"]
