"""What a report is: front matter, headings, ordinals, sections, items, kinds, units, series."""

from .blocks import Block, split_blocks
from .data import Data, load_data
from .front_matter import Fault, Field, FrontMatter, read_front_matter
from .kinds import Author, ExpectedSection, Kind, Kinds, fill_year
from .load import Corpus, load, shown_path
from .ordinals import Ordinal, han_number, match_ordinal, to_han, write_ordinal
from .placeholders import Placeholder, find_placeholders
from .report import Length, Report, parse_report
from .sections import Item, Section
from .sequences import Marker, Sequence, find_markers, find_sequences
from .source import Position, Source, UndecodableError, decode, read_source
from .units import Unit, UnitName, Units
from .wording import Phrase, Phrases, WrongWord, WrongWords
from .yaml_data import DataError

__all__ = [
    "Author", "Block", "Corpus", "Data", "DataError", "ExpectedSection", "Fault", "Field",
    "FrontMatter", "Item", "Kind", "Kinds", "Length", "Marker", "Ordinal", "Phrase", "Phrases", "Placeholder",
    "Position", "Report", "Section", "Sequence", "Source", "UndecodableError", "Unit", "UnitName", "Units",
    "WrongWord", "WrongWords", "decode", "fill_year", "find_markers", "find_placeholders", "find_sequences", "han_number", "load", "load_data",
    "match_ordinal", "parse_report", "read_front_matter", "read_source", "shown_path", "split_blocks",
    "to_han", "write_ordinal",
]  # fmt: skip
