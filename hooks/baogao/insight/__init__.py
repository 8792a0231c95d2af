"""What the corpus says across the years: initiatives, follow-up of problems, figures, comparison."""

from .initiatives import Found, InitiativeRecord, InitiativeRecords, Passage, YearRecord
from .library import Insight
from .memo import Memo, Study, open_memo
from .sheets import Column, Sheet, can_write_xlsx, csv_bytes, xlsx_bytes
from .statements import Statement, sentence_spans, statements

__all__ = [
    "Column",
    "Found",
    "InitiativeRecord",
    "InitiativeRecords",
    "Insight",
    "Memo",
    "Passage",
    "Sheet",
    "Statement",
    "Study",
    "YearRecord",
    "can_write_xlsx",
    "csv_bytes",
    "open_memo",
    "sentence_spans",
    "statements",
    "xlsx_bytes",
]
