"""What a build publishes for 自查投稿: the checker and last year's reports, and nothing readers may not see."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from baogao.corpus import Corpus
from baogao.rules.rule import standard
from baogao.selfcheck.forge import Forge
from baogao.selfcheck.publish import FOLDER, RUNTIME, Place, archive, files
from tests.builder import ROOT
from tests.samples import PLAIN

SECRET = "鹭栖标记"
MakeCorpus = Callable[[dict[str, str]], Corpus]


def _published(
    corpus: Corpus, docs: Path, vendor: Path, place: Place | None = None
) -> dict[str, bytes]:
    made = {}
    for file in files(corpus, docs, vendor, place or Place()):
        made[file.uri.removeprefix(FOLDER)] = (
            file.content if isinstance(file.content, bytes) else file.content.read_bytes()
        )
    return made


def _facts(made: dict[str, bytes]) -> dict[str, object]:
    script = made["facts.js"].decode()
    facts: dict[str, object] = json.loads(script.partition("selfcheckFacts = ")[2].rstrip(";\n"))
    return facts


def test_only_the_latest_visible_report_of_a_series(
    make_corpus: MakeCorpus, tmp_path: Path
) -> None:
    corpus = make_corpus(
        {
            "2021/jiguan-shuzhi-fenguan.md": standard(year="2021"),
            "2022/jiguan-shuzhi-fenguan.md": standard(),
            "2023/jiguan-shuzhi-fenguan.md": standard(year="2023", status="draft", title=SECRET),
            "2022/jiguan-shuzhi-zhibu.md": standard(role="党支部书记", visibility="restricted", title=SECRET),
        }
    )  # fmt: skip
    made = _published(corpus, tmp_path / "docs", tmp_path / "nothing")
    assert [name for name in made if name.startswith("last/")] == ["last/jiguan-shuzhi-fenguan.txt"]
    facts = _facts(made)
    assert facts["last"] == {"jiguan-shuzhi-fenguan": [2022, "2022/jiguan-shuzhi-fenguan"]}
    assert facts["engine"] is None and set(made) == {"facts.js", "last/jiguan-shuzhi-fenguan.txt"}
    assert not [name for name, content in made.items() if SECRET.encode() in content]


def test_the_facts_are_no_way_in_for_markup(make_corpus: MakeCorpus, tmp_path: Path) -> None:
    corpus = make_corpus({})
    place = Place("</script><img onerror=alert(1)>", Forge("gitea", "https://f/a", "main"))
    made = _published(corpus, tmp_path / "docs", tmp_path / "nothing", place)
    assert b"<" not in made["facts.js"]
    assert _facts(made)["contact"] == "</script><img onerror=alert(1)>"


def test_the_runtime_is_published_byte_for_byte(
    vendored: Path, make_corpus: MakeCorpus, tmp_path: Path
) -> None:
    made = _published(make_corpus({}), tmp_path / "docs", vendored)
    engine = _facts(made)["engine"]
    assert isinstance(engine, dict)
    for source, name in RUNTIME.items():
        assert made[engine["folder"] + name] == (vendored / "pyodide" / source).read_bytes()
    assert engine["sizes"] == {name: len(made[name]) for name in engine["sizes"]}
    # 13.4 MB once, then from the browser's memory; more would be felt in an office.
    assert sum(engine["sizes"].values()) < 14_500_000


def test_the_archive_is_the_same_every_time_and_holds_no_list_of_old_problems() -> None:
    packed = archive(ROOT / "docs")
    assert packed == archive(ROOT / "docs")
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert "_data/kinds.yml" in names and "_data/baseline.tsv" not in names
    assert not [name for name in names if "fulltext" in name or "publish" in name]
    modules = {name for name in names if name.startswith("baogao/rules/")}
    assert {f"baogao/{f.relative_to(ROOT / 'hooks/baogao').as_posix()}" for f in (ROOT / "hooks/baogao/rules").rglob("*.py")} == modules  # fmt: skip


def test_the_archive_runs_by_itself(tmp_path: Path) -> None:
    """With the standard library alone, as in the browser: no site packages, no C parser."""
    zipfile.ZipFile(io.BytesIO(archive(ROOT / "docs"))).extractall(tmp_path)
    (tmp_path / "原稿.txt").write_text(PLAIN, encoding="utf-8")
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from baogao.selfcheck import desk\n"
        "folder = Path(sys.argv[1])\n"
        "desk.open_desk(str(folder / '_data'))\n"
        "desk.call('read', '{\"name\": \"a.txt\"}', (folder / '原稿.txt').read_bytes())\n"
        'print(desk.call(\'make\', \'{"year": "2022", "unit": "jiguan", "kind": "述职报告", "role": "分管领导"}\'))\n'
        "print(desk.call('check', '{}')[:20])\n"
        "print(desk.pack('2025-01-10')[:2])\n"
        "wrong = [m for m in sys.modules if 'site-packages' in str(getattr(sys.modules[m], '__file__', ''))]\n"
        "assert not wrong, wrong\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", script, str(tmp_path)], capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"series": "jiguan-shuzhi-fenguan"' in done.stdout and "b'PK'" in done.stdout
