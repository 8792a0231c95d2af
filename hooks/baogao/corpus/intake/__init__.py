"""How a text as an office has it becomes a report."""

from .decode import Decoded, UnreadableError, decode_text
from .manuscript import ASIDE_NAMES, Aside, Manuscript, Note, from_text
from .read import read_manuscript
from .structure import Account, Draft, read_draft
from .write import Metadata, ReportFile, compose, skeleton

__all__ = [
    "ASIDE_NAMES", "Account", "Aside", "Decoded", "Draft", "Manuscript", "Metadata", "Note", "ReportFile",
    "UnreadableError", "compose", "decode_text", "from_text", "read_draft", "read_manuscript", "skeleton",
]  # fmt: skip
