"""What the corpus says across the years: initiatives, follow-up of problems, figures, comparison."""

from .candidates import Candidate, candidates
from .figures import Change, Figure, Figures, Series, Uncurated, notes
from .initiatives import Found, InitiativeRecord, InitiativeRecords, YearRecord
from .ledger import Answer, Earlier, Entry, Ledger, Matched, build_ledger
from .library import Insight
from .sheets import Column, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes

__all__ = [
    "Answer",
    "Candidate",
    "Change",
    "Column",
    "Earlier",
    "Entry",
    "Figure",
    "Figures",
    "Found",
    "InitiativeRecord",
    "InitiativeRecords",
    "Insight",
    "Ledger",
    "Matched",
    "Series",
    "Sheet",
    "Uncurated",
    "YearRecord",
    "build_ledger",
    "can_write_xlsx",
    "candidates",
    "csv_bytes",
    "notes",
    "xlsx_bytes",
]
