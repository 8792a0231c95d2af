"""What may be offered beside the hits: names and terms while one types, synonyms, and the tables for all of it.

The tables are plain data; the build writes them as files of the index and the client hands them to
``baogao.words.load`` when they are needed: ``synonyms`` with the first query, ``offers`` and ``readings`` when one types,
``vocabulary`` when a query was not found as written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..corpus import Corpus, Data, Synonym
from . import pinyin
from .folding import fold_text
from .segmentation import Segmenter
from .tokenizer import Terms
from .vocabulary import build_vocabulary, table

#: Letters for the kinds of offers, in the order in which they are shown when all else is equal.
KINDS = {"u": "unit", "i": "initiative", "w": "term", "t": "title"}
_QUOTES = re.compile(r"[“”‘’]")
_PLACEHOLDER = re.compile(r"[×＊*]|XX")


@dataclass(frozen=True)
class Offer:
    """``page`` is where it leads, below the site's root without ``.html``; empty: search for the label. ``shown`` is what readers
    see in place of the label, ``facts`` what they are told of the page."""

    kind: str
    label: str
    page: str = ""
    shown: str = ""
    facts: str = ""


def folded_terms(data: Data) -> Terms:
    """``terms.txt`` for the segmenter."""
    folded = {fold_text(term.text): term.frequency or 1 for term in data.terms}
    return tuple(sorted((text, frequency) for text, frequency in folded.items() if text))


def gather_offers(
    corpus: Corpus,
    occurs: Callable[[str], bool] = lambda term: True,
    initiatives: Iterable[Offer] = (),
) -> list[Offer]:
    """What can be offered for a corpus of visible reports.

    A title several reports share leads to a search for it. ``occurs`` says whether a folded term stands in the corpus:
    what cannot be found is not offered, nor a term
    that is the name of an initiative, whose page leads on to the search.
    """
    pages_of_initiatives = list(initiatives)
    offers = [*_units(corpus), *pages_of_initiatives]
    known = {fold_text(offer.label) for offer in pages_of_initiatives}
    canonical = (row.canonical for row in corpus.data.synonyms if row.expand == "eq")
    terms = {fold_text(name): name for name in (*canonical, *(t.text for t in corpus.data.terms))}
    offers += [
        Offer("w", name) for folded, name in terms.items() if folded not in known and occurs(folded)
    ]
    pages: dict[str, list[str]] = {}
    for report in corpus.reports:
        pages.setdefault(report.title, []).append(f"reports/{report.name}")
    offers += [
        Offer("t", title, found[0] if len(found) == 1 else "")
        for title, found in sorted(pages.items())
    ]
    return offers


def _units(corpus: Corpus) -> Iterator[Offer]:
    for unit in corpus.data.units.units:
        if unit.id in corpus.by_unit:
            names = dict.fromkeys(n for name in unit.names for n in (name.name, *name.short))
            yield from (Offer("u", name, f"units/{unit.id}") for name in names)


def offers_table(offers: Sequence[Offer], reader: pinyin.Reader | None) -> dict[str, object]:
    """Offers for ``baogao.words.load({offers: …})``.

    ``kinds`` has a letter for each offer; ``labels`` (see :func:`_spelled`) and ``pages`` a line. ``unlike`` lists the readings that
    differ from those of the single characters: number of the offer, place in its folded label, syllables.
    """
    unlike: list[tuple[int, int, str]] = []
    if reader is not None:
        for number, offer in enumerate(offers):
            folded = fold_text(offer.label)
            for place, syllables in enumerate(reader.read(folded)):
                if syllables and syllables != (reader.character(folded[place]),):
                    unlike.append((number, place, " ".join(syllables)))
    return {
        "kinds": "".join(offer.kind for offer in offers),
        "labels": "\n".join(_spelled(_line(offer.label), _line(offer.shown)) for offer in offers),
        "pages": "\n".join(offer.page for offer in offers),
        "unlike": unlike,
    }


def pages_table(offers: Iterable[Offer]) -> dict[str, str]:
    """The initiatives among the offers for ``baogao.pages.load``: for each name its folded spelling, what is shown, its page
    and what is told of it, a line each."""
    own = [offer for offer in offers if offer.kind == "i"]
    return {
        "folded": "\n".join(fold_text(offer.label) for offer in own),
        "labels": "\n".join(_line(offer.shown or offer.label) for offer in own),
        "pages": "\n".join(offer.page for offer in own),
        "facts": "\n".join(_line(offer.facts) for offer in own),
    }


def _line(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _spelled(name: str, shown: str = "") -> str:
    """A name as shown, followed by a tab and its folded spelling where that is another."""
    folded = fold_text(name)
    return name if folded == name and shown in ("", name) else f"{shown or name}\t{folded}"


def synonyms_table(synonyms: Iterable[Synonym]) -> dict[str, list[list[str]]]:
    """Synonyms for ``baogao.words.load({synonyms: …})``: ``equal`` lists what always stands for one another, ``near`` what may
    be meant as well (first of each the canonical form). Shown without quotation marks, spelled as :func:`_spelled` says."""
    equal: list[list[str]] = []
    near: list[list[str]] = []
    for row in synonyms:
        members: dict[str, str] = {}
        for name in (row.canonical, *row.aliases):
            if not _PLACEHOLDER.search(name):
                members.setdefault(fold_text(name), _spelled(_QUOTES.sub("", name)))
        if len(members) > 1 and row.expand in ("eq", "suggest", "narrow"):
            (equal if row.expand == "eq" else near).append(list(members.values()))
    return {"equal": equal, "near": near}


def tables(
    corpus: Corpus,
    offers: Sequence[Offer],
    counts: Mapping[str, int] | None,
    segmenter: Segmenter | None,
    reader: pinyin.Reader | None,
) -> dict[str, object]:
    """All tables by name. Without jieba there is no ``vocabulary``, without pypinyin no ``readings``."""
    data = corpus.data
    made: dict[str, object] = {
        "synonyms": synonyms_table(data.synonyms),
        "offers": offers_table(offers, reader),
    }
    if any(offer.kind == "i" for offer in offers):
        made["pages"] = pages_table(offers)
    characters = {char for offer in offers for char in fold_text(offer.label)}
    if segmenter is not None:
        known = build_vocabulary(
            counts or Counter(),
            segmenter.frequencies,
            _worth_knowing(data),
            _folded(data.question_words),
            _folded(data.function_words),
        )
        made["vocabulary"] = table(known)
        characters.update(char for word in known.weights for char in word)
    if reader is not None:
        made["readings"] = pinyin.readings_table(reader, characters)
    return made


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold_text, words)))


def _worth_knowing(data: Data) -> list[str]:
    """Terms and synonyms: a query that holds one is cut around it, even where no report has it."""
    words = [term.text for term in data.terms]
    words += [
        name
        for row in data.synonyms
        if row.expand == "eq"
        for name in (row.canonical, *row.aliases)
    ]
    folded = dict.fromkeys(map(fold_text, words))
    return [word for word in folded if re.fullmatch(r"[\u4e00-\u9fd5a-z0-9+]+", word)]
