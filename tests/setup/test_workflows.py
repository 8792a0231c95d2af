"""The workflow files: they say only what exists, may no more than they must, and run nothing that was handed in."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml

from baogao.rules.rule import NAME, standard
from baogao_cli.main import cli
from tests.builder import ROOT, copy_project
from tests.cli.repository import commit, git, write

from .workflows import ALL, GITEA, GITHUB, GITLAB, Step, jobs, read, scripts


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/forge/{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _commands(script: str) -> list[list[str]]:
    """The words of every simple command in a script; where its output goes is left out."""
    found: list[list[str]] = []
    for line in script.splitlines():
        reader = shlex.shlex(line, posix=True, punctuation_chars=True)
        reader.whitespace_split, reader.commenters = True, ""
        words: list[str] = []
        for word in [*reader, ";"]:
            if not set(word) <= set("|&;<>()"):
                words.append(word)
                continue
            if words:
                found.append(words)
            words = []
    return found


def _ours(script: str) -> list[list[str]]:
    """The commands that run a script of this project, from its path on."""
    found = []
    for words in _commands(script):
        at = next((i for i, word in enumerate(words) if word.startswith("scripts/")), None)
        if at is not None:
            assert words[at - 1] == "python3"
            found.append(words[at:])
    return found


@pytest.mark.parametrize("name", ALL)
def test_shell_is_shell(name: str) -> None:
    assert scripts(name)
    for script in scripts(name):
        done = subprocess.run(
            ["bash", "-n"], input=script.encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name", [*ALL, ".pre-commit-config.yaml"])
def test_every_command_and_option_exists(name: str) -> None:
    comment = _load("comment").parser()
    taking = (ROOT / "scripts/forge/take_reports.py").read_text(encoding="utf-8")
    texts = scripts(name) if name in ALL else [read(name)["repos"][0]["hooks"][0]["entry"]]
    found = [words for text in texts for words in _ours(text)]
    assert found
    for path, *words in found:
        assert (ROOT / path).is_file(), path
        if path == "scripts/run.py":
            verb, *rest = words
            if verb == "rehearse":  # of the bootstrap itself
                assert rest == []
                continue
            command = cli.commands[verb]
            known = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
            assert {word for word in rest if word.startswith("-")} <= known, words
        elif path == "scripts/forge/comment.py":
            numbered = [re.sub(r"^\$NUMBER$|^\$CI_MERGE_REQUEST_IID$", "7", word) for word in words]
            comment.parse_args(numbered)
        else:
            for word in words:
                assert not word.startswith("-") or f'"{word}"' in taking, word


@pytest.mark.parametrize("name", [GITHUB, GITEA])
def test_permissions_are_the_least(name: str) -> None:
    assert all(value == "read" for value in read(name)["permissions"].values())
    for job in jobs(name).values():
        writes = {scope for scope, access in job.permissions.items() if access != "read"}
        comments = any("comment.py" in step.run for step in job.steps)
        assert writes <= ({"pull-requests", "issues"} if comments else set()), job.name
        assert set(job.permissions) <= {"contents", "pull-requests", "issues"}
    # On GitHub whoever may write never sees a file of the request.
    if name == GITHUB:
        for job in jobs(name).values():
            if any("comment.py" in step.run for step in job.steps):
                assert not any(
                    "take_reports" in step.run or "fetch" in step.run for step in job.steps
                )


@pytest.mark.parametrize("name", [GITHUB, GITEA])
def test_nothing_handed_in_is_checked_out_or_put_into_a_script(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for trap in (
        "head.ref",
        "head_ref",
        "head.sha",
        "pull_request.title",
        "pull_request.body",
        "head.repo",
    ):
        assert trap not in text, trap
    for job in jobs(name).values():
        for step in job.steps:
            assert "${{" not in step.run  # only through env, where nothing is read as a command
            if "actions/checkout" in step.uses:
                assert set(step.inputs) <= {"fetch-depth", "persist-credentials"}
            if step.uses:
                assert re.search(r"@[0-9a-f]{40}$", step.uses), step.uses
            for value in step.env.values():
                assert re.fullmatch(
                    r"\$\{\{ github\.(token|event\.pull_request\.(number|base\.ref)) \}\}", value
                )


@pytest.mark.parametrize("name", ALL)
def test_of_the_request_only_reports_are_taken(name: str) -> None:
    for script in scripts(name):
        for words in _commands(script):
            if words[0] != "git":
                continue
            assert words[1] in ("fetch", "rev-parse", "init", "checkout", "clean"), words
            if words[1] == "checkout":
                assert words[-1] in ("refs/request/base", "FETCH_HEAD")
                whole = "GITHUB_SHA" in script  # the push to the branch itself
                assert words[-1] == "refs/request/base" or whole
    assert any("take_reports.py" in script for script in scripts(name))


def test_gitlab_does_not_check_out_the_request() -> None:
    check = read(GITLAB)["check"]
    assert check["variables"]["GIT_CHECKOUT"] == "false"
    text = (ROOT / GITLAB).read_text(encoding="utf-8")
    assert "MERGE_REQUEST_TITLE" not in text and "SOURCE_BRANCH" not in text


def test_checks_never_vanish() -> None:
    """No filter by path, and the branch itself is checked too: what went straight to it as well."""
    for name in (GITHUB, GITEA):
        triggers = read(name)[True]  # YAML 1.1 reads the key "on" so
        assert set(triggers) == {"pull_request_target", "push", "schedule"}
        assert "paths" not in triggers["pull_request_target"] and "paths" not in triggers["push"]


@pytest.mark.parametrize("name", ALL)
def test_the_rehearsal_stops_nobody(name: str) -> None:
    """It is tried with what is newest, says so when it fails, and is never asked for a request to be merged."""
    found = {key: job for key, job in jobs(name).items() if "scripts/run.py rehearse" in job.steps[-1].run}  # fmt: skip
    assert list(found) == ["rehearsal"] and found["rehearsal"].lenient
    assert [key for key, job in jobs(name).items() if job.lenient] == ["rehearsal"]
    assert "pull_request" not in found["rehearsal"].condition
    assert "merge_request_event" not in found["rehearsal"].condition.replace('!= "merge_request_event"', "")  # fmt: skip
    assert all("rehearsal" not in str(read(name).get(key, {})) for key in ("check", "whole"))
    if name != GITLAB:  # the branch's own check is not run because a week has passed
        assert jobs(name)["whole"].condition == "github.event_name == 'push'"


def test_requests_begin_with_the_same_few_lines_everywhere() -> None:
    places = (
        ".github/pull_request_template.md", ".gitea/pull_request_template.md",
        ".gitlab/merge_request_templates/Default.md",
    )  # fmt: skip
    texts = {(ROOT / place).read_text(encoding="utf-8") for place in places}
    assert len(texts) == 1
    assert len(texts.pop().splitlines()) <= 6


def test_the_local_hook_clones_nothing() -> None:
    content = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in content["repos"]] == ["local"]
    (hook,) = content["repos"][0]["hooks"]
    pattern = re.compile(hook["files"])
    assert hook["language"] == "system"
    assert pattern.search("docs/reports/2022/a.md") and not pattern.search("docs/guide/a.md")


# The steps as they are written, run on a request that would like to do harm

EVIL = "import pathlib; pathlib.Path('harm').touch()\n"
RUNNER = """import runpy, sys
sys.path[:0] = ["hooks", "scripts"]
sys.argv = ["baogao", *sys.argv[1:]]
runpy.run_module("baogao_cli.main", run_name="__main__")
"""


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository with the project on ``main`` (few reports, no environment to make), as the forge has it."""
    project = copy_project(tmp_path / "origin")
    shutil.copytree(
        ROOT / "scripts", project / "scripts", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "tests/data", project / "docs/_data", dirs_exist_ok=True)
    shutil.rmtree(project / "docs/reports")
    write(
        project,
        standard(year="2021", title="2021年度抓机关党建工作述职报告", date="2022-01-10").replace(
            "2022年", "2021年"
        ),
        "2021/jiguan-shuzhi-fenguan",
    )
    (project / "scripts/run.py").write_text(RUNNER, encoding="utf-8")
    git(project, "init", "-q", "-b", "main")
    git(project, "config", "user.name", "t")
    git(project, "config", "user.email", "t@example.org")
    commit(project, "开始")
    return project


def _request(origin: Path, text: str) -> None:
    """A request with a report in it, and with everything else one could try."""
    git(origin, "switch", "-qc", "request")
    write(origin, text)
    for name in (
        "scripts/run.py",
        "scripts/forge/comment.py",
        "hooks/check.py",
        "hooks/baogao/__init__.py",
    ):
        (origin / name).write_text(EVIL, encoding="utf-8")
    (origin / "docs/_data/kinds.yml").write_text("kinds: {}\n", encoding="utf-8")
    (origin / "docs/reports/2022/leak.md").symlink_to("/etc/passwd")
    (origin / "docs/reports/2022/.gitattributes").write_text("*.md filter=evil\n", encoding="utf-8")
    git(origin, "add", "-f", "docs/reports/2022")
    commit(origin, "请求")
    git(origin, "update-ref", "refs/pull/7/head", "request")
    git(origin, "switch", "-q", "main")
    write(origin, standard(role="专职副书记"), "2022/jiguan-shuzhi-fushuji")
    commit(origin, "目标分支又有了一份")


def _run(
    step: Step, folder: Path, tmp_path: Path, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a step as the runner does, with ``python3`` the one of this environment and nobody to send a comment to."""
    shims = tmp_path / "shims"
    shims.mkdir(exist_ok=True)
    shim = shims / "python3"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    values = {
        "${{ github.token }}": "", "${{ github.event.pull_request.number }}": "7",
        "${{ github.event.pull_request.base.ref }}": "main",
    }  # fmt: skip
    environment = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONIOENCODING")
    }
    environment |= {
        "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1",
        "GITHUB_SERVER_URL": f"file://{tmp_path}", "GITHUB_REPOSITORY": "o",
        "GITHUB_API_URL": "http://127.0.0.1:9", "GITHUB_STEP_SUMMARY": str(tmp_path / "said.md"),
        **{key: values.get(value, value) for key, value in step.env.items()}, **more,
    }  # fmt: skip
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step.run], cwd=folder, env=environment,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def _named(name: str, job: str, step: str) -> Step:
    return next(s for s in jobs(name)[job].steps if s.name == step)


def _harmless(folder: Path) -> None:
    assert not (folder / "harm").exists()
    assert not (folder / "docs/reports/2022/leak.md").exists()
    assert not (folder / "docs/reports/2022/.gitattributes").exists()
    assert "kinds: {}" not in (folder / "docs/_data/kinds.yml").read_text(encoding="utf-8")


def _check_comment(folder: Path, line: str) -> None:
    said = (folder / "comment.md").read_text(encoding="utf-8")
    assert "共 1 份报告" in said and "fushuji" not in said
    assert "有不能收的文件" in said and "leak.md（不是普通文件）" in said
    assert "还改了报告以外的文件 5 个" in said and "`scripts/run.py`" in said
    assert line in said


FAULTY = standard().replace("宣讲4场", "宣讲XX场")


@pytest.mark.skipif(os.name == "nt", reason="运行器是 Linux")
def test_github_steps_on_a_hostile_request(origin: Path, tmp_path: Path) -> None:
    _request(origin, FAULTY)
    work = tmp_path / "work"
    git(tmp_path, "clone", "-q", "origin", "work")
    done = _run(_named(GITHUB, "check", "取报告并检查"), work, tmp_path)
    assert done.returncode == 1, done.stderr.decode()
    _harmless(work)
    head = git(origin, "rev-parse", "request")
    _check_comment(work, f"/o/blob/{head}/docs/reports/{NAME}.md?plain=1#L")


@pytest.mark.skipif(os.name == "nt", reason="运行器是 Linux")
def test_gitea_steps_on_a_hostile_request(origin: Path, tmp_path: Path) -> None:
    _request(origin, FAULTY)
    (tmp_path / "o.git").symlink_to(origin)
    work = tmp_path / "work"
    work.mkdir()
    fetch = _named(GITEA, "check", "取目标分支和提交的内容")
    done = _run(fetch, work, tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    done = _run(_named(GITEA, "check", "取报告并检查"), work, tmp_path)
    assert done.returncode == 1, done.stderr.decode()
    _harmless(work)
    _check_comment(work, "?display=source#L")
    done = _run(_named(GITEA, "check", "更新评论"), work, tmp_path)
    assert done.returncode == 0 and "没有令牌" in done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="运行器是 Linux")
def test_gitlab_script_on_a_good_request_makes_a_preview(origin: Path, tmp_path: Path) -> None:
    git(origin, "switch", "-qc", "request")
    write(origin, standard())
    head = commit(origin, "请求")
    git(origin, "switch", "-q", "main")
    git(tmp_path, "clone", "-q", "origin", "work")
    work = tmp_path / "work"
    step = jobs(GITLAB)["check"].steps[0]
    done = _run(
        step, work, tmp_path, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", CI_COMMIT_SHA=head,
        CI_MERGE_REQUEST_PROJECT_URL="https://gitlab.example/g/p", CI_API_V4_URL="http://127.0.0.1:9",
        CI_MERGE_REQUEST_PROJECT_ID="1", CI_MERGE_REQUEST_IID="7",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    assert (work / f"preview/site/reports/{NAME}.html").is_file()
    assert "审核意见" in (work / "preview/审核单.html").read_text(encoding="utf-8")
    assert (work / "codequality.json").read_text(encoding="utf-8").startswith("[")


def test_a_deleted_report_is_deleted(origin: Path, tmp_path: Path) -> None:
    git(origin, "switch", "-qc", "request")
    (origin / "docs/reports/2021/jiguan-shuzhi-fenguan.md").unlink()
    write(origin, standard(), "2021/jiguan-shuzhi-fenguan.md/a")  # where a file was, a folder
    head = commit(origin, "请求")
    git(origin, "switch", "-q", "main")
    script = ROOT / "scripts/forge/take_reports.py"
    command = [sys.executable, str(script), "--base", "HEAD", "--head", head]
    done = subprocess.run(command, cwd=origin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert (origin / "docs/reports/2021/jiguan-shuzhi-fenguan.md/a.md").is_file()
    wrong = subprocess.run([*command[:-1], "0" * 40], cwd=origin, capture_output=True, check=False)
    assert wrong.returncode == 2 and b"Traceback" not in wrong.stderr
