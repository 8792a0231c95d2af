"""A Word file as a package: a zip of parts that is opened in memory, within limits, and never unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.parsers import expat

from ...files import ZIP_DAMAGE
from ..decode import UnreadableError
from .tree import Budget, Node, parse

MAX_FILE = 64_000_000
MAX_MEMBERS = 4096
MAX_DIRECTORY = 2_000_000
#: No part that is read may be larger; pictures are never read.
MAX_PART = 32_000_000
CHUNK = 65_536
_END, _END_SIZE = b"PK\x05\x06", 22
_ZIP64 = b"PK\x06\x07"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN_TYPES = frozenset(
    {
        _WORD + "document.main+xml",
        _WORD + "template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    }
)
DAMAGED = (
    "这个 Word 文件已损坏，打不开。请在 Word 或 WPS 里打开它（会提示修复），另存为 .docx 再导入。"
)
_STRANGE = "这个 Word 文件的压缩包{what}，不是办公软件写的，可能有害，没有读。"


class DamagedError(UnreadableError):
    """The file is broken."""

    def __init__(self) -> None:
        super().__init__(DAMAGED)


#: What broken zips and broken XML make the standard library raise.
_DAMAGE = (*ZIP_DAMAGE, expat.ExpatError, LookupError)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise DamagedError from error


@dataclass(frozen=True)
class Link:
    """A relationship: ``kind`` the last part of its type (``footnotes``), ``target`` a part, or an address if ``external``."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a Word file. Raises :class:`UnreadableError` for what is none, or is hostile."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MAX_FILE:
            raise UnreadableError(
                f"这个 Word 文件超过 {MAX_FILE // 1_000_000} MB。请在 Word 里删去图片（报告只带入文字），另存后再导入。"
            )
        _check_directory(content)
        self.budget = Budget()
        with _damage_told():
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._members: dict[str, zipfile.ZipInfo] = {}
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise UnreadableError(_STRANGE.format(what="里文件太多"))
        for member in members:
            _check_name(member)
            if member.filename.lower() in self._members:
                raise UnreadableError(_STRANGE.format(what="里有重名的文件"))
            self._members[member.filename.lower()] = member
        self.main = self._main_part()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def tree(self, name: str, *, all_text: bool = False) -> Node:
        """The content of a part that is there."""
        with _damage_told():
            return parse(self._chunks(name), self.budget, all_text=all_text)

    def links(self, name: str) -> dict[str, Link]:
        """The relationships of a part (of the package: ``""``), by id."""
        folder, base = posixpath.split(name)
        where = posixpath.join(folder, "_rels", f"{base}.rels")
        if where not in self:
            return {}
        found = {}
        for node in self.tree(where):
            target, kind = node.get("Target") or "", (node.get("Type") or "").rpartition("/")[2]
            external = node.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[node.get("Id") or ""] = Link(kind, target, external)
        return found

    def _chunks(self, name: str) -> Iterator[bytes]:
        member = self._members[name.lower()]
        if member.flag_bits & 0x41:
            raise UnreadableError(
                "这个 Word 文件的压缩包加了密码。请在 Word 或 WPS 里打开，另存为 .docx 再导入。"
            )
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError(_STRANGE.format(what="用了少见的压缩方法"))
        size = 0
        if member.file_size > MAX_PART:
            self.budget.spend("octets", self.budget.octets + 1)
        with self._zip.open(member) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                self.budget.spend("octets", len(chunk))
                if size > MAX_PART:
                    self.budget.spend("octets", self.budget.octets + 1)
                yield chunk

    def _main_part(self) -> str:
        if "OFD.xml" in self:
            raise UnreadableError(
                "这是 OFD 版式文件，不是 Word 文件。找到它的 Word 原稿（.docx）再导入。"
            )
        if "mimetype" in self and "content.xml" in self:
            raise UnreadableError(
                "这是 OpenDocument 文件（.odt 等），不是 Word 文件。用 Word 或 WPS 打开，另存为 Word 文档（.docx）再导入。"
            )
        if "[Content_Types].xml" not in self:
            raise UnreadableError(
                "这是压缩包，不是 Word 文件。先解压，取出里面的 Word 文件（.docx）再导入。"
            )
        types: dict[str, str] = {}
        defaults: dict[str, str] = {}
        for node in self.tree("[Content_Types].xml"):
            if node.tag == "ct:Override":
                types[(node.get("PartName") or "").lstrip("/").lower()] = (
                    node.get("ContentType") or ""
                )
            elif node.tag == "ct:Default":
                defaults[(node.get("Extension") or "").lower()] = node.get("ContentType") or ""
        starts = [
            link.target for link in self.links("").values() if link.kind == "officeDocument" and not link.external
        ]  # fmt: skip
        for name in starts:
            kind = types.get(name.lower()) or defaults.get(name.rpartition(".")[2].lower(), "")
            if kind in _MAIN_TYPES and name in self:
                return name
            for mark, what in (("spreadsheetml", "Excel 表格"), ("ms-excel", "Excel 表格"), ("presentationml", "演示文稿"), ("ms-powerpoint", "演示文稿")):  # fmt: skip
                if mark in kind:
                    raise UnreadableError(
                        f"这是{what}，不是 Word 文件。把要用的文字放进 Word 文档（.docx）再导入。"
                    )
        raise UnreadableError(
            "这个文件不是 Word 文档，或者已损坏：里面没有正文。请用 Word 或 WPS 打开，另存为 .docx 再导入。"
        )


def _check_directory(content: bytes) -> None:
    """Look at the size of the zip's directory before anything is made of it."""
    at = len(content) - _END_SIZE
    if at < 0 or content[at : at + 4] != _END or content[-2:] != b"\0\0":
        at = content.rfind(_END, max(0, len(content) - _END_SIZE - 65_536))
    if at < 0 or at + _END_SIZE > len(content):
        raise DamagedError
    _, _, _, entries, size = struct.unpack("<HHHHL", content[at + 4 : at + 16])
    if (
        content[max(at - 20, 0) : max(at - 16, 0)] == _ZIP64
        or entries == 0xFFFF
        or size > MAX_DIRECTORY
    ):
        raise UnreadableError(_STRANGE.format(what="里文件太多"))


def _check_name(member: zipfile.ZipInfo) -> None:
    name = getattr(member, "orig_filename", member.filename)
    steps = name.split("/")
    if (
        "\\" in name
        or "\0" in name
        or ":" in steps[0]
        or name.startswith("/")
        or ".." in steps
        or "." in steps
        or (member.external_attr >> 16) & 0o170000 == 0o120000
    ):
        raise UnreadableError(_STRANGE.format(what="里有不正常的路径"))
