"""All rules, in the order the guide lists them."""

from __future__ import annotations

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
from .numbering import (
    n001_continuity,
    n002_levels,
    n003_digit_comma,
    n004_doubled_mark,
    n005_half_brackets,
    n006_heading_level,
    n007_enumeration,
    n008_enumeration_start,
    n009_enumeration_word,
    n010_heading_end,
)
from .rule import Rule
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
from .text import (
    p001_placeholders,
    t001_half_width_marks,
    t002_straight_quotes,
    t003_pairs,
    t004_dashes,
    t005_ranges,
    t006_residue,
    t007_invisible,
    t008_full_width_letters,
    t009_blanks,
    t010_fixed_phrases,
    t011_wrong_words,
    t012_marks_in_lists,
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
    "序号": (
        n001_continuity.RULE,
        n002_levels.RULE,
        n003_digit_comma.RULE,
        n004_doubled_mark.RULE,
        n005_half_brackets.RULE,
        n006_heading_level.RULE,
        n007_enumeration.RULE,
        n008_enumeration_start.RULE,
        n009_enumeration_word.RULE,
        n010_heading_end.RULE,
    ),
    "文字": (
        p001_placeholders.RULE,
        t001_half_width_marks.RULE,
        t002_straight_quotes.RULE,
        t003_pairs.RULE,
        t004_dashes.RULE,
        t005_ranges.RULE,
        t006_residue.RULE,
        t007_invisible.RULE,
        t008_full_width_letters.RULE,
        t009_blanks.RULE,
        t010_fixed_phrases.RULE,
        t011_wrong_words.RULE,
        t012_marks_in_lists.RULE,
    ),
}
RULES: tuple[Rule, ...] = tuple(rule for group in GROUPS.values() for rule in group)
