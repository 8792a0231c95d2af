"""What ``baogao bench fuzz`` tries: for each reader of text or files how its inputs are made, and what must hold afterwards."""

from __future__ import annotations

import contextlib
import datetime
import io
import random
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from baogao.corpus import (
    Corpus,
    Data,
    Report,
    Source,
    load,
    parse_report,
)
from baogao.corpus.blocks import split_blocks
from baogao.corpus.front_matter import read_front_matter
from baogao.corpus.inline import joined_tokens, read_text
from baogao.corpus.intake import (
    Metadata,
    UnreadableError,
    compose,
    read_draft,
    read_manuscript,
)
from baogao.corpus.intake import settle as settled
from baogao.corpus.intake.package import PackageError, read_package, write_package
from baogao.corpus.ordinals import match_ordinal, write_ordinal
from baogao.corpus.placeholders import find_placeholders
from baogao.corpus.sequences import find_sequences
from baogao.corpus.statements import statements
from baogao.corpus.years import find_years
from baogao.export import plain_text, record, report_docx
from baogao.fulltext import INDEX
from baogao.fulltext.build import Tools, build_search
from baogao.fulltext.folding import fold_text
from baogao.fulltext.reader import MissingShardError, Reader
from baogao.pages.report import text_html
from baogao.rules import check_report
from baogao.rules.fix import mend
from baogao.rules.render import text as rendering


class WrongError(AssertionError):
    """What should hold of a result does not."""


def demand(condition: bool, what: str) -> None:
    if not condition:
        raise WrongError(what)


@dataclass
class Ground:
    """What inputs are made from: real texts, and an index of them with the true answers."""

    data: Data
    reports: tuple[Report, ...]
    words: Sequence[bytes]
    index: Path
    files: Sequence[Path] = ()
    truth: dict[str, list[int]] = field(default_factory=dict)

    @property
    def texts(self) -> Sequence[str]:
        return [report.source.text for report in self.reports]


@dataclass(frozen=True)
class Target:
    """``share`` of a thousand inputs and ``time`` of a limited time it is given."""

    name: str
    share: int
    time: int
    make: Callable[[Ground, random.Random], Any]
    check: Callable[[Ground, Any], None]


_QUERIES = 40
_SAMPLES = 12


def make_ground(docs: Path, folder: Path) -> Ground:
    """Everything inputs are made from, in ``folder``; the reports of ``docs`` are the samples."""
    corpus = load(docs)
    visible = corpus.visible
    reports = visible.reports[:: max(1, len(visible.reports) // _SAMPLES)][:_SAMPLES]
    words = [report_docx(report) for report in reports[:3]]
    small = Corpus(corpus.data, reports, (), corpus.shown)
    site = folder / "site"
    build_search(small, site, docs / "assets/search", folder / "cache", Tools(None, None, ()))
    index = site / INDEX
    # One name for each file: the builder's memory holds a second one, which damage would reach.
    shutil.copytree(index, folder / "index")
    ground = Ground(corpus.data, reports, words, folder / "index")
    ground.files = sorted(f for f in ground.index.rglob("*.js") if not f.name.startswith("worker"))
    chance = random.Random(1)
    reader = Reader(ground.index)
    while len(ground.truth) < _QUERIES:
        text = fold_text(chance.choice(reports).text.replace("\n", ""))
        at = chance.randrange(max(1, len(text) - 8))
        query = text[at : at + chance.randint(1, 6)]
        if fold_text(query):
            ground.truth[query] = reader.sections(query)
    return ground


# Text

#: Pieces of the grammar and what breaks programs, from which texts are made and with which they are spoilt.
PIECES = (
    "---\n", "---", "...\n", "\n", "\n\n", "\r\n", "\r", "\t", " ", "　", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x85", "\x00", "\x0b", "\x1f",
    "\ud800", "\U0001f600", "\U00020000", "e\u0301", "\u202e", "�",
    "title: ", "year: 2022\n", "unit: 局机关党委\n", "kind: 述职报告\n", "role: 分管领导\n", "date: 2023-01-10\n", "status: published\n",
    "visibility: internal\n", "rectifies:\n  - ref: P2021-1\n    status: 已完成\n", "sections: {一、主要做法: practice}\n", "reviews: [", "source: {",
    "：", ": ", ":", "- ", "-", "? ", "| ", "|", ">", "&a ", "*a", "!!python/object:os.system ", "!!int ", "%YAML 1.1\n", "'", '"', "\\", "\\x", "\\u12",
    "[", "]", "{", "}", "[[[[[[[[", "{{{{{{{{", "{a: ", "[a, ", ",", "#", " # ", "~", "null", "0x1f", "1_000", "1e999", "2022-02-30", "99999999999999999999",
    "# ", "## ", "### ", "#### ", "####### ", "## 一、主要做法及成效\n\n", "### （一）加强政治建设\n\n", "## 二、存在问题及原因分析\n\n",
    "## 三、下步工作打算\n\n", "{data-section=problem}", "{#a}", "一、", "（一）", "1.", "（1）", "十", "百", "一百零", "①", "1、", "(一)",
    "一是", "二是", "三是", "一要", "首先", "其次", "第一，", "一方面", "另一方面", "造成上述问题的主要原因是：",
    "**", "*", "***", "_", "`", "```\n", "~~", "[文字](#a)", "[a](javascript:alert`1`)", "[a](\x01javascript:alert`1`)", "[a](//x)", "![图](a.png)", "[", "](", ")",
    "<", ">", "<b>", "</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "-->", "<!-- 检查豁免: T011 沿用 -->", "&amp;", "&#0;",
    "&#x110000;", "&lt;", "&nosuch;", "| a | b |\n| --- | --- |\n| 1 | 2 |\n", "|\n", "| --- |", "\\|", "* * *\n", "- a\n", "1. a\n", "> ", "    ", "===\n",
    "2022年", "2022年度", "“十四五”", "上年", "今年以来", "12人次", "1.5万元", "30%", "近30人左右", "X场次", "XX", "【待填】", "**镇", "〔2022〕3号",
    "，", "。", "、", "；", "“", "”", "《", "》", "（", "）", "——", "…", ",", ".", ";", "(", "机密★1年", "13800000000", "110101199003070011",
)  # fmt: skip
_LONGEST = 4_000


def spoilt(chance: random.Random, text: str, most: int = 6) -> str:
    """``text`` with a few things cut, doubled, moved, replaced or put in."""
    for _ in range(chance.randint(1, most)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + int(chance.expovariate(1 / 20)))
        how = chance.randrange(8)
        if how == 0:
            text = text[:at] + text[end:]
        elif how == 1:
            text = text[:end] + text[at:]
        elif how == 2:
            text = text[:at] + chance.choice(PIECES) + text[end:]
        elif how == 3:
            text = text[:at] + chance.choice(PIECES) * int(chance.paretovariate(0.7) % 400 + 1) + text[at:]  # fmt: skip
        elif how == 4:
            text = text[:at] + chr(chance.choice((chance.randrange(0x80), chance.randrange(0x2000, 0x3100), chance.randrange(0xD800, 0xE000), chance.randrange(0x110000)))) + text[at:]  # fmt: skip
        elif how == 5:
            text = text[:at] if chance.random() < 0.5 else text[at:]
        elif how == 6:
            other = chance.randrange(len(text) + 1)
            text = text[:at] + text[other : other + 40] + text[at:]
        else:
            text = text[:at] + chance.choice(PIECES) + text[at:]
    return text


def pieced(chance: random.Random, most: int = 40) -> str:
    """A text of nothing but pieces."""
    return "".join(chance.choices(PIECES, k=chance.randint(0, most)))


def any_text(ground: Ground, chance: random.Random) -> str:
    """A report spoilt, a part of one spoilt, or pieces."""
    how = chance.random()
    if how < 0.35:
        return pieced(chance)
    text = chance.choice(ground.texts)
    if how < 0.7:
        at = chance.randrange(len(text))
        text = text[at : at + chance.randint(1, 600)]
        if chance.random() < 0.5:
            text = chance.choice(ground.texts)[:200] + text
    return spoilt(chance, text[:_LONGEST])


def any_front(ground: Ground, chance: random.Random) -> str:
    """Front matter above all, and little beneath it."""
    if chance.random() < 0.5:
        return "---\n" + pieced(chance, 30) + chance.choice(("---\n", "", "...\n", "\n---\n")) + pieced(chance, 3)  # fmt: skip
    text = chance.choice(ground.texts)
    end = text.find("\n---\n", 4)
    return spoilt(chance, text[: end + 5 + chance.randint(0, 60)])


def any_nest(ground: Ground, chance: random.Random) -> str:
    """Front matter that nests: what exhausts a stack."""
    opening = chance.choice(("[", "{", "- ", "[{", "{a: ", "{a: [", "- - ", "? ", "a: ", "[[,", "-\t", "- -", "- ? ", "[? ", "'[", '"{', "- [", "[a: ", "\n- ", "- |\n "))  # fmt: skip
    times = int(chance.choice((3, 20, 199, 201, 1_000, 20_000, 100_000)) * chance.uniform(0.9, 1.1))
    if chance.random() < 0.3:
        body = "".join(" " * n + chance.choice(("a:\n", "-\n", "- a:\n", "? a\n")) for n in range(min(times, 400)))  # fmt: skip
    elif chance.random() < 0.3:
        body = "a: " + "".join(chance.choice(("[", "{", "{a: ", "- ", "]", "}", ",")) for _ in range(times))  # fmt: skip
    else:
        body = "a: " * chance.randint(0, 1) + opening * times
    return f"---\n{spoilt(chance, body, 2) if chance.random() < 0.3 else body}\n---\n甲\n"


def any_line(ground: Ground, chance: random.Random) -> str:
    if chance.random() < 0.5:
        return pieced(chance, 12)
    text = chance.choice(ground.texts)
    at = chance.randrange(len(text))
    return spoilt(chance, text[at : at + chance.randint(1, 120)], 3)


def check_front(ground: Ground, text: str) -> None:
    source = Source("a.md", text)
    front = read_front_matter(source)
    demand(0 <= front.body <= len(text), "正文的开头不在文件里")
    for fault in front.faults:
        demand(0 <= fault.offset <= fault.end <= len(text), f"{fault.code} 的位置不在文件里")
        demand(
            fault.edit is None or 0 <= fault.edit[0] <= fault.edit[1] <= len(text),
            f"{fault.code} 的改法不在文件里",
        )
    for each in front.fields:
        demand(0 <= each.offset <= each.value_offset <= each.value_end <= len(text), f"{each.name} 的位置不在文件里")  # fmt: skip


def check_blocks(ground: Ground, text: str) -> None:
    at = 0
    for block in split_blocks(text):
        demand(at <= block.start <= block.end <= len(text), "段落的位置不对")
        at = block.start
        shown = read_text(text, block.lines).plain
        tokens = "".join(token.text for token in joined_tokens(text, block.lines) if token.kind == "text")  # fmt: skip
        demand(shown == tokens, "同一段的文字读出来两个样子")


def _report(ground: Ground, text: str) -> Report:
    return parse_report("2022/jiguan-shuzhi-fenguan", Source("docs/reports/a.md", text), ground.data)  # fmt: skip


def check_sections(ground: Ground, text: str) -> None:
    report = _report(ground, text)
    _ = report.text, report.length, report.placeholder_count, report.visible, report.unit_brief
    anchors = [section.anchor for section in report.walk()]
    demand(len(set(anchors)) == len(anchors), "两节用了同一个锚点")
    _ = report.items, report.reviews, list(statements(report)), report.series_key, report.date


def check_lines(ground: Ground, text: str) -> None:
    at = min(len(text), 2)
    for start in (0, at):
        ordinal = match_ordinal(text, start)
        if ordinal is not None:
            demand(text.startswith(ordinal.text, start), "序号不是原文里的")
            demand(ordinal.level > 2 or match_ordinal(write_ordinal(ordinal.level, ordinal.number)) is not None, "序号写出来认不得")  # fmt: skip
    for sequence in find_sequences(text):
        for member in sequence.members:
            demand(0 <= member.start <= member.end <= len(text), "条目的位置不对")
    for mark in find_placeholders(text):
        demand(0 <= mark.start < mark.end <= len(text), "待填处的位置不对")
    for year in find_years(text):
        demand(0 <= year.start < year.end <= len(text), "年份的位置不对")
    fold_text(text)


def check_rules(ground: Ground, text: str) -> None:
    report = _report(ground, text)
    predecessor = ground.reports[len(text) % len(ground.reports)]
    findings = tuple(check_report(report, predecessor))
    for finding in findings:
        demand(finding.start.line >= 1 and finding.start.column >= 1, f"{finding.rule} 没有位置")
        for edit in finding.fix:
            demand(0 <= edit.start <= edit.end <= len(text), f"{finding.rule} 的改法不在文件里")
    mend(report, predecessor)
    rendering.render(findings, lambda path, line: report.source.line(line), 1)


class _Tags(HTMLParser):
    """Refuses what a page of a report has no business with."""

    ALLOWED = frozenset({
        "a", "p", "h2", "h3", "h4", "h5", "h6", "ul", "li", "div", "table", "thead", "tbody", "tr", "th", "td", "hr", "span", "strong",
        "em", "mark",
    })  # fmt: skip
    ATTRIBUTES = frozenset({"id", "class", "href", "title", "aria-label", "tabindex", "data-line", "data-name", "data-date"})  # fmt: skip

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        demand(tag in self.ALLOWED, f"网页里有 <{tag}>")
        for name, value in attrs:
            demand(name in self.ATTRIBUTES, f"网页里有属性 {name}")
            if name == "href":
                # As browsers read an address: control characters and blanks are not there.
                address = re.sub(r"[\x00-\x20\x7f]", "", value or "").lower()
                scheme = re.match(r"[a-z][a-z0-9+.\-]*:", address)
                demand(scheme is None or scheme[0] in ("http:", "https:", "mailto:"), f"链接是 {address}")  # fmt: skip
                demand(not re.match(r"[/\\]{2}", address), f"链接是 {address}")

    def handle_comment(self, data: str) -> None:
        demand(False, "网页里有注释")

    def handle_decl(self, decl: str) -> None:
        demand(False, "网页里有 <!…>")

    def handle_pi(self, data: str) -> None:
        demand(False, "网页里有 <?…>")


def check_page(ground: Ground, text: str) -> None:
    report = _report(ground, text)
    parser = _Tags()
    parser.feed(text_html(report, lines=True))
    parser.close()
    plain_text(report)
    if report.visible:
        record(report)
        try:
            content = report_docx(report)
        except UnicodeEncodeError:
            demand(any("\ud800" <= c <= "\udfff" for c in text), "Word 文件写不出来")
            return
        read_manuscript(content, "a.docx")


def any_manuscript(ground: Ground, chance: random.Random) -> tuple[bytes, str]:
    text = any_text(ground, chance)
    if chance.random() < 0.5:  # without front matter and marks, as offices write
        text = re.sub(r"^---\n.*?\n---\n|^#+ ", "", text, flags=re.S | re.M)
    coding = chance.choice(("utf-8", "utf-8", "gb18030", "utf-8-sig", "utf-16", "gbk"))
    content = text.encode(coding, "ignore")
    if chance.random() < 0.1:
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.randbytes(chance.randint(1, 4)) + content[at:]
    return content, chance.choice(("a.txt", "原稿.txt", "a.docx", "2022年述职报告.md", ""))


_CHOICES = settled.Choices(2022, "局机关党委", "述职报告", "分管领导", None, datetime.date(2023, 1, 10), "anonymized", None)  # fmt: skip


def check_intake(ground: Ground, given: tuple[bytes, str]) -> None:
    content, name = given
    try:
        manuscript = read_manuscript(content, name)
    except UnreadableError:
        return
    kind = ground.data.kinds.find("述职报告")
    unit = ground.data.units.units[0]
    assert kind is not None
    draft = read_draft(manuscript, ground.data, kind)
    author = kind.author("分管领导")
    with contextlib.suppress(settled.UnsettledError):
        settled.settle(draft, ground.data, _CHOICES, (name, "0" * 64))
    metadata = Metadata("标题", 2022, unit, kind, author, datetime.date(2023, 1, 10), "anonymized")
    made = compose(draft, metadata)
    report = _report(ground, made.text)
    demand(report.readable, "导入写成的报告读不出前言")


# Files


def any_word(ground: Ground, chance: random.Random) -> bytes:
    """A Word file with bytes turned, cut or doubled, or with its XML spoilt."""
    content = chance.choice(ground.words)
    if chance.random() < 0.4:
        return spoilt_bytes(chance, content)
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        spoil = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name == spoil:
                part = _spoilt_xml(chance, part)
            if name != spoil or chance.random() > 0.05:
                new.writestr(name, part)
    return made.getvalue()


def spoilt_bytes(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content) + 1)
        how = chance.randrange(5)
        if how == 0:
            content = content[:at] + chance.randbytes(1) + content[at + 1 :]
        elif how == 1:
            content = content[:at] + content[at + chance.randint(1, 50) :]
        elif how == 2:
            content = content[:at] + content[max(0, at - 20) :]
        elif how == 3:
            content = content[:at]
        else:
            content = content[:at] + chance.choice((b"\xff", b"\0", b"PK\x05\x06", b"PK\x03\x04", b"\xff\xff\xff\xff")) + content[at:]  # fmt: skip
    return content


_TAG = re.compile(rb"<[^<>]*>")


def _spoilt_xml(chance: random.Random, part: bytes) -> bytes:
    tags = [found.span() for found in _TAG.finditer(part)]
    for _ in range(chance.randint(1, 6)):
        if not tags:
            return spoilt_bytes(chance, part)
        begin, end = chance.choice(tags)
        other = chance.choice(tags)
        how = chance.randrange(6)
        if how == 0:
            part = part[:begin] + part[end:]
        elif how == 1:
            part = part[:end] + part[begin:end] * chance.choice((1, 2, 300)) + part[end:]
        elif how == 2:
            part = part[:begin] + part[slice(*other)] + part[begin:]
        elif how == 3:
            part = part[:end] + part[end : other[1]] + part[end:]
        elif how == 4:
            part = re.sub(rb'"\d+"', lambda _: b'"%d"' % chance.choice((-1, 0, 7, 10**9, 10**30)), part, count=chance.randint(1, 30))  # fmt: skip
        else:
            part = part[:begin] + chance.choice((b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<w:p>", b"</w:p>", b"<w:tbl><w:tr>", b"\0", b"<![CDATA[", b"<w:numPr>")) + part[begin:]  # fmt: skip
        tags = [found.span() for found in _TAG.finditer(part)]
    return part


def check_word(ground: Ground, content: bytes) -> None:
    check_intake(ground, (content, "a.docx"))


def any_package(ground: Ground, chance: random.Random) -> bytes:
    text = chance.choice(ground.texts)
    name = chance.choice(("报告.md", "../../a.md", "a\\b.md", "/etc/a.md", "a/./b.md", "C:a.md", "a.MD", "a.md\n", "x" * 300 + ".md"))  # fmt: skip
    original = chance.choice((None, ("原稿.docx", ground.words[0]), ("../x.docx", b"PK"), ("a.exe", b"MZ")))  # fmt: skip
    content = write_package(name, text, original, chance.choice((None, "<html>")))
    return content if chance.random() < 0.2 else spoilt_bytes(chance, content)


def check_package(ground: Ground, content: bytes) -> None:
    try:
        handed = read_package(content)
    except PackageError:
        return
    demand("/" not in handed.name and "\\" not in handed.name, "投稿包里的名称带目录")


def any_damage(ground: Ground, chance: random.Random) -> tuple[str, bytes, list[str]]:
    """A file of the index damaged, and what to ask."""
    file = chance.choice(ground.files)
    content = file.read_bytes()
    if chance.random() < 0.15:
        damaged = chance.choice(ground.files).read_bytes()  # another file under its name
    else:
        damaged = spoilt_bytes(chance, content)
    name = file.relative_to(ground.index).as_posix()
    return name, damaged, chance.sample(sorted(ground.truth), 3)


def check_shard(ground: Ground, given: tuple[str, bytes, list[str]]) -> None:
    name, damaged, queries = given
    file = ground.index / name
    whole = file.read_bytes()
    try:
        file.write_bytes(damaged)
        reader = Reader(ground.index)
        for query in queries:
            try:
                answer = reader.sections(query)
            except MissingShardError:
                continue
            demand(answer == ground.truth[query], f"{name} 坏了，“{query}”却答了 {answer}，应是 {ground.truth[query]}")  # fmt: skip
    finally:
        file.write_bytes(whole)


TARGETS = (
    Target("front", 300, 12, any_front, check_front),
    Target("nest", 20, 8, any_nest, check_front),
    Target("blocks", 250, 12, any_text, check_blocks),
    Target("lines", 250, 10, any_line, check_lines),
    Target("sections", 100, 15, any_text, check_sections),
    Target("page", 50, 12, any_text, check_page),
    Target("intake", 20, 10, any_manuscript, check_intake),
    Target("rules", 10, 20, any_text, check_rules),
    Target("word", 10, 10, any_word, check_word),
    Target("package", 10, 5, any_package, check_package),
    Target("shard", 5, 8, any_damage, check_shard),
)
"""Texts first: of a thousand inputs they are given a thousand, files some on top."""
