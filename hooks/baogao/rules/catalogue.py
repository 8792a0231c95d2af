"""All rules, in the order the guide lists them."""

from __future__ import annotations

from .confidential import (
    c001_classification,
    c002_handling,
    c003_identity_number,
    c004_mobile_number,
    c005_landline,
    c006_bank_card,
    c007_online_contact,
    c008_plate,
    c009_home_address,
    c010_discipline_names,
    c011_small_numbers,
    c012_private_names,
    c013_restricted_kind_opened,
    c014_review_recorded,
)
from .length import l001_total_length, l002_section_share
from .metadata import (
    m001_front_matter_readable,
    m002_required_fields,
    m003_field_values,
    m004_unknown_fields,
    m005_path,
    m006_unit_kind_role,
    m007_one_per_series_year,
    m008_only_reports,
    m009_title,
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
from .numbers import f001_parts_and_total, f002_number_wording, f003_persons_or_times
from .rule import Rule
from .safety import (
    h001_html_tags,
    h002_active_content,
    h003_link_targets,
    h004_images,
    h005_comments,
)
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
from .suppression import x001_exemption_valid, x002_exemption_used
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
    t013_quoted_terms,
)
from .voice import v001_first_person, v002_body_and_meeting, v003_own_post
from .years import (
    y001_year_and_content,
    y002_year_too_late,
    y003_plan_year,
    y004_event_after_period,
    y005_two_digit_year,
)

#: Group title → its rules.
GROUPS: dict[str, tuple[Rule, ...]] = {
    "保密": (
        c001_classification.RULE,
        c002_handling.RULE,
        c003_identity_number.RULE,
        c004_mobile_number.RULE,
        c005_landline.RULE,
        c006_bank_card.RULE,
        c007_online_contact.RULE,
        c008_plate.RULE,
        c009_home_address.RULE,
        c010_discipline_names.RULE,
        c011_small_numbers.RULE,
        c012_private_names.RULE,
        c013_restricted_kind_opened.RULE,
        c014_review_recorded.RULE,
    ),
    "前言与名称": (
        m001_front_matter_readable.RULE,
        m002_required_fields.RULE,
        m003_field_values.RULE,
        m004_unknown_fields.RULE,
        m005_path.RULE,
        m006_unit_kind_role.RULE,
        m007_one_per_series_year.RULE,
        m008_only_reports.RULE,
        m009_title.RULE,
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
        t013_quoted_terms.RULE,
    ),
    "安全": (
        h001_html_tags.RULE,
        h002_active_content.RULE,
        h003_link_targets.RULE,
        h004_images.RULE,
        h005_comments.RULE,
    ),
    "数字": (f001_parts_and_total.RULE, f002_number_wording.RULE, f003_persons_or_times.RULE),
    "口吻": (v001_first_person.RULE, v002_body_and_meeting.RULE, v003_own_post.RULE),
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
    "豁免": (x001_exemption_valid.RULE, x002_exemption_used.RULE),
}
RULES: tuple[Rule, ...] = tuple(rule for group in GROUPS.values() for rule in group)
