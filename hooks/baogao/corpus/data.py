"""Everything the office maintains under ``docs/_data``, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .confidential import Confidential, read_confidential
from .events import Events, read_events
from .fields import Fields, read_fields
from .figures import FigureWords, read_figures
from .initiatives import Initiatives, read_initiatives
from .kinds import Kinds, read_kinds
from .limits import Limits, read_limits
from .moved import Moved, Withdrawn, read_redirects, read_withdrawn
from .results import Results, read_results
from .reviews import ReviewDemand, read_review_demand
from .safety import Safety, read_safety
from .severities import Severities, read_severities
from .units import Units, read_units
from .vocabulary import (
    Reading,
    Synonym,
    Term,
    read_plain_words,
    read_readings,
    read_synonyms,
    read_terms,
)
from .wording import Phrases, WrongWords, read_phrases, read_verbs, read_wrong_words
from .yaml_data import DataError, read_text_file, read_yaml

#: The files under ``docs/_data`` that reports are read and judged by: these and no others go to the page that checks in the browser.
FILES = (
    "confidential.yml", "events.yml", "fields.yml", "figures.yml", "function_words.txt", "initiatives.yml",
    "kinds.yml", "limits.yml", "phrases.txt", "pinyin.tsv", "question_words.txt", "redirects.tsv", "results.tsv",
    "safety.yml", "sequence_verbs.txt", "severity.yml", "synonyms.tsv", "terms.txt", "units.yml",
    "withdrawn.tsv", "wrong_words.tsv",
)  # fmt: skip


@dataclass(frozen=True)
class Data:
    kinds: Kinds
    units: Units
    fields: Fields
    terms: tuple[Term, ...]
    synonyms: tuple[Synonym, ...]
    question_words: tuple[str, ...]
    function_words: tuple[str, ...]
    readings: tuple[Reading, ...]
    confidential: Confidential
    review_demand: ReviewDemand
    safety: Safety
    events: Events
    figures: FigureWords
    limits: Limits
    severities: Severities
    phrases: Phrases
    wrong_words: WrongWords
    sequence_verbs: frozenset[str]
    initiatives: Initiatives
    results: Results
    redirects: tuple[Moved, ...]
    withdrawn: tuple[Withdrawn, ...]

    @cached_property
    def term_texts(self) -> frozenset[str]:
        """The words of ``terms.txt``."""
        return frozenset(term.text for term in self.terms)


def load_data(folder: Path, shown: str) -> Data:
    """Read the data files in ``folder``, called ``shown`` in messages.

    Raises :class:`DataError` for the first mistake, naming file, line and column.
    """
    if not folder.is_dir():
        raise DataError(shown, 1, 1, "没有这个数据目录")

    def path(name: str) -> tuple[Path, str]:
        assert name in FILES, f"{name} is missing in FILES"
        return folder / name, f"{shown}/{name}"

    def text(name: str) -> tuple[str, str]:
        return read_text_file(*path(name)), path(name)[1]

    kinds = read_kinds(read_yaml(*path("kinds.yml")))
    units = read_units(read_yaml(*path("units.yml")))
    limits = read_yaml(*path("limits.yml"))
    fields = read_fields(read_yaml(*path("fields.yml")))
    figures = read_figures(read_yaml(*path("figures.yml")), [unit.id for unit in units.units])
    return Data(
        kinds=kinds,
        units=units,
        fields=fields,
        terms=read_terms(*text("terms.txt")),
        synonyms=read_synonyms(*text("synonyms.tsv")),
        question_words=read_plain_words(*text("question_words.txt")),
        function_words=read_plain_words(*text("function_words.txt")),
        readings=read_readings(*text("pinyin.tsv")),
        confidential=read_confidential(read_yaml(*path("confidential.yml"))),
        review_demand=read_review_demand(limits),
        safety=read_safety(read_yaml(*path("safety.yml"))),
        events=read_events(read_yaml(*path("events.yml"))),
        figures=figures,
        limits=read_limits(limits, kinds, units),
        severities=read_severities(
            read_yaml(*path("severity.yml")), tuple(fields.specs["status"].choices)
        ),
        phrases=read_phrases(*text("phrases.txt")),
        wrong_words=read_wrong_words(*text("wrong_words.tsv")),
        sequence_verbs=read_verbs(*text("sequence_verbs.txt")),
        initiatives=read_initiatives(read_yaml(*path("initiatives.yml")), figures),
        results=read_results(*text("results.tsv")),
        redirects=read_redirects(*text("redirects.tsv")),
        withdrawn=read_withdrawn(*text("withdrawn.tsv")),
    )
