"""The package of a Word file: parts in a ZIP that is the same byte for byte whenever it is made.

Written directly, with the standard library: python-docx takes 27 ms for a report of common length here, this 1 ms, and
a city has ten thousand. python-docx reads the files back in the tests.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The earliest a ZIP can say: what it holds has no time of its own.
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Part:
    """A part beside the document: its name in the package, what it is to the document, its XML."""

    name: str
    kind: str
    xml: str


def package(document: str, parts: Sequence[Part], title: str, written: str) -> bytes:
    """The file. ``document`` is the XML of ``word/document.xml``, in which ``rId1`` … are ``parts`` in their order; ``written``
    is the day it was written (ISO), empty where none is known."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:

        def add(name: str, xml: str) -> None:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else it names the system it was made on
            file.writestr(info, _HEAD + xml)

        add("[Content_Types].xml", _types(tuple(parts)))
        add("_rels/.rels", _ROOT)
        add("word/document.xml", document)
        add("word/_rels/document.xml.rels", _links(tuple(parts)))
        for part in parts:
            add(part.name, part.xml)
        add("docProps/core.xml", _core(title, written))
    return content.getvalue()


@cache
def _types(parts: tuple[Part, ...]) -> str:
    overrides = "".join(
        f'<Override PartName="/{part.name}" ContentType="{_WORD_TYPE}.{part.kind}+xml"/>'
        for part in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


@cache
def _links(parts: tuple[Part, ...]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{part.kind}" Target="{part.name.removeprefix("word/")}"/>'
        for number, part in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _core(title: str, written: str) -> str:
    moment = f"{written}T00:00:00Z" if written else ""
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
        if moment
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>{times}</cp:coreProperties>"
    )
