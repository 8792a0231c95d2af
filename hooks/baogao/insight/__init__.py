"""What the corpus says across the years: initiatives, follow-up of problems, figures, comparison."""

from .figures import Change, Figure, Figures, Series, Uncurated, notes
from .library import Insight
from .sheets import Column, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes
from .statements import Statement, sentence_spans, statements

__all__ = [
    "Change",
    "Column",
    "Figure",
    "Figures",
    "Insight",
    "Series",
    "Sheet",
    "Statement",
    "Uncurated",
    "can_write_xlsx",
    "csv_bytes",
    "notes",
    "sentence_spans",
    "statements",
    "xlsx_bytes",
]
