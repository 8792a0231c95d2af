"""Lines on paper as the body of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from .package import NAMESPACES
from .paper import Line, Run, Table
from .template import LINE, TEXT_WIDTH, section

#: What XML 1.0 cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_STYLES = {
    "title": "Title", "h1": "Heading1", "h2": "Heading2", "h3": "Heading3", "h4": "Heading4", "body": "BodyText",
    "note": "BodyText", "bullet": "ListBullet", "name": "Signature", "date": "Signature",
    "front-name": "FrontSignature", "front-date": "FrontSignature",
}  # fmt: skip
#: 落款 without a seal: the name two characters in from the right, the date four; one line above.
_SIGNED = {"name": 2, "date": 4}
#: Character styles of what stands at the head of an annex; paragraph styles would make its headings body text.
_ANNEX = {"": "", "mark": "AnnexMark", "title": "AnnexTitle"}
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def clean(text: str) -> str:
    """Text that XML can hold, escaped."""
    return escape(_NO_XML.sub("", text))


def document(body: str) -> str:
    """The XML of ``word/document.xml``."""
    return f"<w:document {NAMESPACES}><w:body>{body}{section()}</w:body></w:document>"


def report_body(lines: Iterable[Line | Table], title: str = "Title", bookmark: str = "") -> str:
    """The paragraphs of a report. ``title`` is the style of its title, ``bookmark`` a name contents can point to."""
    return "".join(_blocks(lines, title, bookmark))


def _blocks(lines: Iterable[Line | Table], title: str, bookmark: str) -> Iterator[str]:
    before = ""
    for line in lines:
        if isinstance(line, Table):
            yield _table(line)
            before = ""
            continue
        if line.style == "title":
            yield _titled(line, title, bookmark)
        else:
            look = _ANNEX[line.annex]
            yield paragraph(_STYLES[line.style], _layout(line, before), line.runs, look)
        before = line.style


def _titled(line: Line, style: str, bookmark: str) -> str:
    content = _runs(line.runs)
    if bookmark:
        number = int(bookmark.strip("_r"))
        content = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _layout(line: Line, before: str) -> str:
    """What a paragraph has beside its style, in the order the format asks for."""
    if line.annex == "mark":
        return f'<w:pageBreakBefore/><w:spacing w:after="{LINE}"/>{_NO_INDENT}<w:jc w:val="left"/>'
    if line.annex == "title":
        return f'<w:spacing w:after="{LINE}"/>{_NO_INDENT}<w:jc w:val="center"/>'
    if line.style == "note" and before != "note":
        return f'<w:spacing w:before="{LINE}"/>'
    sort = line.style.removeprefix("front-")
    if sort in _SIGNED:
        chars = _SIGNED[sort]
        first = before.removeprefix("front-") not in _SIGNED
        spacing = f'<w:spacing w:before="{LINE}"/>' if first else ""
        return f'{spacing}<w:ind w:rightChars="{chars * 100}" w:right="{chars * 316}"/>'
    return ""


def paragraph(style: str, layout: str, runs: Iterable[Run], look: str = "") -> str:
    """A paragraph: its style, what it has beside that, and the character style of runs that have none of their own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr>{_runs(runs, look)}</w:p>'


def _runs(runs: Iterable[Run], look: str = "") -> str:
    return "".join(
        f"<w:r>{_look(run, look)}{_text(run.text)}</w:r>"
        for run in runs
        if _NO_XML.sub("", run.text)
    )


def _look(run: Run, otherwise: str) -> str:
    """Quotation marks and dashes are set in the Chinese face only where a run says so itself."""
    style = "Gap" if run.gap else "RunIn" if run.run_in else otherwise
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    bold = "<w:b/>" if run.bold else ""
    dotted = '<w:em w:val="dot"/>' if run.dotted else ""
    return f'<w:rPr>{named}<w:rFonts w:hint="eastAsia"/>{bold}{dotted}</w:rPr>'


def _text(text: str) -> str:
    pieces = clean(text).split("\t")
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces)


def _table(table: Table) -> str:
    columns = max(len(row) for row in table.rows)
    width = TEXT_WIDTH // columns
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    rows = []
    for index, row in enumerate(table.rows):
        head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if index == 0 else "<w:trPr><w:cantSplit/></w:trPr>"  # fmt: skip
        filled = [*row, *((),) * (columns - len(row))]
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph("TableText", "", cell)}</w:tc>'
            for cell in filled
        )
        rows.append(f"<w:tr>{head}{cells}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width * columns}" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def contents(entries: Iterable[tuple[str, str]]) -> str:
    """Contents: title and bookmark of each entry. The page numbers are fields, filled in by whatever opens the file."""
    lines = []
    for title, bookmark in entries:
        number = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> PAGEREF {bookmark} \\h </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        lines.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:hyperlink w:anchor="{bookmark}">'
            f"{_runs([Run(title)])}<w:r><w:tab/></w:r>{number}</w:hyperlink></w:p>"
        )
    return "".join(lines)
