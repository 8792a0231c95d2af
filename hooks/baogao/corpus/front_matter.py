"""Front matter with exact positions, and every fault that MkDocs swallows in silence.

MkDocs 1.6 prints front matter it cannot read as body text, without a warning (a full-width colon, a
blank line before ``---``, an unquoted ``: ``). Here each is a fault with its place and the line as it should be; what
the author meant is read all the same, so that one mistake gives one finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from .source import Source

BOM = "\ufeff"
_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$")
_KEY = re.compile(
    r"^(?P<key>[^\s:：#\"'\[\]{},\-][^:：\n]{0,40}?)[ \t]*(?P<colon>[:：])(?P<gap>[ \t]*)(?P<value>.*)$"
)
_BLOCK_SCALAR = re.compile(r"^[|>][+\-0-9]*\s*$")


@dataclass(frozen=True)
class Fault:
    """A mistake in the front matter: ``code`` names its sort, ``offset``/``end`` its span in the file,
    ``corrected`` the line or lines as they should be (``None`` when nobody can know), ``edit`` a replacement of
    file text (start, end, new text) that mends it safely."""

    code: str
    offset: int
    end: int
    message: str
    help: str
    corrected: str | None = None
    edit: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Field:
    """One entry: the ``value`` as YAML reads it, ``raw`` as written, and the spans of key and value."""

    name: str
    value: object
    raw: str
    offset: int
    value_offset: int
    value_end: int


@dataclass(frozen=True)
class FrontMatter:
    """``fields`` in the order written; ``body`` the offset at which the report's text begins;
    ``present`` is false when the file has no front matter at all."""

    fields: tuple[Field, ...]
    faults: tuple[Fault, ...]
    body: int
    present: bool

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    def value(self, name: str) -> object:
        field = self.field(name)
        return field.value if field else None


def read_front_matter(source: Source) -> FrontMatter:
    """Read the front matter of ``source``. Never raises: what is wrong is in ``faults``."""
    text = source.text
    faults: list[Fault] = []
    at = 0
    if text.startswith(BOM):
        faults.append(
            Fault(
                "bom",
                0,
                1,
                "文件开头有看不见的字节顺序标记（BOM）",
                "删去它，或用编辑器另存为“UTF-8（无 BOM）”",
                edit=(0, 1, ""),
            )
        )
        at = 1
    opening = at
    while text[opening : opening + 1] in ("\n", " ", "\t") and opening < len(text):
        opening += 1
    opening_line_end = _line_end(text, opening)
    if text[opening:opening_line_end].rstrip() != "---":
        return FrontMatter((), tuple(faults), at, False)
    if opening > at:
        faults.append(
            Fault(
                "blank-before",
                at,
                opening,
                "开头的 --- 之前有空行或空格，前言会被当成正文",
                "删去 --- 之前的空行，让 --- 成为第一行",
                "---",
                (at, opening, ""),
            )
        )
    start = opening_line_end + 1
    close = _find_close(text, start)
    if close is None:
        end = _guess_end(text, start)
        faults.append(
            Fault(
                "missing-end",
                end,
                end,
                "前言没有结束的 ---",
                f"在第 {source.position(end).line} 行之前加一行 ---",
                "---",
                (end, end, "---\n"),
            )
        )
        body = end
    else:
        end, body = close
    fields, more = _read_fields(source, start, end)
    faults.extend(more)
    return FrontMatter(
        tuple(fields), tuple(sorted(faults, key=lambda f: f.offset)), min(body, len(text)), True
    )


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _find_close(text: str, start: int) -> tuple[int, int] | None:
    """The offsets of the closing fence and of the line after it."""
    at = start
    while at < len(text):
        end = _line_end(text, at)
        line = text[at:end]
        if _FENCE.match(line):
            return at, end + 1
        if line.startswith("## "):
            return None
        at = end + 1
    return None


def _guess_end(text: str, start: int) -> int:
    """Where an unclosed front matter probably ends: at the first line that is no entry."""
    at = start
    while at < len(text):
        end = _line_end(text, at)
        line = text[at:end]
        entry = line.startswith((" ", "\t", "-", "#")) and not line.startswith("##")
        found = _KEY.match(line)
        if not (entry or (found and len(found["key"]) <= 16 and "。" not in line)):
            return at
        at = end + 1
    return len(text)


def _read_fields(source: Source, start: int, end: int) -> tuple[list[Field], list[Fault]]:
    text = source.text
    faults = list(_textual_faults(text, start, end))
    body = text[start:end]
    shift: list[tuple[int, int]] = []
    for fault in sorted((f for f in faults if f.edit), key=lambda f: f.offset, reverse=True):
        assert fault.edit
        first, last, new = fault.edit
        body = body[: first - start] + new + body[last - start :]
        shift.append((first - start, len(new) - (last - first)))
    shift.sort()

    def original(offset: int) -> int:
        moved = 0
        for at, by in shift:
            if at + moved < offset:
                moved += by
        return min(max(start + offset - moved, start), end)

    loader = yaml.SafeLoader(body)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        return [], [*faults, _yaml_fault(error, original, end)]
    except yaml.reader.ReaderError as error:
        at = original(int(error.position))
        return [], [
            *faults,
            Fault("unreadable", at, at + 1, "前言里有 YAML 不允许的控制字符", "删去这个字符"),
        ]
    except RecursionError:
        return [], [
            *faults,
            Fault("unreadable", start, end, "前言的括号嵌套过深，无法读取", "改成一行一项的写法"),
        ]
    if node is None:
        return [], faults
    if not isinstance(node, yaml.MappingNode):
        return [], [
            *faults,
            Fault(
                "unreadable",
                start,
                end,
                "前言不是“项目: 内容”的形式",
                "改成一行一项，例如 year: 2022",
            ),
        ]
    fields: list[Field] = []
    seen: dict[str, Field] = {}
    for key, value in node.value:
        name = str(getattr(key, "value", ""))
        try:
            content = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ValueError, RecursionError, TypeError):
            content = value.value if isinstance(value, yaml.ScalarNode) else None
        offset = original(key.start_mark.index)
        field = Field(
            name,
            content,
            value.value if isinstance(value, yaml.ScalarNode) else "",
            offset,
            original(value.start_mark.index),
            original(value.end_mark.index),
        )
        if name in seen:
            first = source.position(seen[name].offset).line
            line_end = _line_end(text, offset)
            faults.append(
                Fault(
                    "duplicate-key",
                    offset,
                    offset + len(name),
                    f"“{name}”写了两次（第 {first} 行已有）",
                    f"删去其中一行；现在的两行是“{source.line(first).strip()}”和“{text[offset:line_end].strip()}”",
                )
            )
            continue
        seen[name] = field
        fields.append(field)
    return fields, faults


def _textual_faults(text: str, start: int, end: int) -> Iterator[Fault]:
    """What can be seen line by line, before YAML is asked."""
    at = start
    block_indent = -1
    while at < end:
        stop = min(_line_end(text, at), end)
        line = text[at:stop]
        indent = len(line) - len(line.lstrip(" \t"))
        content = line[indent:]
        inside_block = block_indent >= 0 and (not content or indent > block_indent)
        if not inside_block:
            block_indent = -1
        if not content or content.startswith("#") or inside_block:
            at = stop + 1
            continue
        if "\t" in line[:indent]:
            first = at + line.index("\t")
            corrected = line[:indent].replace("\t", "  ") + content
            yield Fault(
                "tab",
                first,
                first + 1,
                "行首用了制表符（Tab），YAML 不认",
                "改用空格缩进",
                corrected,
                (at, at + indent, line[:indent].replace("\t", "  ")),
            )
        item = 0
        while content.startswith("- "):
            spaces = len(content) - len(content[2:].lstrip(" "))
            item += spaces
            content = content[spaces:]
        found = _KEY.match(content)
        if found:
            key_at = at + indent + item
            value = found["value"]
            if _BLOCK_SCALAR.match(value):
                block_indent = indent
            fault = _entry_fault(found, key_at, line[: indent + item])
            if fault:
                yield fault
        at = stop + 1


def _entry_fault(found: re.Match[str], at: int, prefix: str) -> Fault | None:
    key, value = found["key"], found["value"]
    colon_at = at + found.start("colon")
    value_at = at + found.start("value")
    quoted = f"{key}: {_quote(value.strip())}"
    if found["colon"] == "：":
        needs_quotes = _needs_quotes(value)
        corrected = quoted if needs_quotes else f"{key}: {value.strip()}"
        return Fault(
            "full-width-colon",
            colon_at,
            colon_at + 1,
            f"“{key}”后面用了全角冒号，整段前言会失效",
            "改用半角冒号加一个空格",
            prefix + corrected,
            (at, at + len(found[0]), corrected),
        )
    if not found["gap"] and value:
        if re.match(r"^//", value):
            return None
        corrected = f"{key}: {value.strip()}"
        return Fault(
            "no-blank",
            colon_at,
            colon_at + 1,
            f"“{key}:”后面缺少空格，整行会失效",
            "冒号后加一个空格",
            prefix + corrected,
            (at, at + len(found[0]), corrected),
        )
    if _needs_quotes(value):
        inner = re.search(r":\s|:$| #", value)
        assert inner
        first = value_at + inner.start()
        what = "又有冒号" if value[inner.start()] == ":" else "有“ #”，其后的文字会丢失"
        return Fault(
            "unquoted",
            first,
            first + 1,
            f"“{key}”的内容里{what}",
            "把内容放进双引号",
            prefix + quoted,
            (at, at + len(found[0]), quoted),
        )
    return None


def _needs_quotes(value: str) -> bool:
    stripped = value.strip()
    if not stripped or stripped[0] in "\"'[{|>&*!%@`#":
        return False
    return re.search(r":\s|:$| #", stripped) is not None


def _quote(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


_PROBLEMS = {
    "mapping values are not allowed here": "这一行的写法 YAML 读不懂（多半是内容里有冒号）",
    "could not find expected ':'": "这一行没有冒号，不是“项目: 内容”",
    "found unexpected end of stream": "引号或括号没有配对",
    "found character '\\t' that cannot start any token": "用了制表符（Tab）",
    "expected <block end>, but found": "缩进或引号不对",
    "found undefined alias": "以 * 开头的内容要放进引号",
    "found character '@'": "以 @ 开头的内容要放进引号",
    "found character '`'": "以 ` 开头的内容要放进引号",
    "found character '%'": "以 % 开头的内容要放进引号",
    "while parsing a flow": "方括号或花括号没有配对",
}


def _yaml_fault(error: yaml.MarkedYAMLError, original: object, end: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    assert callable(original)
    at = original(mark.index) if mark else end
    said = f"{error.context or ''} {error.problem or ''}"
    what = next(
        (words for key, words in _PROBLEMS.items() if key in said), "这里的写法 YAML 读不懂"
    )
    return Fault(
        "unreadable",
        at,
        min(at + 1, end),
        f"前言无法读取：{what}",
        "改成“项目: 内容”，内容有特殊符号时放进双引号",
    )


def write_front_matter(fields: Mapping[str, object]) -> str:
    """Front matter with these fields, fences included; values are text, numbers, dates, mappings or lists of mappings
    of those. Text is quoted only where YAML would read it differently."""
    lines = ["---"]
    for name, value in fields.items():
        if isinstance(value, Mapping):
            lines.append(f"{name}:")
            lines.extend(f"  {key}: {_scalar(inner)}" for key, inner in value.items())
        elif isinstance(value, list):
            lines.append(f"{name}:")
            for entry in value:
                pairs = [f"{key}: {_scalar(inner)}" for key, inner in entry.items()]
                lines.extend(("  - " if i == 0 else "    ") + pair for i, pair in enumerate(pairs))
        else:
            lines.append(f"{name}: {_scalar(value)}")
    return "\n".join([*lines, "---", ""])


def _scalar(value: object) -> str:
    text = str(value)
    if not isinstance(value, str):
        return text
    try:
        plain = "\n" not in text and yaml.safe_load(f"k: {text}") == {"k": text}
    except (yaml.YAMLError, ValueError):
        plain = False
    return text if plain and not _needs_quotes(text) else _quote(text)
