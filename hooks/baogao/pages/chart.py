"""Line charts as SVG inside the page: no script, no library, the colours of the theme, a text in their place for who cannot see them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 680, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 12, 30, 34
#: Room beside the first and last point, so that their labels keep clear of the axis.
_INSET = 40
#: From this many years on their labels are thinned out.
_MANY = 12


@dataclass(frozen=True)
class Point:
    """A year of a chart. ``value`` None with a ``mark`` (待填) is a gap that is shown; ``joined`` says whether the line goes on from
    the year before; ``label`` is the value as written; ``low`` and ``high`` differ for a range."""

    year: int
    value: float | None
    label: str = ""
    low: float | None = None
    high: float | None = None
    joined: bool = True
    mark: str = ""


def line_chart(points: Sequence[Point], title: str, id: str) -> str:
    """A chart of ``points`` (years ascending); empty where fewer than two have a value. ``id`` is unique on its page."""
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return ""
    low, high = _bounds(known)
    first, last = points[0].year, points[-1].year

    def x(year: int) -> float:
        room = _WIDTH - _LEFT - _RIGHT - 2 * _INSET
        return _LEFT + _INSET + room * (year - first) / max(last - first, 1)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (value - low) / (high - low)

    parts = [_grid(low, high, y), _years(points, x)]
    parts += [
        f'<polyline class="bg-line" points="{" ".join(f"{_at(x(p.year))},{_at(y(p.value))}" for p in run if p.value is not None)}"/>'
        for run in _runs(points)
        if len(run) > 1
    ]
    for point in points:
        if point.value is None:
            parts.append(_gap(x(point.year), point))
            continue
        if point.low is not None and point.high is not None and point.low != point.high:
            parts.append(
                f'<line class="bg-range" x1="{_at(x(point.year))}" x2="{_at(x(point.year))}" y1="{_at(y(point.low))}" y2="{_at(y(point.high))}"/>'
            )
        parts.append(
            f'<circle cx="{_at(x(point.year))}" cy="{_at(y(point.value))}" r="4"><title>{escape(_told(point))}</title></circle>'
        )
        if len(points) <= _MANY:
            parts.append(
                f'<text class="bg-value" x="{_at(x(point.year))}" y="{_at(y(point.value) - 10)}">{escape(point.label)}</text>'
            )
    return (
        f'<svg class="bg-chart" role="img" aria-labelledby="{id}-title {id}-desc" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="xMidYMid meet">'
        f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(described(points))}</desc>'
        f"{''.join(parts)}</svg>"
    )


def sparkline(points: Sequence[Point]) -> str:
    """A line as high as the text beside it, its last point marked by the style sheet; empty where fewer than two points have a value.
    The cells of its row say what it shows, so that it is hidden from who reads these."""
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return ""
    values = [point.value for point in known if point.value is not None]
    low, high = min(values), max(values)
    first, last = points[0].year, points[-1].year

    def at(point: Point) -> str:
        assert point.value is not None
        across = 4 + 104 * (point.year - first) / max(last - first, 1)
        up = 14.0 if high == low else 24 - 20 * (point.value - low) / (high - low)
        return f"{_at(across)},{_at(up)}"

    lines = "".join(
        f'<polyline points="{" ".join(at(point) for point in run)}"/>'
        for run in _runs(points)
        if len(run) > 1
    )
    dots = "".join(
        f'<circle cx="{left}" cy="{top}"/>'
        for point in known
        for left, top in [at(point).split(",")]
    )
    return f'<svg class=bg-spark aria-hidden=true viewBox="0 0 112 28">{lines}{dots}</svg>'


def described(points: Sequence[Point]) -> str:
    """What a chart shows, in words: 2018年87户，2019年52户，2020年待填。"""
    return "，".join(_told(point) for point in points if point.label or point.mark)


def _told(point: Point) -> str:
    return f"{point.year}年{point.label or point.mark}"


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """The points a line goes through without a break."""
    runs: list[list[Point]] = []
    before: Point | None = None
    for point in points:
        if point.value is None:
            before = None
            continue
        if before is None or point.year != before.year + 1 or not point.joined:
            runs.append([])
        runs[-1].append(point)
        before = point
    return runs


def _bounds(points: Sequence[Point]) -> tuple[float, float]:
    """From zero, unless all values lie close together far above it."""
    lows = [p.value if p.low is None else p.low for p in points if p.value is not None]
    highs = [p.value if p.high is None else p.high for p in points if p.value is not None]
    low, high = min(lows), max(highs)
    base = 0.0 if low < high / 2 or low == high else low - (high - low) * 0.4
    top = high if high > base else base + 1
    return base, top + (top - base) * 0.1


def ticks(low: float, high: float) -> list[float]:
    """Two to five round numbers from ``low`` to ``high``."""
    rough = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * size for factor in (1, 2, 5, 10) if factor * size >= rough)
    first = math.ceil(round(low / step, 9))
    return [
        round(number * step, 9) for number in range(first, math.floor(round(high / step, 9)) + 1)
    ]


def _grid(low: float, high: float, y: Callable[[float], float]) -> str:
    return "".join(
        f'<line class="bg-grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_at(y(value))}" y2="{_at(y(value))}"/>'
        f'<text class="bg-axis bg-axis-left" x="{_LEFT - 8}" y="{_at(y(value) + 5)}">{short(value)}</text>'
        for value in ticks(low, high)
    )


def _years(points: Sequence[Point], x: Callable[[int], float]) -> str:
    first, last = points[0].year, points[-1].year
    step = 1 + (last - first) // _MANY
    return "".join(
        f'<text class="bg-axis" x="{_at(x(year))}" y="{_HEIGHT - 10}">{year}</text>'
        for year in range(first, last + 1)
        if (last - year) % step == 0
    )


def _gap(left: float, point: Point) -> str:
    if not point.mark:
        return ""
    return (
        f'<line class="bg-gap-line" x1="{_at(left)}" x2="{_at(left)}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>'
        f'<text class="bg-axis" x="{_at(left)}" y="{_TOP - 8}">{escape(point.mark)}</text>'
    )


def short(value: float) -> str:
    """A number as short as an axis wants it: 12000 → 1.2万."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{round(value / size, 2):g}{name}"
    return f"{round(value, 1):g}"


def _at(value: float) -> str:
    return f"{round(value, 1):g}"
