"""Line charts: what is drawn, and what is told of it in words."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from baogao.pages.chart import Point, line_chart, short, sparkline, ticks

POINTS = [
    Point(2018, 87, "87户", 87, 87),
    Point(2019, 52, "52户", 52, 52),
    Point(2020, None, "", mark="待填"),
    Point(2021, 44, "44户", 44, 44),
    Point(2022, 37.5, "35至40户", 35, 40),
]


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_a_chart_tells_its_title_and_its_values() -> None:
    root = parsed(line_chart(POINTS, "欠租户<历年>", "c1"))
    assert root.get("role") == "img" and root.get("aria-labelledby") == "c1-title c1-desc"
    words = {child.get("id"): child.text for child in root}
    assert words["c1-title"] == "欠租户<历年>"
    assert words["c1-desc"] == "2018年87户，2019年52户，2020年待填，2021年44户，2022年35至40户"


def test_the_line_breaks_at_a_gap_and_the_gap_is_marked() -> None:
    root = parsed(line_chart(POINTS, "甲", "c1"))
    lines = list(root.iter("polyline"))
    assert [len((line.get("points") or "").split()) for line in lines] == [2, 2]
    assert len(list(root.iter("circle"))) == 4
    assert [e for e in root.iter("line") if e.get("class") == "bg-gap-line"]
    assert [e for e in root.iter("line") if e.get("class") == "bg-range"]


def test_the_line_breaks_at_a_missing_year_and_where_points_do_not_join() -> None:
    points = [Point(2018, 1, "1"), Point(2020, 2, "2"), Point(2021, 3, "3", joined=False)]
    assert "polyline" not in line_chart(points, "甲", "c1")
    assert "polyline" not in sparkline(points)


def test_one_value_makes_no_chart() -> None:
    assert line_chart([Point(2018, 1, "1"), Point(2019, None, mark="待填")], "甲", "c") == ""
    assert sparkline([Point(2018, 1, "1")]) == ""


@pytest.mark.parametrize("values", [(5, 5), (0, 0), (0.1, 0.2), (1, 10**9), (98.5, 98.6)])
def test_every_point_lies_inside(values: tuple[float, float]) -> None:
    points = [Point(2000 + i, value, str(value)) for i, value in enumerate(values)]
    root = parsed(line_chart(points, "甲", "c"))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    for circle in root.iter("circle"):
        assert 0 <= float(circle.get("cx") or -1) <= width
        assert 0 <= float(circle.get("cy") or -1) <= height


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 139, [0, 50, 100]), (84, 94.6, [85, 90]), (0, 1, [0, 0.5, 1]), (0, 3.3, [0, 1, 2, 3])],
)
def test_round_ticks(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


def test_a_sparkline_has_a_dot_for_each_number_and_its_row_says_them() -> None:
    svg = sparkline(POINTS)
    assert svg.startswith("<svg class=bg-spark aria-hidden=true ")
    assert svg.count("<circle") == 4 and svg.count("<polyline") == 2


def test_short_numbers() -> None:
    assert [short(v) for v in (0, 12.34, 1200, 12000, 345_000_000)] == [
        "0", "12.3", "1200", "1.2万", "3.45亿",
    ]  # fmt: skip
