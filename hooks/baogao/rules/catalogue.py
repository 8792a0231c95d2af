"""All rules, in the order the guide lists them."""

from __future__ import annotations

from .length import l001_total_length, l002_section_share
from .metadata import (
    m001_front_matter_readable,
    m002_required_fields,
    m003_field_values,
    m004_unknown_fields,
    m005_path_year_title,
    m006_unit_kind_role,
    m007_one_per_series_year,
    m008_only_reports,
)
from .rule import Rule
from .series import r001_copied_from_last_year, r002_rectifies_exists, r003_problems_answered
from .structure import (
    s001_required_section,
    s002_section_renamed,
    s003_section_order,
    s004_section_duplicate,
    s005_section_level,
    s006_section_unrecognised,
    s007_section_empty,
    s008_section_items,
    s009_cause_present,
    s010_pseudo_heading,
    s011_section_override,
)
from .text import p001_placeholders
from .years import (
    y001_year_and_content,
    y002_year_too_late,
    y003_plan_year,
    y004_event_after_period,
    y005_two_digit_year,
)

#: Group title → its rules.
GROUPS: dict[str, tuple[Rule, ...]] = {
    "前言与名称": (
        m001_front_matter_readable.RULE,
        m002_required_fields.RULE,
        m003_field_values.RULE,
        m004_unknown_fields.RULE,
        m005_path_year_title.RULE,
        m006_unit_kind_role.RULE,
        m007_one_per_series_year.RULE,
        m008_only_reports.RULE,
    ),
    "章节": (
        s001_required_section.RULE,
        s002_section_renamed.RULE,
        s003_section_order.RULE,
        s004_section_duplicate.RULE,
        s005_section_level.RULE,
        s006_section_unrecognised.RULE,
        s007_section_empty.RULE,
        s008_section_items.RULE,
        s009_cause_present.RULE,
        s010_pseudo_heading.RULE,
        s011_section_override.RULE,
    ),
    "文字": (p001_placeholders.RULE,),
    "年份": (
        y001_year_and_content.RULE,
        y002_year_too_late.RULE,
        y003_plan_year.RULE,
        y004_event_after_period.RULE,
        y005_two_digit_year.RULE,
    ),
    "篇幅": (l001_total_length.RULE, l002_section_share.RULE),
    "与上年对照": (
        r001_copied_from_last_year.RULE,
        r002_rectifies_exists.RULE,
        r003_problems_answered.RULE,
    ),
}
RULES: tuple[Rule, ...] = tuple(rule for group in GROUPS.values() for rule in group)
