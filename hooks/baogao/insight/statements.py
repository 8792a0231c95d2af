"""The sentences of a report; they are read in the corpus, because the check needs them too."""

from ..corpus.statements import Statement, sentence_at, sentence_spans, statements

__all__ = ["Statement", "sentence_at", "sentence_spans", "statements"]
