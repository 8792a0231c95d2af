"""Reading the workflow files of three forges: their jobs as the same few facts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.builder import ROOT

GITHUB = ".github/workflows/check.yml"
GITEA = ".gitea/workflows/check.yml"
GITLAB = ".gitlab-ci.yml"
ALL = (GITHUB, GITEA, GITLAB)
_NO_JOBS = {"workflow", "default", "variables", "stages"}


@dataclass(frozen=True)
class Step:
    """One step: what it runs, or the action it uses, with its environment as written."""

    name: str
    run: str
    uses: str
    env: dict[str, str]
    inputs: dict[str, Any]


@dataclass(frozen=True)
class Job:
    name: str
    steps: tuple[Step, ...]
    permissions: dict[str, str]
    condition: str
    #: Its failing stops nothing.
    lenient: bool = False


def read(name: str, root: Path = ROOT) -> dict[Any, Any]:
    content = yaml.safe_load((root / name).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def jobs(name: str) -> dict[str, Job]:
    content = read(name)
    if name == GITLAB:
        return {
            key: Job(
                key,
                tuple(
                    Step(key, line, "", value.get("variables", {}), {}) for line in value["script"]
                ),
                {},
                str(value.get("rules")),
                value.get("allow_failure", False),
            )
            for key, value in content.items()
            if key not in _NO_JOBS
        }
    whole = content["permissions"]
    return {
        key: Job(
            key,
            tuple(
                Step(s.get("name", ""), s.get("run", ""), s.get("uses", ""), s.get("env", {}), s.get("with", {}))
                for s in value["steps"]
            ),
            value.get("permissions", whole),
            str(value.get("if", "")),
            value.get("continue-on-error", False),
        )
        for key, value in content["jobs"].items()
    }  # fmt: skip


def scripts(name: str) -> list[str]:
    return [step.run for job in jobs(name).values() for step in job.steps if step.run]
