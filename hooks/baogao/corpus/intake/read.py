"""A file of any kind people hand in, as a manuscript."""

from __future__ import annotations

from pathlib import PurePath

from .decode import UnreadableError, decode_text
from .docx import read_docx
from .manuscript import Manuscript, from_text

#: What cannot be read, by the ending of the name: taken up in a folder only to be told of.
OTHER_SUFFIXES = frozenset({".doc", ".wps", ".wpt", ".dot", ".rtf", ".pdf", ".ofd", ".odt", ".ceb"})
#: What is imported from a folder.
SUFFIXES = frozenset({".docx", ".docm", ".txt"})


def read_manuscript(content: bytes, name: str = "") -> Manuscript:
    """The lines of a Word or text file. Raises :class:`UnreadableError`, whose text says what to do instead."""
    if content.startswith(b"PK"):
        return read_docx(content)
    decoded = decode_text(content)
    if PurePath(name).suffix.lower() in (".docx", ".docm"):
        raise UnreadableError(
            "名字以 .docx 结尾，内容却不是 Word 文件。若本是纯文本，改名为 .txt 再导入；否则用 Word 或 WPS 打开，另存为 .docx。"
        )
    return from_text(decoded.text, f"编码 {decoded.encoding}")
