"""``baogao review``: what a range of commits hands in, or a file, on the terminal and as 审核单.html."""

from __future__ import annotations

from pathlib import Path

import pytest

from baogao.rules.rule import NAME, OPENING, PLAN, PRACTICE, body, report_text

from .conftest import Run
from .repository import CAN_LINK, LAST_NAME, THIS, begin, commit, git, write

pytestmark = pytest.mark.cli


def _hand_in(library: Path, text: str = THIS) -> None:
    begin(library)
    git(library, "switch", "-qc", "投稿")
    write(library, text)
    commit(library, "新一年")


def test_a_range_is_read_from_git_wherever_one_stands(start: Run, library: Path) -> None:
    _hand_in(library)
    git(library, "switch", "-q", "main")
    assert not (library / f"docs/reports/{NAME}.md").exists()
    done = start("review", "main..投稿")
    assert done.code == 0, done.err
    assert "没有必须改的" in done.out and f"`docs/reports/{NAME}.md`" in done.out
    assert "上年问题 2 个，已注明回应 1 个，还差 P2021-2" in done.out
    assert "审核单已写到 审核单.html：1 页" in done.out
    html = (library / "审核单.html").read_text(encoding="utf-8")
    assert "第二部分第一条" in html and "没有回应" in html and "P2021-2" in html
    assert git(library, "branch", "--show-current") == "main"
    assert not (library / f"docs/reports/{NAME}.md").exists()


def test_what_lies_uncommitted_does_not_count_in_a_range(run: Run, library: Path) -> None:
    _hand_in(library)
    write(library, THIS.replace("宣讲4场", "宣讲XX场"))
    assert "待填" not in run("review", "main..HEAD").out
    assert run("review", f"docs/reports/{NAME}.md").code == 1


def test_new_reports_on_the_base_are_not_part_of_the_request(run: Run, library: Path) -> None:
    _hand_in(library)
    git(library, "switch", "-q", "main")
    write(library, THIS, "2022/jiguan-shuzhi-fushuji")
    commit(library, "另一份")
    done = run("review", "main..投稿")
    assert "共 1 份报告" in done.out and "fushuji" not in done.out


def test_a_finding_is_exit_code_1_and_stands_on_the_sheet(run: Run, library: Path) -> None:
    _hand_in(library, report_text(body(OPENING, PRACTICE, PLAN)))
    done = run("review", "main..投稿", "--out", "单/一.html")
    assert done.code == 1 and "存在问题及原因分析" in done.out
    assert "缺少必备章节" in (library / "单/一.html").read_text(encoding="utf-8")


def test_other_files_in_the_request_are_named(run: Run, library: Path) -> None:
    _hand_in(library)
    (library / "setup.py").write_text("print()", encoding="utf-8")
    (library / "docs/_data/events.yml").open("a", encoding="utf-8").write("\n# 注\n")
    (library / f"docs/reports/{LAST_NAME}.md").unlink()
    commit(library, "别的")
    done = run("review", "main..投稿")
    assert "还改了检查依据的数据文件" in done.err and "docs/_data/events.yml" in done.err
    assert "还改了报告以外的文件 1 个：setup.py" in done.err
    assert f"删去了报告 1 份：docs/reports/{LAST_NAME}.md" in done.err
    assert "共 1 份报告" in done.out


@pytest.mark.skipif(not CAN_LINK, reason="符号链接在 Windows 上要权限")
def test_a_link_in_a_request_leads_nowhere(run: Run, library: Path, tmp_path: Path) -> None:
    _hand_in(library)
    secret = tmp_path / "secret"
    secret.write_text("鹭栖标记", encoding="utf-8")
    (library / "docs/reports/2022/jiguan-zongjie.md").symlink_to(secret)
    commit(library, "链接")
    done = run("review", "main..投稿")
    assert "共 1 份报告" in done.out and "鹭栖标记" not in done.out + done.err


def test_nothing_to_review(run: Run, library: Path) -> None:
    begin(library)
    done = run("review", "main..HEAD")
    assert done.code == 0 and "没有新增或改动报告" in done.out
    assert not (library / "审核单.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少"),
        (("没有..main",), "没有这个版本：没有"),
        (("--output=x..main",), "没有选项"),
        (("没有.md",), "没有这个文件或目录"),
        (("../elsewhere",), "没有这个文件或目录"),
        (("main..HEAD", "--out", "docs/reports/a.md"), "--out 要写成 .html 文件"),
    ],
)
def test_what_cannot_be_reviewed(
    run: Run, library: Path, arguments: tuple[str, ...], said: str
) -> None:
    begin(library)
    done = run("review", *arguments)
    assert done.code == 2 and said in done.err, done.err


def test_a_range_without_git(run: Run, library: Path) -> None:
    write(library, THIS)
    done = run("review", "a..b")
    assert done.code == 2 and "不是 Git 目录" in done.err


def test_several_reports_are_a_page_each(run: Run, library: Path) -> None:
    begin(library)
    write(library, THIS)
    done = run("review", "docs/reports")
    assert "2 页" in done.out
    html = (library / "审核单.html").read_text(encoding="utf-8")
    assert html.count('<section class="sheet">') == 2 and "第 2 份，共 2 份" in html


def test_lines_of_the_summary_are_linked(run: Run, library: Path) -> None:
    write(library, THIS.replace("宣讲4场", "宣讲XX场"))
    link = "https://forge.example/o/r/blob/abc/{path}?plain=1#L{line}"
    done = run("check", "--format", "summary", "--link", link)
    assert f"](<https://forge.example/o/r/blob/abc/docs/reports/{NAME}.md?plain=1#L" in done.out
    assert run("check", "--link", link).code == 2
