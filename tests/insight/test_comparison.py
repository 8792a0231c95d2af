"""What a report has in common with the one before it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baogao.corpus import Corpus, Memo, Report, load, memo
from baogao.corpus.reuse import find_reuse, split_sentences
from baogao.insight import Insight, comparison
from baogao.insight.comparison import (
    compare,
    consecutive,
    differences,
    kept_by,
    sentence_roles,
)

Make = Callable[[dict[str, str]], Corpus]
FRONT = (
    "---\ntitle: 述职报告\nyear: {year}\nunit: {unit}\nkind: 述职报告\nrole: 分管领导\ndate: {after}-01-05\n"
    "status: {status}\nvisibility: internal\n---\n\n"
)


def text(year: int, body: str, unit: str = "jiguan", status: str = "published") -> str:
    return FRONT.format(year=year, after=year + 1, unit=unit, status=status) + body


def pair(make: Make, before: str, after: str) -> tuple[Report, Report]:
    corpus = make(
        {"2021/jiguan-shuzhi-fenguan.md": text(2021, before), "2022/jiguan-shuzhi-fenguan.md": text(2022, after)}
    )  # fmt: skip
    return corpus.reports[0], corpus.reports[1]


BEFORE = """## 一、主要做法及成效

全年召开党委会12次，专题研究党建工作。组织“三会一课”督查，覆盖全部党支部。每月一次到支部联系点听取意见建议。

## 二、存在问题及原因分析

一是理论学习与业务工作结合得不够紧密。二是老党员管理办法不多。

## 三、下步工作打算

继续抓好支部标准化规范化建设各项工作。
"""
AFTER = """## 一、主要做法及成效

全年召开党委会15次，专题研究党建工作。组织“三会一课”交叉督查，覆盖全部党支部和党小组。新建党员先锋岗四个。

## 二、存在问题及原因分析

一是理论学习与业务工作结合得不够紧密。二是青年党员培养的平台太少。

## 三、下步工作打算

每月一次到支部联系点听取意见建议。
"""


def test_repeated_rewritten_new_and_gone(memory_corpus: Make) -> None:
    earlier, later = pair(memory_corpus, BEFORE, AFTER)
    found = compare(earlier, later)
    here, there = split_sentences(later), split_sentences(earlier)
    said = {
        s.text: (link.state, there[link.other].text if link.other >= 0 else "")
        for s, link in zip(here, found.later_links(), strict=True)
    }
    assert said == {
        # Figures are folded.
        "全年召开党委会15次，专题研究党建工作": ("kept", "全年召开党委会12次，专题研究党建工作"),
        "组织“三会一课”交叉督查，覆盖全部党支部和党小组": ("rewritten", "组织“三会一课”督查，覆盖全部党支部"),
        "新建党员先锋岗四个": ("alone", ""),
        "一是理论学习与业务工作结合得不够紧密": ("kept", "一是理论学习与业务工作结合得不够紧密"),
        "二是青年党员培养的平台太少": ("alone", ""),
        # Repeated, though in another part of the report.
        "每月一次到支部联系点听取意见建议": ("kept", "每月一次到支部联系点听取意见建议"),
    }  # fmt: skip
    gone = [
        s.text
        for s, link in zip(there, found.earlier_links(kept_by(earlier, later)), strict=True)
        if link.state == "alone"
    ]
    assert gone == ["二是老党员管理办法不多", "继续抓好支部标准化规范化建设各项工作"]
    assert (found.kept, found.rewritten, found.new, found.gone) == (3, 1, 2, 2)


def test_the_share_is_the_one_the_check_tells(root: Path) -> None:
    corpus = load(root / "docs").visible
    shares = {}
    for each in consecutive(corpus):
        shares[each.later.name] = compare(each.earlier, each.later).share
        assert shares[each.later.name] == find_reuse(each.later, each.earlier).share
    assert 0.69 < shares["2021/baozhang-shuzhi-zhibu"] < 0.71


def test_a_problem_that_comes_back_as_a_deed_is_not_rewritten(memory_corpus: Make) -> None:
    before = "## 二、存在问题及原因分析\n\n一是离退休党员管理的办法还不多。二是平台太少。\n"
    after = "## 一、主要做法及成效\n\n离退休党员管理的办法还不多，已经改正。\n"
    found = compare(*pair(memory_corpus, before, after))
    assert found.rewritten == 0 and found.new == 1


def test_short_sentences_are_looked_for_in_their_own_part(memory_corpus: Make) -> None:
    before = "## 一、主要做法及成效\n\n成绩来之不易。\n\n## 三、下步工作打算\n\n抓好落实。\n"
    after = "## 一、主要做法及成效\n\n抓好落实。\n\n## 三、下步工作打算\n\n抓好落实。\n"
    found = compare(*pair(memory_corpus, before, after))
    assert [link.state for link in found.later_links()] == ["alone", "kept"]


def test_pairs_follow_one_another_also_over_a_gap(memory_corpus: Make) -> None:
    corpus = memory_corpus(
        {
            f"{year}/{unit}-shuzhi-fenguan.md": text(year, BEFORE, unit)
            for year, unit in [
                (2018, "jiguan"), (2020, "jiguan"), (2021, "jiguan"), (2021, "zhian"),
            ]
        }
    )  # fmt: skip
    pairs = consecutive(corpus)
    assert [each.years for each in pairs] == [(2018, 2020), (2020, 2021)]
    assert {each.later.series_name for each in pairs} == {"jiguan-shuzhi-fenguan"}


def test_drafts_are_in_no_pair(memory_corpus: Make) -> None:
    corpus = memory_corpus(
        {
            "2021/jiguan-shuzhi-fenguan.md": text(2021, BEFORE, status="draft"),
            "2022/jiguan-shuzhi-fenguan.md": text(2022, AFTER),
        }
    )
    insight = Insight(corpus.visible, Memo(None, ""))
    assert insight.pairs == () and insight.comparisons == {}


def test_a_pair_is_read_again_when_either_report_changed(make_corpus: Make, tmp_path: Path) -> None:
    files = {"2021/jiguan-shuzhi-fenguan.md": text(2021, BEFORE), "2022/jiguan-shuzhi-fenguan.md": text(2022, AFTER)}  # fmt: skip
    kept = Memo(tmp_path / "cache", "s")
    first = Insight(make_corpus(files), kept).comparisons
    assert Insight(make_corpus(files), kept).comparisons == first
    files["2021/jiguan-shuzhi-fenguan.md"] = text(2021, AFTER)
    (again,) = Insight(make_corpus(files), kept).comparisons.values()
    assert again.new == again.gone == 0


def test_processes_find_what_one_finds(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = load(root / "docs").visible
    alone = Insight(corpus, Memo(None, "")).comparisons
    monkeypatch.setattr(memo, "WORTH_A_PROCESS", 1)
    assert Insight(corpus, Memo(None, "")).comparisons == alone


def test_differences_are_of_words() -> None:
    runs = differences("开展宣讲12场，覆盖320人次", "开展主题宣讲15场，覆盖410人次")
    assert [(run.before, run.after) for run in runs if not run.same] == [("", "主题"), ("12", "15"), ("320", "410")]  # fmt: skip


def test_a_single_common_character_is_no_island() -> None:
    (run,) = [run for run in differences("抓好落实。", "抓严的措施。") if not run.same]
    assert run == ("好落实", "严的措施")


@settings(max_examples=150)
@given(st.text("党建工作12，。", max_size=40), st.text("党建工作12，。", max_size=40))
def test_differences_lose_nothing(before: str, after: str) -> None:
    runs = differences(before, after)
    assert "".join(run.before for run in runs) == before
    assert "".join(run.after for run in runs) == after


def test_very_long_sentences_are_not_compared_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    real = comparison.difflib.SequenceMatcher

    def watched(junk: None, a: list[str], b: list[str], autojunk: bool) -> object:
        sizes.append(max(len(a), len(b)))
        return real(junk, a, b, autojunk=autojunk)

    monkeypatch.setattr(comparison.difflib, "SequenceMatcher", watched)
    long = "，".join(f"第{n}项工作" for n in range(300))
    runs = differences(long, long.replace("第7项", "第七项"))
    assert sizes == [300] and "第七项工作，" in {run.after for run in runs}
    assert differences("党" * 1000, "建" * 1000) == [("党" * 1000, "建" * 1000)]
    endless = "".join(f"第{n}项，" for n in range(1000))
    assert differences(endless, endless + "完") == [(endless, endless + "完")]
    assert max(sizes) <= 400


def test_among_many_like_sentences_the_rare_words_pair_them(memory_corpus: Make) -> None:
    """What all of them share is not even looked at; else this would take the square of their number."""
    body = "## 一、主要做法及成效\n\n" + "".join(
        f"全年组织主题党日{chr(0x4E00 + n)}{chr(0x5E00 + n)}{chr(0x6E00 + n)}。" for n in range(100)
    )
    earlier, later = pair(memory_corpus, body, body.replace("全年", "今年初"))
    assert [link.other for link in compare(earlier, later).later_links()] == list(range(100))


def test_rewritten_sentences_are_those_a_plain_comparison_finds(root: Path) -> None:
    """Looking for rare pairs of characters first leaves out no sentence that is as like as it takes."""
    found = 0
    for report in load(root / "docs").visible.reports[:4]:
        # Every fifth or fourth character of the paragraphs changes: about as much as may.
        lines = report.source.text.split("\n")
        for at, line in enumerate(lines):
            if at > 20 and not line.startswith("#"):
                lines[at] = re.sub("(.{4})[㐀-鿿]" if at % 4 else "(.{3})[㐀-鿿]", r"\1某", line)
        source = dataclasses.replace(report.source, text="\n".join(lines))
        later = dataclasses.replace(report, source=source)
        here, there = split_sentences(later), split_sentences(report)
        grams, mine = (
            [set(map("".join, pairwise(s.folded))) for s in some] for some in (there, here)
        )
        roles, roles_there = sentence_roles(later), sentence_roles(report)
        codes = compare(report, later).codes
        used = {-2 - code for code in codes if code < -1}
        used |= {number for number, by in enumerate(kept_by(report, later)) if by >= 0}

        def like(
            number: int, other: int, mine: list[set[str]] = mine, grams: list[set[str]] = grams
        ) -> bool:
            return 4 * len(mine[number] & grams[other]) >= len(mine[number]) + len(grams[other])

        for number, code in enumerate(codes):
            if code < -1:
                found += 1
                assert like(number, -2 - code)
            elif code == -1 and len(here[number].folded) >= 8:
                left = [
                    other
                    for other in range(len(there))
                    if len(there[other].folded) >= 8 and roles[number] == roles_there[other]
                ]
                assert not any(like(number, other) for other in left if other not in used)
    assert found > 50
