"""The memory of studies, which lives with the corpus."""

from ..corpus import Memo, Study, open_memo

__all__ = ["Memo", "Study", "open_memo"]
