from __future__ import annotations

from baogao.corpus import (
    Data,
    Report,
    Source,
    follow_up,
    item_head,
    likely_answers,
    parse_report,
    read_rectifies,
)

LAST = """---
year: 2021
kind: 述职报告
unit: 局机关党委
role: 分管领导
---

## 二、存在问题及原因分析

一是“双报到”内容单一，多是打扫卫生。二是发展党员后劲不足，全年只有4人递交申请。三是督导偏少。究其原因，一是统筹不够。
"""
THIS = """---
year: 2022
kind: 述职报告
unit: 局机关党委
role: 分管领导
rectifies:
  - ref: P2021-3
    status: 已完成
  - {ref: P2021-9, status: 未完成, evidence: 见附件}
  - ref: 三
---

## 一、主要做法及成效

### （一）抓队伍

发展党员后劲不足的问题正在推进，收到申请书9份。支部课堂讲了12课。

## 三、下步工作打算

一是丰富“双报到”内容，改变内容单一的状况。
"""


def report(data: Data, text: str) -> Report:
    return parse_report("x", Source("x.md", text), data)


def test_what_the_author_says_decides(data: Data) -> None:
    this, last = report(data, THIS), report(data, LAST)
    result = follow_up(this, last)
    assert [(item.id, entry.status) for item, entry in result.answered] == [("P2021-3", "已完成")]
    assert [item.id for item in result.unanswered] == ["P2021-1", "P2021-2"]
    assert [entry.ref for entry in result.dangling] == ["P2021-9"]


def test_entries_are_placed(data: Data) -> None:
    this = report(data, THIS)
    entries = read_rectifies(this)
    assert [entry.ref for entry in entries] == ["P2021-3", "P2021-9", "三"]
    assert all(this.source.text[entry.start : entry.end] == entry.ref for entry in entries)
    assert entries[1].evidence == "见附件" and entries[2].year is None


def test_likely_answers_come_from_what_was_done(data: Data) -> None:
    this, last = report(data, THIS), report(data, LAST)
    answers = likely_answers(this, last)
    assert list(answers) == ["P2021-2"]
    answer = answers["P2021-2"][0]
    assert answer.text.startswith("发展党员后劲不足") and answer.anchor == "practice-1"
    assert likely_answers(this, last, last.items_of("problem")[:1]) == {}
    assert this.source.text[answer.start : answer.end] == answer.text


def test_item_head() -> None:
    assert item_head("一是“双报到”内容单一，多是打扫。") == "“双报到”内容单一"
    assert item_head("（二）发展党员后劲不足\n全年只有4人") == "发展党员后劲不足"
    assert len(item_head("三是" + "长" * 40)) == 24
