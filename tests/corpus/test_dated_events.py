from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from baogao.corpus import Data, DataError, find_event
from baogao.corpus.events import read_events
from baogao.corpus.yaml_data import read_yaml


def found(data: Data, name: str, text: str) -> list[str]:
    entry = next(e for e in data.events.events if e.name == name)
    return [text[m.start : m.end] for m in find_event(text, entry)]


def test_quotation_marks_do_not_matter(data: Data) -> None:
    text = "开展“不忘初心、牢记使命”主题教育"
    assert found(data, "“不忘初心、牢记使命”主题教育", text) == ["不忘初心、牢记使命”主题教育"]


def test_exceptions_are_no_mentions(data: Data) -> None:
    assert found(data, "党的二十大", "选举党的二十大代表，学习党的二十大报告") == ["党的二十大"]


def test_overlapping_aliases_are_one_mention(data: Data) -> None:
    assert found(data, "党的二十大", "党的二十大精神") == ["党的二十大"]


def test_events_after_a_day(data: Data) -> None:
    names = {e.name for e in data.events.after(datetime.date(2022, 10, 15))}
    assert "党的二十大" in names and "北京冬奥会" not in names


def test_preparing_and_targets(data: Data) -> None:
    assert data.events.preparing("为党的二十大胜利召开营造氛围")
    assert not data.events.preparing("党的二十大胜利召开后组织学习")
    assert data.events.target("到2035年基本建成", 2035)
    assert data.events.target("2030年前实现", 2030)
    assert not data.events.target("2032年3月，召开会议", 2032)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("events:\n  - {name: 甲, date: 2022-13, aliases: [某次大会]}", ":2:21:", "没有这一天"),
        ("events:\n  - {name: 甲, date: 去年, aliases: [某次大会]}", ":2:21:", "不是日期"),
        ("events:\n  - {name: 甲, date: 2022}", ":2:5:", "缺少“aliases”"),
        ("events:\n  - {name: 甲, date: 2022, aliases: [大会]}", ":2:36:", "不少于三个字"),
        (
            "events:\n  - {name: 甲, date: 2022-05, until: 2022-04, aliases: [某次大会]}",
            ":2:37:",
            "早于开始",
        ),
    ],
)
def test_mistakes_are_placed(tmp_path: Path, text: str, place: str, message: str) -> None:
    file = tmp_path / "events.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_events(read_yaml(file, "events.yml"))
    assert f"events.yml{place}" in str(error.value) and message in str(error.value)


def test_nothing_left_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "events.yml"
    file.write_text("events:\n  # 全部删去\npreparing_words: []\n", encoding="utf-8")
    assert read_events(read_yaml(file, "events.yml")).events == ()
