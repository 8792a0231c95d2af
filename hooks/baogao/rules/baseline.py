"""存量问题: findings in old reports that are known and may only become fewer.

A new rule must not break a hundred old reports on the day it arrives, nor may old findings hide new ones. The list is
kept in ``docs/_data/baseline.tsv``; a finding is known by file, rule and message without its figures, so that
moving a line does not matter. What is confidential is never taken in.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..corpus import DataError
from .finding import Finding, Severity

FILE = "baseline.tsv"
_HEADER = "file\trule\tkey\tcount\tmessage"


@dataclass(frozen=True)
class Entry:
    """``count`` findings of ``rule`` in ``path`` whose message is like ``message`` (``key`` is its short hash)."""

    path: str
    rule: str
    key: str
    count: int
    message: str


@dataclass(frozen=True)
class Judged:
    """``new`` findings, the number ``known``, and the entries of which something has been mended."""

    new: tuple[Finding, ...]
    known: int
    shrinkable: tuple[Entry, ...]


def fingerprint(finding: Finding) -> str:
    """A short hash of the message, its figures left out."""
    folded = re.sub(r"\d+", "#", finding.message)
    return hashlib.sha256(folded.encode()).hexdigest()[:10]


def _inner(path: str) -> str:
    """A path as the list has it: below ``reports/``, wherever the library lies."""
    head, mark, tail = path.partition("reports/")
    return tail if mark else head


def read_baseline(text: str, path: str) -> tuple[Entry, ...]:
    """The entries of ``baseline.tsv``. Raises :class:`~..corpus.DataError`."""
    lines = text.split("\n")
    if lines[0] != _HEADER:
        raise DataError(path, 1, 1, "第一行不对；这个文件由 baogao baseline 生成，请不要手改")
    entries = []
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != 5 or not cells[3].isdigit():
            raise DataError(path, number, 1, "这一行应有 5 列；请用 baogao baseline 重新生成")
        entries.append(Entry(cells[0], cells[1], cells[2], int(cells[3]), cells[4]))
    return tuple(entries)


def write_baseline(entries: Iterable[Entry]) -> str:
    """The text of ``baseline.tsv``."""
    rows = sorted((e.path, e.rule, e.key, str(e.count), e.message) for e in entries)
    return "\n".join([_HEADER, *("\t".join(row) for row in rows), ""])


def load_baseline(data_folder: Path, shown: str) -> tuple[Entry, ...] | None:
    """The list of a library; ``None`` when it has none. Raises :class:`~..corpus.DataError`."""
    file = data_folder / FILE
    if not file.is_file():
        return None
    try:
        return read_baseline(file.read_text(encoding="utf-8"), f"{shown}/{FILE}")
    except (OSError, UnicodeDecodeError):
        raise DataError(f"{shown}/{FILE}", 1, 1, "读不了，或不是 UTF-8") from None


def make_entries(findings: Iterable[Finding], never: frozenset[str]) -> tuple[Entry, ...]:
    """Entries for all findings that must or should be mended, but for rules in ``never``."""
    counts: Counter[tuple[str, str, str]] = Counter()
    messages: dict[tuple[str, str, str], str] = {}
    for finding in findings:
        if finding.rule in never or finding.severity is Severity.INFO:
            continue
        key = (_inner(finding.path), finding.rule, fingerprint(finding))
        counts[key] += 1
        messages.setdefault(key, re.sub(r"\s+", " ", finding.message))
    return tuple(Entry(*key, number, messages[key]) for key, number in sorted(counts.items()))


def judge(
    findings: Iterable[Finding],
    entries: Iterable[Entry],
    never: frozenset[str],
    paths: Iterable[str],
) -> Judged:
    """Hold findings against the list. Only entries of ``paths`` (the reports checked) can be found shrinkable."""
    left = Counter({(e.path, e.rule, e.key): e.count for e in entries})
    checked = {_inner(path) for path in paths}
    new: list[Finding] = []
    known = 0
    for finding in findings:
        key = (_inner(finding.path), finding.rule, fingerprint(finding))
        if finding.rule not in never and finding.severity is not Severity.INFO and left[key] > 0:
            left[key] -= 1
            known += 1
        else:
            new.append(finding)
    shrinkable = tuple(
        e for e in entries if left[(e.path, e.rule, e.key)] > 0 and e.path in checked
    )
    return Judged(tuple(new), known, shrinkable)


def shrink(
    entries: Iterable[Entry], findings: Iterable[Finding], never: frozenset[str]
) -> tuple[Entry, ...]:
    """The list with everything mended taken out; nothing is ever added."""
    now = {(e.path, e.rule, e.key): e.count for e in make_entries(findings, never)}
    kept = []
    for entry in entries:
        count = min(entry.count, now.get((entry.path, entry.rule, entry.key), 0))
        if count:
            kept.append(Entry(entry.path, entry.rule, entry.key, count, entry.message))
    return tuple(kept)
