"""Who may import what: the rooms of ``hooks/baogao`` and everything around them.

Every import counts, also one inside a function or for type checking only.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Room:
    """What a room may import besides the standard library and itself."""

    rooms: frozenset[str]
    packages: frozenset[str] = frozenset()


#: A new room is entered here, with as little as it can do with.
ROOMS = {
    "corpus": Room(frozenset(), frozenset({"yaml"})),
    "rules": Room(frozenset({"corpus"}), frozenset({"yaml"})),
    "insight": Room(frozenset({"corpus"}), frozenset({"jieba", "numpy", "xlsxwriter"})),
    "fulltext": Room(
        frozenset({"corpus"}), frozenset({"jieba", "rjieba", "numpy", "opencc", "pypinyin"})
    ),
    "export": Room(frozenset({"corpus"})),
    "pages": Room(frozenset({"corpus", "rules", "insight"})),
    "selfcheck": Room(frozenset({"corpus", "rules", "insight", "pages"}), frozenset({"yaml"})),
}
#: Modules directly in ``hooks/baogao`` put the rooms together.
TOP = Room(frozenset(ROOMS), frozenset({"watchdog"}))
#: Where only the hooks themselves may reach; ProperDocs is what MkDocs is called elsewhere.
BUILDERS = frozenset({"mkdocs", "material", "properdocs"})
COMMAND = "baogao_cli"


def imports(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module in ``package`` imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".") if package else []
            base = parts[: len(parts) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{name}.{alias.name}"
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func).split(".")[-1]
            first = node.args[0]
            if (
                called in ("import_module", "__import__")
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                yield node.lineno, first.value


def wrong_imports(source: str, path: str) -> list[str]:
    """What the file at ``path`` (below the project, with ``/``) imports and may not, as ``path:line: name``."""
    folder = path.split("/")[:-1]
    package = ".".join(folder[1:]) if folder[:1] in (["hooks"], ["scripts"]) else ""
    in_package = folder[:2] == ["hooks", "baogao"]
    room_name = folder[2] if in_package and len(folder) > 2 else ""
    if room_name and room_name not in ROOMS:
        return [f"{path}: the room “{room_name}” is not in ROOMS"]
    wrong = []
    for line, name in imports(source, package):
        top, *rest = name.split(".")
        allowed = True
        if top in BUILDERS:
            allowed = folder == ["hooks"]
        elif top == COMMAND:
            allowed = folder[:1] == ["scripts"]
        elif in_package:
            room = ROOMS[room_name] if room_name else TOP
            if top == "baogao":
                inner = rest[0] if rest else ""
                if inner in ROOMS:
                    allowed = inner == room_name or inner in room.rooms
                else:  # a module directly in hooks/baogao, or __version__
                    allowed = not room_name or inner.startswith("__")
            else:
                allowed = top in sys.stdlib_module_names or top in room.packages
        elif path == "scripts/run.py":  # runs before anything is installed
            allowed = top in sys.stdlib_module_names
        if not allowed:
            wrong.append(f"{path}:{line}: {name}")
    return wrong


def wrong_imports_below(root: Path) -> list[str]:
    wrong: list[str] = []
    for folder in ("hooks", "scripts"):
        for file in sorted((root / folder).rglob("*.py")):
            path = file.relative_to(root).as_posix()
            if "node_modules" not in path:
                wrong += wrong_imports(file.read_text(encoding="utf-8"), path)
    return wrong


def test_the_project_keeps_to_its_rooms(root: Path) -> None:
    assert wrong_imports_below(root) == []


def test_there_is_something_to_look_at(root: Path) -> None:
    found = {room for room in ROOMS if list((root / "hooks/baogao" / room).glob("*.py"))}
    assert {"corpus", "rules"} <= found
    assert list((root / "hooks").glob("*.py"))
    assert list((root / "scripts").rglob("*.py"))


PLANTED = [
    ("hooks/baogao/corpus/a.py", "import mkdocs"),
    ("hooks/baogao/corpus/a.py", "import mkdocs.plugins as p"),
    ("hooks/baogao/corpus/a.py", "from mkdocs.plugins import BasePlugin"),
    ("hooks/baogao/corpus/a.py", "from ..rules import RULES"),
    ("hooks/baogao/corpus/a.py", "from .. import rules"),
    ("hooks/baogao/corpus/a.py", "from baogao import rules"),
    ("hooks/baogao/corpus/a.py", "from baogao.rules.engine import check_corpus"),
    ("hooks/baogao/corpus/a.py", "import baogao.pages"),
    ("hooks/baogao/corpus/a.py", "import jieba"),
    ("hooks/baogao/corpus/a.py", "import click"),
    ("hooks/baogao/corpus/a.py", "from .. import build"),
    ("hooks/baogao/corpus/a.py", "from ..build import current"),
    ("hooks/baogao/corpus/a.py", "def f():\n    import jieba\n"),
    ("hooks/baogao/corpus/a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import mkdocs\n"),
    ("hooks/baogao/corpus/a.py", "try:\n    import yaml\nexcept ImportError:\n    import ruamel.yaml\n"),
    ("hooks/baogao/corpus/a.py", "import importlib\nimportlib.import_module('jieba')\n"),
    ("hooks/baogao/corpus/a.py", "__import__('baogao.rules')\n"),
    ("hooks/baogao/corpus/intake/a.py", "from ...rules import RULES"),
    ("hooks/baogao/corpus/__init__.py", "from ..fulltext import fold"),
    ("hooks/baogao/rules/text/a.py", "from ...pages import report_page"),
    ("hooks/baogao/rules/a.py", "from ..fulltext import fold"),
    ("hooks/baogao/rules/a.py", "from ..insight import ledger"),
    ("hooks/baogao/rules/a.py", "import material"),
    ("hooks/baogao/pages/a.py", "import yaml"),
    ("hooks/baogao/pages/a.py", "import markdown"),
    ("hooks/baogao/pages/a.py", "from ..fulltext import fold"),
    ("hooks/baogao/insight/a.py", "from ..rules import RULES"),
    ("hooks/baogao/insight/a.py", "import opencc"),
    ("hooks/baogao/fulltext/a.py", "from ..insight import ledger"),
    ("hooks/baogao/export/a.py", "from ..pages import report_page"),
    ("hooks/baogao/export/a.py", "import docx"),
    ("hooks/baogao/fulltext/a.py", "from ..pages import report_page"),
    ("hooks/baogao/fulltext/a.py", "import mkdocs"),
    ("hooks/baogao/build.py", "import mkdocs"),
    ("hooks/baogao/build.py", "import yaml"),
    ("hooks/baogao/build.py", "import baogao_cli"),
    ("hooks/baogao/rules/a.py", "from baogao_cli.ui import show"),
    ("hooks/search.py", "import baogao_cli"),
    ("hooks/theme/a.py", "import mkdocs"),
    ("scripts/baogao_cli/a.py", "import mkdocs.commands.build"),
    ("scripts/baogao_cli/a.py", "from properdocs import main"),
    ("scripts/run.py", "import click"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "source"), PLANTED)
def test_a_planted_import_is_found(path: str, source: str) -> None:
    (wrong,) = wrong_imports(source, path)
    assert wrong.startswith(f"{path}:{source.rstrip().count(chr(10)) + 1}: ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("hooks/baogao/corpus/a.py", "import re, os.path\nimport yaml\nfrom . import blocks\nfrom .kinds import Kind\n"),
        ("hooks/baogao/corpus/intake/a.py", "from ..kinds import Kind\nfrom .decode import Decoded\n"),
        ("hooks/baogao/corpus/a.py", "from .. import __version__\nfrom baogao.corpus import load\n"),
        ("hooks/baogao/corpus/a.py", "text = 'import mkdocs'  # import mkdocs\n"),
        ("hooks/baogao/rules/text/a.py", "from ...corpus import Report\nfrom ..rule import Rule\nimport yaml\n"),
        ("hooks/baogao/pages/a.py", "from ..corpus import Report\nfrom ..rules import RULES\nfrom ..insight import a\n"),
        ("hooks/baogao/fulltext/a.py", "import jieba\nfrom ..corpus import Corpus\n"),
        ("hooks/baogao/build.py", "from .corpus import load\nfrom .rules import check_corpus\nfrom . import __version__\n"),
        ("hooks/search.py", "import mkdocs\nfrom material.plugins import search\nfrom baogao import build\nimport jieba\n"),
        ("scripts/baogao_cli/a.py", "import click\nfrom baogao.corpus import load\nfrom .ui import show\nimport baogao_cli.ui\n"),
        ("scripts/run.py", "import subprocess\n"),
    ],
)  # fmt: skip
def test_what_is_allowed(path: str, source: str) -> None:
    assert wrong_imports(source, path) == []


def test_a_room_nobody_has_entered_is_refused() -> None:
    assert wrong_imports("import re", "hooks/baogao/utils/a.py") == [
        "hooks/baogao/utils/a.py: the room “utils” is not in ROOMS"
    ]


def test_a_wrong_import_anywhere_below_the_project_is_found(tmp_path: Path) -> None:
    for path, source in {
        "hooks/check.py": "import mkdocs\n",
        "hooks/baogao/__init__.py": "",
        "hooks/baogao/corpus/intake/deep.py": "import re\n\nfrom mkdocs import config\n",
        "scripts/baogao_cli/main.py": "import click\nimport mkdocs\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source, encoding="utf-8")
    assert wrong_imports_below(tmp_path) == [
        "hooks/baogao/corpus/intake/deep.py:3: mkdocs.config",
        "scripts/baogao_cli/main.py:2: mkdocs",
    ]
