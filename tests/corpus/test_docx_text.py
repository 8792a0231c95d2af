"""The text of Word files: what is read, in which order, and what is told of it."""

from __future__ import annotations

import pytest

from baogao.corpus.intake import Manuscript, read_manuscript
from baogao.corpus.intake.manuscript import Note
from tests.docx import (
    core,
    field,
    lvl,
    numbered,
    numbering,
    p,
    part,
    r,
    style,
    t,
    tbl,
    tc,
    text_box,
    tr,
    word,
)


def read(*blocks: str, **more: object) -> Manuscript:
    return read_manuscript(word(*blocks, **more), "a.docx")


def texts(made: Manuscript) -> list[str]:
    return [piece.content for piece in made.lines]


def said(notes: tuple[Note, ...]) -> list[str]:
    return [f"{note.line} {note.text}" for note in notes]


def test_paragraphs_have_their_number_and_no_indent() -> None:
    made = read(p("\u3000\u3000一、做法"), p(), p("正文。\u00a0"))
    assert [(piece.line, piece.text) for piece in made.lines] == [(1, "一、做法"), (3, "正文。")]
    assert made.unit == "段" and made.form == "Word 文件"


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (r("a") + r("b"), "ab"),
        (r(t("前") + "<w:tab/>" + t("后")), "前\t后"),
        (r(t("前") + "<w:noBreakHyphen/>" + t("后")), "前-后"),
        (r(t("前") + "<w:softHyphen/>" + t("后")), "前后"),
        (r("<w:t>a\nb</w:t>"), "a b"),
        (r('<w:sym w:font="Wingdings" w:char="F0FC"/>'), "✓"),
        (r('<w:sym w:font="Wingdings 2" w:char="F052"/>'), "☑"),
        (r('<w:sym w:font="Symbol" w:char="F0B7"/>'), "•"),
        (r('<w:sym w:font="宋体" w:char="2460"/>'), "①"),
        (r('<w:sym w:font="Webdings" w:char="F021"/>'), "〓"),
        ("<w:hyperlink>" + r("链接") + "</w:hyperlink>", "链接"),
        ("<w:smartTag>" + r("标记") + "</w:smartTag>", "标记"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ("<w:somethingNew>" + r("新的") + "</w:somethingNew>", "新的"),
        (r("<w:ruby><w:rt>" + r("hàn") + "</w:rt><w:rubyBase>" + r("汉") + "</w:rubyBase></w:ruby>"), "汉"),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "a+b"),
        (r(t("<b>&amp;")), "<b>&amp;"),
    ],
)  # fmt: skip
def test_what_runs_hold(run: str, text: str) -> None:
    assert texts(read(p(run))) == [text]


def test_unknown_symbols_are_guesses() -> None:
    made = read(p(r('<w:sym w:font="Webdings" w:char="F021"/>')))
    assert said(made.guesses) == ["1 字体 Webdings 的符号 F021 不认识，暂写作“〓”，请核对"]


# Soft breaks


def test_soft_breaks_part_lines() -> None:
    made = read(
        p(
            r(
                t("一、做法")
                + "<w:br/>"
                + t("　　第一句。")
                + '<w:br w:type="page"/>'
                + t("二、问题")
                + "<w:cr/>"
                + t("有。")
            )
        )
    )
    assert texts(made) == ["一、做法", "第一句。", "二、问题", "有。"]
    assert {piece.line for piece in made.lines} == {1}


def test_lines_broken_by_hand_are_joined_and_told() -> None:
    lines = [
        "全年围绕中心任务抓党建做到学习有计划活动有记录",
        "整改有结果各支部按月填报进度并由机关党委逐一核",
        "对归档。",
    ]
    made = read(p(r("<w:br/>".join(t(line) for line in lines))))
    assert texts(made) == ["".join(lines)]
    assert len(made.guesses) == 1 and "软回车" in made.guesses[0].text


def test_a_comma_at_a_soft_break_goes_on() -> None:
    assert texts(read(p(r(t("全年开展学习，") + "<w:br/>" + t("覆盖全体。"))))) == [
        "全年开展学习，覆盖全体。"
    ]


def test_slogans_before_soft_breaks_stay_lines() -> None:
    slogan = "加快建设具有竞争力的先进产业集群打造现代化体系"
    made = read(p(r(t(slogan) + "<w:br/>" + t("全年开展。"))))
    assert texts(made) == [slogan, "全年开展。"]


# Automatic numbers

HAN = numbering(
    {0: lvl(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>') + lvl(1, "chineseCounting", "（%2）") + lvl(2, "decimal", "%3.")},
    {1: (0, ""), 2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')},
)  # fmt: skip


def test_automatic_numbers_become_text() -> None:
    made = read(
        numbered("做法"), numbered("学习", level=1), numbered("宣讲", level=1), numbered("细目", level=2),
        numbered("问题"), numbered("不深", level=1), numbering=part("numbering", HAN),
    )  # fmt: skip
    assert texts(made) == [
        "一、做法",
        "（一）学习",
        "（二）宣讲",
        "1. 细目",
        "二、问题",
        "（一）不深",
    ]
    assert said(made.recognised)[0] == "1 自动编号写成文字：一、"


def test_a_list_of_its_own_goes_on_unless_it_starts_over() -> None:
    parts = part("numbering", numbering({0: lvl(0, "decimal", "%1.")}, {1: (0, ""), 2: (0, ""), 3: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')}))  # fmt: skip
    made = read(*[numbered("项", list_id=n) for n in (1, 2, 1, 3, 3, 1)], numbering=parts)
    assert texts(made) == ["1. 项", "2. 项", "3. 项", "7. 项", "8. 项", "9. 项"]


def test_restarts() -> None:
    levels = (
        lvl(0, "decimal", "%1")
        + lvl(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
        + lvl(2, "decimal", "[%3]", '<w:lvlRestart w:val="1"/>')
    )
    made = read(
        *[numbered("项", level=n) for n in (0, 1, 2, 1, 2, 0, 1, 2)], numbering=part("numbering", numbering({0: levels}, {1: (0, "")}))
    )  # fmt: skip
    assert texts(made) == [
        "1 项",
        "(1) 项",
        "[1] 项",
        "(2) 项",
        "[2] 项",
        "2 项",
        "(3) 项",
        "[1] 项",
    ]


def test_a_level_passed_over_counts_as_used_once() -> None:
    """As in Word (Microsoft Q110380): the first 一级 after a 二级 is the second."""
    levels = lvl(0, "decimal", "%1") + lvl(1, "decimal", "%1.%2")
    made = read(
        *[numbered("项", level=n) for n in (1, 0, 1)],
        numbering=part("numbering", numbering({0: levels}, {1: (0, "")})),
    )
    assert texts(made) == ["1.1 项", "2 项", "2.1 项"]
    assert "上一级编号还没有出现过" in made.guesses[0].text


def test_overridden_levels_and_legal_numbers() -> None:
    levels = lvl(0, "chineseCounting", "第%1章") + lvl(1, "decimal", "%1.%2", "<w:isLgl/>")
    over = f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperRoman", "%1、")}</w:lvlOverride>'
    made = read(
        numbered("甲"), numbered("乙", level=1), numbered("丙", list_id=2),
        numbering=part("numbering", numbering({0: levels}, {1: (0, ""), 2: (0, over)})),
    )  # fmt: skip
    assert texts(made) == ["第一章甲", "1.1 乙", "II、丙"]


def test_numbers_linked_with_styles() -> None:
    levels = lvl(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>') + lvl(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'
    )
    styles = style("1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') + style(
        "2", "heading 2", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    ) + style("3", "我的标题", based_on="2")  # fmt: skip
    made = read(
        p("做法", style="1"), p("学习", style="2"), p("宣讲", style="3"),
        p("不编号", style="1", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'), p("问题", style="1"),
        numbering=part("numbering", numbering({0: levels}, {1: (0, "")})), styles=part("styles", styles),
    )  # fmt: skip
    assert texts(made) == ["一、做法", "（一）学习", "（二）宣讲", "不编号", "二、问题"]
    assert [piece.hint.outline for piece in made.lines] == [1, 2, 2, 1, 1]


def test_numbering_styles() -> None:
    definitions = {
        0: lvl(0, "ideographTraditional", "%1、") + '<w:styleLink w:val="L"/>',
        1: '<w:numStyleLink w:val="L"/>',
    }
    made = read(
        numbered("项", list_id=2), numbered("项", list_id=2), numbering=part("numbering", numbering(definitions, {1: (0, ""), 2: (1, "")})),
        styles=part("styles", style("L", "列表", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")),
    )  # fmt: skip
    assert texts(made) == ["甲、项", "乙、项"]


def test_bullets_are_bullets_and_unknown_formats_told() -> None:
    levels = {0: lvl(0, "bullet", "\uf06c"), 1: lvl(0, "thaiNumbers", "%1.")}
    made = read(
        numbered("点"),
        numbered("项", list_id=2),
        numbering=part("numbering", numbering(levels, {1: (0, ""), 2: (1, "")})),
    )
    assert texts(made) == ["点", "1. 项"] and made.lines[0].hint.bullet
    assert "编号格式 thaiNumbers 不认识" in made.guesses[0].text


def test_a_number_without_text_is_counted_and_told() -> None:
    made = read(numbered("做法"), numbered(), numbered("问题"), numbering=part("numbering", HAN))
    assert texts(made) == ["一、做法", "三、问题"]
    assert said(made.guesses) == ["2 只有自动编号“二、”，没有文字，没有带入"]


def test_a_number_before_a_number_is_told() -> None:
    made = read(numbered("一、做法"), numbering=part("numbering", HAN))
    assert texts(made) == ["一、一、做法"] and "文中又写了序号" in made.guesses[0].text


# Fields


def test_field_codes_go_results_stay() -> None:
    made = read(
        p("见", field("REF 一 \\h", r("第三条")), "。"),
        p('<w:fldSimple w:instr="SEQ 表">' + r("2") + "</w:fldSimple>"),
    )
    assert texts(made) == ["见第三条。", "2"]


def test_contents_and_page_numbers_are_left_out() -> None:
    begin, separate, end = (
        r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    made = read(
        p("目　录"), p(begin, r("<w:instrText>TOC \\o</w:instrText>"), separate, "一、做法", r("<w:tab/>"), field("PAGEREF x", r("1"))),
        p("二、问题" + "\t2"), p(end, "一、做法"), p("第", field("PAGE", r("3")), "页"), p("正文。"),
    )  # fmt: skip
    assert texts(made) == ["一、做法", "第页", "正文。"]
    assert said(made.aside.left_out) == [
        "1 目录的标题",
        "2 目录“一、做法 1二、问题 2”",
        "5 页码“3”",
    ]


def test_contents_by_style_and_by_control() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
        + p("目录") + p("一、做法 1") + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    made = read(
        control, p("一、做法 1", style="T"), p("正文。"), styles=part("styles", style("T", "toc 1"))
    )
    assert [(piece.line, piece.text) for piece in made.lines] == [(4, "正文。")]
    assert len(made.aside.left_out) == 2


def test_a_field_that_never_ends_loses_nothing() -> None:
    begin, separate = (r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate"))
    made = read(p(begin, r("<w:instrText>TOC</w:instrText>"), separate, "一、做法"), p("正文。"))
    assert texts(made) == ["一、做法", "正文。"] and "域不完整" in made.guesses[0].text


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("eq \\o\\ac(○,3)", "③"),
        ("eq \\o\\ac(□,密)", "密"),
        ("EQ \\* jc2 \\o\\ad(\\s\\up 9(hàn),汉)", "汉"),
        ("SYMBOL 252 \\f Wingdings", "✓"),
    ],
)
def test_fields_that_show_something_without_a_result(code: str, shown: str) -> None:
    assert texts(read(p("见", field(code, "")))) == [f"见{shown}"]


def test_dates_that_change_are_told() -> None:
    made = read(p(field("DATE", r("2023年1月10日"))))
    assert texts(made) == ["2023年1月10日"] and "日期域" in made.guesses[0].text


# What is not imported


def test_tracked_changes_are_taken_as_accepted() -> None:
    made = read(
        p("开展", f'<w:del w:id="1" w:author="李某">{r("<w:delText>三</w:delText>")}</w:del>', f'<w:ins w:id="2" w:author="张某">{r("五")}</w:ins>', "次。"),
        p(f'<w:moveFrom w:id="3">{r("原处")}</w:moveFrom>', f'<w:moveTo w:id="4">{r("新处")}</w:moveTo>'),
        p("前段", properties='<w:rPr><w:del w:id="5"/></w:rPr>'), p("后段。"),
        p(r("字", '<w:rPrChange w:id="6"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')),
    )  # fmt: skip
    assert texts(made) == ["开展五次。", "新处", "前段后段。", "字"]
    assert said(made.aside.tracked) == [
        "1 删去“三”（修订人 李某）", "1 插入“五”（修订人 张某）", "2 移走“原处”", "2 移入“新处”", "3 删去段落标记，与下一段并成一段",
    ]  # fmt: skip
    assert made.aside.hidden == ()


def test_a_deleted_paragraph_is_not_counted_in_its_list() -> None:
    gone = p(
        f'<w:del w:id="1">{r("<w:delText>旧</w:delText>")}</w:del>',
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr>',
    )
    assert texts(
        read(numbered("做法"), gone, numbered("问题"), numbering=part("numbering", HAN))
    ) == ["一、做法", "二、问题"]


def test_hidden_text_is_told_and_not_imported() -> None:
    styles = style("H", "密", "<w:rPr><w:vanish/></w:rPr>", kind="character") + style(
        "P", "隐", "<w:rPr><w:vanish/></w:rPr>"
    )
    made = read(
        p("见", r("内部", "<w:vanish/>"), r("数字", '<w:rStyle w:val="H"/>'), r("文", '<w:vanish w:val="0"/>')),
        p("整段", style="P"), p(r("露", '<w:rStyle w:val="H"/>'), style="P", properties='<w:rPr><w:vanish w:val="0"/></w:rPr>'),
        styles=part("styles", styles),
    )  # fmt: skip
    assert texts(made) == ["见文", "露"]
    assert said(made.aside.hidden) == ["1 “内部数字”", "2 “整段”"]


def test_a_hidden_paragraph_mark_runs_the_next_on() -> None:
    """Word's style separator: a heading and its text in one line."""
    made = read(
        p("（一）学习。", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>"), p("全年开展。")
    )
    assert texts(made) == ["（一）学习。全年开展。"]


def test_comments_are_told_with_their_place() -> None:
    made = read(
        p("甲"), p('<w:commentRangeStart w:id="7"/>', "乙", '<w:commentRangeEnd w:id="7"/>', r('<w:commentReference w:id="7"/>')),
        comments=part("comments", f'<w:comment w:id="7" w:author="王某">{p("请核实")}</w:comment>'),
    )  # fmt: skip
    assert texts(made) == ["甲", "乙"]
    assert said(made.aside.comments) == ["2 王某：“请核实”"]


def test_headers_footers_and_watermarks_are_told() -> None:
    mark = r('<w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict>')
    made = read(
        p("正文。"),
        header1=part("hdr", p("内部资料", mark)),
        footer1=part("ftr", p("— ", field("PAGE", r("1")), " —")),
    )
    assert texts(made) == ["正文。"]
    assert said(made.aside.left_out) == ["0 页眉“内部资料”", "0 页眉里的艺术字或水印“机密”"]


def test_properties_are_told() -> None:
    made = read(p("正文。"), core=core(creator="张某", lastModifiedBy="李某", title="旧标题"))
    assert said(made.aside.properties) == ["0 作者：张某", "0 最后保存者：李某", "0 标题：旧标题"]


def test_pictures_objects_and_links_are_named() -> None:
    picture = '<w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="会场"/><a:graphic><a:blip/></a:graphic></wp:inline></w:drawing>'
    thing = '<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
    chart = "<w:drawing><wp:inline><a:graphic><c:chart/></a:graphic></wp:inline></w:drawing>"
    made = read(p(r(picture), "图"), p(r(thing)), p(r(chart)), p('<w:hyperlink r:id="h">' + r("网站") + "</w:hyperlink>"), links={"h": "https://example.org/"})  # fmt: skip
    assert texts(made) == ["图", "网站"]
    assert said(made.aside.left_out) == [
        "1 图片“会场”", "2 嵌入的对象 Excel.Sheet.12", "3 图表", "4 链接地址 https://example.org/（文字已带入）",
    ]  # fmt: skip


def test_prompts_of_controls_are_left_out() -> None:
    made = read(
        p(
            "年度：",
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + r("单击此处输入")
            + "</w:sdtContent></w:sdt>",
        )
    )
    assert texts(made) == ["年度："] and "单击此处输入" in made.aside.left_out[0].text


# Text boxes, notes, tables


def test_text_boxes_once_after_their_paragraph() -> None:
    made = read(p("前", text_box(p("框一"), p("框二"))), p("后"))
    assert [(piece.line, piece.text) for piece in made.lines] == [
        (1, "前"),
        (1, "框一"),
        (1, "框二"),
        (2, "后"),
    ]
    assert said(made.guesses) == ["1 文本框里的文字放在这一段之后：“框一框二”"]


def test_alternate_content_not_understood_falls_back() -> None:
    both = "<mc:AlternateContent><mc:Choice Requires='future'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    assert texts(read(p(r(both.format(t("新"), t("旧"))), "。"))) == ["旧。"]
    assert texts(read(both.format(p("新"), p("旧")))) == ["旧"]


def test_notes_follow_the_text() -> None:
    made = read(
        p("甲", r('<w:footnoteReference w:id="2"/>'), "乙", r('<w:footnoteReference w:id="3"/>'), r('<w:endnoteReference w:id="1"/>'), "。"),
        p("落款"),
        footnotes=part("footnotes", f'<w:footnote w:id="0" w:type="separator">{p()}</w:footnote><w:footnote w:id="2">{p(r("<w:footnoteRef/>"), "注甲")}</w:footnote><w:footnote w:id="3">{p("一、注乙")}</w:footnote><w:footnote w:id="4">{p("没用")}</w:footnote>'),
        endnotes=part("endnotes", f'<w:endnote w:id="1">{p("尾注")}</w:endnote>'),
    )  # fmt: skip
    assert texts(made) == ["甲[1]乙[2][i]。", "落款", "[1] 注甲", "[2] 一、注乙", "[i] 尾注"]
    assert all(piece.hint.body for piece in made.lines[2:])
    assert said(made.guesses)[0] == "0 脚注[1]放在全文之后：“注甲”"
    assert said(made.aside.left_out) == ["0 没有引用的脚注“没用”"]


def test_tables() -> None:
    made = read(
        p("表前"),
        tbl(
            tr("序号", "项目"), tr("1", tc("甲", "乙")), tr(tc("合计", properties='<w:gridSpan w:val="2"/>')),
            tr(tc("上", properties='<w:vMerge w:val="restart"/>'), "右"), tr(tc(properties="<w:vMerge/>"), tc(tbl(tr("里", "外")))),
            tr("没了", properties='<w:del w:id="1"/>'),
        ),
        p("表后"),
    )  # fmt: skip
    table = made.lines[1]
    assert table.rows == (
        ("序号", "项目"),
        ("1", "甲 乙"),
        ("合计", ""),
        ("上", "右"),
        ("", "里 外"),
    )
    assert [piece.line for piece in made.lines] == [1, 2, 14]
    assert said(made.recognised) == ["2 表格：5 行 2 列"]
    assert [note.text[:10] for note in made.guesses] == [
        "表格里有合并的单元格",
        "表格里套着表格：里面",
    ]
    assert said(made.aside.tracked) == ["13 删去表格的一行“没了”"]


def test_a_table_of_one_cell_is_a_frame() -> None:
    made = read(tbl(tr(tc("一、做法", "正文。"))))
    assert texts(made) == ["一、做法", "正文。"] and "只有一格的表格" in made.guesses[0].text


def test_strict_files_read_alike() -> None:
    body = part("document", f"<w:body>{p('正文。')}</w:body>").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(read(body=body)) == ["正文。"]
