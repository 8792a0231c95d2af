"""What the corpus says across the years: initiatives, follow-up of problems, figures, comparison."""

from .candidates import Candidate, candidates
from .figures import Change, Figure, Figures, Series, Uncurated, notes
from .initiatives import InitiativeRecord, InitiativeRecords, YearRecord
from .library import Insight
from .sheets import Column, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes
from .statements import Statement, sentence_spans, statements

__all__ = [
    "Candidate",
    "Change",
    "Column",
    "Figure",
    "Figures",
    "InitiativeRecord",
    "InitiativeRecords",
    "Insight",
    "Series",
    "Sheet",
    "Statement",
    "Uncurated",
    "YearRecord",
    "can_write_xlsx",
    "candidates",
    "csv_bytes",
    "notes",
    "sentence_spans",
    "statements",
    "xlsx_bytes",
]
