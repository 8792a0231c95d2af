"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

#: The earliest date a zip can tell: a real one would make the same content another file every day.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
#: What a damaged zip makes zipfile raise. It is written down nowhere; these are all that were seen.
ZIP_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, IndexError,
    OverflowError,
)  # fmt: skip


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


def link_or_copy(old: Path, new: Path) -> None:
    """Give ``old`` the second name ``new``; where the system has no such, ``new`` is a copy. For files that are only ever replaced: what
    is written into one would be in the other. Raises OSError."""
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copy2(old, new)


def zip_entry(name: str, packed: bool = True) -> zipfile.ZipInfo:
    """What a zip says of an entry, the same on every day and every system; ``packed``: deflated, else stored as it is."""
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    entry.create_system = _UNIX
    return entry
