"""Bytes of a text file as text."""

from __future__ import annotations

from dataclasses import dataclass

_SAVE_AS = "用 Word 或 WPS 打开，选“文件 → 另存为”，类型选“Word 文档（*.docx）”，再导入"
#: First bytes of what people hand in by mistake → what it is called and what to do.
_SIGNATURES = (
    (b"PK\x03\x04", "Word 文件（.docx）或压缩包", "它不能当作纯文本读"),
    (b"%PDF", "PDF 文件", "找到它的 Word 原稿（.docx）再导入；没有原稿的，用 WPS 的“PDF 转 Word”转换，核对后另存为 .docx"),
    (b"{\\rtf", "RTF 文件", _SAVE_AS),
    (b"<?xml", "XML 文件（可能是 Word 2003 的）", _SAVE_AS),
    (b"MIME-Version:", "网页格式的文件（.mht）", _SAVE_AS),
    (b"<html", "网页格式的文件", _SAVE_AS),
    (b"<!DOCTYPE html", "网页格式的文件", _SAVE_AS),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class UnreadableError(Exception):
    """A file is no text that can be imported; ``str()`` says in Chinese what it is and what to do."""


@dataclass(frozen=True)
class Decoded:
    """``text`` with ``\\n`` line ends and without a byte order mark; ``encoding`` as people call it."""

    text: str
    encoding: str


def decode_text(data: bytes) -> Decoded:
    """Text from UTF-8, UTF-16 with a byte order mark, or GB18030. Raises :class:`UnreadableError`."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UnreadableError(
            "这个 Word 文件加了打开密码，读不了。用密码打开它，在“文件 → 信息 → 保护文档 → 用密码进行加密”里清空密码，保存后再导入。"
        )
    if data.startswith(_OLE):
        raise UnreadableError(f"这是旧版 Word 文件（.doc 或 .wps），读不了。{_SAVE_AS}。")
    for signature, what, how in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"这是{what}，读不了。{how}。")
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
