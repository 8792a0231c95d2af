"""Reading the office's data files, so that a mistake is reported with its file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .os_errors import reason_of
from .source import UndecodableError, decode


class DataError(Exception):
    """A data file is wrong; ``str()`` is a Chinese message that begins with path:line:column."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(f"{path}:{line}:{column}: {message}")
        self.path = path
        self.line = line
        self.column = column
        self.message = message


_PROBLEMS = {
    "mapping values are not allowed here": "这一行的写法 YAML 读不懂（多半是内容里有冒号）",
    "could not find expected ':'": "这一行没有冒号，不是“项目: 内容”",
    "found unexpected end of stream": "引号或括号没有配对",
    "found character '\\t' that cannot start any token": "用了制表符（Tab）",
    "expected <block end>, but found": "缩进或引号不对",
    "found undefined alias": "以 * 开头的内容要放进引号",
    "while scanning an alias": "以 * 开头的内容要放进引号",
    "while scanning an anchor": "以 & 开头的内容要放进引号",
    "found character '@'": "以 @ 开头的内容要放进引号",
    "found character '`'": "以 ` 开头的内容要放进引号",
    "found character '%'": "以 % 开头的内容要放进引号",
    "found unknown escape character": "双引号里的反斜杠用得不对，改用单引号",
    "while parsing a flow": "方括号或花括号没有配对",
}


def yaml_problem(error: yaml.MarkedYAMLError) -> str:
    """What is wrong, in Chinese."""
    said = f"{error.context or ''} {error.problem or ''}"
    return next(
        (words for key, words in _PROBLEMS.items() if key in said), "这里的写法 YAML 读不懂"
    )


class Node:
    """A YAML node with typed access; every complaint names its place."""

    def __init__(self, path: str, node: yaml.Node) -> None:
        self._path = path
        self._node = node

    def fail(self, message: str) -> DataError:
        mark = self._node.start_mark
        return DataError(self._path, mark.line + 1, mark.column + 1, message)

    @property
    def line(self) -> int:
        return int(self._node.start_mark.line) + 1

    @property
    def empty(self) -> bool:
        """Whether nothing is written here (all entries commented out)."""
        return isinstance(self._node, yaml.ScalarNode) and not self._node.value

    @property
    def is_text(self) -> bool:
        """Whether a plain value is written here, neither a mapping nor a list."""
        return isinstance(self._node, yaml.ScalarNode)

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping, in order."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fail("这里应是“项目: 内容”的形式")
        seen: set[str] = set()
        for key, value in self._node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Node(self._path, key).fail("项目名应是文字")
            if key.value in seen:
                raise Node(self._path, key).fail(f"“{key.value}”写了两次")
            seen.add(key.value)
            yield key.value, Node(self._path, value)

    def mapping(self, *known: str) -> dict[str, Node]:
        """The mapping as a dict; with ``known``, any other key is refused."""
        entries = dict(self.items())
        for key, _ in self._node.value:
            if known and key.value not in known:
                place = Node(self._path, key)
                raise place.fail(f"不认识的项目“{key.value}”，可用：{'、'.join(known)}")
        return entries

    def sequence(self) -> list[Node]:
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.fail("这里应是清单（- 开头，或写在方括号里）")
        return [Node(self._path, child) for child in self._node.value]

    def text(self) -> str:
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.fail("这里应是文字")
        return str(self._node.value)

    def texts(self) -> tuple[str, ...]:
        return tuple(node.text() for node in self.sequence())

    def integer(self) -> int:
        try:
            return int(self.text())
        except ValueError:
            raise self.fail(f"“{self.text()}”不是整数") from None

    def boolean(self) -> bool:
        value = self.text()
        if value not in ("true", "false"):
            raise self.fail(f"“{value}”应为 true 或 false")
        return value == "true"

    def choice(self, *allowed: str) -> str:
        value = self.text()
        if value not in allowed:
            raise self.fail(f"“{value}”不在允许的写法里：{'、'.join(allowed)}")
        return value


def read_text_file(file: Path, path: str) -> str:
    """The text of a data file; raises :class:`DataError` when it cannot be read."""
    try:
        return decode(file.read_bytes()).removeprefix("\ufeff")
    except OSError as error:
        raise DataError(path, 1, 1, f"读不到数据文件（{reason_of(error)}）") from None
    except UndecodableError as error:
        raise DataError(path, 1, 1, f"不是 UTF-8 编码（第 {error.offset} 字节起）") from None


def _root(text: str) -> yaml.Node | None:
    """The root of a document, read by libyaml where PyYAML has it: several times as fast. Where that finds fault, the other parser
    says what."""
    fast = _fast_loader()
    if fast is not None:
        try:
            return fast(text).get_single_node()  # type: ignore[no-any-return]
        except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
            pass
    return yaml.SafeLoader(text).get_single_node()


@cache
def _fast_loader() -> Any:
    """libyaml's parser under PyYAML's own composer: the one that comes with the parser goes down with the process where brackets are
    nested deeply. ``None`` without libyaml."""
    try:
        from yaml.composer import Composer
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
        from yaml.resolver import Resolver
    except ImportError:
        return None

    class Fast(Composer, Resolver, CParser):
        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            Composer.__init__(self)
            Resolver.__init__(self)

    return Fast


def read_yaml(file: Path, path: str) -> Node:
    """The root node of a YAML data file. Raises :class:`DataError`."""
    text = read_text_file(file, path)
    try:
        node = _root(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise DataError(path, line, column, f"YAML 写法有误：{yaml_problem(error)}") from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        raise DataError(path, 1, 1, "YAML 无法读取：有不允许的字符，或嵌套太深") from None
    if node is None:
        raise DataError(path, 1, 1, "文件是空的")
    return Node(path, node)
