"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

#: The earliest date a zip can tell: a real one would make the same content another file every day.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def replace_file(file: Path, content: str | bytes | bytearray) -> None:
    """Write a file so that it is either the old one or the new one, never half of it. Text is written as UTF-8.

    Raises OSError; what stood there before stands there still.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def zip_entry(name: str, packed: bool = True) -> zipfile.ZipInfo:
    """What a zip says of an entry, the same on every day and every system; ``packed``: deflated, else stored as it is."""
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    entry.create_system = _UNIX
    return entry
