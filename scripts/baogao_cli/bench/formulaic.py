"""Generated reports made of the office's terms and a few verbs: quick, and hard on the rules."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from baogao.corpus import Data, load_data, shown_path, write_ordinal

_VERBS = [
    "组织",
    "开展",
    "推动",
    "指导",
    "督促",
    "落实",
    "学习",
    "宣传",
    "建立",
    "完善",
    "参加",
    "牵头",
    "协调",
    "培训",
    "慰问",
    "检查",
    "整改",
    "服务",
]
_TAILS = [
    "取得实效",
    "稳步推进",
    "得到群众认可",
    "按期完成",
    "走深走实",
    "形成长效",
    "不断规范",
    "进一步加强",
]
_UNITS = ["人次", "场", "次", "个", "项", "篇", "名", "万元"]
_FIRST_YEAR = 2005
_HEADINGS = ("主要做法及成效", "存在问题及原因分析", "下步工作打算")


@contextmanager
def generated(docs: Path, reports: int, characters: int) -> Iterator[Path]:
    """A docs folder of generated reports with the data files of ``docs`` and units enough; removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
        target = Path(folder) / "docs"
        shutil.copytree(docs / "_data", target / "_data")
        write_formulaic(target, reports, characters, 100)
        yield target


def write_formulaic(docs: Path, reports: int, characters: int, per_year: int) -> None:
    """Write generated reports, ``per_year`` of them for each year, into a docs folder that has its data files; its units are
    replaced by others, one for each report of a year."""
    units = "".join(
        f"  - id: u{n}\n    names:\n      - {{name: 第{n}单位}}\n" for n in range(per_year)
    )
    (docs / "_data" / "units.yml").write_text(f"units:\n{units}", encoding="utf-8")
    data = load_data(docs / "_data", shown_path(docs / "_data"))
    generator = random.Random(20221231)
    for number in range(reports):
        year, unit = _FIRST_YEAR + number // per_year, number % per_year
        file = docs / "reports" / str(year) / f"u{unit}-shuzhi-fenguan.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            formulaic_report(generator, data, year, f"第{unit}单位", characters), encoding="utf-8"
        )


def formulaic_report(
    generator: random.Random, data: Data, year: int, unit: str, characters: int
) -> str:
    front = (
        f"---\ntitle: {year}年度抓机关党建工作述职报告\nyear: {year}\nunit: {unit}\nkind: 述职报告\nrole: 分管领导\n"
        f"date: {year + 1}-01-10\nstatus: published\n"
        f"reviews:\n  - role: 保密审查\n    date: {year + 1}-01-09\n    result: 通过\n---\n"
    )
    parts = [f"现将我{year}年度抓机关党建工作情况报告如下。", f"## 一、{_HEADINGS[0]}"]
    share = int(characters * 0.62) // 4
    for index in range(4):
        parts.append(f"### {write_ordinal(2, index + 1)}{_phrase(generator, data)}")
        parts.append(_paragraph(generator, data, share))
    problems = int(characters * 0.2) // 6
    cause = int(characters * 0.1) // 4
    parts.append(f"## 二、{_HEADINGS[1]}")
    parts.append(
        _items(generator, data, 3, problems)
        + "造成上述问题的主要原因是："
        + _items(generator, data, 2, cause)
    )
    parts += [f"## 三、{_HEADINGS[2]}", _items(generator, data, 4, int(characters * 0.12) // 4)]
    return front + "\n" + "\n\n".join(parts) + "\n"


def _phrase(generator: random.Random, data: Data) -> str:
    return generator.choice(_VERBS) + generator.choice(data.terms).text


def _paragraph(generator: random.Random, data: Data, characters: int) -> str:
    pieces: list[str] = []
    length = 0
    while length < characters:
        sentence = (
            f"{_phrase(generator, data)}，{_phrase(generator, data)}{generator.randint(3, 980)}{generator.choice(_UNITS)}，"
            f"{_phrase(generator, data)}{generator.choice(_TAILS)}。"
        )
        pieces.append(sentence)
        length += len(sentence)
    return "".join(pieces)


def _items(generator: random.Random, data: Data, number: int, characters: int) -> str:
    return "".join(
        f"{'一二三四五六'[index]}是{_paragraph(generator, data, characters)}"
        for index in range(number)
    )
