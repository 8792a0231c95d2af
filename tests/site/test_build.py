"""The built site: every hook ran, every report's text is on its page, nothing else got out."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from baogao.build import missing_hooks
from baogao.corpus import load, load_data
from baogao.corpus.intake import Metadata, compose, read_draft
from baogao.rules.rule import standard
from baogao_cli.mkdocs_process import expected_hooks
from tests.builder import Built, build, copy_project, report_text
from tests.samples import DATED, PLAIN, squeeze

HOOKS = ["check", "browse", "search", "word", "selfcheck", "mark"]
SECRET = "鹭栖标记"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(copy_project(tmp_path_factory.mktemp("samples")), "--strict")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def _add(project: Path, name: str, text: str) -> Path:
    file = project / "docs/reports" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_builds_strictly(samples: Built) -> None:
    assert samples.code == 0, samples.output
    assert "WARNING" not in samples.output


def test_the_mark_names_every_hook(samples: Built, root: Path) -> None:
    mark = json.loads((samples.site / "baogao.json").read_text(encoding="utf-8"))
    assert mark["hooks"] == expected_hooks(root) == HOOKS
    assert mark["reports"] == len(load(samples.project / "docs").visible.reports)
    assert missing_hooks(samples.site, HOOKS) == []


def test_a_hook_that_did_not_run_is_noticed(project: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("  - hooks/search.py\n", ""), encoding="utf-8"
    )
    assert build(project).code == 0
    assert missing_hooks(project / "site", HOOKS) == ["search"]
    shutil.rmtree(project / "site")
    assert missing_hooks(project / "site", HOOKS) == HOOKS


def test_every_report_page_shows_the_report_text(samples: Built) -> None:
    reports = load(samples.project / "docs").visible.reports
    assert reports
    for report in reports:
        html = (samples.site / f"reports/{report.name}.html").read_text(encoding="utf-8")
        assert report_text(html)[0] == report.text, report.name


def test_imported_text_is_shown_character_for_character(project: Path) -> None:
    data = load_data(project / "docs/_data", "docs/_data")
    kind, unit = data.kinds.find("述职报告"), data.units.find("局机关党委")
    assert kind and unit
    metadata = Metadata("样本", 2017, unit, kind, kind.author("分管领导"), None, "anonymized")
    made = compose(read_draft(PLAIN, data, kind), metadata)
    _add(project, made.name, made.text.replace("status:", "date: 2018-01-10\nstatus:"))
    done = build(project)
    assert done.code == 0, done.output
    html = (done.site / "reports/2017/jiguan-shuzhi-fenguan.html").read_text(encoding="utf-8")
    assert report_text(html)[0] == squeeze(PLAIN)
    assert DATED  # the command-line tests use the same text


def _bytes(file: Path) -> bytes:
    """What is in a file; of a Word file what is in its parts."""
    if file.suffix != ".docx" or not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_each_report_page_has_its_word_file_and_no_other_is_there(samples: Built) -> None:
    names = {report.name for report in load(samples.project / "docs").visible.reports}
    files = {
        file.relative_to(samples.site / "reports").as_posix().removesuffix(".docx")
        for file in samples.site.rglob("*.docx")
    }
    assert files == names
    for name in names:
        html = (samples.site / f"reports/{name}.html").read_text(encoding="utf-8")
        assert f'<a class="bg-word" href="{name.split("/")[-1]}.docx"' in html
        assert b"w:body" in _bytes(samples.site / f"reports/{name}.docx")


def test_drafts_and_restricted_reports_are_in_no_file(project: Path) -> None:
    secret = standard(year="2016", title="2016年度述职报告", date="2017-01-10").replace(
        "统筹安排不细", SECRET
    )
    _add(
        project,
        "2016/jiguan-shuzhi-fenguan.md",
        secret.replace("status: published", "status: draft"),
    )
    _add(
        project,
        "2016/jiguan-shuzhi-fushuji.md",
        secret.replace("role: 分管领导", "role: 专职副书记\nvisibility: restricted"),
    )
    _add(project, "2016/原稿.txt", SECRET)
    _add(project, "2016/原稿.docx", SECRET)
    (project / "docs/_data/terms.txt").open("a", encoding="utf-8").write(f"{SECRET}词 3 n\n")
    done = build(project)
    assert done.code == 0, done.output
    for file in [*done.site.rglob("*"), *(project / ".cache").rglob("*")]:
        if file.is_file():
            assert SECRET.encode() not in _bytes(file), file
            assert json.dumps(SECRET)[1:-1].encode() not in _bytes(file), file
    assert not (done.site / "reports/2016").exists() and not (done.site / "_data").exists()


@pytest.mark.parametrize("word", ["鹭栖计划", "鹭栖热线"])
def test_the_restricted_samples_are_nowhere(samples: Built, word: str) -> None:
    assert any(word in report.text for report in load(samples.project / "docs").reports)
    for file in samples.site.rglob("*"):
        if file.is_file():
            content = _bytes(file)
            assert (
                word.encode() not in content and json.dumps(word)[1:-1].encode() not in content
            ), file


def test_deleting_a_required_section_stops_the_build(project: Path) -> None:
    file = next((project / "docs/reports/2021").glob("jiguan-shuzhi-fenguan.md"))
    text = file.read_text(encoding="utf-8")
    heading = re.search(r"^## 二、.*$", text, re.M)
    assert heading
    following = text.index("\n## 三、")
    file.write_text(text[: heading.start()] + text[following + 1 :], encoding="utf-8")
    done = build(project)
    assert done.code == 1
    assert done.output.count("必须改 S") == 1 and "缺少必备章节“存在问题及原因分析”" in done.output
    assert "      ## 二、存在问题及原因分析" in done.output
    assert "网站没有生成" in done.output and "Traceback" not in done.output
    assert not (project / "site/index.html").exists()


def test_a_wrong_data_file_stops_the_build_with_its_place(project: Path) -> None:
    units = project / "docs/_data/units.yml"
    units.write_text(
        units.read_text(encoding="utf-8").replace("names:", "name:", 1), encoding="utf-8"
    )
    done = build(project)
    assert done.code == 1 and re.search(
        r"docs/_data/units\.yml:\d+:\d+: 不认识的项目“name”", done.output
    )
    assert "Traceback" not in done.output


def test_an_empty_library_builds(project: Path) -> None:
    shutil.rmtree(project / "docs/reports")
    done = build(project, "--strict")
    assert done.code == 0, done.output
    assert "还没有报告" in (done.site / "index.html").read_text(encoding="utf-8")


def test_navigation_holds_index_pages_only(samples: Built) -> None:
    html = (samples.site / "index.html").read_text(encoding="utf-8")
    nav = html[html.index('data-md-type="navigation"') : html.index('data-md-component="content"')]
    assert "reports/" not in nav and "years/index.html" in nav


def test_addresses_are_ascii(samples: Built) -> None:
    for file in samples.site.rglob("*"):
        assert file.relative_to(samples.site).as_posix().isascii()


def test_no_page_names_another_host(samples: Built) -> None:
    wanted = re.compile(
        r"""(?:src|href|action|srcset|poster|data)\s*=\s*["']?(?:https?:)?//([^/"'\s>]+)|url\(\s*["']?(?:https?:)?//([^/"')]+)"""
    )
    for file in [*samples.site.rglob("*.html"), *samples.site.rglob("*.css")]:
        hosts = {a or b for a, b in wanted.findall(file.read_text(encoding="utf-8"))}
        assert not hosts, (file, hosts)


def test_properdocs_builds_the_same_site(samples: Built, tmp_path: Path) -> None:
    other = build(copy_project(tmp_path / "other"), program="properdocs")
    assert other.code == 0, other.output
    assert missing_hooks(other.site, HOOKS) == []

    def pages(site: Path) -> dict[str, str]:
        return {
            f.relative_to(site).as_posix(): report_text(f.read_text(encoding="utf-8"))[0]
            for f in site.rglob("*.html")
        }

    assert pages(other.site) == pages(samples.site)
