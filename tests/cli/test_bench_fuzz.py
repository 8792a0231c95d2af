"""A little of ``baogao bench fuzz`` with every suite, the rest with ``run.py test --all``; and that it sees what it is there to see."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from baogao_cli.bench.fuzz import SEED, attempt, chance, fuzz
from baogao_cli.bench.fuzz_targets import TARGETS, Ground, Target, any_text, make_ground

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="只能在 Linux、macOS 上运行"),
    pytest.mark.xdist_group("fuzz"),
]

#: Inputs of each target with every suite: about a second each.
FEW = {
    "front": 2000, "nest": 30, "blocks": 1500, "lines": 5000, "sections": 1000, "page": 300, "intake": 500, "rules": 100,
    "word": 250, "package": 1000, "shard": 20,
}  # fmt: skip
#: Found once, by target: kept so that they stay mended.
FOUND = {"front": (12955,), "package": (176, 196, 203, 445, 452)}


@pytest.fixture(scope="module")
def ground(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return make_ground(root / "docs", tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_hostile_input(target: Target, ground: Ground) -> None:
    result = fuzz(target, ground, SEED, FEW[target.name])
    assert [str(finding) for finding in result.findings] == []
    assert result.inputs == FEW[target.name]


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, numbers in FOUND.items() for number in numbers]
)
def test_what_was_found_stays_mended(name: str, number: int, ground: Ground) -> None:
    (target,) = (target for target in TARGETS if target.name == name)
    attempt(target, ground, SEED, number)


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_million_inputs(target: Target, ground: Ground) -> None:
    result = fuzz(target, ground, SEED + 1, 1000 * target.share)
    assert [str(finding) for finding in result.findings] == []


def _at(number: int, what: object) -> Target:
    """A target that does ``what`` at one number."""

    def make(ground: Ground, chance: random.Random) -> float:
        return chance.random()

    fatal = chance(Target("trap", 0, 0, make, make), 1, number).random()  # type: ignore[arg-type]

    def check(ground: Ground, value: float) -> None:
        if value == fatal:
            what()  # type: ignore[operator]

    return Target("trap", 0, 0, make, check)


def test_an_exception_the_end_and_a_wait_are_found_with_their_numbers(ground: Ground) -> None:
    def fail() -> None:
        raise LookupError("甲")

    for what, said in (
        (fail, "LookupError: 甲"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), f"进程死了（-{int(signal.SIGKILL)}）"),
        (signal.pause, "没有做完"),
    ):
        result = fuzz(_at(7, what), ground, 1, 12, patience=0.5)
        (finding,) = result.findings
        assert finding.number == 7 and said in finding.what
        assert result.inputs == 12


def test_an_input_can_be_made_again(ground: Ground) -> None:
    for target in TARGETS:
        one, two = (target.make(ground, chance(target, 5, 3)) for _ in range(2))
        assert one == two
    assert any_text(ground, random.Random(1)) != any_text(ground, random.Random(2))
