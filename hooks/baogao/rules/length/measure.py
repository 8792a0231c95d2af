"""How long a report and its sections are, and which limits it is held to."""

from __future__ import annotations

from ...corpus import Length, LengthLimit, Report, Section, SectionLimit, measure


def limits_of(report: Report) -> tuple[LengthLimit, ...]:
    """The limits of ``limits.yml`` that bind a report."""
    if report.kind is None:
        return ()
    author = report.author.id if report.author else None
    unit = report.unit.id if report.unit else None
    return tuple(
        limit
        for limit in report.data.limits.lengths
        if limit.applies(report.kind.id, author, unit, report.year)
    )


def sections_in(report: Report, limit: SectionLimit) -> tuple[tuple[Section, ...], Length]:
    """The sections a limit speaks of, and their length taken together, headings included.

    A section counts without those of its children that are something else (causes within the problems).
    """
    sections = tuple(s for s in report.walk() if s.role in limit.roles)
    text = "\n".join(part for s in sections for part in (s.heading_text, s.own_text()))
    return sections, measure(text)


def in_words(length: Length) -> str:
    """Both counts; offices differ on which is 字数."""
    return f"连标点{length.characters}字，只算汉字{length.han}字"


def percent(share: float) -> str:
    """``0.3333`` → ``33.3%``."""
    return f"{share * 100:.1f}".rstrip("0").rstrip(".") + "%"
