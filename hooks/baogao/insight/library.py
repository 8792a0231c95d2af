"""All insight into one corpus, each part worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..corpus import Corpus, Memo, Report, Study
from ..corpus.memo import collector_at_rest
from . import comparison, passages, phrases
from .figures import FIGURES, MEASURES, Figures, Measures, read_all, read_measures
from .initiatives import InitiativeRecords, initiative_records
from .ledger import Ledger, build_ledger, ledger_study, told_by


@dataclass
class Insight:
    """``corpus`` is what readers may see; ``memo`` remembers what each report says."""

    corpus: Corpus
    memo: Memo

    def read(self, others: Sequence[tuple[Study[Any], Sequence[Report]]] = ()) -> None:
        """Read the reports that are not remembered, in one pass for all parts, and for ``others``: studies and their reports.

        Any part can do without, but then every part goes through the reports by itself. Nothing is done when the figures of all
        reports are remembered: then most likely so is the rest, and much of it is never asked for.
        """
        reports = self.corpus.reports
        if self.memo.knows(MEASURES, reports):
            return
        self.memo.read_together(
            [
                *others,
                (FIGURES, reports),
                (MEASURES, reports),
                (passages.STUDY, reports),
                (phrases.study(self.corpus), reports),
                (ledger_study(self.corpus), told_by(self.corpus)),
                (comparison.comparing(self.pairs), [pair.later for pair in self.pairs]),
            ]
        )

    @cached_property
    def figures(self) -> Figures:
        """数据: the figures of the reports, and the same measure through the years."""
        return read_all(self.corpus, self.memo)

    @cached_property
    def measures(self) -> Measures:
        """The figures of the measures of ``figures.yml`` alone, which are read much faster than all."""
        return read_measures(self.corpus, self.memo)

    @cached_property
    def pairs(self) -> tuple[comparison.Pair, ...]:
        """Every report with its predecessor, series by series."""
        with collector_at_rest():
            return tuple(comparison.consecutive(self.corpus))

    @cached_property
    def comparisons(self) -> Mapping[str, comparison.Comparison]:
        """Each report compared with its predecessor, by the name of the report."""
        with collector_at_rest():
            later = [pair.later for pair in self.pairs]
            return self.memo.gather(comparison.comparing(self.pairs), later)

    @cached_property
    def pair_of(self) -> dict[str, comparison.Pair]:
        """The pair whose later report has that name."""
        return {pair.later.name: pair for pair in self.pairs}

    @cached_property
    def phrase_changes(self) -> tuple[phrases.YearPhrases, ...]:
        """The phrases that came and went, newest year first."""
        return phrases.phrase_changes(self.corpus, self.memo)

    @cached_property
    def ledger(self) -> Ledger:
        """问题整改台账."""
        return build_ledger(self.corpus, self.memo)

    @cached_property
    def initiatives(self) -> InitiativeRecords:
        """Which initiatives are named, where, and what came of them."""
        with collector_at_rest():
            return initiative_records(self.corpus, self.memo, lambda: self.initiative_passages)

    @cached_property
    def initiative_passages(self) -> Mapping[str, str]:
        """The sentences about initiatives of every report, packed (see :mod:`.passages`)."""
        return self.memo.gather(passages.STUDY, self.corpus.reports)
