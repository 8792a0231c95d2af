"""The Word template, written here part by part: page, styles, page numbers, after GB/T 9704-2012.

Measures are those of WordprocessingML: twips (1/20 pt) for lengths, half points for sizes, hundredths of a character where
an attribute says ``Chars``.
"""

from __future__ import annotations

from functools import cache

from ..corpus.intake.docx.styles import FRONT_SIGNATURE
from .package import NAMESPACES, Part

#: 版心 156 × 225 mm: 22 lines of 28.95 pt.
LINE = 579
TEXT_WIDTH = 8844
#: 28 characters of 16 pt are 158 mm; 0.25 pt closer each they are 155.6. The grid's own way of saying so (``linesAndChars`` with a
#: negative ``charSpace``) LibreOffice misreads: it gives a character wider than its cell two cells, 14 to the line.
_DRAWN = -5
_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'
#: ``footer`` is from the foot of the page to that of the page number, whose dash is to stand 7 mm below the text.
_MARGINS = '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1455" w:gutter="0"/>'
_GRID = f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'

FANG, KAI, HEI, XBS, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
#: Where a face is missing Word and WPS take the other name.
_OTHER_NAMES = {FANG: "仿宋", KAI: "楷体", XBS: "宋体"}


def _face(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _paragraph_style(
    style: str, name: str, based: str, paragraph: str = "", run: str = "", more: str = ""
) -> str:
    default = ' w:default="1"' if style == "Normal" else ""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    properties = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:style w:type="paragraph"{default} w:styleId="{style}"><w:name w:val="{name}"/>{base}{more}<w:qFormat/>{properties}{look}</w:style>'


def _indent(chars: int) -> str:
    """A first line drawn in by whole characters; the twips are for programs that know no characters."""
    return f'<w:ind w:firstLineChars="{chars * 100}" w:firstLine="{chars * 316}"/>'


def _heading(level: int, face: str, outline: int) -> str:
    return _paragraph_style(
        f"Heading{level}", f"heading {level}", "BodyText",
        f'<w:keepNext/><w:outlineLvl w:val="{outline}"/>', _face(face), '<w:next w:val="BodyText"/>',
    )  # fmt: skip


def _styles(volume: bool) -> str:
    """``volume``: headings stand below the titles of the reports."""
    shift = 1 if volume else 0
    no_indent = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    look = f'{_face(XBS)}<w:spacing w:val="0"/><w:sz w:val="44"/><w:szCs w:val="44"/>'
    styles = [
        _paragraph_style(
            "Normal", "Normal", "",
            '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
            f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/>',
            f'<w:spacing w:val="{_DRAWN}"/><w:sz w:val="32"/><w:szCs w:val="32"/>',
        ),
        _paragraph_style("BodyText", "Body Text", "Normal", _indent(2)),
        _paragraph_style(
            "Title", "Title", "Normal",
            f'<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:after="{LINE}"/><w:jc w:val="center"/>', look, '<w:next w:val="BodyText"/>',
        ),
        _paragraph_style(
            "ReportTitle", "报告标题", "Title", '<w:pageBreakBefore/><w:outlineLvl w:val="0"/>', "",
            '<w:next w:val="BodyText"/>',
        ),
        _heading(1, HEI, shift), _heading(2, KAI, shift + 1), _heading(3, FANG, shift + 2),
        _heading(4, FANG, shift + 3),
        _paragraph_style(
            "ListBullet", "List Bullet", "BodyText", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        ),
        _paragraph_style("TableText", "表格文字", "Normal", '<w:spacing w:line="360" w:lineRule="exact"/><w:jc w:val="left"/>', '<w:sz w:val="24"/><w:szCs w:val="24"/>'),
        _paragraph_style("Signature", "Signature", "Normal", '<w:jc w:val="right"/>'),
        # Its own style: the importer knows by it what came from the front matter and is no text of the report.
        _paragraph_style("FrontSignature", FRONT_SIGNATURE, "Signature"),
        _paragraph_style(
            "TOC1", "toc 1", "Normal",
            f'<w:tabs><w:tab w:val="right" w:leader="middleDot" w:pos="{TEXT_WIDTH}"/></w:tabs>{no_indent}<w:jc w:val="left"/>',
        ),
        _paragraph_style("TOCHeading", "toc heading", "Title", "", _face(HEI) + '<w:sz w:val="32"/><w:szCs w:val="32"/>'),
        _paragraph_style(
            "Footer", "footer", "Normal", '<w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/>',
            f'{_face(SONG)}<w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/>',
        ),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>',
        f'<w:style w:type="character" w:styleId="RunIn"><w:name w:val="段首标题"/><w:qFormat/><w:rPr>{_face(KAI)}</w:rPr></w:style>',
        f'<w:style w:type="character" w:styleId="AnnexMark"><w:name w:val="附件序号"/><w:rPr>{_face(HEI)}</w:rPr></w:style>',
        f'<w:style w:type="character" w:styleId="AnnexTitle"><w:name w:val="附件标题"/><w:rPr>{look}</w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Gap"><w:name w:val="待填或脱敏处"/><w:qFormat/><w:rPr><w:u w:val="wave"/>'
        '<w:shd w:val="clear" w:color="auto" w:fill="FFF1B8"/></w:rPr></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        f'<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_borders()}</w:tblBorders></w:tblPr></w:style>',
    ]  # fmt: skip
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_face(FANG)}"
        '<w:color w:val="000000"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>" + "".join(styles) + "</w:styles>"
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides
    )


_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="632"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>'
    '<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)  # fmt: skip
_NUMBERING = (
    f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="nothing"/><w:lvlText w:val="·"/><w:lvlJc w:val="left"/>'
    f'</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)  # fmt: skip


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{_OTHER_NAMES[name]}"/><w:charset w:val="86"/></w:font>'
        if name in _OTHER_NAMES
        else f'<w:font w:name="{name}"><w:charset w:val="86"/></w:font>'
        for name in (FANG, KAI, HEI, XBS, SONG)
    )
    return f"<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def _footer(side: str) -> str:
    """— 1 — one character in from the outer edge: right on odd pages, left on even ones."""
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{number}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


@cache
def parts(volume: bool) -> tuple[Part, ...]:
    """All parts but the document and its properties."""
    return (
        Part("word/styles.xml", "styles", _styles(volume)),
        Part("word/settings.xml", "settings", _SETTINGS),
        Part("word/numbering.xml", "numbering", _NUMBERING),
        Part("word/fontTable.xml", "fontTable", _font_table()),
        Part("word/footer1.xml", "footer", _footer("right")),
        Part("word/footer2.xml", "footer", _footer("left")),
    )


def section() -> str:
    """The properties of the one section; ``rId5`` and ``rId6`` are the footers of :func:`parts`."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>'
        f"{_PAGE}{_MARGINS}{_GRID}</w:sectPr>"
    )
