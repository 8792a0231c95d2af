"""How a text as an office has it becomes a report."""

from .decode import Decoded, UnreadableError, decode_text
from .structure import Account, Draft, Note, read_draft
from .write import Metadata, ReportFile, compose, skeleton

__all__ = [
    "Account", "Decoded", "Draft", "Metadata", "Note", "ReportFile", "UnreadableError", "compose",
    "decode_text", "read_draft", "skeleton",
]  # fmt: skip
