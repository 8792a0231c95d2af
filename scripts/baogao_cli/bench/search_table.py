"""The tables that ``baogao bench search`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .peers import Made
from .search_browser import Spread
from .search_build import Measured
from .search_lines import Line
from .search_queries import Score

_MILLION = 1e6
_HEAD = (
    "引擎与方式", "打开到首个结果 毫秒", "首个结果前 kB／请求", "首次查询 毫秒", "首次查询 kB／请求", "再次查询 毫秒",
    "标签页内存 MB", "按节：查全，查准，有出入", "按份：查全，查准，有出入",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """Another search over the same reports."""

    title: str
    made: Made
    line: Line


@dataclass(frozen=True)
class Result:
    name: str
    built: Measured
    lines: tuple[Line, ...]
    peers: tuple[Compared, ...]


def table(result: Result) -> Iterator[str]:
    """The lines to print."""
    built = result.built
    yield f"\n## {result.name} {built.reports:,} 份报告，{built.sections:,} 节，{built.characters:,} 字"
    yield (
        f"索引 {_size(built.size, built)}，{built.files:,} 个文件；"
        f"生成 {built.cold:.1f} 秒（处理器 {built.cold_cpu:.1f} 秒），没有变化时 {built.warm:.1f} 秒；"
        f"另：读取 {built.read:.1f} 秒，切词 {built.segmented:.1f} 秒；"
        f"内存峰值 {built.peak / _MILLION:.0f} MB（生成索引之前 {built.peak_before / _MILLION:.0f} MB）"
    )
    for peer in result.peers:
        made = peer.made
        yield (
            f"{peer.title}：索引 {_size(made.size, built)}，{made.files:,} 个文件；生成 {made.seconds:.1f} 秒；"
            f"内存峰值 {made.peak / _MILLION:.0f} MB（{made.remark}）"
        )
    yield from _rows([_HEAD, ("---",) * len(_HEAD), *map(_row, _lines(result))])


def _lines(result: Result) -> Iterator[Line]:
    yield from result.lines
    yield from (peer.line for peer in result.peers)


def _rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    return (f"| {' | '.join(row)} |" for row in rows)


def _row(line: Line) -> tuple[str, ...]:
    return (
        f"{line.name}（{line.queries} 条）",
        _pair(line.first),
        f"{_pair(line.first_size, 1000)}／{line.first_requests.median:.0f}",
        _pair(line.cold),
        f"{_pair(line.size, 1000)}／{line.requests.median:.0f}",
        _pair(line.warm),
        f"{line.memory / _MILLION:.0f}",
        _score(line.sections),
        _score(line.reports),
    )


def _size(size: int, built: Measured) -> str:
    return f"{size / _MILLION:.1f} MB（每字 {size / max(built.characters, 1):.2f} 字节）"


def _pair(value: Spread, unit: float = 1) -> str:
    return f"{value.median / unit:.0f}，p95 {value.p95 / unit:.0f}"


def _score(score: Score | None) -> str:
    if score is None:
        return "只给网页"
    return f"{score.recall:.3f}，{score.precision:.3f}，{score.wrong}"
