"""A library as a plain tree: every page a Markdown file, everything else a file, and a configuration without ``hooks:``.

Zensical, ProperDocs and MkDocs build the same site from it, and none of them runs a line of ours.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from baogao import build as builds
from baogao import parts
from baogao.build import Build
from baogao.corpus import replace_file
from baogao.corpus.load import DATA, REPORTS
from baogao.export import WordMemory
from baogao.output import Made
from baogao.pages import LatePage, Page
from baogao.plain import plain_page, source_uri

from .mkdocs_process import read_config

#: What this project lays over the theme for such a tree.
OVERLAY = Path(__file__).resolve().parent.parent / "plain"
CONFIG, DOCS, THEME, README = "mkdocs.yml", "docs", "theme", "说明.txt"
#: Of the overlay, what pages load beside the style sheets of ``mkdocs.yml``.
STYLE = "assets/plain.css"
_TEXT = "tag:yaml.org,2002:str"
#: Of the theme's overrides, what only the hooks use.
_HOOKS_ONLY = ("framed.html", "framed.js.html")

_README = """这是 baogao prepare 写成的，不要在这里改：下次会整个换掉。要改的去报告库里改，再写一遍。

在这个文件夹里运行下面任何一条，网站就在 site 里：

    zensical build
    properdocs build
    mkdocs build

生成以后，在报告库里核对：baogao verify 这个文件夹/site。做法和不同之处见报告库“指南 → 离开 Material 以后”。
"""


def write_tree(build: Build, project: Path, tree: Path, tell: Callable[[str], None]) -> int:
    """Write the tree of ``build``, which has been checked, into the empty folder ``tree``; how many pages were made.

    ``tell`` is given a sentence for each tool that is not there. Raises OSError, :class:`~baogao.corpus.DataError`, ValueError (in Chinese) for what ``mkdocs.yml`` says of a search server.
    """
    config = read_config(project)
    docs = project / config.get("docs_dir", "docs")
    theme = project / config["theme"]["custom_dir"]
    replace_file(tree / CONFIG, plain_config((project / CONFIG).read_text(encoding="utf-8")))
    replace_file(tree / README, _README)
    shutil.copytree(theme, tree / THEME, ignore=shutil.ignore_patterns(*_HOOKS_ONLY))
    shutil.copytree(OVERLAY, tree / THEME, dirs_exist_ok=True)
    target = tree / DOCS
    _copy_docs(docs, target)
    home = target / "index.md"
    replace_file(home, parts.with_home(home.read_text(encoding="utf-8"), build.corpus))
    # Nothing is remembered of a tree: it is always written as a whole.
    build = replace(build, cache=None)
    output = build.output(target)
    pages = list(parts.generated_pages(build))
    output.put([Made(source_uri(page.uri), "", partial(_file, page)) for page in pages])
    output.put([*parts.tables(build), *parts.redirections(build)])
    build.ran.append("browse")
    extra, repository = config.get("extra") or {}, str(config.get("repo_url") or "")
    server = parts.search_server(extra)
    replace_file(target / parts.SCRIPT, parts.client_script(docs, server))
    if not parts.SEARCHES:
        tell(parts.NO_SEARCH)
    elif parts.wants_index(build, server):
        parts.make_index(build, docs, project / ".cache", target, tell)
    build.ran.append("search")
    parts.put_word_files(build, output, WordMemory(parts.word_folder(project)))
    build.ran.append("word")
    for file in parts.self_check_files(build, project, docs, extra, repository, tell):
        content = file.content
        replace_file(
            target / file.uri, content if isinstance(content, bytes) else content.read_bytes()
        )
    build.ran += ["selfcheck", "mark"]
    builds.write_mark(target, build, prepared=True)
    return len(pages)


def is_tree(folder: Path) -> bool:
    """Whether ``folder`` was written by :func:`write_tree`."""
    return builds.is_prepared(folder / DOCS) and (folder / CONFIG).is_file()


def _file(page: Page | LatePage) -> str:
    return plain_page(page.make() if isinstance(page, LatePage) else page)


def _copy_docs(docs: Path, target: Path) -> None:
    """What people wrote and the assets; neither reports, data nor the scripts that travel in other files."""
    left_out = {docs / REPORTS, docs / DATA, docs / parts.SCRIPTS}

    def ignore(folder: str, names: list[str]) -> set[str]:
        here = Path(folder)
        return {name for name in names if here / name in left_out or name.startswith(".")}

    shutil.copytree(docs, target, ignore=ignore)


def plain_config(text: str) -> str:
    """``mkdocs.yml`` for the tree; what is in ``text`` stays, tags of MkDocs' own as well, but for hooks, places and the theme's search."""
    root: Any = yaml.compose(text, yaml.SafeLoader)
    _drop(root, "hooks")
    _put(root, "docs_dir", DOCS)
    _put(root, "site_dir", "site")
    theme = _value(root, "theme")
    _put(theme, "custom_dir", THEME)
    # Zensical's looks as Material does, and whose colours our style sheets use. MkDocs takes no notice.
    _put(theme, "variant", "classic")
    _switch_search_off(root)
    sheets = _value(root, "extra_css")
    own = [] if sheets is None else sheets.value
    _put(root, "extra_css", _list([*own, yaml.ScalarNode(_TEXT, STYLE)]))
    return "# baogao prepare 写成的，不要在这里改。\n" + yaml.serialize(root, allow_unicode=True)


def _switch_search_off(root: Any) -> None:
    """Zensical has a search of its own unless it is told otherwise; under MkDocs the same words are for Material's."""
    search = yaml.compose("{enabled: false}", yaml.SafeLoader)
    plugins = _value(root, "plugins")
    if isinstance(plugins, yaml.MappingNode):
        _put(plugins, "search", search)
        return
    pair = (yaml.ScalarNode(_TEXT, "search"), search)
    own = [node for node in getattr(plugins, "value", None) or [] if _name(node) != "search"]
    items = [*own, yaml.MappingNode("tag:yaml.org,2002:map", [pair])]
    _put(root, "plugins", _list(items))


def _name(plugin: Any) -> str:
    """What a plugin is called, alone or with its options below it."""
    if isinstance(plugin, yaml.MappingNode):
        plugin = plugin.value[0][0]
    return str(plugin.value).removeprefix("material/")


def _list(items: list[Any]) -> Any:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items)


def _value(mapping: Any, name: str) -> Any:
    return next((value for key, value in mapping.value if key.value == name), None)


def _drop(mapping: Any, name: str) -> None:
    mapping.value = [(key, value) for key, value in mapping.value if key.value != name]


def _put(mapping: Any, name: str, value: Any) -> None:
    """``value`` is text or a node."""
    _drop(mapping, name)
    node = yaml.ScalarNode(_TEXT, value) if isinstance(value, str) else value
    mapping.value.append((yaml.ScalarNode(_TEXT, name), node))
