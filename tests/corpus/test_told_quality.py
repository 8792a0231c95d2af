"""How well the problems told in the review of real city reports are found."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from baogao.corpus import Data, Report
from tests.city_reports import city_reports

LABELS = Path(__file__).parents[1] / "data/city_problems.tsv"
_NOT_COUNTED = re.compile(r"[\s#\\]+")


class Labelled(NamedTuple):
    passage: int
    problems: list[int]
    end: int


@pytest.fixture(scope="module")
def labels() -> dict[str, Labelled]:
    found = {}
    for line in LABELS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, passage, problems, end = line.split("\t")
            found[name] = Labelled(int(passage), [int(at) for at in problems.split(",")], int(end))
    return found


@pytest.fixture(scope="module")
def reports(corpora: Path, data: Data) -> dict[str, Report]:
    return {report.name.partition("/")[2]: report for report in city_reports(corpora, data)}


def _to_end(report: Report, offset: int) -> int:
    return len(_NOT_COUNTED.sub("", report.source.text[offset:]))


def test_the_held_out_ones_are_found(
    labels: dict[str, Labelled], reports: dict[str, Report]
) -> None:
    assert list(labels) == [name for at, name in enumerate(reports) if at % 8 in (0, 3, 6)]
    passages = right = found = 0
    wrong: list[str] = []
    for name, label in labels.items():
        report = reports[name]
        problems = report.items_of("problem")
        starts = {_to_end(report, problem.start) for problem in problems}
        begun = [_to_end(report, told.start) for told in report.told]
        ended = _to_end(report, problems[-1].end) if problems else -1
        passages += begun == [label.passage] and ended == label.end
        right += len(starts & set(label.problems))
        found += len(starts)
        if begun != [label.passage] or ended != label.end or starts != set(label.problems):
            wrong.append(name)
    marked = sum(len(label.problems) for label in labels.values())
    print(
        f"passages {passages}/{len(labels)}; problems: precision {right / found:.3f} "
        f"({right}/{found}), recall {right / marked:.3f} ({right}/{marked}); not exact: {'、'.join(wrong)}"
    )
    assert passages / len(labels) >= 0.9
    assert right / found >= 0.9
    assert right / marked >= 0.9


def test_almost_every_report_tells_some(reports: dict[str, Report]) -> None:
    told = {name: report.items_of("problem") for name, report in reports.items()}
    without = sorted(name for name, problems in told.items() if not problems)
    print(
        f"{len(told) - len(without)} reports, {sum(map(len, told.values()))} problems; none in {'、'.join(without)}"
    )
    # 阿坝 and 马鞍山 tell none.
    assert without == ["阿坝", "马鞍山"]
    assert all(len(report.told) == 1 for name, report in reports.items() if name not in without)


def test_the_words_are_those_of_the_file(reports: dict[str, Report]) -> None:
    for report in reports.values():
        for problem in report.items_of("problem"):
            written = report.source.text[problem.start : problem.end]
            assert problem.text == problem.text.strip("；。：， ")
            assert _NOT_COUNTED.sub("", written) == _NOT_COUNTED.sub("", problem.text)
