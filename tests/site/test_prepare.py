"""``baogao prepare``: what Zensical builds of it is the site the hooks build, and nothing is replaced that it did not write."""

from __future__ import annotations

import fnmatch
import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml

from baogao.corpus import DataError, load
from baogao_cli.mkdocs_process import read_config
from baogao_cli.plain_tree import plain_config
from baogao_cli.policy import policy, read_site
from baogao_cli.prepare import prepare_tree
from baogao_cli.ui import Failure
from baogao_cli.verify import verify_site
from tests.builder import MOVED, NOW, ROOT, build, copy_project, report_text
from tests.guide.pages import page as guide
from tests.rehearsed import SITE_URL, Rehearsed, baogao, facts

pytestmark = pytest.mark.xdist_group("equipped")  # where the library with everything is built
REPORT = f"reports/{NOW}.html"


def files(folder: Path) -> dict[str, Path]:
    return {f.relative_to(folder).as_posix(): f for f in folder.rglob("*") if f.is_file()}


# The same site


def test_the_same_pages(rehearsed: Rehearsed) -> None:
    ours, theirs = rehearsed.pages
    assert len(ours) > 200 and {REPORT, f"reports/{MOVED}.html", "404.html"} <= set(ours)
    assert set(ours) == set(theirs)


def test_every_page_has_the_same_content_and_anchors(rehearsed: Rehearsed) -> None:
    """Tags, attributes and texts one after another; the anchors are among them."""
    ours, theirs = rehearsed.pages
    of_site = read_config(rehearsed.hooked.project)["site_description"]
    for name, page in ours.items():
        other = theirs[name]
        assert page.article == other.article, name
        assert (page.title, page.description or of_site, page.language) == (
            other.title, other.description or of_site, other.language,
        ), name  # fmt: skip
        assert page.contents == other.contents, name
    assert "practice-1" in ours[REPORT].ids and ("#practice", "一、主要做法及成效") in ours[REPORT].contents  # fmt: skip


def test_every_report_is_shown_character_for_character(rehearsed: Rehearsed) -> None:
    reports = load(rehearsed.hooked.project / "docs").visible.reports
    assert len(reports) > 30
    for report in reports:
        html = (rehearsed.plain.site / f"reports/{report.name}.html").read_text(encoding="utf-8")
        assert report_text(html)[0] == report.text, report.name


def test_every_link_leads_somewhere(rehearsed: Rehearsed) -> None:
    site = rehearsed.plain.site
    _, pages = rehearsed.pages
    there = set(files(site))
    ids = {name: {*page.ids, ""} for name, page in pages.items()}
    wrong = []
    for name, page in pages.items():
        for address in page.links:
            whole, fragment = urldefrag(urljoin(f"{SITE_URL}{name}", address))
            if not whole.startswith(SITE_URL):
                assert urlsplit(whole).hostname == "github.com", (name, address)
                continue
            path = unquote(urlsplit(whole).path).removeprefix(urlsplit(SITE_URL).path)
            path += "index.html" if path.endswith("/") or not path else ""
            if path not in there or (path in ids and unquote(fragment) not in ids[path]):
                wrong.append((name, address))
    assert wrong == []


def _differences() -> dict[str, str]:
    """The files the guide says are in one site only: pattern → which."""
    rows = re.findall(r"^\| `([^`]+)` \| (只在原来的网站|只在新的网站|两边不同) \|", guide("exit"), re.M)  # fmt: skip
    return dict(rows)


def test_what_differs_between_the_files_is_what_the_guide_lists(rehearsed: Rehearsed) -> None:
    ours, theirs = files(rehearsed.hooked.site), files(rehearsed.plain.site)
    found = dict.fromkeys(ours.keys() - theirs.keys(), "只在原来的网站")
    found |= dict.fromkeys(theirs.keys() - ours.keys(), "只在新的网站")
    both = {name for name in ours.keys() & theirs.keys() if not name.endswith(".html")}
    assert sum(name.startswith("assets/search-index/") for name in both) > 20
    assert f"reports/{NOW}.docx" in both and "ledger/ledger.xlsx" in both
    found |= {n: "两边不同" for n in both if ours[n].read_bytes() != theirs[n].read_bytes()}
    listed = _differences()
    used = set()
    for name, how in found.items():
        pattern = next((p for p, said in listed.items() if said == how and fnmatch.fnmatch(name, p)), None)  # fmt: skip
        assert pattern, (name, how)
        used.add(pattern)
    assert used == set(listed)


def test_report_pages_are_heavier_by_what_the_guide_says(rehearsed: Rehearsed) -> None:
    said = re.search(r"多 (\d+)～(\d+) kB（压缩后不到 (\d+) kB）", guide("exit"))
    assert said
    least, most, packed = (1000 * int(number) for number in said.groups())
    for report in load(rehearsed.hooked.project / "docs").visible.reports:
        name = f"reports/{report.name}.html"
        ours, theirs = ((s.site / name).read_bytes() for s in (rehearsed.hooked, rehearsed.plain))
        assert least < len(theirs) - len(ours) < most, name
        assert len(gzip.compress(theirs)) - len(gzip.compress(ours)) < packed, name


def test_the_site_map_lists_every_page(rehearsed: Rehearsed) -> None:
    text = (rehearsed.plain.site / "sitemap.xml").read_text(encoding="utf-8")
    pages = set(rehearsed.pages[0]) - {"404.html", f"reports/{MOVED}.html"}
    home = {name for name in pages if name == "index.html"}
    listed = {unquote(found) for found in re.findall(r"<loc>(.*?)</loc>", text)}
    assert listed in ({f"{SITE_URL}{name}" for name in pages}, {SITE_URL, *(f"{SITE_URL}{name}" for name in pages - home)})  # fmt: skip


# The mark


def test_the_site_is_verified(rehearsed: Rehearsed, tmp_path: Path) -> None:
    project = rehearsed.hooked.project
    verify_site(rehearsed.plain.site, project)
    mark = json.loads((rehearsed.plain.site / "baogao.json").read_text(encoding="utf-8"))
    ours = json.loads((rehearsed.hooked.site / "baogao.json").read_text(encoding="utf-8"))
    assert mark["prepared"] is True and mark["hooks"] == ours["hooks"]
    assert (mark["corpus"], mark["reports"]) == (ours["corpus"], ours["reports"])
    reports = load(project / "docs").visible.reports
    for name in ["baogao.json", *(f"reports/{report.name}.html" for report in reports[1:])]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(rehearsed.plain.site / name, tmp_path / name)
    with pytest.raises(Failure, match="少了 1 份报告的网页"):
        verify_site(tmp_path, project)


def test_a_policy_fits_the_site(rehearsed: Rehearsed) -> None:
    inline = read_site(rehearsed.plain.site)
    assert inline.scripts and "script-src 'self'" in policy(inline)


# Writing


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a few reports, one of them restricted."""
    project = copy_project(tmp_path_factory.mktemp("small") / "library")
    for file in (project / "docs/reports").rglob("*.md"):
        if not re.fullmatch(r"202[23]/(jiguan-shuzhi-f.*|dangan.*)", file.relative_to(project / "docs/reports").with_suffix("").as_posix()):  # fmt: skip
            file.unlink()
    return project


@pytest.fixture(scope="module")
def tree(small: Path) -> Path:
    """Its plain tree, and nothing else in the folder but what keeps two commands from writing it at once."""
    tree = small.parent / "trees/tree"
    assert prepare_tree(small, tree)
    return tree


def contents(tree: Path) -> dict[str, bytes]:
    return {name: file.read_bytes() for name, file in files(tree).items()}


def test_what_is_written(small: Path, tree: Path) -> None:
    names = set(files(tree))
    assert "docs/reports/2022/jiguan-shuzhi-fenguan.md" in names and "hooks" not in read_config(
        tree
    )
    assert (
        "docs/assets/search/search.js" in names and "docs/assets/search-index/manifest.js" in names
    )
    assert not any(
        name.startswith(("docs/_data", "docs/assets/search/ui", "hooks")) for name in names
    )
    assert {file.name for file in tree.parent.iterdir()} <= {".tree.lock", "tree"}


def test_its_own_is_replaced_and_is_the_same_every_time(small: Path, tree: Path) -> None:
    first = contents(tree)
    (tree / "site").mkdir()
    (tree / "site/index.html").write_text("旧的", encoding="utf-8")
    assert prepare_tree(small, tree)
    assert contents(tree) == first


def test_what_others_wrote_is_not_replaced(small: Path, tmp_path: Path) -> None:
    (tmp_path / "别人的.txt").write_text("留着", encoding="utf-8")
    done = baogao(small, "prepare", "--out", str(tmp_path))
    assert done.returncode == 2 and "没有动它" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["别人的.txt"]


def test_properdocs_and_zensical_make_the_same_of_it(
    small: Path, tree: Path, tmp_path: Path
) -> None:
    sites = []
    for program in ("properdocs", "zensical"):
        shutil.copytree(tree, tmp_path / program)
        built = build(tmp_path / program, "--strict", program=program)
        assert built.code == 0, built.output
        verify_site(built.site, small)
        sites.append(facts(built.site))
    ours, theirs = sites
    assert set(ours) == set(theirs) and REPORT in ours
    for name, page in ours.items():
        assert (page.article, page.contents) == (theirs[name].article, theirs[name].contents), name


def test_zensical_without_prepare_is_noticed(small: Path, tmp_path: Path) -> None:
    """It passes over the hooks in silence: what is withheld would be there."""
    project = tmp_path / "library"
    shutil.copytree(small, project, ignore=shutil.ignore_patterns(".cache", "site"))
    built = build(project, program="zensical")
    assert built.code == 0 and (built.site / REPORT).is_file(), built.output
    with pytest.raises(Failure, match="请勿发布"):
        verify_site(built.site, project)


def test_what_must_be_mended_stops_it(small: Path, tmp_path: Path) -> None:
    project = tmp_path / "library"
    shutil.copytree(small, project, ignore=shutil.ignore_patterns("hooks"))
    report = project / f"docs/reports/{NOW}.md"
    text = report.read_text(encoding="utf-8")
    report.write_text(re.sub(r"^## 二、.*$", "", text, flags=re.M), encoding="utf-8")
    done = baogao(project, "prepare", "--out", str(tmp_path / "tree"))
    assert done.returncode == 1 and "必须改 S" in done.stderr and "没有写" in done.stderr
    units = project / "docs/_data/units.yml"
    units.write_text(units.read_text("utf-8").replace("names:", "name:", 1), encoding="utf-8")
    with pytest.raises(DataError):
        prepare_tree(project, tmp_path / "tree")
    assert {f.name for f in tmp_path.iterdir()} <= {"library", ".tree.lock"}


@pytest.mark.parametrize("name", [".", "docs/tree", "hooks", "mkdocs.yml", ".."])
def test_the_project_itself_is_not_overwritten(small: Path, name: str) -> None:
    before = files(small)
    with pytest.raises(Failure, match="--out"):
        prepare_tree(small, small / name)
    assert {n for n in files(small) if not n.endswith(".lock")} == {n for n in before if not n.endswith(".lock")}  # fmt: skip


# The configuration


def configured(change: Callable[[str], str] = str) -> dict[str, object]:
    text = change((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return dict(yaml.load(plain_config(text), _Tagged))


class _Tagged(yaml.SafeLoader):
    """Keeps the tags it does not know."""


_Tagged.add_multi_constructor("", lambda loader, suffix, node: (node.tag, node.value[0][0].value))


def test_the_configuration_is_the_projects_own_without_hooks() -> None:
    made = configured()
    own = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Tagged)
    changed = {"hooks", "plugins", "theme", "extra_css", "docs_dir", "site_dir"}
    assert {k: v for k, v in made.items() if k not in changed} == {
        k: v for k, v in own.items() if k not in changed
    }
    assert own["hooks"] and "hooks" not in made
    assert made["theme"] == {**own["theme"], "custom_dir": "theme", "variant": "classic"}
    assert made["extra_css"] == [*own["extra_css"], "assets/plain.css"]
    (slugs,) = [e["toc"]["slugify"] for e in own["markdown_extensions"] if "toc" in e and isinstance(e, dict)]  # fmt: skip
    assert slugs[0].endswith("pymdownx.slugs.slugify")


def _plugins() -> Iterator[tuple[str, object]]:
    off = {"search": {"enabled": False}}
    yield "plugins: []", [off]
    yield "plugins: [search]", [off]
    yield "plugins:\n  - material/search: {lang: zh}\n  - tags", ["tags", off]
    yield "plugins:\n  tags: {}\n  search: {}", {"tags": {}, **off}
    yield "", [off]


@pytest.mark.parametrize(("written", "wanted"), list(_plugins()))
def test_the_search_of_the_theme_is_switched_off(written: str, wanted: object) -> None:
    assert configured(lambda text: text.replace("plugins: []", written))["plugins"] == wanted
