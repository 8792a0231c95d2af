"""投稿包: the one file a clerk hands in, a zip with the report, the Word file it came from and what the self-check said.

It comes from anywhere, so nothing in it is believed: no entry is unpacked by its name, sizes are those read and not those
declared, and what is no hand-in package is refused with the reason. Only the report is taken; where it belongs, its own front matter says.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from dataclasses import dataclass

from ..files import ZIP_DAMAGE, zip_entry

#: A report with its Word file is a few hundred kB; pictures in the Word file may make it some MB.
MAX_PACKAGE = 50_000_000
MAX_REPORT = 2_000_000
MAX_ORIGINAL = 100_000_000
MAX_ENTRIES = 30
_MAX_DIRECTORY = 100_000
RESULT = "自查结果.html"
#: What the clerk said of a report that could not be made and checked in the browser: it is made of the original on receipt.
SLIP = "投稿单.txt"
MAX_SLIP = 10_000
ORIGINALS = (".docx", ".docm", ".doc", ".wps", ".txt", ".pdf", ".ofd", ".rtf")
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"


class PackageError(ValueError):
    """A file is no hand-in package; the message says why, in Chinese."""


@dataclass(frozen=True)
class Package:
    """``report`` are the bytes of the report ``name``, ``original`` name and bytes of the file it came from, ``checked`` whether
    the result of a self-check lies in the package. Without a report there are an original and the ``slip`` to make it by."""

    name: str
    report: bytes | None
    original: tuple[str, bytes] | None
    checked: bool
    slip: bytes | None = None


def read_package(content: bytes) -> Package:
    """The hand-in package in ``content``. Raises :class:`PackageError` for anything else."""
    if len(content) > MAX_PACKAGE:
        raise PackageError(f"超过 {MAX_PACKAGE // 1_000_000} MB，不像投稿包")
    _check_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except PackageError:
        raise
    except ZIP_DAMAGE:
        raise PackageError("压缩包已损坏，请对方重新下载投稿包再交") from None


def _check_directory(content: bytes) -> None:
    """Refuse, before zipfile reads it, a list of contents that is long on purpose."""
    at = content.rfind(_END, max(0, len(content) - 22 - 65_535))
    if at < 0 or len(content) - at < 22:
        raise PackageError("不是 zip 压缩包，或没有下载完整")
    entries, size = struct.unpack_from("<HL", content, at + 10)
    if (
        entries > MAX_ENTRIES
        or size > _MAX_DIRECTORY
        or content.rfind(_END_64, max(0, at - 20), at) >= 0
    ):
        raise PackageError(f"里面有太多文件（最多 {MAX_ENTRIES} 个），不像投稿包")


def _read(archive: zipfile.ZipFile) -> Package:
    reports: list[zipfile.ZipInfo] = []
    originals: list[zipfile.ZipInfo] = []
    slips: list[zipfile.ZipInfo] = []
    checked = False
    seen: set[str] = set()
    for info in archive.infolist():
        name = _name(info)
        _refuse_tricks(info, name)
        if info.is_dir() or _LITTER.search(name):
            continue
        if name.casefold() in seen:
            raise PackageError(f"里面有两个同名的文件“{_shown(name)}”")
        seen.add(name.casefold())
        last = name.rsplit("/", 1)[-1]
        ending = "." + last.rsplit(".", 1)[-1].lower() if "." in last else ""
        if ending == ".md":
            reports.append(info)
        elif last == RESULT:
            checked = True
        elif last == SLIP:
            slips.append(info)
        elif ending in ORIGINALS:
            originals.append(info)
        else:
            raise PackageError(
                f"里面有不该有的文件“{_shown(name)}”；投稿包只放报告、原稿和{RESULT}"
            )
    if len(originals) > 1:
        raise PackageError(f"里面有 {len(originals)} 份原稿；一个投稿包放一份")
    unmade = not reports and len(slips) == 1 and bool(originals)
    if len(reports) != 1 and not unmade:
        many = f"里面有 {len(reports)} 份报告（.md）" if reports else "里面没有报告（.md）"
        raise PackageError(f"{many}；一个投稿包放一份报告")
    original = None
    if originals:
        last = _name(originals[0]).rsplit("/", 1)[-1]
        original = (last, _content(archive, originals[0], MAX_ORIGINAL))
    if unmade:
        return Package("", None, original, False, _content(archive, slips[0], MAX_SLIP))
    report = _content(archive, reports[0], MAX_REPORT)
    return Package(_name(reports[0]).rsplit("/", 1)[-1], report, original, checked)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of an entry: Chinese archivers write GBK and do not say so, which zipfile reads as code page 437."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.orig_filename


def _refuse_tricks(info: zipfile.ZipInfo, name: str) -> None:
    parts = name.rstrip("/").split("/")
    odd = (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or any(part in ("", ".", "..") for part in parts)
        or any(ord(char) < 32 or ord(char) == 127 for char in name)
    )
    if odd:
        raise PackageError(f"里面的文件名“{_shown(name)}”想指到别处，不能收")
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageError(f"里面的“{_shown(name)}”不是普通文件，不能收")
    if info.flag_bits & 0x1:
        raise PackageError("压缩包加了密码，请对方不加密码再交")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageError("压缩方法不常见，请对方用投稿页下载的投稿包，不要重新压缩")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """What an entry holds, read no further than ``most``: what it declares may be a lie."""
    with archive.open(info) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise PackageError(f"里面的“{_shown(_name(info))}”太大（最多 {most / 1_000_000:g} MB）")
    return content


def _shown(name: str) -> str:
    """A name that may be put on a console."""
    clean = "".join(char if char.isprintable() else "?" for char in name)
    return clean if len(clean) <= 60 else clean[:59] + "…"


def write_package(
    name: str, report: str, original: tuple[str, bytes] | None = None, result: str | None = None
) -> bytes:
    """A hand-in package with the report ``name``; the same in, the same bytes out."""
    files: list[tuple[str, bytes]] = [(name, report.encode())]
    if original is not None:
        files.append(original)
    if result is not None:
        files.append((RESULT, result.encode()))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry, content in files:
            archive.writestr(zip_entry(entry), content)
    return buffer.getvalue()
