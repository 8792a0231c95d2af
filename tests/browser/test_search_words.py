"""The scripts for words and pinyin, run in a real Chromium over the tables the build makes; they and Python must agree."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from baogao.corpus import Corpus, load
from baogao.fulltext import pinyin, suggestions, vocabulary
from baogao.fulltext.columns import class_length, length_class
from baogao.fulltext.counting import find_grams
from baogao.fulltext.folding import fold_passages, fold_text
from baogao.fulltext.grams import OCCURRENCES
from baogao.fulltext.passages import read_document
from baogao.fulltext.scoring import rarity
from baogao.fulltext.segmentation import open_segmenter
from baogao.fulltext.stream import make_stream, passage_lengths
from baogao.fulltext.vocabulary import Vocabulary
from baogao.fulltext.weighing import Weigher
from tests.builder import ROOT
from tests.fulltext.test_words_vocabulary import FIXTURE, KNOWN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("equipped")]
SCRIPTS = ROOT / "docs/assets/search"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(ROOT / "docs").visible


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[str]:
    return fold_passages(
        [p.text for report in corpus.reports for p in read_document(report).passages]
    )


@pytest.fixture(scope="module")
def tables(
    corpus: Corpus, texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    segmenter = open_segmenter(
        suggestions.folded_terms(corpus.data), tmp_path_factory.mktemp("cache")
    )
    assert segmenter is not None
    counts = vocabulary.count_words(texts, segmenter.starts_of(texts))
    whole = "\n".join(texts)
    offers = suggestions.gather_offers(corpus, lambda term: term in whole)
    return suggestions.tables(
        corpus, offers, counts, segmenter, pinyin.open_reader(corpus.data.readings)
    )


@pytest.fixture(scope="module")
def bare(chromium: Browser) -> BrowserContext:
    return chromium.new_context()


@pytest.fixture(scope="module")
def words(bare: BrowserContext, tables: dict[str, Any]) -> Page:
    page = _page(bare)
    page.evaluate("tables => baogao.words.load(tables)", tables)
    return page


def _page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("about:blank")
    for name in ("exact", "pinyin", "words", "loose"):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    return page


@pytest.fixture(scope="module")
def known(tables: dict[str, Any]) -> Vocabulary:
    """The vocabulary, read back from its table."""
    table = json.loads(json.dumps(tables["vocabulary"]))
    spelled, before = [], ""
    for entry in _entries(table["words"]):
        before = before[: ord(entry[0]) - ord("A")] + entry[1:]
        spelled.append(before)
    weights = {w: ord(c) - 32 for w, c in zip(spelled, table["weights"], strict=True)}
    return Vocabulary(weights, {}, table["total"], tuple(table["questions"]), tuple(table["glue"]))


def _entries(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        if "A" <= char <= "Z":
            found.append(char)
        else:
            found[-1] += char
    return found


def test_the_fixture_is_cut_as_in_python(bare: BrowserContext) -> None:
    page = _page(bare)
    page.evaluate("table => baogao.words.load({vocabulary: table})", vocabulary.table(KNOWN))
    for case in FIXTURE["cases"]:
        assert page.evaluate("q => baogao.words.cut(q)", case["query"]) == case["words"]
        assert page.evaluate("q => baogao.words.read(q)", case["query"]) == {
            "words": case["wanted"], "pieces": case["pieces"],
        }  # fmt: skip


def test_text_of_the_corpus_is_cut_as_in_python(
    words: Page, texts: list[str], known: Vocabulary
) -> None:
    generator = random.Random(4)
    pieces = []
    for _ in range(2000):
        text = generator.choice(texts)
        at = generator.randrange(len(text))
        pieces.append(text[at : at + generator.randint(1, 25)].replace("\n", " "))
    here = [
        {"cut": vocabulary.cut(p, known), "words": list(w.words), "pieces": list(w.pieces)}
        for p in pieces
        for w in [vocabulary.read_query(p, known)]
    ]
    there = words.evaluate(
        "all => all.map((q) => ({cut: baogao.words.cut(q), ...baogao.words.read(q)}))", pieces
    )
    assert there == here


def test_without_a_vocabulary_runs_are_words(bare: BrowserContext) -> None:
    page = _page(bare)
    assert page.evaluate("baogao.words.cut('开展12345热线,好')") == [
        "开展",
        "12345",
        "热线",
        ",",
        "好",
    ]
    assert page.evaluate("baogao.words.slips('三会一刻')") == []
    assert page.evaluate("baogao.words.synonyms('双报到')") == []
    assert page.evaluate("baogao.pinyin.suggest('shyk')") == []


def test_the_question_of_the_reader(words: Page) -> None:
    query = fold_text("我们以前搞过哪些类似青年理论学习的举措，效果如何")
    assert words.evaluate("q => baogao.words.read(q)", query) == {
        "words": ["青年理论学习", "举措"], "pieces": ["青年理论学习的举措"],
    }  # fmt: skip
    finer = words.evaluate("q => baogao.words.finer(baogao.words.read(q).words)", query)
    assert finer == ["青年", "理论", "学习", "举措"]


@pytest.mark.parametrize(
    ("given", "dropped"),
    [
        (["我们", "党建", "的", "，", "怎么"], ["党建"]),
        (["怎么", "的"], ["怎么", "的"]),
        (["，"], []),
        (["党建", "党建"], ["党建"]),
    ],
)
def test_question_words_are_dropped_unless_nothing_is_left(
    words: Page, given: list[str], dropped: list[str]
) -> None:
    assert words.evaluate("w => baogao.words.dropQuestionWords(w)", given) == dropped


@pytest.mark.parametrize(
    ("part", "alternatives"),
    [
        ("主题党日", ["党员活动日", "党员固定活动日", "固定党日"]),
        ("党员活动日", ["主题党日", "党员固定活动日", "固定党日"]),
        (
            "落实主题党日",
            ["落实支部主题党日", "落实党员活动日", "落实党员固定活动日", "落实固定党日"],
        ),
        ("我们以前怎么落实主题党日", []),  # a question is cut into words, not rewritten
        ("四风", ["形式主义、官僚主义、享乐主义和奢靡之风"]),
        ("主题教育", []),  # the year decides which one is meant
        ("巡察", []),  # near is not equal
        ("理论", []),
    ],
)
def test_synonyms(words: Page, part: str, alternatives: list[str]) -> None:
    assert words.evaluate("p => baogao.words.synonyms(p)", part) == alternatives


def test_what_is_near_is_only_suggested(words: Page) -> None:
    found = words.evaluate("baogao.words.related('党员突击队')")
    assert {"query": "党员先锋队", "why": "synonym", "part": "党员突击队"} in found
    assert words.evaluate("baogao.words.synonyms('党员突击队')") == []
    assert words.evaluate("baogao.words.related('双报到')") == []


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("三会一刻", "三会一课", "homophone"),
        ("双报道", "双报到", "homophone"),
        ("深入机层", "深入基层", "homophone"),
        ("意示形态", "意识形态", "homophone"),
        ("一杆子到地", "一杆子到底", "homophone"),
        ("主题党曰", "主题党日", "slip"),
        ("组织生活生会", "组织生活会", "slip"),
        ("青年理学习小组", "青年理论学习小组", "slip"),
        ("三一会课", "三会一课", "slip"),
    ],
)
def test_slips(words: Page, typed: str, meant: str, why: str) -> None:
    assert words.evaluate("p => baogao.words.slips(p)", typed)[0] == {
        "query": meant, "why": why, "part": typed,
    }  # fmt: skip


def test_what_readers_may_not_see_is_not_suggested(words: Page, texts: list[str]) -> None:
    """民主生活会 stands in a restricted report and in terms.txt only."""
    assert not any("民主生活会" in text for text in texts)
    assert words.evaluate("baogao.words.slips('民主生话会')") == []
    assert words.evaluate("baogao.pinyin.suggest('mzshh')") == []


@pytest.mark.parametrize("part", ["理论学习", "a", "12345", "", "学", "学" * 41])
def test_what_is_right_or_no_chinese_has_no_slips(words: Page, part: str) -> None:
    assert words.evaluate("p => baogao.words.slips(p)", part) == []


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("shyk", "三会一课"),
        ("sanhuiyike", "三会一课"),
        ("sanhyk", "三会一课"),
        ("sanhuiyik", "三会一课"),
        ("zhutdr", "主题党日"),
        ("djyl", "党建引领"),
        ("jjgdw", "局机关党委"),
        ("三会", "三会一课"),
    ],
)
def test_pinyin(words: Page, typed: str, label: str) -> None:
    offers = words.evaluate("t => baogao.pinyin.suggest(t)", typed)
    assert label in [offer["label"] for offer in offers]


def test_a_syllable_finds_all_that_begin_with_it(words: Page) -> None:
    labels = words.evaluate("baogao.pinyin.suggest('dangjian').map((o) => o.label)")
    assert labels and all("党建" in label for label in labels)


def test_what_begins_with_it_comes_first_and_says_where_it_leads(words: Page) -> None:
    unit = words.evaluate("baogao.pinyin.suggest('质安中心党支部')")[0]
    assert unit == {"kind": "unit", "label": "质安中心党支部", "url": "units/zhian.html"}
    title = words.evaluate("baogao.pinyin.suggest('2022ndzajzx')")
    assert all(offer["kind"] == "title" for offer in title)
    term = words.evaluate("baogao.pinyin.suggest('shyk')")[0]
    assert term == {"kind": "term", "label": "三会一课", "query": "三会一课"}
    assert words.evaluate("baogao.pinyin.meant('shyk')") == [
        {"query": "三会一课", "why": "pinyin", "part": "shyk"}
    ]


def test_both_readings_of_a_corrected_word_find_it(bare: BrowserContext, corpus: Corpus) -> None:
    reader = pinyin.open_reader(corpus.data.readings)
    assert reader is not None
    offers = [suggestions.Offer("w", "三重一大"), suggestions.Offer("w", "绿色单县")]
    page = _page(bare)
    page.evaluate(
        "tables => baogao.words.load(tables)",
        {
            "offers": suggestions.offers_table(offers, reader),
            "readings": pinyin.readings_table(reader, "三重一大绿色单县"),
        },
    )
    suggest: Callable[[str], list[str]] = lambda typed: page.evaluate(  # noqa: E731
        "t => baogao.pinyin.suggest(t).map((o) => o.label)", typed
    )
    for typed in ("szyd", "scyd", "sanzhong", "sanchong", "zhongyida"):
        assert suggest(typed) == ["三重一大"], typed
    for typed in ("lvse", "lssx", "shanxian", "danxian"):
        assert suggest(typed) == ["绿色单县"], typed
    for typed in ("sz1d", "xian9", "z"):
        assert suggest(typed) == [], typed


def test_hostile_input_ends_soon(words: Page) -> None:
    """A long row of initials takes as many steps as there are ways to read it, and no more."""
    for typed in (
        "s" * 40,
        "shsh" * 10,
        "zhzhzhzh",
        "<img src=x onerror=alert(1)>",
        "\\",
        "[",
        "🙂",
    ):
        assert isinstance(words.evaluate("t => baogao.pinyin.suggest(t)", typed), list)
        assert isinstance(words.evaluate("t => baogao.words.slips(t)", typed), list)
        assert isinstance(words.evaluate("t => baogao.words.read(t)", typed), dict)


class Lent:
    """What the engine lends to loose.js, made from postings and texts in Python."""

    def __init__(self, texts: list[str], grams: Weigher) -> None:
        self.texts, self.grams = texts, grams

    def data(self, gram_texts: set[str]) -> dict[str, Any]:
        found = {gram: self.grams.find(gram) for gram in gram_texts}
        return {
            "passages": len(self.texts),
            "mean": float(self.grams.lengths.mean()),
            "scoring": self.grams.scoring.as_data(),
            "occurrences": list(OCCURRENCES),
            "lengths": [class_length(int(c)) for c in length_class(self.grams.lengths)],
            "texts": self.texts,
            "lists": {
                gram: {"docs": docs.tolist(), "weights": weights.tolist()}
                for gram, (docs, weights) in found.items()
                if len(docs)
            },
        }


ACCESS = """(data) => ({
  ...data, allowed: (doc) => !(data.shut || []).includes(doc), length: (doc) => data.lengths[doc],
  postings: async (gram) => data.lists[gram] || null,
  all: async (words) => data.texts.flatMap((text, doc) => words.every((word) => text.includes(word)) ? [doc] : []),
})"""


@pytest.fixture(scope="module")
def lent(texts: list[str]) -> Lent:
    stream = make_stream(texts, [0] * len(texts), None)
    return Lent(texts, Weigher(find_grams(stream).postings, passage_lengths(stream)))


def _loose(words: Page, lent: Lent, query: str, **more: Any) -> dict[str, Any]:
    grams = {query[at : at + n] for n in (1, 2) for at in range(len(query) - n + 1)}
    found: dict[str, Any] = words.evaluate(
        f"([query, data]) => baogao.loose.search(query, ({ACCESS})(data))",
        [query, {**lent.data(grams), **more}],
    )
    return found


def test_weights_are_reckoned_as_in_python(words: Page, lent: Lent) -> None:
    for pieces in (["青年理论学习的举措"], ["党建", "2022年", "双双"], ["x"], []):
        grams = {p[at : at + n] for p in pieces for n in (1, 2) for at in range(len(p) - n + 1)}
        there = words.evaluate(
            f"async ([pieces, data]) => [...await baogao.loose.weigh(pieces, ({ACCESS})(data))]",
            [pieces, lent.data(grams)],
        )
        assert there == pytest.approx(lent.grams.weigh(pieces).tolist())


def test_every_word_in_one_section_comes_before_most_of_them(words: Page, lent: Lent) -> None:
    found = _loose(words, lent, "党员的学习怎么组织")
    assert (found["how"], found["words"]) == ("words", ["党员", "学习", "组织"])
    having = {d for d, t in enumerate(lent.texts) if all(w in t for w in ("党员", "学习", "组织"))}
    assert set(found["docs"]) == having
    assert len(having) >= 5
    assert found["scores"] == sorted(found["scores"], reverse=True)
    weights = lent.grams.weigh(["党员的学习", "组织"])
    assert found["scores"] == pytest.approx([weights[doc] for doc in found["docs"]])


def test_most_of_the_words(words: Page, lent: Lent) -> None:
    found = _loose(words, lent, "我们以前搞过哪些类似青年理论学习的举措,效果如何")
    assert (found["how"], found["words"]) == ("most", ["青年", "理论", "学习", "举措"])
    words_in = [{w for w in found["words"] if w in text} for text in lent.texts]
    worth = {w: rarity(sum(w in has for has in words_in), len(words_in)) for w in found["words"]}
    having = {
        doc
        for doc, has in enumerate(words_in)
        if sum(map(worth.__getitem__, has)) * 2 >= sum(worth.values())
    }
    assert set(found["docs"]) == having
    assert "青年" in lent.texts[found["docs"][0]]


def test_a_common_word_alone_is_no_reason(words: Page, lent: Lent) -> None:
    """开展 is everywhere: who asks for 双报到 with a word nobody wrote is not shown all that was 开展."""
    found = _loose(words, lent, "开展双报到量子纠缠")
    assert found["how"] == "most"
    assert all("双报到" in lent.texts[doc] for doc in found["docs"])


def test_a_single_character_is_no_reason(words: Page, lent: Lent) -> None:
    found = _loose(words, lent, "一杆子到天边")
    assert found["words"] == ["杆子", "天边"]
    assert all("杆子" in lent.texts[doc] or "天边" in lent.texts[doc] for doc in found["docs"])


def test_filters_hold_in_the_second_stage(words: Page, lent: Lent) -> None:
    whole = _loose(words, lent, "党员的学习怎么组织")
    part = _loose(words, lent, "党员的学习怎么组织", shut=whole["docs"][:3])
    assert part["docs"] == whole["docs"][3:]


def test_nothing_is_found_for_what_nobody_wrote(words: Page, lent: Lent) -> None:
    assert _loose(words, lent, "量子纠缠")["how"] == ""
    assert _loose(words, lent, "，。")["docs"] == []


def test_the_scripts_say_what_they_need() -> None:
    """Plain scripts for Chromium 86: nothing younger than ES2020 in them."""
    for name in ("words", "pinyin", "loose"):
        script = Path(SCRIPTS / f"{name}.js").read_text(encoding="utf-8")
        assert script.startswith("// @ts-check\n")
        assert not [
            new
            for new in (".at(", ".replaceAll(", "??=", "Object.hasOwn", ".findLast(")
            if new in script
        ]
