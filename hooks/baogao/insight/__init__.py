"""What the corpus says across the years: initiatives, follow-up of problems, figures, comparison."""

from .figures import Change, Figure, Figures, Series, Uncurated, notes
from .ledger import Answer, Earlier, Entry, Ledger, Matched, Passage, build_ledger
from .library import Insight
from .sheets import Column, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes
from .statements import Statement, sentence_spans, statements

__all__ = [
    "Answer",
    "Change",
    "Column",
    "Earlier",
    "Entry",
    "Figure",
    "Figures",
    "Insight",
    "Ledger",
    "Matched",
    "Passage",
    "Series",
    "Sheet",
    "Statement",
    "Uncurated",
    "build_ledger",
    "can_write_xlsx",
    "csv_bytes",
    "notes",
    "sentence_spans",
    "statements",
    "xlsx_bytes",
]
