"""Front matter with exact positions, and every fault that MkDocs swallows in silence.

MkDocs 1.6 prints front matter it cannot read as body text, without a warning (a full-width colon, a
blank line before ``---``, an unquoted ``: ``). Here each is a fault with its place and the line as it should be; what
the author meant is read all the same, so that one mistake gives one finding.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from .source import Source
from .yaml_data import yaml_problem

BOM = "\ufeff"
_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$")
_KEY = re.compile(
    r"^(?P<key>[^\s:：#\"'\[\]{},\-][^:：\n]{0,40}?)[ \t]*(?P<colon>[:：])(?P<gap>[ \t]*)(?P<value>.*)$"
)
_BLOCK_SCALAR = re.compile(r"^[|>][+\-0-9]*\s*$")
_NOT_PLAIN = "\"'[{|>&*!%@`#"
_LATIN_KEY = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
#: The longest number that is read as one; no longer ones are written but to break a program.
_DIGITS_MAX = 18


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
    start = min(opening_line_end + 1, len(text))
    close = _find_close(text, start)
    if close is None:
        end = _guess_end(text, start)
        line = source.position(end).line
        at_line_start = text[end - 1] == "\n"
        faults.append(
            Fault(
                "missing-end",
                end,
                end,
                "前言没有结束的 ---",
                f"在第 {line} 行之{'前' if at_line_start else '后'}加一行 ---",
                "---",
                (end, end, "---\n" if at_line_start else "\n---\n"),
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
    mended, original = _mend(text, start, end, [f.edit for f in faults if f.edit])
    try:
        loader = _Loader(mended)
        node = _compose_fast(mended) or loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        return [], [*faults, _yaml_fault(error, original, end)]
    except yaml.reader.ReaderError as error:
        at = min(original(int(error.position)), max(end - 1, start))
        return [], [
            *faults,
            Fault(
                "unreadable", at, min(at + 1, end), "前言里有 YAML 不允许的控制字符", "删去这个字符"
            ),
        ]
    except RecursionError:
        return [], [
            *faults,
            Fault("unreadable", start, end, "前言的括号嵌套过深，无法读取", "改成一行一项的写法"),
        ]
    except ValueError:  # a %YAML directive with a number of thousands of digits
        return [], [*faults, Fault("unreadable", start, end, "前言无法读取", "改成一行一项的写法")]
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
        offset = original(key.start_mark.index)
        if not isinstance(key, yaml.ScalarNode):
            key_end = original(key.end_mark.index)
            faults.append(
                Fault("unreadable", offset, key_end, "前言的项目名应是文字", "改成一行一项的写法")
            )
            continue
        name = str(key.value)
        try:
            content = loader.construct_object(value, deep=True)
        except Exception:  # !!bool 甲, !!int "", 2022-02-30: PyYAML raises errors of many sorts
            content = value.value if isinstance(value, yaml.ScalarNode) else None
        value_offset = original(value.start_mark.index)
        written = text[value_offset : original(value.end_mark.index)].rstrip()
        field = Field(
            name,
            content,
            value.value if isinstance(value, yaml.ScalarNode) else "",
            offset,
            value_offset,
            value_offset + len(written),
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


#: Anchors, aliases, tags, directives, escapes, block texts: what the two composers of PyYAML may take differently; and what
#: nests deeper than people write, since libyaml's composer recurses without end.
_UNUSUAL = re.compile(
    r"[*&!%?|>\\\t\r\x0b\x0c\x1c-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[^\u0000-\uffff]"
    r"|^(?:---|\.\.\.)|(?:- *){4}|^ {24}",
    re.M,
)
_BRACKETS_MAX = 200


def _compose_fast(text: str) -> yaml.Node | None:
    """The node tree by libyaml, ten times as fast, where PyYAML was built with it and ``text`` is of the usual sort;
    ``None`` when the other composer is to say what is wrong, or to read what is unusual."""
    composer = getattr(yaml, "CSafeLoader", None)
    if composer is None or _UNUSUAL.search(text):
        return None
    if text.count("[") + text.count("{") > _BRACKETS_MAX:
        return None
    try:
        node: yaml.Node | None = composer(text).get_single_node()
    except (yaml.YAMLError, ValueError):
        return None
    return node


class _Loader(yaml.SafeLoader):
    """SafeLoader without what only an attack needs: aliases, endless numbers, escapes that are no character."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "found undefined alias", mark)
        return super().compose_node(parent, index)

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: yaml.Mark) -> list[str]:
        mark = self.get_mark()
        try:
            chunks: list[str] = super().scan_flow_scalar_non_spaces(double, start_mark)
            "".join(chunks).encode()
        except (ValueError, OverflowError):
            problem = "found unknown escape character"
            raise yaml.scanner.ScannerError(None, None, problem, mark) from None
        return chunks

    def read_int(self, node: yaml.ScalarNode) -> object:
        return node.value if len(node.value) > _DIGITS_MAX else self.construct_yaml_int(node)


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.read_int)


def _mend(
    text: str, start: int, end: int, edits: list[tuple[int, int, str]]
) -> tuple[str, Callable[[int], int]]:
    """``text[start:end]`` with the edits made, and what takes an offset into it back to one into ``text``."""
    pieces: list[str] = []
    starts: list[int] = []  # where each piece begins in the mended text
    spans: list[tuple[int, int]] = []  # and what it stands for in the file
    length = 0
    at = start
    for first, last, new in [*sorted(edits), (end, end, "")]:
        for begin, stop, piece in ((at, first, text[at:first]), (first, last, new)):
            starts.append(length)
            spans.append((begin, stop))
            pieces.append(piece)
            length += len(piece)
        at = last

    def original(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        first, last = spans[index]
        if index % 2 == 0:  # a piece that was not touched
            return min(first + offset - starts[index], last)
        old, new, inner = text[first:last], pieces[index], offset - starts[index]
        shortest = min(len(old), len(new))
        same_start = next((i for i in range(shortest) if old[i] != new[i]), shortest)
        if inner <= same_start:
            return first + inner
        same_end = next(
            (i for i in range(shortest - same_start) if old[-1 - i] != new[-1 - i]),
            shortest - same_start,
        )
        if len(new) - inner <= same_end:
            return max(last - (len(new) - inner), first)
        return min(first + inner, last - same_end)

    return "".join(pieces), original


def _textual_faults(text: str, start: int, end: int) -> Iterator[Fault]:
    """What can be seen line by line, before YAML is asked."""
    at = start
    block_indent = -1
    plain_indent = -1
    quote = ""
    while at < end:
        stop = min(_line_end(text, at), end)
        line = text[at:stop]
        line_start, at = at, stop + 1
        indent = len(line) - len(line.lstrip(" \t"))
        content = line[indent:]
        if quote:
            quote = _open_quote(quote + content)
            continue
        inside_block = block_indent >= 0 and (not content or indent > block_indent)
        if not inside_block:
            block_indent = -1
        if content.startswith("#") or inside_block:
            continue
        if "\t" in line[:indent]:
            first = line_start + line.index("\t")
            blanks = line[:indent].replace("\t", "  ") if content else ""
            yield Fault(
                "tab",
                first,
                first + 1,
                "行首用了制表符（Tab），YAML 不认",
                "改用空格缩进",
                blanks + content,
                (line_start, line_start + indent, blanks),
            )
        if not content or 0 <= plain_indent < indent:  # a value may go on
            continue
        item = 0
        column = -1  # of the key or dash whose value this line holds
        value = content
        while value.startswith("- "):
            column = indent + item
            spaces = len(value) - len(value[2:].lstrip(" "))
            item += spaces
            value = value[spaces:]
        found = _KEY.match(value)
        # “- 附件：名单” is a text that YAML reads as written, “- role：保密审查” a mistake.
        if found and item and not (found["gap"] or _LATIN_KEY.fullmatch(found["key"])):
            found = None
        if found:
            column = indent + item
            value = found["value"]
            fault = _entry_fault(found, line_start + column, line[:column])
            if fault:
                yield fault
        if _BLOCK_SCALAR.match(value):
            block_indent = column
        plain_indent = column if value and value[0] not in _NOT_PLAIN else -1
        quote = _open_quote(value)


def _open_quote(value: str) -> str:
    """The quotation mark that begins ``value`` and is not closed in it."""
    if value.startswith('"'):
        return "" if re.match(r'"(?:[^"\\]|\\.)*"', value) else '"'
    if value.startswith("'"):
        return "" if re.match(r"'(?:[^']|'')*'", value) else "'"
    return ""


def _entry_fault(found: re.Match[str], at: int, prefix: str) -> Fault | None:
    key, value = found["key"], found["value"]
    colon_at = at + found.start("colon")
    value_at = at + found.start("value")
    clean = (value if value[:1] in ("'", '"') else value.replace("\t", " ")).rstrip()
    needs_quotes = _needs_quotes(clean)
    corrected = f"{key}: {_quote(clean) if needs_quotes else clean}"
    if found["colon"] == "：":
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
        return Fault(
            "no-blank",
            colon_at,
            colon_at + 1,
            f"“{key}:”后面缺少空格，整行会失效",
            "冒号后加一个空格",
            prefix + corrected,
            (at, at + len(found[0]), corrected),
        )
    if needs_quotes:
        inner = re.search(r":\s|:$| #", clean)
        assert inner
        first = value_at + inner.start()
        what = "又有冒号" if clean[inner.start()] == ":" else "有“ #”，其后的文字会丢失"
        return Fault(
            "unquoted",
            first,
            first + 1,
            f"“{key}”的内容里{what}",
            "把内容放进双引号",
            prefix + corrected,
            (at, at + len(found[0]), corrected),
        )
    tab = _stray_tab(found["gap"], value)
    if tab >= 0:
        first = at + found.start("gap") + tab
        return Fault(
            "tab",
            first,
            first + 1,
            f"“{key}”这一行有制表符（Tab），YAML 不认",
            "改用空格",
            prefix + corrected,
            (at, at + len(found[0]), corrected),
        )
    return None


def _stray_tab(gap: str, value: str) -> int:
    """Where in ``gap + value`` a tab stands outside quotation marks; -1 if nowhere."""
    if "\t" in gap or value[:1] not in ("'", '"'):
        return (gap + value).find("\t")
    return -1 if _open_quote(value) else (gap + value).find("\t", len(gap + value.rstrip()))


def _needs_quotes(value: str) -> bool:
    stripped = value.strip()
    if not stripped or stripped[0] in _NOT_PLAIN:
        return False
    return re.search(r":\s|:$| #", stripped) is not None


def _quote(value: str) -> str:
    quoted = json.dumps(value, ensure_ascii=False)
    # What YAML takes for a line end or does not take at all, JSON leaves as it is.
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", quoted
    )


#: Problems that YAML notices only after the place of the mistake, which is where it began to read.
_SEEN_LATE = (
    "while scanning a simple key", "while scanning an a", "while parsing a flow", "unexpected end of stream",
)  # fmt: skip


def _yaml_fault(error: yaml.MarkedYAMLError, original: Callable[[int], int], end: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    if error.context_mark and any(words in said for words in _SEEN_LATE):
        mark = error.context_mark
    at = original(mark.index) if mark else end
    what = yaml_problem(error)
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
    except Exception:  # as where fields are read: of many sorts
        plain = False
    return text if plain and not _needs_quotes(text) else _quote(text)
