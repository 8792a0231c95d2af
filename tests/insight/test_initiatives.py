"""What the reports say of initiatives, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from baogao.corpus import Corpus, fold_name, load, open_memo, statements
from baogao.insight import Insight, candidates
from baogao.insight import initiatives as module
from baogao.insight.passages import (
    LONGEST,
    STUDY,
    passage_length,
    read_passages,
    split_packed,
    unpack_passage,
)

Make = Callable[[dict[str, str]], Corpus]

FRONT = """---
title: {year}年度{unit}述职报告
year: {year}
unit: {unit}
kind: 述职报告
role: 分管领导
date: {year}-12-30
status: {status}
visibility: {visibility}
---

"""
BODY = """## 一、主要做法及成效

### （一）三会一课抓得实

全年支部共上党课40次。“三会一课”与双报到一起抓，双报到抓了又抓。

（二）开好青年理论学习小组。交流了12篇，有3篇获评优秀。窗口排队缩短到5分钟。

## 二、存在问题及原因分析

一是“三会一课”只开了4次。二是其他工作有12项没有做。

## 三、下步工作打算

一是“三会一课”开足12次，住建夜校继续办。
"""


def report(
    year: int = 2021, unit: str = "局机关党委", body: str = BODY, status: str = "published", visibility: str = "internal"
) -> str:  # fmt: skip
    return FRONT.format(year=year, unit=unit, status=status, visibility=visibility) + body


def insight(corpus: Corpus, folder: Path | None = None) -> Insight:
    return Insight(corpus.visible, open_memo(Path(corpus.shown), folder))


def test_the_sentences_of_a_report(make_corpus: Make) -> None:
    corpus = make_corpus({"2021/jiguan-shuzhi-fenguan.md": report()})
    told = [
        (p.anchor, p.role, p.text, [key for key, _ in p.names], p.topic, p.results)
        for p in read_passages(corpus.reports[0])
    ]
    practice = "practice"
    assert told == [
        ("practice-1", practice, "（一）三会一课抓得实", ["sanhui-yike"], "", ()),
        ("practice-1", practice, "全年支部共上党课40次。", [], "sanhui-yike", ("数字",)),
        ("practice-1", practice, "“三会一课”与双报到一起抓，双报到抓了又抓。", ["sanhui-yike", "shuangbaodao"], "", ()),
        ("practice-2", practice, "（二）开好青年理论学习小组。", ["qingnian-lilun"], "", ()),
        ("practice-2", practice, "交流了12篇，有3篇获评优秀。", [], "qingnian-lilun", ("表彰", "数字")),
        ("practice-2", practice, "窗口排队缩短到5分钟。", [], "qingnian-lilun", ("变化",)),
        ("problem", "problem", "一是“三会一课”只开了4次。", ["sanhui-yike"], "", ()),
        ("plan", "plan", "一是“三会一课”开足12次，住建夜校继续办。", ["sanhui-yike", "sanji-dajiangtang"], "", ()),
    ]  # fmt: skip


def test_records(make_corpus: Make) -> None:
    corpus = make_corpus(
        {
            "2020/jiguan-shuzhi-fenguan.md": report(2020, body="## 一、主要做法\n\n党员活动日开了12次。双报到照常。\n"),
            "2021/jiguan-shuzhi-fenguan.md": report(2021),
            "2021/zhian-shuzhi-fenguan.md": report(2021, "质安中心党支部", "## 一、主要做法\n\n主题党日12次，双报到30人次。\n"),
        }
    )  # fmt: skip
    records = insight(corpus).initiatives.records
    bao = records["shuangbaodao"]
    assert (bao.count, bao.reports, list(bao.years)) == (3, 3, [2021, 2020])
    assert bao.years[2021].units == {"jiguan": 1, "zhian": 1}
    assert [f.passage.text for f in bao.years[2021].results] == ["主题党日12次，双报到30人次。"]
    assert bao.years[2020].results == []
    near = [(n.initiative.id, n.sentences, n.sections) for n in bao.neighbours]
    # In 2020 both stand in one section, in two sentences.
    assert near == [("zhuti-dangri", 1, 2), ("sanhui-yike", 1, 1)]
    uses = [(u.text, u.count, u.first, u.last) for u in records["zhuti-dangri"].spelling_uses()]
    assert uses == [("党员活动日", 1, 2020, 2020), ("主题党日", 1, 2021, 2021)]
    assert records["zhuti-dangri"].usual_spelling(2020) == "党员活动日"
    hui = records["sanhui-yike"]
    assert hui.count == 4 and [f.passage.topic for f in hui.years[2021].results] == ["sanhui-yike"]
    by_report = insight(corpus).initiatives.by_report
    assert by_report["2021/zhian-shuzhi-fenguan"] == ("shuangbaodao", "zhuti-dangri")
    assert {i.id for i in insight(corpus).initiatives.unnamed} >= {"dangji-jiaoyu"}


def test_what_readers_may_not_see_is_nowhere(make_corpus: Make, tmp_path: Path) -> None:
    corpus = make_corpus(
        {
            "2021/jiguan-shuzhi-fenguan.md": report(),
            "2022/jiguan-shuzhi-fenguan.md": report(2022, status="draft", body=BODY.replace("双报到", "“暗中”双报到")),
            "2023/jiguan-shuzhi-fenguan.md": report(2023, visibility="restricted", body=BODY.replace("双报到", "“暗中”双报到")),
        }
    )  # fmt: skip
    made = insight(corpus, tmp_path / "cache")
    assert made.initiatives.years == (2021,)
    assert candidates(made.corpus, None, {}, least=1, years=1) == []
    files = list((tmp_path / "cache").glob("*initiative*"))
    assert len(files) == 2
    assert not any("暗中" in file.read_text(encoding="utf-8") for file in files)


def test_remembered_is_the_same_as_read(root: Path, tmp_path: Path) -> None:
    corpus = load(root / "docs").visible
    first = Insight(corpus, open_memo(root / "docs", tmp_path)).initiatives
    again = Insight(corpus, open_memo(root / "docs", tmp_path)).initiatives
    assert again.records == first.records and again.by_report == first.by_report
    packed = open_memo(root / "docs", None).gather(STUDY, corpus.reports)
    for report in corpus.reports:
        _, lines = split_packed(packed[report.name])
        source = report.source.text
        found = [unpack_passage(line, source) for line in lines]
        assert found == list(read_passages(report))
        assert [passage_length(line) for line in lines] == [len(p.text) for p in found]


@pytest.mark.parametrize("key", ["sanhui-yike", "shuangbaodao", "hongse-wuye", "tuji-dui"])
def test_the_samples_are_counted_as_a_plain_search_counts(root: Path, key: str) -> None:
    corpus = load(root / "docs").visible
    record = insight(corpus).initiatives.records[key]
    names = [spelling.folded for spelling in record.initiative.spellings]
    texts = [(r, s.text) for r in corpus.reports for s in statements(r)]
    texts += [(r, s.heading.plain) for r in corpus.reports for s in r.walk() if not s.run_in]
    naming = [(r, t) for r, t in texts if any(name in fold_name(t) for name in names)]
    assert record.count == len(naming)
    by_year = {year: sum(1 for r, _ in naming if r.year == year) for year in record.years}
    assert {year: of.count for year, of in record.years.items()} == by_year
    assert record.reports == len({r.name for r, _ in naming})


def test_many_sentences_are_counted_and_some_are_kept(make_corpus: Make) -> None:
    lines = "".join(f"双报到第{n}批服务{n}人次。" for n in range(1, 201))
    honour = "双报到获评先进。"
    corpus = make_corpus({"2021/jiguan-shuzhi-fenguan.md": report(body=f"## 一、主要做法\n\n{lines}{honour}\n")})  # fmt: skip
    year = insight(corpus).initiatives.records["shuangbaodao"].years[2021]
    assert (year.count, year.results_count) == (201, 201)
    assert (len(year.shown), len(year.results)) == (module.SHOWN, module.BEST)
    # What says most is among them though it stands last; the others are the first ones.
    assert [f.passage.text for f in year.results][-1] == honour
    assert year.results[0].passage.text == "双报到第1批服务1人次。"


def test_a_long_sentence_is_cut_around_the_name(make_corpus: Make) -> None:
    text = "前" * 300 + "双报到" + "后" * 300 + "。"
    corpus = make_corpus({"2021/jiguan-shuzhi-fenguan.md": report(body=f"## 一、主要做法\n\n{text}\n")})  # fmt: skip
    (passage,) = read_passages(corpus.reports[0])
    assert len(passage.text) == LONGEST + 2 and "双报到" in passage.text
    assert passage.text.startswith("…前") and passage.text.endswith("后…")


# What may be added


def test_candidates(make_corpus: Make) -> None:
    body = "## 一、主要做法\n\n推行“红心管家”，学《先锋读本》。红心管家上门。“四个意识”和“三会一课”，智慧工地。\n"
    corpus = make_corpus({f"{y}/jiguan-shuzhi-fenguan.md": report(y, body=body) for y in (2020, 2021)})  # fmt: skip

    def cut(text: str) -> list[str]:
        assert "三会一课" not in text  # names of initiatives are taken out before
        for word in ("红心管家", "先锋读本", "智慧工地", "推行"):
            text = text.replace(word, f" {word} ")
        return text.split()

    found = candidates(corpus.visible, cut, {"推行": 9, "红心管家": 0}, least=2, years=2)
    told = [(c.name, c.kind, c.count, c.years, c.units) for c in found]
    assert told == [
        ("“红心管家”", "引号", 4, (2020, 2021), ("局机关党委",)),
        ("《先锋读本》", "书名号", 2, (2020, 2021), ("局机关党委",)),
        ("智慧工地", "词语", 2, (2020, 2021), ("局机关党委",)),
    ]
    assert found[0].example == "推行“红心管家”，学《先锋读本》。"
    assert (found[0].place, found[0].anchor) == ("2020/jiguan-shuzhi-fenguan", "practice")
    assert candidates(corpus.visible, cut, {}, least=5, years=1) == []
    assert candidates(corpus.visible, cut, {}, least=1, years=3) == []
