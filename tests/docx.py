"""Word files made of small pieces of XML, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{_TYPES}document.main+xml"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_CORE = "http://schemas.openxmlformats.org/package/2006"


def t(text: str) -> str:
    """Text in a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """A run; ``content`` is text, or XML if it begins with ``<``."""
    inside = content if content.startswith("<") else t(content)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def p(*runs: str, properties: str = "", style: str = "") -> str:
    """A paragraph; a run that is no XML is text."""
    made = "".join(run if run.startswith("<") else r(run) for run in runs if run)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    head = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{head}{made}</w:p>"


def numbered(*runs: str, list_id: int = 1, level: int = 0) -> str:
    return p(
        *runs,
        properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>',
    )


def field(code: str, result: str) -> str:
    """A field of field characters; ``result`` is runs."""
    begin, separate, end = (
        r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    return (
        begin
        + r(f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>')
        + separate
        + result
        + end
    )


def tc(*content: str, properties: str = "") -> str:
    inside = "".join(part if part.startswith("<") else p(part) for part in content) or p()
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    made = "".join(cell if cell.startswith("<w:tc") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{made}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: once for new programs, once more for old ones."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return r(
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="文本框 1"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )


def style(name: str, title: str, properties: str = "", *, based_on: str = "", kind: str = "paragraph", default: bool = False) -> str:  # fmt: skip
    """A style with an id and a name."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}"{" w:default=" + quoteattr("1") if default else ""} w:styleId="{name}">'
        f'<w:name w:val="{title}"/>{base}{properties}</w:style>'
    )


def lvl(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """One level of a list."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbering(definitions: Mapping[int, str], lists: Mapping[int, tuple[int, str]]) -> str:
    """``definitions`` are levels by id, ``lists`` definition and overrides by id."""
    made = [
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
        for key, levels in definitions.items()
    ]
    made += [
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{over}</w:num>' for key, (of, over) in lists.items()
    ]  # fmt: skip
    return "".join(made)


def part(root: str, content: str) -> bytes:
    """A part of the file: an XML document whose root element is ``w:root``."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_NAMESPACES}>{content}</w:{root}>'
    ).encode()


def core(**fields: str) -> bytes:
    """Document properties: ``creator``, ``title``, ``lastModifiedBy``."""
    inside = "".join(
        f"<{'cp' if name == 'lastModifiedBy' else 'dc'}:{name}>{escape(value)}</{'cp' if name == 'lastModifiedBy' else 'dc'}:{name}>"
        for name, value in fields.items()
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_CORE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{inside}</cp:coreProperties>"
    ).encode()


def relationships(links: Mapping[str, tuple[str, str]]) -> bytes:
    """``{id: (kind, target)}``; a target with ``://`` is external."""
    made = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target={quoteattr(target)}{" TargetMode=" + quoteattr("External") if "://" in target else ""}/>'
        for key, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{_CORE}/relationships">{made}</Relationships>'.encode()


def parts(
    *blocks: str, links: Mapping[str, str] | None = None, main_type: str = MAIN_TYPE, body: bytes | None = None, **more: bytes
) -> dict[str, bytes]:  # fmt: skip
    """The parts of a Word file. ``more``: ``styles=…``, ``numbering=…``, ``header1=…`` by name; ``links`` external addresses by id."""
    kinds = {name: name.rstrip("0123456789") for name in more}
    inner = {
        f"rId{index}": (kind, f"{name}.xml")
        for index, (name, kind) in enumerate(kinds.items(), 1)
        if name not in ("core", "app", "custom")
    }
    outer = {"rId1": ("officeDocument", "word/document.xml")}
    for name, kind in (
        ("core", "core-properties"),
        ("app", "extended-properties"),
        ("custom", "custom-properties"),
    ):
        if name in more:
            outer[name] = (kind, f"docProps/{name}.xml")
    for key, address in (links or {}).items():
        inner[key] = ("hyperlink", address)
    made = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_CORE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
        ).encode(),
        "_rels/.rels": relationships(outer),
        "word/document.xml": body
        if body is not None
        else part("document", f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relationships(inner),
    }
    for name, content in more.items():
        folder = "docProps" if name in ("core", "app", "custom") else "word"
        made[f"{folder}/{name}.xml"] = content
    return made


def pack(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return stream.getvalue()


def word(*blocks: str, **more: object) -> bytes:
    """A Word file of these blocks; the rest as :func:`parts` takes it."""
    return pack(parts(*blocks, **more))  # type: ignore[arg-type]
