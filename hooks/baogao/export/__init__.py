"""Reports to take away: as Word files, as plain text, as JSON Lines.

Whoever calls hands over ``Corpus.visible``: what readers may not see has no file.
"""

from .records import FIELDS, record
from .text import plain_text
from .volume import Volume, report_docx, series_volume, volume_docx, year_volume
from .word import WordMemory

__all__ = [
    "FIELDS",
    "Volume",
    "WordMemory",
    "plain_text",
    "record",
    "report_docx",
    "series_volume",
    "volume_docx",
    "year_volume",
]
