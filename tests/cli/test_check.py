"""``baogao check``: exit codes, choice of files, output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baogao.rules.render.width import display_width
from baogao.rules.rule import NAME, body, report_text, standard

from baogao.rules.rule import OPENING, PLAN, PRACTICE, PROBLEM  # isort: skip

from .conftest import Run

pytestmark = pytest.mark.cli


def _write(library: Path, text: str, name: str = NAME) -> Path:
    file = library / "docs/reports" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_wrong(run: Run, library: Path) -> None:
    _write(library, standard())
    done = run("check")
    assert done.code == 0
    assert done.out == "共检查 1 份报告：必须改 0 处，建议改 0 处，供参考 0 处。\n"


def test_an_error_is_exit_code_1_and_said_in_full(start: Run, library: Path) -> None:
    _write(library, report_text(body(OPENING, PRACTICE, PLAN)))
    done = start("check")
    assert done.code == 1
    assert "docs/reports/2022/jiguan-shuzhi-fenguan.md:24:1: 必须改 S001 必备章节" in done.out
    assert "缺少必备章节“存在问题及原因分析”，应在“三、下步工作打算”（第 24 行）之前" in done.out
    assert "      ## 二、存在问题及原因分析" in done.out
    assert done.out.count("必须改 S") == 1
    assert "说明：guide/rules.html#S001" in done.out


def test_the_caret_stands_under_the_words(run: Run, library: Path) -> None:
    _write(library, standard().replace("320人次", "XX人次"))
    lines = run("check").out.splitlines()
    at = next(i for i, line in enumerate(lines) if line.lstrip().startswith("|"))
    shown, caret = lines[at - 1], lines[at]
    column = display_width(caret[: caret.index("^")])
    before = next(shown[:i] for i in range(len(shown)) if display_width(shown[:i]) == column)
    assert shown[len(before) :].startswith("XX人次")


def test_a_warning_counts_only_when_strict(run: Run, library: Path) -> None:
    _write(library, standard(visibilty="internal"))
    assert run("check").code == 0
    assert run("check", "--strict").code == 1


def test_json(run: Run, library: Path) -> None:
    _write(library, report_text(body(OPENING, PRACTICE, PROBLEM)))
    done = run("check", "--json")
    content = json.loads(done.out)
    assert done.code == 1 and content["checked"] == 1 and content["counts"]["error"] == 1
    (finding,) = content["findings"]
    assert finding["rule"] == "S001" and finding["path"].endswith(f"{NAME}.md")


def test_a_rule_is_explained_once(run: Run, library: Path) -> None:
    _write(library, standard(visibilty="a", statuss="b"))
    assert run("check").out.count("说明：guide/rules.html#M004") == 1


def test_only_the_files_named_are_judged(run: Run, library: Path) -> None:
    good = _write(library, standard())
    _write(library, standard(year="2021").replace("2022年", "2021年"), "2021/jiguan-shuzhi-fushuji")
    assert run("check", good).code == 0
    assert run("check", "docs/reports/2021").code == 1
    assert run("check").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "没有.md"), "没有这个文件或目录：没有.md"),
        (("check", "--docs", "nowhere"), "没有目录 nowhere"),
        (("check", "--docs", "."), "没有 _data"),
        (("check", "--strct"), "没有选项 --strct，是不是 --strict？"),
        (("chek",), "没有这个命令：chek"),
        (("verify",), "没有 mkdocs.yml"),
    ],
)
def test_what_cannot_run_is_exit_code_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.code == 2 and said in done.err, done.err


def test_a_wrong_data_file_names_its_place(run: Run, library: Path) -> None:
    kinds = library / "docs/_data/kinds.yml"
    kinds.write_text(
        kinds.read_text(encoding="utf-8").replace("role: practice", "role: practise", 1),
        encoding="utf-8",
    )
    done = run("check")
    assert done.code == 2
    assert "docs/_data/kinds.yml:" in done.err and "不认识的章节角色“practise”" in done.err


def test_help_is_in_chinese(run: Run) -> None:
    for verb in ((), ("check",), ("import",), ("new",), ("bench", "check")):
        done = run(*verb, "--help")
        assert done.code == 0 and "用法：" in done.out
        assert not any(
            word in done.out for word in ("Usage", "Options", "Show this", "INTEGER", "TEXT")
        )


def test_characters_the_console_lacks_do_not_stop_it(start: Run, library: Path) -> None:
    _write(library, standard(title="2021年✅述职报告"))
    done = start("check")
    assert done.code == 1 and "标题写的是 2021 年" in done.out


def test_bench_runs(run: Run) -> None:
    done = run("bench", "check", "--reports", "5", "--characters", "800", "--rules")
    assert done.code == 0 and "5 份报告" in done.out and "S001 必备章节" in done.out
