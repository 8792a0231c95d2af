"""Libraries to search: generated reports with a realistic vocabulary, or news cut into reports."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from baogao.corpus import Data, load_data, shown_path
from baogao.corpus.inline import escape

from ..ui import Failure

SEED = 20221231
_PER_YEAR = 700
_HEADINGS = (
    ("## 一、主要做法及成效", 0),
    ("### （一）", 3),
    ("### （二）", 3),
    ("### （三）", 3),
    ("### （四）", 3),
    ("## 二、存在问题及原因分析", 4),
    ("## 三、下步工作打算", 3),
)
_UNITS = ("人次", "场", "次", "个", "项", "篇", "名", "万元", "%")
_WORD = re.compile(r"[\u4e00-\u9fa5]{2,6}")


@dataclass(frozen=True)
class Vocabulary:
    """Words of jieba's dictionary and the terms of the office, drawn as often as they are used."""

    words: Sequence[str]
    weights: Sequence[int]
    terms: Sequence[str]

    def draw(self, generator: random.Random, count: int) -> list[str]:
        words = generator.choices(self.words, cum_weights=self.weights, k=count)
        return [
            generator.choice(self.terms) if generator.random() < 0.12 else word for word in words
        ]


def read_vocabulary(data: Data) -> Vocabulary:
    """Raises :class:`Failure` without jieba."""
    try:
        import jieba
    except ImportError:
        raise Failure("没有安装 jieba，没有词表可用来生成报告。") from None
    jieba.setLogLevel("WARNING")
    with jieba.get_module_res("dict.txt") as file:
        rows = [line.decode("utf-8").split(" ") for line in file]
    chosen = sorted(
        (row[0], int(row[1])) for row in rows if int(row[1]) >= 5 and _WORD.fullmatch(row[0])
    )
    # A term stands the more often in reports the earlier it stands in the list.
    terms = [term.text for rank, term in enumerate(data.terms, 1) for _ in range(1 + 400 // rank)]
    return Vocabulary(
        [word for word, _ in chosen], list(itertools.accumulate(f for _, f in chosen)), terms
    )


def _sentence(generator: random.Random, vocabulary: Vocabulary) -> str:
    clauses = []
    for _ in range(generator.randint(2, 4)):
        words = vocabulary.draw(generator, generator.randint(2, 6))
        if generator.random() < 0.3:
            words.insert(
                generator.randint(1, len(words)),
                f"{generator.randint(2, 9999)}{generator.choice(_UNITS)}",
            )
        if generator.random() < 0.08:
            words[-1] = f"“{words[-1]}”"
        clauses.append("".join(words))
    return "，".join(clauses) + "。"


def sentences(generator: random.Random, vocabulary: Vocabulary, count: int) -> Iterator[str]:
    """Sentences as generated reports have them."""
    return (_sentence(generator, vocabulary) for _ in range(count))


def _paragraph(generator: random.Random, vocabulary: Vocabulary, characters: int) -> str:
    pieces: list[str] = []
    length = 0
    while length < characters:
        pieces.append(_sentence(generator, vocabulary))
        length += len(pieces[-1])
    return "".join(pieces)


def generated_reports(data: Data, count: int, characters: int) -> Iterator[str]:
    """Bodies of ``count`` reports of about ``characters`` characters in seven sections."""
    vocabulary = read_vocabulary(data)
    generator = random.Random(SEED)
    share = sum(weight for _, weight in _HEADINGS)
    for _ in range(count):
        parts = []
        for heading, weight in _HEADINGS:
            title = "".join(vocabulary.draw(generator, 3)) if heading.endswith("）") else ""
            parts.append(heading + title)
            if weight:
                parts.append(_paragraph(generator, vocabulary, characters * weight // share - 20))
            else:
                parts.append(_sentence(generator, vocabulary))
        yield "\n\n".join(parts)


def news_reports(corpora: Path, count: int) -> Iterator[str]:
    """Reports whose sections are news articles, as many as there are, at most ``count``."""
    file = corpora / "news" / "articles.jsonl.gz"
    if not file.is_file():
        raise Failure(f"没有 {file}。请用 BAOGAO_CORPORA 指明语料所在的目录。")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        articles = map(json.loads, lines)
        for _ in range(count):
            seven = list(itertools.islice(articles, len(_HEADINGS)))
            if len(seven) < len(_HEADINGS):
                return
            yield "\n\n".join(_article(n, a["title"], a["text"]) for n, a in enumerate(seven))


def _article(number: int, title: str, text: str) -> str:
    lines = [escape(" ".join(line.split())) for line in text.split("\n")]
    heading = f"## {'一二三四五六七'[number]}、{escape(' '.join(title.split()))}"
    return "\n\n".join([heading, *(line for line in lines if line)])


def write_library(docs: Path, source: Path, bodies: Iterator[str]) -> int:
    """A docs folder with the data files of ``source``, and units enough for all reports; returns how many there are."""
    shutil.copytree(source / "_data", docs / "_data")
    units = {
        "units": [{"id": f"u{n}", "names": [{"name": f"第{n}单位"}]} for n in range(_PER_YEAR)]
    }
    (docs / "_data/units.yml").write_text(
        yaml.safe_dump(units, allow_unicode=True), encoding="utf-8"
    )
    count = 0
    for body in bodies:
        year, unit = 2024 - count // _PER_YEAR, count % _PER_YEAR
        file = docs / "reports" / str(year) / f"u{unit}-shuzhi-fenguan.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        front = (
            f"---\ntitle: {year}年度抓机关党建工作述职报告\nyear: {year}\nunit: u{unit}\nkind: 述职报告\nrole: 分管领导\n"
            f"date: {year + 1}-01-10\nstatus: published\n---\n\n"
        )
        file.write_text(front + body + "\n", encoding="utf-8")
        count += 1
    return count


def data_of(docs: Path) -> Data:
    return load_data(docs / "_data", shown_path(docs / "_data"))
