from __future__ import annotations

from pathlib import Path

import pytest

from baogao.corpus import Data, DataError, Limits
from baogao.corpus.limits import read_limits
from baogao.corpus.yaml_data import read_yaml


def read(tmp_path: Path, data: Data, text: str) -> Limits:
    file = tmp_path / "limits.yml"
    file.write_text(text, encoding="utf-8")
    return read_limits(read_yaml(file, "limits.yml"), data.kinds, data.units)


def test_shipped_examples_are_right(root: Path, tmp_path: Path, data: Data) -> None:
    """The commented rules of the shipped file can be used as they stand."""
    lines = (root / "docs/_data/limits.yml").read_text(encoding="utf-8").split("\n")
    text = "\n".join(
        line.replace("  # ", "  ", 1) if line.startswith(("  # - ", "  #   ")) else line
        for line in lines
    )
    limits = read(tmp_path, data, text)
    assert len(limits.lengths) == 6
    strict = limits.lengths[1]
    assert (strict.kinds, strict.authors, strict.maximum) == (("shuzhi",), ("shuji",), 3000)
    assert limits.lengths[3].sections[0].min_share == pytest.approx(1 / 3)


def test_who_is_bound(tmp_path: Path, data: Data) -> None:
    text = "limits:\n  - {issuer: 工委, kinds: [述职报告], authors: [分管领导], since: 2021, total: {max: 9}}"
    (limit,) = read(tmp_path, data, text).lengths
    assert limit.applies("shuzhi", "fenguan", "jiguan", 2021)
    assert not limit.applies("shuzhi", "fenguan", "jiguan", 2020)
    assert not limit.applies("shuzhi", "zhibu", "jiguan", 2021)
    assert not limit.applies("zongjie", None, "jiguan", 2021)


def test_defaults_and_keys_of_others(tmp_path: Path, data: Data) -> None:
    limits = read(tmp_path, data, "limits:\n# 没有规定\nreviews: {anything: 1}\n")
    assert limits.lengths == () and limits.reuse.warn_at == 0.3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limits:\n  - {total: {max: 9}}", "谁的规定"),
        ("limits:\n  - {issuer: 甲}", "total 或 sections"),
        ("limits:\n  - {issuer: 甲, kinds: [述值报告], total: {max: 9}}", "没有文种“述值报告”"),
        ("limits:\n  - {issuer: 甲, units: [某局], total: {max: 9}}", "没有单位“某局”"),
        ("limits:\n  - {issuer: 甲, authors: [科长], total: {max: 9}}", "没有述职人角色“科长”"),
        ("limits:\n  - {issuer: 甲, total: {min: 9, max: 8}}", "min 比 max 大"),
        ("limits:\n  - {issuer: 甲, sections: [{roles: [问题], max: 8}]}", "不认识的章节角色"),
        (
            "limits:\n  - {issuer: 甲, sections: [{roles: [存在问题], min_share: 三成}]}",
            "写成 33% 或 1/3",
        ),
        ("reuse: {warn_at: 130%}", "不是比例"),
        ("limit: []", "不认识的项目“limit”"),
    ],
)
def test_mistakes(tmp_path: Path, data: Data, text: str, message: str) -> None:
    with pytest.raises(DataError, match=r"^limits\.yml:\d+:\d+: ") as error:
        read(tmp_path, data, text)
    assert message in str(error.value)
