"""The guide says what is so: commands, options, fields, data files and their messages."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from baogao.corpus import Corpus, Data, DataError, load_data
from baogao.rules import Severity, check_corpus
from baogao.rules.baseline import FILE as BASELINE
from baogao.rules.baseline import load_baseline, read_baseline
from baogao_cli.main import cli

from .pages import GUIDE, ROOT, Block, blocks, page, snippets, without_blocks

PAGES = sorted(file.stem for file in GUIDE.glob("*.md"))
FOR_CLERKS = ("index", "submit", "words")
DATA_FILES = sorted(file.name for file in (ROOT / "docs/_data").iterdir())
#: Files that come and go: the list of 存量问题 is there only while there are any.
OPTIONAL = {BASELINE}
_STARTS = ("baogao ", "python3 scripts/run.py ", "py scripts\\run.py ")


@pytest.mark.parametrize("name", PAGES)
def test_pages_stay_out_of_search_and_are_in_the_navigation(name: str) -> None:
    front = yaml.safe_load(page(name).split("---\n")[1])
    assert front["search"] == {"exclude": True} and front["title"]
    assert f"- {front['title']}: guide/{name}.md" in (ROOT / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize("name", FOR_CLERKS)
def test_words_of_the_office(name: str) -> None:
    text = page(name).split("---\n", 2)[2]
    found = re.findall(r"(?i)\b(?:commit|markdown|json|schema|pull request|merge|push)\b", text)
    assert not found


def test_pictures_are_there_and_light() -> None:
    """Made by scripts/guide/screenshots.py; the site is opened from shared folders too."""
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", page("submit"))
    assert len(shown) == 3
    for told, name in shown:
        file = (GUIDE / name).resolve()
        assert told and 5_000 < file.stat().st_size < 60_000, name
    assert {file.name for file in (ROOT / "docs/assets/guide").iterdir()} == {Path(name).name for _, name in shown}  # fmt: skip


# Commands


def _command(line: str) -> list[str] | None:
    start = next((start for start in _STARTS if line.startswith(start)), None)
    if start is None:
        return None
    return shlex.split(line.removeprefix(start).partition(" #")[0])


def _commands() -> list[tuple[str, str]]:
    lines = ((name, line.strip()) for name in PAGES for line in snippets(page(name)))
    return [(name, line) for name, line in lines if _command(line)]


@pytest.mark.parametrize(("name", "line"), _commands())
def test_commands_of_the_guide_exist(name: str, line: str) -> None:
    words = _command(line)
    assert words
    if words[0] in ("test", "rehearse"):
        assert line.startswith("python3")  # the bootstrap's own verbs
        assert all((ROOT / word).exists() for word in words if word.startswith("tests/"))
        return
    command: click.Command = cli
    while isinstance(command, click.Group):
        assert words and words[0] in command.commands, line
        command = command.commands[words.pop(0)]
    options = {
        option: param
        for param in command.params
        if isinstance(param, click.Option)
        for option in param.opts
    }
    for index, word in enumerate(words):
        if not word.startswith("-"):
            continue
        assert word in options, line
        kind = options[word].type
        if isinstance(kind, click.Choice) and not options[word].is_flag:
            assert words[index + 1] in kind.choices, line


@pytest.mark.parametrize("name", PAGES)
def test_options_named_by_themselves_exist(name: str) -> None:
    def options(command: click.Command) -> set[str]:
        own = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
        inner = command.commands.values() if isinstance(command, click.Group) else ()
        return own.union(*(options(child) for child in inner))

    known = options(cli)
    named = re.findall(r"`(--[a-z][a-z-]*)(?: [^`\n]*)?`", without_blocks(page(name)))
    foreign = {
        "--md-",
        "--upgrade",
        "--upgrade-package",
        "--invert-paths",
        "--path",
        "--ignore-vuln",
    }  # CSS, uv, git filter-repo, pip-audit
    assert not set(named) - known - foreign


def test_formats_are_all_named() -> None:
    check = cli.commands["check"]
    form = next(p for p in check.params if p.name in ("form", "format"))
    assert isinstance(form.type, click.Choice)
    assert all(f"`{name}`" in page("develop") or f" {name}`" in page("develop") for name in form.type.choices)  # fmt: skip


# Fields and the skeleton


def test_every_field_is_described() -> None:
    specs = load_data(ROOT / "docs/_data", "docs/_data").fields.specs
    for spec in specs.values():
        row = re.search(
            rf"^\| `{spec.name}` \| {spec.label} \| (.+?) \| .+ \|$", page("submit"), re.M
        )
        assert row, spec.name
        assert (row[1] == "必填") == spec.required, spec.name
    written = re.findall(r"^\| `(\w+)` \| \S+ \| \S+ \| .+ \|$", _part("submit", "front"), re.M)
    assert set(written) == set(specs)


def test_every_status_and_every_rectify_status_is_described(data: Data) -> None:
    for name in ("status", "visibility"):
        for key, label in data.fields.specs[name].choices.items():
            assert re.search(rf"`{key}`(?: \| | ){label}", _part("submit", name)), key
    assert "、".join(data.fields.rectify_status) in page("submit")


def _part(name: str, anchor: str) -> str:
    """A page from the heading with this anchor to the next one."""
    found = re.search(rf"^#+ [^\n]*\{{ #{anchor} \}}\n(.*?)(?=^#|\Z)", page(name), re.M | re.DOTALL)
    assert found, anchor
    return found[1]


def test_the_skeleton_is_a_draft_nothing_must_be_changed_in(
    make_corpus: Callable[[dict[str, str]], Corpus],
) -> None:
    (skeleton,) = [b for b in blocks(page("submit")) if b.file.startswith("docs/reports/")]
    corpus = make_corpus({skeleton.file.removeprefix("docs/reports/"): skeleton.code})
    findings = check_corpus(corpus)
    assert [f.message for f in findings if f.severity is not Severity.INFO] == []


# Data files


def test_words_names_every_data_file_and_no_other() -> None:
    listed = re.findall(r"^\| \[(\S+?)\]\(#", _part("words", "files"), re.M)
    headed = re.findall(r"^## (\S+\.(?:yml|txt|tsv))：", page("words"), re.M)
    assert sorted(listed) == sorted(headed)
    assert set(listed) - OPTIONAL == set(DATA_FILES) - OPTIONAL
    said = re.findall(r"`docs/_data/(\S+?)`", page("words") + page("submit") + page("index"))
    assert set(said) <= set(listed)


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merge(old.get(key), value) for key, value in new.items()}}
    return [*old, *new] if isinstance(old, list) and isinstance(new, list) else new


EXAMPLES = [b for b in blocks(page("words")) if b.title]


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: block.file)
def test_examples_can_be_added_to_the_data(block: Block, tmp_path: Path) -> None:
    folder = tmp_path / "_data"
    shutil.copytree(ROOT / "docs/_data", folder)
    file = ROOT.joinpath(block.file).name
    if file == BASELINE:
        assert len(read_baseline(f"file\trule\tkey\tcount\tmessage\n{block.code}", file)) == 1
        return
    target = folder / file
    old = target.read_text(encoding="utf-8")
    if target.suffix == ".yml":
        added = _merge(yaml.safe_load(old), yaml.safe_load(block.code))
        target.write_text(yaml.safe_dump(added, allow_unicode=True), encoding="utf-8")
    else:
        target.write_text(old.rstrip("\n") + "\n" + block.code, encoding="utf-8")
    assert load_data(folder, "docs/_data") != load_data(ROOT / "docs/_data", "docs/_data")


def test_every_data_file_has_an_example() -> None:
    assert sorted(Path(b.file).name for b in EXAMPLES) == sorted({*DATA_FILES, BASELINE})


def _put(pattern: str, new: str) -> Callable[[str], str]:
    def put(text: str) -> str:
        changed, count = re.subn(pattern, new, text, count=1, flags=re.M)
        assert count == 1, pattern
        return changed

    return put


def _add(line: str) -> Callable[[str], str]:
    return lambda text: text.rstrip("\n") + f"\n{line}\n"


#: How to spoil each file so that it gives the message the page shows.
SPOILT: dict[str, Callable[[str], str]] = {
    "kinds.yml": _put(r"role: \w+", "role: practise"),
    "units.yml": _put(r"names:", "name:"),
    "fields.yml": _put(r"type: text", "type: txt"),
    "limits.yml": _put(r"warn_at: \S+", "warn_at: 0.3"),
    "severity.yml": _put(r"^rules:.*$", "rules: {C003: info}"),
    "events.yml": _put(r"date: [\d-]+", "date: 2022年10月16日"),
    "phrases.txt": _add("四个意识"),
    "wrong_words.tsv": _add("台帐册\t台账册\t必改"),
    "sequence_verbs.txt": _add("落实好"),
    "confidential.yml": _put(r"hotlines: \[", "hotlines: [八八八, "),
    "initiatives.yml": _put(r"theme: 政治", "theme: 政冶"),
    "results.tsv": _add("奖励\t获得奖励"),
    "figures.yml": _put(r"(id: \w+, .*?units: \[)", r"\1回合, "),
    "safety.yml": _put(r"^hosts: \[", 'hosts: ["http://example.gov.cn", '),
    "terms.txt": _add("三会  一课"),
    "synonyms.tsv": _add("双报到工作\t双报到\tvariant"),
    "question_words.txt": _add("请 教"),
    "function_words.txt": _add("兼 及"),
    "pinyin.tsv": _add("长岭县\tchang ling xian"),
    "redirects.tsv": _add("2021-fenguan\t2021/jiguan-shuzhi-fenguan"),
    "withdrawn.tsv": _add("2016/jiguan-zongjie\t2024年3月\t有误"),
    BASELINE: lambda text: "手写的\n",
}


@pytest.mark.parametrize("file", sorted({*DATA_FILES, BASELINE}))
def test_messages_are_what_a_wrong_file_gives(file: str, tmp_path: Path) -> None:
    shown = re.findall(
        rf"^(?:数据文件有误：)?docs/_data/{re.escape(file)}:\d+:\d+: (.+)$", page("words"), re.M
    )
    assert shown, f"words.md 没有写 {file} 写错了会怎样"
    folder = tmp_path / "_data"
    shutil.copytree(ROOT / "docs/_data", folder)
    target = folder / file
    old = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(SPOILT[file](old), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_data(folder, "docs/_data")
        load_baseline(folder, "docs/_data")
    assert re.match(rf"docs/_data/{re.escape(file)}:\d+:\d+: ", str(caught.value))
    for message in shown:
        assert caught.value.message.startswith(message)
