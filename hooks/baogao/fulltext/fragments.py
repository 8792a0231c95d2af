"""The text of the reports in pieces of a few sections: it verifies rare candidates and gives snippets.

Where a report is cut follows from the lengths of its passages as a reader knows them (:func:`piece_starts`), so no table need say it.
Fields are separated by U+001F, records by U+001E. The first record is about the report: name, title, name of its
unit and, in its first piece, the text that finds it; then one record for each section: anchor, length of its heading, text. Written as UTF-16 (low byte first) and
deflated against a dictionary of text from the corpus, which makes small pieces a fifth smaller. No browser's inflater
takes a dictionary, so the stream begins with the dictionary itself and a payload is the rest: whoever reads it puts
:func:`.codec.stream_head` of it in front, and drops as much from what comes out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from .codec import stream_head, stream_rest
from .folding import units
from .passages import Document

FIELD, RECORD = "\x1f", "\x1e"
#: In UTF-16 units. Larger ones cost more to load than they save.
DICTIONARY_UNITS = 8192
_SAMPLES = 32
#: In units. A reader of one section loads the whole piece; smaller ones are more files.
PIECE = 1_800


def piece_starts(lengths: Sequence[int]) -> list[int]:
    """The first passages of the pieces of a report, given the lengths of its passages (:func:`.columns.kept_lengths`)."""
    starts = [0]
    size = 0
    for inner, length in enumerate(lengths):
        if inner > starts[-1] and size + length > PIECE:
            starts.append(inner)
            size = 0
        size += length
    return starts


def fragment_texts(document: Document, lengths: Sequence[int]) -> Iterator[str]:
    """The texts of the payloads of a report."""
    starts = piece_starts(lengths)
    for begin, end in zip(starts, [*starts[1:], len(lengths)], strict=True):
        records = [[document.name, document.title, document.unit_name]]
        if not begin:
            records[0].append(document.about)
        passages = document.passages[max(begin - 1, 0) : end - 1]
        records += [[p.anchor, str(p.heading_length), p.text] for p in passages]
        yield RECORD.join(FIELD.join(_clean(field) for field in record) for record in records)


def _clean(text: str) -> str:
    return text.replace(FIELD, " ").replace(RECORD, " ")


def make_dictionary(texts: Sequence[str]) -> bytes:
    """Samples from all over the corpus."""
    size = DICTIONARY_UNITS // _SAMPLES
    chosen = [texts[len(texts) * n // _SAMPLES] for n in range(_SAMPLES)] if texts else []
    sample = "".join(text[:size] for text in chosen)
    return units(sample)[: DICTIONARY_UNITS * 2]


def compress_fragment(content: bytes, dictionary: bytes) -> bytes:
    """The rest of the stream of a payload (its text in units): deflated blocks that may point into the dictionary, and the
    checksum of both."""
    if dictionary:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    else:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return stream_rest(dictionary, content, packer)


def read_fragment(payload: bytes, dictionary: bytes) -> list[list[str]]:
    """The records of a payload."""
    content = zlib.decompress(stream_head(dictionary) + payload)[len(dictionary) :]
    text = content.decode("utf-16-le", "surrogatepass")
    return [record.split(FIELD) for record in text.split(RECORD)]
