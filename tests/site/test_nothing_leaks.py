"""What readers may not see is in no file that is built, exported, cached or packaged, whenever it was hidden.

Three reports full of markers are seen by everybody first; then one is restricted, one made a draft again, one withdrawn. The same hunt
that must find every marker before must find none after.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from baogao.rules.rule import OPENING, body, report_text
from tests import docx
from tests.builder import ROOT, copy_project, environment
from tests.leaks import Hunt, markers, unpacked

#: Files of others, which the project neither writes nor answers for.
VENDOR = ROOT / "scripts/vendor/node_modules"
#: Of each secret report: where the marker is, in the order they are made.
PLACES = (
    "title", "heading", "deed", "figure", "table", "quoted", "problem", "third", "cause", "plan", "link",
    "notes", "source", "evidence", "retention", "comment", "finding",
)  # fmt: skip
#: Not shown on any page, and so in no output even of a report readers may see.
NEVER_SHOWN = ("notes", "source", "retention", "comment")
#: In the Word file a visible report was made from, and not part of its text.
WORD = ("creator", "modified", "comment", "deleted")
KEPT = ("2021/zhian-shuzhi-zhibu", "2022/zhian-shuzhi-zhibu", "2021/baozhang-shuzhi-zhibu", "2023/baozhang-shuzhi-zhibu",
        "2021/jiguan-shuzhi-fenguan", "2022/jiguan-shuzhi-fenguan", "2022/dangan-zongjie")  # fmt: skip
RESTRICTED, DRAFT, WITHDRAWN = (
    "2023/zhian-shuzhi-zhibu", "2022/baozhang-shuzhi-zhibu", "2023/jiguan-shuzhi-fenguan"
)  # fmt: skip
SECRET = {
    RESTRICTED: ("质安中心党支部", "党支部书记"),
    DRAFT: ("住房保障中心党支部", "党支部书记"),
    WITHDRAWN: ("局机关党委", "分管领导"),
}
#: A figure in each.
NUMBERS = {RESTRICTED: "4861357", DRAFT: "5972468", WITHDRAWN: "6183579"}


def secret_report(name: str, marks: dict[str, str]) -> str:
    year, (unit, role) = int(name[:4]), SECRET[name]
    said = body(
        OPENING.replace("2022", str(year)),
        f"""## 一、主要做法及成效

### （一）加强政治建设{marks["heading"]}

带队到基层支部宣讲{marks["deed"]}4场，覆盖320人次。开展{marks["figure"]}培训{NUMBERS[name]}人次。推行“{marks["quoted"]}工作法”，群众满意。

<!-- {marks["comment"]} -->

| 项目 | 次数 |
| --- | --- |
| {marks["table"]} | 3 |

### （二）推进基层党建

全年召开党委会12次，见[{marks["link"]}](../2021/jiguan-shuzhi-fenguan.md)，{marks["finding"]}Ａ组参加。""",
        f"""## 二、存在问题及原因分析

一是深入{marks["problem"]}基层不够，有两个支部全年只去过一次。二是党员教育办法不多。三是{marks["third"]}谈心不够。四是督查不严。造成上述问题的主要原因是：一是统筹{marks["cause"]}不细。""",
        f"""## 三、下步工作打算

一是每季度到每个{marks["plan"]}支部调研一次。二是把讨论式学习列入支部计划。""",
    )
    return report_text(
        said, title=f"{year}年度述职报告{marks['title']}", year=str(year), unit=unit, role=role,
        date=f"{year + 1}-01-10", notes=marks["notes"], retention=marks["retention"],
        source=f"{{file: {marks['source']}.docx, sha256: {'0' * 64}}}",
        rectifies=f"[{{ref: P{year - 1}-1, status: 已完成, evidence: {marks['evidence']}}}]",
        reviews=f"[{{role: 保密审查, date: {year + 1}-01-09, result: 通过}}]",
    )  # fmt: skip


def source_word(marks: list[str]) -> bytes:
    """A Word file that says more than its text: who wrote and changed it, a comment, a deleted sentence."""
    creator, modified, comment, deleted = marks
    lines = ["2020年度述职报告", "现将我2020年度抓机关党建工作情况报告如下。", "一、主要做法及成效", "（一）加强政治建设。",
             "带队到基层支部宣讲4场，覆盖320人次。", "二、存在问题及原因分析", "一是深入基层不够。二是办法不多。主要原因是：统筹不细。",
             "三、下步工作打算", "一是每季度调研一次。二是改进学习。"]  # fmt: skip
    gone = (
        f'<w:del w:id="1" w:author="{modified}"><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'
    )
    blocks = [docx.p(line) for line in lines]
    blocks.insert(4, docx.p("组织学习四次。", gone))
    return docx.word(
        *blocks,
        core=docx.core(creator=creator, lastModifiedBy=modified),
        comments=docx.part(
            "comments", f'<w:comment w:id="1" w:author="{creator}">{docx.p(comment)}</w:comment>'
        ),
    )


class Library:
    """The library with the secrets in it, and the command."""

    def __init__(self, folder: Path) -> None:
        self.outside = folder / "outside"
        self.outside.mkdir()
        self.project = copy_project(folder / "library")
        self.site = self.project / "site"
        (self.project / "scripts").symlink_to(ROOT / "scripts")
        for file in (self.project / "docs/reports").rglob("*.md"):
            if file.relative_to(self.project / "docs/reports").as_posix()[:-3] not in KEPT:
                file.unlink()
        every = iter(markers(len(SECRET) * len(PLACES) + len(WORD) + 2 * len(SECRET)))
        self.marks = {name: dict(zip(PLACES, every, strict=False)) for name in SECRET}
        for name, marks in self.marks.items():
            self.write(name, secret_report(name, marks))
        self.word = [next(every) for _ in WORD]
        self.beside = [next(every) for _ in SECRET]
        for name, mark in zip(SECRET, self.beside, strict=True):
            original = self.project / f"docs/reports/{name}-原稿.docx"
            original.write_bytes(docx.word(docx.p(mark), core=docx.core(creator=mark)))
        imported = self.outside / "2020年度述职报告.docx"
        imported.write_bytes(source_word(self.word))
        self.run(
            "import", str(imported), "--unit", "局机关党委", "--kind", "述职报告", "--role", "分管领导",
            "--date", "2021-01-10", "--status", "anonymized",
        )  # fmt: skip

    def file(self, name: str) -> Path:
        return self.project / f"docs/reports/{name}.md"

    def write(self, name: str, text: str) -> None:
        self.file(name).write_text(text, encoding="utf-8", newline="\n")

    def run(self, *arguments: str) -> str:
        paths = os.pathsep.join(str(self.project / part) for part in ("hooks", "scripts"))
        done = subprocess.run(
            [sys.executable, "-m", "baogao_cli.main", *arguments], cwd=self.project,
            env={**environment(), "PYTHONPATH": paths}, timeout=300, capture_output=True,
            text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def hunt(self, names: Iterable[str] = tuple(SECRET)) -> Hunt:
        """For everything of these secret reports, and of the Word files beside them and of the one that was imported."""
        names = tuple(names)
        words = [NUMBERS[name] for name in names]
        hunt = Hunt(
            (*(m for name in names for m in self.marks[name].values()), *self.beside, *self.word),
            (*words, *(name for name in names if name != WITHDRAWN)),
        )
        return hunt.passing_over(VENDOR) if VENDOR.is_dir() else hunt

    def outputs(self, into: str, *packed: str, every: bool = False) -> Path:
        """What the command gives away, in a folder of its own; the same made in other ways, too, where it is to be ``every`` one."""
        out = self.outside / into
        commands: list[tuple[str, ...]] = [
            ("export", "docx", "--year", "2022", "--out", str(out / "year")),
            ("export", "text", "docs/reports", "--out", str(out / "text")),
            ("export", "jsonl", "--out", str(out / "all.jsonl")),
            ("export", "clickhouse", "--out", str(out / "clickhouse")),
            ("package", str(out / "报告库.zip"), *packed),
        ]
        series = "docs/reports/2022/zhian-shuzhi-zhibu.md"
        if every:
            commands += [
                ("export", "docx", "docs/reports", "--out", str(out / "docx")),
                ("export", "docx", series, "--series", "--out", str(out / "series")),
            ]
        else:  # as long to look through as a site, and made of the same: where nothing and where all is hidden
            commands.append(("prepare", "--out", str(out / "tree")))
        for arguments in commands:
            self.run(*arguments)
        if not every:
            return out
        for name, arguments in {
            "figures": ("figures", "suggest", "--json"),
            "initiatives": ("initiatives", "suggest", "--min-count", "1", "--min-years", "1", "--json"),
            "named": ("initiatives", "list"),
        }.items():  # fmt: skip
            (out / f"{name}.txt").write_text(self.run(*arguments), encoding="utf-8")
        return out

    def left_behind(self) -> Iterator[Path]:
        """What builds leave in the project beside the sources."""
        for folder in sorted(self.project.iterdir()):
            if folder.is_dir() and folder.name not in ("docs", "hooks", "scripts"):
                yield folder

    def hide(self) -> None:
        """One report restricted, one a draft again."""
        for name, old, new in (
            (RESTRICTED, "\nstatus:", "\nvisibility: restricted\nstatus:"),
            (DRAFT, "status: published", "status: draft"),
        ):
            text = self.file(name).read_text(encoding="utf-8")
            assert old in text
            self.write(name, text.replace(old, new))

    def withdraw(self) -> None:
        self.run(
            "withdraw", WITHDRAWN, "--reason", "内容有误", "--date", "2024-03-01", "--keep", str(self.outside / "kept.md")
        )  # fmt: skip


def found_in(hunt: Hunt, folders: Iterator[Path] | list[Path]) -> dict[str, set[str]]:
    return {
        f"{folder.name}/{name}": hits
        for folder in folders
        for name, hits in hunt.in_folder(folder).items()
    }


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(tmp_path_factory.mktemp("leaks"))


def test_nothing_hidden_is_anywhere(library: Library) -> None:
    """One library through three states, each built on what the last one left behind."""
    _the_hunt_finds_what_is_there(library)
    _what_is_hidden_later_is_nowhere(library)
    _what_is_withdrawn_is_nowhere(library)


def _the_hunt_finds_what_is_there(library: Library) -> None:
    """Before anything is hidden every marker of the text is in every kind of output."""
    library.run("build", "--compress")
    library.run("build", "--compress")
    out = library.outputs("before")
    hunt = library.hunt()
    found = found_in(hunt, [*library.left_behind(), out])
    everything = set().union(*found.values())
    for marks in library.marks.values():
        shown = {mark for place, mark in marks.items() if place not in NEVER_SHOWN}
        assert shown <= everything
    kinds = {
        r"^site/reports/2023/zhian.*\.html$", r"\.html\.gz$", r"\.docx$", r"^site/assets/search-index/manifest\.js$",
        r"^site/assets/selfcheck/last/", r"^site/ledger/.*\.xlsx$", r"^site/ledger/.*\.csv$",
        r"^site/compare/", r"^site/volumes/", r"^\.cache/baogao/memo-", r"^\.cache/baogao/word/", r"^\.cache/baogao/package/site/reports/", r"^\.cache/baogao/written-", r"^\.site\.next/",
        r"^before/tree/docs/reports/2023/zhian.*\.md$", r"^before/tree/docs/reports/.*\.docx$", r"^before/tree/docs/compare/.*\.md$",
        r"^before/tree/docs/assets/search-index/manifest\.js$", r"^before/tree/docs/assets/selfcheck/last/", r"^before/tree/docs/ledger/.*\.csv$",
        r"^before/year/.*\.docx$", r"^before/text/", r"^before/all\.jsonl$", r"^before/clickhouse/data/sections-001\.ndjson\.gz$", r"^before/报告库\.zip$",
    }  # fmt: skip
    missing = [kind for kind in sorted(kinds) if not any(re.search(kind, name) for name in found)]
    assert missing == []
    for name, marks in library.marks.items():
        never = {mark for place, mark in marks.items() if place in NEVER_SHOWN}
        leaked = {f: hits & never for f, hits in found.items() if hits & never}
        # The memory of checks may quote a report readers may see; everything that leaves the house may not.
        assert {f for f in leaked if not f.startswith(".cache/")} == set(), (name, leaked)
    from_word = {
        f: hits & set(library.word) for f, hits in found.items() if hits & set(library.word)
    }
    assert from_word == {}
    beside = {
        f: hits & set(library.beside) for f, hits in found.items() if hits & set(library.beside)
    }
    assert beside == {}


def _what_is_hidden_later_is_nowhere(library: Library) -> None:
    """With the site, the site before it and the memories from when everybody could see it."""
    hunt = library.hunt((RESTRICTED, DRAFT))
    for name in (RESTRICTED, DRAFT):
        assert (library.site / f"reports/{name}.html").is_file()
    library.hide()
    library.run("build", "--compress")
    assert found_in(hunt, library.left_behind()) == {}
    out = library.outputs("hidden", "--site", "site", every=True)
    assert found_in(hunt, [*library.left_behind(), out]) == {}
    assert not list((library.site / "reports").rglob("*原稿*"))


def _what_is_withdrawn_is_nowhere(library: Library) -> None:
    hunt = library.hunt()
    library.withdraw()
    assert found_in(hunt, library.left_behind()) == {}
    out = library.outputs("withdrawn", "--site", "site")
    assert found_in(hunt, [*library.left_behind(), out]) == {}
    note = (library.site / f"reports/{WITHDRAWN}.html").read_text(encoding="utf-8")
    assert "本报告已于2024年3月1日撤回" in note


def test_the_hunt_looks_into_packed_things(tmp_path: Path) -> None:
    first, second = markers(2)
    hunt = Hunt((first, second), ("4861357",))
    inner = docx.word(docx.p(f"甲{first[1]}乙"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("b/c.docx", inner)
    (tmp_path / "damaged.docx").write_bytes(b"0123456789abcdef" + inner)
    (tmp_path / "e.html").write_text("".join(f"&#x{ord(c):x};" for c in second), encoding="utf-8")
    (tmp_path / "f.js").write_text(f"\\u{ord(first[0]):04x}", encoding="utf-8")
    (tmp_path / "g.txt").write_text("4861357", encoding="utf-16")
    (tmp_path / "h.txt").write_text("4861358", encoding="utf-8")
    assert hunt.in_folder(tmp_path) == {
        "a.zip": {first}, "damaged.docx": {first}, "e.html": {second}, "f.js": {first}, "g.txt": {"4861357"},
    }  # fmt: skip
    assert len(list(unpacked(inner))) > 4
