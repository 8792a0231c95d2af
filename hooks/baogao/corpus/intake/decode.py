"""Bytes of a text file as text."""

from __future__ import annotations

from dataclasses import dataclass

#: First bytes of what people drop in by mistake → what it is called and what to do.
_SIGNATURES = (
    (b"PK\x03\x04", "Word 文件（.docx）或压缩包", "在 Word 里另存为“纯文本（.txt）”，编码选 UTF-8"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 文件（.doc 或 .wps）", "在 Word 或 WPS 里另存为“纯文本（.txt）”，编码选 UTF-8"),
    (b"%PDF", "PDF 文件", "找到它的 Word 原稿，另存为“纯文本（.txt）”"),
    (b"{\\rtf", "RTF 文件", "在 Word 里另存为“纯文本（.txt）”，编码选 UTF-8"),
)  # fmt: skip


class UnreadableError(Exception):
    """A file is no text that can be imported; ``str()`` says in Chinese what it is and what to do."""


@dataclass(frozen=True)
class Decoded:
    """``text`` with ``\\n`` line ends and without a byte order mark; ``encoding`` as people call it."""

    text: str
    encoding: str


def decode_text(data: bytes) -> Decoded:
    """Text from UTF-8, UTF-16 with a byte order mark, or GB18030. Raises :class:`UnreadableError`."""
    for signature, what, how in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"这是{what}，不是纯文本。{how}，再导入。")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = ["utf-16"]
    elif data.startswith(b"\xef\xbb\xbf"):
        order = ["utf-8-sig"]
    else:
        order = ["utf-8", "gb18030"]
    for encoding in order:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        names = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030"}
        return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), names[encoding])
    raise UnreadableError(
        "这个文件既不是 UTF-8 也不是 GB18030 编码的文本。用记事本打开，另存为 UTF-8 后再导入。"
    )
