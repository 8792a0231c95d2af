"""From a Word file to a report: titles, headings by style, tables and bullets, and nothing lost on the way."""

from __future__ import annotations

import datetime
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baogao.corpus import Data, Report, Source, parse_report
from baogao.corpus.intake import Draft, Metadata, compose, read_draft, read_manuscript
from tests.docx import lvl, numbered, numbering, p, part, r, style, t, tbl, tc, text_box, tr, word

STYLES = part(
    "styles",
    style("a", "Normal", default=True)
    + style("a3", "Title", "<w:pPr><w:jc w:val='center'/></w:pPr>", based_on="a")
    + style("1", "heading 1", "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>", based_on="a")
    + style("2", "heading 2", based_on="a")
    + style("x", "单位标题", based_on="2")
    + style("loop", "环", based_on="loop2")
    + style("loop2", "环二", based_on="loop"),
)


def draft(data: Data, *blocks: str, **more: object) -> Draft:
    return read_draft(read_manuscript(word(*blocks, **more)), data)


def report(data: Data, made: Draft) -> Report:
    kind, unit = data.kinds.find("年度工作总结"), data.units.units[0]
    assert kind
    metadata = Metadata("标题", 2022, unit, kind, None, datetime.date(2023, 1, 10), "published")
    return parse_report("2022/a", Source("a.md", compose(made, metadata).text), data)


def headings(made: Draft) -> list[tuple[int, str]]:
    return [(piece.level, piece.text) for piece in made.pieces if piece.level]


def doubts(made: Draft) -> str:
    return "\n".join(note.text for note in made.account.guesses)


def test_a_title_by_its_style(data: Data) -> None:
    made = draft(
        data, p("岚川市住建局", style="a3"), p("年度回顾", style="a3"), p("正文。"), styles=STYLES
    )
    assert made.title == "岚川市住建局年度回顾" and len(made.pieces) == 1
    assert "居中" not in doubts(made)


def test_a_centred_title_is_a_guess(data: Data) -> None:
    centre = '<w:jc w:val="center"/>'
    made = draft(
        data,
        p("抓党建的一年", properties=centre),
        p("（2023年1月10日）", properties=centre),
        p("正文。"),
    )
    assert made.title == "抓党建的一年" and "居中，当作标题" in doubts(made)
    assert made.date == datetime.date(2023, 1, 10)


def test_the_only_top_heading_is_a_title(data: Data) -> None:
    made = draft(
        data, p("抓党建的一年", style="1"), p("一、做法", style="2"), p("正文。"), styles=STYLES
    )
    assert made.title == "抓党建的一年" and headings(made) == [(1, "一、做法")]


def test_headings_by_style_take_the_level_of_their_fellows(data: Data) -> None:
    made = draft(
        data, p("开头。"), p("一、做法", style="2"), p("学习情况", style="x"), p("正文。"), p("存在问题", style="2"), p("正文。"),
        styles=STYLES,
    )  # fmt: skip
    assert headings(made) == [(1, "一、做法"), (1, "学习情况"), (1, "存在问题")]
    assert "“存在问题”没有序号，按标题样式当作标题" in doubts(made)


def test_headings_without_ordinals_go_by_rank(data: Data) -> None:
    made = draft(
        data,
        p("正文。"),
        p("做法", style="1"),
        p("学习", style="2"),
        p("正文。"),
        p("问题", style="1"),
        styles=STYLES,
    )
    assert headings(made) == [(1, "做法"), (2, "学习"), (1, "问题")]


def test_outline_levels_of_a_paragraph_itself(data: Data) -> None:
    made = draft(data, p("正文。"), p("做法", properties='<w:outlineLvl w:val="0"/>'), p("正文", style="1", properties='<w:outlineLvl w:val="9"/>'), styles=STYLES)  # fmt: skip
    assert headings(made) == [(1, "做法")]


def test_text_in_a_heading_style_stays_text(data: Data) -> None:
    made = draft(
        data,
        p("一、做法"),
        p("（一）学习。全年开展学习，覆盖全体。", style="2"),
        p("末段。"),
        styles=STYLES,
    )
    assert headings(made) == [(1, "一、做法")] and "像正文，当作正文" in doubts(made)


def test_styles_that_go_in_circles(data: Data) -> None:
    assert [
        piece.text for piece in draft(data, p("正文。", style="loop"), styles=STYLES).pieces
    ] == ["正文。"]


def test_a_heading_before_a_table_is_a_heading(data: Data) -> None:
    made = draft(data, p("一、做法"), p("（一）学习"), tbl(tr("甲", "乙")))
    assert headings(made) == [(1, "一、做法"), (2, "（一）学习")]


def test_notes_and_table_cells_are_no_headings(data: Data) -> None:
    made = draft(
        data, p("一、做法", r('<w:footnoteReference w:id="1"/>')), tbl(tr("二、问题", "（一）不深")),
        footnotes=part("footnotes", f'<w:footnote w:id="1">{p("甲")}</w:footnote>'),
    )  # fmt: skip
    assert headings(made) == [(1, "一、做法[1]")]


def test_tables_and_bullets_in_the_report(data: Data) -> None:
    made = draft(
        data, p("开头。"), tbl(tr("项目", "数 | 量"), tr("1. **甲**", "")), numbered("要点"), numbered("- 要点"),
        numbering=part("numbering", numbering({0: lvl(0, "bullet", "•")}, {1: (0, "")})),
    )  # fmt: skip
    found = report(data, made)
    assert [block.kind for block in found.blocks] == ["paragraph", "table", "bullet", "bullet"]
    assert [block.plain for block in found.blocks] == [
        "开头。",
        "项目\t数 | 量\n1. **甲**\t",
        "要点",
        "- 要点",
    ]


def test_the_whole_report_in_one_paragraph_with_blanks_and_page_numbers(data: Data) -> None:
    filler = (
        "全年围绕中心任务抓党建，做到学习有计划、活动有记录、整改有结果，各支部按月填报进度。" * 16
    )
    text = f"各位代表： 现在报告工作。 一、2023年工作回顾 2023 年是重要一年。{filler} — 2 — 二、2024年工作安排 2024 年要做好工作。全年抓实各项任务。"
    made = draft(data, p(text))
    assert headings(made) == [(1, "一、2023年工作回顾"), (1, "二、2024年工作安排")]
    assert re.sub(r"\s", "", "".join(piece.text for piece in made.pieces)) == re.sub(
        r"\s", "", text
    )
    assert "像页码" in doubts(made)


def test_a_long_first_level_heading_of_one_clause(data: Data) -> None:
    heading = (
        "一、坚持在全面推进重点任务上精准发力，加快建设更具地方特色优势的现代化产业体系，务求实效"
    )
    assert headings(draft(data, p(heading), p("正文。"))) == [(1, heading)]


# Any document

WORDS = st.text(
    st.sampled_from("一二三、（）()1.2。，；：报告总结2022年党建*|#-_<&`\\[]! \u3000\u00a0甲乙丙"),
    min_size=1,
    max_size=30,
)
RUNS = st.lists(WORDS, min_size=1, max_size=4)


@st.composite
def blocks(draw: st.DrawFn, depth: int = 0) -> tuple[str, list[str]]:
    """A block, and the texts in it in order."""
    kind = draw(
        st.sampled_from(
            ["p", "p", "p", "breaks", "tracked", "box", "sdt"] + (["tbl"] if depth < 2 else [])
        )
    )
    if kind == "tbl":
        rows = draw(st.lists(st.lists(st.lists(blocks(depth + 1), min_size=1, max_size=2), min_size=1, max_size=3), min_size=1, max_size=3))  # fmt: skip
        made = tbl(*(tr(*(tc(*(block for block, _ in cell)) for cell in row)) for row in rows))
        return made, [text for row in rows for cell in row for _, inner in cell for text in inner]
    words = draw(RUNS)
    if kind == "breaks":
        return p(r("<w:br/>".join(t(word) for word in words))), words
    if kind == "tracked":
        gone = draw(WORDS)
        deleted = f'<w:del w:id="1">{r("<w:delText>" + t(gone)[len("<w:t xml:space=") + 11 : -6] + "</w:delText>")}</w:del>'
        return p(deleted, *(f'<w:ins w:id="1">{r(t(word))}</w:ins>' for word in words)), words
    if kind == "box":
        inner = draw(WORDS)
        return p(*(r(t(word)) for word in words), text_box(p(r(t(inner))))), [*words, inner]
    made = p(
        *(r(t(word)) for word in words), style=draw(st.sampled_from(["", "1", "2", "a3", "none"]))
    )
    return (f"<w:sdt><w:sdtContent>{made}</w:sdtContent></w:sdt>" if kind == "sdt" else made), words


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=st.lists(blocks(), min_size=1, max_size=6))
def test_no_character_is_lost_or_added(data: Data, made: list[tuple[str, list[str]]]) -> None:
    """Whatever a document is made of: its text is in the draft, and in the report that is written, once and in order."""
    content = word(*(block for block, _ in made), styles=STYLES)
    found = read_draft(read_manuscript(content), data)
    whole = re.sub(r"\s|\ufeff|\u200b", "", "".join(text for _, texts in made for text in texts))
    pieces = (found.title or "") + "".join(piece.content for piece in found.pieces)
    order = sorted if found.title else "".join  # a title by style may stand below other lines
    assert order(re.sub(r"\s", "", pieces)) == order(whole)
    if found.pieces:
        body = re.sub(r"\s", "", "".join(piece.content for piece in found.pieces))
        assert re.sub(r"\s", "", report(data, found).text) == body
