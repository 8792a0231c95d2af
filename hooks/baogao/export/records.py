"""The corpus for programs: a report is one line of JSON (JSON Lines, UTF-8)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..corpus import Report, Section

_AWKWARD = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
#: Every field of a line and what it holds; the guide's table is held to this.
FIELDS = {
    "name": "报告在库里的名字，如 2022/jiguan-shuzhi-fenguan",
    "title": "标题",
    "year": "考核年度",
    "unit": "单位当年的全称",
    "unit_id": "单位短名，改名不变",
    "kind": "文种",
    "role": "述职人角色；不分角色的为空（null）",
    "date": "成文日期，年-月-日；没有的为空",
    "status": "状态：送审稿、定稿、脱敏样本",
    "characters": "篇幅：不计空白的字符数，含标点",
    "han": "篇幅：汉字数",
    "gaps": "待填或脱敏处的个数",
    "text": "正文：网页上看到的字，一段一行",
    "sections": "各级标题，依次列出：level 级别、title 标题（不含序号）、heading 标题原文、role 哪一类章节、anchor 网页锚点、text 本节正文（不含下级）",
    "items": "条目：id 编号（如 P2022-2）、role 哪一类、number 第几条、text 原文",
}


def record(report: Report) -> str:
    """One report that readers may see as a line of JSON, without the line end; the keys are :data:`FIELDS`, in order."""
    if not report.visible or report.unit is None or report.kind is None:
        raise ValueError(report.name)
    fields = report.data.fields
    values: dict[str, Any] = {
        "name": report.name,
        "title": report.title,
        "year": report.year,
        "unit": report.unit_name,
        "unit_id": report.unit.id,
        "kind": report.kind.name,
        "role": report.author.name if report.author else None,
        "date": report.date.isoformat() if report.date else None,
        "status": fields.label("status", report.status or ""),
        "characters": report.length.characters,
        "han": report.length.han,
        "gaps": report.placeholder_count,
        "text": report.text,
        "sections": list(_sections(report)),
        "items": [
            {"id": item.id, "role": item.role, "number": item.number, "text": item.text}
            for item in report.items
        ],
    }
    # Lone surrogates and line separators are escaped: the line must be UTF-8, and one line to every reader.
    line = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return _AWKWARD.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _sections(report: Report) -> Iterator[dict[str, Any]]:
    section: Section
    for section in report.walk():
        yield {
            "level": section.level,
            "title": section.title,
            "heading": section.heading_text,
            "role": section.role,
            "anchor": section.anchor,
            "text": section.own_text(),
        }
