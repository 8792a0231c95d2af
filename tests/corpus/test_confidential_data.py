"""The data behind the confidential and safety rules: what it means, and where its mistakes are."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest

from baogao.corpus import Contacts, Data, DataError, Safety, load_data
from baogao.corpus.reviews import read_reviews


def test_hotlines_with_and_without_area_code() -> None:
    contacts = Contacts(("12345", "400*"), ("@example.gov.cn", "a@example.com"), ())
    assert contacts.is_hotline("12345") and contacts.is_hotline("099912345")
    assert contacts.is_hotline("01012345") and contacts.is_hotline("4000000000")
    assert not contacts.is_hotline("0999" + "2012345")
    assert contacts.is_public_mail("Office@Example.gov.cn")
    assert contacts.is_public_mail("a@example.com") and not contacts.is_public_mail("b@example.com")


def test_hosts_with_what_lies_below() -> None:
    safety = Safety(("example.gov.cn",))
    assert safety.allows("example.gov.cn") and safety.allows("WWW.example.gov.cn")
    assert not safety.allows("notexample.gov.cn")


def test_reviews_that_are_none_are_passed_over() -> None:
    day = datetime.date(2023, 1, 9)
    value = [
        "通过",
        {"role": "保密审查", "date": day, "result": "通过"},
        {"role": "审核", "date": "昨天"},
    ]
    entries = list(read_reviews(value))
    assert [(r.role, r.date, r.result) for r in entries] == [
        ("保密审查", day, "通过"),
        ("审核", None, ""),
    ]
    assert list(read_reviews("通过")) == []


def test_the_words_are_ready_for_patterns(data: Data) -> None:
    words = data.confidential
    for group in (words.discipline.measures, words.marks.handling, words.care.people):
        assert list(group) == sorted(group, key=lambda word: (-len(word), word))
    assert len(set(words.names.surnames)) == len(words.names.surnames)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("confidential.yml", "  first_lines: 10", "  first_lines: 十", r":\d+:16: “十”不是整数"),
        ("confidential.yml", '"12345"', '"12345转1"', r":\d+:\d+: “12345转1”应写成数字"),
        ("confidential.yml", "  small: 2\n", "", r":\d+:3: 缺少“small”"),
        ("confidential.yml", "    王李张", "    王、李张", "这里只写汉字"),
        ("limits.yml", "  severity: info", "  severity: 严", r":\d+:13: “严”不在允许的写法里"),
        ("limits.yml", "reviews:\n", "review:\n", "缺少“reviews”"),
        ("safety.yml", "www.gov.cn", "https://www.gov.cn", "应写成域名"),
    ],
)
def test_mistakes_name_their_place(
    name: str, old: str, new: str, message: str, data_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "_data"
    shutil.copytree(data_folder, folder)
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_data(folder, "docs/_data")
    assert str(caught.value).startswith(f"docs/_data/{name}:")
    assert re.search(message, str(caught.value)), str(caught.value)
