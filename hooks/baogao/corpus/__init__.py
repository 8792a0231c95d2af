"""What a report is: front matter, headings, ordinals, sections, items, kinds, units, series."""

from .blocks import Block, split_blocks
from .confidential import Care, Confidential, Contacts, Discipline, Marks, Names
from .data import Data, load_data
from .front_matter import Fault, Field, FrontMatter, read_front_matter
from .kinds import Author, ExpectedSection, Kind, Kinds, fill_year
from .load import Corpus, load, shown_path
from .ordinals import Ordinal, match_ordinal, write_ordinal
from .placeholders import Placeholder, find_placeholders
from .report import Length, Report, parse_report
from .reviews import Review, ReviewDemand
from .safety import Safety
from .sections import Item, Section
from .sequences import Sequence, find_sequences
from .source import Position, Source, UndecodableError, decode, read_source
from .units import Unit, UnitName, Units
from .yaml_data import DataError

__all__ = [
    "Author", "Block", "Care", "Confidential", "Contacts", "Corpus", "Data", "DataError", "Discipline",
    "ExpectedSection", "Fault", "Field", "FrontMatter", "Item", "Kind", "Kinds", "Length", "Marks", "Names",
    "Ordinal", "Placeholder", "Position", "Report", "Review", "ReviewDemand", "Safety", "Section", "Sequence", "Source",
    "UndecodableError", "Unit", "UnitName", "Units", "decode",
    "fill_year", "find_placeholders", "find_sequences", "load", "load_data", "match_ordinal",
    "parse_report", "read_front_matter", "read_source", "shown_path", "split_blocks", "write_ordinal",
]  # fmt: skip
