"""``baogao receive``: a hand-in package becomes a report on a branch; what is none is refused and changes nothing."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from baogao.corpus.intake.package import PackageError, read_package, write_package
from baogao.rules.rule import NAME, OPENING, PLAN, PRACTICE, body, report_text, standard
from tests.samples import DATED, PLAIN

from .conftest import Run
from .repository import THIS, begin, commit, files_in, git, write

pytestmark = pytest.mark.cli
BRANCH = f"投稿/{NAME}"
ORIGINAL = ("述职报告.docx", b"PK original")
DIGEST = hashlib.sha256(ORIGINAL[1]).hexdigest()
HANDED = THIS.replace(
    "status: published", f"status: review\nsource: {{name: 述职报告.docx, sha256: {DIGEST}}}"
)
Entries = list[tuple[str, bytes]]


def _zip(entries: Entries, change: Callable[[zipfile.ZipInfo], None] = lambda info: None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            change(info)
            archive.writestr(info, content)
    return buffer.getvalue()


def _package(library: Path, text: str = HANDED) -> Path:
    file = library / "投稿包.zip"
    file.write_bytes(write_package("报告.md", text, ORIGINAL, "<html>"))
    return file


def test_the_report_comes_in_on_a_branch(start: Run, library: Path) -> None:
    begin(library)
    before = git(library, "rev-parse", "main")
    done = start("receive", _package(library))
    assert done.code == 0, done.err
    assert "原稿：述职报告.docx（与报告记录的一致）" in done.out
    assert "没有必须改的" in done.out and "上年问题 2 个，已注明回应 1 个" in done.out
    assert f"已放在新分支 {BRANCH} 上" in done.out
    assert git(library, "branch", "--show-current") == BRANCH
    assert (library / f"docs/reports/{NAME}.md").read_text(encoding="utf-8") == HANDED
    assert git(library, "diff", "--name-only", "main", BRANCH) == f"docs/reports/{NAME}.md"
    assert git(library, "rev-parse", "main") == before
    assert git(library, "status", "--porcelain") == "?? 投稿包.zip"
    assert "收到投稿：2022年度抓机关党建工作述职报告" in git(library, "log", "-1", "--format=%s")
    assert start("review", f"main..{BRANCH}").code == 0


def test_without_a_branch(run: Run, library: Path) -> None:
    done = run("receive", _package(library), "--no-branch")
    assert done.code == 0, done.err
    assert (library / f"docs/reports/{NAME}.md").read_text(encoding="utf-8") == HANDED


def test_a_report_with_faults_comes_in_and_is_exit_code_1(run: Run, library: Path) -> None:
    begin(library)
    text = report_text(body(OPENING, PRACTICE, PLAN))
    done = run("receive", _package(library, text))
    assert done.code == 1 and "没有找到" in done.out
    assert git(library, "branch", "--show-current") == BRANCH
    assert "报告没有记录来自哪个文件" in done.out


def test_a_secret_never_gets_into_git(run: Run, library: Path) -> None:
    begin(library)
    before = files_in(library)
    file = _package(library, HANDED.replace("带队到", "机密★1年\n\n带队到"))
    done = run("receive", file)
    assert done.code == 2 and "保密问题必须先处理" in done.err
    file.unlink()
    assert (
        files_in(library) == before
        and git(library, "branch", "--format=%(refname:short)") == "main"
    )


def test_it_never_overwrites(run: Run, library: Path) -> None:
    begin(library)
    write(library, standard())
    commit(library, "已有")
    before = files_in(library)
    for option in ((), ("--no-branch",)):
        done = run("receive", _package(library), *option)
        assert done.code == 2 and "没有覆盖" in done.err
    (library / "投稿包.zip").unlink()
    assert files_in(library) == before


def test_a_second_time_is_refused(run: Run, library: Path) -> None:
    begin(library)
    file = _package(library)
    assert run("receive", file).code == 0
    git(library, "switch", "-q", "main")
    done = run("receive", file)
    assert done.code == 2 and f"已经有分支 {BRANCH}" in done.err
    assert git(library, "branch", "--show-current") == "main"


def test_unfinished_work_is_left_alone(run: Run, library: Path) -> None:
    begin(library)
    file = _package(library)
    units = library / "docs/_data/units.yml"
    units.write_text(units.read_text(encoding="utf-8") + "\n# 改了一半\n", encoding="utf-8")
    done = run("receive", file)
    assert done.code == 2 and "没提交的改动" in done.err and "docs/_data/units.yml" in done.err
    git(library, "checkout", "-q", ".")
    write(library, standard(), "2020/jiguan-zongjie")
    assert "没提交的改动" in run("receive", file).err
    assert git(library, "branch", "--format=%(refname:short)") == "main"


def test_git_that_does_not_know_who_commits(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(library)
    git(library, "config", "--unset", "user.email")
    git(library, "config", "user.useConfigOnly", "true")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    done = run("receive", _package(library))
    assert done.code == 2 and "git config user.name" in done.err
    assert git(library, "branch", "--format=%(refname:short)") == "main"
    assert not (library / f"docs/reports/{NAME}.md").exists()


def test_no_git_at_all(run: Run, library: Path) -> None:
    done = run("receive", _package(library))
    assert done.code == 2 and "加 --no-branch" in done.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year: 2022", "year: 今年", "year 没有写年度"),
        ("unit: 局机关党委", "unit: 别的局", "单位“别的局”不在名录"),
        ("unit: 局机关党委", "unit: ../../etc", "单位“../../etc”不在名录"),
        ("kind: 述职报告", "kind: 小说", "没有文种“小说”"),
        ("role: 分管领导", "role: 局长", "角色“局长”认不出"),
        ("---\n", "", "读不出前言"),
    ],
)
def test_a_report_whose_place_is_unknown(
    run: Run, library: Path, old: str, new: str, said: str
) -> None:
    before = files_in(library)
    text = HANDED.replace(old, new, 1)
    file = _package(library, text)
    done = run("receive", file, "--no-branch")
    assert done.code == 2 and said in done.err, done.err
    file.unlink()
    assert files_in(library) == before


def test_a_report_in_another_encoding(run: Run, library: Path) -> None:
    (library / "a.zip").write_bytes(_zip([("报告.md", HANDED.encode("gb18030"))]))
    done = run("receive", "a.zip", "--no-branch")
    assert done.code == 2 and "不是 UTF-8 编码，看起来是 GB18030" in done.err


def test_files_that_are_no_package(run: Run, library: Path) -> None:
    (library / "a.zip").write_bytes("这是一段文字".encode())
    for name, said in (("a.zip", "不是 zip"), ("没有.zip", "读不了"), ("docs", "是目录")):
        done = run("receive", name, "--no-branch")
        assert done.code == 2 and said in done.err, done.err


# The package itself

REPORT: Entries = [("报告.md", b"---\n---\n")]


def _flag(bit: int) -> Callable[[zipfile.ZipInfo], None]:
    def change(info: zipfile.ZipInfo) -> None:
        info.flag_bits |= bit

    return change


def _link(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def _encrypted() -> bytes:
    """Both places where a zip says that an entry is encrypted."""
    content = bytearray(_zip(REPORT))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是 zip"),
        (b"PK\x03\x04 cut short", "不是 zip"),
        (_zip([]), "没有报告"),
        (_zip([("自查结果.html", b"")]), "没有报告"),
        (_zip([*REPORT, ("二.md", b"")]), "2 份报告"),
        (_zip([*REPORT, ("a.docx", b""), ("b.wps", b"")]), "2 份原稿"),
        (_zip([*REPORT, ("run.exe", b"")]), "不该有的文件“run.exe”"),
        (_zip([*REPORT, ("别的.html", b"")]), "不该有的文件"),
        (_zip([*REPORT, ("包.zip", b"")]), "不该有的文件"),
        (_zip([("../报告.md", b"")]), "想指到别处"),
        (_zip([("a/../../报告.md", b"")]), "想指到别处"),
        (_zip([("/etc/报告.md", b"")]), "想指到别处"),
        (_zip([("C:/报告.md", b"")]), "想指到别处"),
        (_zip([("a\\..\\报告.md", b"")]), "想指到别处"),
        (_zip([("\x1b[31m报告.md", b"")]), "想指到别处"),
        (_zip(REPORT, _link), "不是普通文件"),
        (_zip([("A.md", b""), ("a.MD", b"")]), "同名"),
        (_encrypted(), "加了密码"),
        (_zip(REPORT, lambda info: setattr(info, "compress_type", zipfile.ZIP_BZIP2)), "压缩方法"),
        (_zip([(f"{n}.md", b"") for n in range(40)]), "太多文件"),
        (_zip([("报告.md", b"0" * 2_100_000)]), "太大"),
        (_zip([*REPORT, ("a.docx", b"0" * 100_100_000)]), "太大"),
        (bytes(50_000_001), "超过 50 MB"),
    ],
    ids=range(23),
)
def test_hostile_packages_are_refused(content: bytes, said: str) -> None:
    started = time.monotonic()
    with pytest.raises(PackageError, match=said):
        read_package(content)
    assert time.monotonic() - started < 10


def test_a_declared_size_is_not_believed() -> None:
    content = bytearray(_zip([("报告.md", b"0" * 2_100_000)]))
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 10)
    with pytest.raises(PackageError):
        read_package(bytes(content))


def test_a_long_list_of_contents_is_not_read() -> None:
    """Ten thousand entries behind an end record that says there is one."""
    content = bytearray(_zip([(f"{n}.md", b"") for n in range(10_000)]))
    at = content.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", content, at + 8, 1, 1)
    with pytest.raises(PackageError, match="太多文件"):
        read_package(bytes(content))


def test_names_in_gbk_and_litter_of_other_systems() -> None:
    content = _zip(
        [
            ("__MACOSX/._report.md", b"x"), ("folder/", b""), ("folder/report.md", b"text"),
            ("folder/.DS_Store", b"x"),
        ]
    )  # fmt: skip
    assert read_package(content).report == b"text"
    name = "报告.md"
    gbk = name.encode("gb18030")
    made = _zip([("x" * (len(gbk) - 3) + ".md", b"t")]).replace(b"x" * (len(gbk) - 3) + b".md", gbk)
    assert read_package(made).name == name


def test_the_same_in_the_same_out() -> None:
    assert write_package("a.md", "文", ORIGINAL, "果") == write_package(
        "a.md", "文", ORIGINAL, "果"
    )
    back = read_package(write_package("a.md", "文", ORIGINAL, "果"))
    assert (back.report.decode(), back.original, back.checked) == ("文", ORIGINAL, True)


GOOD = write_package("报告.md", HANDED, ORIGINAL, "<html>")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, len(GOOD)),
)
@example([(1066, 6)], 0)  # zipfile seeks before the beginning of the file
def test_damage_is_refused_or_harmless(changes: list[tuple[int, int]], end: int) -> None:
    content = bytearray(GOOD)
    for at, value in changes:
        content[at] = value
    for candidate in (bytes(content), bytes(content[:end])):
        try:
            read = read_package(candidate)
        except PackageError:
            continue
        assert len(read.report) <= 2_000_000


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_without_a_traceback(content: bytes) -> None:
    with pytest.raises(PackageError):
        read_package(content)


# A package that could not be checked: an original and a slip

SLIP = "年度：2022\r\n单位：局机关党委\r\n文种：述职报告\r\n角色：分管领导\r\n成文日期：2023-01-10\r\n状态：送审稿\r\n"


def _unchecked(slip: str, name: str = "原稿.txt", content: bytes = PLAIN.encode()) -> bytes:
    return _zip([(name, content), ("投稿单.txt", slip.encode()), ("自查结果.html", b"<p>")])


def test_an_unchecked_package_gives_the_report_of_import(run: Run, library: Path) -> None:
    (library / "投稿包.zip").write_bytes(_unchecked(SLIP))
    ran = run("receive", "投稿包.zip", "--no-branch")
    assert ran.code == 0, ran.out + ran.err
    assert "没有自查过" in ran.out and "与报告记录的一致" in ran.out
    file = library / f"docs/reports/{NAME}.md"
    received = file.read_bytes()
    file.unlink()
    (library / "原稿.txt").write_bytes(PLAIN.encode())
    assert run("import", "原稿.txt", *DATED, "--year", "2022", "--status", "review").code == 0
    assert file.read_bytes() == received


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (SLIP.replace("2022", "二〇二二"), "“二〇二二”，读不懂"),
        (SLIP.replace("2023-01-10", "2023-13-10"), "“2023-13-10”，读不懂"),
        (SLIP.replace("送审稿", "好了"), "“好了”，读不懂"),
        (SLIP.replace("局机关党委", "某局"), "单位名录里没有“某局”"),
        (SLIP.replace("述职报告", "汇报"), "没有文种“汇报”"),
        (SLIP.replace("角色：分管领导", ""), "角色"),
        ("", "读不懂"),
    ],
)
def test_a_slip_that_cannot_be_meant_is_refused(
    run: Run, library: Path, slip: str, said: str
) -> None:
    (library / "投稿包.zip").write_bytes(_unchecked(slip))
    ran = run("receive", "投稿包.zip", "--no-branch")
    assert ran.code == 2 and said in ran.err
    assert not (library / "docs/reports").exists()


def test_an_original_nobody_can_read_is_refused_with_what_to_do(run: Run, library: Path) -> None:
    (library / "投稿包.zip").write_bytes(
        _unchecked(SLIP, "原稿.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    )
    ran = run("receive", "投稿包.zip", "--no-branch")
    assert ran.code == 2 and "另存为" in ran.err


def test_a_slip_needs_its_original() -> None:
    with pytest.raises(PackageError, match="里面没有报告"):
        read_package(_zip([("投稿单.txt", SLIP.encode())]))
    with pytest.raises(PackageError, match="里面没有报告"):
        read_package(_zip([("原稿.docx", b"PK")]))
    with pytest.raises(PackageError, match="太大"):
        read_package(_unchecked("甲" * 10_000))
