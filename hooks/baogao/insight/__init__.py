"""What the corpus says across the years: initiatives, follow-up of problems, figures, comparison."""

from .library import Insight
from .sheets import Column, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes
from .statements import Statement, sentence_spans, statements

__all__ = [
    "Column",
    "Insight",
    "Sheet",
    "Statement",
    "can_write_xlsx",
    "csv_bytes",
    "sentence_spans",
    "statements",
    "xlsx_bytes",
]
