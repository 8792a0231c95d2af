"""``baogao new``: what it writes is a report the checker accepts as a draft, for every kind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from baogao.corpus import follow_up, load, load_data
from baogao.rules import Severity, check_corpus
from baogao.rules.series.pair import LAST

from .conftest import ROOT, Run
from .repository import write

pytestmark = pytest.mark.cli


def test_every_kind_has_a_skeleton_without_errors(run: Run, library: Path) -> None:
    data = load_data(library / "docs/_data", "docs/_data")
    for kind in data.kinds.kinds:
        role = ("--role", kind.authors[0].name) if kind.authors else ()
        done = run("new", "--year", "2022", "--unit", "局机关党委", "--kind", kind.name, *role)
        assert done.code == 0, done.err
    corpus = load(library / "docs")
    assert len(corpus.reports) == len(data.kinds.kinds)
    worse = [f for f in check_corpus(corpus) if f.severity is not Severity.INFO]
    assert worse == []
    assert not corpus.visible.reports


def test_the_skeleton_has_the_sections_in_order(run: Run, library: Path) -> None:
    done = run(
        "new", "--year", "2022", "--unit", "局机关党委", "--kind", "年度工作总结", "--dry-run"
    )
    headings = [line for line in done.out.splitlines() if line.startswith("## ")]
    assert headings == ["## 一、2022年工作开展情况", "## 二、存在的问题", "## 三、2023年工作思路"]


def test_it_does_not_overwrite(run: Run) -> None:
    options = ("new", "--year", "2022", "--unit", "局机关党委", "--kind", "年度工作总结")
    assert run(*options).code == 0
    done = run(*options)
    assert done.code == 2 and "没有覆盖" in done.err


# What last year left to answer


def _skeleton(run: Run, *options: str) -> str:
    done = run(
        "new", "--year", "2022", "--unit", "局机关党委", "--kind", "述职报告", "--role", "分管领导",
        "--dry-run", *options,
    )  # fmt: skip
    assert done.code == 0, done.err
    return done.out


def test_it_opens_with_last_years_problems_and_plans(run: Run, library: Path) -> None:
    write(library, LAST, "2021/jiguan-shuzhi-fenguan")
    write(library, LAST.replace("2021", "2019"), "2019/jiguan-shuzhi-fenguan")
    text = _skeleton(run)
    assert "rectifies:\n  - ref: P2021-1\n    status: 未完成\n  - ref: P2021-2\n" in text
    assert "<!-- 上一份报告（2021年度）写的问题和打算" in text
    assert "P2021-1 一是听课的人越到年底越少" in text and "A2021-2 二是再帮一个支部达标" in text
    assert "## 一、上年度问题整改情况\n\n### （一）关于听课的人越到年底越少的问题" in text
    assert "## 二、主要做法及成效" in text
    assert text.index("<!--") < text.index("现将我") < text.index("## 一、")


def test_a_first_report_has_nothing_to_answer(run: Run) -> None:
    text = _skeleton(run)
    assert "<!--" not in text and "rectifies" not in text and "## 一、主要做法及成效" in text


def test_every_kind_answers_last_year_without_faults(run: Run, library: Path) -> None:
    """For every kind: a finished report, then next year's skeleton, which is a draft the checks accept."""
    data = load_data(library / "docs/_data", "docs/_data")
    for kind in data.kinds.kinds:
        role = ("--role", kind.authors[0].name) if kind.authors else ()
        options = ("--unit", "局机关党委", "--kind", kind.name, *role)
        assert run("new", "--year", "2021", *options).code == 0
        for file in (library / "docs/reports/2021").glob("*.md"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("【待填】", "学习不深"), encoding="utf-8")
        done = run("new", "--year", "2022", *options)
        assert done.code == 0, done.err
    corpus = load(library / "docs")
    fresh = [report for report in corpus.reports if report.year == 2022]
    assert len(fresh) == len(data.kinds.kinds)
    # Both years are still the skeleton's own words, which R001 says and nobody would hand in.
    found = check_corpus(corpus, fresh)
    worse = [f for f in found if f.severity is not Severity.INFO and f.rule != "R001"]
    assert worse == []
    for report in fresh:
        previous = corpus.predecessor(report)
        assert previous is not None
        # 政府工作报告 tells its problems in its review: they are listed, nobody answers them one by one.
        told = [problem.text for problem in previous.items_of("problem")] if previous.told else []
        assert bool(told) == (previous.kind is not None and not previous.kind.problems_answered)
        assert [p.text for p in follow_up(report, previous).unanswered] == told


def test_last_years_text_cannot_end_the_reminder(run: Run, library: Path) -> None:
    tricky = "学习--->不深<!--办法--!>不多"
    write(library, LAST.replace("听课的人", f"{tricky}听课的人"), "2021/jiguan-shuzhi-fenguan")
    text = _skeleton(run)
    comment = text[text.index("<!--") : text.index("-->") + 3]
    assert "听课的人" in comment and "再帮一个支部达标" in comment
    assert comment.count("<!--") == 1 and "--!>" not in comment


def test_the_reminder_is_noticed_in_what_is_handed_in(run: Run, library: Path) -> None:
    write(library, LAST, "2021/jiguan-shuzhi-fenguan")
    write(library, _skeleton(run).replace("status: draft", "status: review"))
    (report,) = [r for r in load(library / "docs").reports if r.year == 2022]
    assert "H005" in {f.rule for f in check_corpus(load(library / "docs"), [report])}


# Asking


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "请用 --year 指明年度"),
        (("--year", "2022"), "请用 --unit 指明单位"),
        (("--year", "2022", "--unit", "局机关党委"), "请用 --kind 指明文种"),
        (("--year", "2022", "--unit", "局机关党委", "--kind", "述职报告"), "要用 --role 指明角色"),
        (("--year", "22", "--unit", "局机关党委", "--kind", "年度工作总结"), "不是合理的年度"),
    ],
)
def test_without_a_terminal_nothing_is_asked(run: Run, given: tuple[str, ...], said: str) -> None:
    done = run("new", *given)
    assert done.code == 2 and said in done.err, done.err


def _at_a_terminal(library: Path, answers: list[str], *options: str) -> tuple[int, str]:
    """Run ``baogao new`` at a pseudo-terminal; each answer is typed when a question ends with ``：``."""
    pty = pytest.importorskip("pty")
    encoding = os.environ.get("PYTHONIOENCODING", "utf-8")
    path = os.pathsep.join(str(ROOT / part) for part in ("hooks", "scripts"))
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "baogao_cli.main", "new", *options], cwd=library,
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": encoding},
        stdin=inner, stdout=inner, stderr=inner, close_fds=True,
    )  # fmt: skip
    os.close(inner)
    said = b""
    waiting = list(answers)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            piece = os.read(outer, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if waiting and said.decode(encoding, "ignore").endswith("："):
            os.write(outer, waiting.pop(0).encode(encoding) + b"\n")
    os.close(outer)
    return process.wait(20), said.decode(encoding, "replace").replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有伪终端")
def test_at_a_terminal_what_is_missing_is_asked(library: Path) -> None:
    code, said = _at_a_terminal(library, ["二〇二二", "2022", "99", "局机关党委", "1", "2"])
    assert code == 0, said
    assert (library / "docs/reports/2022/jiguan-shuzhi-fenguan.md").is_file()
    assert "  1. 述职报告" in said and "  2. 分管领导" in said and said.count("看不懂") == 2
    assert "Error" not in said and "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有伪终端")
def test_at_a_terminal_what_was_given_is_not_asked(library: Path) -> None:
    code, said = _at_a_terminal(
        library, [], "--year", "2022", "--unit", "局机关党委", "--kind", "年度工作总结"
    )
    assert code == 0 and "考核年度" not in said, said
