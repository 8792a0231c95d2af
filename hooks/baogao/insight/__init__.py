"""What the corpus says across the years: initiatives, follow-up of problems, figures, comparison."""

from .candidates import Candidate, candidates
from .initiatives import Found, InitiativeRecord, InitiativeRecords, YearRecord
from .library import Insight
from .passages import Passage
from .sheets import Column, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes
from .statements import Statement, sentence_spans, statements

__all__ = [
    "Candidate",
    "Column",
    "Found",
    "InitiativeRecord",
    "InitiativeRecords",
    "Insight",
    "Passage",
    "Sheet",
    "Statement",
    "YearRecord",
    "can_write_xlsx",
    "candidates",
    "csv_bytes",
    "sentence_spans",
    "statements",
    "xlsx_bytes",
]
