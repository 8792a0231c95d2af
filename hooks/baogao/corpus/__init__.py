"""What a report is: front matter, headings, ordinals, sections, items, kinds, units, series."""

from .answers import LikelyAnswer, likely_answers
from .blocks import Block, split_blocks
from .confidential import Care, Confidential, Contacts, Discipline, Marks, Names
from .data import Data, load_data
from .events import Event, EventMention, Events, find_event
from .figures import CuratedMeasure, FigureScope, FigureUnit, FigureWords
from .files import link_or_copy, replace_file, zip_entry
from .follow_up import (
    FollowUp,
    Rectified,
    follow_up,
    item_head,
    read_rectifies,
)
from .front_matter import Fault, Field, FrontMatter, read_front_matter
from .initiatives import CellFigure, Initiative, InitiativeMention, Initiatives, Spelling
from .kinds import Author, ExpectedSection, Kind, Kinds, fill_year
from .limits import LengthLimit, Limits, ReuseLimit, SectionLimit
from .load import Corpus, load, shown_path
from .memo import Memo, Study, open_memo, pack_json
from .moved import Moved, Withdrawn, check_moved, final_name, write_withdrawn
from .ordinals import Ordinal, han_number, match_ordinal, to_han, write_ordinal
from .os_errors import reason_of
from .phrases import compile_phrases
from .placeholders import Placeholder, find_placeholders
from .processes import cores, in_processes
from .report import Length, Report, measure, parse_report
from .results import RESULT_KINDS, Results
from .reuse import CopiedPassage, Reuse, Sentence, find_reuse, split_sentences
from .reviews import Review, ReviewDemand
from .safety import Safety
from .sections import Item, Section
from .sequences import Marker, Sequence, find_markers, find_sequences
from .source import Position, Source, UndecodableError, decode, read_source
from .spelling import fold_name
from .statements import Statement, anchor_at, sentence_spans, statements
from .units import Unit, UnitName, Units
from .vocabulary import Reading, Synonym, Term
from .wording import Phrase, Phrases, WrongWord, WrongWords
from .yaml_data import DataError
from .years import YearMention, find_titles, find_years, sentence_around

__all__ = [
    "RESULT_KINDS",
    "Author",
    "Block",
    "Care",
    "CellFigure",
    "Confidential",
    "Contacts",
    "CopiedPassage",
    "Corpus",
    "CuratedMeasure",
    "Data",
    "DataError",
    "Discipline",
    "Event",
    "EventMention",
    "Events",
    "ExpectedSection",
    "Fault",
    "Field",
    "FigureScope",
    "FigureUnit",
    "FigureWords",
    "FollowUp",
    "FrontMatter",
    "Initiative",
    "InitiativeMention",
    "Initiatives",
    "Item",
    "Kind",
    "Kinds",
    "Length",
    "LengthLimit",
    "LikelyAnswer",
    "Limits",
    "Marker",
    "Marks",
    "Memo",
    "Moved",
    "Names",
    "Ordinal",
    "Phrase",
    "Phrases",
    "Placeholder",
    "Position",
    "Reading",
    "Rectified",
    "Report",
    "Results",
    "Reuse",
    "ReuseLimit",
    "Review",
    "ReviewDemand",
    "Safety",
    "Section",
    "SectionLimit",
    "Sentence",
    "Sequence",
    "Source",
    "Spelling",
    "Statement",
    "Study",
    "Synonym",
    "Term",
    "UndecodableError",
    "Unit",
    "UnitName",
    "Units",
    "Withdrawn",
    "WrongWord",
    "WrongWords",
    "YearMention",
    "anchor_at",
    "check_moved",
    "compile_phrases",
    "cores",
    "decode",
    "fill_year",
    "final_name",
    "find_event",
    "find_markers",
    "find_placeholders",
    "find_reuse",
    "find_sequences",
    "find_titles",
    "find_years",
    "fold_name",
    "follow_up",
    "han_number",
    "in_processes",
    "item_head",
    "likely_answers",
    "link_or_copy",
    "load",
    "load_data",
    "match_ordinal",
    "measure",
    "open_memo",
    "pack_json",
    "parse_report",
    "read_front_matter",
    "read_rectifies",
    "read_source",
    "reason_of",
    "replace_file",
    "sentence_around",
    "sentence_spans",
    "shown_path",
    "split_blocks",
    "split_sentences",
    "statements",
    "to_han",
    "write_ordinal",
    "write_withdrawn",
    "zip_entry",
]  # fmt: skip
