"""What all tests share: the project's data files with units of the tests' own, and small corpora."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus, Data, Source, load, load_data, parse_report
from tests.builder import Built, build, copy_project, equip
from tests.rehearsed import Rehearsed, rehearse

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also the tests marked long")


#: Where single tests take long: they come first, so that no worker begins one when the others have nothing left to do.
LONG_WAYS = ("tests/site/", "tests/setup/", "tests/cli/")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that take long are left out, not skipped: they belong to ``run.py test --all``. One that is named runs."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG_WAYS))
    if config.getoption("--all") or any("::" in argument for argument in config.args):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "_data"
    shutil.copytree(ROOT / "docs/_data", folder)
    shutil.copy(ROOT / "tests/data/units.yml", folder / "units.yml")
    return folder


@pytest.fixture(scope="session")
def data(data_folder: Path) -> Data:
    return load_data(data_folder, "docs/_data")


@pytest.fixture
def make_corpus(tmp_path: Path, data_folder: Path) -> Callable[[dict[str, str]], Corpus]:
    """A corpus from ``{path below docs/reports: text}``, with its folder left at ``tmp_path/docs``."""

    def make(files: dict[str, str]) -> Corpus:
        docs = tmp_path / "docs"
        if docs.exists():
            shutil.rmtree(docs)
        shutil.copytree(data_folder, docs / "_data")
        for name, text in files.items():
            file = docs / "reports" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        return load(docs)

    return make


@pytest.fixture(scope="session")
def memory_corpus(data: Data) -> Callable[[dict[str, str]], Corpus]:
    """As ``make_corpus``, without touching the disk: for the many small corpora of the rules' examples."""

    def make(files: dict[str, str]) -> Corpus:
        reports = []
        for name in sorted(files):
            if name.endswith(".md"):
                source = Source(f"docs/reports/{name}", files[name])
                reports.append(parse_report(name.removesuffix(".md"), source, data))
        strays = tuple(f"docs/reports/{name}" for name in sorted(files) if not name.endswith(".md"))
        return Corpus(data, tuple(reports), strays, "docs")

    return make


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Real text to measure against; never part of the project."""
    folder = os.environ.get("BAOGAO_CORPORA")
    if not folder:
        pytest.skip("未设置 BAOGAO_CORPORA，没有真实语料可比对")
    return Path(folder)


@pytest.fixture(scope="session")
def vendored() -> Path:
    """What ``scripts/vendor`` fetched from npm."""
    folder = ROOT / "scripts/vendor/node_modules"
    if not (folder / ".baogao-installed").is_file():
        pytest.skip("没有从 npm 取来的文件：运行 python scripts/vendor/install.py")
    return folder


@pytest.fixture(scope="session")
def equipped(vendored: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project with everything, built. Tests that take it are of the group ``equipped``, so that it is built once."""
    project = copy_project(tmp_path_factory.mktemp("equipped") / "library")
    built = build(equip(project, vendored))
    assert built.code == 0, built.output
    return built


@pytest.fixture(scope="session")
def rehearsed(equipped: Built) -> Rehearsed:
    """The same project from a plain tree built by Zensical."""
    return rehearse(equipped)


@pytest.hookimpl(hookwrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> object:
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("BAOGAO_NO_SKIP"):
        terminalreporter.write_line(f"BAOGAO_NO_SKIP: {len(skipped)} skipped", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: everything it needs has been installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("BAOGAO_NO_SKIP") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
