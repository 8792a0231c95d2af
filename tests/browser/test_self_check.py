"""自查投稿 in Chromium: a file in, the findings of the command line, the report of `baogao import`, a package that is received.

Python takes seconds to start in a browser, so most tests share one page on which it is running; each begins with a file of its own.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from baogao.corpus import load
from baogao.corpus.intake.package import read_package
from baogao.fulltext.reader import Reader
from baogao_cli.main import cli
from tests.builder import ROOT, Built, build, copy_project, environment, report_text
from tests.cli.repository import commit, git
from tests.docx import p, word
from tests.samples import PLAIN

from .conftest import Watch, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
READY = 120_000
CHOICES = {"year": "2024", "unit": "jiguan", "kind": "述职报告", "role": "分管领导", "date": "2025-01-10", "status": "review"}  # fmt: skip
OPTIONS = [part for name, value in CHOICES.items() for part in (f"--{name}", value)]
NAME = "2024/jiguan-shuzhi-fenguan"
EVIL = "<img src=x onerror=document.title='坏'>"
TEXT = "2024年度抓机关党建工作述职报告\n（2025年1月10日）\n" + PLAIN.replace(
    "2022", "2024"
).replace("组织学习", "布署学习")
WORD = word(*(p(line) for line in TEXT.split("\n")))
FILE = "局机关党委分管领导述职报告.docx"


@pytest.fixture(scope="module")
def home(equipped: Built) -> Iterator[str]:
    yield from serve(equipped.site)


@pytest.fixture(scope="module")
def shared(chromium: Browser, home: str) -> Iterator[tuple[Page, Watch]]:
    """One page on which the checker runs."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    watch = Watch(context)
    page = context.new_page()
    page.goto(home + "self-check.html")
    page.locator("#bg-selfcheck[data-ready]").wait_for(timeout=READY)
    yield page, watch
    context.close()


@pytest.fixture
def desk(shared: tuple[Page, Watch]) -> Page:
    page, _ = shared
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return page


def give(page: Page, name: str, content: bytes, **choices: str) -> None:
    """Choose a file, and fill in what is asked."""
    page.set_input_files(
        "#bg-sc-file", {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    expect(page.locator("#bg-sc-year")).to_be_visible()
    expect(page.locator("#bg-selfcheck")).not_to_have_attribute("aria-busy", "true")
    for field, value in {**CHOICES, **choices}.items():
        box = page.locator(f"#bg-sc-{field}")
        if field in ("unit", "kind", "role", "status"):
            box.select_option(value)
        else:
            box.fill(value)
            box.dispatch_event("change")
    settle(page)
    expect(page.locator(".bg-sc-result")).to_be_visible()


def settle(page: Page) -> None:
    """Everything asked of the checker has been answered."""
    expect(page.locator("#bg-selfcheck")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".bg-outcome")).to_have_text(re.compile("检查完了"))


def packed(page: Page) -> bytes:
    with page.expect_download() as waiting:
        page.locator("#bg-sc-pack").click()
    return Path(waiting.value.path()).read_bytes()


def shown(page: Page) -> list[tuple[str, str, int, int, str]]:
    """The findings on the page, in the order of the command line."""
    notes = page.locator(".bg-sc-note").evaluate_all(
        "all => all.map(e => [e.dataset.rule, e.dataset.severity, +e.dataset.line, +e.dataset.column, e.dataset.message])"
    )
    return sorted((tuple(note) for note in notes), key=lambda n: (n[2], n[3], n[0], n[4]))


def baogao(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
    return subprocess.run(
        [sys.executable, "-m", "baogao_cli.main", *arguments], cwd=project, timeout=300,
        env={**environment(), "PYTHONPATH": path}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def told(project: Path, name: str) -> list[tuple[str, str, int, int, str]]:
    done = baogao(project, "check", f"docs/reports/{name}.md", "--json")
    return _sorted(json.loads(done.stdout)["findings"])


def _sorted(found: list[dict[str, Any]]) -> list[tuple[str, str, int, int, str]]:
    return sorted(
        ((f["rule"], f["severity"], f["line"], f["column"], f["message"]) for f in found),
        key=lambda n: (n[2], n[3], n[0], n[4]),
    )


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """The data files and the one report before it: the set the page knows."""
    shutil.copytree(ROOT / "docs/_data", tmp_path / "docs/_data")
    last = "docs/reports/2023/jiguan-shuzhi-fenguan.md"
    (tmp_path / last).parent.mkdir(parents=True)
    shutil.copy(ROOT / last, tmp_path / last)
    return tmp_path


# The same findings, the same report


def _same_as_the_command_line(page: Page, scratch: Path, name: str, content: bytes) -> None:
    give(page, name, content)
    (scratch / name).write_bytes(content)
    done = baogao(scratch, "import", name, *OPTIONS)
    assert done.returncode == 0, done.stderr
    file = scratch / f"docs/reports/{NAME}.md"
    package = read_package(packed(page))
    assert package.report == file.read_bytes()
    assert package.original == (name, content) and package.checked
    assert shown(page) == told(scratch, NAME) != []
    file.unlink()


def test_a_word_file_gets_report_and_findings_of_the_command_line(
    desk: Page, scratch: Path
) -> None:
    _same_as_the_command_line(desk, scratch, FILE, WORD)


def test_real_word_files_too(
    desk: Page, scratch: Path, corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one process, which starts five times as fast as ten."""
    docs = ("--docs", str(scratch / "docs"))
    for file in sorted((corpora / "docx_varied").glob("*.docx")):
        give(desk, file.name, file.read_bytes())
        cli.main(["import", str(file), *docs, *OPTIONS], standalone_mode=False)
        written = scratch / f"docs/reports/{NAME}.md"
        assert read_package(packed(desk)).report == written.read_bytes(), file.name
        capsys.readouterr()
        with contextlib.suppress(click.exceptions.Exit):
            cli.main(["check", str(written), "--json", *docs], standalone_mode=False)
        found = json.loads(capsys.readouterr().out)["findings"]
        assert shown(desk) == _sorted(found) != [], file.name
        written.unlink()


def test_a_report_that_is_one_already(desk: Page, scratch: Path) -> None:
    text = (ROOT / "docs/reports/2022/jiguan-shuzhi-fenguan.md").read_text(encoding="utf-8")
    text = text.replace("year: 2022", "year: 2024")
    desk.set_input_files(
        "#bg-sc-file", {"name": "改过的.md", "mimeType": "text/plain", "buffer": text.encode()}
    )
    expect(desk.locator("#bg-sc-year")).to_be_disabled()
    settle(desk)
    expect(desk.locator("#bg-sc-pack")).to_be_visible()
    file = scratch / f"docs/reports/{NAME}.md"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert shown(desk) == told(scratch, NAME) != []
    package = read_package(packed(desk))
    assert package.original is None and package.report == text.encode()


# What the clerk sees


def test_what_is_certain_is_filled_in_and_secrets_come_first(desk: Page) -> None:
    desk.set_input_files(
        "#bg-sc-file",
        {"name": FILE, "mimeType": "x/y", "buffer": word(*(p(line) for line in (TEXT + "联系电话13800138000").split("\n")))},
    )  # fmt: skip
    settle(desk)
    expect(desk.locator("#bg-sc-year")).to_have_value("2024")
    expect(desk.locator("#bg-sc-unit")).to_have_value("jiguan")
    expect(desk.locator("#bg-sc-date")).to_have_value("2025-01-10")
    expect(desk.locator(".bg-sc-result h3").first).to_have_text("保密")
    expect(desk.locator(".bg-sc-result section").first).to_contain_text("改好以前不要交出")
    expect(desk.locator("section[aria-label=交报告]")).to_contain_text("改好以前不要交出")
    expect(desk.locator(".bg-sc-marks li").first).to_contain_text("主要做法及成效")
    expect(desk.locator(".bg-sc-here").first).to_be_visible()


def test_what_is_open_is_asked_beside_its_field(desk: Page) -> None:
    desk.set_input_files(
        "#bg-sc-file", {"name": "稿.txt", "mimeType": "text/plain", "buffer": PLAIN.encode()}
    )
    kind = desk.locator("#bg-sc-kind")
    expect(kind).to_have_attribute("aria-invalid", "true")
    expect(desk.locator("#bg-sc-kind-note")).to_have_text("标题里看不出文种，请选")
    expect(desk.locator(".bg-sc-result")).to_be_hidden()


def test_mending_and_undoing(desk: Page) -> None:
    give(desk, FILE, WORD)
    before = read_package(packed(desk)).report
    assert before and "布署" in before.decode()
    desk.get_by_role("button", name=re.compile("改好第 .*布署")).click()
    expect(desk.locator(".bg-outcome")).to_contain_text("改了 1 处")
    expect(desk.locator("#bg-sc-undo")).to_be_focused()
    assert "布署" not in (read_package(packed(desk)).report or b"").decode()
    desk.get_by_role("button", name=re.compile("能放心改的全部改好")).click()
    expect(desk.get_by_role("button", name="没有能放心自动改的")).to_be_disabled()
    desk.locator("#bg-sc-undo").click()
    desk.locator("#bg-sc-undo").click()
    expect(desk.locator("#bg-sc-undo")).to_be_disabled()
    assert read_package(packed(desk)).report == before


def test_last_years_problems_are_answered_on_the_page(desk: Page) -> None:
    give(desk, FILE, WORD)
    rows = desk.locator(".bg-sc-answers li")
    assert rows.count() == 4
    for row in rows.all():
        row.locator("select").select_option("持续推进")
    rows.first.locator("input").fill("全年下支部52次")
    desk.get_by_role("button", name="记进报告").click()
    expect(desk.locator(".bg-outcome")).to_contain_text("记下了 4 条回应")
    assert "R003" not in [note[0] for note in shown(desk)]
    report = (read_package(packed(desk)).report or b"").decode()
    assert "  - ref: P2023-1\n    status: 持续推进\n    evidence: 全年下支部52次\n" in report


def test_pasted_text(desk: Page) -> None:
    desk.get_by_text("没有文件，粘贴文字").click()
    desk.locator("#bg-sc-pasted").fill(TEXT)
    desk.get_by_role("button", name="用这段文字").click()
    desk.locator("#bg-sc-unit").select_option("jiguan")
    desk.locator("#bg-sc-role").select_option("分管领导")
    settle(desk)
    package = read_package(packed(desk))
    assert package.original == ("粘贴的文字.txt", TEXT.encode())
    desk.get_by_text("没有文件，粘贴文字").click()


def test_a_dropped_file(desk: Page) -> None:
    data = desk.evaluate_handle(
        "text => { const d = new DataTransfer(); d.items.add(new File([text], '拖进来的2024年述职报告.txt')); return d; }", TEXT
    )  # fmt: skip
    desk.dispatch_event(".bg-sc-drop", "drop", {"dataTransfer": data})
    expect(desk.locator(".bg-sc-chosen")).to_have_text("已选：拖进来的2024年述职报告.txt")
    expect(desk.locator("#bg-sc-year")).to_have_value("2024")


def test_the_page_of_the_forge(desk: Page) -> None:
    give(desk, FILE, WORD)
    desk.get_by_text("有代码平台帐号的").click()
    link = desk.locator("#bg-sc-forge")
    expect(link).to_have_attribute("href", re.compile(r"^https://github\.com/office/library/new/main/docs/reports/2024\?filename=jiguan-shuzhi-fenguan\.md&value=---"))  # fmt: skip
    assert len(link.get_attribute("href") or "") <= 8000
    whole = desk.get_by_role("textbox", name="报告全文", exact=True).last
    assert whole.input_value().encode() == read_package(packed(desk)).report


def test_hostile_text_is_text(desk: Page) -> None:
    text = f"2024年度{EVIL}述职报告\n{EVIL}{TEXT}一、{EVIL}\n身份证号110101199003070134{EVIL}"
    give(desk, f"{EVIL.replace('/', '')}.txt", text.encode(), title=f"2024年度{EVIL}")
    assert desk.locator("#bg-selfcheck img").count() == 0
    expect(desk.locator(".bg-text").first).to_contain_text("<img src=x")
    assert "坏" not in desk.title()
    with zipfile.ZipFile(io.BytesIO(packed(desk))) as package:
        assert "<img" not in package.read("自查结果.html").decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为"),
        ("坏.docx", b"PK\x03\x04" + b"x" * 600, "坏.docx"),
        ("空.txt", b"", "没有文字"),
    ],
)
def test_what_cannot_be_read_is_said(desk: Page, name: str, content: bytes, said: str) -> None:
    desk.set_input_files("#bg-sc-file", {"name": name, "mimeType": "x/y", "buffer": content})
    expect(desk.locator(".bg-outcome")).to_contain_text(said)
    expect(desk.locator(".bg-sc-result")).to_be_hidden()


LATE = """() => {
  const engine = baogao.selfcheck.engine, ask = engine.ask;
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(600).fill(120)], "坏.docx"));
  engine.ask = (verb, ...given) => {
    if (verb !== "check") { return ask(verb, ...given); }
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    return new Promise((done) => {
      engine.ask = (verb, ...given) => {
        engine.ask = ask;
        const read = ask(verb, ...given);
        done(read.catch(() => {}).then(() => ask("check")));
        return read;
      };
    });
  };
}"""


def test_a_check_that_comes_when_another_file_was_chosen_is_not_shown(
    shared: tuple[Page, Watch], desk: Page
) -> None:
    _, watch = shared
    give(desk, FILE, WORD)
    before = list(watch.complaints)
    desk.evaluate(LATE)
    desk.locator("#bg-sc-status").select_option("草稿")
    expect(desk.locator(".bg-outcome")).to_contain_text("坏.docx")
    expect(desk.locator("#bg-selfcheck")).not_to_have_attribute("aria-busy", "true")
    expect(desk.locator(".bg-sc-result")).to_be_hidden()
    assert watch.complaints == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_nothing_sticks_out_and_axe_has_nothing_to_say(desk: Page, scheme: Any, width: int) -> None:
    if not desk.locator(".bg-sc-result").is_visible() or "R003" not in desk.content():
        give(desk, FILE, WORD)
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    desk.set_viewport_size({"width": width, "height": 800})
    assert desk.evaluate("document.scrollingElement.scrollWidth") <= width
    found = Axe().run(desk, options={"resultTypes": ["violations"]})
    assert [f"{v['id']}: {n['html'][:160]}" for v in found.response["violations"] for n in v["nodes"]] == []  # fmt: skip


def test_the_keyboard_alone_is_enough(desk: Page) -> None:
    give(desk, FILE, WORD)
    desk.locator("#bg-sc-file").focus()
    seen = []
    for _ in range(120):
        desk.keyboard.press("Tab")
        seen.append(
            desk.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
        if seen[-1] == "bg-sc-pack":
            break
    assert {"bg-sc-year", "bg-sc-unit", "bg-sc-pack"} <= set(seen)
    assert [name for name in seen if "改好这一处" in name] and [n for n in seen if "全部改好" in n]
    with desk.expect_download():
        desk.keyboard.press("Enter")


# Who loads what


def test_nothing_leaves_and_only_what_is_needed_comes(
    shared: tuple[Page, Watch], home: str
) -> None:
    page, watch = shared
    give(page, FILE, WORD)
    own = [url for url in watch.requests if not url.startswith("blob:")]
    assert not [url for url in own if not url.startswith(home)]
    texts = {url for url in own if "/selfcheck/last/" in url}
    assert texts == {f"{home}assets/selfcheck/last/jiguan-shuzhi-fenguan.txt"}
    assert watch.complaints == []


def test_other_pages_load_none_of_it(page: Page, watch: Watch, home: str) -> None:
    for name in ("index.html", "reports/2023/jiguan-shuzhi-fenguan.html", "search.html"):
        page.goto(home + name)
    assert not [url for url in watch.requests if "selfcheck" in url or "pyodide" in url]


# Where the checker cannot run


def _plain_package(page: Page, name: str = FILE) -> bytes:
    """The package of a page on which nothing can be checked."""
    page.set_input_files("#bg-sc-file", {"name": name, "mimeType": "x/y", "buffer": WORD})
    page.locator("#bg-sc-pack").click()
    expect(page.locator("#bg-sc-year")).to_have_attribute("aria-invalid", "true")
    for field, value in CHOICES.items():
        box = page.locator(f"#bg-sc-{field}")
        if field in ("unit", "kind", "role", "status"):
            box.select_option(value)
        else:
            box.fill(value)
    return packed(page)


def _from_folder(page: Page, equipped: Built, plain: str) -> None:
    page.goto((equipped.site / "self-check.html").as_uri())


def _without_files(page: Page, equipped: Built, plain: str) -> None:
    page.goto(plain + "self-check.html")


def _old(page: Page, equipped: Built, home: str) -> None:
    page.add_init_script("WebAssembly.validate = () => false")
    page.goto(home + "self-check.html")


def _withheld(page: Page, equipped: Built, home: str) -> None:
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=403, body=""))
    page.goto(home + "self-check.html")


def _damaged(page: Page, equipped: Built, home: str) -> None:
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(body="no wasm"))
    page.goto(home + "self-check.html")


@pytest.mark.parametrize(
    ("come", "why"),
    [
        (_from_folder, "从文件夹直接打开"),
        (_without_files, "没有带检查程序"),
        (_old, "内核较旧"),
        (_withheld, "没有启动"),
        (_damaged, "没有启动"),
    ],
)
def test_where_it_cannot_run_there_is_still_a_package(
    page: Page, equipped: Built, home: str, address: str, scratch: Path,
    come: Callable[[Page, Built, str], None], why: str,
) -> None:  # fmt: skip
    come(page, equipped, address if come is _without_files else home)
    expect(page.locator("#bg-sc-plain")).to_contain_text(why, timeout=READY)
    expect(page.locator("#bg-sc-plain")).to_contain_text("重新检查")
    content = _plain_package(page)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert package.namelist() == [FILE, "投稿单.txt", "自查结果.html"]
        assert package.read(FILE) == WORD and "没有自查" in package.read("自查结果.html").decode()
        assert package.read("投稿单.txt").decode().split() == [
            "年度：2024", "单位：局机关党委", "文种：述职报告", "角色：分管领导", "成文日期：2025-01-10", "状态：送审稿",
        ]  # fmt: skip
    if come is not _from_folder:  # the packages are the same: one of them is received
        return
    (scratch / "投稿包.zip").write_bytes(content)
    received = baogao(scratch, "receive", "投稿包.zip", "--no-branch")
    assert received.returncode == 1, received.stdout + received.stderr  # 布署 must be changed
    assert "没有自查过" in received.stdout and "“布署”应为“部署”" in received.stdout
    written = (scratch / f"docs/reports/{NAME}.md").read_bytes()
    (scratch / f"docs/reports/{NAME}.md").unlink()
    (scratch / FILE).write_bytes(WORD)
    assert baogao(scratch, "import", FILE, *OPTIONS).returncode == 0
    assert written == (scratch / f"docs/reports/{NAME}.md").read_bytes()


# From the page to the site


def test_the_whole_way(desk: Page, tmp_path: Path, context: BrowserContext) -> None:
    """A Word file on the page, the package received on a branch, reviewed, merged, built: the site shows it, the search finds it."""
    project = copy_project(tmp_path / "library")
    (project / ".gitignore").write_text("/site/\n*.zip\n审核单.html\n__pycache__/\n.cache/\n", encoding="utf-8")  # fmt: skip
    git(project, "init", "-q", "-b", "main")
    git(project, "config", "user.name", "t")
    git(project, "config", "user.email", "t@example.org")
    commit(project, "开始")

    text = TEXT.replace("XX", "12").replace("**镇党委", "城关镇党委")
    give(desk, FILE, word(*(p(line) for line in text.split("\n"))))
    desk.get_by_role("button", name=re.compile("能放心改的全部改好")).click()
    expect(desk.locator(".bg-outcome")).to_contain_text("改了")
    for row in desk.locator(".bg-sc-answers li").all():
        row.locator("select").select_option("持续推进")
    desk.get_by_role("button", name="记进报告").click()
    expect(desk.locator(".bg-outcome")).to_contain_text("记下了")
    (project / "投稿包.zip").write_bytes(packed(desk))

    received = baogao(project, "receive", "投稿包.zip")
    assert received.returncode == 0, received.stdout + received.stderr
    assert git(project, "branch", "--show-current") == f"投稿/{NAME}"
    reviewed = baogao(project, "review", f"main..投稿/{NAME}")
    assert reviewed.returncode == 0, reviewed.stdout + reviewed.stderr
    assert "上年问题 4 个，已注明回应 4 个" in reviewed.stdout
    git(project, "switch", "-q", "main")
    git(project, "merge", "-q", "--no-edit", f"投稿/{NAME}")
    built = build(project)
    assert built.code == 0, built.output
    report = load(project / "docs").find(NAME)
    html = (project / f"site/reports/{NAME}.html").read_text(encoding="utf-8")
    assert report and report_text(html)[0] == report.text and "部署学习" in report.text
    reader = Reader(project / "site/assets/search-index")
    found = reader.sections("城关镇党委调研")
    assert len(found) == 1
    assert "城关镇党委调研" in reader.passage_text(found[0])
